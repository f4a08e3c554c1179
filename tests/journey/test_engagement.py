"""The marks of a message: a click needs an opened one, and what bounced was neither."""

from __future__ import annotations

from app.journey.engagement import BOUNCE, CLICK, OPEN, with_mark


def test_marks_agree_with_each_other() -> None:
    assert with_mark((), OPEN, on=True) == {OPEN}
    assert with_mark((), CLICK, on=True) == {OPEN, CLICK}
    assert with_mark({OPEN, CLICK}, BOUNCE, on=True) == {BOUNCE}
    assert with_mark({BOUNCE}, OPEN, on=True) == {OPEN}
    assert with_mark({OPEN, CLICK}, OPEN, on=False) == frozenset()
    assert with_mark({OPEN, CLICK}, CLICK, on=False) == {OPEN}
    assert with_mark({BOUNCE}, BOUNCE, on=False) == frozenset()
