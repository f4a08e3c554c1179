"""What of a data extension may be changed: the new schema, and what the rows that are there would lose.

Sources: reference, section 6. Bounds without a source are said to be ours.
"""

from __future__ import annotations

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.data_extensions.kinds.decimal import INTEGER_DIGITS, precision, scale
from app.data_extensions.kinds.text import max_length
from app.data_extensions.rules import check_schema, placed
from app.kernel.errors import Problem
from app.kernel.said import Said, said


def check_edit(old: DataExtension, new: DataExtension, filled: bool) -> tuple[Problem, ...]:
    """What of a change is not allowed. `filled` says whether the table has rows. The new schema is checked as well."""
    problems = [*check_schema(new)]
    for number, field in enumerate(new.fields, 1):
        before = old.field(field.id)
        found = _check_new(field, filled) if before is None else _check_change(before, field)
        problems.extend(placed(number, field, found))
    kept = {field.id for field in new.fields}
    problems.extend(
        Problem(
            "primary_key_change",
            said("{name} is part of the primary key and cannot be removed.", name=field.name),
            "fields",
            said("Make a new data extension with another primary key."),
        )
        for field in old.fields
        if field.primary_key and field.id not in kept
    )
    return tuple(problems)


def _check_new(field: Field, filled: bool) -> list[Problem]:
    if not filled:
        return []
    if field.primary_key:
        return [
            Problem(
                "primary_key_change",
                said("{name} cannot join the primary key: there are rows.", name=field.name),
                field.name,
                said("Make it an ordinary field, or a new data extension."),
            )
        ]
    if field.required and field.default is None:
        return [
            Problem(
                "needs_default",
                said("{name} is required, and the rows that are there have no value for it.", name=field.name),
                field.name,
                said("Give it a default, or make it optional."),
            )
        ]
    return []


def _check_change(old: Field, new: Field) -> list[Problem]:
    problems = []
    if old.kind != new.kind:
        label = Said(KINDS[old.kind].label) if old.kind in KINDS else old.kind
        problems.append(
            Problem(
                "kind_change",
                said("{name} is a {label} and stays one.", name=old.name, label=label),
                new.name,
                said("Add a new field of the other kind."),
            )
        )
    elif old.kind == "text" and max_length(new) < max_length(old):
        problems.append(
            Problem(
                "shorter",
                said(
                    "The length of {name} cannot shrink from {old} to {new}.",
                    name=old.name,
                    old=max_length(old),
                    new=max_length(new),
                ),
                new.name,
                said("Take at least {old}.", old=max_length(old)),
            )
        )
    elif old.kind == "decimal":
        problems.extend(_check_decimal_change(old, new))
    if new.required and not old.required and not old.primary_key:
        problems.append(
            Problem(
                "stricter",
                said("{name} is optional and cannot become required.", name=old.name),
                new.name,
                said("Add a new required field with a default."),
            )
        )
    if new.primary_key != old.primary_key:
        problems.append(
            Problem(
                "primary_key_change",
                said("The primary key cannot change after creation."),
                new.name,
                said("Make a new data extension with another primary key."),
            )
        )
    return problems


def _check_decimal_change(old: Field, new: Field) -> list[Problem]:
    if scale(new) != scale(old):
        return [
            Problem(
                "scale_change",
                said("The digits after the point of {name} stay {old}.", name=old.name, old=scale(old)),
                new.name,
                said("Add a new field."),
            )
        ]
    if precision(new) < precision(old):
        return [
            Problem(
                "shorter",
                said(
                    "The length of {name} cannot shrink from {old} to {new}.",
                    name=old.name,
                    old=precision(old),
                    new=precision(new),
                ),
                new.name,
                said("Take at least {old}.", old=precision(old)),
            )
        ]
    if precision(old) <= INTEGER_DIGITS < precision(new):
        return [
            Problem(
                "longer",
                said(
                    "{name} cannot grow past {integer_digits} digits: longer numbers are kept in another way.",
                    name=old.name,
                    integer_digits=INTEGER_DIGITS,
                ),
                new.name,
                said("Take at most {integer_digits}, or add a new field.", integer_digits=INTEGER_DIGITS),
            )
        ]
    return []
