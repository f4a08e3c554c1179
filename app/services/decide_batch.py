"""Decides events that arrived together, in their order, inside one transaction of the writer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.data_extensions.data_extension import Value
from app.data_extensions.fold import fold
from app.engine.admit import NEVER, History, admit
from app.engine.contract import BARRED, MUTED, bad_row, barred_contact, check_names, unknown_event, used_idempotency_key
from app.engine.facts import Decided, Fired, First
from app.engine.running import Listening, RunningVersion
from app.engine.walk import Before, Stretch, chance_of, walk
from app.events.fire_event import FireEvent
from app.journey.journey import Status
from app.journey.step import Write
from app.kernel.ids import new_guid
from app.services.admission import AdmissionStore, Pair
from app.services.taken_keys import TakenKeys


def decide_batch(store: AdmissionStore, events: Sequence[FireEvent], now: datetime) -> list[Fired]:
    """The facts of each event, in the order given; nothing is written yet.

    An event sees what the ones before it in the batch did: their rows' keys, their entries and what their Update
    Contact wrote. A dry run is seen by nobody.
    """
    batch = [Fired(event, now) for event in events]
    _check(store, batch)
    repeated = _claim(store, batch, now)
    fresh = [fired for fired in batch if fired.error is None and id(fired) not in repeated]
    accepted = [fired for fired in fresh if _versions(fired)]
    linked = _Linked(store, accepted)
    histories = _Histories(store, _likely_entries(accepted, linked, now))
    keys = TakenKeys(store, fresh)
    for fired in fresh:
        fired.error = keys.refusal(fired)
        if fired.error is None:
            fired.decisions = _decide(fired, linked, histories)
            keys.add(fired)
    store.release([key for fired in fresh if fired.error and (key := fired.event.idempotency_key)])
    for fired in batch:
        if id(fired) in repeated:
            _repeat(fired, repeated[id(fired)])
    return batch


def _repeat(fired: Fired, first: Fired | First) -> None:
    """Give a repetition what its first event got. One for another contact or event is no repetition: the first answer
    would say of it what never happened."""
    if isinstance(first, Fired):
        event = first.event
        if first.error is not None:
            fired.error = first.error
            return
        first = First(event.instance_id, event.contact_key, event.event_definition_key, first.outcome)
    same = fired.event.contact_key == first.contact_key
    if same and fold(fired.event.event_definition_key) == fold(first.event_definition_key):
        fired.first = first
    else:
        fired.error = used_idempotency_key(first.contact_key, first.event_definition_key)


def _claim(store: AdmissionStore, batch: Sequence[Fired], now: datetime) -> dict[int, Fired | First]:
    """The repetitions in a batch (by identity), each with its first event: stored before, or earlier in the batch."""
    leaders: dict[str, Fired] = {}
    repeated: dict[int, Fired | First] = {}
    for fired in batch:
        key = fired.event.idempotency_key
        if not key or fired.error is not None or fired.event.dry_run:
            continue
        leader = leaders.setdefault(key, fired)
        if leader is not fired:
            repeated[id(fired)] = leader
    if leaders:
        known = store.claim({key: fired.event.instance_id for key, fired in leaders.items()}, now)
        for key, first in known.items():
            repeated[id(leaders[key])] = first
    # A follower of an event that was itself a repetition follows that one's first.
    return {each: repeated.get(id(first), first) for each, first in repeated.items()}


def _check(store: AdmissionStore, batch: Sequence[Fired]) -> None:
    """The contract, in its order: names, key, contact, data (reference, section 9, steps 3 to 6)."""
    for fired in batch:
        fired.error = check_names(fired.event)
    statuses = store.contact_statuses({fired.event.contact_key for fired in batch if fired.error is None})
    for fired in batch:
        if fired.error is not None:
            continue
        event = fired.event
        listening = store.listening(event.event_definition_key)
        if listening is None:
            fired.error = unknown_event(event.event_definition_key, store.event_keys())
            continue
        fired.listening = _supposing(store, listening, event) if event.supposing else listening
        status = statuses.get(event.contact_key, "")
        fired.muted = status == MUTED
        if status in BARRED:
            fired.error = barred_contact(event.contact_key, status)
        elif listening.checker is not None and listening.data_extension is not None:
            row = listening.checker.check(event.data, fired.received_at)
            fired.values, fired.given, fired.warnings = row.values, row.given, row.warnings
            if row.problems:
                fired.error = bad_row(listening.data_extension, row.problems)


def _supposing(store: AdmissionStore, listening: Listening, event: FireEvent) -> Listening:
    """Who would listen were the draft active that a dry run asks for: it takes the place of its journey's version."""
    draft = store.draft(event.supposing) if event.dry_run else None
    if draft is None or fold(draft.event.key) != fold(event.event_definition_key):
        return listening
    others = tuple(each for each in listening.versions if each.journey.id != draft.journey.id)
    return replace(listening, versions=(*others, replace(draft, status=Status.RUNNING, supposed=True)))


def _likely_entries(accepted: Iterable[Fired], linked: _Linked, now: datetime) -> list[Pair]:
    """The pairs whose history will be asked, sorted: those that pass the filter as things stand before the batch."""
    pairs: set[Pair] = set()
    for fired in accepted:
        for version in _versions(fired):
            if version.status is Status.RUNNING and version.admits(linked.record(fired, version), now):
                pairs.add((version.journey.id, fired.event.contact_key))
    return sorted(pairs)


def _versions(fired: Fired) -> tuple[RunningVersion, ...]:
    return fired.listening.versions if fired.listening else ()


def _decide(fired: Fired, linked: _Linked, histories: _Histories) -> tuple[Decided, ...]:
    return tuple(_decide_one(fired, version, linked, histories) for version in _versions(fired))


def _decide_one(fired: Fired, version: RunningVersion, linked: _Linked, histories: _Histories) -> Decided:
    contact, now = fired.event.contact_key, fired.received_at
    record = linked.record(fired, version)
    pair = (version.journey.id, contact)
    reason = admit(version, record, now, lambda: histories.of(pair))
    history = histories.known(pair)
    if reason is not None:
        return Decided(version, reason, record, history)
    membership_id = new_guid()
    chance = chance_of(membership_id)
    dry = fired.event.dry_run
    before = Before(membership_id, test=fired.event.test or dry, dry=dry)
    stretch = walk(version, contact, record, version.journey.first, now, chance, muted=fired.muted, before=before)
    if not fired.event.dry_run:
        histories.enter(pair, stretch, version.number, now)
        linked.take(contact, stretch)
    return Decided(version, None, record, history, membership_id, stretch)


class _Histories:
    """What the journeys remember, and what this batch adds to it."""

    def __init__(self, store: AdmissionStore, pairs: Sequence[Pair]) -> None:
        self._store = store
        self._known: dict[Pair, History] = dict.fromkeys(pairs, NEVER)
        if pairs:
            self._known.update(store.histories(pairs))

    def of(self, pair: Pair) -> History:
        if pair not in self._known:
            # Rare: an Update Contact of this very batch made the contact pass. One pair cannot lock in a ring.
            self._known[pair] = self._store.histories([pair]).get(pair, NEVER)
        return self._known[pair]

    def known(self, pair: Pair) -> History:
        """What was read already; nothing when the decision did not need it."""
        return self._known.get(pair, NEVER)

    def enter(self, pair: Pair, stretch: Stretch, version: int, now: datetime) -> None:
        old = self._known[pair]
        stays = stretch.wait_until is not None
        self._known[pair] = History(old.entered + 1, old.inside + stays, now, version)


class _Linked:
    """The contacts' rows in linked data extensions, as this batch reads and changes them."""

    def __init__(self, store: AdmissionStore, accepted: Sequence[Fired]) -> None:
        wanted: dict[str, set[str]] = {}
        homes = {}
        for fired in accepted:
            for version in _versions(fired):
                for home in version.linked:
                    homes[home.id] = home
                    wanted.setdefault(home.id, set()).add(fired.event.contact_key)
        self._rows: dict[str, dict[str, dict[str, Value]]] = {
            home_id: {key: dict(row) for key, row in store.linked_rows(homes[home_id], keys).items()}
            for home_id, keys in wanted.items()
        }

    def record(self, fired: Fired, version: RunningVersion) -> Mapping[str, Value]:
        """What a version's filters see: linked rows, and the event's data over them."""
        if not version.linked:
            return fired.values
        record: dict[str, Value] = {}
        for home in version.linked:
            record.update(self._rows[home.id].get(fired.event.contact_key, {}))
        record.update(fired.values)
        return record

    def take(self, contact_key: str, stretch: Stretch) -> None:
        for _, effect in stretch.effects:
            if isinstance(effect, Write) and effect.data_extension_id in self._rows:
                rows = self._rows[effect.data_extension_id]
                rows.setdefault(contact_key, {})[effect.field_id] = effect.value
