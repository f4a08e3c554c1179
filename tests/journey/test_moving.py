"""Moving, joining, swapping, replacing and pasting tiles, and where each may be dropped."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.journey.activities import ACTIVITIES
from app.journey.edits import (
    AddNote,
    ConnectEnd,
    DisconnectEnd,
    Edit,
    MoveActivities,
    MoveTogether,
    Paste,
    RemoveActivity,
    RemoveBranch,
    RemoveGroup,
    RemoveNote,
    RemoveTogether,
    ReplaceActivity,
    SetGroup,
    SetNote,
    SwapPaths,
)
from app.journey.folding import fold, group_reason, group_tile
from app.journey.fragment import copy_fragment, read_fragment, take_fragment
from app.journey.graph import as_graph, everything_before, next_at, places
from app.journey.journey import ENTRY, Activity, Journey, Note, Place, TileGroup
from app.journey.places import (
    ENTRY_SLOT,
    Dragged,
    Moving,
    MovingTogether,
    NewActivity,
    NewEntry,
    Pasting,
    legal_places,
    legal_targets,
    refused,
)
from app.kernel.errors import Conflict, InvalidInput
from tests.journey.checks import check, ways, whole
from tests.journey.support import drawn, tile

DIAMOND = drawn("A", tile("A", "S"), tile("S", "B", "C"), tile("B", "J"), tile("C", "J"), tile("J", "K"), tile("K"))
TREE = drawn("A", tile("A", "S"), tile("S", "B", "C", None), tile("B", "D"), tile("C"), tile("D"))
END = Activity("N", "GOODBYE", "Bye")


def test_a_tile_moves_alone_and_its_neighbours_close_up() -> None:
    after = check(TREE, MoveActivities("B", Place("C")))
    assert ways(after) == {"A": ("S",), "S": ("D", "C", None), "D": (None,), "C": ("B",), "B": (None,)}
    after = check(TREE, MoveActivities("D", Place("A")))
    assert ways(after)["A"] == ("D",)
    assert ways(after)["D"] == ("S",)
    assert ways(after)["B"] == (None,)
    assert check(TREE, MoveActivities("A", Place("D"))).first == "S"


def test_several_tiles_move_together_and_stand_one_after_another() -> None:
    after = check(TREE, MoveTogether(("D", "A"), Place("C")))
    assert after.first == "S"
    assert ways(after) == {"A": ("D",), "S": ("B", "C", None), "B": (None,), "C": ("A",), "D": (None,)}
    after = check(TREE, MoveTogether(("B", "D"), Place("A")))
    assert ways(after) == {"A": ("B",), "S": (None, "C", None), "B": ("D",), "C": (None,), "D": ("S",)}


def test_a_split_moves_with_its_branches_and_their_join() -> None:
    after = check(DIAMOND, MoveTogether(("J", "S", "C", "B"), Place("K")))
    assert ways(after) == {"A": ("K",), "K": ("S",), "S": ("B", "C"), "B": ("J",), "C": ("J",), "J": (None,)}
    assert refused(DIAMOND, MoveTogether(("B", "C", "J"), Place("K"))) == (
        "These tiles have no open end between them: move them one by one."
    )


@pytest.mark.parametrize(
    ("keys", "place", "reason"),
    [
        (("B", "D"), Place("D"), "The tiles cannot come after themselves."),
        (("A", "S"), Place(ENTRY), "The tiles stand there already."),
        (("A", "S"), Place("C"), "That would be a loop: paths of the tiles lead there."),
    ],
)
def test_several_tiles_are_refused_with_the_reason(keys: tuple[str, ...], place: Place, reason: str) -> None:
    edit = MoveTogether(keys, place)
    assert legal_places(TREE, MovingTogether(keys))[place] == reason
    with pytest.raises(Conflict) as told:
        edit.apply(TREE)
    assert told.value.message == reason


def test_a_split_moves_with_its_other_paths_and_leaves_the_first() -> None:
    after = check(TREE, MoveActivities("S", Place("B")))
    assert ways(after) == {"A": ("B",), "B": ("S",), "S": ("D", "C", None), "D": (None,), "C": (None,)}


def test_a_tile_moves_with_all_after_it() -> None:
    after = check(TREE, MoveActivities("B", Place("C"), True))
    assert ways(after) == {"A": ("S",), "S": (None, "C", None), "C": ("B",), "B": ("D",), "D": (None,)}
    after = check(TREE, MoveActivities("B", Place("A"), True))
    assert ways(after)["A"] == ("B",)
    assert ways(after)["D"] == ("S",)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (MoveActivities("B", Place("B")), "cannot come after itself"),
        (MoveActivities("S", Place("B"), True), "cannot come after itself"),
        (MoveActivities("B", Place("S", "path-1")), "stands there already"),
        (MoveActivities("S", Place("J")), "That would be a loop"),
        (MoveActivities("C", Place("K"), True), "That would be a loop"),
        (MoveActivities("C", Place("S", "path-1"), True), "has no open end"),
        (MoveActivities("X", Place("J")), "no activity X"),
        (MoveActivities("B", Place("X")), "no activity X"),
        (ConnectEnd(Place("B"), "K"), "only an open end"),
        (ConnectEnd(Place("K"), "J"), "That would be a loop"),
        (ConnectEnd(Place("K"), "K"), "That would be a loop"),
        (ConnectEnd(Place("K"), "X"), "no activity X"),
        (DisconnectEnd(Place("K")), "open end already"),
        (DisconnectEnd(Place("A")), "would be cut off"),
        (SwapPaths("S", "path-1", "path-9"), "no way out 'path-9'"),
        (ReplaceActivity("S", tile("N")), "S has 2 paths in use, and N has 1"),
        (ReplaceActivity("B", tile("K")), "has an activity K already"),
        (ReplaceActivity("B", END), "B has 1 paths in use, and Bye has 0"),
        (Paste(take_fragment(DIAMOND, ["B", "C"]), Place("X")), "no activity X"),
        (RemoveNote("n"), "no longer on the canvas"),
        (SetNote("n", "x"), "no longer on the canvas"),
        (AddNote(Note("n", "x", "gone")), "no activity gone"),
        (RemoveGroup("g"), "no longer in the journey"),
        (SetGroup(TileGroup("g", "Both", ("B", "C"))), "do not hang together"),
    ],
)
def test_what_is_refused_says_why(edit: Edit, why: str) -> None:
    with pytest.raises(Conflict, match=why):
        edit.apply(DIAMOND)
    assert why in (refused(DIAMOND, edit) or "")


def test_ends_join_and_part() -> None:
    after = check(TREE, ConnectEnd(Place("S", "remainder"), "D"))
    assert ways(after)["S"] == ("B", "C", "D")
    assert check(after, DisconnectEnd(Place("S", "remainder"))) == TREE
    assert ways(check(after, DisconnectEnd(Place("B"))))["B"] == (None,)
    empty = replace(TREE, first=None, activities={"A": tile("A")})
    assert check(empty, ConnectEnd(Place(ENTRY), "A")).first == "A"


def test_a_tile_without_a_way_out_moves_to_open_ends() -> None:
    shape = drawn("S", tile("S", "N", "B", None), END, tile("B"))
    assert ways(check(shape, MoveActivities("N", Place("B"))))["B"] == ("N",)
    with pytest.raises(Conflict, match="has no open end"):
        MoveActivities("N", Place("S", "path-2")).apply(shape)
    with pytest.raises(KeyError):
        next_at(shape, Place("S", "path-9"))


def test_what_names_a_copied_tile_names_its_copy() -> None:
    mail = tile("E", "N", kind="send_email")
    split = replace(ACTIVITIES["engagement_split"].make("N"), settings={"activity": "E", "metric": "open"})
    shape = drawn("E", mail, split)
    after = check(shape, Paste(take_fragment(shape, ["E", "N"]), Place("N", "yes")))
    assert after.activities["ENGAGEMENTSPLITV2-1"].settings["activity"] == "EMAILV2-1"
    after = check(shape, Paste(take_fragment(shape, ["N"]), Place("N", "yes")))
    assert after.activities["ENGAGEMENTSPLITV2-1"].settings["activity"] == "E"


def test_paths_swap() -> None:
    assert ways(check(TREE, SwapPaths("S", "path-1", "remainder")))["S"] == (None, "C", "B")


def test_an_activity_is_replaced_and_keeps_its_connections() -> None:
    noted = replace(DIAMOND, notes=(Note("n", "x", "B"), Note("m", "y", "C")), groups=(TileGroup("g", "One", ("B",)),))
    after = check(noted, ReplaceActivity("B", tile("N", None, None)))
    assert ways(after)["S"] == ("N", "C")
    assert ways(after)["N"] == ("J", None)
    assert after.notes[0].anchor == "N"
    assert after.groups[0].members == ("N",)
    after = check(DIAMOND, ReplaceActivity("A", tile("N")))
    assert (after.first, ways(after)["N"]) == ("N", ("S",))


def test_copied_tiles_are_pasted_under_new_keys() -> None:
    text = copy_fragment(TREE, ["B", "D", "C"])
    fragment = read_fragment(text)
    assert [each.key for each in fragment.activities] == ["B", "D", "C"]
    assert fragment.heads == ("B", "C")
    after = check(TREE, Paste(fragment, Place("A")))
    whole(after)
    # Tiles of two branches come one after another, and what followed follows them.
    one, two, three = (f"WAITBYDURATION-{number}" for number in (1, 2, 3))
    assert ways(after)["A"] == (one,)
    assert (ways(after)[one], ways(after)[two], ways(after)[three]) == ((two,), (three,), ("S",))
    assert after.activities[two].name == "D"
    again = check(after, Paste(fragment, Place("C")))
    assert "WAITBYDURATION-6" in again.activities
    assert Paste(fragment, Place("A"), "Duplicate").label == "Duplicate"
    assert Paste(take_fragment(TREE, ["B"]), Place("A")).label == "Paste B"


def test_tiles_without_an_open_end_go_to_open_ends_only() -> None:
    closed = read_fragment(copy_fragment(drawn("N", END), ["N"]))
    with pytest.raises(Conflict, match="paste them at an open end"):
        Paste(closed, Place("A")).apply(TREE)
    check(TREE, Paste(closed, Place("C")))
    both = read_fragment(copy_fragment(drawn("S", tile("S", "N", "M"), END, replace(END, key="M")), ["N", "M"]))
    with pytest.raises(Conflict, match="one by one"):
        Paste(both, Place("C")).apply(TREE)
    legal = legal_places(TREE, Pasting(closed))
    assert {place for place, why in legal.items() if why is None} == {
        Place("C"),
        Place("D"),
        Place("S", "remainder"),
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no tiles"),
        ("hello", "no tiles"),
        ("[" * 100_000, "no tiles"),
        ("{}", "no tiles"),
        ('{"format": "switchback-tiles", "version": 2, "activities": []}', "newer"),
        ('{"format": "switchback-tiles", "version": 1, "activities": []}', "no tiles"),
        ('{"format": "switchback-tiles", "version": 1, "activities": [1]}', "An object is expected"),
    ],
)
def test_text_that_holds_no_tiles(text: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=why):
        read_fragment(text)


def test_text_with_tiles_that_cannot_be() -> None:
    document = json.loads(copy_fragment(TREE, ["B", "D"]))
    double = document | {"activities": [document["activities"][0]] * 2}
    with pytest.raises(InvalidInput, match="same key"):
        read_fragment(json.dumps(double))
    document["activities"][1]["outcomes"][0]["next"] = "B"
    with pytest.raises(InvalidInput, match="loop"):
        read_fragment(json.dumps(document))


def legal(journey: Journey, what: Dragged) -> set[Place]:
    """Where it may be dropped."""
    return {place for place, why in legal_places(journey, what).items() if why is None}


def test_where_things_may_be_dropped() -> None:
    assert legal(DIAMOND, NewEntry()) == {ENTRY_SLOT}
    assert legal(DIAMOND, NewActivity("wait")) == set(places(DIAMOND))
    assert len(legal_places(DIAMOND, NewActivity("wait"))) == len(set(places(DIAMOND)))
    assert Place("gone") not in legal_places(DIAMOND, Moving("B"))
    assert legal(TREE, Moving("B")) == {
        Place(ENTRY),
        Place("A"),
        Place("S", "path-2"),
        Place("S", "remainder"),
        Place("C"),
        Place("D"),
    }
    for journey in (DIAMOND, TREE):
        for key in journey.activities:
            for following in (False, True):
                for place, why in legal_places(journey, Moving(key, following)).items():
                    assert refused(journey, MoveActivities(key, place, following)) == why
                    if why is None:
                        whole(check(journey, MoveActivities(key, place, following)))


def test_where_an_end_may_be_connected() -> None:
    assert legal_targets(DIAMOND, Place("B"))["K"] == (
        "Something follows there already: only an open end can be connected."
    )
    assert set(legal_targets(DIAMOND, Place("K")).values()) == {
        "That would be a loop: contacts pass it on their way to K."
    }
    targets = legal_targets(TREE, Place("S", "remainder"))
    assert {key for key, why in targets.items() if why is None} == {"B", "C", "D"}
    assert set(legal_targets(TREE, Place("gone")).values()) == {"That way out is no longer there."}
    assert legal_targets(replace(TREE, first=None), Place(ENTRY)) == dict.fromkeys(TREE.activities)
    for key, why in targets.items():
        assert (refused(TREE, ConnectEnd(Place("S", "remainder"), key)) is None) == (why is None)


def test_all_after_and_all_before() -> None:
    edges = {(start, end, outcome) for start, end, outcome in as_graph(DIAMOND).edges(keys=True)}
    assert edges == {(a.key, o.next, o.key) for a in DIAMOND.activities.values() for o in a.outcomes if o.next}
    assert everything_before(DIAMOND, "J") == {"A", "S", "B", "C"}


def test_notes_are_added_changed_and_removed() -> None:
    after = check(DIAMOND, AddNote(Note("n", "Legal", "B")))
    after = check(after, AddNote(Note("m", "Else")))
    with pytest.raises(Conflict, match="already"):
        AddNote(Note("n", "Again")).apply(after)
    assert check(after, SetNote("m", "Other")).notes[1] == Note("m", "Other")
    after = check(after, SetNote("n", "Consent", "C"))
    assert after.notes == (Note("n", "Consent", "C"), Note("m", "Else"))
    assert check(after, RemoveNote("n")).notes == (Note("m", "Else"),)


def test_groups_fold_to_one_tile() -> None:
    after = check(DIAMOND, SetGroup(TileGroup("g", "Offers", ("J", "C", "B", "S"))))
    assert after.groups[0].members == ("S", "B", "J", "C")
    assert fold(after).journey is after
    folded = check(after, SetGroup(replace(after.groups[0], folded=True)))
    drawn_as = fold(folded)
    key = group_tile(folded.groups[0])
    assert ways(drawn_as.journey) == {"A": (key,), key: ("K",), "K": (None,)}
    assert drawn_as.journey.activities[key].name == "Offers"
    assert drawn_as.places == {Place(key, "J/"): Place("J")}
    with pytest.raises(Conflict, match="one group only"):
        SetGroup(TileGroup("h", "Other", ("J", "K"))).apply(after)
    other = check(after, SetGroup(TileGroup("h", "Rest", ("K",), folded=True)))
    assert check(other, RemoveGroup("h")) == after
    assert SetGroup(after.groups[0]).patch(after).label == "Name the group Offers"
    assert SetGroup(replace(folded.groups[0], folded=False)).patch(folded).label == "Unfold Offers"
    whole_folded = check(DIAMOND, SetGroup(TileGroup("g", "All", tuple(DIAMOND.activities), folded=True)))
    assert fold(whole_folded).journey.first == "group:g"


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ((), "needs tiles"),
        (("X",), "needs tiles"),
        (("B", "C"), "entered at one"),
        (("S", "J"), "entered at one"),
        (("A", "S", "B", "K"), "entered at one"),
        (("A", "S", "B", "J"), "entered at one"),
    ],
)
def test_what_cannot_be_one_group(members: tuple[str, ...], why: str) -> None:
    assert why in (group_reason(DIAMOND, TileGroup("g", "x", members)) or "")


def test_a_group_is_entered_once_and_hangs_together() -> None:
    shape = drawn("A", tile("A", "B", "C"), tile("B", "D"), tile("C", "D"), tile("D"), tile("E"))
    assert "entered at one" in (group_reason(shape, TileGroup("g", "x", ("A", "B", "D"))) or "")
    assert group_reason(shape, TileGroup("g", "x", ("A", "B", "C", "D"))) is None
    assert "not all can be reached" in (group_reason(shape, TileGroup("g", "x", ("A", "B", "C", "D", "E"))) or "")


def test_several_tiles_go_at_once_in_whatever_order_they_are_named() -> None:
    for keys in (("S", "B", "D"), ("D", "B", "S"), ("B", "S", "D")):
        after = check(TREE, RemoveTogether(keys))
        assert ways(after) == {"A": ("C",), "C": (None,)}
    assert ways(check(TREE, RemoveTogether(("S",)))) == {"A": ("B",), "B": ("D",), "D": (None,)}
    assert ways(check(DIAMOND, RemoveTogether(("J", "B")))) == {"A": ("S",), "S": ("K", "C"), "C": ("K",), "K": (None,)}
    assert check(DIAMOND, RemoveTogether(tuple(DIAMOND.activities))).activities == {}
    assert check(DIAMOND, RemoveTogether(tuple(DIAMOND.activities))).first is None
    assert refused(TREE, RemoveTogether(("A", "NONE"))) == "There is no activity NONE in this journey."


def test_tiles_that_nothing_ever_led_to_stay_when_others_go() -> None:
    stray = replace(TREE, activities={**TREE.activities, "X": tile("X", "Y"), "Y": tile("Y")})
    for edit in (RemoveTogether(("S", "B")), RemoveTogether(("S", "B", "X"))):
        assert set(check(stray, edit).activities) - {"X"} == {"A", "D", "Y"}
    assert set(check(stray, RemoveActivity("D")).activities) == {"A", "S", "B", "C", "X", "Y"}
    assert set(check(stray, RemoveBranch("S")).activities) == {"A", "X", "Y"}
    assert set(check(replace(stray, first=None), RemoveBranch("X")).activities) == set(TREE.activities)
