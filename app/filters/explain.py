"""Why a record passes or does not: the tree again, with its values beside each condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from app.data_extensions.data_extension import Value
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.compile import Record, compile_conditions
from app.filters.operands import make_ready
from app.filters.prune import asks, attributes_of
from app.filters.sentence import EVERYONE, attribute_name, sentence
from app.filters.tree import EVENT, Attribute, Condition, Group, Join, Node, Path
from app.filters.witness import Changes, turn
from app.kernel.said import Said, joined, said

NO_VALUE = said("no value")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node with its verdict. `ok` is None for a node that is not asked (disabled, or it asks nothing).

    `join` is "and" or "or" for a group and "" for a condition; `values` are the condition's attributes with what the
    record holds for them, ready to show. At the root `change` says what would have to change, and `wanted` gives that
    as JSON values by name of field (`Loyalty.Tier` for contact data); `changes` the same as values by id of field (not
    kept in JSON).
    """

    ok: bool | None
    sentence: str
    path: Path = ()
    join: str = ""
    negated: bool = False
    values: tuple[tuple[str, str], ...] = ()
    children: tuple[Explanation, ...] = ()
    change: str = ""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    changes: Mapping[str, Value] = field(default_factory=dict, compare=False)

    @property
    def asked(self) -> bool:
        """Whether the node was asked at all."""
        return self.ok is not None

    @property
    def first_failing(self) -> Explanation | None:
        """The first condition, in reading order, that the root fails by; None when the root passes.

        Below a NOT that is a condition that is met and must not be.
        """
        return None if self.ok is not False else _culprit(self, wanted=True)[0]

    def reason(self) -> str:
        """One sentence that names the first failing condition and its value; empty when the root passes."""
        if self.ok is not False:
            return ""
        failing, wanted = _culprit(self, wanted=True)
        facts = [
            said("{name} has no value", name=name)
            if text == NO_VALUE
            else said("{name} is {value}", name=name, value=text)
            for name, text in failing.values
        ]
        found = joined("{first}; {rest}", facts)
        if wanted:
            return said("Not met: {condition} ({found}).", condition=failing.sentence, found=found)
        return said("Met, and must not be: {condition} ({found}).", condition=failing.sentence, found=found)

    def remedy(self) -> str:
        """What would have to change for the first failing condition; empty when the root passes."""
        return self.change

    @property
    def remedy_values(self) -> Mapping[str, Any]:
        """The same as JSON values by name of field; empty where nothing helps."""
        return self.wanted

    def walk(self) -> Iterator[Explanation]:
        """This node and all below, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_json(self) -> dict[str, Any]:
        """The tree as JSON values, for the log of decisions and the command line."""
        document: dict[str, Any] = {"ok": self.ok, "sentence": self.sentence}
        if self.join:
            document |= {"join": self.join, "children": [child.to_json() for child in self.children]}
            if self.negated:
                document["negated"] = True
        else:
            document["values"] = [list(pair) for pair in self.values]
        if self.change:
            document |= {"remedy": self.change, "remedy_values": dict(self.wanted)}
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any], path: Path = ()) -> Explanation:
        """What `to_json` wrote."""
        return cls(
            ok=document["ok"],
            sentence=document["sentence"],
            path=path,
            join=document.get("join", ""),
            negated=document.get("negated", False),
            values=tuple((name, text) for name, text in document.get("values", ())),
            children=tuple(cls.from_json(child, (*path, i)) for i, child in enumerate(document.get("children", ()))),
            change=document.get("remedy", ""),
            wanted=document.get("remedy_values", {}),
        )


def explain(group: Group, catalog: Catalog, record: Record, now: datetime, tz: tzinfo) -> Explanation:
    """Ask every condition of `group` about `record` and say what came of it. Raises as `compile_filter` does.

    The root's `ok` is what `compile_filter` answers; every condition that is not disabled is asked, also where the
    verdict was clear before it.
    """
    return Explainer(group, catalog, now, tz).explain(record)


class Explainer:
    """Explains many records of one filter: the conditions are compiled once."""

    def __init__(self, group: Group, catalog: Catalog, now: datetime, tz: tzinfo) -> None:
        """Raises as `compile_filter` does."""
        self._group, self._catalog, self._now, self._tz = group, catalog, now, tz
        self._texts: dict[Path, Said] = {}
        self._paths, self._answer = compile_conditions(group, catalog, now, tz)

    def explain(self, record: Record) -> Explanation:
        """The tree with the record's values, the first failing condition and what would have to change."""
        verdicts = dict(zip(self._paths, self._answer(record), strict=True))
        root = self._node(self._group, (), verdicts, record)
        if root.ok is None:
            return replace(root, ok=True, sentence=EVERYONE)
        if root.ok:
            return root
        failing, wanted = _culprit(root, wanted=True)
        return self._with_change(root, failing, wanted, record)

    def _node(self, node: Node, path: Path, verdicts: dict[Path, bool], record: Record) -> Explanation:
        text = self._texts.get(path)
        if text is None:
            text = self._texts[path] = sentence(replace(node, disabled=False), self._catalog)
        if isinstance(node, Condition):
            return Explanation(verdicts.get(path), text, path, values=self._values(node, record))
        children = tuple(self._node(child, (*path, i), verdicts, record) for i, child in enumerate(node.children))
        ok: bool | None = None
        if asks(node):
            answers = [child.ok for child in children if child.ok is not None]
            # A disabled group's children have no verdict; an enabled one that asks has one at least.
            if answers:
                ok = (all(answers) if node.join is Join.ALL else any(answers)) != node.negated
        return Explanation(ok, text, path, node.join.value, node.negated, children=children)

    def _values(self, condition: Condition, record: Record) -> tuple[tuple[str, str], ...]:
        found: dict[Attribute, tuple[str, str]] = {}
        for attribute in attributes_of(condition):
            schema = self._catalog.field(attribute)
            value = record.get(attribute.field) if schema else None
            if schema is None or value is None:
                found[attribute] = (attribute_name(attribute, self._catalog), NO_VALUE)
                continue
            shown = KINDS[schema.kind].show(value, schema, self._tz)
            found[attribute] = (attribute_name(attribute, self._catalog), shown if shown.strip() else f"“{shown}”")
        return tuple(found.values())

    def _with_change(self, root: Explanation, failing: Explanation, wanted: bool, record: Record) -> Explanation:
        condition = _at(self._group, failing.path)
        ready = make_ready(condition, self._catalog, self._now, self._tz)
        changes = turn(ready, record, wanted, self._now, self._tz)
        if changes is None:
            name = attribute_name(condition.attribute, self._catalog)
            change = said("No value was found for {name} that would change that.", name=name)
            return replace(root, change=change)
        texts, values = self._said(changes)
        them = joined("{first} and {rest}", texts)
        change = (
            said("{changes} to meet it.", changes=them) if wanted else said("{changes} not to meet it.", changes=them)
        )
        return replace(root, change=change, wanted=values, changes=changes)

    def _said(self, changes: Changes) -> tuple[list[Said], dict[str, Any]]:
        texts: list[Said] = []
        values: dict[str, Any] = {}
        for attribute, schema in self._catalog:
            if schema.id not in changes:
                continue
            value, kind = changes[schema.id], KINDS[schema.kind]
            name = attribute_name(attribute, self._catalog)
            home = self._catalog.home(attribute)
            named = schema.name if attribute.source == EVENT or home is None else f"{home.name}.{schema.name}"
            values[named] = None if value is None else kind.to_json(value, schema)
            if value is None:
                texts.append(said("{name} would have to have no value", name=name))
            else:
                shown = kind.show(value, schema, self._tz)
                example = shown if shown.strip() else f"“{shown}”"
                texts.append(said("{name} would have to be, for example, {example}", name=name, example=example))
        return texts, values


def _culprit(node: Explanation, *, wanted: bool) -> tuple[Explanation, bool]:
    """The first condition by which `node` does not answer `wanted`, and what the condition would have to answer."""
    if not node.join:
        return node, wanted
    inner = wanted != node.negated
    return _culprit(next(child for child in node.children if child.ok is (not inner)), wanted=inner)


def _at(group: Group, path: Path) -> Condition:
    node: Node = group
    for i in path:
        assert isinstance(node, Group)
        node = node.children[i]
    assert isinstance(node, Condition)
    return node
