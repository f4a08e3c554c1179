"""Where a thing may be dropped: every connector and open end, with the reason where it may not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from app.journey.edits.edit import Edit
from app.journey.edits.move import Mover
from app.journey.edits.move_together import JointMover
from app.journey.edits.paste import Paste
from app.journey.fragment import Fragment
from app.journey.graph import everything_before, has_place, next_at, places
from app.journey.journey import ENTRY, Journey, Place
from app.kernel.errors import UserError
from app.kernel.said import said


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An API Event from the palette."""


@dataclass(frozen=True, slots=True)
class NewActivity:
    """A tile from the palette; `type` is the key of its activity type."""

    type: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A tile that is dragged, alone or with everything after it; called `name` where it is drawn by another one's."""

    key: str
    with_following: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class MovingTogether:
    """Several tiles that are dragged at once."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pasting:
    """Tiles that are pasted."""

    fragment: Fragment


Dragged = NewEntry | NewActivity | Moving | MovingTogether | Pasting

ENTRY_SLOT = Place("")
"""The slot of the entry source itself: where an API Event may be dropped, and nothing else."""


class LegalPlaces(Mapping[Place, str | None]):
    """Every place of a journey with the answer of `reason`, asked when it is looked up: a journey may have thousands of
    places, and a drag comes near few."""

    def __init__(self, journey: Journey, reason: Callable[[Place], str | None]) -> None:
        self._journey = journey
        self._reason = reason

    def __getitem__(self, place: Place) -> str | None:
        if not has_place(self._journey, place):
            raise KeyError(place)
        return self._reason(place)

    def __iter__(self) -> Iterator[Place]:
        return places(self._journey)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def legal_places(journey: Journey, what: Dragged) -> Mapping[Place, str | None]:
    """Every place of the journey, with None where `what` may be dropped and else a sentence that says why not.

    The entry slot is listed for an API Event alone; it may be dropped there also in place of the one that is there.
    """
    if isinstance(what, NewEntry):
        reason = said("An API Event goes to the start of the journey.")
        return {ENTRY_SLOT: None} | dict.fromkeys(places(journey), reason)
    if isinstance(what, Moving):
        return LegalPlaces(journey, Mover(journey, what.key, what.with_following, what.name).reason)
    if isinstance(what, MovingTogether):
        return LegalPlaces(journey, JointMover(journey, what.keys).reason)
    if isinstance(what, Pasting):
        return LegalPlaces(journey, _pasting(journey, what.fragment))
    return LegalPlaces(journey, lambda _place: None)


def legal_targets(journey: Journey, place: Place) -> dict[str, str | None]:
    """Every activity, with None where the open end `place` may be connected to it and else the reason why not."""
    if not has_place(journey, place):
        return dict.fromkeys(journey.activities, said("That way out is no longer there."))
    if next_at(journey, place) is not None:
        return dict.fromkeys(
            journey.activities, said("Something follows there already: only an open end can be connected.")
        )
    if place.source == ENTRY:
        return dict.fromkeys(journey.activities)
    before = everything_before(journey, place.source) | {place.source}
    name = journey.activities[place.source].name
    reason = said("That would be a loop: contacts pass it on their way to {name}.", name=name)
    return {key: reason if key in before else None for key in journey.activities}


def refused(journey: Journey, edit: Edit) -> str | None:
    """Why an edit is not legal in that journey, or None where it is."""
    try:
        edit.patch(journey)
    except UserError as error:
        return error.message
    return None


def _pasting(journey: Journey, fragment: Fragment) -> Callable[[Place], str | None]:
    """Two answers do for all places: one where something follows, one at open ends."""
    answers: dict[bool, str | None] = {}

    def reason(place: Place) -> str | None:
        open_end = next_at(journey, place) is None
        if open_end not in answers:
            answers[open_end] = refused(journey, Paste(fragment, place))
        return answers[open_end]

    return reason
