"""The rules of a schema: what a data extension may look like. What may change once it is there is in `changes`.

Sources: reference, section 6. Bounds without a source are said to be ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.fold import fold
from app.data_extensions.kinds import GET_DATE, KINDS, ValueProblem
from app.data_extensions.kinds.decimal import MAX_PRECISION, precision, scale
from app.data_extensions.kinds.kind import check_characters
from app.data_extensions.kinds.text import MAX_KEY_LENGTH, MAX_LENGTH, max_length
from app.kernel.errors import Problem, Severity
from app.kernel.names import MAX_NAME
from app.kernel.said import Said, listed, said

LONG_NAME = 40
"""Names over so many characters cause trouble with other programs of the original."""
MAX_KEY = 200
MAX_FIELD_NAME = 128
"""Ours, as SQL Server's identifiers."""
MAX_FIELDS = 500
"""Ours: a column and its folded twin each within PostgreSQL's 1600 columns."""
MAX_PRIMARY_KEYS = 3
MAX_LINK_LENGTH = 255

_NO_TEXT = {"name": said("The data extension has no name."), "key": said("The data extension has no key.")}
_SUBJECT = {"name": said("The name"), "key": said("The key")}
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
    if not field.name.strip():
        return said("field {number}", number=number)
    return said("field {number} ({name})", number=number, name=field.name)


def check_schema(data_extension: DataExtension) -> tuple[Problem, ...]:
    """Everything that is wrong with a schema; `where` is `name`, `key`, `link`, `fields` or the `place_of` a field."""
    problems = [*_check_names(data_extension), *_check_field_names(data_extension)]
    for number, field in enumerate(data_extension.fields, 1):
        problems.extend(placed(number, field, check_field(field)))
    problems.extend(_check_primary_key(data_extension))
    problems.extend(_check_link(data_extension))
    return tuple(problems)


def check_field(field: Field) -> tuple[Problem, ...]:
    """What is wrong with one field by itself: kind, length, scale, default; `where` is its name."""
    kind = KINDS.get(field.kind)
    if kind is None:
        kinds = listed(each.key for each in KINDS)
        return (
            Problem(
                "unknown_kind",
                said("{kind} is no kind of field.", kind=field.kind),
                field.name,
                said("Take one of {kinds}.", kinds=kinds),
            ),
        )
    problems = [*_check_length(field)]
    if not problems and field.default is not None:
        try:
            kind.parse(field.default, field, _SOME_TIME, UTC)
        except ValueProblem as wrong:
            example = wrong.example
            hint = said("For example: {example}", example=example)
            if field.kind == "date":
                hint = said("For example: {example}, or {get_date} for now.", example=example, get_date=GET_DATE)
            problems.append(
                Problem(
                    "bad_default", said("The default does not fit: {message}", message=wrong.message), field.name, hint
                )
            )
    return tuple(problems)


def _check_names(data_extension: DataExtension) -> list[Problem]:
    problems = []
    for where, text, most in (("name", data_extension.name, MAX_NAME), ("key", data_extension.key, MAX_KEY)):
        if not text.strip():
            problems.append(
                Problem("empty", _NO_TEXT[where], where, said("For example: {example}", example="Abandoned carts"))
            )
        elif len(text) > most:
            problems.append(
                Problem(
                    "too_long",
                    said("{what} has {n} characters.", what=_SUBJECT[where], n=len(text)),
                    where,
                    said("Take at most {most}.", most=most),
                )
            )
        problems.extend(_check_printable(text, where, _SUBJECT[where]))
    if len(data_extension.name) > LONG_NAME and not problems:
        problems.append(
            Problem(
                "long_name",
                said("The name has {n} characters.", n=len(data_extension.name)),
                "name",
                said("Marketing Cloud's API has trouble with names over {long_name}.", long_name=LONG_NAME),
                Severity.WARNING,
            )
        )
    return problems


def _check_printable(text: str, where: str, what: str) -> list[Problem]:
    try:
        check_characters(text, "")
    except ValueProblem as wrong:
        return [Problem("invalid_characters", wrong.message, where, said("Remove it."))]
    if any(ord(c) < 32 or ord(c) == 127 for c in text):
        return [
            Problem(
                "invalid_characters",
                said("{what} contains a line break, tab or control character.", what=what),
                where,
                said("Remove it."),
            )
        ]
    return []


def _check_field_names(data_extension: DataExtension) -> list[Problem]:
    problems = []
    if not data_extension.fields:
        problems.append(
            Problem("no_fields", said("The data extension has no fields."), "fields", said("Add at least one field."))
        )
    if len(data_extension.fields) > MAX_FIELDS:
        problems.append(
            Problem(
                "too_many_fields",
                said("There are {n} fields.", n=len(data_extension.fields)),
                "fields",
                said("Take at most {most}.", most=MAX_FIELDS),
            )
        )
    seen: dict[str, str] = {}
    for number, field in enumerate(data_extension.fields, 1):
        name = field.name.strip()
        where = place_of(number, field)
        if not name:
            problems.append(
                Problem(
                    "empty",
                    said("Field {number} has no name.", number=number),
                    where,
                    said("For example: {example}", example="Cart total"),
                )
            )
            continue
        if len(name) > MAX_FIELD_NAME:
            problems.append(
                Problem(
                    "too_long",
                    said("The field's name has {n} characters.", n=len(name)),
                    where,
                    said("Take at most {most}.", most=MAX_FIELD_NAME),
                )
            )
        problems.extend(_check_printable(name, where, said("The field's name")))
        twin = seen.setdefault(fold(name), name)
        if twin is not name:
            problems.append(
                Problem(
                    "duplicate_field",
                    said("There are two fields with the name {twin}.", twin=twin),
                    where,
                    said("Give one of them another name; capital and small letters do not make a difference here."),
                )
            )
    return problems


def _check_length(field: Field) -> list[Problem]:
    if field.kind == "text" and field.length is not None and not 1 <= field.length <= MAX_LENGTH:
        return [
            Problem(
                "bad_length",
                said(
                    "A Text has 1 to {max_length} characters, not {length}.", max_length=MAX_LENGTH, length=field.length
                ),
                field.name,
                said("For example: 50"),
            )
        ]
    if field.kind != "decimal":
        return []
    if not 1 <= precision(field) <= MAX_PRECISION:
        return [
            Problem(
                "bad_length",
                said(
                    "A Decimal has 1 to {max_precision} digits, not {length}.",
                    max_precision=MAX_PRECISION,
                    length=field.length,
                ),
                field.name,
                said("For example: 10 digits, 2 of them after the point"),
            )
        ]
    if not 0 <= scale(field) <= precision(field):
        return [
            Problem(
                "bad_scale",
                said(
                    "{scale} digits after the point do not fit into {digits} digits in all.",
                    scale=scale(field),
                    digits=precision(field),
                ),
                field.name,
                said("For example: 10 digits, 2 of them after the point"),
            )
        ]
    return []


def _check_primary_key(data_extension: DataExtension) -> list[Problem]:
    keys = data_extension.primary_keys
    first = next((place_of(n, field) for n, field in enumerate(data_extension.fields, 1) if field.primary_key), "")
    problems = []
    if len(keys) > MAX_PRIMARY_KEYS:
        names = listed(field.name for field in keys)
        problems.append(
            Problem(
                "too_many_keys",
                said("The primary key has {n} fields: {names}.", n=len(keys), names=names),
                "fields",
                said("Take at most {most}.", most=MAX_PRIMARY_KEYS),
            )
        )
    if len(keys) == 1 and keys[0].kind == "date":
        problems.append(
            Problem(
                "date_key",
                said("The Date {name} alone cannot be the primary key.", name=keys[0].name),
                first,
                said("Add another field to the key, such as the contact key."),
            )
        )
    length = sum(max_length(field) for field in keys if field.kind == "text" and field.length is not None)
    if length > MAX_KEY_LENGTH:
        problems.append(
            Problem(
                "long_key",
                said("The texts of the primary key have up to {length} characters together.", length=length),
                first,
                said(
                    "Take at most {max_key_length} together: a database's index holds no more.",
                    max_key_length=MAX_KEY_LENGTH,
                ),
            )
        )
    return problems


def _check_link(data_extension: DataExtension) -> list[Problem]:
    if data_extension.link is None:
        return []
    field = data_extension.field(data_extension.link)
    if field is None:
        return [
            Problem(
                "no_link",
                said("The field that holds the contact key is not there."),
                "link",
                said("Choose one of the fields."),
            )
        ]
    if field.kind not in ("text", "email", "number", "phone"):
        label = Said(KINDS[field.kind].label) if field.kind in KINDS else field.kind
        return [
            Problem(
                "bad_link",
                said("{name} is a {label} and cannot hold the contact key.", name=field.name, label=label),
                "link",
                said("Choose a Text, an Email address, a Number or a Phone."),
            )
        ]
    if field.kind == "text" and field.length is not None and field.length > MAX_LINK_LENGTH:
        return [
            Problem(
                "bad_link",
                said(
                    "{name} has {length} characters; a contact key has at most {max_link_length}.",
                    name=field.name,
                    length=field.length,
                    max_link_length=MAX_LINK_LENGTH,
                ),
                "link",
                said("Choose a field of at most {max_link_length}.", max_link_length=MAX_LINK_LENGTH),
            )
        ]
    return []


def placed(number: int, field: Field, problems: Iterable[Problem]) -> list[Problem]:
    """The problems of the field at that place (from 1), said to be there."""
    return [replace(problem, where=place_of(number, field)) for problem in problems]
