"""The layout: no overlaps, nothing backwards, no needless crossing, the marketer's order, the same everywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.journey.edits import AddActivity, RemoveActivity
from app.journey.journey import ENTRY, Journey, Place
from app.journey.layout import Layout, Memory, Rect, compute_layout
from app.journey.layout import measures as m
from app.journey.layout.stack import Stack
from tests.journey.drawing import grown
from tests.journey.layouts import backwards, crossings, overlapping, size, through_tiles
from tests.journey.support import drawn, journey, tile


def lay(journey: Journey) -> Layout:
    """The layout, after asking of it what holds for every one."""
    layout = compute_layout(journey, size)
    assert set(layout.rects) == {ENTRY, *journey.activities}
    assert layout.rects[ENTRY].x == 0
    assert layout.rects[ENTRY].middle == 0
    assert overlapping(layout) == []
    assert backwards(journey, layout) == []
    assert through_tiles(layout) == []
    places = {Place(ENTRY)} | {Place(a.key, o.key) for a in journey.activities.values() for o in a.outcomes}
    assert {connector.place for connector in layout.connectors} == places
    assert len(layout.connectors) == len(places)
    for rect in layout.rects.values():
        assert layout.bounds.x <= rect.x
        assert rect.right <= layout.bounds.right
        assert layout.bounds.y <= rect.y
        assert rect.bottom <= layout.bounds.bottom
    return layout


def test_an_empty_journey_is_the_entry_slot_and_its_open_end() -> None:
    layout = lay(journey())
    assert layout.connectors[0].target is None
    assert layout.connectors[0].points == ((278, 0), (278 + m.STUB, 0))
    assert layout.bounds == Rect(0, -123, 278 + m.STUB, 246)


def test_a_chain_runs_straight() -> None:
    layout = lay(drawn("A", tile("A", "B"), tile("B", "C"), tile("C")))
    assert {layout.rects[key].middle for key in "ABC"} == {0}
    assert layout.rects["A"].x == 278 + m.STRAIGHT
    assert all(len(connector.points) == 2 for connector in layout.connectors)
    assert all(connector.label is None for connector in layout.connectors)


def test_paths_keep_their_order_from_the_top_around_the_split() -> None:
    layout = lay(drawn("S", tile("S", "A", "B", "C"), tile("A"), tile("B"), tile("C")))
    tops = [layout.rects[key].y for key in "ABC"]
    assert tops == sorted(tops)
    assert layout.rects["B"].middle == layout.rects["S"].middle == 0
    assert len({layout.rects[key].x for key in "ABC"}) == 1
    turned = lay(drawn("S", tile("S", "C", "B", "A"), tile("A"), tile("B"), tile("C")))
    assert turned.rects["A"].y == layout.rects["C"].y


def test_labels_have_room_of_their_own() -> None:
    layout = lay(drawn("S", tile("S", "A", None, "J", "B", "J"), tile("A"), tile("B", "J"), tile("J")))
    labels = [connector.label for connector in layout.connectors if connector.label]
    assert len(labels) == 5
    for index, label in enumerate(labels):
        for other in [*labels[:index], *layout.rects.values()]:
            apart = label.right <= other.x or other.right <= label.x
            assert apart or label.bottom <= other.y or other.bottom <= label.y, (label, other)


def test_paths_come_together_in_their_middle() -> None:
    diamond = drawn("S", tile("S", "A", "B"), tile("A", "J"), tile("B", "J"), tile("J", "K"), tile("K"))
    layout = lay(diamond)
    assert layout.rects["J"].middle == layout.rects["K"].middle == layout.rects["S"].middle
    assert crossings(layout) == 0
    # What follows a join may be as tall as it likes: what stands before it stays in the middle.
    tall = replace(diamond.activities["K"], outcomes=tile("K", "L", None, None, None).outcomes)
    layout = lay(replace(diamond, activities={**diamond.activities, "K": tall, "L": tile("L")}))
    assert layout.rects["J"].middle == layout.rects["S"].middle


def test_a_joined_tile_stands_to_the_right_of_what_its_paths_enclose() -> None:
    between = drawn("S", tile("S", "A", "X", "B"), tile("A", "J"), tile("B", "J"), tile("J"), tile("X", "Y"), tile("Y"))
    layout = lay(between)
    assert layout.rects["J"].x > layout.rects["Y"].right
    assert crossings(layout) == 0


def test_both_paths_straight_into_one_tile_are_two_lines() -> None:
    layout = lay(drawn("S", tile("S", "J", "J"), tile("J")))
    first, second = (each.points for each in layout.connectors if each.place.source == "S")
    assert first[1:3] != second[1:3]
    assert crossings(layout) == 0


def test_paths_that_must_cross_do_not_lie_on_each_other() -> None:
    crossed = drawn(
        "S",
        tile("S", "A", "B", "C", "D"),
        tile("A", "J"),
        tile("B", "K"),
        tile("C", "J"),
        tile("D", "K"),
        tile("J"),
        tile("K"),
    )
    assert crossings(lay(crossed)) == 1


def test_a_path_that_must_be_crossed_is_crossed_before_it_splits() -> None:
    # P lies between the two paths that meet in J; its own two paths lead out from there.
    crossed = drawn(
        "S",
        tile("S", "X", "P", "Y", "Z", "W", None),
        tile("X", "J"),
        tile("P", "K", "L"),
        tile("Y", "J"),
        tile("Z", "L"),
        tile("W", "K"),
        *(tile(key) for key in "JKL"),
    )
    layout = lay(crossed)
    assert crossings(layout) == 1
    assert layout.rects["P"].x >= layout.rects["J"].x
    # The order of its paths is the marketer's all the same.
    fan = [each.points[2][1] for each in layout.connectors if each.place.source == "P"]
    assert fan == sorted(fan)


@pytest.mark.parametrize("above", [("X", "P1"), ("A",)])
def test_a_path_that_splits_again_and_again_is_crossed_once(above: tuple[str, ...]) -> None:
    # Orders between the paths get ever closer, and are spread anew.
    count = 24
    tiles = [tile("S", *above, "Y", *[f"Z{n}" for n in range(1, count + 1)]), tile("Y", "J")]
    tiles += [tile("X", "J")] if "X" in above else [tile("A", "J", "P1")]
    tiles += [tile(f"P{n}", f"P{n + 1}" if n < count else None, f"K{n}") for n in range(1, count + 1)]
    tiles += [tile(f"Z{n}", f"K{n}") for n in range(1, count + 1)]
    tiles += [tile("J"), *[tile(f"K{n}") for n in range(1, count + 1)]]
    assert crossings(lay(drawn("S", *tiles))) == 1


def test_three_paths_meet_across_a_split_and_an_open_end() -> None:
    crossed = drawn(
        "S",
        tile("S", "X", "P", "Y", None, "Q", "W"),
        tile("X", "J"),
        tile("P", "K", None, "L"),
        tile("Y", "J"),
        tile("Q", "L", "K"),
        tile("W", "J"),
        *(tile(key) for key in "JKL"),
    )
    assert crossings(lay(crossed)) == 2


def test_no_tile_stands_on_a_path_that_moved_away_from_its_tile() -> None:
    lay(
        drawn(
            "A",
            tile("A", "B", "C"),
            tile("B", "J", "S"),
            tile("S", None, "N", "J"),
            tile("N", "T", None, None),
            tile("T", "K", "J"),
            tile("J", None, "K", None),
            tile("K"),
            tile("C", "D"),
            tile("D", "E"),
            tile("E"),
        )
    )


@pytest.mark.parametrize(
    ("tiles", "joins", "ways_out"), [(1600, 0.2, (1, 1, 4, 6, 9)), (3200, 0.3, (1, 1, 1, 2, 2, 3))]
)
def test_what_is_too_entangled_to_be_taken_apart_is_drawn_all_the_same(
    tiles: int, joins: float, ways_out: tuple[int, ...]
) -> None:
    large = grown(tiles, joins, 1, ways_out=ways_out)
    layout = compute_layout(large, size)
    assert overlapping(layout) == []
    assert backwards(large, layout) == []


@pytest.mark.parametrize("planar", [True, False])
@given(tiles=st.integers(1, 60), joins=st.sampled_from([0.0, 0.2, 0.5, 0.8]), seed=st.integers(0, 10_000))
def test_any_journey(planar: bool, tiles: int, joins: float, seed: int) -> None:
    layout = lay(grown(tiles, joins, seed, planar=planar))
    if planar:
        assert crossings(layout) == 0


@given(
    tiles=st.integers(2, 60),
    joins=st.sampled_from([0.1, 0.3, 0.6]),
    seed=st.integers(0, 10_000),
    at=st.integers(0, 59),
)
@settings(max_examples=60)
def test_what_is_remembered_changes_nothing_but_the_time(tiles: int, joins: float, seed: int, at: int) -> None:
    before = grown(tiles, joins, seed)
    memory = Memory()
    assert compute_layout(before, size, memory) == compute_layout(before, size)
    key = f"T{at % tiles}"
    for edit in (AddActivity(tile("NEW", None, None), Place(key, before.activities[key].outcomes[0].key)),
                 RemoveActivity(key)):  # fmt: skip
        after, back = edit.apply(before)
        assert compute_layout(after, size, memory) == compute_layout(after, size)
        assert compute_layout(back.apply(after)[0], size, memory) == compute_layout(before, size)


@pytest.mark.parametrize("seed", range(4))
def test_orders_get_room_when_there_is_none_left(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    spread: list[int] = []
    once = Stack._spread
    monkeypatch.setattr(Stack, "_spread", lambda stack: (spread.append(1), once(stack))[1])
    monkeypatch.setattr("app.journey.layout.stack._BITS", 5)
    lay(grown(120, 0.3, seed, near=3))
    assert spread


def test_the_order_in_which_activities_are_kept_does_not_matter() -> None:
    one = grown(30, 0.3, 7)
    other = replace(one, activities=dict(reversed(one.activities.items())))
    assert compute_layout(one, size) == compute_layout(other, size)


def test_sizes_are_kept_and_make_room() -> None:
    def wide(key: str) -> tuple[float, float]:
        return (400.0, 300.0) if key == "B" else size(key)

    shape = drawn("S", tile("S", "A", "B", "C"), tile("A"), tile("B", "D"), tile("C"), tile("D"))
    layout = compute_layout(shape, wide)
    assert (layout.rects["B"].width, layout.rects["B"].height) == (400, 300)
    assert overlapping(layout) == []
    assert layout.rects["D"].x > layout.rects["B"].right


def test_a_broken_journey_is_drawn_all_the_same() -> None:
    loop = drawn("A", tile("A", "B"), tile("B", "A"), tile("X", "Y"), tile("Y", "X"), tile("Z", "B", "gone"))
    layout = compute_layout(loop, size)
    assert set(layout.rects) == {ENTRY, "A", "B", "X", "Y", "Z"}
    assert overlapping(layout) == []
    assert layout.rects[ENTRY].middle == 0
    assert {c.place.source for c in layout.connectors if c.target is None} == {"B", "Y", "Z"}


def test_a_broken_journey_is_drawn_the_same_everywhere() -> None:
    broken = drawn("A", tile("A"), tile("X", "Y"), tile("Y", "X"), tile("Z"), tile("B", "Z", "Q"), tile("Q", "Q"))
    other = replace(broken, activities=dict(reversed(broken.activities.items())))
    assert compute_layout(broken, size) == compute_layout(other, size)


def test_a_long_ladder_of_joins() -> None:
    # Each rung joins the last rung and the next path of the split: orders between bodies get ever closer.
    rungs = 120
    tiles = [tile("S", *[f"J{max(1, n)}" for n in range(rungs + 1)])]
    tiles += [tile(f"J{n}", f"J{n + 1}" if n < rungs else None) for n in range(1, rungs + 1)]
    layout = lay(drawn("S", *tiles))
    assert crossings(layout) == 0


def test_many_joins_between_the_same_two_paths() -> None:
    # Each is set between the last one and the same path: their orders are spread anew when they come too close.
    count = 60
    tiles = [tile("S", "A", "T"), tile("A", "J1"), tile("T", *[f"J{n}" for n in range(1, count + 1)])]
    tiles += [tile(f"J{n}", f"J{n + 1}" if n < count else None) for n in range(1, count + 1)]
    assert crossings(lay(drawn("S", *tiles))) == 0


def test_three_paths_straight_into_one_tile() -> None:
    layout = lay(drawn("S", tile("S", "J", "J", "J"), tile("J")))
    middle = next(each for each in layout.connectors if each.place == Place("S", "path-2"))
    assert len(middle.points) == 2


def test_tiles_without_a_way_out() -> None:
    end = replace(tile("E"), outcomes=())
    layout = compute_layout(drawn("S", tile("S", "E", None), end), size)
    assert [connector.place.source for connector in layout.connectors] == [ENTRY, "S", "S"]
