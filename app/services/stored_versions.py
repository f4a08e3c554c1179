"""Stored versions compiled for reading back: to say why, and to lead contacts on."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.kinds import KINDS
from app.engine.running import RunningVersion
from app.kernel.errors import NotFound
from app.services.listening import run
from app.services.ports import UnitOfWork, Version
from app.services.settings import Settings, read_time_zone, settings_of


class StoredVersions:
    """The versions of one unit of work, each compiled once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._known: dict[str, RunningVersion | None] = {}
        self._schemas: Mapping[str, DataExtension] | None = None
        self._time_zone: ZoneInfo | None = None
        self._settings: Settings | None = None

    def get(self, version_id: str) -> RunningVersion | None:
        """The version, or None when it is gone."""
        if version_id not in self._known:
            try:
                version = self._work.journeys.by_id(version_id)
            except NotFound:
                self._known[version_id] = None
            else:
                self._known[version_id] = self._run(version)
        return self._known[version_id]

    def _run(self, version: Version) -> RunningVersion | None:
        if version.frozen:
            return run(version, version.frozen.event, self.schemas(), self.time_zone(), self.settings())
        entry = version.journey.entry
        try:
            event = self._work.events.get(entry.event_definition_id or "" if entry else "")
        except NotFound:
            return None
        return run(version, event, self.schemas(), self.time_zone(), self.settings())

    def schemas(self) -> Mapping[str, DataExtension]:
        """The data extensions as they are now, by id."""
        if self._schemas is None:
            self._schemas = {each.id: each for each in self._work.data_extensions.all()}
        return self._schemas

    def time_zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        if self._time_zone is None:
            self._time_zone = read_time_zone(self._work.facts)
        return self._time_zone

    def settings(self) -> Settings:
        """The workspace's settings."""
        if self._settings is None:
            self._settings = settings_of(self._work.facts)
        return self._settings


def load(stored: Mapping[str, int | str], *schemas: DataExtension | None) -> dict[str, Value]:
    """Values by field id from their stored form; fields that no schema has any more are left out."""
    found: dict[str, Value] = {}
    for schema in schemas:
        for field in schema.fields if schema else ():
            if field.id in stored:
                found[field.id] = KINDS[field.kind].load(stored[field.id], field)
    return found
