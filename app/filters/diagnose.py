"""What is wrong, or likely wrong, with a filter while it is written: each with its place and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.filters.catalog import Catalog
from app.filters.contradictions import together
from app.filters.impossible import alone
from app.filters.mending import Finding, mend
from app.filters.operands import ConditionProblem, Ready, make_ready
from app.filters.prune import asks, conditions
from app.filters.tree import Condition, Group, Node, Path
from app.kernel.errors import Severity
from app.kernel.said import sentences


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `fix` is what to put at `path` instead (None: there is no ready way out), `fix_label` says what
    that does. An error keeps the filter from being asked; a warning does not.

    Codes: no_field, no_kind, no_operator, wrong_operator, wrong_operand, bad_value, missing_value (errors); impossible,
    always_true, contradiction (warnings).
    """

    path: Path
    code: str
    message: str
    fix: Node | None = None
    severity: Severity = Severity.ERROR
    fix_label: str = ""


def diagnose(group: Group, catalog: Catalog, now: datetime, tz: tzinfo) -> tuple[Diagnostic, ...]:
    """Everything that is found, errors first, each kind in reading order. Disabled nodes are not looked at."""
    errors: list[Diagnostic] = []
    warnings: list[Diagnostic] = []
    ready: dict[Path, Ready] = {}
    for path, condition in conditions(group):
        if not _enabled(group, path):
            continue
        try:
            ready[path] = make_ready(condition, catalog, now, tz)
        except ConditionProblem as problem:
            fix, label = mend(condition, problem, catalog)
            message = sentences(problem.message, problem.hint) if fix is None else problem.message
            errors.append(Diagnostic(path, problem.code, message, fix, Severity.ERROR, label))
    for path, each in list(ready.items()):
        finding = alone(each, now, tz)
        if finding:
            warnings.append(_warning(path, finding))
            del ready[path]  # it would contradict every other condition, too: once is enough
    for path, rows in _rows(group, ()):
        known = [(each, ready[each]) for each in rows if each in ready]
        join = _node(group, path)
        assert isinstance(join, Group)
        warnings += (_warning(place, finding) for place, finding in together(known, join.join, now, tz))
    return (*errors, *sorted(warnings, key=lambda each: each.path))


def _warning(path: Path, finding: Finding) -> Diagnostic:
    return Diagnostic(path, finding.code, finding.message, finding.fix, Severity.WARNING, finding.label)


def _rows(group: Group, path: Path) -> list[tuple[Path, list[Path]]]:
    """For every group the conditions that are joined in the same way; a group inside that is joined alike, and not
    negated, counts with its parent."""
    if not asks(group):
        return []
    found: list[tuple[Path, list[Path]]] = []
    row: list[Path] = []
    for i, child in enumerate(group.children):
        here = (*path, i)
        if isinstance(child, Condition):
            row.append(here)
            continue
        inner = _rows(child, here)
        if inner and child.join is group.join and not child.negated:
            row += inner.pop(0)[1]
        found += inner
    return [(path, row), *found]


def _enabled(group: Group, path: Path) -> bool:
    return not any(_node(group, path[:length]).disabled for length in range(len(path) + 1))


def _node(group: Group, path: Path) -> Node:
    node: Node = group
    for i in path:
        assert isinstance(node, Group)
        node = node.children[i]
    return node
