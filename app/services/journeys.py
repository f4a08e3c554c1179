"""What the use cases of journeys share."""

from __future__ import annotations

from app.journey.journey import Status
from app.kernel.errors import InvalidInput, Problem
from app.kernel.said import said
from app.services.ports import UnitOfWork, Version
from app.services.views import JourneyCard, OpenJourney

MAX_NAME = 200


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
    """The name without spaces around it. Raises InvalidInput when nothing is left or it is too long."""
    kept = name.strip()
    problems: tuple[Problem, ...] = ()
    if not kept:
        problems = (Problem("empty", said("The journey has no name."), "name", said("For example: Abandoned cart")),)
    elif len(kept) > MAX_NAME:
        problems = (
            Problem(
                "too_long",
                said("The name has {n} characters.", n=len(kept)),
                "name",
                said("Take at most {most}.", most=MAX_NAME),
            ),
        )
    if problems:
        raise InvalidInput(problems[0].message, problems, where="name", hint=problems[0].hint)
    return kept
