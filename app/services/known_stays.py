"""What is known of stays whose contacts are led on: the version, the contact's values, what happened so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.data_extensions.data_extension import DataExtension, Value
from app.engine.contract import MUTED
from app.engine.running import RunningVersion
from app.engine.walk import Before
from app.services.event_log import StoredStay
from app.services.ports import UnitOfWork
from app.services.stored_versions import StoredVersions, load


@dataclass(frozen=True, slots=True)
class KnownStay:
    """`record` are the contact's values by field id: its linked rows as they are now, its event as it was at entry.
    `muted`: it unsubscribed. What custom activities answered is not in `before`."""

    stay: StoredStay
    version: RunningVersion
    record: Mapping[str, Value]
    muted: bool
    before: Before


def known_stays(work: UnitOfWork, stays: Sequence[StoredStay], versions: StoredVersions) -> tuple[KnownStay, ...]:
    """The stays whose versions are there, with what is known of them: a fixed number of statements."""
    known = [(stay, version) for stay in stays if (version := versions.get(stay.version_id)) is not None]
    linked = _linked_rows(work, known)
    statuses = work.stays.statuses({stay.contact_key for stay, _ in known})
    ids = [stay.id for stay, _ in known]
    engaged, met = work.stays.engaged(ids), work.stays.met(ids)
    found = []
    for stay, version in known:
        record: dict[str, Value] = {}
        for home in version.linked:
            record.update(linked[home.id].get(stay.contact_key, {}))
        record.update(load(stay.data, version.catalog.event))
        before = Before(
            stay.id, stay.test, engaged=engaged.get(stay.id, frozenset()), met=met.get(stay.id, frozenset())
        )
        found.append(KnownStay(stay, version, record, statuses.get(stay.contact_key) == MUTED, before))
    return tuple(found)


def _linked_rows(
    work: UnitOfWork, known: Sequence[tuple[StoredStay, RunningVersion]]
) -> dict[str, Mapping[str, Mapping[str, Value]]]:
    homes: dict[str, DataExtension] = {}
    keys: dict[str, set[str]] = defaultdict(set)
    for stay, version in known:
        for home in version.linked:
            homes[home.id] = home
            keys[home.id].add(stay.contact_key)
    return {home_id: work.stays.linked_rows(homes[home_id], contacts) for home_id, contacts in keys.items()}
