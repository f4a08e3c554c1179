"""What could be typed next: names of fields, operators that fit, values, and the words between conditions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.filters.catalog import Catalog
from app.filters.operands import Family, family_of
from app.filters.operators import OPERATORS, Shape
from app.filters.text.parser import EndReached, Parser, Wanted
from app.filters.text.printer import name_text, quoted
from app.filters.text.tokens import PLAIN, Token, tokens
from app.filters.tree import EVENT, Attribute, Unit
from app.kernel.errors import InvalidInput, UnreadableFile

Values = Callable[[Attribute], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Put `text` in the place of what stands from `start` to `end`. `kind` is field, operator, value or word;
    `detail` says more for people."""

    text: str
    start: int
    end: int
    kind: str
    detail: str = ""


def complete(text: str, cursor: int, catalog: Catalog, values: Values | None = None) -> tuple[Proposal, ...]:
    """Proposals for what stands at `cursor`, those that begin with it first; none where the text before is not right.

    `values` gives known values of an attribute as typed, the usual ones first.
    """
    before = text[:cursor]
    try:
        start = _partial(before)
        wanted = _wanted(before, start, catalog)
    except InvalidInput:
        return ()
    start = min(start, wanted.start)
    proposals = _proposals(wanted, start, cursor, catalog, values)
    typed = before[start:].lstrip('["').casefold().strip()
    fitting = [each for each in proposals if typed in _plain(each.text)]
    return tuple(sorted(fitting, key=lambda each: not _plain(each.text).startswith(typed)))


def _partial(before: str) -> int:
    """Where the word, name, text or sign begins that is being typed at the end."""
    try:
        last = tokens(before)[-2:][0]
    except UnreadableFile as error:
        lines = before.split("\n")[: error.line - 1]
        at = sum(len(line) + 1 for line in lines) + error.column - 1
        if before[at] in '["':
            return at
        raise
    typing = last.kind == "word" or (last.kind == "sign" and str(last.value) in "<>=!=")
    return last.start if typing and last.end == len(before) else len(before)


def _wanted(before: str, start: int, catalog: Catalog) -> Wanted:
    """What the grammar wants where the partial word begins."""
    head = tokens(before[:start])
    head[-1] = Token("end", "", start, start)
    try:
        Parser(before, head, catalog, completing=True).filter()
    except EndReached as end:
        return end.wanted
    raise AssertionError  # pragma: no cover - a text that is being completed ends in EndReached or in an error


def _proposals(wanted: Wanted, start: int, end: int, catalog: Catalog, values: Values | None) -> Iterator[Proposal]:
    def propose(texts: Sequence[str], kind: str) -> Iterator[Proposal]:
        return (Proposal(each, start, end, kind) for each in texts)

    match wanted.what:
        case "member" | "attribute":
            yield from _fields(catalog, start, end, None)
            if wanted.what == "member":
                yield from propose(("not", "(", "off"), "word")
        case "operator":
            kind = wanted.field.kind if wanted.field else None
            fitting = (each for each in OPERATORS if kind is None or each.fits(kind))
            yield from (Proposal(each.words, start, end, "operator", each.label) for each in fitting)
        case "value" | "values":
            yield from _operands(wanted, start, end, catalog, values)
        case "unit":
            yield from propose([unit.value for unit in Unit], "word")
        case "and":
            yield from propose(("and",), "word")
        case "join":
            yield from propose(("and", "or", ")") if wanted.depth else ("and", "or"), "word")


def _operands(wanted: Wanted, start: int, end: int, catalog: Catalog, values: Values | None) -> Iterator[Proposal]:
    family = family_of(wanted.field) if wanted.field else None
    shape = wanted.operator.shape if wanted.operator else Shape.VALUE
    if shape is Shape.SPAN:
        yield from (Proposal(each, start, end, "value") for each in ("7 days", "30 days", "12 months"))
        return
    if family is Family.DATE:
        for each in ("today", "today - 14 days", "today + 7 days"):
            yield Proposal(each, start, end, "value")
    if values is not None and wanted.attribute is not None:
        for known in values(wanted.attribute):
            plain = family in (Family.NUMBER, Family.DATE) and PLAIN.fullmatch(known)
            yield Proposal(known if plain else quoted(known), start, end, "value")
    if wanted.operator is not None and wanted.operator.other:
        yield from _fields(catalog, start, end, family)


def _fields(catalog: Catalog, start: int, end: int, family: Family | None) -> Iterator[Proposal]:
    for attribute, schema in catalog:
        if family is not None and family_of(schema) is not family:
            continue
        home = catalog.home(attribute)
        text = name_text(schema.name)
        if attribute.source != EVENT and home is not None:
            text = f"{name_text(home.name)}.{text}"
        yield Proposal(text, start, end, "field", schema.kind)


def _plain(text: str) -> str:
    return text.lstrip('["').casefold()
