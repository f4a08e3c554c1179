"""A version of a journey with all that the original's JSON says of it."""

from __future__ import annotations

from dataclasses import dataclass

from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.journey.journey import Status
from app.journey.step import EXIT, GOAL
from app.kernel.errors import NotFound
from app.services.journey_context import context_of
from app.services.ports import UnitOfWork, Version
from app.services.views import JourneyCard
from app.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Interaction:
    """A version, its event, what its filters may ask, and how many contacts are in the journey, were, and met its
    goal and its exit criteria."""

    version: Version
    event: EventDefinition | None
    catalog: Catalog
    versions: tuple[tuple[int, Status], ...]
    inside: int
    entered: int
    met_goal: int = 0
    met_exit: int = 0


def read_interaction(ws: Workspace, *, journey_id: str = "", key: str = "", number: int | None = None) -> Interaction:
    """That version, or the newest, of the journey with that id or that key (in any case). Raises NotFound."""
    with ws.unit_of_work(writes=False) as work:
        return interaction_of(ws, work, find_journey(work, journey_id=journey_id, key=key).id, number)


def interaction_of(ws: Workspace, work: UnitOfWork, journey_id: str, number: int | None) -> Interaction:
    """The same in an open unit of work."""
    version = work.journeys.version(journey_id, number)
    event: EventDefinition | None
    if version.frozen:
        event, catalog = version.frozen.event, version.frozen.catalog
    else:
        context = context_of(work, version.journey, ws.clock.now())
        event, catalog = context.event, context.catalog
    inside, entered = work.log.population(journey_id)
    met = work.log.met_counts(journey_id)
    numbers = work.journeys.numbers(journey_id)
    return Interaction(version, event, catalog, numbers, inside, entered, met.get(GOAL, 0), met.get(EXIT, 0))


def find_journey(work: UnitOfWork, *, journey_id: str = "", key: str = "") -> JourneyCard:
    """The card of the journey with that id or that key, in any case. Raises NotFound."""
    for card in work.journeys.cards(journey_id.lower() if journey_id and not key else None):
        if (journey_id and card.id == journey_id.lower()) or (key and card.key.lower() == key.lower()):
            return card
    raise NotFound(f"There is no journey {(key or journey_id)[:200]}.", where="key" if key else "id")
