"""Values that turn a condition: what would have to be there for it to pass, or not to.

Candidates come from what the operand means (its bounds, the values beside them, its texts and texts around them), and
the compiled condition itself says which of them does it: so a new operator needs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal, localcontext
from typing import Any

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds import KINDS, ValueProblem
from app.data_extensions.kinds.decimal import scale
from app.filters.compile import Record, compile_condition
from app.filters.dates import TICK, Anniversary
from app.filters.operands import Asked, Family, Ready
from app.filters.tree import Literal, Literals, Operand

Changes = dict[str, Value]
"""Values by id of field."""

_DAY = timedelta(days=1)


def turn(ready: Ready, record: Record, wanted: bool, now: datetime, tz: tzinfo) -> Changes | None:
    """Changes to `record` after which the condition answers `wanted`; None if no such value was found."""
    match = compile_condition(ready, now, tz)
    changes: Changes = {}
    for other in dict.fromkeys(each for each in ready.right if isinstance(each, Asked)):
        # Beside an attribute without a value no value of the left side helps: it gets one first.
        if wanted and record.get(other.field.id) is None:
            changes[other.field.id] = KINDS[other.field.kind].sample(other.field, 0)
    for value in candidates(ready, {**record, **changes}, now, tz):
        attempt = {**record, **changes, ready.left.field.id: value}
        if match(attempt) is wanted:
            return {**changes, ready.left.field.id: value}
    return None


def candidates(ready: Ready, record: Record, now: datetime, tz: tzinfo) -> Iterator[Value]:
    """Values that the left field can hold, the likely ones first; no value comes last, where it is allowed."""
    field = ready.left.field
    read = KINDS[field.kind].reader(field, tz)
    seen: set[Value] = set()
    for raw in _raw(ready, record, now):
        try:
            value = read(raw)
        except ValueProblem:
            continue
        if value is not None and value not in seen:
            seen.add(value)
            yield value
    if not field.required and not field.primary_key:
        yield None


def _raw(ready: Ready, record: Record, now: datetime) -> Iterator[object]:
    right: list[Any] = [record.get(each.field.id) if isinstance(each, Asked) else each for each in ready.right]
    kind, field = KINDS[ready.left.field.kind], ready.left.field
    samples = [kind.sample(field, n) for n in range(9)]
    if ready.left.family is Family.TEXT:
        typed = _typed(ready.condition.operand) + [each for each in right if isinstance(each, str)]
        # A believable text reads better than the typed one with something put to it.
        yield from (*typed, *samples, *_around(typed))
        return
    if ready.left.family is Family.NUMBER:
        yield from _numbers(right, field)
    elif ready.left.family is Family.DATE:
        yield from _dates(right, now)
    else:
        yield from (True, False)
    yield from samples


def _typed(operand: Operand) -> list[str]:
    if isinstance(operand, Literal):
        return [operand.text]
    return list(operand.texts) if isinstance(operand, Literals) else []


def _around(typed: list[str]) -> Iterator[str]:
    for shape in _SHAPES:
        for text in typed:
            yield shape.format(text)
    yield from ("", "x", "y", "0", "1", "zz-ZZ", "z@z.zz")


_SHAPES = (
    "{}x",
    # As a part of what an address, a telephone number or a locale can be.
    *("{}@example.com", "name@{}", "name@{}.com", "name@example{}", "name{}", "{}name@example.com", "{}.com"),
    *("name@x{}.com", "{}example.com", "+47{}", "{}0", "0{}"),
    *("{}-NO", "nb{}", "nb-{}", "n{}-NO", "{}b-NO", "nb-{}O", "nb-N{}", "{}NO", "n{}O"),
)


def _numbers(right: list[Any], field: Field) -> Iterator[object]:
    step = Decimal(1).scaleb(-scale(field)) if field.kind == "decimal" else Decimal(1)
    for each in right:
        for number in each if isinstance(each, tuple) else (each,):
            yield from _near(Decimal(number), step)
    yield from (0, 1, -1, 2)


def _near(number: Decimal, step: Decimal) -> tuple[Decimal, ...]:
    """The number and its neighbours that are whole steps, the one above first."""
    with localcontext(prec=400):  # the usual 28 digits would round a long decimal
        below = number // step * step
        return (number, below + step, below, below - step, below + 2 * step)


def _dates(right: list[object], now: datetime) -> Iterator[datetime]:
    for each in right:
        if isinstance(each, Anniversary):
            yield each.bounds(now.year)[0]
    moments = [each for each in right if isinstance(each, datetime)]
    yield from moments
    for moment in moments:
        for by in (_DAY, -_DAY, TICK, -TICK):
            try:
                yield (moment + by).astimezone(UTC)
            except OverflowError:
                continue
