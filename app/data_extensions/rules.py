"""The rules of a schema: what a data extension may look like, and what may change once it is there.

Sources: reference, section 6. Bounds without a source are said to be ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.fold import fold
from app.data_extensions.kinds import GET_DATE, KINDS, ValueProblem
from app.data_extensions.kinds.decimal import INTEGER_DIGITS, MAX_PRECISION, precision, scale
from app.data_extensions.kinds.kind import check_characters
from app.data_extensions.kinds.text import MAX_KEY_LENGTH, MAX_LENGTH, max_length
from app.kernel.errors import Problem, Severity

MAX_NAME = 200
"""Ours: names are shown whole in lists."""
LONG_NAME = 40
"""Names over so many characters cause trouble with other programs of the original."""
MAX_KEY = 200
MAX_FIELD_NAME = 128
"""Ours, as SQL Server's identifiers."""
MAX_FIELDS = 500
"""Ours: a column and its folded twin each within PostgreSQL's 1600 columns."""
MAX_PRIMARY_KEYS = 3
MAX_LINK_LENGTH = 255

_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def tidy(data_extension: DataExtension) -> DataExtension:
    """The same with what goes without saying: spaces around names dropped, primary key columns required."""
    fields = tuple(
        replace(field, name=field.name.strip(), required=field.required or field.primary_key)
        for field in data_extension.fields
    )
    return replace(data_extension, name=data_extension.name.strip(), key=data_extension.key.strip(), fields=fields)


def place_of(number: int, field: Field) -> str:
    """How a problem of the field at that place (from 1) says where it is: never `name` or `key`, as a field may be
    called that, and two fields may have one name."""
    return f"field {number} ({field.name})" if field.name.strip() else f"field {number}"


def check_schema(data_extension: DataExtension) -> tuple[Problem, ...]:
    """Everything that is wrong with a schema; `where` is `name`, `key`, `link`, `fields` or the `place_of` a field."""
    problems = [*_check_names(data_extension), *_check_field_names(data_extension)]
    for number, field in enumerate(data_extension.fields, 1):
        problems.extend(_at(number, field, check_field(field)))
    problems.extend(_check_primary_key(data_extension))
    problems.extend(_check_link(data_extension))
    return tuple(problems)


def check_field(field: Field) -> tuple[Problem, ...]:
    """What is wrong with one field by itself: kind, length, scale, default; `where` is its name."""
    kind = KINDS.get(field.kind)
    if kind is None:
        kinds = ", ".join(each.key for each in KINDS)
        return (_problem("unknown_kind", f"{field.kind} is no kind of field.", field.name, f"Take one of {kinds}."),)
    problems = [*_check_length(field)]
    if not problems and field.default is not None:
        try:
            kind.parse(field.default, field, _SOME_TIME, UTC)
        except ValueProblem as wrong:
            hint = f"For example: {wrong.example}" + (f", or {GET_DATE} for now." if field.kind == "date" else "")
            problems.append(_problem("bad_default", f"The default does not fit: {wrong.message}", field.name, hint))
    return tuple(problems)


def check_edit(old: DataExtension, new: DataExtension, filled: bool) -> tuple[Problem, ...]:
    """What of a change is not allowed. `filled` says whether the table has rows. The new schema is checked as well."""
    problems = [*check_schema(new)]
    for number, field in enumerate(new.fields, 1):
        before = old.field(field.id)
        found = _check_new(field, filled) if before is None else _check_change(before, field)
        problems.extend(_at(number, field, found))
    kept = {field.id for field in new.fields}
    problems.extend(
        _problem(
            "primary_key_change",
            f"{field.name} is part of the primary key and cannot be removed.",
            "fields",
            "Make a new data extension with another primary key.",
        )
        for field in old.fields
        if field.primary_key and field.id not in kept
    )
    return tuple(problems)


def _check_names(data_extension: DataExtension) -> list[Problem]:
    problems = []
    for where, text, most in (("name", data_extension.name, MAX_NAME), ("key", data_extension.key, MAX_KEY)):
        if not text.strip():
            problems.append(
                _problem("empty", f"The data extension has no {where}.", where, "For example: Abandoned carts")
            )
        elif len(text) > most:
            problems.append(
                _problem("too_long", f"The {where} has {len(text)} characters.", where, f"Take at most {most}.")
            )
        problems.extend(_check_printable(text, where, f"The {where}"))
    if len(data_extension.name) > LONG_NAME and not problems:
        problems.append(
            Problem(
                "long_name",
                f"The name has {len(data_extension.name)} characters.",
                "name",
                f"Marketing Cloud's API has trouble with names over {LONG_NAME}.",
                Severity.WARNING,
            )
        )
    return problems


def _check_printable(text: str, where: str, what: str) -> list[Problem]:
    try:
        check_characters(text, "")
    except ValueProblem as wrong:
        return [_problem("invalid_characters", wrong.message, where, "Remove it.")]
    if any(ord(c) < 32 or ord(c) == 127 for c in text):
        return [
            _problem(
                "invalid_characters", f"{what} contains a line break, tab or control character.", where, "Remove it."
            )
        ]
    return []


def _check_field_names(data_extension: DataExtension) -> list[Problem]:
    problems = []
    if not data_extension.fields:
        problems.append(_problem("no_fields", "The data extension has no fields.", "fields", "Add at least one field."))
    if len(data_extension.fields) > MAX_FIELDS:
        problems.append(
            _problem(
                "too_many_fields",
                f"There are {len(data_extension.fields)} fields.",
                "fields",
                f"Take at most {MAX_FIELDS}.",
            )
        )
    seen: dict[str, str] = {}
    for number, field in enumerate(data_extension.fields, 1):
        name = field.name.strip()
        where = place_of(number, field)
        if not name:
            problems.append(_problem("empty", f"Field {number} has no name.", where, "For example: Cart total"))
            continue
        if len(name) > MAX_FIELD_NAME:
            problems.append(
                _problem(
                    "too_long",
                    f"The field's name has {len(name)} characters.",
                    where,
                    f"Take at most {MAX_FIELD_NAME}.",
                )
            )
        problems.extend(_check_printable(name, where, "The field's name"))
        twin = seen.setdefault(fold(name), name)
        if twin is not name:
            problems.append(
                _problem(
                    "duplicate_field",
                    f"There are two fields with the name {twin}.",
                    where,
                    "Give one of them another name; capital and small letters do not make a difference here.",
                )
            )
    return problems


def _check_length(field: Field) -> list[Problem]:
    if field.kind == "text" and field.length is not None and not 1 <= field.length <= MAX_LENGTH:
        return [
            _problem(
                "bad_length",
                f"A Text has 1 to {MAX_LENGTH} characters, not {field.length}.",
                field.name,
                "For example: 50",
            )
        ]
    if field.kind != "decimal":
        return []
    if not 1 <= precision(field) <= MAX_PRECISION:
        return [
            _problem(
                "bad_length",
                f"A Decimal has 1 to {MAX_PRECISION} digits, not {field.length}.",
                field.name,
                "For example: 10 digits, 2 of them after the point",
            )
        ]
    if not 0 <= scale(field) <= precision(field):
        return [
            _problem(
                "bad_scale",
                f"{scale(field)} digits after the point do not fit into {precision(field)} digits in all.",
                field.name,
                "For example: 10 digits, 2 of them after the point",
            )
        ]
    return []


def _check_primary_key(data_extension: DataExtension) -> list[Problem]:
    keys = data_extension.primary_keys
    first = next((place_of(n, field) for n, field in enumerate(data_extension.fields, 1) if field.primary_key), "")
    problems = []
    if len(keys) > MAX_PRIMARY_KEYS:
        names = ", ".join(field.name for field in keys)
        problems.append(
            _problem(
                "too_many_keys",
                f"The primary key has {len(keys)} fields: {names}.",
                "fields",
                f"Take at most {MAX_PRIMARY_KEYS}.",
            )
        )
    if len(keys) == 1 and keys[0].kind == "date":
        problems.append(
            _problem(
                "date_key",
                f"The Date {keys[0].name} alone cannot be the primary key.",
                first,
                "Add another field to the key, such as the contact key.",
            )
        )
    length = sum(max_length(field) for field in keys if field.kind == "text" and field.length is not None)
    if length > MAX_KEY_LENGTH:
        problems.append(
            _problem(
                "long_key",
                f"The texts of the primary key have up to {length} characters together.",
                first,
                f"Take at most {MAX_KEY_LENGTH} together: a database's index holds no more.",
            )
        )
    return problems


def _check_link(data_extension: DataExtension) -> list[Problem]:
    if data_extension.link is None:
        return []
    field = data_extension.field(data_extension.link)
    if field is None:
        return [
            _problem(
                "no_link", "The field that holds the contact key is not there.", "link", "Choose one of the fields."
            )
        ]
    if field.kind not in ("text", "email", "number", "phone"):
        label = KINDS[field.kind].label if field.kind in KINDS else field.kind
        return [
            _problem(
                "bad_link",
                f"{field.name} is a {label} and cannot hold the contact key.",
                "link",
                "Choose a Text, an Email address, a Number or a Phone.",
            )
        ]
    if field.kind == "text" and field.length is not None and field.length > MAX_LINK_LENGTH:
        return [
            _problem(
                "bad_link",
                f"{field.name} has {field.length} characters; a contact key has at most {MAX_LINK_LENGTH}.",
                "link",
                f"Choose a field of at most {MAX_LINK_LENGTH}.",
            )
        ]
    return []


def _check_new(field: Field, filled: bool) -> list[Problem]:
    if not filled:
        return []
    if field.primary_key:
        return [
            _problem(
                "primary_key_change",
                f"{field.name} cannot join the primary key: there are rows.",
                field.name,
                "Make it an ordinary field, or a new data extension.",
            )
        ]
    if field.required and field.default is None:
        return [
            _problem(
                "needs_default",
                f"{field.name} is required, and the rows that are there have no value for it.",
                field.name,
                "Give it a default, or make it optional.",
            )
        ]
    return []


def _check_change(old: Field, new: Field) -> list[Problem]:
    problems = []
    if old.kind != new.kind:
        label = KINDS[old.kind].label if old.kind in KINDS else old.kind
        problems.append(
            _problem(
                "kind_change", f"{old.name} is a {label} and stays one.", new.name, "Add a new field of the other kind."
            )
        )
    elif old.kind == "text" and max_length(new) < max_length(old):
        problems.append(
            _problem(
                "shorter",
                f"The length of {old.name} cannot shrink from {max_length(old)} to {max_length(new)}.",
                new.name,
                f"Take at least {max_length(old)}.",
            )
        )
    elif old.kind == "decimal":
        problems.extend(_check_decimal_change(old, new))
    if new.required and not old.required and not old.primary_key:
        problems.append(
            _problem(
                "stricter",
                f"{old.name} is optional and cannot become required.",
                new.name,
                "Add a new required field with a default.",
            )
        )
    if new.primary_key != old.primary_key:
        problems.append(
            _problem(
                "primary_key_change",
                "The primary key cannot change after creation.",
                new.name,
                "Make a new data extension with another primary key.",
            )
        )
    return problems


def _check_decimal_change(old: Field, new: Field) -> list[Problem]:
    if scale(new) != scale(old):
        return [
            _problem(
                "scale_change",
                f"The digits after the point of {old.name} stay {scale(old)}.",
                new.name,
                "Add a new field.",
            )
        ]
    if precision(new) < precision(old):
        return [
            _problem(
                "shorter",
                f"The length of {old.name} cannot shrink from {precision(old)} to {precision(new)}.",
                new.name,
                f"Take at least {precision(old)}.",
            )
        ]
    if precision(old) <= INTEGER_DIGITS < precision(new):
        return [
            _problem(
                "longer",
                f"{old.name} cannot grow past {INTEGER_DIGITS} digits: longer numbers are kept in another way.",
                new.name,
                f"Take at most {INTEGER_DIGITS}, or add a new field.",
            )
        ]
    return []


def _at(number: int, field: Field, problems: Iterable[Problem]) -> list[Problem]:
    return [replace(problem, where=place_of(number, field)) for problem in problems]


def _problem(code: str, message: str, where: str, hint: str) -> Problem:
    return Problem(code, message, where, hint)
