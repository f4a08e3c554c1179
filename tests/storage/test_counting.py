"""What is left after each line of a filter, against asking every row in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import open_workspace
from app.data_extensions.check_row import CheckedRow
from app.data_extensions.data_extension import DataExtension, Field, Value
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.prune import asks
from app.filters.tree import Attribute, Condition, Group, Join, Literal, Node
from app.filters.tree import Path as Place
from app.services.count_filter import count_filter
from app.services.save_data_extension import save_data_extension
from app.services.settings import read_time_zone
from app.services.workspace import Workspace

A, B = "f_a", "f_b"
ROWS: list[dict[str, Value]] = [{A: a, B: b} for a in (None, 1, 2, 3, 4) for b in (None, "x", "X", "yx", "")]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, DataExtension]]:
    """A workspace with every row of ROWS."""
    folder: Path = tmp_path_factory.mktemp("counting")
    ws = open_workspace(str(folder / "nto.switchback"))
    fields = (Field(A, "A", "number"), Field(B, "B", "text", length=10))
    schema = save_data_extension(ws, DataExtension("", "rows", "Rows", fields=fields))
    with ws.unit_of_work() as work:
        work.data_extensions.write_all(schema, [CheckedRow(row, frozenset(row)) for row in ROWS])
        work.commit()
    yield ws, schema
    ws.close()


conditions = st.one_of(
    st.builds(
        Condition,
        st.just(Attribute(A)),
        st.sampled_from(["greater_than", "less_than", "equal", "not_equal"]),
        st.sampled_from([Literal("1"), Literal("2"), Literal("3")]),
        st.booleans(),
    ),
    st.builds(Condition, st.just(Attribute(A)), st.sampled_from(["is_null", "is_not_null"]), st.none()),
    st.builds(
        Condition,
        st.just(Attribute(B)),
        st.sampled_from(["equal", "contains", "not_contains", "begins_with"]),
        st.sampled_from([Literal("x"), Literal("y")]),
    ),
)


def groups(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Group]:
    """Groups of those children."""
    return st.builds(
        Group, st.sampled_from(Join), st.lists(children, max_size=4).map(tuple), st.booleans(), st.booleans()
    )


trees = groups(st.recursive(conditions, groups, max_leaves=8)).map(lambda group: replace(group, disabled=False))


def cut_off(group: Group, place: Place = ()) -> Iterator[tuple[Place, Group]]:
    """For every line that asks something: its path, and the tree cut off after it."""
    for number, child in enumerate(group.children):
        if not asks(child):
            continue
        before = group.children[:number]
        if isinstance(child, Group):
            for deeper, cut in cut_off(child, (*place, number)):
                yield deeper, replace(group, children=(*before, cut))
        yield (*place, number), replace(group, children=(*before, child))


@given(trees)
def test_what_is_left_is_what_asking_every_row_gives(many: tuple[Workspace, DataExtension], tree: Group) -> None:
    ws, schema = many
    with ws.unit_of_work(writes=False) as work:
        zone = read_time_zone(work.facts)

    def passing(group: Group) -> int:
        match = compile_filter(group, Catalog(schema), ws.clock.now(), zone)
        return sum(match(row) for row in ROWS)

    count = count_filter(ws, tree, schema.id)
    assert count.total == len(ROWS)
    assert count.passed == passing(tree)
    assert count.left == {place: passing(cut) for place, cut in cut_off(tree)}
