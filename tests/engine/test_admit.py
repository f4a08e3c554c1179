"""The order and the reasons of admission."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.engine.admit import NEVER, History, admit
from app.engine.decision import Reason
from app.filters.tree import Attribute, Condition, Group, Literal, RelativeDate
from app.journey.journey import EntryMode, Status
from tests.engine.support import NOW, record, version

INSIDE = History(entered=1, inside=1)
LEFT = History(entered=1, inside=0)


def never_asked() -> History:
    raise AssertionError("the history was asked though an earlier reason refuses")


def test_a_contact_that_meets_the_filter_enters() -> None:
    assert admit(version(), record(), NOW, lambda: NEVER) is None


def test_a_contact_below_the_filter_is_refused_before_its_history_is_asked() -> None:
    assert admit(version(), record(total="20"), NOW, never_asked) is Reason.CRITERIA_NOT_MET


@pytest.mark.parametrize("status", [Status.DRAFT, Status.STOPPED, Status.FINISHING, Status.PAUSED])
def test_nobody_enters_a_version_that_does_not_run(status: Status) -> None:
    assert admit(version(status=status), record(), NOW, never_asked) is Reason.NOT_PUBLISHED


def test_a_paused_version_that_keeps_arrivals_queues_them() -> None:
    paused = version(status=Status.PAUSED, keeps_arrivals=True)
    assert admit(paused, record(), NOW, never_asked) is Reason.QUEUED


@pytest.mark.parametrize(
    ("mode", "history", "reason"),
    [
        (EntryMode.NO_REENTRY, NEVER, None),
        (EntryMode.NO_REENTRY, INSIDE, Reason.PREVIOUSLY_IN),
        (EntryMode.NO_REENTRY, LEFT, Reason.PREVIOUSLY_IN),
        (EntryMode.AFTER_EXIT, NEVER, None),
        (EntryMode.AFTER_EXIT, INSIDE, Reason.CURRENTLY_IN),
        (EntryMode.AFTER_EXIT, LEFT, None),
        (EntryMode.ANY_TIME, INSIDE, None),
        (EntryMode.ANY_TIME, LEFT, None),
    ],
)
def test_entry_modes(mode: EntryMode, history: History, reason: Reason | None) -> None:
    assert admit(version(mode=mode), record(), NOW, lambda: history) is reason


def test_an_imported_events_own_criteria_is_asked_too() -> None:
    rich = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("100")),))
    strict = version(criteria=rich)
    assert admit(strict, record(total="60"), NOW, never_asked) is Reason.CRITERIA_NOT_MET
    assert admit(strict, record(total="160"), NOW, lambda: NEVER) is None


def test_a_filter_that_looks_at_the_clock_is_asked_at_each_moment_anew() -> None:
    from app.data_extensions.data_extension import Field
    from app.filters.catalog import Catalog
    from tests.engine.support import SCHEMA

    dated = Catalog(
        SCHEMA.__class__(SCHEMA.id, SCHEMA.key, SCHEMA.name, fields=(*SCHEMA.fields, Field("f_date", "Seen", "date")))
    )
    recent = Group(children=(Condition(Attribute("f_date"), "on_or_after", RelativeDate(-1)),))
    running = version(entry_filter=recent, catalog=dated)
    seen = {**record(), "f_date": NOW}
    assert admit(running, seen, NOW, lambda: NEVER) is None
    (first,) = running._compiled.values()
    assert admit(running, seen, NOW + timedelta(seconds=1), lambda: NEVER) is None
    assert [each is first for each in running._compiled.values()] == [True], "compiled once a day, not once an event"
    assert admit(running, seen, NOW + timedelta(days=5), lambda: NEVER) is Reason.CRITERIA_NOT_MET


def test_a_filter_that_cannot_be_asked_lets_nobody_pass() -> None:
    broken = Group(children=(Condition(Attribute("f_gone"), "equal", Literal("x")),))
    assert admit(version(entry_filter=broken), record(), NOW, never_asked) is Reason.CRITERIA_NOT_MET
