"""The kinds of field, in the order in which people see them: one file and one line here for each."""

from __future__ import annotations

from app.data_extensions.kinds.boolean import Boolean
from app.data_extensions.kinds.date import Date
from app.data_extensions.kinds.decimal import DecimalNumber
from app.data_extensions.kinds.email import Email
from app.data_extensions.kinds.kind import GET_DATE, Kind, Reader, Storage, ValueProblem
from app.data_extensions.kinds.locale import Locale
from app.data_extensions.kinds.number import Number
from app.data_extensions.kinds.phone import Phone
from app.data_extensions.kinds.text import Text
from app.kernel.registry import Registry

__all__ = ["GET_DATE", "KINDS", "Kind", "Reader", "Storage", "ValueProblem", "kind_of_mc_type"]

KINDS: Registry[Kind] = Registry(
    "kind of field", (Text(), Number(), DecimalNumber(), Date(), Boolean(), Email(), Phone(), Locale())
)


def kind_of_mc_type(mc_type: str) -> Kind | None:
    """The kind with that name in Marketing Cloud (`EmailAddress`), without regard to case; None if there is none."""
    return next((kind for kind in KINDS if kind.mc_type.lower() == mc_type.lower()), None)
