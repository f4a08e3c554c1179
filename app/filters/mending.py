"""Ways out of what is wrong with a condition."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from app.filters.catalog import Catalog
from app.filters.operands import ConditionProblem, Family, family_of
from app.filters.operators import OPERATORS, Operator, operators_for
from app.filters.tree import Condition, Literal, Node
from app.kernel.said import Said, said

OFF = said("Switch it off")
_DIGITS = re.compile(r"[-+]?\d[\d\s.,'’]*")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is likely wrong, with what to put in the condition's place (None: nothing ready)."""

    code: str
    message: str
    fix: Node | None = None
    label: str = ""


def mend(condition: Condition, problem: ConditionProblem, catalog: Catalog) -> tuple[Node | None, str]:
    """What to put in the place of a condition that cannot be asked, and what that does."""
    schema = catalog.field(condition.attribute)
    if schema is None or problem.code in ("no_field", "no_kind"):
        return replace(condition, disabled=True), OFF
    if problem.code in ("no_operator", "wrong_operator"):
        return _other_operator(condition, operators_for(schema.kind))
    if problem.code == "wrong_operand":
        return replace(condition, operand=None), said("Drop the value")
    if problem.code == "bad_value" and isinstance(condition.operand, Literal) and family_of(schema) is Family.NUMBER:
        number = _number_in(condition.operand.text)
        if number:
            return replace(condition, operand=Literal(number)), said("Take {value}", value=number)
    return None, ""


def switched_off(condition: Condition) -> tuple[Node, str]:
    """The last way out: the condition is kept, and not asked."""
    return replace(condition, disabled=True), OFF


def _other_operator(condition: Condition, fitting: tuple[Operator, ...]) -> tuple[Node | None, str]:
    """The operator that means the same for this kind of field, else the first with the same sort of operand."""
    old = OPERATORS.get(condition.operator)
    if old is not None:
        alike = [each for each in fitting if each.xml and each.xml == old.xml and not each.xml_value]
        alike += [_COUSINS[old.key]] if old.key in _COUSINS and _COUSINS[old.key] in fitting else []
        alike += [each for each in fitting if each.shape is old.shape]
        if alike:
            return replace(condition, operator=alike[0].key), said(
                "Ask whether it {operator}", operator=Said(alike[0].label)
            )
    return replace(condition, operator="is_not_null", operand=None), said("Ask whether it has a value")


_COUSINS = {
    **{old: OPERATORS[new] for old, new in (("greater_than", "after"), ("less_than", "before"))},
    **{old: OPERATORS[new] for old, new in (("greater_or_equal", "on_or_after"), ("less_or_equal", "on_or_before"))},
    **{old: OPERATORS[new] for old, new in (("after", "greater_than"), ("before", "less_than"))},
    **{old: OPERATORS[new] for old, new in (("on_or_after", "greater_or_equal"), ("on_or_before", "less_or_equal"))},
}


def _number_in(text: str) -> str:
    """The number in a text such as `1,000 kr`: spaces and marks between thousands dropped; empty if there is none."""
    found = _DIGITS.search(text)
    if found is None:
        return ""
    digits = re.sub(r"[\s'’]", "", found[0]).rstrip(".,")
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma < 0 and digits.count(".") < 2:
        return digits
    if min(comma, point) < 0 and (digits.count(digits[max(comma, point)]) > 1 or len(digits) - comma == 4):
        return re.sub(r"[,.]", "", digits)  # the mark stands between thousands
    at = max(comma, point)
    return f"{re.sub(r'[,.]', '', digits[:at])}.{digits[at + 1 :]}"
