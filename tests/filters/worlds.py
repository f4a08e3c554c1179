"""Random schemas, trees and rows for the property tests. The registry of operators is the list of what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Context, Decimal
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field, Value
from app.data_extensions.kinds import KINDS
from app.data_extensions.kinds.date import FIRST, LAST
from app.data_extensions.kinds.decimal import precision, scale
from app.filters.catalog import Catalog
from app.filters.operands import Family, family_of
from app.filters.operators import OPERATORS, Operator, Shape
from app.filters.tree import (
    Attribute,
    Condition,
    Group,
    Join,
    Literal,
    Literals,
    Node,
    Operand,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
    Unit,
)

LETTERS = (
    "",
    " ",
    "a",
    "A",
    "b",
    "ß",
    "SS",
    "ss",
    "ẞ",
    "İ",
    "i̇",
    "i",
    "I",
    "ı",
    "Σ",
    "σ",
    "ς",
    "É",
    "é",
    "e\u0301",
    "E\u0301",
)
LETTERS += (
    "ﬁ",
    "FI",
    "ǆ",
    "Ǆ",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "”",
    ",",
    ".",
    "-",
    "300",
    "3001",
    "K",
    "\u212a",
    "ᾳ",
    "ΑΙ",
    "😀",
    "\t",
)
WORDS = (
    "NO",
    "no",
    "Norway",
    "a b",
    "a,b",
    "3001, 300",
    "name@example.com",
    "nb-NO",
    "+4722000000",
    "or has no value",
    "and",
)

texts = st.one_of(
    st.sampled_from(WORDS),
    st.lists(st.sampled_from(LETTERS), max_size=4).map("".join),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=4),
)
TICK = timedelta(microseconds=1)
ZONES = ("UTC", "Europe/Oslo", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu", "Pacific/Apia", "Asia/Beirut")
ZONES += ("America/Sao_Paulo", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns", "Etc/GMT+12")
DAYS = tuple(
    date.fromisoformat(text)
    for text in (
        *(
            "2026-11-23",
            "2026-11-24",
            "2026-03-29",
            "2026-10-25",
            "2026-03-08",
            "2026-11-01",
            "2026-02-28",
            "2024-02-29",
        ),
        *(
            "2022-03-27",
            "2018-11-04",
            "2011-12-30",
            "2011-12-31",
            "2026-12-31",
            "2027-01-01",
            "2000-02-29",
            "1900-02-28",
        ),
        *(
            "1753-01-01",
            "1753-01-02",
            "9999-12-31",
            "9999-12-30",
            "2038-01-19",
            "2500-03-28",
            "1970-01-01",
            "2026-04-05",
        ),
    )
)
NOWS = tuple(
    datetime.fromisoformat(text).replace(tzinfo=UTC)
    for text in ("2026-11-23T12:00", "2026-03-29T00:59:59", "2026-10-24T22:00", "2024-02-29T23:30", "2026-12-31T23:00")
)


@dataclass(frozen=True)
class World:
    """A catalog, a moment, a time zone, and records over the catalog."""

    catalog: Catalog
    now: datetime
    tz: ZoneInfo
    records: tuple[dict[str, Value], ...]


NAMES = (
    "Country",
    "Cart total",
    "and",
    "is",
    "A b",
    "value of x",
    "Tier (Loyalty)",
    "Ünï",
    "x]y",
    "a.b",
    "null",
    "today",
    "1",
)


@st.composite
def fields(draw: st.DrawFn, count: int, prefix: str, kinds: tuple[str, ...] = ()) -> tuple[Field, ...]:
    """Fields of random kinds with different names."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=count, max_size=count, unique=True))
    made = []
    for i, name in enumerate(names):
        kind = draw(st.sampled_from(kinds or [kind.key for kind in KINDS]))
        length = places = None
        if kind == "decimal":
            length = draw(st.sampled_from((1, 2, 5, 9, 17, 18, 19, 20, 38)))
            places = draw(st.integers(0, length))
        made.append(Field(f"f_{prefix}{i}", name, kind, length, places))
    return tuple(made)


@st.composite
def worlds(draw: st.DrawFn, most_records: int = 5, kinds: tuple[str, ...] = ()) -> World:
    """A world to ask filters in; `kinds` are those of its fields (empty: all)."""
    event = DataExtension("de_event", "event", "Event data", fields=draw(fields(draw(st.integers(1, 4)), "e", kinds)))
    linked = DataExtension("de_link", "link", "Loyalty", fields=draw(fields(draw(st.integers(1, 2)), "l", kinds)))
    catalog = Catalog(event, (linked,))
    tz, now = ZoneInfo(draw(st.sampled_from(ZONES))), draw(st.sampled_from(NOWS))
    records = draw(st.lists(record(catalog, tz), min_size=1, max_size=most_records))
    return World(catalog, now, tz, tuple(records))


@st.composite
def record(draw: st.DrawFn, catalog: Catalog, tz: ZoneInfo) -> dict[str, Value]:
    """Values for every field, some of them missing."""
    return {field.id: draw(st.none() | value(field, tz)) for _, field in catalog}


def value(field: Field, tz: ZoneInfo) -> st.SearchStrategy[Value]:
    """A value that a field can hold (a text of any sort for the kinds of text: filters do not look at their form)."""
    family = family_of(field)
    if field.kind == "phone":  # digits alone: the one kind of text without a folded twin
        return st.sampled_from(("+4722000000", "300", "3001", "0", "+3"))
    if family is Family.TEXT:
        return texts
    if family is Family.BOOLEAN:
        return st.booleans()
    if family is Family.DATE:
        return moments(tz)
    if field.kind == "number":
        return st.one_of(
            st.sampled_from((0, 1, -1, 5, 50, 2**63 - 1, -(2**63), 10**18)), st.integers(-(2**63), 2**63 - 1)
        )
    most = 10 ** precision(field) - 1
    scaled = st.one_of(
        st.sampled_from((0, 1, -1, most, -most)), st.integers(-most, most), st.integers(-min(99, most), min(99, most))
    )
    return scaled.map(lambda n: Decimal(n).scaleb(-scale(field), _EXACT))


_EXACT = Context(prec=100)


@st.composite
def moments(draw: st.DrawFn, tz: ZoneInfo) -> datetime:
    """A moment, mostly near the midnights of days that matter."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None))).replace(tzinfo=UTC)
    at = draw(st.sampled_from((time.min, time(1), time(2, 30), time(12), time(23, 59, 59, 999999))))
    local = datetime.combine(draw(st.sampled_from(DAYS)), at, tz).replace(fold=draw(st.integers(0, 1)))
    try:
        moment = local.astimezone(UTC) + draw(st.sampled_from((timedelta(0), TICK, -TICK)))
    except OverflowError:
        return LAST
    return min(max(moment, FIRST), LAST)


def trees(world: World, most_leaves: int = 6) -> st.SearchStrategy[Group]:
    """Groups in groups over the world's fields, with disabled nodes, negations and empty groups."""
    leaf = conditions(world)
    nodes: st.SearchStrategy[Node] = st.recursive(leaf, lambda child: groups(child), max_leaves=most_leaves)
    return nodes.map(lambda node: node if isinstance(node, Group) else Group(children=(node,)))


def groups(child: st.SearchStrategy[Node]) -> st.SearchStrategy[Group]:
    """A group of such children."""
    children = st.lists(child, max_size=4).map(tuple)
    rarely = st.sampled_from((False, False, False, False, False, True))
    return st.builds(Group, st.sampled_from(Join), children, st.booleans(), rarely)


@st.composite
def conditions(draw: st.DrawFn, world: World, operator: str = "") -> Condition:
    """A condition that can be asked: any operator that fits (or that one), any operand of its shape."""
    asked = [OPERATORS[operator]] if operator else list(OPERATORS)
    choices = [(a, f) for a, f in world.catalog if any(each.fits(f.kind) for each in asked)]
    attribute, field = draw(st.sampled_from(choices))
    chosen = draw(st.sampled_from([each for each in asked if each.fits(field.kind)]))
    disabled = draw(st.sampled_from((False, False, False, False, False, True)))
    return Condition(attribute, chosen.key, draw(operands(world, field, chosen)), disabled and not operator)


def operands(world: World, field: Field, operator: Operator) -> st.SearchStrategy[Operand]:
    """An operand of the operator's shape."""
    literal = literals(field, world.tz).map(Literal)
    relative = st.builds(RelativeDate, st.sampled_from((0, 1, -1, 14, -14, 400, 10**6)), st.sampled_from(Unit))
    one: list[st.SearchStrategy[Operand]] = [literal]
    if family_of(field) is Family.DATE:
        one.append(relative)
    others = [a for a, f in world.catalog if family_of(f) is family_of(field)]
    if operator.other and others:
        one.append(st.sampled_from(others).map(OtherAttribute))
    shapes: dict[Shape, st.SearchStrategy[Operand]] = {
        Shape.NONE: st.none(),
        Shape.VALUE: st.one_of(one),
        Shape.VALUES: st.lists(literals(field, world.tz), max_size=3).map(tuple).map(Literals),
        Shape.SPAN: st.builds(Span, st.sampled_from((0, 1, 7, 400, 10**6)), st.sampled_from(Unit)),
        Shape.RANGE: st.builds(Range, st.one_of(one), st.one_of(one)),
        Shape.DAY: literal | relative,
    }
    return shapes[operator.shape]


def literals(field: Field, tz: ZoneInfo) -> st.SearchStrategy[str]:
    """What someone could type for that field."""
    family = family_of(field)
    if family is Family.NUMBER:
        typed = st.sampled_from(
            (
                "0",
                "50",
                "-1",
                "50.005",
                "0.1",
                ".5",
                "99999999999999999999",
                "-1000000000000000000000000000000000000000",
            )
        )
        return st.one_of(
            typed, value(field, tz).map(lambda each: f"{each:f}" if isinstance(each, Decimal) else str(each))
        )
    if family is Family.DATE:
        day = st.sampled_from(DAYS).map(lambda each: each.isoformat())
        exact = moments(tz).map(lambda each: each.replace(tzinfo=None).isoformat() + "Z")
        return st.one_of(day, exact, st.sampled_from(("11/23/2026", "2026-11-23 00:30")))
    return texts


def attributes(world: World) -> list[Attribute]:
    """All attributes."""
    return [attribute for attribute, _ in world.catalog]
