"""Why: sentences that name the condition, the value and the way out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.engine.admit import NEVER, History
from app.engine.decision import JourneyDecision, Reason
from app.engine.facts import Decided
from app.engine.trace import describe
from app.engine.walk import Stretch
from app.filters.tree import EMPTY, Attribute, Condition, Group, Literal
from app.journey.journey import EntryMode, Status
from tests.engine.support import CONTACT, NOW, record, version


def say(
    reason: Reason | None,
    total: str = "60",
    history: History = NEVER,
    stretch: Stretch | None = None,
    **more: object,
) -> JourneyDecision:
    running = version(**more)  # type: ignore[arg-type]  # named as the helper names them
    return describe(Decided(running, reason, record(total), history, "stay-1", stretch), CONTACT, NOW)


def test_admitted_says_where() -> None:
    said = say(None, stretch=Stretch(()))
    assert said.admitted
    assert said.reason == ""
    assert said.sentence == "NTO-1001 entered Abandoned cart (version 1)."
    assert [step.ok for step in said.trace] == [True, True, True]


def test_a_dry_run_says_what_would_happen() -> None:
    decided = Decided(version(), None, record("60"), NEVER, "stay-1", Stretch((), fault="no more memory"))
    said = describe(decided, CONTACT, NOW, dry_run=True)
    assert said.sentence == (
        "NTO-1001 would enter Abandoned cart (version 1). It would be stopped there: no more memory"
    )


def test_a_filter_that_is_not_met_names_condition_value_and_remedy() -> None:
    said = say(Reason.CRITERIA_NOT_MET, total="20")
    assert said.reason == "DidNotMeetEntryCriteria"
    assert "Cart total is greater than 50" in said.sentence
    assert "Cart total is 20" in said.sentence
    assert said.remedy_values == {"Cart total": 50.01}
    assert [step.ok for step in said.trace] == [True, False, None]
    assert said.trace[1].detail is not None


def test_seen_before_names_when_and_which_version() -> None:
    history = History(1, 0, NOW - timedelta(days=2), 3)
    said = say(Reason.PREVIOUSLY_IN, history=history)
    assert "21 November 2026 at 10:00, version 3" in said.sentence  # Oslo is an hour ahead
    assert "No re-entry" in said.sentence
    assert said.remedy


def test_inside_now() -> None:
    said = say(Reason.CURRENTLY_IN, history=History(1, 1), mode=EntryMode.AFTER_EXIT)
    assert "is inside Abandoned cart now" in said.sentence
    assert "Remove from journey" in said.remedy


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.DRAFT, "is a draft"),
        (Status.PAUSED, "is paused"),
        (Status.STOPPED, "was stopped"),
        (Status.FINISHING, "is finishing"),
    ],
)
def test_not_running_says_what_it_is(status: Status, words: str) -> None:
    said = say(Reason.NOT_PUBLISHED, status=status)
    assert words in said.sentence
    assert [step.ok for step in said.trace] == [False, None, None]
    assert said.remedy


def test_queued_is_said() -> None:
    assert "keeps arrivals" in say(Reason.QUEUED, status=Status.PAUSED, keeps_arrivals=True).sentence


def test_without_a_filter_everyone_passes() -> None:
    said = say(None, entry_filter=EMPTY, stretch=Stretch(()))
    assert said.trace[1].sentence == "No filter: everyone passes."


def test_a_broken_filter_is_said() -> None:
    broken = Group(children=(Condition(Attribute("f_gone"), "equal", Literal("x")),))
    assert "cannot be asked" in say(Reason.CRITERIA_NOT_MET, entry_filter=broken).sentence


def test_a_contact_that_was_stopped_on_its_way_is_said() -> None:
    assert "a circle" in say(None, stretch=Stretch((), fault="a circle")).sentence
