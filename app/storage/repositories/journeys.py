"""Journeys and their versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, Subquery, bindparam, func, insert, select, update

from app.data_extensions.document import from_document as schema_from_document
from app.data_extensions.document import to_document as schema_to_document
from app.events.event_definition import EventDefinition
from app.journey.document import from_document, to_document
from app.journey.journey import Status
from app.kernel.errors import NotFound
from app.kernel.said import bare, said
from app.services.ports import Frozen, Paused, Version
from app.services.views import JourneyCard
from app.storage.moments import from_micros, to_micros
from app.storage.statements import chunks
from app.storage.tables import TEXT, decision, journey, journey_version, membership

_LISTENS = {Status.RUNNING: 0, Status.PAUSED: 1}
"""Which version of a journey answers an event: the running one, else the paused one, else the newest."""

_DELETED = "Deleted"
"""The original's word for a version that was deleted. Its row stays for the history of its contacts."""


class SqlJourneys:
    """The tables `journey` and `journey_version`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cards(self, journey_id: str | None = None) -> tuple[JourneyCard, ...]:
        """Cards of all journeys, or of that one, newest change first. One statement, whatever their number."""
        rows = self._connection.execute(_ALL_CARDS if journey_id is None else _ONE_CARD, {"journey_id": journey_id})
        found: dict[str, list[Row[Any]]] = {}
        for row in rows:
            found.setdefault(row.id, []).append(row)
        cards = [_card(versions) for versions in found.values()]
        return tuple(sorted(cards, key=lambda card: card.modified_at, reverse=True))

    def names(self) -> Mapping[str, str]:
        """Id to name of every journey that was not deleted."""
        rows = self._connection.execute(select(journey.c.id, journey.c.name).where(journey.c.deleted_at.is_(None)))
        return {row.id: row.name for row in rows}

    def version(self, journey_id: str, number: int | None = None) -> Version:
        """That version, or the newest. Raises NotFound."""
        query = _VERSIONS.where(journey_version.c.journey_id == journey_id)
        if number is not None:
            query = query.where(journey_version.c.number == number)
        row = self._connection.execute(query.order_by(journey_version.c.number.desc()).limit(1)).first()
        if row is None:
            what = said("journey") if number is None else said("version {number} of the journey", number=number)
            raise NotFound(said("There is no such {what}; it may have been deleted.", what=what), where=journey_id)
        return _version(row)

    def some(self, places: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Version]:
        """The versions with these journeys' ids and numbers, without their undo histories."""
        found = {}
        for part in chunks(sorted({journey_id for journey_id, _ in places})):
            wanted = {place for place in places if place[0] in part}
            numbers = {number for _, number in wanted}
            question = _VERSIONS.where(journey_version.c.journey_id.in_(part), journey_version.c.number.in_(numbers))
            for row in self._connection.execute(question):
                if (row.journey_id, row.number) in wanted:
                    found[row.journey_id, row.number] = _version(row, with_history=False)
        return found

    def by_id(self, version_id: str) -> Version:
        """The version with that id, of a deleted journey too. Raises NotFound."""
        row = self._connection.execute(select(journey_version).where(journey_version.c.id == version_id)).first()
        if row is None:
            raise NotFound(said("There is no such version."), where=version_id)
        return _version(row)

    def numbers(self, journey_id: str) -> tuple[tuple[int, Status], ...]:
        """Numbers and statuses of the versions, oldest first."""
        rows = self._connection.execute(
            select(journey_version.c.number, journey_version.c.status)
            .where(journey_version.c.journey_id == journey_id, _THERE)
            .order_by(journey_version.c.number)
        )
        return tuple((row.number, Status(row.status)) for row in rows)

    def listening(self) -> tuple[Version, ...]:
        """One version of each journey whose entry names an event; without the undo histories."""
        best: dict[str, Row[Any]] = {}
        for row in self._connection.execute(_LISTENERS):
            other = best.get(row.journey_id)
            if other is None or _rank(row) < _rank(other):
                best[row.journey_id] = row
        chosen = _VERSIONS.where(journey_version.c.id.in_(sorted(row.id for row in best.values())))
        return tuple(_version(row, with_history=False) for row in self._connection.execute(chosen))

    def active(self) -> tuple[Version, ...]:
        """The versions in which contacts go on; without the undo histories."""
        wanted = (Status.RUNNING.value, Status.FINISHING.value)
        chosen = _VERSIONS.where(journey_version.c.status.in_(wanted))
        return tuple(_version(row, with_history=False) for row in self._connection.execute(chosen))

    def inside(self) -> tuple[Version, ...]:
        """The versions that contacts are in; without the undo histories."""
        occupied = select(membership.c.version_id).where(membership.c.ended_at.is_(None)).distinct()
        chosen = _VERSIONS.where(journey_version.c.id.in_(occupied))
        return tuple(_version(row, with_history=False) for row in self._connection.execute(chosen))

    def add(self, version: Version, now: datetime) -> None:
        """Keep a new version, and the journey itself if it is its first."""
        mine = journey.c.id == version.journey.id
        if self._connection.execute(select(journey.c.id).where(mine)).first() is None:
            self._connection.execute(
                insert(journey).values(
                    id=version.journey.id,
                    key=version.journey.key,
                    name=version.journey.name,
                    created_at=to_micros(now),
                    modified_at=to_micros(now),
                )
            )
        values = _values(version) | {
            "id": version.id,
            "journey_id": version.journey.id,
            "number": version.number,
            "created_at": to_micros(now),
        }
        self._connection.execute(insert(journey_version).values(values))
        self._touch(version, now)

    def save(self, version: Version, now: datetime) -> None:
        """Keep everything of a version that is there. A change of the journey's name or key counts at once."""
        mine = journey_version.c.id == version.id
        self._connection.execute(update(journey_version).where(mine).values(_values(version)))
        self._touch(version, now)

    def set_status(
        self, version_id: str, status: Status, now: datetime, pause: Mapping[str, Any] | None = None
    ) -> None:
        """Change a version's status; `pause` are the choices of a pause, or what a stop did."""
        values: dict[str, Any] = {"status": status.value, "pause": _json(pause) if pause is not None else None}
        if status is Status.STOPPED:
            values["ended_at"] = to_micros(now)
        self._set(version_id, values, now)

    def _set(self, version_id: str, values: Mapping[str, Any], now: datetime) -> None:
        self._connection.execute(update(journey_version).where(journey_version.c.id == version_id).values(values))
        home = select(journey_version.c.journey_id).where(journey_version.c.id == version_id).scalar_subquery()
        self._connection.execute(update(journey).where(journey.c.id == home).values(modified_at=to_micros(now)))

    def going_with(self, text: str) -> tuple[str, ...]:
        """Names of the journeys with an active version that holds that id anywhere."""
        going = [status.value for status in (Status.RUNNING, Status.PAUSED, Status.FINISHING)]
        rows = self._connection.execute(
            select(journey.c.name)
            .join(journey_version, journey_version.c.journey_id == journey.c.id)
            .where(journey.c.deleted_at.is_(None), journey_version.c.status.in_(going))
            .where(journey_version.c.document.contains(text, autoescape=True))
            .distinct()
            .order_by(journey.c.name)
        )
        return tuple(row.name for row in rows)

    def next_number(self, journey_id: str) -> int:
        """The number of the journey's next version; those that were deleted keep theirs."""
        last = select(func.max(journey_version.c.number)).where(journey_version.c.journey_id == journey_id)
        return int(self._connection.scalar(last) or 0) + 1

    def has_contacts(self, version_id: str) -> bool:
        """Whether a contact is inside that version."""
        inside = select(membership.c.id).where(membership.c.version_id == version_id, membership.c.ended_at.is_(None))
        return self._connection.execute(inside.limit(1)).first() is not None

    def paused(self) -> tuple[Paused, ...]:
        """The versions that are paused."""
        rows = self._connection.execute(_PAUSES)
        return tuple(Paused(row.journey_id, row.number, msgspec.json.decode(row.pause or "{}")) for row in rows)

    def delete_version(self, version_id: str, now: datetime) -> None:
        """Take one version off its journey; the history of its contacts stays."""
        self._set(version_id, {"status": _DELETED, "pause": None}, now)

    def delete(self, journey_id: str, now: datetime) -> None:
        """Take a journey off the list; the history of its contacts stays."""
        self._connection.execute(update(journey).where(journey.c.id == journey_id).values(deleted_at=to_micros(now)))

    def by_event(self) -> Mapping[str, tuple[tuple[str, Status], ...]]:
        """Event definition id to (journey's name, status) of the versions that name it."""
        rows = self._connection.execute(
            select(
                journey.c.id,
                journey.c.name,
                journey_version.c.number,
                journey_version.c.status,
                journey_version.c.event_definition_id,
            )
            .join(journey_version, journey_version.c.journey_id == journey.c.id)
            .where(journey.c.deleted_at.is_(None), _THERE)
            .order_by(journey.c.name, journey.c.id, journey_version.c.number)
        ).all()
        newest = {row.id: row.number for row in rows}
        users: dict[str, list[tuple[str, Status]]] = {}
        for row in rows:
            status = Status(row.status)
            counts = row.number == newest[row.id] or status in _LISTENS
            if counts and row.event_definition_id is not None:
                users.setdefault(row.event_definition_id, []).append((row.name, status))
        return {event: tuple(names) for event, names in users.items()}

    def _touch(self, version: Version, now: datetime) -> None:
        self._connection.execute(
            update(journey)
            .where(journey.c.id == version.journey.id)
            .values(name=version.journey.name, key=version.journey.key, modified_at=to_micros(now))
        )


_THERE = journey_version.c.status != _DELETED

_VERSIONS: Select[Any] = (
    select(journey_version)
    .join(journey, journey.c.id == journey_version.c.journey_id)
    .where(journey.c.deleted_at.is_(None), _THERE)
)

_PAUSES: Select[Any] = (
    select(journey_version.c.journey_id, journey_version.c.number, journey_version.c.pause)
    .join(journey, journey.c.id == journey_version.c.journey_id)
    .where(journey.c.deleted_at.is_(None), journey_version.c.status == Status.PAUSED.value)
    .order_by(journey_version.c.id)
)

# Few columns, so that the documents of all old versions are not read to find the few that count.
_LISTENERS: Select[Any] = (
    select(journey_version.c.id, journey_version.c.journey_id, journey_version.c.number, journey_version.c.status)
    .join(journey, journey.c.id == journey_version.c.journey_id)
    .where(journey.c.deleted_at.is_(None), journey_version.c.event_definition_id.is_not(None), _THERE)
)

# The newest decision of a journey is at the end of its stretch of the key.
_NEWEST_EVENT = (
    select(decision.c.at)
    .where(decision.c.journey_id == journey.c.id)
    .order_by(decision.c.event_instance_id.desc())
    .limit(1)
    .correlate(journey)
    .scalar_subquery()
)


def _cards(inside: Subquery) -> Select[Any]:
    """A row for each version; `inside` gives the contacts inside by journey, from their small partial index."""
    return (
        select(
            journey.c.id,
            journey.c.key,
            journey.c.name,
            journey.c.modified_at,
            journey_version.c.number,
            journey_version.c.status,
            func.coalesce(inside.c.inside, 0).label("inside"),
            _NEWEST_EVENT.label("last_event_at"),
        )
        .select_from(journey)
        .join(journey_version, journey_version.c.journey_id == journey.c.id)
        .join(inside, inside.c.journey_id == journey.c.id, isouter=True)
        .where(journey.c.deleted_at.is_(None), _THERE)
        .order_by(journey.c.id, journey_version.c.number)
    )


_MINE = bindparam("journey_id", type_=TEXT)
_INSIDE = (
    select(membership.c.journey_id, func.count().label("inside"))
    .where(membership.c.ended_at.is_(None))
    .group_by(membership.c.journey_id)
)
_ALL_CARDS = _cards(_INSIDE.subquery("inside"))
_ONE_CARD = _cards(_INSIDE.where(membership.c.journey_id == _MINE).subquery("inside")).where(journey.c.id == _MINE)


def _card(versions: list[Row[Any]]) -> JourneyCard:
    newest = versions[-1]
    return JourneyCard(
        id=newest.id,
        key=newest.key,
        name=newest.name,
        status=Status(newest.status),
        version=newest.number,
        inside=newest.inside,
        modified_at=from_micros(newest.modified_at),
        last_event_at=from_micros(newest.last_event_at),
        versions=tuple((row.number, Status(row.status)) for row in versions),
    )


def _rank(row: Row[Any]) -> tuple[int, int]:
    return _LISTENS.get(Status(row.status), 2), -row.number


def _values(version: Version) -> dict[str, Any]:
    entry = version.journey.entry
    return {
        "status": version.status.value,
        "event_definition_id": entry.event_definition_id if entry else None,
        "saved_at": to_micros(version.saved_at),
        "activated_at": to_micros(version.activated_at),
        "ended_at": to_micros(version.ended_at),
        "pause": _json(version.pause) if version.pause else None,
        "document": _json(to_document(version.journey)),
        "frozen": _json(_frozen_document(version.frozen)) if version.frozen else None,
        "history": _json(version.history) if version.history else None,
    }


def _version(row: Row[Any], *, with_history: bool = True) -> Version:
    return Version(
        id=row.id,
        journey=from_document(msgspec.json.decode(row.document)),
        number=row.number,
        # Of a deleted version only the history of its contacts asks: for them it was stopped.
        status=Status.STOPPED if row.status == _DELETED else Status(row.status),
        saved_at=from_micros(row.saved_at),
        activated_at=from_micros(row.activated_at),
        ended_at=from_micros(row.ended_at),
        frozen=_frozen(msgspec.json.decode(row.frozen)) if row.frozen else None,
        pause=msgspec.json.decode(row.pause) if row.pause else {},
        history=msgspec.json.decode(row.history) if row.history and with_history else {},
        created_at=from_micros(row.created_at),
    )


def _frozen_document(frozen: Frozen) -> dict[str, Any]:
    event = frozen.event
    return {
        "event": {
            "id": event.id,
            "key": event.key,
            "name": event.name,
            "data_extension_id": event.data_extension_id,
            "description": event.description,
            "criteria": event.criteria,
        },
        "data_extension": schema_to_document(frozen.data_extension) if frozen.data_extension else None,
        "linked": [schema_to_document(each) for each in frozen.linked],
    }


def _frozen(document: Mapping[str, Any]) -> Frozen:
    schema = document["data_extension"]
    linked: Iterable[Mapping[str, Any]] = document["linked"]
    return Frozen(
        event=EventDefinition(activated=True, **document["event"]),
        data_extension=schema_from_document(schema) if schema else None,
        linked=tuple(schema_from_document(each) for each in linked),
    )


def _json(value: Mapping[str, Any]) -> str:
    return msgspec.json.encode(value, enc_hook=bare).decode()
