"""Payloads that a schema would take: for the test panel's form, for code to copy, for documentation."""

from __future__ import annotations

from typing import Any

from app.data_extensions.data_extension import DataExtension
from app.data_extensions.kinds import KINDS


def sample_contact_key(n: int = 0) -> str:
    """A believable contact key; another one for each `n`."""
    return f"NTO-{1001 + n}"


def sample_payload(schema: DataExtension, n: int = 0, contact_key: str | None = None) -> dict[str, Any]:
    """Data for every field of a schema, as JSON values that pass its checks; another one for each `n`.

    The field that links to contacts gets `contact_key` (the sample key where None), if that fits.
    """
    payload: dict[str, Any] = {}
    for field in schema.fields:
        kind = KINDS[field.kind]
        payload[field.name] = kind.to_json(kind.sample(field, n), field)
    link = schema.field(schema.link) if schema.link else None
    if link is not None and link.kind == "text":
        key = sample_contact_key(n) if contact_key is None else contact_key
        if link.length is None or len(key) <= link.length:
            payload[link.name] = key
    return payload
