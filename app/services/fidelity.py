"""The choices that no source of the original settles, in one place. The defaults are the reference's (section 9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from app.data_extensions.check_row import Nulls, PrimaryKeys, RowFidelity, UnknownColumns

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How the data of a call is read (names without a column, nulls, the case of names), what becomes of a primary key
    that is there already, and whether the row is stored before the filters are asked or only when a journey admitted
    the contact."""

    unknown_columns: UnknownColumns = UnknownColumns.IGNORE
    nulls: Nulls = Nulls.NO_VALUE
    primary_keys: PrimaryKeys = PrimaryKeys.UPDATE
    names_ignore_case: bool = False
    only_admitted_rows: bool = False

    @property
    def rows(self) -> RowFidelity:
        """The choices as the check of a row takes them."""
        return RowFidelity(self.unknown_columns, self.nulls, self.names_ignore_case)


def to_document(fidelity: Fidelity) -> dict[str, Any]:
    """The choices as JSON values."""
    return asdict(fidelity)


def from_document(document: Mapping[str, Any]) -> Fidelity:
    """The choices of such a document; what is missing, or of a newer Switchback, is the default."""
    default = Fidelity()
    return Fidelity(
        unknown_columns=_choice(UnknownColumns, document.get("unknown_columns"), default.unknown_columns),
        nulls=_choice(Nulls, document.get("nulls"), default.nulls),
        primary_keys=_choice(PrimaryKeys, document.get("primary_keys"), default.primary_keys),
        names_ignore_case=document.get("names_ignore_case") is True,
        only_admitted_rows=document.get("only_admitted_rows") is True,
    )


def _choice(kind: type[ChoiceT], value: object, default: ChoiceT) -> ChoiceT:
    return next((each for each in kind if each.value == value), default)
