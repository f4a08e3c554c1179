"""What a canvas has and the original has no word for: its notes, its groups, and which of several starts is the first.

It travels in `metaData.switchback` of the journey.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from app.exchange.asides import Aside, start_of, with_asides
from app.journey.document import group_from_document, group_to_document, note_from_document, note_to_document
from app.journey.journey import ENTRY, Journey

Json = dict[str, Any]


def write_canvas(journey: Journey, way: Journey) -> Json:
    """The members for a journey; `way` is the same without its asides."""
    own: Json = {}
    derived = start_of(way.activities.values())
    if way.first != derived:
        own["start"] = [derived, way.first]
    if journey.notes:
        own["notes"] = [note_to_document(note) for note in journey.notes]
    if journey.groups:
        own["groups"] = [group_to_document(group) for group in journey.groups]
    return own


def read_canvas(own: Mapping[str, Any], way: Journey, asides: Iterable[Aside]) -> Journey:
    """The whole journey, from its way through the activities. What the members say of tiles that are gone is left out.

    Raises InvalidInput for a note or a group that is none.
    """
    start = own.get("start")
    if isinstance(start, list) and len(start) == 2 and start[0] == way.first and start[1] in (None, *way.activities):
        way = replace(way, first=start[1])
    journey = with_asides(way, asides)
    notes = (note_from_document(each) for each in _list(own, "notes"))
    groups = (group_from_document(each) for each in _list(own, "groups"))
    there = journey.activities
    return replace(
        journey,
        notes=tuple(
            note if note.anchor == ENTRY or note.anchor in there else replace(note, anchor=None) for note in notes
        ),
        groups=tuple(
            replace(group, members=tuple(key for key in group.members if key in there))
            for group in groups
            if any(key in there for key in group.members)
        ),
    )


def _list(own: Mapping[str, Any], name: str) -> list[Any]:
    value = own.get(name)
    return value if isinstance(value, list) else []
