"""A Goal, Exit criteria or a Join as an entry of the original's JSON, both ways.

`goals` has one entry at most. Further goals, goals and exit criteria that are switched off, and joins stand in the same
form in `metaData.switchback.tiles` of the journey, which the original leaves alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.exchange.asides import ASIDES, EXIT, GOAL, JOIN, Aside
from app.exchange.criteria_xml import DESCRIPTION, says, write_filter
from app.filters.catalog import Catalog
from app.filters.document import to_document
from app.filters.prune import asks
from app.filters.tree import Group
from app.filters.xml import from_xml
from app.journey.activities import ACTIVITIES
from app.journey.criteria import read_criteria
from app.journey.document import ORIGINAL, outcome_from_document, outcome_to_document
from app.journey.journey import ENTRY, Activity, Outcome, Place
from app.journey.keys import fresh_key
from app.kernel.errors import InvalidInput

Json = dict[str, Any]
_OWN = "switchback"
_SENT, _RETURNED = "Event", "ContactEvent"
"""The type of a goal as clients send it, and as the original gives it back."""
_CONVERSION = {"conversionUnit": "percentage", "conversionValue": "100"}


@dataclass(frozen=True, slots=True)
class Entries:
    """What of a document becomes tiles, and which members of `goals` and `exits` do not: they have no filter that can
    be read, and are kept as they came."""

    asides: tuple[Aside, ...]
    goals: tuple[Any, ...]
    exits: tuple[Any, ...]


def write_entries(asides: Sequence[Aside], kept: Json, catalog: Catalog, event_key: str) -> tuple[Json, Json]:
    """`goals` and `exits` of the original, and what goes beside them. `kept` may have members of both that are no
    tiles."""
    found: dict[str, list[Any]] = {GOAL: [], EXIT: [], "tiles": []}
    for aside in asides:
        activity = aside.activity
        beside = activity.type == JOIN or activity.disabled or (activity.type == GOAL and found[GOAL])
        found["tiles" if beside else activity.type].append(_write(aside, catalog, event_key))
    goals = found[GOAL] + _list(kept.get("goals"))
    own = {"tiles": found["tiles"], "goals": goals[1:] if found[GOAL] else []}
    shown = {"goals": goals[:1] if found[GOAL] else goals, "exits": found[EXIT] + _list(kept.get("exits"))}
    return shown, {name: value for name, value in own.items() if value}


def read_entries(
    document: Mapping[str, Any], own: Mapping[str, Any], taken: Iterable[str], catalog: Catalog, event_key: str
) -> Entries:
    """The asides of a document; `own` is what Switchback wrote beside, `taken` the keys of the activities.

    Nothing is refused: what cannot be read as a tile is kept.
    """
    keys = {ENTRY, *taken}
    asides: list[Aside] = []
    rest: dict[str, list[Any]] = {"goals": [], "exits": []}
    for member, usual, listed in (
        ("goals", GOAL, [*_list(document.get("goals")), *_list(own.get("goals"))]),
        ("exits", EXIT, _list(document.get("exits"))),
        ("goals", "", _list(own.get("tiles"))),
    ):
        for entry in listed:
            aside = _read(entry, usual, keys, catalog, event_key)
            if aside is None:
                rest[member].append(entry)
            else:
                keys.add(aside.activity.key)
                asides.append(aside)
    return Entries(tuple(asides), tuple(rest["goals"]), tuple(rest["exits"]))


def _write(aside: Aside, catalog: Catalog, event_key: str) -> Json:
    activity = aside.activity
    shown = _object(activity.extra.get(ORIGINAL))
    meta = _object(shown.get("metaData"))
    shown = {"key": activity.key, **shown, "name": activity.name, "description": activity.description}
    if activity.type == JOIN:
        shown["type"] = ACTIVITIES[JOIN].mc_type
    else:
        if "type" not in shown or (activity.type, shown["type"]) == (GOAL, _SENT):
            shown["type"] = _RETURNED
        configuration = _object(shown.get("configurationArguments"))
        group = read_criteria(activity)
        xml, said = write_filter(group, catalog, event_key, configuration.get("criteria"), meta)
        shown["configurationArguments"] = {"schemaVersionId": 0, **configuration, "criteria": xml}
        leaves = activity.type == EXIT or activity.settings.get("exit") is True
        usual = {**(_CONVERSION if activity.type == GOAL else {}), "isExitCriteria": leaves}
        meta = {**usual, **meta, DESCRIPTION: said[DESCRIPTION]}
        if _truth(meta.get("isExitCriteria")) is not leaves:
            meta["isExitCriteria"] = leaves
    own: Json = {
        "type": activity.type,
        "key": activity.key,
        "settings": dict(activity.settings),
        "disabled": activity.disabled,
        "outcomes": [outcome_to_document(outcome) for outcome in activity.outcomes],
        "before": [list(place) for place in aside.before or ()],
    }
    shown["metaData"] = {**meta, _OWN: own}
    return shown


def _read(entry: object, usual: str, keys: set[str], catalog: Catalog, event_key: str) -> Aside | None:
    """The tile of an entry; None where it has no filter that can be read, and did not come from here."""
    node = _object(entry)
    meta = _object(node.get("metaData"))
    own = _object(meta.pop(_OWN, None))
    type_key = own.get("type") if own.get("type") in ASIDES else usual
    if not node or not type_key:
        return None
    xml = _object(node.get("configurationArguments")).get("criteria")
    group = _filter(xml, catalog, event_key)
    readable = group is not None or not _text(xml).strip()
    if not readable or not (own or (group is not None and asks(group))):
        return None
    key = _free_key(own.get("key") or node.get("key"), type_key, keys)
    kept = {name: value for name, value in node.items() if name not in ("name", "description", "metaData")}
    if kept.get("key") == key:
        del kept["key"]
    activity = Activity(
        key=key,
        type=type_key,
        name=_text(node.get("name")) or ("" if own else ACTIVITIES[type_key].label),
        settings=_settings(type_key, own, meta, group, (_text(xml), catalog, event_key)),
        outcomes=_outcomes(own),
        description=_text(node.get("description")),
        disabled=own.get("disabled") is True,
        extra={ORIGINAL: {**kept, "metaData": meta}},
    )
    return Aside(activity, _places(own.get("before")))


def _settings(
    type_key: str, own: Json, meta: Json, group: Group | None, written: tuple[str, Catalog, str]
) -> dict[str, Any]:
    """What Switchback wrote, as far as the original's members say the same; they win."""
    known = own.get("settings")
    settings = dict(known) if isinstance(known, Mapping) else dict(ACTIVITIES[type_key].make("").settings)
    if group is not None:
        mine = read_criteria(Activity("", type_key, "", settings))
        if mine is None or not says(written[0], mine, *written[1:]):
            settings["filter"] = to_document(group)
    leaves = _truth(meta.get("isExitCriteria"))
    if type_key == GOAL and (settings.get("exit") is True) is not leaves:
        settings["exit"] = leaves
    return settings


def _filter(xml: object, catalog: Catalog, event_key: str) -> Group | None:
    if not isinstance(xml, str) or not xml.strip():
        return None
    try:
        return from_xml(xml, catalog, event_key)
    except InvalidInput:
        return None


def _free_key(wanted: object, type_key: str, taken: set[str]) -> str:
    if isinstance(wanted, str) and wanted and wanted not in taken:
        return wanted
    return fresh_key(ACTIVITIES[type_key].key_prefix, taken)


def _outcomes(own: Json) -> tuple[Outcome, ...]:
    try:
        found = tuple(outcome_from_document(each) for each in _list(own.get("outcomes")))
    except InvalidInput:
        found = ()
    return found if found or "outcomes" in own else (Outcome(""),)


def _places(value: object) -> tuple[Place, ...] | None:
    if not isinstance(value, list):
        return None
    pairs = [each for each in value if isinstance(each, list) and len(each) == 2]
    return tuple(Place(*map(str, each)) for each in pairs)


def _truth(value: object) -> bool:
    """A truth that may come as text."""
    return value is True or (isinstance(value, str) and value.lower() == "true")


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _object(value: object) -> Json:
    return dict(value) if isinstance(value, Mapping) else {}
