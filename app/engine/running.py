"""A version of a journey as it runs: its frozen snapshot, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from app.data_extensions.check_row import PrimaryKeys, RowChecker
from app.data_extensions.data_extension import DataExtension, Value
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.dates import today
from app.filters.prune import follows_calendar
from app.filters.tree import EMPTY, EVENT, Attribute, Group, Node, OtherAttribute, Range
from app.journey.activities import activity_type
from app.journey.calls import CallPolicy
from app.journey.criteria import judged_everywhere, read_criteria
from app.journey.journey import Activity, Journey, Status
from app.kernel.errors import InvalidInput

Record = Mapping[str, Value]
"""A contact as filters see it: field ids to values, event data and linked rows together."""

Match = Callable[[Record], bool]


@dataclass(frozen=True)
class RunningVersion:
    """A version with what it needs to decide: `catalog.event` is the schema as it was at activation, `criteria` the
    filter that an imported event brought of its own, `linked` the linked data extensions that it really asks.

    `calls`: what REST activities may do, `test_calls`: in tests too. `keeps_arrivals`: while it is paused, arrivals are
    queued instead of dropped. `supposed`: a draft that a dry run takes for active. Made once and kept as long as the
    workspace's epoch stands; used by one thread at a time.
    """

    journey: Journey
    event: EventDefinition
    catalog: Catalog
    version_id: str
    number: int
    status: Status
    time_zone: ZoneInfo
    criteria: Group = EMPTY
    keeps_arrivals: bool = False
    linked: tuple[DataExtension, ...] = ()
    calls: CallPolicy = CallPolicy.RECORD
    test_calls: bool = False
    supposed: bool = False
    _compiled: dict[int, tuple[Group, date | None, Match]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def entry_filter(self) -> Group:
        """Filter Contacts and, ANDed, the imported event's own criteria."""
        own = self.journey.entry.filter if self.journey.entry else EMPTY
        if not self.criteria.children:
            return own
        return Group(children=(self.criteria, own)) if own.children else self.criteria

    @cached_property
    def judged_everywhere(self) -> tuple[Activity, ...]:
        """The tiles whose criteria are asked of every contact at its entry, while it waits and after that. Goals first:
        who reached one and meets an exit criterion too has reached it."""
        tiles = [each for each in self.journey.activities.values() if judged_everywhere(each)]
        return tuple(sorted(tiles, key=lambda each: activity_type(each.type).key != "goal"))

    def admits(self, record: Record, now: datetime) -> bool:
        """Whether the entry filter lets this record pass."""
        own = self.journey.entry.filter if self.journey.entry else EMPTY
        if self.criteria.children and not self.matches(self.criteria, record, now):
            return False
        return not own.children or self.matches(own, record, now)

    def matches(self, group: Group, record: Record, now: datetime) -> bool:
        """Ask one of this version's filters; one with relative dates is compiled anew on another day."""
        known = self._compiled.get(id(group))
        if known is None or (known[1] is not None and known[1] != today(now, self.time_zone)):
            day = today(now, self.time_zone) if follows_calendar(group) else None
            # The group is kept beside its function: an id is only a name as long as its object lives.
            known = (group, day, _compile(group, self.catalog, now, self.time_zone))
            self._compiled[id(group)] = known
        return known[2](record)

    def filters(self) -> Iterator[Group]:
        """Every filter of this version: the entry's and those of its outcomes."""
        yield self.entry_filter
        for activity in self.journey.activities.values():
            for outcome in activity.outcomes:
                if outcome.filter is not None:
                    yield outcome.filter
            criteria = read_criteria(activity)
            if criteria is not None:
                yield criteria


def _compile(group: Group, catalog: Catalog, now: datetime, time_zone: ZoneInfo) -> Match:
    try:
        return compile_filter(group, catalog, now, time_zone)
    except InvalidInput:
        # Activation refuses such a filter; should one run all the same, nobody passes, and the trace says why.
        return lambda _record: False


def linked_sources(node: Node) -> set[str]:
    """Ids of the linked data extensions that a filter asks."""
    return {each.source for each in _attributes(node) if each.source != EVENT}


def _attributes(node: Node) -> Iterator[Attribute]:
    if isinstance(node, Group):
        for child in node.children:
            yield from _attributes(child)
        return
    yield node.attribute
    operands = (node.operand.low, node.operand.high) if isinstance(node.operand, Range) else (node.operand,)
    for operand in operands:
        if isinstance(operand, OtherAttribute):
            yield operand.attribute


@dataclass(frozen=True, slots=True)
class WaitingTile:
    """A tile of a version on which contacts wait for an event, and the outcome by which they go on when it comes."""

    version_id: str
    activity_key: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Listening:
    """Who listens to an event definition: `versions` has one version of each journey whose entry source names it (the
    running one, else the paused one, else the newest). `data_extension` is as it is now, and `checker` checks rows
    against it; both None when the event populates none. `only_admitted_rows`: no row for whom no journey admits.
    `primary_keys`: what becomes of a key that a row has already.
    `waiting` are the tiles, of any version with contacts inside, that the event lets contacts go on from."""

    event: EventDefinition
    data_extension: DataExtension | None = None
    checker: RowChecker | None = None
    versions: tuple[RunningVersion, ...] = ()
    only_admitted_rows: bool = False
    primary_keys: PrimaryKeys = PrimaryKeys.UPDATE
    waiting: tuple[WaitingTile, ...] = ()
