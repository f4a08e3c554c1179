"""What each of the further activities does with a contact, and what it finds wrong with its settings."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.document import to_document
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.activities import ACTIVITIES
from app.journey.activities.base import Wake
from app.journey.activities.send_sms import sms_parts
from app.journey.calls import CallPolicy, CallRequest, CallResult
from app.journey.context import JourneyContext
from app.journey.durations import after
from app.journey.journey import Activity, Outcome
from app.journey.percentages import by_chance, shares_of, with_shares
from app.journey.step import EXIT, GOAL, LEAVE, Call, Message, Met, Situation, Step, Write
from tests.journey.support import CART, CONTACTS, TOTAL_OVER_50, drawn, situation, tile

CONTEXT = JourneyContext(
    Catalog(CART, (CONTACTS,)),
    EventDefinition("e", "APIEvent-1", "Cart abandoned", CART.id),
    (CART, CONTACTS),
    (EventDefinition("o", "APIEvent-2", "Cart ordered", CART.id),),
    now=datetime(2026, 3, 1, tzinfo=UTC),
)
PHONES = DataExtension(
    "de3",
    "k",
    "Phones",
    fields=(Field("f_phone", "Mobile", "phone"), Field("f_text", "Other", "text"), Field("f_due", "Delivery", "date")),
)
WITH_PHONES = replace(CONTEXT, catalog=Catalog(PHONES))


def made(key: str, **settings: Any) -> Activity:
    """A tile with those settings."""
    activity = ACTIVITIES[key].make("A-1", "Mine")
    return replace(activity, settings={**activity.settings, **settings})


def step(activity: Activity, at: Situation | None = None) -> Step:
    """What a contact does there."""
    return ACTIVITIES[activity.type].step(activity, at or situation())


def codes(activity: Activity, context: JourneyContext = CONTEXT) -> list[str]:
    """What is wrong."""
    return [problem.code for problem in ACTIVITIES[activity.type].check(activity, context)]


def summary(activity: Activity, context: JourneyContext = CONTEXT) -> str:
    """The line on the tile."""
    return ACTIVITIES[activity.type].summary(activity, context)


def test_sms() -> None:
    record = {"f_phone": "+4791234567", "f_text": "+4700000000"}
    at = situation(record, catalog=Catalog(PHONES))
    sms = made("send_sms", body="Hi {{Other}} {{Delivery}}\nBye")
    assert step(sms, at).effects == (Message("sms", "+4791234567", "", "Hi +4700000000 \nBye"),)
    assert step(sms, at).note == "Sent to +4791234567. Empty for this contact: Delivery."
    assert step(replace(sms, settings={"body": "x", "to": "Other"}), at).effects[0] == Message(
        "sms", "+4700000000", "", "x"
    )
    assert step(sms, situation({}, catalog=Catalog(PHONES))).note == "Not sent: Mobile is empty."
    assert step(sms, situation({})).note == "Not sent: no field with a mobile number is known."
    assert step(sms, situation({}, catalog=Catalog())).effects == ()
    assert summary(sms) == "Hi {{Other}} {{Delivery}}"
    assert codes(sms, WITH_PHONES) == []
    assert codes(sms) == ["message.field.unknown", "send_sms.to"]
    assert codes(made("send_sms", body="x", to="Gone"), WITH_PHONES) == ["send_sms.to"]
    assert codes(sms, JourneyContext()) == []


def test_push() -> None:
    push = made("send_push", subject="{{First name}}!", body="Look")
    assert step(push, situation({"f_first": "Ann"})).effects == (Message("push", "NTO-1001", "Ann!", "Look"),)
    assert summary(push) == "{{First name}}!"
    assert summary(made("send_push", body="One\nTwo")) == "One"
    assert codes(made("send_push", subject="{{Nope}}")) == ["send_push.body.missing", "message.field.unknown"]


def test_wait_until_date() -> None:
    oslo = situation(zone=ZoneInfo("Europe/Oslo"))
    wait = made("wait_until_date", moment="2026-12-24T09:00")
    assert step(wait, oslo).wait_until == datetime(2026, 12, 24, 8, tzinfo=UTC)
    assert step(made("wait_until_date", moment="2026-12-24T09:00+00:00"), oslo).wait_until == datetime(
        2026, 12, 24, 9, tzinfo=UTC
    )
    assert step(made("wait_until_date", moment="2020-01-01T00:00")) == Step("", note="The date is over: went on.")
    assert step(made("wait_until_date", moment="soon")).note == "No usable date: passed by."
    assert summary(wait) == "Until 2026-12-24 09:00"
    assert codes(wait) == []
    assert codes(made("wait_until_date")) == ["wait_until_date.moment.missing"]
    assert codes(made("wait_until_date", moment="soon")) == ["wait_until_date.moment"]
    assert codes(made("wait_until_date", moment="0001-01-01T00:00+14:00")) == ["wait_until_date.moment"]
    assert codes(made("wait_until_date", moment="2026-01-01T00:00")) == ["wait_until_date.over"]


@pytest.mark.parametrize(
    ("settings", "until"),
    [
        ({}, "2026-03-10T12:00+00:00"),
        ({"side": "before"}, "2026-03-09T12:00+00:00"),
        ({"side": "after", "duration": {"amount": 1, "unit": "months"}}, "2026-04-10T11:00+00:00"),
        ({"side": "after", "duration": None}, "2026-03-10T12:00+00:00"),
        ({"side": "before", "time": "09:00"}, "2026-03-10T08:00+00:00"),
    ],
)
def test_wait_by_attribute(settings: dict[str, Any], until: str) -> None:
    at = situation(
        {"f_due": datetime(2026, 3, 10, 12, tzinfo=UTC)}, catalog=Catalog(PHONES), zone=ZoneInfo("Europe/Oslo")
    )
    wait = made("wait_by_attribute", attribute="Delivery", **settings)
    assert step(wait, at).wait_until == datetime.fromisoformat(until)


def test_wait_by_attribute_goes_on_without_a_date_ahead() -> None:
    wait = made("wait_by_attribute", attribute="Delivery")
    assert step(wait, situation({}, catalog=Catalog(PHONES))).note == "Delivery is empty: went on."
    assert step(wait, situation({}, catalog=Catalog())).note == "Delivery is empty: went on."
    past = situation({"f_due": datetime(2020, 1, 1, tzinfo=UTC)}, catalog=Catalog(PHONES))
    assert step(wait, past).note == "2020-01-01 00:00 is over: went on."
    assert summary(wait) == "Until Delivery"
    assert summary(made("wait_by_attribute", attribute="Delivery", side="before")) == "1 day before Delivery"
    assert summary(made("wait_by_attribute")) == "No date yet"
    assert codes(wait, WITH_PHONES) == []
    assert codes(made("wait_by_attribute", attribute="Mobile"), WITH_PHONES) == ["wait_by_attribute.attribute"]
    wrong = made("wait_by_attribute", attribute="Gone", side="after", duration=1, time="9")
    assert codes(wrong, WITH_PHONES) == [
        "wait_by_attribute.attribute",
        "wait_by_attribute.duration",
        "wait_by_attribute.time",
    ]


def test_a_moment_beyond_the_calendar_is_its_last() -> None:
    late = datetime(9999, 12, 31, 23, tzinfo=UTC)
    for unit in ("hours", "days", "months"):
        assert after(late, 9999, unit, UTC) == datetime(9999, 12, 30, tzinfo=UTC)
    assert after(datetime(2026, 3, 31, tzinfo=UTC), -1, "months", UTC) == datetime(2026, 2, 28, tzinfo=UTC)


def test_wait_until_event() -> None:
    wait = made("wait_until_event", event="APIEvent-2")
    answer = step(wait)
    assert answer.outcome == "time-out"
    assert answer.wait_until == datetime(2026, 3, 8, 12, tzinfo=UTC)
    leaf = ACTIVITIES["wait_until_event"]
    assert leaf.woken_by(wait) == Wake("APIEvent-2", "event")
    assert leaf.woken_by(made("wait_until_event")) is ACTIVITIES["wait"].woken_by(made("wait")) is None
    assert step(made("wait_until_event", time_out=3)) == Step("time-out", note="No usable time-out: passed by.")
    assert summary(wait) == "Cart ordered, at most 7 days"
    assert summary(made("wait_until_event")) == "No event yet"
    assert codes(wait) == []
    assert codes(made("wait_until_event", event="gone", time_out=3)) == [
        "wait_until_event.unknown",
        "wait_until_event.time_out",
    ]
    assert step(replace(wait, disabled=True)).outcome == "time-out"


def test_send_time_optimization() -> None:
    assert step(made("sto_wait"), situation(chance=0.5)).wait_until == datetime(2026, 3, 2, 1, tzinfo=UTC)
    assert step(made("sto_wait", hours=1), situation(chance=0.99)).wait_until == datetime(2026, 3, 1, 13, tzinfo=UTC)
    for settings in ({"random": False}, {"hours": "x"}, {"hours": 0}):
        assert step(made("sto_wait", **settings)).wait_until is None
    assert summary(made("sto_wait", hours=1)) == "Within 1 hour"
    assert codes(made("sto_wait", hours=169)) == codes(made("sto_wait", hours="x")) == ["sto_wait.hours.range"]
    assert codes(made("sto_wait")) == []


def test_random_split() -> None:
    three = (*made("random_split").outcomes, Outcome("path-3", "Path 3"))
    split = replace(made("random_split"), outcomes=with_shares(three, [20, 30, 50]))
    taken = [step(split, situation(chance=chance)).outcome for chance in (0.0, 0.199, 0.2, 0.499, 0.5, 0.999)]
    assert taken == ["path-1", "path-1", "path-2", "path-2", "path-3", "path-3"]
    assert summary(split) == "20 / 30 / 50 %"
    short = with_shares(split.outcomes, [1, 1, 1])
    assert by_chance(short, 0.9).key == "path-3"
    assert shares_of([replace(short[0], settings={"percentage": value}) for value in ("9", True, 101, None)]) == [0] * 4


def test_path_optimizer() -> None:
    tries = made("path_optimizer")
    assert [step(tries, situation(chance=chance)).outcome for chance in (0.1, 0.9)] == ["path-1", "path-2"]
    won = made("path_optimizer", winner="path-2")
    assert step(won, situation(chance=0.1)) == Step("path-2", note="Took the winner, Path 2.")
    assert (summary(tries), summary(won)) == ("2 paths, no winner yet", "2 paths, winner Path 2")
    assert codes(tries) == []
    wrong = made("path_optimizer", winner="gone", evaluation="Engagement", period=None)
    assert codes(wrong) == ["path_optimizer.winner", "path_optimizer.period", "path_optimizer.by_hand"]


def test_engagement_split() -> None:
    mail = replace(tile("E", "A-1", kind="send_email"), name="Hello")
    split = made("engagement_split", activity="E", metric="click")
    journey = drawn("E", mail, split, tile("W"))
    around = CONTEXT.of(journey)
    clicked = replace(situation(), engaged=lambda key, metric: (key, metric) == ("E", "click"))
    assert step(split, clicked) == Step("yes", note="The message was clicked: took Yes.")
    assert step(split) == Step("no", note="It is not recorded that the message was clicked by now: took No.")
    for choice in ("yes", "no"):
        forced = made("engagement_split", activity="E", metric="click", in_tests=choice)
        assert step(forced, replace(clicked, test=True)).outcome == choice
        assert step(forced, clicked).outcome == "yes"
    assert step(split, replace(clicked, test=True)).outcome == "yes"
    assert summary(split, around) == "Hello clicked?"
    assert summary(split) == "E clicked?"
    assert summary(made("engagement_split")) == "No message yet"
    assert codes(split, around) == codes(split) == []
    for key in ("gone", "W"):
        assert codes(made("engagement_split", activity=key), around) == ["engagement_split.activity"]
    later = drawn("A-1", replace(split, outcomes=(replace(split.outcomes[0], next="E"),)), replace(mail, outcomes=()))
    assert codes(split, CONTEXT.of(later)) == ["engagement_split.activity"]
    assert step(replace(split, disabled=True)).outcome == "no"


def test_join() -> None:
    join = made("join")
    assert step(join) == Step("")
    assert summary(join) == "Lead other paths here"
    met = drawn("S", tile("S", "A-1", "A-1"), join)
    assert summary(join, CONTEXT.of(met)) == "2 paths come together"


def test_goal_and_exit_criteria() -> None:
    document = to_document(TOTAL_OVER_50)
    yes, no = situation(matches=lambda group: group == TOTAL_OVER_50), situation()
    goal = made("goal", filter=document)
    assert step(goal, yes) == Step("", effects=(Met(GOAL),), note="Reached the goal (MetGoalCriteria).")
    again = replace(yes, met=True)
    assert step(goal, again) == Step("", note="Reached the goal before (MetGoalCriteria).")
    assert step(made("goal", filter=document, exit=True), yes).outcome == LEAVE
    assert step(goal, no).note == "The goal is not reached."
    leave = made("exit_criteria", filter=document)
    assert step(leave, yes).outcome == LEAVE
    assert step(leave, yes).effects == (Met(EXIT),)
    assert step(leave, no).outcome == ""
    for key, nothing in (("goal", "No goal yet"), ("exit_criteria", "No criteria yet")):
        assert step(made(key), yes).outcome == ""
        assert summary(made(key)) == nothing
        assert "50" in summary(made(key, filter=document))
        assert codes(made(key)) == [f"{key}.filter.missing"]
        assert codes(made(key, filter={"children": []})) == [f"{key}.filter"]
        assert codes(made(key, filter=document)) == []
        bad = to_document(Group(children=(Condition(Attribute("gone"), "equal", Literal("1")),)))
        assert len(codes(made(key, filter=bad))) == 1


def test_add_to_data_extension() -> None:
    update = {"data_extension_id": "de2", "field_id": "f_tier", "value": "Gold"}
    add = made("add_to_data_extension", updates=[update])
    assert step(add).effects == (Write("de2", "f_tier", "Gold"),)
    assert summary(add) == "Adds to Loyalty"
    gone = made("add_to_data_extension", updates=[{**update, "data_extension_id": "x"}, "y"])
    assert summary(gone) == "Adds to a data extension that is gone"
    assert codes(gone) == ["add_to_data_extension.field.unknown"]
    assert codes(made("add_to_data_extension")) == ["add_to_data_extension.empty"]


def test_rest() -> None:
    rest = made(
        "rest",
        url="https://example.com/loyalty",
        arguments=[{"name": "tier", "value": "{{First name}}"}, {"name": "total", "value": "{{Cart total}}"}, 7],
        out_arguments="points, level,",
    )
    answer = step(rest, situation({"f_first": "Ann"}))
    call = answer.effects[0]
    assert isinstance(call, Call)
    assert (call.made, call.request.url, call.request.verb) == (False, "https://example.com/loyalty", "POST")
    body = json.loads(call.request.body)
    assert body["inArguments"] == [{"tier": "Ann", "total": ""}]
    assert body["outArguments"] == [{"points": ""}, {"level": ""}]
    assert body["keyValue"] == "NTO-1001"
    assert answer.note == (
        "Recorded POST example.com; not called: this workspace only records calls. Empty for this contact: Cart total."
    )
    own = made("rest", url="https://example.com", verb="PUT", body='{"a": "{{First name}}"}', retries=2, timeout="x")
    assert step(own, situation({"f_first": "Ann"})).effects == (
        Call(CallRequest("https://example.com", "PUT", '{"a": "Ann"}', retries=2, retry_delay=1000), made=False),
    )
    assert (summary(own), summary(made("rest"))) == ("PUT example.com", "No URL yet")
    for url in ("example", "ftp://example.com", "http://[", "mailto:a@b.no", "http://a:b"):
        assert codes(made("rest", url=url)) == ["rest.url"]
    assert codes(made("rest", url="https://example.com", timeout=100_001)) == ["rest.timeout.range"]
    twice = [{"name": "a", "value": ""}, {"name": "A ", "value": ""}, {"value": "{{Gone}}"}]
    assert codes(made("rest", url="https://example.com", arguments=twice)) == [
        "message.field.unknown", "rest.arguments.twice", "rest.arguments.name",
    ]  # fmt: skip
    for odd in ("X Key", "X-Key:", "Schlüssel", "X\nKey"):
        headers = [{"name": "X-Api-Key", "value": "1"}, {"name": odd, "value": "1"}]
        assert codes(made("rest", url="https://example.com", headers=headers)) == ["rest.headers.odd"]
    local = replace(CONTEXT, calls=CallPolicy.LOCAL)
    assert codes(made("rest", url="https://example.com"), local) == ["rest.elsewhere"]
    assert codes(made("rest", url="http://localhost:3000"), local) == []


def test_when_a_rest_activity_really_calls() -> None:
    def made_of(url: str, **more: object) -> tuple[bool, str]:
        answer = step(made("rest", url=url, timeout=2000, retries=1), replace(situation(), **more))  # type: ignore[arg-type]
        call = answer.effects[0]
        assert isinstance(call, Call)
        assert call.made == (answer.wait_until is not None)
        return call.made, answer.note

    here, there = "http://127.0.0.1:3000/x", "https://example.com"
    assert made_of(here, calls=CallPolicy.LOCAL) == (True, "Calls POST 127.0.0.1:3000 and waits for its answer.")
    assert made_of(there, calls=CallPolicy.ANY)[0]
    assert "only addresses on this computer" in made_of(there, calls=CallPolicy.LOCAL)[1]
    for name in ("localhost", "a.localhost", "127.9.9.9", "[::1]"):
        assert made_of(f"http://{name}/", calls=CallPolicy.LOCAL)[0]
    for name in ("localhost.example.com", "10.0.0.1", "[::2]", "127.0.0.1.example.com", "127.0.0.1@example.com"):
        assert not made_of(f"http://{name}/", calls=CallPolicy.LOCAL)[0]
    assert "tests call nothing" in made_of(here, calls=CallPolicy.ANY, test=True)[1]
    assert made_of(here, calls=CallPolicy.ANY, test=True, test_calls=True)[0]
    assert "dry run" in made_of(here, calls=CallPolicy.ANY, test=True, test_calls=True, dry=True)[1]
    assert "the URL is none" in made_of("nothing", calls=CallPolicy.ANY)[1]
    get = step(made("rest", url=here, verb="GET", headers=[{"name": "X-Key", "value": "{{Contact.Key}}"}]))
    call = get.effects[0]
    assert isinstance(call, Call)
    assert (call.request.body, call.request.headers) == ("", (("X-Key", "NTO-1001"),))


def test_what_an_answer_does_to_the_contact() -> None:
    leaf = ACTIVITIES["rest"]
    rest = replace(
        made("rest", url="http://localhost/x"), outcomes=(Outcome("one", next="A"), Outcome("two", next="B"))
    )

    def after(result: CallResult | None, **settings: str) -> tuple[str, str]:
        said = leaf.after_wait(replace(rest, settings={**rest.settings, **settings}), result)
        assert said is not None
        return said.outcome, said.note

    assert after(CallResult(ok=True, status=200, took_ms=7)) == ("one", "localhost answered 200 in 7 ms.")
    assert after(CallResult(ok=True, status=200, answer='{"branchResult": "two"}'))[0] == "two"
    assert after(CallResult(ok=True, status=200, answer='{"branchResult": "gone"}'))[0] == "one"
    failed = CallResult(ok=False, error="nothing listens there.", attempts=3)
    assert after(failed) == (
        "one", "The call of localhost failed after 3 tries: nothing listens there. The contact goes on.",
    )  # fmt: skip
    assert after(failed, on_error="leave")[0] == LEAVE
    assert "no answer came in time" in after(None)[1]
    assert ACTIVITIES["wait"].after_wait(made("wait"), None) is None
    values = CallResult(ok=True, answer='{"a": 1, "b": true, "c": null, "d": [1], "e": "x\\u0000\\ud800"}').values
    assert values == {"a": "1", "b": "true", "c": "", "e": "x?"}
    for answer in ("[1]", "{", "", "7"):
        assert CallResult(ok=True, answer=answer).values == {}
    assert CallResult(ok=False, answer='{"a": 1}').values == {}


def test_answers_are_shown_by_later_tiles() -> None:
    mail = made(
        "send_sms", body="{{Interaction.REST-1.points}} points, {{Interaction.REST-1.gone | no}} level", to="Mobile"
    )
    told = replace(situation({"f_phone": "+4712345678"}, catalog=Catalog(PHONES)), answers={"REST-1": {"points": "12"}})
    message = step(mail, told).effects[0]
    assert isinstance(message, Message)
    assert message.body == "12 points, no level"
    assert codes(mail, WITH_PHONES) == []
    rest = replace(made("rest", url="http://localhost"), key="REST-1")
    assert codes(mail, WITH_PHONES.of(drawn("REST-1", rest, mail))) == []
    assert codes(mail, WITH_PHONES.of(drawn("A-1", mail))) == ["message.answer.unknown"]


def test_how_many_sms_a_text_makes() -> None:
    for text, parts in (
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
    ):
        assert sms_parts(text) == parts
    assert [sms_parts("☃" * n) for n in (70, 71, 134, 135)] == [1, 2, 2, 3]
