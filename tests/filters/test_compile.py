"""The compiled match: operators one by one, groups, and trees that cannot be asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from app.data_extensions.data_extension import DataExtension, Field, Value
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.operators.parts import padded
from app.filters.prune import follows_calendar
from app.filters.tree import (
    EMPTY,
    Attribute,
    Condition,
    Group,
    Literal,
    Literals,
    Operand,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
    Unit,
)
from app.kernel.errors import InvalidInput
from tests.filters.simple import (
    CATALOG,
    COUNT,
    COUNTRY,
    EMAIL,
    MEMBER,
    NOW,
    ORDERED,
    OSLO,
    REGION,
    SHIPPED,
    TIER,
    TOTAL,
    all_of,
    any_of,
    ask,
)


def passes(group: Group, **values: Value) -> bool:
    return compile_filter(group, CATALOG, NOW, OSLO)({f"f_{name}": value for name, value in values.items()})


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


@pytest.mark.parametrize(
    ("field", "operator", "operand", "value", "passed"),
    [
        (COUNTRY, "equal", "no", "NO", True),
        (COUNTRY, "equal", "STRASSE", "straße", True),
        (COUNTRY, "equal", "ΣΑΣ", "σας", True),
        (COUNTRY, "equal", "no", "SE", False),
        (COUNTRY, "not_equal", "no", "SE", True),
        (COUNTRY, "not_equal", "no", None, False),
        (COUNTRY, "contains", "ORW", "Norway", True),
        (COUNTRY, "not_contains", "orw", None, False),
        (COUNTRY, "not_contains", "x", "Norway", True),
        (COUNTRY, "begins_with", "nor", "Norway", True),
        (COUNTRY, "ends_with", "WAY", "Norway", True),
        (COUNTRY, "ends_with", "nor", "Norway", False),
        (COUNTRY, "exists_in", Literals(("den", "orw")), "Norway", True),
        (COUNTRY, "exists_in", Literals(("", " ")), "Norway", False),
        (COUNTRY, "not_exists_in", Literals(("den",)), "Norway", True),
        (COUNTRY, "not_exists_in", Literals(("den",)), None, False),
        (COUNTRY, "exists_in_whole_word", Literals(("300",)), "3001", False),
        (COUNTRY, "exists_in_whole_word", Literals(("300",)), "no. 300, Oslo", True),
        (COUNTRY, "exists_in_whole_word", Literals(("",)), "a  b", False),
        (COUNTRY, "exists_in_whole_word", Literals(('"',)), '"', False),
        (COUNTRY, "is_one_of", Literals(("NO", "SE")), "se", True),
        (COUNTRY, "is_one_of", Literals(()), "se", False),
        (COUNTRY, "is_empty", None, "", True),
        (COUNTRY, "is_empty", None, None, False),
        (COUNTRY, "is_not_empty", None, "x", True),
        (COUNTRY, "is_not_empty", None, None, False),
        (COUNTRY, "is_null", None, None, True),
        (COUNTRY, "is_not_null", None, "", True),
        (TOTAL, "greater_than", "50", Decimal("50.01"), True),
        (TOTAL, "greater_than", "50.005", Decimal("50.01"), True),
        (TOTAL, "greater_or_equal", "50", Decimal("50.00"), True),
        (TOTAL, "less_than", "50", Decimal("50.00"), False),
        (TOTAL, "less_or_equal", "50", Decimal("50.00"), True),
        (TOTAL, "equal", "50", Decimal("50.00"), True),
        (TOTAL, "between", Range(Literal("1"), Literal("2")), Decimal("2.00"), True),
        (TOTAL, "is_one_of", Literals(("1.0", "7")), Decimal("1.00"), True),
        (COUNT, "greater_than", "2.5", 3, True),
        (COUNT, "less_than", "99999999999999999999999", 3, True),
        (MEMBER, "is_true", None, True, True),
        (MEMBER, "is_false", None, None, False),
        (ORDERED, "on", "2026-11-23", oslo("2026-11-23T00:00"), True),
        (ORDERED, "on", "2026-11-23", oslo("2026-11-23T23:59:59.999999"), True),
        (ORDERED, "on", "2026-11-23", oslo("2026-11-24T00:00"), False),
        (ORDERED, "on", "2026-11-23 10:30", oslo("2026-11-23T10:30"), True),
        (ORDERED, "on", "11/23/2026", oslo("2026-11-23T10:30"), True),
        (ORDERED, "not_on", "2026-11-23", oslo("2026-11-24T00:00"), True),
        (ORDERED, "before", "2026-11-23", oslo("2026-11-22T23:59:59.999999"), True),
        (ORDERED, "after", "2026-11-23", oslo("2026-11-23T12:00"), False),
        (ORDERED, "after", "2026-11-23", oslo("2026-11-24T00:00"), True),
        (ORDERED, "on_or_before", "2026-11-23", oslo("2026-11-23T12:00"), True),
        (ORDERED, "on_or_after", RelativeDate(-14), oslo("2026-11-09T00:00"), True),
        (ORDERED, "on_or_after", RelativeDate(-14), oslo("2026-11-08T23:59"), False),
        (ORDERED, "on", RelativeDate(-2, Unit.WEEKS), oslo("2026-11-09T12:00"), True),
        (ORDERED, "on", RelativeDate(3, Unit.MONTHS), oslo("2027-02-23T12:00"), True),
        (ORDERED, "between", Range(Literal("2026-11-01"), RelativeDate(0)), oslo("2026-11-23T23:00"), True),
        (ORDERED, "in_the_last", Span(1), oslo("2026-11-22T00:00"), True),
        (ORDERED, "in_the_last", Span(1), oslo("2026-11-24T00:00"), False),
        (ORDERED, "in_the_next", Span(1, Unit.MONTHS), oslo("2026-12-23T23:00"), True),
        (ORDERED, "in_the_next", Span(0), oslo("2026-11-24T00:00"), False),
        (ORDERED, "anniversary_of", "1990-11-23", oslo("2026-11-23T12:00"), True),
        (ORDERED, "anniversary_of", "1990-11-23", oslo("2026-11-24T00:00"), False),
        (ORDERED, "anniversary_of", "2024-02-29", oslo("2026-02-28T12:00"), True),
        (ORDERED, "anniversary_of", "2024-02-29", oslo("2028-02-28T12:00"), False),
        (ORDERED, "anniversary_of", RelativeDate(0), oslo("2001-11-23T12:00"), True),
    ],
)
def test_an_operator(field: Field, operator: str, operand: Operand | str, value: Value, passed: bool) -> None:
    name = field.id.removeprefix("f_")
    assert passes(all_of(ask(field, operator, operand)), **{name: value}) is passed


def test_a_missing_value_is_no_value() -> None:
    assert passes(all_of(ask(COUNTRY, "is_null")))
    assert not passes(all_of(ask(COUNTRY, "equal", "NO")))


def test_not_is_plain_logic_over_no_value() -> None:
    assert passes(all_of(ask(COUNTRY, "equal", "NO"), negated=True))
    assert not passes(all_of(ask(COUNTRY, "equal", "NO"), negated=True), country="no")


def test_compares_with_another_attribute() -> None:
    same = all_of(ask(COUNTRY, "equal", OtherAttribute(Attribute(REGION.id))))
    assert passes(same, country="Oslo", region="OSLO")
    assert not passes(same, country="Oslo", region=None)
    later = all_of(ask(SHIPPED, "after", OtherAttribute(Attribute(ORDERED.id))))
    assert passes(later, shipped=NOW + timedelta(microseconds=1), ordered=NOW)
    assert not passes(later, shipped=NOW, ordered=NOW)
    larger = all_of(ask(TOTAL, "greater_than", OtherAttribute(Attribute(COUNT.id))))
    assert passes(larger, total=Decimal("3.01"), count=3)
    between = all_of(ask(COUNT, "between", Range(Literal("1"), OtherAttribute(Attribute("f_points", "de_loyalty")))))
    assert passes(between, count=5, points=5)
    assert not passes(between, count=5, points=None)


def test_contact_data_is_asked_like_event_data() -> None:
    assert passes(all_of(ask(TIER, "equal", "gold")), tier="Gold")


def test_groups() -> None:
    group = all_of(ask(TOTAL, "greater_than", "50"), any_of(ask(COUNTRY, "equal", "NO"), ask(TIER, "equal", "Gold")))
    assert passes(group, total=Decimal(60), country="no")
    assert passes(group, total=Decimal(60), country="se", tier="gold")
    assert not passes(group, total=Decimal(60), country="se")
    assert not passes(group, total=Decimal(40), country="no")


def test_what_asks_nothing_lets_everyone_pass() -> None:
    assert passes(EMPTY)
    assert passes(any_of())
    assert passes(all_of(negated=True))
    assert passes(all_of(ask(COUNTRY, "equal", "NO", disabled=True)))
    # An empty group beside a condition does not count: it is not a branch that is always true.
    assert not passes(any_of(all_of(), ask(COUNTRY, "equal", "NO")), country="SE")


def test_a_day_of_a_clock_change_has_its_own_length() -> None:
    day = all_of(ask(ORDERED, "on", "2026-10-25"))  # 25 hours in Oslo
    assert passes(day, ordered=datetime(2026, 10, 24, 22, 0, tzinfo=UTC))
    assert passes(day, ordered=datetime(2026, 10, 25, 22, 59, tzinfo=UTC))
    assert not passes(day, ordered=datetime(2026, 10, 25, 23, 0, tzinfo=UTC))


def test_a_day_without_midnight_begins_with_its_first_moment() -> None:
    beirut = ZoneInfo("Asia/Beirut")  # the clock went from 0:00 to 1:00 on 2022-03-27
    match = compile_filter(all_of(ask(ORDERED, "on", "2022-03-27")), CATALOG, NOW, beirut)
    assert match({"f_ordered": datetime(2022, 3, 26, 22, 0, tzinfo=UTC)})
    assert not match({"f_ordered": datetime(2022, 3, 26, 21, 59, tzinfo=UTC)})


def test_the_ends_of_the_calendar() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    last = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    match = compile_filter(all_of(ask(ORDERED, "on_or_before", "9999-12-31")), CATALOG, NOW, tokyo)
    assert match({"f_ordered": last})
    ever = compile_filter(all_of(ask(ORDERED, "in_the_next", Span(10**9))), CATALOG, NOW, tokyo)
    assert ever({"f_ordered": last})
    anniversary = compile_filter(all_of(ask(ORDERED, "anniversary_of", "2000-12-31")), CATALOG, NOW, tokyo)
    assert anniversary({"f_ordered": last})


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        (Condition(Attribute("f_gone"), "equal", Literal("x")), "no_field"),
        (Condition(Attribute("f_gone", "de_loyalty"), "equal", Literal("x")), "no_field"),
        (Condition(Attribute("f_x", "de_gone"), "equal", Literal("x")), "no_field"),
        (ask(COUNTRY, "sounds_like", "x"), "no_operator"),
        (ask(COUNTRY, "greater_than", "x"), "wrong_operator"),
        (ask(TOTAL, "equal", "fifty"), "bad_value"),
        (ask(TOTAL, "equal", " "), "missing_value"),
        (ask(TOTAL, "equal"), "missing_value"),
        (ask(TOTAL, "is_one_of", "5"), "missing_value"),
        (ask(TOTAL, "is_null", "5"), "wrong_operand"),
        (ask(TOTAL, "between", "5"), "missing_value"),
        (ask(ORDERED, "on", "yesterday"), "bad_value"),
        (ask(ORDERED, "on", ""), "missing_value"),
        (ask(ORDERED, "on", "GetDate()"), "bad_value"),
        (ask(ORDERED, "in_the_last", "5"), "missing_value"),
        (ask(ORDERED, "in_the_last", Span(-1)), "bad_value"),
        (ask(ORDERED, "anniversary_of", Span(1)), "missing_value"),
        (ask(ORDERED, "on", OtherAttribute(Attribute("f_country"))), "bad_value"),
        (ask(EMAIL, "contains", OtherAttribute(Attribute("f_country"))), "missing_value"),
        (ask(COUNTRY, "equal", RelativeDate(0)), "missing_value"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_named(condition: Condition, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        compile_filter(all_of(ask(COUNTRY, "is_null"), condition), CATALOG, NOW, OSLO)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [(code, "2")]
    assert caught.value.problems[0].hint


def test_a_field_of_a_kind_that_is_not_known() -> None:
    catalog = Catalog(None, (DataExtension("de", "de", "DE", fields=(Field("f_x", "X", "geo"),)),))
    with pytest.raises(InvalidInput) as caught:
        compile_filter(all_of(Condition(Attribute("f_x", "de"), "is_null")), catalog, NOW, OSLO)
    assert [problem.code for problem in caught.value.problems] == ["no_kind"]
    assert [field.id for _, field in catalog] == ["f_x"]


def test_an_event_s_own_data_extension_is_listed_once() -> None:
    one = DataExtension("de", "de", "DE", fields=(Field("f_x", "X", "text"),), link="f_x")
    assert [attribute for attribute, _ in Catalog(one, (one,))] == [Attribute("f_x")]


def test_every_broken_condition_is_named() -> None:
    with pytest.raises(InvalidInput, match="2 conditions") as caught:
        compile_filter(all_of(any_of(ask(TOTAL, "equal", "x")), ask(TOTAL, "equal", "y")), CATALOG, NOW, OSLO)
    assert [problem.where for problem in caught.value.problems] == ["1/1", "2"]


def test_limits() -> None:
    deep = all_of(ask(COUNTRY, "equal", "no"))
    for _ in range(24):
        deep = any_of(deep, ask(COUNTRY, "equal", "se"))
    assert passes(deep, country="NO")
    with pytest.raises(InvalidInput, match="25 levels"):
        passes(all_of(deep))
    wide = any_of(*(ask(COUNT, "equal", str(n)) for n in range(1000)))
    assert passes(wide, count=999)
    with pytest.raises(InvalidInput, match="1,001 conditions"):
        passes(all_of(wide, ask(COUNT, "is_null")))


@pytest.mark.parametrize(
    ("operand", "follows"),
    [
        (Literal("2026-01-01"), False),
        (RelativeDate(0), True),
        (Span(1), True),
        (Range(Literal("2026-01-01"), RelativeDate(0)), True),
        (None, False),
    ],
)
def test_what_changes_with_the_day(operand: Operand, follows: bool) -> None:
    assert follows_calendar(all_of(ask(COUNTRY, "is_null"), any_of(ask(ORDERED, "on", operand)))) is follows


def test_text_never_reaches_the_source() -> None:
    nasty = '"""\');import os#\\'
    assert passes(all_of(ask(COUNTRY, "equal", nasty)), country=nasty)


def test_separators_alone_are_no_word_to_look_for() -> None:
    assert padded(('"', " - ", "", "a-b")) == (" a b ",)
