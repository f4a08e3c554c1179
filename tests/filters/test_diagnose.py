"""Diagnostics: each names its condition and offers a fix; what they claim is true of every row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field
from app.filters import paths
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.diagnose import Diagnostic, diagnose
from app.filters.mending import _number_in
from app.filters.operators import OPERATORS
from app.filters.tree import (
    Attribute,
    Condition,
    Group,
    Join,
    Literal,
    Literals,
    Node,
    OtherAttribute,
    Path,
    Range,
    RelativeDate,
    Span,
)
from app.kernel.errors import Severity
from tests.filters.simple import (
    CATALOG,
    COUNT,
    COUNTRY,
    EMAIL,
    MEMBER,
    NOW,
    ORDERED,
    OSLO,
    TIER,
    TOTAL,
    all_of,
    any_of,
    ask,
)
from tests.filters.worlds import conditions, record, trees, worlds


def found(group: Group, catalog: Catalog = CATALOG) -> list[tuple[Path, str]]:
    return [(each.path, each.code) for each in diagnose(group, catalog, NOW, OSLO)]


def only(group: Group, catalog: Catalog = CATALOG) -> Diagnostic:
    (diagnostic,) = diagnose(group, catalog, NOW, OSLO)
    return diagnostic


def test_a_deleted_field_is_not_called_by_its_id() -> None:
    gone = all_of(Condition(Attribute("f_0123456789abcdef"), "is_null"))
    assert only(gone).message == "The data extension Cart does not have this field any more."
    assert only(all_of(Condition(Attribute("Colour", "Shop"), "is_null"))).message == (
        "The data that is asked does not have a field 'Colour'."
    )


def test_a_good_filter_has_none() -> None:
    assert (
        found(all_of(ask(TOTAL, "greater_than", "50"), any_of(ask(COUNTRY, "equal", "NO"), ask(TIER, "equal", "x"))))
        == []
    )


@pytest.mark.parametrize(
    ("condition", "code", "fix"),
    [
        (Condition(Attribute("f_gone"), "equal", Literal("x")), "no_field", "off"),
        (ask(TOTAL, "equal", "1,000"), "bad_value", ask(TOTAL, "equal", "1000")),
        (ask(TOTAL, "equal", "50 kr"), "bad_value", ask(TOTAL, "equal", "50")),
        (ask(TOTAL, "equal", "fifty"), "bad_value", None),
        (ask(TOTAL, "equal"), "missing_value", None),
        (ask(TOTAL, "is_null", "5"), "wrong_operand", ask(TOTAL, "is_null")),
        (ask(ORDERED, "equal", "2026-01-01"), "wrong_operator", ask(ORDERED, "on", "2026-01-01")),
        (ask(ORDERED, "greater_than", "2026-01-01"), "wrong_operator", ask(ORDERED, "after", "2026-01-01")),
        (ask(TOTAL, "before", "5"), "wrong_operator", ask(TOTAL, "less_than", "5")),
        (ask(TOTAL, "contains", "5"), "wrong_operator", ask(TOTAL, "equal", "5")),
        (ask(MEMBER, "in_the_last", Span(1)), "wrong_operator", ask(MEMBER, "is_not_null")),
        (ask(COUNTRY, "sounds_like", "5"), "no_operator", ask(COUNTRY, "is_not_null")),
    ],
)
def test_a_condition_that_cannot_be_asked(condition: Condition, code: str, fix: Condition | str | None) -> None:
    diagnostic = only(all_of(condition))
    assert (diagnostic.path, diagnostic.code, diagnostic.severity) == ((0,), code, Severity.ERROR)
    assert diagnostic.message
    if fix == "off":
        assert isinstance(diagnostic.fix, Condition)
        assert diagnostic.fix.disabled
    else:
        assert diagnostic.fix == fix
    assert bool(diagnostic.fix_label) is (diagnostic.fix is not None)


@pytest.mark.parametrize(
    ("condition", "code", "fix"),
    [
        (
            ask(TOTAL, "between", Range(Literal("9"), Literal("1"))),
            "impossible",
            ask(TOTAL, "between", Range(Literal("1"), Literal("9"))),
        ),
        (
            ask(ORDERED, "between", Range(RelativeDate(0), RelativeDate(-3))),
            "impossible",
            ask(ORDERED, "between", Range(RelativeDate(-3), RelativeDate(0))),
        ),
        (ask(TOTAL, "between", Range(Literal("0.001"), Literal("0.002"))), "impossible", "off"),
        (ask(TOTAL, "equal", "0.001"), "impossible", "off"),
        (ask(TOTAL, "greater_than", "1" + "0" * 20), "impossible", "off"),
        (ask(COUNT, "less_than", "-1" + "0" * 20), "impossible", "off"),
        (ask(ORDERED, "before", "1753-01-01"), "impossible", "off"),
        (ask(COUNTRY, "equal", "x" * 51), "impossible", "off"),
        (ask(COUNTRY, "contains", "x" * 51), "impossible", "off"),
        (ask(COUNTRY, "is_one_of", Literals(("x" * 51, "y" * 51))), "impossible", "off"),
        (ask(COUNTRY, "is_one_of", Literals(())), "impossible", "off"),
        (ask(COUNTRY, "exists_in", Literals((" ",))), "impossible", "off"),
        (ask(COUNTRY, "not_contains", ""), "impossible", "off"),
        (ask(COUNTRY, "contains", ""), "always_true", ask(COUNTRY, "is_not_null")),
        (ask(COUNTRY, "not_exists_in", Literals(())), "always_true", ask(COUNTRY, "is_not_null")),
        (ask(EMAIL, "equal", "no address"), "impossible", "off"),
    ],
)
def test_a_condition_that_decides_nothing(condition: Condition, code: str, fix: Condition | str) -> None:
    diagnostic = only(all_of(ask(MEMBER, "is_true"), condition))
    assert (diagnostic.path, diagnostic.code, diagnostic.severity) == ((1,), code, Severity.WARNING)
    assert isinstance(diagnostic.fix, Condition)
    assert diagnostic.fix.disabled if fix == "off" else diagnostic.fix == fix


def test_what_a_column_never_holds_is_offered_as_it_does() -> None:
    phone = Field("f_phone", "Phone", "phone")
    catalog = Catalog(DataExtension("de", "de", "DE", fields=(phone,)))
    diagnostic = only(all_of(Condition(Attribute("f_phone"), "equal", Literal("+47 22 00 00 00"))), catalog)
    assert diagnostic.fix == Condition(Attribute("f_phone"), "equal", Literal("+4722000000"))
    assert found(all_of(Condition(Attribute("f_phone"), "equal", Literal("+4722000000"))), catalog) == []


def test_a_letter_that_folds_to_two_is_not_too_long() -> None:
    assert found(all_of(ask(COUNTRY, "equal", "ss" * 50))) == []
    assert found(all_of(ask(COUNTRY, "equal", "é" * 51))) == []


def test_a_required_field() -> None:
    needed = Field("f_needed", "Needed", "text", required=True)
    catalog = Catalog(DataExtension("de", "de", "DE", fields=(needed,)))
    assert found(all_of(Condition(Attribute("f_needed"), "is_null")), catalog) == [((0,), "impossible")]
    assert found(all_of(Condition(Attribute("f_needed"), "is_not_null")), catalog) == [((0,), "always_true")]
    branch = any_of(
        Condition(Attribute("f_needed"), "equal", Literal("a")),
        Condition(Attribute("f_needed"), "not_equal", Literal("a")),
    )
    assert found(branch, catalog) == [((1,), "always_true")]


@pytest.mark.parametrize(
    ("children", "path"),
    [
        ((ask(TOTAL, "greater_than", "75"), ask(TOTAL, "less_than", "25")), (1,)),
        ((ask(TOTAL, "greater_than", "1"), ask(COUNTRY, "is_null"), ask(TOTAL, "less_than", "1.01")), (2,)),
        ((ask(COUNTRY, "equal", "NO"), ask(COUNTRY, "equal", "SE")), (1,)),
        ((ask(COUNTRY, "equal", "NO"), ask(COUNTRY, "begins_with", "S")), (1,)),
        ((ask(COUNTRY, "is_null"), ask(COUNTRY, "is_not_empty")), (1,)),
        ((ask(MEMBER, "is_true"), ask(MEMBER, "is_false")), (1,)),
        ((ask(ORDERED, "before", "2026-01-01"), ask(ORDERED, "in_the_last", Span(7))), (1,)),
        ((ask(TOTAL, "greater_than", "75"), all_of(ask(TOTAL, "less_than", "25"))), (1, 0)),
        (
            (
                ask(COUNT, "between", Range(Literal("1"), Literal("2"))),
                ask(COUNT, "not_equal", "1"),
                ask(COUNT, "not_equal", "2"),
            ),
            (2,),
        ),
        (
            (
                ask(COUNTRY, "is_one_of", Literals(("a", "b"))),
                ask(COUNTRY, "not_equal", "A"),
                ask(COUNTRY, "not_equal", "b"),
            ),
            (2,),
        ),
    ],
)
def test_a_contradiction(children: tuple[Node, ...], path: Path) -> None:
    diagnostic = only(all_of(*children))
    assert (diagnostic.path, diagnostic.code) == (path, "contradiction")
    assert diagnostic.fix is not None
    assert found(paths.replace(all_of(*children), path, diagnostic.fix)) == []


@pytest.mark.parametrize(
    "children",
    [
        (ask(COUNTRY, "contains", "a"), ask(COUNTRY, "contains", "b")),
        (ask(COUNTRY, "begins_with", "a"), ask(COUNTRY, "not_equal", "b")),
        (ask(TOTAL, "greater_than", "25"), ask(TOTAL, "less_than", "75")),
        (ask(TOTAL, "greater_than", "75"), any_of(ask(TOTAL, "less_than", "25"), ask(MEMBER, "is_true"))),
        (ask(TOTAL, "greater_than", "75"), all_of(ask(TOTAL, "less_than", "25"), negated=True)),
        (ask(ORDERED, "anniversary_of", "2026-01-01"), ask(ORDERED, "before", "2000-01-01")),
        (ask(TOTAL, "greater_than", OtherAttribute(Attribute("f_count"))), ask(TOTAL, "less_than", "5")),
        (ask(TOTAL, "greater_than", "75"), ask(TOTAL, "less_than", "25", disabled=True)),
        tuple(ask(COUNT, "equal", str(n)) for n in range(61)),
    ],
)
def test_no_contradiction_is_claimed(children: tuple[Node, ...]) -> None:
    assert found(all_of(*children)) == []


@pytest.mark.parametrize(
    ("children", "fix"),
    [
        ((ask(COUNTRY, "is_null"), ask(COUNTRY, "is_not_null")), "off"),
        ((ask(COUNTRY, "equal", "NO"), ask(COUNTRY, "not_equal", "no")), ask(COUNTRY, "is_not_null")),
        ((ask(TOTAL, "greater_than", "5"), ask(TOTAL, "less_or_equal", "5")), ask(TOTAL, "is_not_null")),
        ((ask(TOTAL, "greater_than", "5"), ask(TOTAL, "less_or_equal", "5"), ask(TOTAL, "is_null")), "off"),
        ((ask(MEMBER, "is_true"), ask(MEMBER, "is_false")), ask(MEMBER, "is_not_null")),
    ],
)
def test_a_branch_that_is_always_true(children: tuple[Node, ...], fix: Condition | str) -> None:
    diagnostic = only(any_of(*children))
    assert (diagnostic.path, diagnostic.code) == ((len(children) - 1,), "always_true")
    assert isinstance(diagnostic.fix, Condition)
    assert diagnostic.fix.disabled if fix == "off" else diagnostic.fix == fix


@pytest.mark.parametrize(
    "children",
    [
        (ask(COUNTRY, "contains", "a"), ask(COUNTRY, "not_contains", "a")),
        (ask(COUNTRY, "not_equal", "a"), ask(COUNTRY, "contains", "b")),
        (ask(TOTAL, "greater_than", "5"), ask(TOTAL, "less_than", "5")),
    ],
)
def test_nothing_is_claimed_that_cannot_be_told(children: tuple[Node, ...]) -> None:
    assert found(any_of(*children)) == []


def test_bounds_at_the_end_of_the_calendar() -> None:
    assert found(all_of(ask(ORDERED, "after", "9999-12-31"))) == [((0,), "impossible")]
    assert found(all_of(ask(ORDERED, "on_or_before", RelativeDate(-(10**6))))) == []


def test_errors_come_first() -> None:
    group = all_of(ask(TOTAL, "greater_than", "75"), ask(TOTAL, "less_than", "25"), ask(TOTAL, "equal", "x"))
    assert found(group) == [((2,), "bad_value"), ((1,), "contradiction")]


@given(st.data())
def test_what_is_claimed_holds_for_every_row(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=1))
    if data.draw(st.booleans()):
        group = data.draw(trees(world))
    else:
        children = data.draw(st.lists(conditions(world), min_size=2, max_size=5).map(tuple))
        group = Group(data.draw(st.sampled_from(Join)), children)
    found = diagnose(group, world.catalog, world.now, world.tz)
    rows = data.draw(st.lists(record(world.catalog, world.tz), min_size=3, max_size=6)) if found else []

    def verdicts(node: Node) -> list[bool]:
        tree = node if isinstance(node, Group) else Group(children=(node,))
        match = compile_filter(tree, world.catalog, world.now, world.tz)
        return [match(row) for row in rows]

    for each in found:
        assert each.severity is Severity.WARNING
        node = paths.at(group, each.path)
        assert isinstance(node, Condition)
        key = OPERATORS[node.operator].key
        if each.code == "impossible" and world.catalog.field(node.attribute).kind not in ("email", "phone", "locale"):  # type: ignore[union-attr]
            assert not any(verdicts(node)), key
        elif each.code == "contradiction":
            fields = {condition.attribute for condition in _row_of(group, each.path)}
            assert fields
            assert not any(
                verdicts(Group(children=tuple(c for c in _row_of(group, each.path) if c.attribute == node.attribute)))
            )
        elif each.code == "always_true" and isinstance(each.fix, Condition) and not each.fix.disabled:
            parent = paths.at(group, each.path[:-1])
            if (
                isinstance(parent, Group)
                and parent.join is Join.ANY
                and OPERATORS[node.operator].key != each.fix.operator
            ):
                same = [c for c in _row_of(group, each.path) if c.attribute == node.attribute]
                present = verdicts(Condition(node.attribute, "is_not_null"))
                passed = verdicts(Group(Join.ANY, tuple(same)))
                assert all(p for p, there in zip(passed, present, strict=True) if there)


def _row_of(group: Group, path: Path) -> list[Condition]:
    """The enabled conditions that stand in one row with the one at `path`."""
    parent = paths.at(group, path[:-1])
    assert isinstance(parent, Group)
    length = len(path) - 1
    while length:
        above = paths.at(group, path[: length - 1])
        assert isinstance(above, Group)
        if parent.negated or above.join is not parent.join:
            break
        parent, length = above, length - 1
    return list(_flat(parent, parent.join))


def _flat(group: Group, join: Join) -> list[Condition]:
    found: list[Condition] = []
    for child in group.children:
        if child.disabled:
            continue
        if isinstance(child, Condition):
            found.append(child)
        elif child.join is join and not child.negated:
            found += _flat(child, join)
    return found


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,000", "1000"),
        ("1 000,50 kr", "1000.50"),
        ("1.234,56", "1234.56"),
        ("$1,234.56", "1234.56"),
        ("1.000.000", "1000000"),
        ("12,5", "12.5"),
        ("-7.", "-7"),
        ("x", ""),
    ],
)
def test_the_number_in_a_text(typed: str, number: str) -> None:
    assert _number_in(typed) == number
