"""What the use cases of journeys share."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import InvalidInput
from app.kernel.names import name_problem, one_line
from app.kernel.said import said
from app.services.ports import UnitOfWork, Version
from app.services.views import JourneyCard, OpenJourney


def opened(work: UnitOfWork, version: Version) -> OpenJourney:
    """A stored version as the window opens it."""
    return OpenJourney(
        journey=version.journey,
        version_id=version.id,
        number=version.number,
        status=version.status,
        saved_at=version.saved_at,
        versions=work.journeys.numbers(version.journey.id),
        history=version.history,
        pause=version.pause if version.status is Status.PAUSED else {},
    )


def card(work: UnitOfWork, journey_id: str) -> JourneyCard:
    """The card of one journey."""
    return work.journeys.cards(journey_id)[0]


def checked_name(name: str) -> str:
    """The name on one line. Raises InvalidInput when nothing is left, it is too long or has unseen characters."""
    kept = one_line(name)
    problem = name_problem(kept, said("The journey has no name."), "Abandoned cart")
    if problem is not None:
        raise InvalidInput(problem.message, (problem,), where="name", hint=problem.hint)
    return kept
