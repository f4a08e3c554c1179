"""Every ready mend takes away the problem that it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.document import to_document
from app.filters.tree import Attribute, Condition, Group, Literal
from app.journey.activities import ACTIVITIES
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Journey, Outcome
from app.journey.repairs import nearest
from app.journey.rules import Finding, find_problems
from app.kernel.errors import Severity
from tests.journey.support import CART, CONTACTS, drawn

SCHEMA = DataExtension(
    "de3",
    "k",
    "Orders",
    fields=(
        Field("f_mail", "Email", "email"),
        Field("f_phone", "Mobile", "phone"),
        Field("f_name", "First name", "text"),
        Field("f_due", "Delivery", "date"),
    ),
)
CONTEXT = JourneyContext(
    Catalog(SCHEMA, (CONTACTS,)),
    EventDefinition("e", "APIEvent-1", "Cart abandoned", SCHEMA.id),
    (SCHEMA, CART, CONTACTS),
    (EventDefinition("o", "APIEvent-ordered", "Cart ordered", CART.id),),
    now=datetime(2026, 3, 1, tzinfo=UTC),
)


def made(kind: str, key: str = "A-1", **settings: Any) -> Activity:
    """A tile that is fit to run but for these settings."""
    good = {
        "send_email": {"subject": "s", "body": "b"},
        "send_sms": {"body": "b"},
        "send_push": {"body": "b"},
        "rest": {"url": "http://localhost"},
        "wait_by_attribute": {"attribute": "Delivery"},
        "wait_until_date": {"moment": "2027-01-01T09:00"},
        "wait_until_event": {"event": "APIEvent-ordered"},
    }
    activity = ACTIVITIES[kind].make(key, key)
    return replace(activity, settings={**activity.settings, **good.get(kind, {}), **settings})


def findings(journey: Journey, code: str) -> list[Finding]:
    """The problems of that code."""
    return [found for found in find_problems(journey, CONTEXT) if found.problem.code == code]


@pytest.mark.parametrize(
    ("activity", "code", "name", "value"),
    [
        (made("wait", duration={"amount": 0}), "wait.duration", "duration", {"amount": 1, "unit": "days"}),
        (made("wait", time="25:00"), "wait.time", "time", ""),
        (made("wait_until_date", moment="2020-01-05T09:30"), "wait_until_date.over", "moment", "2026-03-02T09:30"),
        (made("wait_by_attribute", attribute="Gone"), "wait_by_attribute.attribute", "attribute", "Delivery"),
        (
            made("wait_by_attribute", side="after", duration=3),
            "wait_by_attribute.duration", "duration", {"amount": 1, "unit": "days"},
        ),
        (made("wait_until_event", event="APIEvent-order"), "wait_until_event.unknown", "event", "APIEvent-ordered"),
        (made("wait_until_event", time_out=1), "wait_until_event.time_out", "time_out", {"amount": 7, "unit": "days"}),
        (made("sto_wait", hours=999), "sto_wait.hours.range", "hours", 168),
        (made("sto_wait", hours="x"), "sto_wait.hours.range", "hours", 24),
        (made("path_optimizer", winner="gone"), "path_optimizer.winner", "winner", ""),
        (made("path_optimizer", evaluation="Engagement"), "path_optimizer.by_hand", "evaluation", "Manual"),
        (made("send_email", to="Emial"), "send_email.to.unknown", "to", "Email"),
        (made("send_email", to="Quite another"), "send_email.to.unknown", "to", ""),
        (made("send_sms", to="Mobil"), "send_sms.to", "to", "Mobile"),
        (made("send_email", subject="{{frst name|you}}!"), "message.field.unknown", "subject", "{{First name | you}}!"),
        (made("rest", url="localhost:3000/x"), "rest.url", "url", "http://localhost:3000/x"),
        (
            made("rest", arguments=[{"name": "a", "value": "1"}, {"name": "A", "value": "2"}]),
            "rest.arguments.twice", "arguments", [{"name": "A", "value": "2"}],
        ),
        (made("rest", headers=[{"name": "", "value": "1"}]), "rest.headers.name", "headers", []),
        (made("rest", retries=9), "rest.retries.range", "retries", 5),
        (
            made("update_contact", updates=[{"data_extension_id": "x", "field_id": "y", "value": "1"},
                 {"data_extension_id": CONTACTS.id, "field_id": "f_tier", "value": "Gold"}]),
            "update_contact.field.unknown", "updates",
            [{"data_extension_id": CONTACTS.id, "field_id": "f_tier", "value": "Gold"}],
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)  # fmt: skip
def test_a_mend_takes_its_problem_away(activity: Activity, code: str, name: str, value: object) -> None:
    journey = drawn("A-1", activity)
    found = findings(journey, code)[0]
    assert found.fix is not None
    assert found.fix_label
    mended = found.fix.apply(journey)[0]
    assert mended.activities["A-1"].settings[name] == value
    assert findings(mended, code) == []


def test_what_only_a_person_can_mend_has_no_mend() -> None:
    for activity, code in (
        (made("rest", url="ftp://x"), "rest.url"),
        (made("wait_until_event", event="zzz"), "wait_until_event.unknown"),
        (made("send_email", subject="{{Completely other}}"), "message.field.unknown"),
        (made("send_email", subject=""), "send_email.subject.missing"),
    ):
        assert [found.fix for found in findings(drawn("A-1", activity), code)] == [None]
    assert nearest("", []) is None


def test_the_filter_of_a_goal_is_mended_as_others_are() -> None:
    named = Condition(Attribute("f_name"), "equal", Literal("a"))
    gone = Group(children=(Condition(Attribute("gone"), "equal", Literal("1")), named))
    for kind in ("goal", "exit_criteria"):
        journey = drawn("A-1", made(kind, filter=to_document(gone)))
        (found,) = [each for each in find_problems(journey, CONTEXT) if each.problem.code.startswith("filter.")]
        assert found.fix is not None
        mended = found.fix.apply(journey)[0]
        assert [each for each in find_problems(mended, CONTEXT) if each.problem.code.startswith("filter.")] == []


def asks(message: str) -> Activity:
    """An engagement split about a message."""
    return replace(
        made("engagement_split", "E-1", activity=message), outcomes=(Outcome("yes", "Yes"), Outcome("no", "No"))
    )


def chain(*tiles: Activity) -> Journey:
    """Each leads to the next by its first way out."""
    following = [tile.key for tile in tiles[1:]] + [None]
    return drawn(
        tiles[0].key,
        *(
            replace(tile, outcomes=(replace(tile.outcomes[0], next=then), *tile.outcomes[1:]))
            for tile, then in zip(tiles, following, strict=True)
        ),
    )


def test_an_engagement_split_needs_time() -> None:
    mail, wait = made("send_email", "M-1"), made("wait", "W-1")
    journey = chain(mail, asks("M-1"))
    found = findings(journey, "engagement.too_soon")[0]
    assert found.fix is not None
    mended = found.fix.apply(journey)[0]
    assert findings(mended, "engagement.too_soon") == []
    assert findings(chain(mail, wait, asks("M-1")), "engagement.too_soon") == []
    assert findings(chain(wait, mail, asks("M-1")), "engagement.too_soon")
    assert findings(chain(mail, replace(wait, disabled=True), asks("M-1")), "engagement.too_soon")
    lost = chain(mail, wait, asks("gone"))
    fix = findings(lost, "engagement_split.activity")[0].fix
    assert fix is not None
    assert fix.apply(lost)[0].activities["E-1"].settings["activity"] == "M-1"


def test_two_messages_of_one_name() -> None:
    first, second = made("send_email", "M-1"), replace(made("send_email", "M-2"), name="M-1")
    taken = replace(made("wait", "W-1"), name="M-1 2")
    journey = chain(first, taken, second)
    (found,) = findings(journey, "same_names.message")
    assert found.problem.where == "M-2"
    assert found.fix is not None
    assert found.fix.apply(journey)[0].activities["M-2"].name == "M-1 3"
    assert findings(chain(first, replace(taken, name="M-1")), "same_names.message") == []


def test_goals_that_came_from_elsewhere_are_said() -> None:
    kept = {"marketingCloud": {"goals": [{"key": "g"}], "exits": []}}
    brought = replace(drawn("A-1", made("send_email")), extra=kept)
    assert len(findings(brought, "kept_criteria.goals")) == 1
    assert findings(brought, "kept_criteria.exits") == []
    assert findings(replace(brought, activities={"G": made("goal", "G")}), "kept_criteria.goals") == []
    assert findings(replace(brought, extra={"marketingCloud": 7}), "kept_criteria.goals") == []
    another = replace(made("goal", "G"), extra={"marketingCloud": {"type": "ContactEvent"}})
    assert len(findings(replace(brought, activities={"G": another}), "kept_criteria.goals")) == 1


def test_goals_after_the_first_are_said() -> None:
    goals = [replace(made("goal", f"G-{n}"), disabled=n == 1) for n in (1, 2, 3)]
    (found,) = findings(chain(*goals), "one_goal.further")
    assert found.problem.where == "G-3"
    assert found.problem.severity is Severity.WARNING
    assert findings(chain(*goals[:2]), "one_goal.further") == []


def test_what_a_person_has_to_fill_in_is_named_with_its_place() -> None:
    goal, mail = made("goal", "G"), replace(made("send_email", "M-1"), settings={"subject": ""})
    (found,) = findings(chain(goal, mail), "goal.filter.missing")
    assert (found.open_label, found.opens) == ("Edit the filter", "filter")
    assert (found.problem.message, found.problem.hint) == ("G has no filter.", "Open the tile and add a condition.")
    asking_nothing = replace(goal, settings={**goal.settings, "filter": to_document(Group())})
    (found,) = findings(chain(asking_nothing), "goal.filter")
    assert (found.open_label, found.opens) == ("Edit the filter", "filter")
    (found,) = findings(chain(goal, mail), "send_email.subject.missing")
    assert (found.open_label, found.opens) == ("Fill in Subject", "subject")
    twins = chain(mail, replace(mail, key="M-2"))
    (found,) = findings(twins, "same_names.message")
    assert found.open_label == "", "it has a ready mend"
