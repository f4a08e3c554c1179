"""Each edit: what it does, what it refuses with which words, and that undo restores exactly."""

from __future__ import annotations

import json
import pkgutil
from dataclasses import replace

import pytest

from app.journey import edits
from app.journey.edits import (
    EDITS,
    AddActivity,
    AddNote,
    Compound,
    Edit,
    RemoveActivity,
    RemoveBranch,
    RemoveEntry,
    SetActivity,
    SetEntry,
    SetJourney,
    changed_keys,
    difference,
    dropped_by,
    edit_from_document,
)
from app.journey.journey import ENTRY, Entry, EntryMode, Journey, Note, Outcome, Place, TileGroup
from app.kernel.errors import Conflict, InvalidInput
from tests.journey.checks import check, ways
from tests.journey.drawing import grown
from tests.journey.support import TOTAL_OVER_50, drawn, journey, tile

DIAMOND = drawn("A", tile("A", "S"), tile("S", "B", "C"), tile("B", "J"), tile("C", "J"), tile("J"))


def test_the_tuple_and_the_classes_agree() -> None:
    kinds = [each.kind for each in EDITS]
    assert len(set(kinds)) == len(kinds)
    for module in pkgutil.iter_modules(edits.__path__):
        names = vars(__import__(f"app.journey.edits.{module.name}", fromlist=["x"]))
        for each in names.values():
            if isinstance(each, type) and issubclass(each, Edit) and each is not Edit:
                assert each in EDITS


def test_add_splices_in() -> None:
    after = check(DIAMOND, AddActivity(tile("N"), Place("B")))
    assert ways(after)["B"] == ("N",)
    assert ways(after)["N"] == ("J",)
    after = check(DIAMOND, AddActivity(tile("N", None, None), Place("S", "remainder")))
    assert ways(after)["S"] == ("B", "N")
    assert ways(after)["N"] == ("C", None)
    after = check(journey(), AddActivity(tile("N", "nowhere"), Place(ENTRY)))
    assert (after.first, ways(after)) == ("N", {"N": (None,)})
    assert check(DIAMOND, AddActivity(tile("N"), Place(ENTRY))).first == "N"


def test_add_refuses() -> None:
    with pytest.raises(Conflict, match="has an activity A already"):
        AddActivity(tile("A"), Place("B")).apply(DIAMOND)
    with pytest.raises(Conflict, match="no activity X"):
        AddActivity(tile("N"), Place("X")).apply(DIAMOND)
    with pytest.raises(Conflict, match="no way out 'path-9'"):
        AddActivity(tile("N"), Place("S", "path-9")).apply(DIAMOND)
    closed = tile("N").__class__("N", "GOODBYE", "Bye")
    with pytest.raises(Conflict, match="Nothing can follow Bye"):
        AddActivity(closed, Place("B")).apply(DIAMOND)
    assert check(DIAMOND, AddActivity(closed, Place("J"))).activities["N"].outcomes == ()


def test_remove_heals() -> None:
    after = check(DIAMOND, RemoveActivity("B"))
    assert ways(after)["S"] == ("J", "C")
    after = check(DIAMOND, RemoveActivity("S"))
    assert ways(after) == {"A": ("B",), "B": ("J",), "J": (None,)}
    after = check(DIAMOND, RemoveActivity("S", keep="remainder"))
    assert ways(after) == {"A": ("C",), "C": ("J",), "J": (None,)}
    assert check(DIAMOND, RemoveActivity("A")).first == "S"
    after = check(DIAMOND, RemoveActivity("J"))
    assert ways(after)["B"] == ways(after)["C"] == (None,)


def test_remove_with_its_branch() -> None:
    assert ways(check(DIAMOND, RemoveBranch("C"))) == {"A": ("S",), "S": ("B", None), "B": ("J",), "J": (None,)}
    assert ways(check(DIAMOND, RemoveActivity("S", heal=False))) == {"A": (None,)}
    assert check(DIAMOND, RemoveBranch("A")).activities == {}
    with pytest.raises(Conflict, match="no activity X"):
        RemoveBranch("X").apply(DIAMOND)


def test_notes_and_groups_outlive_their_tiles() -> None:
    noted = Journey(
        "j",
        "k",
        "n",
        first="A",
        activities=DIAMOND.activities,
        notes=(Note("n", "Legal", "B"), Note("m", "Else", "C")),
        groups=(TileGroup("g", "Middle", ("B", "C")), TileGroup("h", "One", ("B",))),
    )
    after = check(noted, RemoveActivity("B"))
    assert after.notes == (Note("n", "Legal"), Note("m", "Else", "C"))
    assert after.groups == (TileGroup("g", "Middle", ("C",)),)


def test_set_keeps_connections_by_the_keys_of_the_paths() -> None:
    split = DIAMOND.activities["S"].outcomes
    turned = (Outcome("path-2", "New", "J", TOTAL_OVER_50), split[0], split[1])
    after = check(DIAMOND, SetActivity("S", name="Who?", settings={"a": 1}, outcomes=turned, description="d"))
    assert ways(after)["S"] == (None, "B", "C")
    assert after.activities["S"].name == "Who?"
    assert after.activities["S"].settings == {"a": 1}
    assert check(DIAMOND, SetActivity("S", disabled=True)).activities["S"].disabled


def test_the_remainder_stays_last() -> None:
    split = DIAMOND.activities["S"].outcomes
    with pytest.raises(Conflict, match="remainder stays last"):
        SetActivity("S", outcomes=tuple(reversed(split))).apply(DIAMOND)


def test_a_path_that_goes_takes_what_only_it_led_to() -> None:
    left = DIAMOND.activities["S"].outcomes[1:]
    assert dropped_by(DIAMOND, "S", left) == {"B"}
    assert ways(check(DIAMOND, SetActivity("S", outcomes=left))) == {
        "A": ("S",),
        "S": ("C",),
        "C": ("J",),
        "J": (None,),
    }
    assert dropped_by(DIAMOND, "S", None) == dropped_by(DIAMOND, "X", left) == set()


@pytest.mark.parametrize(
    ("edit", "label"),
    [
        (SetActivity("S", name="Who"), "Rename to Who"),
        (SetActivity("S", disabled=True), "Disable S"),
        (SetActivity("S", disabled=False, name="Who"), "Enable Who"),
        (SetActivity("S", settings={}), "Change S"),
        (SetActivity("S", description="x"), "Change S"),
        (SetActivity("S", settings={}, title="Edit email"), "Edit email"),
        (SetJourney(name="x"), "Rename journey"),
        (SetJourney(entry_mode=EntryMode.ANY_TIME), "Set entry mode"),
        (SetJourney(name="x", description="y"), "Change journey settings"),
        (AddActivity(tile("N"), Place("J")), "Add Wait"),
        (RemoveActivity("S", name="Who?"), "Remove Who?"),
        (RemoveBranch("S"), "Remove the branch at S"),
    ],
)
def test_labels_say_what_happened(edit: Edit, label: str) -> None:
    assert edit.label == label
    check(DIAMOND, edit)


def test_the_entry_and_the_journeys_own_settings() -> None:
    entry = Entry("Cart", event_definition_id="e", filter=TOTAL_OVER_50)
    after = check(DIAMOND, SetEntry(entry))
    assert after.entry == entry
    assert check(after, RemoveEntry()).entry is None
    with pytest.raises(Conflict, match="no entry source"):
        RemoveEntry().apply(DIAMOND)
    after = check(DIAMOND, SetJourney("N", "D", EntryMode.NO_REENTRY, "Email"))
    assert (after.name, after.description, after.entry_mode, after.default_email) == (
        "N",
        "D",
        EntryMode.NO_REENTRY,
        "Email",
    )
    assert check(after, SetJourney(default_email="")).default_email is None


def test_a_compound_is_one_edit_and_all_or_nothing() -> None:
    edit = Compound(
        (SetEntry(Entry("Cart")), SetJourney(entry_mode=EntryMode.ANY_TIME), AddActivity(tile("N"), Place("J"))),
        "Set up the entry",
    )
    after = check(DIAMOND, edit)
    assert after.entry_mode is EntryMode.ANY_TIME
    assert changed_keys(DIAMOND, after) == {"J", "N"}
    assert check(DIAMOND, Compound((AddActivity(tile("N"), Place("J")), RemoveActivity("N")), "Nothing")) == DIAMOND
    with pytest.raises(Conflict):
        Compound((SetJourney(name="x"), RemoveActivity("X")), "Bad").apply(DIAMOND)


def test_a_way_back_can_be_part_of_a_compound() -> None:
    after, back = RemoveActivity("B").apply(DIAMOND)
    assert check(after, Compound((back, SetJourney(name="x")), "Back and rename")).activities == DIAMOND.activities


def test_entry_modes_have_the_words_of_the_original() -> None:
    assert [mode.label for mode in EntryMode] == [
        "Not set",
        "No re-entry",
        "Re-entry at any time",
        "Re-entry only after exiting",
    ]


def test_what_changed() -> None:
    assert changed_keys(DIAMOND, DIAMOND) == frozenset()
    assert changed_keys(DIAMOND, SetJourney(name="x").apply(DIAMOND)[0]) == frozenset()
    assert changed_keys(DIAMOND, RemoveActivity("B").apply(DIAMOND)[0]) == {"S", "B"}


@pytest.mark.parametrize(
    "document",
    [
        None,
        {"edit": "explode"},
        {"edit": "set_entry"},
        {"edit": "patch", "label": "x"},
        {"edit": "patch", "label": "x", "activities": {}, "members": {"id": 3}},
        {"edit": "add_activity", "activity": {"key": "A", "type": "wait"}, "place": ["x"]},
        {"edit": "set_activity", "key": "A", "outcomes": 7},
        {"edit": "compound", "label": "x", "edits": [7]},
    ],
)
def test_a_kept_edit_that_cannot_be_read_is_refused(document: object) -> None:
    with pytest.raises(InvalidInput):
        edit_from_document(document)


@pytest.mark.parametrize("seed", range(6))
def test_the_difference_of_two_states_makes_one_of_the_other_and_back(seed: int) -> None:
    one, other = grown(30, 0.3, seed), grown(25, 0.2, seed + 100)
    other = replace(other, id=one.id, key=one.key, name="Other", default_email="Email")
    edit = edit_from_document(json.loads(json.dumps(difference(one, other, "Keep").to_document())))
    after, back = edit.apply(one)
    assert after == other
    assert back.apply(after)[0] == one
    assert difference(one, one, "Keep").activities == {}


def test_what_no_file_keeps_never_gets_into_a_journey() -> None:
    after = check(DIAMOND, SetActivity("A", name="a\0b", settings={"body": "Hi \0{{Name}}"}))
    assert (after.activities["A"].name, after.activities["A"].settings["body"]) == ("ab", "Hi {{Name}}")
    after = check(DIAMOND, AddNote(Note("n", "so\0on")))
    assert after.notes[0].text == "soon"
    assert check(DIAMOND, SetJourney(description="x\0y")).description == "xy"
