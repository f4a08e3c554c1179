"""The data extension: a named table of contacts with typed fields."""

from __future__ import annotations

from dataclasses import dataclass

Value = object
"""A value in memory: str, int, Decimal, aware datetime (UTC), bool or None, as its kind says."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `kind` is the key of a kind of field; `id` is stable and is the column's physical name.

    `length` is the most characters of a text, or the precision of a decimal; `scale` the decimal's digits after
    the point; `default` the text that fills a gap (`GetDate()` for a date means now).
    """

    id: str
    name: str
    kind: str
    length: int | None = None
    scale: int | None = None
    required: bool = False
    primary_key: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class DataExtension:
    """A table of contacts. `id` is a guid, `key` the external key, `link` the id of the field that holds the
    contact key (None: its rows are not linked to contacts)."""

    id: str
    key: str
    name: str
    description: str = ""
    fields: tuple[Field, ...] = ()
    link: str | None = None

    def field(self, field_id: str) -> Field | None:
        """The field with that id, or None."""
        for field in self.fields:  # a plain loop: asked several times for every event
            if field.id == field_id:
                return field
        return None

    def named(self, name: str) -> Field | None:
        """The field with exactly that name, or None."""
        for field in self.fields:
            if field.name == name:
                return field
        return None

    @property
    def primary_keys(self) -> tuple[Field, ...]:
        """The fields that together tell one row from another; may be empty."""
        return tuple(f for f in self.fields if f.primary_key)
