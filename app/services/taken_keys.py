"""Refuses events whose row would have a primary key that a row has already, where the workspace wants that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from app.data_extensions.check_row import PrimaryKeys
from app.data_extensions.data_extension import Value
from app.engine.contract import FireError, taken_key
from app.engine.facts import Fired
from app.services.admission import AdmissionStore

_Key = tuple[Value, ...]


class TakenKeys:
    """The primary keys that are taken for a batch: those of stored rows, and those that the batch itself brings."""

    def __init__(self, store: AdmissionStore, batch: Sequence[Fired]) -> None:
        """Asks the store for the keys of all events of `batch`, one question for each data extension; none where keys
        that are known update their row."""
        self._taken: dict[str, set[_Key]] = defaultdict(set)
        asked: dict[str, list[Fired]] = defaultdict(list)
        for fired in batch:
            home = _strict_home(fired)
            if home is not None:
                asked[home].append(fired)
        for home, some in asked.items():
            schema = some[0].listening.data_extension if some[0].listening else None
            assert schema is not None
            known = store.stored_keys(schema, [fired.values for fired in some])
            self._taken[home].update(_key(fired) for fired, taken in zip(some, known, strict=True) if taken)

    def refusal(self, fired: Fired) -> FireError | None:
        """What to answer an event whose key is taken; None: it may go on."""
        home = _strict_home(fired)
        if home is None or _key(fired) not in self._taken[home]:
            return None
        listening = fired.listening
        assert listening is not None
        assert listening.data_extension is not None
        return taken_key(listening.data_extension, fired.values, listening.primary_keys)

    def add(self, fired: Fired) -> None:
        """The event was decided: its key is taken from now on, if its row is kept."""
        home = _strict_home(fired)
        if home is not None and fired.keeps_row and not fired.event.dry_run:
            self._taken[home].add(_key(fired))


def _strict_home(fired: Fired) -> str | None:
    """The id of the event's data extension, where a known key is refused there."""
    listening = fired.listening
    if listening is None or listening.primary_keys is PrimaryKeys.UPDATE:
        return None
    schema = listening.data_extension
    return schema.id if schema is not None and schema.primary_keys else None


def _key(fired: Fired) -> _Key:
    schema = fired.listening.data_extension if fired.listening else None
    return tuple(fired.values[each.id] for each in schema.primary_keys) if schema else ()
