"""A filter in the original's JSON: its XML, with what stands beside it in `metaData`; both ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.filters.catalog import Catalog
from app.filters.document import from_document, to_document
from app.filters.sentence import sentence
from app.filters.tree import EMPTY, Group
from app.filters.xml import from_xml, to_xml
from app.kernel.errors import InvalidInput

Json = dict[str, Any]
DESCRIPTION = "criteriaDescription"


def read_filter(xml: str, meta: Mapping[str, Any], catalog: Catalog, event_key: str) -> Group | None:
    """The filter: its XML if there is some, else what Switchback wrote beside it. Raises InvalidInput."""
    if xml.strip():
        return from_xml(xml, catalog, event_key)
    own = meta.get("switchback")
    if isinstance(own, Mapping) and own.get("filter") is not None:
        return from_document(own["filter"])
    return None


def write_filter(
    group: Group | None, catalog: Catalog, event_key: str, was: object = "", was_meta: Mapping[str, Any] | None = None
) -> tuple[str, Json]:
    """The XML of a filter with what its metaData says; what XML cannot carry travels beside it.

    `was` and `was_meta` came from the original: where they still say the same, they go back as they came.
    """
    if group is None:
        return "", {DESCRIPTION: ""}
    if isinstance(was, str) and was.strip() and says(was, group, catalog, event_key):
        return was, {DESCRIPTION: (was_meta or {}).get(DESCRIPTION, str(sentence(group, catalog)))}
    beside: Json = {"switchback": {"filter": to_document(group)}}
    if not group.children:
        return "", {DESCRIPTION: ""} | ({} if group == EMPTY else beside)
    meta: Json = {DESCRIPTION: str(sentence(group, catalog))}
    try:
        return to_xml(group, catalog, event_key), meta
    except InvalidInput:
        return "", meta | beside


def says(xml: str, group: Group, catalog: Catalog, event_key: str) -> bool:
    """Whether the XML is that very filter."""
    try:
        return from_xml(xml, catalog, event_key) == group or to_xml(group, catalog, event_key) == xml
    except InvalidInput:
        return False
