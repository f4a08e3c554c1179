"""Tiles as text: what copy puts on the clipboard and paste reads, between journeys, windows and workspaces."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.journey.activities import activity_type
from app.journey.document import (
    activity_from_document,
    activity_to_document,
    group_from_document,
    group_to_document,
    note_from_document,
    note_to_document,
)
from app.journey.graph import find_loop, in_order
from app.journey.journey import ENTRY, Activity, Journey, Note, TileGroup
from app.journey.keys import KeyMaker
from app.kernel.errors import InvalidInput
from app.kernel.said import said
from app.kernel.storable import storable

_FORMAT = "switchback-tiles"
_VERSION = 1
_READ_BY_PEOPLE = 100
_KEY = re.compile(r"[\w-]{1,200}", re.ASCII)
"""What keys of activities look like, in the original and here."""


@dataclass(frozen=True)
class Fragment:
    """Tiles in reading order, the groups that are whole among them, and notes at them. Their connectors lead to one
    another; whatever led outside is an open end."""

    activities: tuple[Activity, ...]
    groups: tuple[TileGroup, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The tiles that no other one of them leads to."""
        entered = {outcome.next for activity in self.activities for outcome in activity.outcomes}
        return tuple(activity.key for activity in self.activities if activity.key not in entered)


def take_fragment(journey: Journey, keys: Sequence[str], *, notes: bool = False) -> Fragment:
    """Those tiles of a journey; with `notes` also those at them: who moves tiles takes them along, who copies does
    not."""
    chosen = set(keys)
    groups = [group for group in journey.groups if chosen.issuperset(group.members)]
    at_them = [note for note in journey.notes if notes and note.anchor in chosen]
    return _closed([journey.activities[key] for key in in_order(journey) if key in chosen], groups, at_them)


def copy_fragment(journey: Journey, keys: Sequence[str], *, notes: bool = False) -> str:
    """The same as text."""
    # Indented it can be read by people, at ten times the cost: nobody reads hundreds of tiles.
    indent = 1 if len(keys) <= _READ_BY_PEOPLE else None
    document = fragment_to_document(take_fragment(journey, keys, notes=notes))
    return json.dumps(document, ensure_ascii=False, indent=indent)


def read_fragment(text: str) -> Fragment:
    """The tiles of a text. Raises InvalidInput where the text holds none."""
    try:
        document = storable(json.loads(text))
    except (ValueError, RecursionError):
        document = None
    return fragment_from_document(document)


def fragment_to_document(fragment: Fragment) -> dict[str, Any]:
    """The tiles as JSON values."""
    document: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "activities": [activity_to_document(activity) for activity in fragment.activities],
    }
    if fragment.groups:
        document["groups"] = [group_to_document(group) for group in fragment.groups]
    if fragment.notes:
        document["notes"] = [note_to_document(note) for note in fragment.notes]
    return document


def fragment_from_document(document: object) -> Fragment:
    """The tiles of JSON values. Raises InvalidInput where they are none, newer, or lead round in a loop."""
    if not isinstance(document, Mapping) or document.get("format") != _FORMAT:
        raise InvalidInput(said("There are no tiles to paste."), hint=said("Copy tiles of a journey first."))
    if document.get("version") != _VERSION:
        raise InvalidInput(
            said("These tiles were copied from a newer Switchback."), hint=said("Update this one to paste them.")
        )
    listed = document.get("activities")
    if not isinstance(listed, list) or not listed:
        raise InvalidInput(said("There are no tiles to paste."), hint=said("Copy tiles of a journey first."))
    activities = [activity_from_document(each, f"activities[{index}]") for index, each in enumerate(listed)]
    if len({activity.key for activity in activities}) != len(activities):
        raise InvalidInput(said("Two of the copied tiles have the same key."), where="activities")
    keys = {activity.key for activity in activities}
    fragment = _closed(activities, _groups(document.get("groups"), keys), _notes(document.get("notes"), keys))
    if find_loop(Journey("", "", "", activities={each.key: each for each in fragment.activities})):
        raise InvalidInput(said("The copied tiles run in a loop."), where="activities")
    return fragment


def renewed(fragment: Fragment, journey: Journey) -> Fragment:
    """The same tiles with keys that are free in a journey; what names one of them inside names the new one.

    A key that is free stays: what asks for a tile that was cut finds it again where it is pasted.
    """
    keys = KeyMaker({*journey.activities, *(each.key for each in fragment.activities)})
    fresh = {}
    for each in fragment.activities:
        stays = each.key not in journey.activities and each.key != ENTRY and _KEY.fullmatch(each.key)
        fresh[each.key] = each.key if stays else keys.next(activity_type(each.type).key_prefix)
    activities = []
    for activity in fragment.activities:
        settings = dict(activity.settings)
        for setting in activity_type(activity.type).settings:
            if setting.kind == "activity" and settings.get(setting.name) in fresh:
                settings[setting.name] = fresh[settings[setting.name]]
        outcomes = tuple(replace(o, next=fresh[o.next] if o.next else None) for o in activity.outcomes)
        activities.append(replace(activity, key=fresh[activity.key], settings=settings, outcomes=outcomes))
    groups, notes = [], []
    taken = {group.id for group in journey.groups}
    for group in fragment.groups:
        members = tuple(fresh[key] for key in group.members)
        groups.append(replace(group, id=_free_id(members[0], taken), members=members))
    taken = {note.id for note in journey.notes}
    for note in fragment.notes:
        anchor = fresh[note.anchor or ""]
        notes.append(replace(note, id=_free_id(anchor, taken), anchor=anchor))
    return Fragment(tuple(activities), tuple(groups), tuple(notes))


def _free_id(key: str, taken: set[str]) -> str:
    """Made from a tile's key, not by chance: an edit that is made again gives the same journey."""
    name = f"of-{key}"
    while name in taken:
        name += "+"
    taken.add(name)
    return name


def _notes(listed: object, keys: Collection[str]) -> list[Note]:
    """The notes of a text that stand at its tiles."""
    notes = [note_from_document(each) for each in listed] if isinstance(listed, list) else []
    return [note for note in notes if note.anchor in keys]


def _groups(listed: object, keys: Collection[str]) -> list[TileGroup]:
    """The groups of a text: those that do not fit to its tiles are no loss, the tiles come without them."""
    groups = [group_from_document(each) for each in listed] if isinstance(listed, list) else []
    taken: set[str] = set()
    fitting = []
    for group in groups:
        if group.members and taken.isdisjoint(group.members) and set(group.members) <= set(keys):
            taken.update(group.members)
            fitting.append(group)
    return fitting


def _closed(activities: Sequence[Activity], groups: Sequence[TileGroup], notes: Sequence[Note]) -> Fragment:
    keys = {activity.key for activity in activities}
    return Fragment(
        tuple(
            replace(each, outcomes=tuple(o if o.next in keys else replace(o, next=None) for o in each.outcomes))
            for each in activities
        ),
        tuple(groups),
        tuple(notes),
    )
