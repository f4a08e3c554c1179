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

JOURNEY = "Journey"
FILTER = "Filter Contacts"
MODE = "Entry mode"


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


NOT_ASKED = "Not asked."


def _admitted(version: RunningVersion, contact_key: str, decided: Decided, dry_run: bool) -> str:
    entered, stopped = ("would enter", "It would be stopped") if dry_run else ("entered", "It was stopped")
    sentence = f"{contact_key} {entered} {version.journey.name} (version {version.number})."
    if decided.stretch and decided.stretch.fault:
        return f"{sentence} {stopped} there: {decided.stretch.fault}"
    return sentence


def _journey_line(version: RunningVersion, reason: Reason | None) -> _Line:
    name, number = version.journey.name, version.number
    if reason is Reason.QUEUED:
        return _Line(
            False,
            f"{name} (version {number}) is paused and keeps arrivals: the contact is asked again when it is resumed.",
            f"Resume {name}.",
        )
    if version.supposed:
        return _Line(True, f"{name} (version {number}) is a draft, asked as if it were active.")
    if reason is not Reason.NOT_PUBLISHED:
        return _Line(True, f"{name} (version {number}) is running.")
    sentence, remedy = _NOT_RUNNING.get(version.status, _NOT_RUNNING[Status.DRAFT])
    return _Line(False, sentence.format(name=name, number=number), remedy.format(name=name, number=number))


_NOT_RUNNING = {
    Status.DRAFT: ("{name} (version {number}) is a draft: nobody enters before it is activated.", "Activate {name}."),
    Status.PAUSED: ("{name} (version {number}) is paused and lets nobody in.", "Resume {name}."),
    Status.STOPPED: (
        "{name} (version {number}) was stopped: nobody enters any more.",
        "Activate a new version of {name}.",
    ),
    Status.FINISHING: (
        "{name} (version {number}) is finishing: those inside go on, nobody new enters.",
        "Activate a new version of {name}.",
    ),
}


def _ask_filter(version: RunningVersion, decided: Decided, at: datetime) -> tuple[Explanation | None, _Line]:
    if not version.entry_filter.children:
        return None, _Line(True, "No filter: everyone passes.")
    try:
        found = explain(version.entry_filter, version.catalog, decided.record, at, version.time_zone)
    except InvalidInput as broken:
        line = _Line(False, f"The filter cannot be asked: {broken.message}", "Mend the filter in a new version.")
        return None, line
    if found.ok is False:
        return found, _Line(False, found.reason(), found.remedy())
    return found, _Line(True, "The contact meets the filter.")


def _mode_line(version: RunningVersion, reason: Reason | None, history: History, contact_key: str) -> _Line:
    mode = version.journey.entry_mode
    if reason is Reason.PREVIOUSLY_IN:
        return _Line(
            False,
            f"{contact_key} was in {version.journey.name} before{_when(history, version.time_zone)}, "
            f"and the entry mode {mode.label} lets a contact in once, across all versions.",
            "Fire another contact, clear the test contacts, or choose another entry mode in a new version.",
        )
    if reason is Reason.CURRENTLY_IN:
        return _Line(
            False,
            f"{contact_key} is inside {version.journey.name} now{_when(history, version.time_zone)}, "
            f"and the entry mode {mode.label} lets it in again only when it has left.",
            f"Wait until {contact_key} leaves the journey, or take it out with Remove from journey.",
        )
    return _Line(True, _LET_IN.get(mode, "").format(contact=contact_key, label=mode.label))


_LET_IN = {
    EntryMode.NO_REENTRY: "{label}: {contact} was never in this journey.",
    EntryMode.ANY_TIME: "{label}: everyone may enter, any number of times.",
    EntryMode.AFTER_EXIT: "{label}: {contact} is not inside.",
    EntryMode.NOT_SET: "No entry mode is set.",
}


def _when(history: History, time_zone: ZoneInfo) -> str:
    if history.last_entered_at is None:
        return ""
    moment = history.last_entered_at.astimezone(time_zone)
    version = f", version {history.last_version}" if history.last_version else ""
    return f" (entered on {moment.day} {moment:%B %Y at %H:%M}{version})"
