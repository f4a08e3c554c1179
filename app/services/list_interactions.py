"""The versions of journeys as the original's list shows them: searched, ordered, page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.journey.journey import Status
from app.journey.step import EXIT, GOAL
from app.services.goals_of import target_of
from app.services.ports import UnitOfWork, Version
from app.services.read_interaction import Interaction
from app.services.views import JourneyCard
from app.services.workspace import Workspace

_RUNNING = (Status.RUNNING, Status.PAUSED)

Place = tuple[str, int]
"""A journey's id and the number of a version."""


class Shown(Enum):
    """Which versions of a journey a list shows."""

    NEWEST = "newest"
    NEWEST_OR_RUNNING = "the one that runs, else the newest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class InteractionSearch:
    """What a list is asked for. Texts are compared without regard to case, `name` and `name_or_description` as parts;
    an empty one asks for nothing. `order_by` is "name", "modifieddate" or "" (by age)."""

    shown: Shown = Shown.NEWEST
    name: str = ""
    name_or_description: str = ""
    status: str = ""
    key: str = ""
    journey_id: str = ""
    order_by: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class InteractionPage:
    """Some of the versions that fit. `total` counts all of them, `entered` the stays in their journeys so far,
    `with_goal` those that run and have a goal, `meeting_goal` those of them whose goal is reached."""

    items: tuple[Interaction, ...]
    total: int
    entered: int
    with_goal: int = 0
    meeting_goal: int = 0


def list_interactions(ws: Workspace, wanted: InteractionSearch, offset: int, limit: int) -> InteractionPage:
    """The versions that fit, `offset` to `offset + limit` of them. A fixed number of statements, and some for each
    journey of the page."""
    with ws.unit_of_work(writes=False) as work:
        cards = {card.id: card for card in _ordered(wanted, work.journeys.cards())}
        places = [
            (card.id, number)
            for card in cards.values()
            for number in _versions(wanted.shown, card)
            if _fits(wanted, card, number)
        ]
        if wanted.name_or_description:
            places = _described(work, wanted.name_or_description, cards, places)
        populations = work.log.populations({journey_id for journey_id, _ in places})
        page = places[offset : offset + limit]
        versions = work.journeys.some(page)
        reading = _Reading(work)
        items = tuple(
            reading.interaction(versions[place], cards[place[0]], populations.get(place[0], (0, 0))) for place in page
        )
        goals = _goals(work, cards, places, populations)
    return InteractionPage(items, len(places), sum(entered for _, entered in populations.values()), *goals)


def _goals(
    work: UnitOfWork, cards: dict[str, JourneyCard], places: Sequence[Place], populations: Mapping[str, tuple[int, int]]
) -> tuple[int, int]:
    """How many of the places run and have a goal, and how many reached it."""
    running = [place for place in places if dict(cards[place[0]].versions)[place[1]] is Status.RUNNING]
    targets = [
        (journey_id, target)
        for (journey_id, _), version in work.journeys.some(running).items()
        if (target := target_of(version.journey)) is not None
    ]
    met = sum(
        target.is_met(work.log.met_counts(journey_id).get(GOAL, 0), populations.get(journey_id, (0, 0))[1])
        for journey_id, target in targets
    )
    return len(targets), met


def _ordered(wanted: InteractionSearch, cards: Sequence[JourneyCard]) -> list[JourneyCard]:
    """By age unless told otherwise: a fixed order, so that pages do not repeat."""
    found = sorted(cards, key=lambda card: card.id)
    if wanted.order_by in ("name", "modifieddate"):
        by_name = wanted.order_by == "name"
        found.sort(
            key=lambda card: (card.name.lower() if by_name else "", card.modified_at.timestamp()),
            reverse=wanted.descending,
        )
    return found


def _versions(shown: Shown, card: JourneyCard) -> tuple[int, ...]:
    if shown is Shown.ALL:
        return tuple(number for number, _ in card.versions)
    running = [number for number, status in card.versions if status in _RUNNING]
    return (running[-1] if running and shown is Shown.NEWEST_OR_RUNNING else card.version,)


def _fits(wanted: InteractionSearch, card: JourneyCard, number: int) -> bool:
    own = dict(card.versions)[number]
    return (
        wanted.name.lower() in card.name.lower()
        and wanted.status.lower() in ("", own.value.lower())
        and wanted.key.lower() in ("", card.key.lower())
        and wanted.journey_id.lower() in ("", card.id)
    )


def _described(work: UnitOfWork, text: str, cards: dict[str, JourneyCard], places: Sequence[Place]) -> list[Place]:
    """The places whose name or description holds the text."""
    named = {place for place in places if text.lower() in cards[place[0]].name.lower()}
    others = work.journeys.some([place for place in places if place not in named])
    described = {place for place, version in others.items() if text.lower() in version.journey.description.lower()}
    return [place for place in places if place in named or place in described]


class _Reading:
    """Reads interactions of one unit of work; the schemas, which all drafts share, are read once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._events = {event.id: event for event in work.events.all()}
        self._schemas = {schema.id: schema for schema in work.data_extensions.all()}
        self._linked = tuple(schema for schema in self._schemas.values() if schema.link)

    def interaction(self, version: Version, card: JourneyCard, population: tuple[int, int]) -> Interaction:
        """A version with all that the list says of it."""
        event: EventDefinition | None
        if version.frozen:
            event, catalog = version.frozen.event, version.frozen.catalog
        else:
            entry = version.journey.entry
            event = self._events.get(entry.event_definition_id or "") if entry else None
            own = self._schemas.get(event.data_extension_id or "") if event else None
            catalog = Catalog(own, self._linked)
        met = self._work.log.met_counts(card.id)
        return Interaction(version, event, catalog, card.versions, *population, met.get(GOAL, 0), met.get(EXIT, 0))
