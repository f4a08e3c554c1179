"""Why a record passes or not: values beside conditions, the first failing one, and what would have to change."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.explain import Explainer, Explanation, explain
from app.filters.operators import OPERATORS
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
from tests.filters.worlds import trees, worlds


def why(group: Group, **values: Value) -> Explanation:
    return explain(group, CATALOG, {f"f_{name}": value for name, value in values.items()}, NOW, OSLO)


def test_a_record_that_passes() -> None:
    explanation = why(all_of(ask(COUNTRY, "equal", "NO")), country="no")
    assert explanation.ok is True
    assert explanation.first_failing is None
    assert (explanation.reason(), explanation.remedy()) == ("", "")
    assert explanation.children[0].values == (("Country", "no"),)


def test_the_first_failing_condition_is_named_with_its_value() -> None:
    group = all_of(ask(COUNTRY, "equal", "NO"), ask(TOTAL, "greater_than", "50"), ask(TIER, "equal", "Gold"))
    explanation = why(group, country="NO", total=Decimal("20.00"))
    assert explanation.ok is False
    assert explanation.first_failing is not None
    assert explanation.first_failing.path == (1,)
    assert explanation.reason() == "Not met: Cart total is greater than 50 (Cart total is 20.00)."
    assert explanation.remedy() == "Cart total would have to be, for example, 50.01 to meet it."
    assert explanation.remedy_values == {"Cart total": "50.01"}
    assert explanation.changes == {"f_total": Decimal("50.01")}
    assert [child.ok for child in explanation.children] == [True, False, False]


def test_no_value_is_said() -> None:
    explanation = why(all_of(ask(COUNTRY, "equal", "NO")))
    assert explanation.reason() == "Not met: Country equals NO (Country has no value)."


def test_below_a_not_the_condition_is_met_and_must_not_be() -> None:
    explanation = why(
        any_of(ask(COUNTRY, "equal", "NO"), ask(MEMBER, "is_true"), negated=True), member=True, country="SE"
    )
    assert explanation.first_failing is not None
    assert explanation.first_failing.path == (1,)
    assert explanation.reason() == "Met, and must not be: Member is true (Member is True)."
    assert explanation.remedy() == "Member would have to be, for example, False not to meet it."


def test_deep_in_groups() -> None:
    inner = any_of(ask(COUNTRY, "equal", "NO"), ask(COUNTRY, "equal", "SE"))
    explanation = why(all_of(ask(MEMBER, "is_true"), inner), member=True, country="DK")
    assert explanation.first_failing is not None
    assert explanation.first_failing.path == (1, 0)


def test_what_is_not_asked_has_no_verdict() -> None:
    group = all_of(
        ask(COUNTRY, "equal", "NO", disabled=True),
        any_of(),
        all_of(ask(MEMBER, "is_true"), disabled=True),
        ask(COUNT, "is_null"),
    )
    explanation = why(group)
    assert [child.ok for child in explanation.children] == [None, None, None, True]
    assert [child.asked for child in explanation.children] == [False, False, False, True]
    assert explanation.children[2].children[0].ok is None
    assert explanation.children[0].sentence == "Country equals NO"


def test_a_group_inside_a_disabled_one_is_not_asked() -> None:
    explanation = why(all_of(ask(COUNT, "is_null"), all_of(any_of(ask(MEMBER, "is_true")), disabled=True)))
    assert [node.ok for node in explanation.walk()] == [True, True, None, None, None]


def test_an_empty_filter_lets_everyone_pass() -> None:
    assert why(EMPTY).ok is True
    assert why(all_of(disabled=True)).sentence == "Everyone passes"


def test_values_of_both_sides() -> None:
    explanation = why(all_of(ask(SHIPPED, "after", OtherAttribute(Attribute("f_ordered")))), shipped=NOW)
    assert explanation.children[0].values == (("Ship date", "2026-11-23 13:00"), ("Order date", "no value"))
    # Beside a missing attribute no value of the left side helps: both are changed.
    assert set(explanation.changes) == {"f_shipped", "f_ordered"}
    assert "Order date would have to be" in explanation.remedy()


def test_a_blank_value_is_shown_in_quotes() -> None:
    explanation = why(all_of(ask(COUNTRY, "equal", "NO")), country=" ")
    assert explanation.children[0].values == (("Country", "“ ”"),)


def test_where_nothing_helps() -> None:
    explanation = why(all_of(ask(TOTAL, "between", Range(Literal("9"), Literal("1")))), total=Decimal(1))
    assert explanation.remedy() == "No value was found for Cart total that would change that."
    assert explanation.remedy_values == {}


def test_a_value_that_must_go() -> None:
    explanation = why(all_of(ask(COUNTRY, "is_null")), country="NO")
    assert explanation.remedy() == "Country would have to have no value to meet it."
    assert explanation.remedy_values == {"Country": None}


def test_a_required_field_is_not_to_be_emptied() -> None:
    catalog = Catalog(DataExtension("de", "de", "DE", fields=(Field("f_x", "X", "boolean", required=True),)))
    group = all_of(Condition(Attribute("f_x"), "is_not_null"), negated=True)
    explanation = explain(group, catalog, {"f_x": True}, NOW, OSLO)
    assert explanation.remedy() == "No value was found for X that would change that."


def test_json_keeps_the_tree() -> None:
    group = all_of(any_of(ask(COUNTRY, "equal", "NO"), negated=True), ask(TOTAL, "greater_than", "50"))
    explanation = why(group, country="NO", total=Decimal(1))
    back = Explanation.from_json(json.loads(json.dumps(explanation.to_json())))
    assert back == explanation
    assert back.reason() == explanation.reason()
    assert back.remedy_values == explanation.remedy_values
    assert [node.path for node in back.walk()] == [node.path for node in explanation.walk()]


def test_many_records_with_one_explainer() -> None:
    explainer = Explainer(all_of(ask(COUNT, "greater_than", "2")), CATALOG, NOW, OSLO)
    assert [explainer.explain({"f_count": n}).ok for n in (1, 2, 3)] == [False, False, True]


KINDS_TO_MEND = (TOTAL, COUNTRY, REGION, COUNT, ORDERED, MEMBER, EMAIL)
TYPED: dict[str, tuple[Operand, ...]] = {
    "text": (Literal("Norway"), Literals(("a", "b")), Literal("")),
    "email": (
        Literal("ola@example.com"),
        Literals(("ola@example.com", "b@b.no")),
        Literal("@gmail.com"),
        Literal("ola@"),
    ),
    "decimal": (
        Literal("50"),
        Literals(("1", "2")),
        Range(Literal("1"), Literal("2")),
        OtherAttribute(Attribute("f_count")),
    ),
    "number": (
        Literal("50"),
        Literals(("1", "2")),
        Range(Literal("1"), Literal("2")),
        OtherAttribute(Attribute("f_points", "de_loyalty")),
    ),
    "date": (
        *(Literal("2026-03-29"), Literal("2026-11-23 10:00"), RelativeDate(-3), Span(7), Literal("2024-02-29")),
        *(Range(Literal("2026-01-01"), RelativeDate(0)), OtherAttribute(Attribute("f_shipped"))),
    ),
    "boolean": (),
}


@pytest.mark.parametrize("operator", [each.key for each in OPERATORS])
def test_every_operator_can_be_mended(operator: str) -> None:
    tried = 0
    for field in KINDS_TO_MEND:
        if not OPERATORS[operator].fits(field.kind):
            continue
        for operand in (None, *TYPED[field.kind]):
            for negated in (False, True):
                tried += _mend(all_of(ask(field, operator, operand), negated=negated), field)
    assert tried > 1


def _mend(group: Group, field: Field) -> int:
    """Mend records that fail; how many there were."""
    try:
        match = compile_filter(group, CATALOG, NOW, OSLO)
    except InvalidInput:  # the operand is of another shape
        return 0
    condition = group.children[0]
    assert isinstance(condition, Condition)
    blank = condition.operand in (Literal(""),)
    values: tuple[Value, ...] = (None, *(KINDS[field.kind].sample(field, n) for n in range(3)))
    failing = [{"f_points": 5, "f_count": 7, "f_shipped": NOW, field.id: value} for value in values]
    failing = [record for record in failing if not match(record)]
    for record in failing:
        explanation = explain(group, CATALOG, record, NOW, OSLO)
        if not explanation.changes:
            # No address begins with @ or ends with it, or is the rest of one.
            partial = field.kind == "email" and condition.operator in ("equal", "is_empty", "begins_with", "ends_with")
            assert blank or partial, (condition, record)
            continue
        assert match({**record, **explanation.changes}), condition
    return len(failing)


@given(st.data())
def test_what_is_proposed_turns_the_first_failing_condition(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=2))
    group = data.draw(trees(world))
    for record in world.records:
        explanation = explain(group, world.catalog, record, world.now, world.tz)
        failing = explanation.first_failing
        if failing is None:
            continue
        assert explanation.reason()
        assert explanation.remedy()
        if explanation.changes:
            after = explain(group, world.catalog, {**record, **explanation.changes}, world.now, world.tz)
            verdict = next(node.ok for node in after.walk() if node.path == failing.path)
            assert verdict is not failing.ok
            _is_said_as_json(explanation, world.catalog, world.tz)


def _is_said_as_json(explanation: Explanation, catalog: Catalog, tz: object) -> None:
    """The JSON values of the remedy read as the values that it means."""
    for _, field in catalog:
        if field.id in explanation.changes:
            name = field.name if field.id.startswith("f_e") else f"Loyalty.{field.name}"
            raw = json.loads(json.dumps(explanation.remedy_values[name]))
            value = explanation.changes[field.id]
            assert (None if raw is None else KINDS[field.kind].parse(raw, field, NOW, OSLO)) == value


@given(st.data())
def test_the_verdicts_of_the_nodes_agree_with_each_other(data: st.DataObject) -> None:
    world = data.draw(worlds(most_records=1))
    group = data.draw(trees(world))
    explanation = explain(group, world.catalog, world.records[0], world.now, world.tz)
    for node in explanation.walk():
        asked = [child.ok for child in node.children if child.ok is not None]
        if node.join and node.ok is not None and asked:
            assert node.ok is ((all(asked) if node.join == "and" else any(asked)) != node.negated)
    assert Explanation.from_json(json.loads(json.dumps(explanation.to_json()))) == explanation


def test_the_far_end_of_the_calendar() -> None:
    catalog = Catalog(DataExtension("de", "de", "DE", fields=(Field("f_d", "D", "date"),)))
    late = datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    group = all_of(Condition(Attribute("f_d"), "before", Literal("2026-01-01")))
    explanation = explain(group, catalog, {"f_d": late}, NOW, OSLO)
    assert explanation.children[0].values[0][1]
    assert explanation.changes
