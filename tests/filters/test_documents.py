"""JSON and the expression language: both ways without loss, whatever the tree."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field
from app.filters.catalog import Catalog
from app.filters.document import from_document, operand_from_document, to_document
from app.filters.operators import OPERATORS
from app.filters.text import complete, parse, to_text
from app.filters.tree import (
    EMPTY,
    Attribute,
    Condition,
    Group,
    Join,
    Literal,
    Literals,
    Operand,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
    Unit,
)
from app.kernel.errors import InvalidInput, UnreadableFile
from tests.filters.simple import (
    CATALOG,
    COUNTRY,
    MEMBER,
    ORDERED,
    REGION,
    SHIPPED,
    TIER,
    TOTAL,
    all_of,
    any_of,
    ask,
)
from tests.filters.worlds import attributes, texts, trees, worlds

any_text = st.one_of(texts, st.text(max_size=5))
amounts = st.integers(-(10**25), 10**25)


@st.composite
def wild_trees(draw: st.DrawFn, catalog: Catalog) -> Group:
    """Trees that need not make sense: any operator, any operand, missing fields, kept XML."""
    some = st.sampled_from(
        [
            *(attribute for attribute, _ in catalog),
            Attribute("f_gone"),
            Attribute("f_gone", "de_gone"),
            Attribute("", "x y"),
        ]
    )
    bound = st.one_of(
        st.builds(Literal, any_text),
        st.builds(RelativeDate, amounts, st.sampled_from(Unit)),
        st.builds(OtherAttribute, some),
    )
    operand: st.SearchStrategy[Operand] = st.one_of(
        st.none(),
        bound,
        st.builds(Literals, st.lists(any_text, max_size=3).map(tuple)),
        st.builds(Span, amounts, st.sampled_from(Unit)),
        st.builds(Range, bound, bound),
    )
    extra = st.one_of(st.just(()), st.lists(st.tuples(any_text, any_text), min_size=1, max_size=2).map(tuple))
    keys = st.sampled_from([*(each.key for each in OPERATORS), "sounds_like", "a b", ""])
    leaf = st.builds(Condition, some, keys, operand, st.booleans(), extra)
    nodes = st.recursive(
        leaf,
        lambda child: st.builds(
            Group, st.sampled_from(Join), st.lists(child, max_size=3).map(tuple), st.booleans(), st.booleans(), extra
        ),
        max_leaves=6,
    )
    node = draw(nodes)
    return node if isinstance(node, Group) else Group(children=(node,))


@given(st.data())
def test_json_gives_the_tree_back(data: st.DataObject) -> None:
    group = data.draw(wild_trees(CATALOG))
    assert from_document(json.loads(json.dumps(to_document(group)))) == group


@given(st.data())
def test_text_gives_the_tree_back(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=1))
    group = data.draw(trees(world))
    assert parse(to_text(group, world.catalog), world.catalog) == group


@given(st.data())
def test_text_gives_back_trees_that_make_no_sense(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=1))
    group = data.draw(wild_trees(world.catalog))
    assert parse(to_text(group, world.catalog), world.catalog) == group


@pytest.mark.parametrize(
    ("group", "text"),
    [
        (EMPTY, ""),
        (all_of(ask(TOTAL, "greater_than", "50")), "[Cart total] > 50"),
        (
            all_of(ask(TOTAL, "greater_than", "50"), any_of(ask(COUNTRY, "equal", "NO"), ask(TIER, "equal", "Gold"))),
            '[Cart total] > 50 and (Country = "NO" or Loyalty.Tier = "Gold")',
        ),
        (all_of(ask(COUNTRY, "is_null"), negated=True), "not (Country is null)"),
        (all_of(ask(COUNTRY, "is_null", disabled=True)), "off Country is null"),
        (any_of(ask(MEMBER, "is_true")), "any(Member is true)"),
        (all_of(all_of(ask(MEMBER, "is_true"))), "((Member is true))"),
        (all_of(ask(ORDERED, "on_or_after", RelativeDate(-14))), "[Order date] on or after today - 14 days"),
        (all_of(ask(ORDERED, "in_the_last", Span(2, Unit.WEEKS))), "[Order date] in the last 2 weeks"),
        (
            all_of(ask(ORDERED, "between", Range(Literal("2026-01-01"), RelativeDate(0)))),
            "[Order date] between 2026-01-01 and today",
        ),
        (all_of(ask(SHIPPED, "after", OtherAttribute(Attribute("f_ordered")))), "[Ship date] after [Order date]"),
        (all_of(ask(COUNTRY, "is_one_of", Literals(("NO", 'a"b')))), 'Country is one of ("NO", "a\\"b")'),
        (all_of(Condition(Attribute("f_gone", "de_x"), "equal", Literal("x"))), 'field("f_gone", "de_x") = "x"'),
        (all_of(ask(COUNTRY, "sounds_like", "x")), 'Country :sounds_like {"value": "x"}'),
    ],
)
def test_how_it_is_written(group: Group, text: str) -> None:
    assert to_text(group, CATALOG) == text
    assert parse(text, CATALOG) == group


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cart total > 50", all_of(ask(TOTAL, "greater_than", "50"))),
        ('country="NO" AND region<>"x"', all_of(ask(COUNTRY, "equal", "NO"), ask(REGION, "not_equal", "x"))),
        (
            'Country = "a" and Region = "b" or Member is true',
            any_of(all_of(ask(COUNTRY, "equal", "a"), ask(REGION, "equal", "b")), ask(MEMBER, "is_true")),
        ),
        ("not Member is true", all_of(ask(MEMBER, "is_true"), negated=True)),
        ("not off Member is true", all_of(ask(MEMBER, "is_true", disabled=True), negated=True)),
        ("not not (Member is true)", all_of(all_of(ask(MEMBER, "is_true"), negated=True), negated=True)),
        ('Country is one of "NO"', all_of(ask(COUNTRY, "is_one_of", Literals(("NO",))))),
        ("order date on today -3 days", all_of(ask(ORDERED, "on", RelativeDate(-3)))),
        ("order date on today + 1 week", all_of(ask(ORDERED, "on", RelativeDate(1, Unit.WEEKS)))),
        ("any(Member is true or Member is false)", any_of(ask(MEMBER, "is_true"), ask(MEMBER, "is_false"))),
        ("any(Member is true and Member is false)", any_of(all_of(ask(MEMBER, "is_true"), ask(MEMBER, "is_false")))),
        ("  \n ", EMPTY),
    ],
)
def test_what_can_be_typed(typed: str, meant: Group) -> None:
    assert parse(typed, CATALOG) == meant


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("Country", 8, "operator"),
        ("Country =", 10, "value"),
        ("Country = NO", 11, "no field 'NO'"),
        ("Contry = 5", 1, "no field 'Contry'"),
        ("[Cart total > 5", 1, "closing bracket"),
        ('Country = "NO', 11, "closing quote"),
        ("Country = 5 Region = 6", 13, "and, or, or the end"),
        ("(Country = 5", 13, "closing bracket is missing"),
        ("Country = 5)", 12, "and, or, or the end"),
        ("Country ~ 5", 9, "means nothing"),
        ("[Cart total] between 1", 23, "stands and"),
        ("[Cart total] between 1 and", 27, "value"),
        ("[Order date] in the last days", 26, "whole number"),
        ("[Order date] in the last 1.5 days", 26, "whole number"),
        ("[Order date] in the last 5 years", 28, "days, weeks or months"),
        ("Country is one of (5 6)", 22, "comma"),
        ("Country is one of (Region)", 20, "value"),
        ("Loyalty.Country = 5", 9, "has a field"),
        ("and", 1, "name of a field"),
        ("field(5) = 5", 7, "id comes here"),
        ('field("a", 5) = 5', 12, "id comes here"),
        ('field("a" = 5', 11, "closing bracket"),
        ("Country : 5", 11, "key of an operator"),
        ('Country :x {"valu": 5}', 12, "no operand"),
        ("Country = 5 {}", 13, "xml"),
        ('Country = 5 {"xml": [5]}', 13, "xml"),
        ("Country = 5 {", 13, "JSON"),
        ("(" * 200, 101, "levels"),
        ("any Country", 1, "name of a field"),
    ],
)
def test_an_error_has_its_column(text: str, column: int, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as caught:
        parse(text, CATALOG)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_an_error_on_a_later_line() -> None:
    with pytest.raises(UnreadableFile) as caught:
        parse("Country = 5 and\n  Contry = 6", CATALOG)
    assert caught.value.where == "line 2, column 3"


@given(st.text(st.sampled_from('[]()"{}=<>!.,: andortf5-Counry'), max_size=30))
def test_any_text_is_a_tree_or_an_error_with_a_place(text: str) -> None:
    place = 0
    try:
        group = parse(text, CATALOG)
    except UnreadableFile as error:
        place = error.column
    else:
        assert parse(to_text(group, CATALOG), CATALOG) == group
    assert 0 <= place <= len(text) + 1


@pytest.mark.parametrize(
    ("before", "first", "texts_then"),
    [
        ("", "[Cart total]", {"Country", "Loyalty.Tier", "not", "("}),
        ("Cou", "Country", {"Country"}),
        ("[Cart", "[Cart total]", {"[Cart total]"}),
        ("cart to", "[Cart total]", {"[Cart total]"}),
        ("Loyalty.T", "Loyalty.Tier", {"Loyalty.Tier"}),
        ("Country ", "=", {"contains", "is one of", "is null"}),
        ("Country beg", "begins with", {"begins with"}),
        ("Country begins wi", "begins with", {"begins with"}),
        ("Country = ", '"Norway"', {'"Sweden"', "Region", "Loyalty.Tier"}),
        ('Country = "Sw', '"Sweden"', {'"Sweden"'}),
        ("Country is one of (", '"Norway"', {'"Sweden"'}),
        ('Country is one of ("NO", ', '"Norway"', {'"Sweden"'}),
        ("[Order date] on ", "today", {"today - 14 days", "[Ship date]"}),
        ("[Order date] on today - 3 ", "days", {"weeks", "months"}),
        ("[Order date] in the last ", "7 days", {"30 days"}),
        ("[Cart total] between 5 ", "and", {"and"}),
        ("Member is true ", "and", {"or"}),
        ("(Member is true ", "and", {"or", ")"}),
        ("not ", "[Cart total]", {"Country"}),
    ],
)
def test_completion(before: str, first: str, texts_then: set[str]) -> None:
    def values(attribute: Attribute) -> list[str]:
        return ["Norway", "Sweden"] if attribute == Attribute("f_country") else []

    found = complete(before + " and more", len(before), CATALOG, values)
    assert found[0].text == first
    assert texts_then <= {each.text for each in found}
    for each in found:
        assert 0 <= each.start <= each.end == len(before)


def test_completion_without_known_values() -> None:
    assert [each.text for each in complete("Country = ", 10, CATALOG)][:2] == ["Country", "Region"]


def test_a_name_that_two_share_is_written_by_ids() -> None:
    one, two = (DataExtension(f"de_{n}", n, "Same", fields=(Field(f"f_{n}", "X", "text"),)) for n in "ab")
    catalog = Catalog(None, (one, two))
    group = all_of(Condition(Attribute("f_b", "de_b"), "is_null"))
    assert to_text(group, catalog) == 'field("f_b", "de_b") is null'
    assert parse(to_text(group, catalog), catalog) == group


def test_no_completion_behind_an_error() -> None:
    assert complete("Country ~ ", 10, CATALOG) == ()
    assert complete("[Order date] on today - ", 24, CATALOG) == ()
    assert complete('Country = "NO" Region ', 22, CATALOG) == ()


@given(st.data())
def test_a_completed_field_can_be_read(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=1))
    proposals = [each for each in complete("", 0, world.catalog) if each.kind == "field"]
    assert len(proposals) == len(attributes(world))
    for each in proposals:
        parse(f"{each.text} is null", world.catalog)


@pytest.mark.parametrize(
    ("document", "where"),
    [
        (5, "filter"),
        ({"join": "xor", "children": []}, "filter/join"),
        ({"children": 5}, "filter/children"),
        ({"children": [{"attribute": {"field": 5}, "operator": "equal"}]}, "filter/children/0/attribute/field"),
        ({"children": [{"attribute": {"field": "x"}}]}, "filter/children/0/operator"),
        ({"children": [], "negated": "yes"}, "filter/negated"),
        ({"children": [], "extra": [["a"]]}, "filter/extra"),
        ({"children": [], "extra": [5]}, "filter/extra/0"),
    ],
)
def test_a_broken_document_is_placed(document: Any, where: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        from_document(document)
    assert caught.value.where == where


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"low": {"value": "1"}},
        {"low": {"span": 1}, "high": {"value": "1"}},
        {"today": 1.5},
        {"today": 1, "unit": "years"},
    ],
)
def test_a_broken_operand(document: Any) -> None:
    with pytest.raises(InvalidInput):
        operand_from_document(document)


def test_a_document_that_is_too_deep() -> None:
    document: Any = {"children": []}
    for _ in range(30):
        document = {"children": [document]}
    with pytest.raises(InvalidInput, match="25 levels"):
        from_document(document)


def test_a_condition_alone_is_a_filter() -> None:
    assert from_document(to_document(ask(COUNTRY, "is_null"))) == all_of(ask(COUNTRY, "is_null"))
    assert to_text(ask(COUNTRY, "is_null"), CATALOG) == "Country is null"
