"""What the use cases need from the storage room. One protocol a concern; storage implements them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self

from app.data_extensions.check_row import CheckedRow
from app.data_extensions.data_extension import DataExtension, Value
from app.events.event_definition import EventDefinition
from app.filters.catalog import Catalog
from app.filters.tree import Group
from app.journey.journey import Journey, Status
from app.services.calls import Calls
from app.services.event_log import EventLog
from app.services.stays import Stays
from app.services.views import FilterCount, JourneyCard, RowPage


@dataclass(frozen=True, slots=True)
class Frozen:
    """What an active version took with it: the event, its data extension and the linked ones that its filters ask."""

    event: EventDefinition
    data_extension: DataExtension | None
    linked: tuple[DataExtension, ...] = ()

    @property
    def catalog(self) -> Catalog:
        """The schemas as filters ask them."""
        return Catalog(self.data_extension, self.linked)


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version. `history` is a draft's undo history; `frozen` is set from its activation on; `pause` holds
    the choices of a pause."""

    id: str
    journey: Journey
    number: int
    status: Status
    saved_at: datetime
    activated_at: datetime | None = None
    ended_at: datetime | None = None
    frozen: Frozen | None = None
    pause: Mapping[str, Any] = field(default_factory=dict)
    history: Mapping[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """A version that is paused, with the choices of its pause."""

    journey_id: str
    number: int
    pause: Mapping[str, Any]


class Journeys(Protocol):
    """Journeys and their versions. A version that was deleted is found by its id alone."""

    def cards(self, journey_id: str | None = None) -> tuple[JourneyCard, ...]:
        """Cards of all journeys, or of that one, newest change first."""
        ...

    def names(self) -> Mapping[str, str]:
        """Id to name of every journey that was not deleted."""
        ...

    def version(self, journey_id: str, number: int | None = None) -> Version:
        """That version, or the newest. Raises NotFound."""
        ...

    def some(self, places: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], Version]:
        """The versions with these journeys' ids and numbers, those that are there, without their undo histories."""
        ...

    def by_id(self, version_id: str) -> Version:
        """The version with that id, of a deleted journey too. Raises NotFound."""
        ...

    def numbers(self, journey_id: str) -> tuple[tuple[int, Status], ...]:
        """Numbers and statuses of the versions, oldest first."""
        ...

    def listening(self) -> tuple[Version, ...]:
        """One version of each journey whose entry names an event: the running one, else the paused one, else the
        newest."""
        ...

    def active(self) -> tuple[Version, ...]:
        """The versions in which contacts go on: those that run and those that finish; without the undo histories."""
        ...

    def add(self, version: Version, now: datetime) -> None:
        """Keep a new version, and the journey itself if it is its first."""
        ...

    def save(self, version: Version, now: datetime) -> None:
        """Keep everything of a version that is there. A change of the journey's name or key counts at once."""
        ...

    def set_status(
        self, version_id: str, status: Status, now: datetime, pause: Mapping[str, Any] | None = None
    ) -> None:
        """Change a version's status; `pause` are the choices of a pause."""
        ...

    def going_with(self, text: str) -> tuple[str, ...]:
        """Names of the journeys with an active version that holds that id anywhere."""
        ...

    def next_number(self, journey_id: str) -> int:
        """The number of the journey's next version; those that were deleted keep theirs."""
        ...

    def has_contacts(self, version_id: str) -> bool:
        """Whether a contact is inside that version."""
        ...

    def paused(self) -> tuple[Paused, ...]:
        """The versions that are paused."""
        ...

    def delete_version(self, version_id: str, now: datetime) -> None:
        """Take one version off its journey; the history of its contacts stays."""
        ...

    def delete(self, journey_id: str, now: datetime) -> None:
        """Take a journey off the list; the history of its contacts stays."""
        ...

    def by_event(self) -> Mapping[str, tuple[tuple[str, Status], ...]]:
        """Event definition id to (journey's name, status) of the versions that name it: the newest of a journey, and
        any that still runs."""
        ...


class Events(Protocol):
    """Event definitions."""

    def all(self) -> tuple[EventDefinition, ...]:
        """All, by name."""
        ...

    def dated(self) -> tuple[tuple[EventDefinition, datetime, datetime], ...]:
        """All, by name, each with when it was made and changed last."""
        ...

    def get(self, event_id: str) -> EventDefinition:
        """The one with that id. Raises NotFound."""
        ...

    def find(self, key: str) -> EventDefinition | None:
        """The one with that key, whatever its case, or None."""
        ...

    def save(self, event: EventDefinition, now: datetime) -> None:
        """Keep a new or a changed one."""
        ...

    def delete(self, event_id: str) -> None:
        """Forget it."""
        ...


class DataExtensions(Protocol):
    """Data extensions and their rows."""

    def all(self) -> tuple[DataExtension, ...]:
        """All, by name."""
        ...

    def get(self, data_extension_id: str) -> DataExtension:
        """The one with that id. Raises NotFound."""
        ...

    def find(self, *, key: str = "", name: str = "") -> DataExtension | None:
        """The one with that external key or that name, whatever its case, or None."""
        ...

    def save(self, data_extension: DataExtension, now: datetime) -> None:
        """Keep a new one and make its table, or change the table of one that is there."""
        ...

    def delete(self, data_extension_id: str) -> None:
        """Forget it and its rows."""
        ...

    def has_rows(self, data_extension: DataExtension) -> bool:
        """Whether it has any row."""
        ...

    def row_counts(self) -> Mapping[str, int]:
        """How many rows each has, by id."""
        ...

    def page(self, data_extension: DataExtension, offset: int, limit: int, search: str) -> RowPage:
        """Rows in the order in which they came; `search` keeps those with the text in any text field."""
        ...

    def write(self, data_extension: DataExtension, values: Mapping[str, Value]) -> int:
        """Insert a row, or update the one with the same primary key; the row's id."""
        ...

    def write_all(self, data_extension: DataExtension, rows: Sequence[CheckedRow]) -> None:
        """The same for many rows; of a row that is there already only the fields that were given are set."""
        ...

    def stored_keys(self, data_extension: DataExtension, rows: Sequence[Mapping[str, Value]]) -> Sequence[bool]:
        """For each of these rows (values by field id), whether a stored row has its primary key."""
        ...

    def count(
        self, data_extension: DataExtension, group: Group, now: datetime, time_zone: str, cancelled: Callable[[], bool]
    ) -> FilterCount:
        """How many rows pass. Raises Cancelled."""
        ...

    def samples(self, data_extension: DataExtension, field_id: str, limit: int) -> tuple[Value, ...]:
        """The most frequent values of a field among the newest rows."""
        ...


class Facts(Protocol):
    """Facts about the workspace, by name, as text."""

    def get(self, key: str) -> str | None:
        """The fact, or None."""
        ...

    def set(self, key: str, value: str) -> None:
        """Keep it."""
        ...


@dataclass(frozen=True, slots=True)
class Credential:
    """A pair that may ask for tokens; the secret is known as its hash only."""

    client_id: str
    name: str
    secret_hash: str
    created_at: datetime
    rotated_at: datetime | None = None
    revoked_at: datetime | None = None


class Credentials(Protocol):
    """Client pairs."""

    def all(self) -> tuple[Credential, ...]:
        """All, oldest first, revoked ones too."""
        ...

    def get(self, client_id: str) -> Credential | None:
        """That one, or None."""
        ...

    def save(self, credential: Credential) -> None:
        """Keep a new or a changed one."""
        ...


class UnitOfWork(Protocol):
    """One transaction: everything in it is written at `commit`, or nothing is. Left without commit: rolled back."""

    @property
    def journeys(self) -> Journeys:
        """Journeys and their versions."""
        ...

    @property
    def events(self) -> Events:
        """Event definitions."""
        ...

    @property
    def data_extensions(self) -> DataExtensions:
        """Data extensions and their rows."""
        ...

    @property
    def facts(self) -> Facts:
        """Facts about the workspace."""
        ...

    @property
    def credentials(self) -> Credentials:
        """Client pairs."""
        ...

    @property
    def log(self) -> EventLog:
        """What happened, for reading."""
        ...

    @property
    def stays(self) -> Stays:
        """Contacts and their stays, for writing."""
        ...

    @property
    def calls(self) -> Calls:
        """Calls of REST activities."""
        ...

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed."""
        ...

    def changed(self, *what: str) -> None:
        """Say what this transaction changes: words of `news.WorkspaceChanged`, and `running` for all that admission
        is compiled from. At the commit other processes learn of it, and after it the bus says so."""
        ...

    def commit(self) -> None:
        """Write it all. Raises a WorkspaceError where the environment is in the way."""
        ...


class UnitsOfWork(Protocol):
    """Opens units of work."""

    def __call__(self, *, writes: bool = True) -> UnitOfWork:
        """A unit of work that may write; with `writes=False` a snapshot that waits for nobody and holds up nobody."""
        ...


class Secrets(Protocol):
    """The place on this machine for the secret of the default local pair."""

    def read(self, name: str) -> str | None:
        """The secret of that name, or None."""
        ...

    def write(self, name: str, secret: str) -> None:
        """Keep it where only its owner can read it."""
        ...
