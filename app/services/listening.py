"""Who listens to which event: the compiled form of the workspace that admission works from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from app.data_extensions.check_row import RowChecker
from app.data_extensions.data_extension import DataExtension
from app.data_extensions.fold import fold
from app.engine.running import Listening, RunningVersion, WaitingTile, linked_sources
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import EMPTY, Attribute, Condition, Group, Literal
from app.filters.xml import from_xml
from app.journey.activities import activity_type
from app.journey.journey import Status
from app.kernel.errors import InvalidInput
from app.services.ports import Version
from app.services.settings import Settings

RESERVED = ("eventInstanceId",)
"""Names that are dropped from the data: the original logs its own guid under them (reference, 2.1)."""


def build_listening(
    versions: Iterable[Version],
    events: Iterable[EventDefinition],
    data_extensions: Iterable[DataExtension],
    time_zone: ZoneInfo,
    settings: Settings,
    inside: Iterable[Version] = (),
) -> dict[str, Listening]:
    """By folded event definition key. `versions` has one of each journey whose entry names an event, `inside` those
    that have contacts."""
    versions = tuple(versions)
    fidelity = settings.fidelity
    waiting = _waiting((*versions, *inside))
    schemas = {each.id: each for each in data_extensions}
    by_event: dict[str, list[Version]] = {}
    for version in versions:
        entry = version.journey.entry
        if entry and entry.event_definition_id:
            by_event.setdefault(entry.event_definition_id, []).append(version)
    found = {}
    for event in events:
        schema = schemas.get(event.data_extension_id or "")
        checker = RowChecker(schema, time_zone, fidelity.rows, reserved=RESERVED) if schema else None
        listeners = tuple(run(version, event, schemas, time_zone, settings) for version in by_event.get(event.id, ()))
        found[fold(event.key)] = Listening(
            event,
            schema,
            checker,
            listeners,
            only_admitted_rows=fidelity.only_admitted_rows,
            primary_keys=fidelity.primary_keys,
            waiting=tuple(waiting.get(fold(event.key), ())),
        )
    return found


def _waiting(versions: Iterable[Version]) -> dict[str, dict[WaitingTile, None]]:
    """The tiles on which contacts wait for an event, each once, by the event's folded key."""
    found: dict[str, dict[WaitingTile, None]] = {}
    for version in versions:
        if version.status is Status.PAUSED and version.pause.get("ProcessWaitUntilEvents") is False:
            continue
        for activity in version.journey.activities.values():
            wake = None if activity.disabled else activity_type(activity.type).woken_by(activity)
            if wake is not None:
                tile = WaitingTile(version.id, activity.key, wake.outcome)
                found.setdefault(fold(wake.event_key), {})[tile] = None
    return found


def run(
    version: Version,
    event: EventDefinition,
    schemas: Mapping[str, DataExtension],
    time_zone: ZoneInfo,
    settings: Settings,
) -> RunningVersion:
    """A stored version, compiled: with what it froze at its activation, or (a draft) with the schemas as they are."""
    frozen = version.frozen
    if frozen:
        event, catalog = frozen.event, frozen.catalog
    else:
        linked = tuple(each for each in schemas.values() if each.link)
        catalog = Catalog(schemas.get(event.data_extension_id or ""), linked)
    running = RunningVersion(
        journey=version.journey,
        event=event,
        catalog=catalog,
        version_id=version.id,
        number=version.number,
        status=version.status,
        time_zone=time_zone,
        criteria=_own_criteria(event, catalog),
        calls=settings.calls,
        test_calls=settings.test_calls,
        keeps_arrivals=bool(version.pause.get("RetainContactInjectionWhileJourneyPaused")),
    )
    asked = set(_asked(running))
    return replace(running, linked=tuple(each for each in catalog.linked if each.id in asked))


def _own_criteria(event: EventDefinition, catalog: Catalog) -> Group:
    """The filter that an imported event brought of its own."""
    if not event.criteria.strip():
        return EMPTY
    try:
        return from_xml(event.criteria, catalog, event.key)
    except InvalidInput:
        # A filter that nobody can read must not let everybody in: this one cannot be asked, and the trace says so.
        return Group(children=(Condition(Attribute("the event's own criteria"), "equal", Literal("")),))


def _asked(running: RunningVersion) -> Iterator[str]:
    """Ids that may be those of linked data extensions whose rows this version reads or writes."""
    for group in running.filters():
        yield from linked_sources(group)
    for activity in running.journey.activities.values():
        yield from _texts(activity.settings)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
