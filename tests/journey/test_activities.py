"""Every activity keeps the contract of its kind: a new one is covered as soon as it is listed."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import EMPTY, Attribute, Condition, Group, Literal
from app.journey import activities
from app.journey.activities import ACTIVITIES, CATEGORIES, activity_type
from app.journey.activities.base import OUTCOME_KINDS
from app.journey.activities.decision_split import REMAINDER, add_path
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Outcome
from app.journey.keys import new_activity
from app.journey.step import LEAVE, Message, Situation, Step, Write
from tests.journey.support import CART, CONTACTS, journey, situation

ALL = [*ACTIVITIES, activity_type("SALESCLOUDACTIVITY")]
CONTEXT = JourneyContext(
    Catalog(CART, (CONTACTS,)),
    EventDefinition("e", "APIEvent-1", "Cart abandoned", CART.id),
    (CART, CONTACTS),
    now=datetime(2026, 3, 1, tzinfo=UTC),
)


def test_the_tuple_and_the_folder_agree() -> None:
    helpers = {"base", "judged", "unknown", "updating", "waiting"}
    files = {module.name for module in pkgutil.iter_modules(activities.__path__)} - helpers
    assert files == {type(each).__module__.rpartition(".")[2] for each in ACTIVITIES}
    assert {each.key for each in ACTIVITIES} == files


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)
def test_contract(kind: activities.ActivityType) -> None:
    activity = kind.make(f"{kind.key_prefix}-1")
    assert activity.type == kind.key
    assert activity.name == kind.label
    assert kind.category in dict(CATEGORIES)
    assert kind.help
    assert kind.icon == kind.icon.lower()
    assert kind.mc_type
    assert set(activity.settings) == {s.name for s in kind.settings if s.kind not in OUTCOME_KINDS}
    keys = [outcome.key for outcome in activity.outcomes]
    assert keys
    assert len(set(keys)) == len(keys)
    assert kind.summary(activity, CONTEXT)
    for problem in kind.check(activity, CONTEXT):
        assert problem.where == activity.key
        assert problem.hint
        assert activity.name in problem.message
    step = kind.step(activity, situation())
    assert step.outcome in keys
    assert kind.bypass(activity) in keys


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)
def test_a_disabled_tile_is_passed_by_without_effects_or_problems(kind: activities.ActivityType) -> None:
    made = kind.make("A-1", "Mine")
    activity = Activity("A-1", made.type, "Mine", made.settings, made.outcomes, disabled=True)
    step = kind.step(activity, situation())
    assert step == Step(kind.bypass(activity), note="Mine is disabled: passed by.")
    assert kind.check(activity, CONTEXT) == ()


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)
def test_an_imported_tile_is_left_by_a_way_out_that_it_has(kind: activities.ActivityType) -> None:
    # The original gives outcomes guids of its own; the remainder alone has a name.
    made = kind.make("A-1")
    guids = [o.key if o.key == REMAINDER else f"guid-{number}" for number, o in enumerate(made.outcomes)]
    outcomes = tuple(replace(o, key=guid) for o, guid in zip(made.outcomes, guids, strict=True))
    assert kind.step(replace(made, outcomes=outcomes), situation()).outcome in guids
    assert kind.step(replace(made, outcomes=()), situation()).outcome in ("", LEAVE)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.key)
@pytest.mark.parametrize("value", [None, 7, "x", [1], {"a": 1}, True])
def test_settings_of_any_shape_break_nothing(kind: activities.ActivityType, value: object) -> None:
    made = kind.make("A-1")
    settings = dict.fromkeys([*made.settings, "other"], value)
    activity = Activity("A-1", made.type, "Mine", settings, made.outcomes)
    assert kind.summary(activity, JourneyContext())
    kind.check(activity, CONTEXT)
    assert kind.step(activity, situation()).outcome in [outcome.key for outcome in made.outcomes]


def email(**settings: str) -> Activity:
    return Activity("EMAILV2-1", "send_email", "Your cart", settings, (Outcome(""),))


def test_an_email_is_personalised_and_goes_to_the_first_email_field() -> None:
    step = ACTIVITIES["send_email"].step(
        email(subject="Hi {{First name}}", body="<b>{{First name}}</b>, {{Cart total}}"),
        situation({"f_first": "Ann & Bo", "f_mail": "a@b.no"}),
    )
    message = step.effects[0]
    assert message == Message("email", "a@b.no", "Hi Ann & Bo", "<b>Ann &amp; Bo</b>, ")
    assert step.note == "Sent to a@b.no. Empty for this contact: Cart total."


@pytest.mark.parametrize(
    ("to", "default", "address"),
    [("Other", None, "o@b.no"), ("", "Other", "o@b.no"), ("", None, "a@b.no"), ("Email", "Other", "a@b.no")],
)
def test_the_address_is_the_tiles_then_the_journeys_then_the_first(to: str, default: str | None, address: str) -> None:
    record = {"f_mail": "a@b.no", "f_other": "o@b.no"}
    step = ACTIVITIES["send_email"].step(email(subject="s", body="b", to=to), situation(record, default_email=default))
    assert [effect.to for effect in step.effects if isinstance(effect, Message)] == [address]


def test_an_email_without_an_address_is_not_sent_and_says_why() -> None:
    step = ACTIVITIES["send_email"].step(email(subject="s", body="b"), situation({}))
    assert step == Step("", note="Not sent: Email is empty.")
    nowhere = situation({}, catalog=Catalog(DataExtension("d", "k", "No email")))
    assert ACTIVITIES["send_email"].step(email(subject="s"), nowhere).note == (
        "Not sent: no field with an email address is known."
    )
    unset = situation({}, catalog=Catalog())
    assert not ACTIVITIES["send_email"].step(email(subject="s"), unset).effects


def test_an_email_names_what_is_wrong() -> None:
    problems = ACTIVITIES["send_email"].check(email(subject=" ", body="{{Nope}} {{Cart total}}", to="Gone"), CONTEXT)
    assert {problem.code for problem in problems} == {
        "send_email.subject.missing",
        "message.field.unknown",
        "send_email.to.unknown",
    }


@pytest.mark.parametrize(
    ("duration", "clock", "until"),
    [
        ({"amount": 90, "unit": "minutes"}, "", "2026-03-27T23:30+00:00"),
        ({"amount": 24, "unit": "hours"}, "", "2026-03-28T22:00+00:00"),
        # 23:00 in Oslo stays 23:00 there, though the clocks go forward on 29 March.
        ({"amount": 2, "unit": "days"}, "", "2026-03-29T21:00+00:00"),
        ({"amount": 1, "unit": "weeks"}, "", "2026-04-03T21:00+00:00"),
        ({"amount": 11, "unit": "months"}, "", "2027-02-27T22:00+00:00"),
        ({"amount": 1, "unit": "days"}, "09:00", "2026-03-29T07:00+00:00"),
        ({"amount": 1, "unit": "hours"}, "00:00", "2026-03-27T23:00+00:00"),
    ],
)
def test_a_wait_keeps_the_time_of_day_in_the_workspaces_time_zone(duration: object, clock: str, until: str) -> None:
    activity = Activity("W", "wait", "Wait", {"duration": duration, "time": clock}, (Outcome(""),))
    step = ACTIVITIES["wait"].step(
        activity, situation(now=datetime(2026, 3, 27, 22, tzinfo=UTC), zone=ZoneInfo("Europe/Oslo"))
    )
    assert step.wait_until == datetime.fromisoformat(until)
    assert step.wait_until
    assert f"{step.wait_until.astimezone(ZoneInfo('Europe/Oslo')):%Y-%m-%d %H:%M}" in step.note


@pytest.mark.parametrize(("start", "months", "end"), [(31, 1, 28), (31, 13, 28), (30, 1, 28), (15, 12, 15)])
def test_a_month_ends_on_its_last_day(start: int, months: int, end: int) -> None:
    activity = Activity("W", "wait", "Wait", {"duration": {"amount": months, "unit": "months"}}, (Outcome(""),))
    step = ACTIVITIES["wait"].step(activity, situation(now=datetime(2026, 1, start, 8, tzinfo=UTC)))
    assert step.wait_until
    assert (step.wait_until.day, step.wait_until.hour) == (end, 8)


@pytest.mark.parametrize("clock", ["9", "25:00", "09:60", "0900", "nine:00", "009:00"])
def test_a_wait_refuses_what_is_no_time_of_day(clock: str) -> None:
    activity = Activity("W", "wait", "Wait", {"duration": {"amount": 1, "unit": "days"}, "time": clock})
    assert [problem.code for problem in ACTIVITIES["wait"].check(activity, CONTEXT)] == ["wait.time"]


def test_a_wait_sums_itself_up() -> None:
    kind = ACTIVITIES["wait"]
    activity = Activity("W", "wait", "Wait", {"duration": {"amount": 3, "unit": "days"}, "time": "09:00"})
    assert kind.summary(activity, CONTEXT) == "3 days, then until 09:00"
    assert (
        kind.summary(Activity("W", "wait", "Wait", {"duration": {"amount": 1, "unit": "hours"}}), CONTEXT) == "1 hour"
    )


FILTER = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("50")),))


def test_a_split_takes_the_first_path_that_fits() -> None:
    other = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("10")),))
    split = Activity(
        "S",
        "decision_split",
        "Big?",
        {},
        (
            Outcome("path-3", "Empty", filter=EMPTY),
            Outcome("path-1", "Big", filter=FILTER),
            Outcome("path-2", "Small", filter=other),
            Outcome(REMAINDER, "Remainder"),
        ),
    )
    kind = ACTIVITIES["decision_split"]
    assert kind.step(split, situation(matches=lambda group: True)).outcome == "path-1"
    assert kind.step(split, situation(matches=lambda group: group is other)).outcome == "path-2"
    assert kind.step(split, situation(matches=lambda group: False)).outcome == REMAINDER
    assert kind.summary(split, CONTEXT) == "3 paths and remainder"
    alone = replace(split, outcomes=split.outcomes[1::2])
    assert kind.summary(alone, CONTEXT) == "Cart total is greater than 50"
    assert [outcome.key for outcome in add_path(split)] == ["path-3", "path-1", "path-2", "path-4", REMAINDER]
    assert kind.check(split, CONTEXT) == ()


def test_a_split_needs_a_path_and_the_remainder_last() -> None:
    for outcomes in [(), (Outcome(REMAINDER),), (Outcome(REMAINDER), Outcome("path-1", filter=FILTER))]:
        split = Activity("S", "decision_split", "Big?", {}, outcomes)
        assert [problem.code for problem in ACTIVITIES["decision_split"].check(split, CONTEXT)] == [
            "decision_split.paths"
        ]


def update(*updates: dict[str, str]) -> Activity:
    return Activity("U", "update_contact", "Mark", {"updates": list(updates)}, (Outcome(""),))


def test_an_update_writes_typed_values() -> None:
    step = ACTIVITIES["update_contact"].step(
        update(
            {"data_extension_id": "de2", "field_id": "f_tier", "value": "Gold of {{Contact.Key}}"},
            {"data_extension_id": "de2", "field_id": "f_points", "value": "{{Points}}"},
            {"data_extension_id": "de2", "field_id": "f_since", "value": "2026-01-31"},
            {"data_extension_id": "de2", "field_id": "f_tier", "value": ""},
            {"data_extension_id": "de1", "field_id": "f_first", "value": "{{Country}}"},
            {"data_extension_id": "de2", "field_id": "f_tier", "value": "{{Points}}"},
        ),
        situation({"f_eventpoints": 12, "f_country": "NO"}),
    )
    assert step.effects == (
        Write("de2", "f_tier", "Gold of NTO-1001"),
        Write("de2", "f_points", 12),
        Write("de2", "f_since", datetime(2026, 1, 31, tzinfo=UTC)),
        Write("de2", "f_tier", None),
        Write("de1", "f_first", "NO"),
        Write("de2", "f_tier", "12"),
    )


def test_an_update_leaves_out_what_cannot_be_written_and_says_so() -> None:
    step = ACTIVITIES["update_contact"].step(
        update(
            {"data_extension_id": "gone", "field_id": "f", "value": "1"},
            {"data_extension_id": "de2", "field_id": "f_points", "value": "many"},
        ),
        situation(),
    )
    assert step.effects == ()
    assert step.note.startswith("A field to set no longer exists. Points was not set: ")


def test_an_update_names_what_is_wrong() -> None:
    kind = ACTIVITIES["update_contact"]
    activity = update(
        {"data_extension_id": "gone", "field_id": "f", "value": "1"},
        {"data_extension_id": "de2", "field_id": "f_points", "value": "many"},
        {"data_extension_id": "de1", "field_id": "f_first", "value": "{{Country}}"},
        {"data_extension_id": "de2", "field_id": "f_tier", "value": "Gold"},
    )
    assert [problem.code for problem in kind.check(activity, CONTEXT)] == [
        "update_contact.field.unknown",
        "update_contact.value",
        "update_contact.link",
    ]
    assert kind.summary(activity, CONTEXT) == "Sets a field that is gone, Points, First name, Tier"
    assert kind.summary(update(), CONTEXT) == "Nothing to set yet"
    unlinked = JourneyContext(data_extensions=(DataExtension("de2", "k", "n", fields=(Field("f_tier", "T", "text"),)),))
    assert [problem.code for problem in kind.check(update(activity.settings["updates"][3]), unlinked)] == [
        "update_contact.link"
    ]


def test_new_tiles_get_the_next_free_key() -> None:
    first = new_activity(journey(), "wait")
    assert first.key == "WAITBYDURATION-1"
    assert first.name == "Wait"
    second = new_activity(journey({first.key: first}, first.key), "wait", "Longer")
    assert (second.key, second.name) == ("WAITBYDURATION-2", "Longer")


def test_an_unknown_type_is_kept_and_passed_by() -> None:
    kind = activity_type("SALESCLOUDACTIVITY")
    activity = Activity("X", kind.key, "CRM", {"deep": {"er": [1]}}, (Outcome("a"), Outcome("b")))
    assert kind.step(activity, situation()).outcome == "a"
    assert kind.summary(activity, CONTEXT) == "Imported: SALESCLOUDACTIVITY"
    assert [problem.severity for problem in kind.check(activity, CONTEXT)] == ["warning"]
    assert kind.bypass(Activity("X", kind.key, "CRM")) == ""
    assert ACTIVITIES["decision_split"].bypass(Activity("X", "decision_split", "CRM")) == ""
    assert activity_type("%%").key_prefix == "ACTIVITY"


def test_situation_is_what_the_tests_say() -> None:
    assert isinstance(situation(), Situation)
