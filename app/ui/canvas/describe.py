"""From a journey's parts to what their tiles say."""

from __future__ import annotations

from app.journey.activities import activity_type
from app.journey.context import JourneyContext
from app.journey.journey import Activity, Journey
from app.kernel.errors import Problem, Severity
from app.ui.canvas.tile import Tile
from app.ui.translation import shown, tr, trn


def describe_activity(activity: Activity, context: JourneyContext, problems: tuple[Problem, ...]) -> Tile:
    """The tile of an activity; an unknown type is shown as such and says its own name."""
    leaf = activity_type(activity.type)
    return Tile(
        title=activity.name or tr(leaf.label),
        summary=shown(leaf.summary(activity, context)),
        icon=leaf.icon,
        category=leaf.category,
        severity=worst(problems),
        problems=len(problems),
        disabled=activity.disabled,
    )


def describe_group(group: Activity, problems: tuple[Problem, ...]) -> Tile:
    """The tile of a folded group; `problems` are those of its tiles."""
    return Tile(
        group.name,
        trn("{n} tile, folded", "{n} tiles, folded", len(group.settings["members"])),
        "group",
        "unknown",
        worst(problems),
        len(problems),
        disabled=group.disabled,
    )


def describe_entry(journey: Journey, context: JourneyContext, problems: tuple[Problem, ...], listeners: int) -> Tile:
    """The Summary tile, or, before an event is chosen, the tile that says what to do. `listeners` counts the journeys
    of the workspace that the event feeds, 0 where that is not known."""
    entry = journey.entry
    assert entry is not None
    severity, count = worst(problems), len(problems)
    if context.event is None:
        chosen = tr("The chosen event is gone") if entry.event_definition_id else tr("A call admits a contact")
        words = tr("Choose another event") if entry.event_definition_id else tr("Click to choose an event")
        return Tile(entry.name, chosen, "api-event", "entry", severity, count, teaching=words, is_entry=True)
    from app.filters.sentence import sentence

    schema = context.schema
    data = (
        trn("{name} · {n} field", "{name} · {n} fields", len(schema.fields), name=schema.name)
        if schema
        else tr("No data extension")
    )
    asks = shown(sentence(entry.filter, context.catalog)) if entry.filter.children else tr("None: everyone enters")
    summary = (
        trn("API Event · listens in {n} journey", "API Event · listens in {n} journeys", listeners)
        if listeners > 1
        else tr("API Event")
    )
    return Tile(
        title=context.event.name,
        summary=summary,
        icon="api-event",
        category="entry",
        severity=severity,
        problems=count,
        rows=((tr("Data"), data), (tr("Filter"), asks), (tr("Entry"), tr(journey.entry_mode.label))),
        event_key=context.event.key,
        is_entry=True,
    )


def worst(problems: tuple[Problem, ...]) -> str:
    """ "error", "warning" or "": what the badge shows."""
    severities = {problem.severity for problem in problems}
    if Severity.ERROR in severities:
        return "error"
    return "warning" if Severity.WARNING in severities else ""
