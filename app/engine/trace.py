"""Says why: the trace of a decision, derived from the facts that were stored with it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from app.engine.admit import History
from app.engine.decision import JourneyDecision, PathStep, Reason, TraceStep
from app.engine.facts import Decided
from app.engine.running import RunningVersion
from app.filters.explain import Explanation, explain
from app.journey.journey import EntryMode, Status
from app.kernel.errors import InvalidInput
from app.kernel.said import Said, said, sentences

JOURNEY = "Journey"
FILTER = "Filter Contacts"
MODE = "Entry mode"
NOT_ASKED = said("Not asked.")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class _Line:
    ok: bool | None
    sentence: str
    remedy: str = ""


def describe(
    decided: Decided,
    contact_key: str,
    at: datetime,
    path: tuple[PathStep, ...] | None = None,
    *,
    dry_run: bool = False,
) -> JourneyDecision:
    """The decision with its trace. `at` is the moment that it was made; `path` overrides the first stretch; of a
    dry run it is said what would have happened."""
    version, reason = decided.version, decided.reason
    journey_line = _journey_line(version, reason)
    asked = journey_line.ok is True
    explanation, filter_line = _ask_filter(version, decided, at) if asked else (None, _Line(None, NOT_ASKED))
    mode_line = _mode_line(version, reason, decided.history, contact_key) if filter_line.ok else _Line(None, NOT_ASKED)
    lines = (journey_line, filter_line, mode_line)
    failed = next((line for line in lines if line.ok is False), None)
    return JourneyDecision(
        journey_id=version.journey.id,
        journey_name=version.journey.name,
        version_id=version.version_id,
        version=version.number,
        admitted=reason is None,
        reason="" if reason is None else str(reason),
        sentence=failed.sentence if failed else _admitted(version, contact_key, decided, dry_run),
        trace=(
            TraceStep(JOURNEY, journey_line.ok, journey_line.sentence),
            TraceStep(FILTER, filter_line.ok, filter_line.sentence, explanation.to_json() if explanation else None),
            TraceStep(MODE, mode_line.ok, mode_line.sentence),
        ),
        path=path if path is not None else (decided.stretch.steps if decided.stretch else ()),
        remedy=failed.remedy if failed else "",
        remedy_values=explanation.remedy_values if explanation and failed is filter_line else {},
    )


def _admitted(version: RunningVersion, contact_key: str, decided: Decided, dry_run: bool) -> str:
    name, number = version.journey.name, version.number
    fault = decided.stretch.fault if decided.stretch else ""
    if dry_run:
        sentence = said(
            "{contact} would enter {journey} (version {number}).", contact=contact_key, journey=name, number=number
        )
        return sentences(sentence, fault and said("It would be stopped there: {fault}", fault=fault))
    sentence = said("{contact} entered {journey} (version {number}).", contact=contact_key, journey=name, number=number)
    return sentences(sentence, fault and said("It was stopped there: {fault}", fault=fault))


def _journey_line(version: RunningVersion, reason: Reason | None) -> _Line:
    name, number = version.journey.name, version.number
    if reason is Reason.QUEUED:
        return _Line(
            False,
            said(
                "{name} (version {number}) is paused and keeps arrivals: "
                "the contact is asked again when it is resumed.",
                name=name,
                number=number,
            ),
            said("Resume {name}.", name=name),
        )
    if version.supposed:
        return _Line(
            True, said("{name} (version {number}) is a draft, asked as if it were active.", name=name, number=number)
        )
    if reason is not Reason.NOT_PUBLISHED:
        return _Line(True, said("{name} (version {number}) is running.", name=name, number=number))
    return _Line(False, *_not_running(version.status, name, number))


def _not_running(status: Status, name: str, number: int) -> tuple[str, str]:
    """Why nobody enters a version of this status, and what to do."""
    match status:
        case Status.PAUSED:
            sentence = said("{name} (version {number}) is paused and lets nobody in.", name=name, number=number)
            return sentence, said("Resume {name}.", name=name)
        case Status.STOPPED:
            sentence = said("{name} (version {number}) was stopped: nobody enters any more.", name=name, number=number)
            return sentence, said("Activate a new version of {name}.", name=name)
        case Status.FINISHING:
            sentence = said(
                "{name} (version {number}) is finishing: those inside go on, nobody new enters.",
                name=name,
                number=number,
            )
            return sentence, said("Activate a new version of {name}.", name=name)
        case _:
            sentence = said(
                "{name} (version {number}) is a draft: nobody enters before it is activated.", name=name, number=number
            )
            return sentence, said("Activate {name}.", name=name)


def _ask_filter(version: RunningVersion, decided: Decided, at: datetime) -> tuple[Explanation | None, _Line]:
    if not version.entry_filter.children:
        return None, _Line(True, said("No filter: everyone passes."))
    try:
        found = explain(version.entry_filter, version.catalog, decided.record, at, version.time_zone)
    except InvalidInput as broken:
        sentence = said("The filter cannot be asked: {message}", message=broken.message)
        return None, _Line(False, sentence, said("Mend the filter in a new version."))
    if found.ok is False:
        return found, _Line(False, found.reason(), found.remedy())
    return found, _Line(True, said("The contact meets the filter."))


def _mode_line(version: RunningVersion, reason: Reason | None, history: History, contact_key: str) -> _Line:
    if reason is Reason.PREVIOUSLY_IN:
        remedy = said("Fire another contact, clear the test contacts, or choose another entry mode in a new version.")
        return _Line(False, _previously_in(version, history, contact_key), remedy)
    if reason is Reason.CURRENTLY_IN:
        remedy = said(
            "Wait until {contact} leaves the journey, or take it out with Remove from journey.", contact=contact_key
        )
        return _Line(False, _currently_in(version, history, contact_key), remedy)
    return _Line(True, _let_in(version.journey.entry_mode, contact_key))


def _previously_in(version: RunningVersion, history: History, contact_key: str) -> str:
    name, mode, when = version.journey.name, Said(version.journey.entry_mode.label), _when(history, version.time_zone)
    if not when:
        return said(
            "{contact} was in {journey} before, and the entry mode {mode} lets a contact in once, across all versions.",
            contact=contact_key,
            journey=name,
            mode=mode,
        )
    return said(
        "{contact} was in {journey} before ({when}), "
        "and the entry mode {mode} lets a contact in once, across all versions.",
        contact=contact_key,
        journey=name,
        when=when,
        mode=mode,
    )


def _currently_in(version: RunningVersion, history: History, contact_key: str) -> str:
    name, mode, when = version.journey.name, Said(version.journey.entry_mode.label), _when(history, version.time_zone)
    if not when:
        return said(
            "{contact} is inside {journey} now, and the entry mode {mode} lets it in again only when it has left.",
            contact=contact_key,
            journey=name,
            mode=mode,
        )
    return said(
        "{contact} is inside {journey} now ({when}), and the entry mode {mode} lets it in again only when it has left.",
        contact=contact_key,
        journey=name,
        when=when,
        mode=mode,
    )


def _let_in(mode: EntryMode, contact_key: str) -> str:
    label = Said(mode.label)
    match mode:
        case EntryMode.NO_REENTRY:
            return said("{mode}: {contact} was never in this journey.", mode=label, contact=contact_key)
        case EntryMode.ANY_TIME:
            return said("{mode}: everyone may enter, any number of times.", mode=label)
        case EntryMode.AFTER_EXIT:
            return said("{mode}: {contact} is not inside.", mode=label, contact=contact_key)
        case _:
            return said("No entry mode is set.")


def _when(history: History, time_zone: ZoneInfo) -> str:
    if history.last_entered_at is None:
        return ""
    local = history.last_entered_at.astimezone(time_zone)
    moment = said(
        "{day} {month} {year} at {time}",
        day=str(local.day),
        month=Said(MONTHS[local.month - 1]),
        year=str(local.year),
        time=f"{local:%H:%M}",
    )
    if history.last_version:
        return said("entered on {moment}, version {number}", moment=moment, number=history.last_version)
    return said("entered on {moment}", moment=moment)
