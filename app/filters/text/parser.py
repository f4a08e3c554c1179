"""From the expression language to a tree: recursive descent, errors at their column."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from app.data_extensions.data_extension import Field
from app.filters.catalog import Catalog
from app.filters.document import operand_from_document
from app.filters.operators import OPERATORS, Operator, Shape
from app.filters.prune import check_limits
from app.filters.text.tokens import KEYWORDS, Names, Token, operator_words, tokens, unreadable
from app.filters.tree import (
    EVENT,
    MAX_LEVELS,
    Attribute,
    Condition,
    Extra,
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
from app.kernel.errors import InvalidInput

_UNITS = {name: unit for unit in Unit for name in (unit.value, unit.value[:-1])}
_DEEPEST = 4 * MAX_LEVELS
"""Brackets and NOTs that may be open at once while reading: more cannot give a tree within the limits."""


def parse(text: str, catalog: Catalog) -> Group:
    """The filter that the text says. Raises UnreadableFile with line and column, and InvalidInput beyond the limits."""
    group = Parser(text, tokens(text), catalog).filter()
    check_limits(group)
    return group


@dataclass(frozen=True, slots=True)
class Wanted:
    """What could stand at the end of the text: for completion.

    `what` is member, attribute, operator, value, values, unit, join or and.
    """

    what: str
    start: int
    field: Field | None = None
    attribute: Attribute | None = None
    operator: Operator | None = None
    depth: int = 0


class EndReached(Exception):
    """The text ends where something is wanted."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__(wanted.what)
        self.wanted = wanted


class Parser:
    """Reads one text. With `completing`, the end of the text raises EndReached wherever it comes."""

    def __init__(self, text: str, found: list[Token], catalog: Catalog, *, completing: bool = False) -> None:
        self._text, self._tokens, self._catalog, self._completing = text, found, catalog, completing
        self._names = Names.of(catalog)
        self._words = operator_words()
        self._at = 0
        self._depth = 0

    def filter(self) -> Group:
        """The whole text."""
        if self._token.kind == "end" and not self._completing:
            return Group()
        node, explicit = self._expression()
        self._need_end()
        return node if explicit and isinstance(node, Group) else _row(node)

    # --- groups ---------------------------------------------------------------------------------------------

    def _expression(self) -> tuple[Node, bool]:
        """Members joined by OR; the flag says that the node is a single member as it was written."""
        first = self._conjunction()
        if not self._token.says("or"):
            return first
        members = [first[0]]
        while self._accept("or"):
            members.append(self._conjunction()[0])
        return Group(Join.ANY, tuple(members)), False

    def _conjunction(self) -> tuple[Node, bool]:
        members = [self._member()]
        while self._accept("and"):
            members.append(self._member())
        if len(members) == 1:
            return members[0], True
        return Group(Join.ALL, tuple(members)), False

    def _member(self) -> Node:
        self._end_wants("member")
        off = self._accept("off")
        negated = self._accept("not")
        if negated:
            self._end_wants("member")
        if self._token.says("(") or (self._token.says("any") and self._tokens[self._at + 1].says("(")):
            group = self._brackets()
            node: Node = replace(group, negated=negated)
        elif negated:
            self._enter()
            node = Group(children=(self._member(),), negated=True)
            self._depth -= 1
        else:
            node = self._condition()
        return (
            replace(node, disabled=True, extra=self._extra())
            if off
            else replace(node, extra=self._extra() or node.extra)
        )

    def _brackets(self) -> Group:
        """A group in brackets, `any` before it or not."""
        bare = self._accept("any")
        self._enter()
        self._expect("(", "An opening bracket is missing.")
        if self._accept(")"):
            self._depth -= 1
            return Group(Join.ANY if bare else Join.ALL)
        node, explicit = self._expression()
        self._end_wants("join")
        self._expect(")", "A closing bracket is missing: after a condition comes and, or, or the closing bracket.")
        self._depth -= 1
        if bare:
            return Group(Join.ANY, (node,)) if explicit or _joined(node) is Join.ALL else _row(node)
        return Group(children=(node,)) if explicit else _row(node)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._error(f"The filter is more than {MAX_LEVELS} levels deep.", "Split it in two.")

    def _extra(self) -> Extra:
        token = self._token
        if token.kind != "json":
            return ()
        self._at += 1
        pairs = token.value.get("xml") if isinstance(token.value, dict) else None
        if not isinstance(pairs, list) or not all(_pair(each) for each in pairs):
            raise unreadable(self._text, token.start, 'Only {"xml": [[name, value], …]} can stand after a condition.')
        return tuple((name, value) for name, value in pairs)

    # --- conditions -----------------------------------------------------------------------------------------

    def _condition(self) -> Condition:
        attribute = self._attribute()
        schema = self._catalog.field(attribute)
        self._end_wants("operator", attribute, schema)
        if self._accept(":"):
            return self._raw_condition(attribute)
        operator = self._operator(schema)
        self._at_operand = (attribute, schema, operator)
        return Condition(attribute, operator.key, self._operand(operator))

    def _raw_condition(self, attribute: Attribute) -> Condition:
        token = self._token
        if token.kind not in ("word", "text"):
            raise self._error("The key of an operator is missing.")
        self._at += 1
        operand: Operand = None
        if self._token.kind == "json" and "xml" not in self._token.value:
            try:
                operand = operand_from_document(self._token.value)
            except InvalidInput as error:
                raise self._error(error.message) from None
            self._at += 1
        return Condition(attribute, token.value, operand)

    def _attribute(self, *, value: bool = False) -> Attribute:
        """An attribute by name or by ids; `value` says that it stands on the right-hand side."""
        token = self._token
        if token.says("field") and self._tokens[self._at + 1].says("("):
            return self._attribute_by_ids()
        if token.kind not in ("word", "name") or (token.kind == "word" and token.value.lower() in KEYWORDS):
            raise self._error("Here comes the name of a field.", "Names of several words stand in [ ].")
        words = self._several_words() if token.kind == "word" else []
        for count in range(len(words), 1, -1):
            found = self._names.find(" ".join(words[:count]))
            if found is not None:
                self._at += count
                return found
        self._at += 1
        if self._token.says(".") and self._tokens[self._at + 1].kind in ("word", "name", "end"):
            return self._linked(token)
        found = self._names.find(token.value)
        if found is None:
            self._at -= 1
            if self._completing and words and self._tokens[self._at + len(words)].kind == "end":
                raise EndReached(Wanted("attribute", token.start))
            hint = f"For the text, write {token.value!r} in double quotes." if value else self._likely(token.value)
            raise self._error(f"There is no field {token.value!r}.", hint)
        return found

    def _linked(self, home: Token) -> Attribute:
        self._at += 1
        token = self._token
        if self._completing and token.kind == "end":
            raise EndReached(Wanted("attribute", home.start))
        found = self._names.find(token.value, home.value)
        if found is None:
            raise self._error(f"No linked data extension {home.value!r} has a field {token.value!r}.")
        self._at += 1
        return found

    def _attribute_by_ids(self) -> Attribute:
        self._at += 2
        ids = [self._text_token("The field's id comes here, in quotes.")]
        if self._accept(","):
            ids.append(self._text_token("The data extension's id comes here, in quotes."))
        self._expect(")", "A closing bracket is missing.")
        return Attribute(ids[0], ids[1] if len(ids) > 1 else EVENT)

    def _several_words(self) -> list[str]:
        ahead = self._tokens[self._at :]
        return [token.value for token in takewhile(lambda token: token.kind in ("word", "plain"), ahead)]

    def _operator(self, schema: Field | None) -> Operator:
        for words, key in self._words:
            ahead = self._tokens[self._at : self._at + len(words)]
            if len(ahead) == len(words) and all(token.says(word) for token, word in zip(ahead, words, strict=True)):
                self._at += len(words)
                return OPERATORS[key]
        if self._completing and all(token.kind in ("word", "end") for token in self._tokens[self._at :]):
            raise EndReached(Wanted("operator", self._token.start, schema))
        some = [each.words for each in OPERATORS if schema is None or each.fits(schema.kind)]
        raise self._error("Here comes an operator.", f"One of: {', '.join(some)}.")

    # --- right-hand sides -----------------------------------------------------------------------------------

    def _operand(self, operator: Operator) -> Operand:
        if operator.shape is Shape.NONE:
            return None
        if operator.shape is Shape.SPAN:
            self._end_wants("value")
            return Span(self._whole(), self._unit())
        if operator.shape is Shape.VALUES:
            return self._values()
        low = self._value()
        if operator.shape is not Shape.RANGE:
            return low
        self._end_wants("and")
        self._expect("and", "Between two bounds stands and.")
        return Range(low, self._value())

    def _value(self) -> Literal | RelativeDate | OtherAttribute:
        self._end_wants("value")
        token = self._token
        if token.kind in ("text", "plain"):
            self._at += 1
            return Literal(token.value)
        if self._accept("today"):
            return self._relative()
        if token.kind not in ("word", "name") or (token.kind == "word" and token.value.lower() in KEYWORDS - {"field"}):
            raise self._error(
                "Here comes a value.", 'Texts stand in quotes: "NO". Numbers and dates stand as they are.'
            )
        return OtherAttribute(self._attribute(value=True))

    def _values(self) -> Literals:
        self._end_wants("values")
        if not self._accept("("):
            return Literals((self._literal(),))
        texts: list[str] = []
        while not self._accept(")"):
            if texts:
                self._expect(",", "Between two values stands a comma.")
            self._end_wants("values")
            texts.append(self._literal())
        return Literals(tuple(texts))

    def _literal(self) -> str:
        token = self._token
        if token.kind not in ("text", "plain"):
            raise self._error("Here comes a value.", 'Texts stand in quotes: ("NO", "SE").')
        self._at += 1
        return str(token.value)

    def _relative(self) -> RelativeDate:
        token = self._token
        if token.kind == "plain" and token.value[0] in "+-":
            return RelativeDate(self._whole(), self._unit())
        for sign, factor in (("+", 1), ("-", -1)):
            if self._accept(sign):
                self._end_wants("number")
                return RelativeDate(factor * self._whole(), self._unit())
        return RelativeDate(0)

    def _whole(self) -> int:
        token = self._token
        try:
            if token.kind != "plain" or len(token.value) > 400:
                raise ValueError(token.value)
            amount = int(token.value)
        except ValueError:
            raise self._error("Here comes a whole number.", "For example 14 days.") from None
        self._at += 1
        return amount

    def _unit(self) -> Unit:
        self._end_wants("unit")
        unit = _UNITS.get(str(self._token.value).lower())
        if unit is None:
            raise self._error("Here comes days, weeks or months.")
        self._at += 1
        return unit

    # --- small things ---------------------------------------------------------------------------------------

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _accept(self, word: str) -> bool:
        if self._token.says(word):
            self._at += 1
            return True
        return False

    def _expect(self, word: str, message: str) -> None:
        if not self._accept(word):
            raise self._error(message)

    def _text_token(self, message: str) -> str:
        token = self._token
        if token.kind != "text":
            raise self._error(message)
        self._at += 1
        return str(token.value)

    def _need_end(self) -> None:
        self._end_wants("join")
        if self._token.kind != "end":
            raise self._error("After a condition comes and, or, or the end.", "Brackets make groups.")

    def _end_wants(self, what: str, attribute: Attribute | None = None, schema: Field | None = None) -> None:
        if self._completing and self._token.kind == "end":
            asked, field, operator = getattr(self, "_at_operand", (None, None, None))
            wanted = Wanted(what, self._token.start, schema or field, attribute or asked, operator, self._depth)
            raise EndReached(wanted)

    def _likely(self, word: str) -> str:
        low = word.casefold()
        near = [name for name in self._names.by_name if "\0" not in name and (name.casefold().startswith(low[:2]))]
        return f"Did you mean {', '.join(near[:3])}?" if near else "Names of several words stand in [ ]."

    def _error(self, message: str, hint: str = "") -> InvalidInput:
        return unreadable(self._text, self._token.start, message, hint)


def _row(node: Node) -> Group:
    return node if isinstance(node, Group) and len(node.children) > 1 and not node.negated else Group(children=(node,))


def _joined(node: Node) -> Join | None:
    return node.join if isinstance(node, Group) else None


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)
