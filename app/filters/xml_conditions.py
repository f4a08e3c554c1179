"""One Condition element of the original's filter XML: what it means, and how a condition is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.filters.catalog import Catalog
from app.filters.operators import OPERATORS, Operator, Shape
from app.filters.tree import (
    EVENT,
    Attribute,
    Condition,
    Extra,
    Literal,
    Literals,
    Operand,
    OtherAttribute,
    RelativeDate,
)

BY_ID = "@ID"
"""The source of an attribute that goes by the original's guid: the older form of a Condition."""
_KNOWN = frozenset({"Key", "ID", "Operator", "IsEphemeralAttribute", "ValueIsReference"})
_RELATIVE = re.compile(r"\s*;([+-]);([0-9]{1,9});days\s*", re.ASCII)
# No name of XML holds a slash: what is not an attribute of the Condition itself is kept under such names.
_PATH, _VALUE = "/path", "/value"
_UNSAYABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no place for, and the carriage return, which its readers turn into a line's end."""
_PLAIN_META = ("UiMetaData", "{}")
_OTHER_NAMES = {"GreaterThan": "after", "LessThan": "before", "GreaterThanOrEqual": "on_or_after"} | {
    "LessThanOrEqual": "on_or_before"
}
"""What the names for numbers mean where the field is a date."""


@dataclass(frozen=True, slots=True)
class Element:
    """A Condition element: attributes in their order, the text of its Value, the attributes of the AttributePath
    around that (None: there is none)."""

    attributes: Extra
    value: str
    path: Extra | None = None


@dataclass(frozen=True)
class Terms:
    """Our terms for the original's, with the names of one catalog and the key of its event."""

    catalog: Catalog
    event_key: str

    def read(self, element: Element) -> Condition:
        """The condition that an element means, with what has to be kept of it."""
        condition = self._meaning(element)
        ours = condition.operator in OPERATORS and self._fresh(condition) == element
        return condition if ours else replace(condition, extra=_kept(element))

    def element(self, condition: Condition) -> Element:
        """The element of a condition: the one that it came from, where that still means the same."""
        fresh = self._fresh(condition)
        if not condition.extra:
            return fresh
        kept = _restored(condition.extra)
        names = dict(kept.attributes)
        if (
            "Operator" in names
            and (names.get("Key") or names.get("ID"))
            and self._meaning(kept) == replace(condition, extra=(), disabled=False)
        ):
            return kept
        others = tuple(pair for pair in kept.attributes if pair[0] not in _KNOWN)
        named = {name for name, _ in others}
        own = tuple(pair for pair in fresh.attributes if pair[0] not in named)
        return Element((*own, *others), fresh.value, kept.path)

    def says(self, operand: Operand, operator: Operator) -> str | None:
        """The text of the Value, or None where XML has none for that."""
        match operand:
            case None:
                text = operator.xml_value or ""
            case Literal(text) if text == text.strip() and not _RELATIVE.fullmatch(text):
                pass
            case Literals(texts) if all(each == each.strip() and each and "," not in each for each in texts):
                text = ", ".join(texts)
            case RelativeDate(amount, unit) if unit == "days" and abs(amount) < 10**9:
                text = f";{'-' if amount < 0 else '+'};{abs(amount)};days"
            case OtherAttribute(attribute):
                text = self._key(attribute)
            case _:
                return None
        return None if _UNSAYABLE.search(text) else text

    # --- reading --------------------------------------------------------------------------------------------

    def _meaning(self, element: Element) -> Condition:
        names = dict(element.attributes)
        attribute = self._attribute(names["Key"]) if names.get("Key") else Attribute(names["ID"], BY_ID)
        operator = self._operator(names["Operator"], attribute, element.value.strip().lower())
        if operator is None:
            return Condition(attribute, names["Operator"], Literal(element.value.strip()))
        if names.get("ValueIsReference", "").lower() == "true":
            return Condition(attribute, operator.key, OtherAttribute(self._attribute(element.value.strip())))
        return Condition(attribute, operator.key, _operand(element.value, operator))

    def _operator(self, name: str, attribute: Attribute, value: str) -> Operator | None:
        """The operator of that name that fits the field."""
        schema = self.catalog.field(attribute)
        kind = schema.kind if schema else None
        if name in ("Is", "IsNot") or (kind == "boolean" and name in ("Equal", "NotEqual")):
            if value not in ("true", "false"):
                return None
            return OPERATORS["is_true" if (value == "true") == (name in ("Is", "Equal")) else "is_false"]
        found = [each for each in OPERATORS if each.xml == name and each.xml_value is None]
        if kind == "date" and name in _OTHER_NAMES:
            found.insert(0, OPERATORS[_OTHER_NAMES[name]])
        return next((each for each in found if kind is None or each.fits(kind)), found[0] if found else None)

    def _attribute(self, key: str) -> Attribute:
        """`Event.<key>.<Field>` is event data, `<set>.<Field>` contact data; unknown names stay as they are."""
        if key.startswith("Event.") and key.count(".") > 1:
            name = key.split(".", 2)[2]
            schema = self.catalog.event.named(name) if self.catalog.event else None
            return Attribute(schema.id if schema else name)
        for home in self.catalog.linked:
            for called in (home.name, home.key):
                schema = home.named(key[len(called) + 1 :]) if key.startswith(f"{called}.") else None
                if schema is not None:
                    return Attribute(schema.id, home.id)
        source, _, name = key.partition(".")
        return Attribute(name, source) if name else Attribute(key, "")

    # --- writing --------------------------------------------------------------------------------------------

    def _fresh(self, condition: Condition) -> Element:
        operator = OPERATORS.get(condition.operator)
        value = self.says(condition.operand, operator) if operator else None
        if operator is None and isinstance(condition.operand, Literal):
            value = condition.operand.text
        name = operator.xml if operator and operator.xml else condition.operator
        attribute = condition.attribute
        pairs: list[tuple[str, str]] = []
        if attribute.source == BY_ID:
            pairs.append(("ID", attribute.field))
        else:
            if attribute.source == EVENT:
                pairs.append(("IsEphemeralAttribute", "true"))
            pairs.append(("Key", self._key(attribute)))
        pairs += [("Operator", name), _PLAIN_META]
        if isinstance(condition.operand, OtherAttribute):
            pairs.append(("ValueIsReference", "true"))
        return Element(tuple(pairs), value or "")

    def _key(self, attribute: Attribute) -> str:
        schema, home = self.catalog.field(attribute), self.catalog.home(attribute)
        name = schema.name if schema else attribute.field
        if attribute.source == EVENT:
            return f"Event.{self.event_key}.{name}"
        called = home.name if home else attribute.source
        return f"{called}.{name}" if called else name


def _operand(value: str, operator: Operator) -> Operand:
    if operator.shape is Shape.NONE:
        return None
    if operator.shape is Shape.VALUES:
        return Literals(tuple(each.strip() for each in value.split(",") if each.strip()))
    found = _RELATIVE.fullmatch(value)
    if found:
        return RelativeDate(int(found[2]) * (-1 if found[1] == "-" else 1))
    return Literal(value.strip())


def _kept(element: Element) -> Extra:
    path: Extra = ()
    if element.path is not None:
        path = ((_PATH, ""), *((f"{_PATH}/{name}", text) for name, text in element.path))
    return (*element.attributes, *path, (_VALUE, element.value))


def _restored(extra: Extra) -> Element:
    attributes = tuple(pair for pair in extra if not pair[0].startswith("/"))
    path = tuple((name[len(_PATH) + 1 :], text) for name, text in extra if name.startswith(f"{_PATH}/"))
    return Element(attributes, dict(extra).get(_VALUE, ""), path if (_PATH, "") in extra else None)
