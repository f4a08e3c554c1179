"""A journey as plain JSON values and back. Meaning only: positions are computed.

Unknown members are kept in `extra` and written again, so that a file of a newer Switchback loses nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.filters.document import from_document as filter_from_document
from app.filters.document import to_document as filter_to_document
from app.filters.tree import EMPTY
from app.journey.graph import in_order
from app.journey.journey import Activity, Entry, EntryMode, Journey, Note, Outcome, TileGroup
from app.kernel.errors import InvalidInput
from app.kernel.said import listed, said

Json = dict[str, Any]


ORIGINAL = "marketingCloud"
"""The member of `extra` that holds what came from the original and has no other place here."""


def to_document(journey: Journey) -> Json:
    """The journey as JSON values; activities in reading order, so that equal journeys give equal documents."""
    document: Json = {
        "id": journey.id,
        "key": journey.key,
        "name": journey.name,
        "description": journey.description,
        "entryMode": journey.entry_mode.value,
        "defaultEmail": journey.default_email,
        "entry": entry_to_document(journey.entry) if journey.entry else None,
        "first": journey.first,
        "activities": [activity_to_document(journey.activities[key]) for key in in_order(journey)],
        "notes": [note_to_document(note) for note in journey.notes],
    }
    if journey.groups:
        document["groups"] = [group_to_document(group) for group in journey.groups]
    return document | dict(journey.extra)


def from_document(document: object) -> Journey:
    """The journey of a document. Raises InvalidInput with the place of what cannot be read."""
    node = _object(document, "the journey")
    activities = [
        activity_from_document(each, f"activities[{index}]") for index, each in enumerate(_list(node, "activities"))
    ]
    by_key = {activity.key: activity for activity in activities}
    if len(by_key) != len(activities):
        keys = [activity.key for activity in activities]
        double = next(key for key in keys if keys.count(key) > 1)
        raise InvalidInput(said("Two activities have the key {double}.", double=double), where="activities")
    entry = node.get("entry")
    return Journey(
        id=_text(node, "id", ""),
        key=_text(node, "key", ""),
        name=_text(node, "name", ""),
        description=_text(node, "description", "", default=""),
        entry=None if entry is None else entry_from_document(entry),
        entry_mode=entry_mode(node.get("entryMode", EntryMode.NOT_SET.value)),
        first=_optional_text(node, "first", ""),
        activities=by_key,
        notes=tuple(note_from_document(each) for each in _list(node, "notes")),
        default_email=_optional_text(node, "defaultEmail", ""),
        groups=tuple(group_from_document(each) for each in _list(node, "groups")),
        extra=_rest(node, _JOURNEY),
    )


def activity_to_document(activity: Activity) -> Json:
    """One tile as JSON values."""
    document: Json = {"key": activity.key, "type": activity.type, "name": activity.name}
    if activity.description:
        document["description"] = activity.description
    if activity.disabled:
        document["disabled"] = True
    document["settings"] = dict(activity.settings)
    document["outcomes"] = [outcome_to_document(outcome) for outcome in activity.outcomes]
    return document | dict(activity.extra)


def activity_from_document(document: object, where: str = "activity") -> Activity:
    """One tile of a document. Raises InvalidInput."""
    node = _object(document, where)
    outcomes = tuple(
        outcome_from_document(each, f"{where}.outcomes[{index}]") for index, each in enumerate(_list(node, "outcomes"))
    )
    if len({outcome.key for outcome in outcomes}) != len(outcomes):
        raise InvalidInput(said("Two ways out of one activity have the same key."), where=f"{where}.outcomes")
    key = _text(node, "key", where)
    if not key:
        raise InvalidInput(
            said("An activity needs a key."), where=f"{where}.key", hint=said("For example WAITBYDURATION-1.")
        )
    return Activity(
        key=key,
        type=_text(node, "type", where),
        name=_text(node, "name", where, default=""),
        settings=_object(node.get("settings", {}), f"{where}.settings"),
        outcomes=outcomes,
        description=_text(node, "description", where, default=""),
        disabled=node.get("disabled", False) is True,
        extra=_rest(node, _ACTIVITY),
    )


def outcome_to_document(outcome: Outcome) -> Json:
    """One way out as JSON values."""
    document: Json = {"key": outcome.key}
    if outcome.label:
        document["label"] = outcome.label
    document["next"] = outcome.next
    if outcome.filter is not None:
        document["filter"] = filter_to_document(outcome.filter)
    if outcome.settings:
        document["settings"] = dict(outcome.settings)
    return document | dict(outcome.extra)


def outcome_from_document(document: object, where: str = "outcome") -> Outcome:
    """One way out of a document. Raises InvalidInput."""
    node = _object(document, where)
    asked = node.get("filter")
    return Outcome(
        key=_text(node, "key", where),
        label=_text(node, "label", where, default=""),
        next=_optional_text(node, "next", where),
        filter=None if asked is None else filter_from_document(asked),
        settings=_object(node.get("settings", {}), f"{where}.settings"),
        extra=_rest(node, _OUTCOME),
    )


def entry_to_document(entry: Entry) -> Json:
    """The entry source as JSON values."""
    return {
        "name": entry.name,
        "type": entry.type,
        "eventDefinitionId": entry.event_definition_id,
        "filter": filter_to_document(entry.filter),
    } | dict(entry.extra)


def entry_from_document(document: object) -> Entry:
    """The entry source of a document. Raises InvalidInput."""
    node = _object(document, "entry")
    asked = node.get("filter")
    return Entry(
        name=_text(node, "name", "entry", default="API Event"),
        type=_text(node, "type", "entry", default="APIEvent"),
        event_definition_id=_optional_text(node, "eventDefinitionId", "entry"),
        filter=EMPTY if asked is None else filter_from_document(asked),
        extra=_rest(node, _ENTRY),
    )


def note_to_document(note: Note) -> Json:
    """A note as JSON values."""
    return {"id": note.id, "text": note.text, "anchor": note.anchor} | dict(note.extra)


def note_from_document(document: object) -> Note:
    """A note of a document. Raises InvalidInput."""
    node = _object(document, "notes")
    return Note(
        _text(node, "id", "notes"), _text(node, "text", "notes"), _optional_text(node, "anchor", "notes"),
        _rest(node, _NOTE),
    )  # fmt: skip


def group_to_document(group: TileGroup) -> Json:
    """A group as JSON values."""
    return {"id": group.id, "name": group.name, "members": list(group.members), "folded": group.folded} | dict(
        group.extra
    )


def group_from_document(document: object) -> TileGroup:
    """A group of a document. Raises InvalidInput."""
    node = _object(document, "groups")
    members = _list(node, "members")
    if not all(isinstance(member, str) for member in members):
        raise InvalidInput(said("The members of a group must be keys of activities."), where="groups")
    return TileGroup(
        _text(node, "id", "groups"), _text(node, "name", "groups"), tuple(members), node.get("folded") is True,
        _rest(node, _GROUP),
    )  # fmt: skip


def entry_mode(value: object) -> EntryMode:
    """The entry mode with that word of the original. Raises InvalidInput."""
    try:
        return EntryMode(str(value))
    except ValueError:
        words = listed(mode.value for mode in EntryMode)
        raise InvalidInput(
            said("{value!r} is no entry mode.", value=value),
            where="entryMode",
            hint=said("Use one of {words}.", words=words),
        ) from None


_JOURNEY = frozenset(
    ("id", "key", "name", "description", "entryMode", "defaultEmail", "entry", "first", "activities", "notes", "groups")
)
_ACTIVITY = frozenset(("key", "type", "name", "description", "disabled", "settings", "outcomes"))
_OUTCOME = frozenset(("key", "label", "next", "filter", "settings"))
_ENTRY = frozenset(("name", "type", "eventDefinitionId", "filter"))
_NOTE = frozenset(("id", "text", "anchor"))
_GROUP = frozenset(("id", "name", "members", "folded"))


def _rest(node: Mapping[str, Any], known: frozenset[str]) -> Json:
    return {name: value for name, value in node.items() if name not in known}


def _object(value: object, where: str) -> Json:
    if not isinstance(value, Mapping):
        raise InvalidInput(said("An object is expected in {where}.", where=where), where=where)
    return dict(value)


def _list(node: Mapping[str, Any], name: str) -> list[Any]:
    value = node.get(name, [])
    if not isinstance(value, (list, tuple)):
        raise InvalidInput(said("{name} must be a list.", name=name), where=name)
    return list(value)


def _text(node: Mapping[str, Any], name: str, where: str, default: str | None = None) -> str:
    value = node.get(name, default)
    if not isinstance(value, str):
        raise InvalidInput(said("{name} must be a text.", name=name), where=f"{where}.{name}" if where else name)
    return value


def _optional_text(node: Mapping[str, Any], name: str, where: str) -> str | None:
    if node.get(name) is None:
        return None
    return _text(node, name, where)
