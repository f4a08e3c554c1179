"""Members of an event definition that clients send and read back, and that nothing here goes by (reference, 3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.api.answer import refuse
from app.data_extensions.data_extension import DataExtension
from app.kernel.errors import InvalidInput
from app.services.event_criteria import check_criteria
from app.services.workspace import Workspace

_MODES = {"1": "Production", "2": "Test", "production": "Production", "test": "Test"}
_OURS = frozenset({"eventdefinitionkey", "eventdefinitionid", "dataextensionid", "criteria"})
"""Arguments that follow from the event definition itself."""

KEPT: dict[str, type] = {
    "type": str,
    "iconUrl": str,
    "sourceApplicationExtensionId": str,
    "isVisibleInPicker": bool,
    "category": str,
    "configurationArguments": dict,
    "metaData": dict,
    "schedule": dict,
    "entrySourceGroupConfigUrl": str,
    "filterDefinitionId": str,
    "filterDefinitionTemplate": str,
    "disableDEDataLogging": bool,
}
_WORDS = {str: ("string", "a text"), bool: ("boolean", "true or false"), dict: ("object", "an object")}
PROPERTIES: dict[str, Any] = {
    "mode": {"type": ["string", "integer"], "description": "Production or Test, or 1 or 2."},
    "arguments": {"type": "object", "description": "`criteria` is a filter in the original's XML."},
    **{name: {"type": _WORDS[kind][0]} for name, kind in KEPT.items()},
}
"""The same for a schema of the body."""

_NAMES = {name.lower(): name for name in KEPT}


def read_extra(body: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept `before`, with what this body says anew. Raises Refusal for a value of another type."""
    kept = dict(before)
    for sent, value in body.items():
        name = _NAMES.get(sent.lower())
        if value is None:
            continue
        if sent.lower() == "mode":
            kept["mode"] = _mode(value)
        elif sent.lower() == "arguments":
            kept["arguments"] = {key: each for key, each in _object(value).items() if key.lower() not in _OURS}
        elif name is not None:
            if not isinstance(value, KEPT[name]):
                raise refuse(400, 10001, f"{name} must be {_WORDS[KEPT[name]][1]}.")
            kept[name] = value
    return kept


def read_criteria(body: Mapping[str, Any]) -> str | None:
    """The filter among the arguments of a body; None where it says none."""
    for sent, value in body.items():
        if sent.lower() == "arguments" and value is not None:
            for key, each in _object(value).items():
                if key.lower() == "criteria" and each is not None:
                    if not isinstance(each, str):
                        raise refuse(400, 10001, "arguments.criteria must be a text.")
                    return each
    return None


def refuse_unreadable(ws: Workspace, criteria: str, key: str, own: DataExtension | str | None) -> None:
    """Raise Refusal for criteria that cannot be read; see `check_criteria`."""
    try:
        check_criteria(ws, criteria, key, own)
    except InvalidInput as wrong:
        raise refuse(400, 10005, f"arguments.criteria: {wrong.message} {wrong.hint}".strip()) from wrong


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise refuse(400, 10001, "arguments must be an object.")
    return value


def _mode(value: Any) -> str:
    mode = None if isinstance(value, bool) else _MODES.get(str(value).lower())
    if mode is None:
        raise refuse(400, 10005, "mode must be Production or Test.")
    return mode
