"""The field picker: every attribute a filter may ask, with its kind, where it comes from and a value from the data."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import KINDS
from app.filters.tree import EVENT, Attribute
from app.ui.filter_builder.picker import Choice, Picker
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import tr


def open_field_picker(
    anchor: QWidget,
    surroundings: Surroundings,
    current: Attribute | None,
    chosen: Callable[[Attribute], None],
    *,
    typed: str = "",
    fits: Callable[[Field], bool] = lambda _field: True,
    leave_out: Attribute | None = None,
) -> Picker:
    """Drop the picker from `anchor`. `fits` and `leave_out` keep away what cannot be meant; `typed` starts the search.

    `chosen` is called with the attribute that was picked.
    """
    choices = [
        _choice(surroundings, attribute, field)
        for attribute, field in surroundings.catalog
        if fits(field) and attribute != leave_out
    ]
    nothing = (
        tr("No field is called that.") if choices else tr("Choose a data extension first: its fields are listed here.")
    )
    picker = Picker(anchor, choices, current, placeholder=tr("Search fields"), nothing=nothing)
    picker.picked.connect(chosen)
    picker.open_at(anchor, typed)
    return picker


def _choice(surroundings: Surroundings, attribute: Attribute, field: Field) -> Choice:
    home = surroundings.catalog.home(attribute)
    kind = KINDS.get(field.kind)
    values = surroundings.existing(attribute)
    detail = tr(kind.label) if kind else field.kind
    if values:
        # Of a date the day is enough to recognise it by.
        value = values[0][:10] if field.kind == "date" else values[0]
        detail = tr("{kind} · e.g. {value}", kind=detail, value=value)
    name = home.name if home else ""
    section = (
        tr("Event data · {name}", name=name) if attribute.source == EVENT else tr("Contact data · {name}", name=name)
    )
    return Choice(attribute, field.name, detail, section)
