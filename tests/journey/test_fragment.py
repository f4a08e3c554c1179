"""Tiles as text: what goes with them, and what a text of somebody else's may not do."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.journey.activities import ACTIVITIES
from app.journey.edits import Paste, RemoveTogether
from app.journey.fragment import copy_fragment, read_fragment, take_fragment
from app.journey.journey import ENTRY, Activity, Journey, Note, Place, TileGroup
from app.kernel.errors import InvalidInput


def tile(kind: str, key: str) -> Activity:
    return ACTIVITIES[kind].make(key, key)


def line(*tiles: Activity) -> Journey:
    ends = [*[each.key for each in tiles[1:]], None]
    linked = [
        replace(each, outcomes=(replace(each.outcomes[0], next=end), *each.outcomes[1:]))
        for each, end in zip(tiles, ends, strict=True)
    ]
    return Journey("", "", "", first=tiles[0].key, activities={each.key: each for each in linked})


MAIL = tile("send_email", "EMAILV2-1")
SPLIT = replace(tile("engagement_split", "ENGAGEMENTSPLITV2-1"), settings={"activity": "EMAILV2-1"})
SHOP = replace(
    line(MAIL, tile("wait", "WAITBYDURATION-1"), SPLIT),
    notes=(Note("n1", "Ask the shop", "EMAILV2-1"), Note("n2", "Free"), Note("n3", "Longer?", "WAITBYDURATION-1")),
    groups=(TileGroup("g", "Reminder", ("EMAILV2-1", "WAITBYDURATION-1"), folded=True),),
)


def test_a_tile_that_was_cut_keeps_its_key_so_that_who_asks_for_it_finds_it() -> None:
    text = copy_fragment(SHOP, ["EMAILV2-1"], notes=True)
    cut, _ = RemoveTogether(("EMAILV2-1",)).apply(SHOP)
    pasted, back = Paste(read_fragment(text), Place("WAITBYDURATION-1")).apply(cut)
    assert list(pasted.activities) == ["WAITBYDURATION-1", "ENGAGEMENTSPLITV2-1", "EMAILV2-1"]
    assert pasted.activities["WAITBYDURATION-1"].outcomes[0].next == "EMAILV2-1"
    assert pasted.activities["ENGAGEMENTSPLITV2-1"].settings["activity"] == "EMAILV2-1"
    assert back.apply(pasted)[0] == cut


def test_a_key_that_is_taken_becomes_another_one_also_inside() -> None:
    both = take_fragment(SHOP, ["EMAILV2-1", "ENGAGEMENTSPLITV2-1"])
    pasted, _ = Paste(both, Place(ENTRY)).apply(SHOP)
    assert pasted.first == "EMAILV2-2"
    assert pasted.activities["ENGAGEMENTSPLITV2-2"].settings["activity"] == "EMAILV2-2"


@pytest.mark.parametrize("key", ["TRIGGER", "group:g", "note:n1", "", "a b", "../x", "x" * 201])
def test_a_key_that_no_tile_has_does_not_stay(key: str) -> None:
    strange = take_fragment(line(replace(MAIL, key=key)), [key])
    pasted, _ = Paste(strange, Place(ENTRY)).apply(Journey("", "", ""))
    assert list(pasted.activities) == ["EMAILV2-1"]


def test_notes_go_with_tiles_that_move_and_not_with_copies() -> None:
    assert read_fragment(copy_fragment(SHOP, ["EMAILV2-1"])).notes == ()
    taken = read_fragment(copy_fragment(SHOP, ["EMAILV2-1", "WAITBYDURATION-1"], notes=True))
    assert [note.text for note in taken.notes] == ["Ask the shop", "Longer?"]
    pasted, _ = Paste(taken, Place(ENTRY)).apply(SHOP)
    assert [(note.text, note.anchor) for note in pasted.notes[3:]] == [
        ("Ask the shop", "EMAILV2-2"),
        ("Longer?", "WAITBYDURATION-2"),
    ]
    assert len({note.id for note in pasted.notes}) == 5


def test_a_group_goes_with_its_tiles_where_all_of_them_go() -> None:
    assert take_fragment(SHOP, ["EMAILV2-1"]).groups == ()
    whole = read_fragment(copy_fragment(SHOP, ["EMAILV2-1", "WAITBYDURATION-1"]))
    once, _ = Paste(whole, Place(ENTRY)).apply(SHOP)
    twice, _ = Paste(whole, Place(ENTRY)).apply(once)
    assert [group.members for group in twice.groups[1:]] == [
        ("EMAILV2-2", "WAITBYDURATION-2"),
        ("EMAILV2-3", "WAITBYDURATION-3"),
    ]
    assert len({group.id for group in twice.groups}) == 3
    assert Paste(whole, Place(ENTRY)).apply(SHOP)[0] == once, "made again it is the same"


def test_groups_and_notes_that_do_not_fit_to_the_tiles_are_left_out() -> None:
    document = json.loads(copy_fragment(SHOP, ["EMAILV2-1", "WAITBYDURATION-1"], notes=True))
    own = document["groups"][0]
    document["groups"] += [{**own, "id": "twin"}, {**own, "members": []}, {**own, "members": ["X-1"]}]
    document["notes"].append({"id": "n", "text": "lost", "anchor": "X-1"})
    read = read_fragment(json.dumps(document))
    assert [group.id for group in read.groups] == ["g"]
    assert len(read.notes) == 2
    for broken in ({"groups": 3, "notes": "x"}, {"groups": None, "notes": None}):
        assert read_fragment(json.dumps({**document, **broken})).groups == ()


@pytest.mark.parametrize("broken", [{"groups": [3]}, {"notes": [{"id": 1}]}])
def test_a_group_or_note_that_is_none_is_refused(broken: dict[str, object]) -> None:
    document = json.loads(copy_fragment(SHOP, ["EMAILV2-1"]))
    with pytest.raises(InvalidInput):
        read_fragment(json.dumps({**document, **broken}))


def test_hundreds_of_tiles_are_not_written_for_the_eye() -> None:
    many = line(*[tile("wait", f"WAITBYDURATION-{number}") for number in range(1, 201)])
    assert "\n" in copy_fragment(many, ["WAITBYDURATION-1"])
    assert "\n" not in copy_fragment(many, list(many.activities))
