"""What is connected to a signal takes nothing of it by accident: `clicked` hands over whether the button is checked."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def first_default_is_taken(call: ast.Call) -> bool:
    """Whether a lambda keeps a value as its first default, which the signal's first value would replace."""
    if not (isinstance(call.func, ast.Attribute) and call.func.attr == "connect" and call.args):
        return False
    slot = call.args[0]
    if not isinstance(slot, ast.Lambda) or not slot.args.args:
        return False
    kept = len(slot.args.defaults) == len(slot.args.args)
    return kept and not slot.args.args[0].arg.startswith("_")


def calls(text: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]


def test_no_lambda_loses_its_kept_value_to_the_signal() -> None:
    lost = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in sorted((ROOT / "app").rglob("*.py"))
        for call in calls(file.read_text("utf-8"))
        if first_default_is_taken(call)
    ]
    assert not lost, "begin with `_checked=False`, or use functools.partial"


def test_the_check_finds_one() -> None:
    assert first_default_is_taken(calls("card.clicked.connect(lambda example=example: take(example))")[0])
    assert not first_default_is_taken(calls("card.clicked.connect(lambda _on=False, a=a: take(a))")[0])
    assert not first_default_is_taken(calls("card.toggled.connect(lambda on, a=a: take(a, on))")[0])
