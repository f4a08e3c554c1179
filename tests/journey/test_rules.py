"""Each rule: what breaks it, with which words and place, and what its mend does."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import EMPTY, Attribute, Condition, Group, Literal
from app.journey import rules
from app.journey.context import JourneyContext
from app.journey.journey import ENTRY, Activity, Entry, EntryMode, Journey, Outcome
from app.journey.percentages import rebalance, spread
from app.journey.rules import RULES, Finding, find_problems, validate
from app.kernel.errors import Severity
from tests.journey.support import CART, CONTACTS, TOTAL_OVER_50, drawn, journey, tile

CONTEXT = JourneyContext(
    Catalog(CART, (CONTACTS,)),
    EventDefinition("e", "APIEvent-1", "Cart abandoned", CART.id),
    (CART, CONTACTS),
    now=datetime(2026, 3, 1, tzinfo=UTC),
)
GOOD = replace(
    drawn("S", tile("S", "W", None), tile("W")),
    entry=Entry("Cart", event_definition_id="e", filter=TOTAL_OVER_50),
    entry_mode=EntryMode.AFTER_EXIT,
)


def only(journey: Journey, context: JourneyContext = CONTEXT) -> Finding:
    """The one thing that is wrong; its mend, where there is one, mends it."""
    findings = find_problems(journey, context)
    assert len(findings) == 1, findings
    if findings[0].fix:
        after, _ = findings[0].fix.apply(journey)
        assert findings[0].problem not in validate(after, context)
    return findings[0]


def test_the_tuple_and_the_folder_agree() -> None:
    files = {module.name for module in pkgutil.iter_modules(rules.__path__)} - {"rule"}
    assert {rule.key for rule in RULES} == files
    assert {type(rule).__module__.rpartition(".")[2] for rule in RULES} == files


def test_a_good_journey_has_no_problems() -> None:
    assert validate(GOOD, CONTEXT) == ()
    assert GOOD.entry
    assert validate(replace(GOOD, entry=replace(GOOD.entry, filter=EMPTY)), CONTEXT) == ()


def test_a_new_journey_lists_all_that_is_to_do() -> None:
    problems = validate(journey(), JourneyContext())
    assert [problem.message for problem in problems] == [
        "An entry event must be configured before activation can be successful.",
        "It is not said who may enter again.",
        "An activity must be created and configured before activation can be successful.",
    ]
    assert all(problem.where == ENTRY and problem.hint for problem in problems)


def test_the_entry_event() -> None:
    assert GOOD.entry
    found = only(replace(GOOD, entry=replace(GOOD.entry, event_definition_id=None)))
    assert found.problem.message.endswith("no event is chosen yet.")
    assert only(GOOD, replace(CONTEXT, event=None)).problem.code == "entry_event.gone"
    bare = replace(CONTEXT, event=EventDefinition("e", "k", "Cart", None), catalog=Catalog())
    assert only(GOOD, bare).problem.code == "entry_event.data_extension"
    assert GOOD.entry_mode is EntryMode.AFTER_EXIT
    assert only(replace(GOOD, entry=None)).problem.where == ENTRY


def test_the_entry_mode() -> None:
    found = only(replace(GOOD, entry_mode=EntryMode.NOT_SET))
    assert found.problem.code == "entry_mode.not_set"
    assert found.fix_label == "Set re-entry only after exiting"
    assert Finding(found.problem).fix_label == ""
    assert Finding(found.problem, found.fix).fix_label == "Set entry mode"


def test_something_to_do() -> None:
    off = {key: replace(each, disabled=True) for key, each in GOOD.activities.items()}
    found = only(replace(GOOD, activities=off))
    assert (found.problem.code, found.problem.where) == ("VALIDATE_GENERAL_EXCEPTION", "S")


@pytest.mark.parametrize(
    ("name", "shown", "mended"),
    [("Cart & more", "&", "Cart more"), ('A/B "test" <b>\'&', "/ \" < > ' &", "A B test b"), ("<>", "< >", "")],
)
def test_characters_that_the_original_refuses(name: str, shown: str, mended: str) -> None:
    found = only(replace(GOOD, name=name))
    assert found.problem.code == "121072"
    assert found.problem.message == f"Interaction Name contains illegal characters: {shown}"
    assert (found.fix is not None) == bool(mended)
    if found.fix:
        assert found.fix.apply(GOOD)[0].name == mended
    assert only(replace(GOOD, description=name)).fix is not None


def test_a_name_at_all() -> None:
    assert only(replace(GOOD, name="  ")).problem.code == "names.empty"


def test_the_default_email_address() -> None:
    for bad in ("Gone", "Cart total"):
        found = only(replace(GOOD, default_email=bad))
        assert (found.problem.code, found.problem.where) == ("121226", "")
        assert "such as Email" in found.problem.hint
    assert validate(replace(GOOD, default_email="Other"), CONTEXT) == ()
    mail = Activity("E", "send_email", "Hello", {"subject": "s", "body": "b", "to": ""}, (Outcome(""),))
    sends = replace(GOOD, activities={**GOOD.activities, "W": replace(tile("W", "E")), "E": mail})
    assert validate(sends, CONTEXT) == ()
    no_email = DataExtension("de1", "k", "Plain", fields=tuple(f for f in CART.fields if f.kind != "email"))
    without = replace(CONTEXT, catalog=Catalog(no_email))
    found = only(sends, without)
    assert (found.problem.code, found.problem.where) == ("121226", "E")
    own = replace(mail, settings={**mail.settings, "to": "Other"})
    assert validate(replace(sends, activities={**sends.activities, "E": own}), without) == ()
    found = only(replace(GOOD, default_email="Gone"), without)
    assert found.fix
    assert found.fix.apply(replace(GOOD, default_email="Gone"))[0].default_email is None


def test_connections_lead_somewhere() -> None:
    found = only(replace(GOOD, activities={**GOOD.activities, "W": tile("W", "gone")}))
    assert (found.problem.code, found.problem.where) == ("connections.missing", "W")
    findings = find_problems(replace(GOOD, first="gone"), CONTEXT)
    assert [finding.problem.code for finding in findings] == ["connections.missing", *["one_start.stray"] * 2]
    assert findings[0].problem.where == ENTRY


def test_one_start() -> None:
    found = only(replace(GOOD, activities={**GOOD.activities, "X": tile("X", "W")}))
    assert (found.problem.code, found.problem.where) == ("one_start.stray", "X")


def test_no_loops() -> None:
    loop = replace(GOOD, activities={**GOOD.activities, "W": tile("W", "X"), "X": tile("X", "W")})
    found = only(loop)
    assert found.problem.code == "loops.loop"
    assert {"W", "X"} == set(found.problem.message.rstrip(".").split(": ")[1].split(", "))


def test_filters_of_paths() -> None:
    split = GOOD.activities["S"]
    for nothing in (None, EMPTY, Group(children=(EMPTY,))):
        path = replace(split.outcomes[0], filter=nothing)
        bare = replace(split, outcomes=(path, split.outcomes[1]))
        found = only(replace(GOOD, activities={**GOOD.activities, "S": bare}))
        assert (found.problem.code, found.problem.where) == ("path_filters.missing", "S")
        assert "Path 1" in found.problem.message
        off = replace(GOOD, activities={**GOOD.activities, "S": replace(bare, disabled=True)})
        assert validate(off, CONTEXT) == ()


def test_fields_of_filters() -> None:
    gone = Group(children=(Condition(Attribute("f_gone"), "equal", Literal("1")),))
    assert GOOD.entry
    found = only(replace(GOOD, entry=replace(GOOD.entry, filter=gone)))
    assert found.problem.where == ENTRY
    assert found.problem.message.startswith("The filter of the entry: ")
    split = GOOD.activities["S"]
    bad = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("much")),))
    asked = replace(split, outcomes=(replace(split.outcomes[0], filter=bad), split.outcomes[1]))
    broken = replace(GOOD, activities={**GOOD.activities, "S": asked})
    found = only(broken)
    assert found.problem.where == "S"
    assert found.problem.message.startswith("S, path Path 1: ")
    assert validate(broken, replace(CONTEXT, now=None)) == ()


def test_likely_mistakes_in_filters_are_warnings_with_a_mend() -> None:
    both = Group(
        children=tuple(Condition(Attribute("f_country"), "equal", Literal(country)) for country in ("NO", "SE"))
    )
    assert GOOD.entry
    in_entry = replace(GOOD, entry=replace(GOOD.entry, filter=both))
    found = only(in_entry)
    assert (found.problem.code, found.problem.severity) == ("filter.contradiction", Severity.WARNING)
    assert found.fix
    split = GOOD.activities["S"]
    asked = replace(split, outcomes=(replace(split.outcomes[0], filter=both), split.outcomes[1]))
    found = only(replace(GOOD, activities={**GOOD.activities, "S": asked}))
    assert found.fix
    assert (
        found.fix.apply(replace(GOOD, activities={**GOOD.activities, "S": asked}))[0].activities["S"].outcomes[0].next
    )


def test_a_filter_beyond_the_limits() -> None:
    deep = TOTAL_OVER_50
    for _ in range(200):
        deep = Group(children=(deep,))
    assert GOOD.entry
    assert only(replace(GOOD, entry=replace(GOOD.entry, filter=deep))).problem.code == "filter.limits"


def percent(*shares: object) -> Journey:
    """The good journey with a split by percentages in front."""
    outcomes = tuple(Outcome(f"p{n}", "", "S", None, {"percentage": share}) for n, share in enumerate(shares))
    split = Activity("R", "RANDOM", "Half", {}, outcomes)
    return replace(GOOD, first="R", activities={**GOOD.activities, "R": split})


def test_percentages_make_100() -> None:
    ignore = {"unknown.type"}
    for good in ((50, 50), (1, 99), (33, 33, 34)):
        assert {problem.code for problem in validate(percent(*good), CONTEXT)} <= ignore
    for bad in ((50, 51), (100, 0), (50, None), (True, 99), (50.0, 50), ("50", 50), (100,)):
        findings = [f for f in find_problems(percent(*bad), CONTEXT) if f.problem.code not in ignore]
        assert [finding.problem.code for finding in findings] == ["percentages.sum"]
        assert findings[0].fix
        if len(bad) > 1:
            after, _ = findings[0].fix.apply(percent(*bad))
            assert {problem.code for problem in validate(after, CONTEXT)} <= ignore
            assert after.activities["R"].outcomes[0].next == "S"


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.integers(0, 11), st.integers(-50, 150))
def test_percentages_stay_100_whatever_is_typed(shares: list[int], changed: int, value: int) -> None:
    changed %= len(shares)
    after = rebalance(shares, changed, value)
    assert sum(after) == 100
    assert len(after) == len(shares)
    assert all(each >= 1 for each in after)
    if len(shares) > 1 and 1 <= value <= 100 - (len(shares) - 1):
        assert after[changed] == value


@given(st.integers(1, 100))
def test_even_percentages(count: int) -> None:
    shares = spread(count)
    assert sum(shares) == 100
    assert max(shares) - min(shares) <= 1


def test_what_the_types_say_comes_with_its_place() -> None:
    mail = Activity("E", "send_email", "Hello", {"subject": "", "body": "b", "to": ""}, (Outcome(""),))
    found = only(replace(GOOD, activities={**GOOD.activities, "W": tile("W", "E"), "E": mail}))
    assert (found.problem.code, found.problem.where) == ("send_email.subject.missing", "E")
    assert found.problem.severity is Severity.ERROR


def test_the_events_own_filter() -> None:
    event = CONTEXT.event
    assert event is not None
    unread = only(GOOD, replace(CONTEXT, event=replace(event, criteria="<Filter"))).problem
    assert (unread.code, unread.where, unread.severity) == ("filter.event", ENTRY, Severity.ERROR)
    assert "no well-formed XML" in unread.message
    condition = '<Condition Key="Event.APIEvent-1.Gone" Operator="Equal"><Value><![CDATA[1]]></Value></Condition>'
    xml = f'<FilterDefinition><ConditionSet Operator="AND">{condition}</ConditionSet></FilterDefinition>'
    unknown = only(GOOD, replace(CONTEXT, event=replace(event, criteria=xml))).problem
    assert (unknown.where, unknown.severity) == (ENTRY, Severity.ERROR)
    assert "The event's own filter" in unknown.message
