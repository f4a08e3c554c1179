"""What of a data extension may change once it is there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.data_extensions.changes import check_edit
from app.data_extensions.data_extension import DataExtension
from tests.data_extensions.test_rules import AT, KEY, TOTAL, table


@pytest.mark.parametrize(
    ("new", "filled", "code"),
    [
        (table(replace(KEY, length=40), TOTAL), False, "shorter"),
        (table(KEY, replace(TOTAL, kind="number")), False, "kind_change"),
        (table(KEY, replace(TOTAL, required=True)), False, "stricter"),
        (table(KEY, replace(TOTAL, length=9)), False, "shorter"),
        (table(KEY, replace(TOTAL, scale=3)), False, "scale_change"),
        (table(KEY, replace(TOTAL, length=19)), False, "longer"),
        (table(replace(KEY, primary_key=False), TOTAL), False, "primary_key_change"),
        (table(TOTAL), False, "primary_key_change"),
        (table(KEY, TOTAL, replace(AT, primary_key=True, required=True)), True, "primary_key_change"),
        (table(KEY, TOTAL, replace(AT, required=True)), True, "needs_default"),
        (table(KEY, TOTAL, replace(AT, required=True)), False, None),
        (table(KEY, TOTAL, replace(AT, required=True, default="GetDate()")), True, None),
        (table(KEY, TOTAL, AT), True, None),
        (table(replace(KEY, length=60, name="Contact"), replace(TOTAL, length=12)), True, None),
        (table(KEY), True, None),
    ],
)
def test_what_may_change(new: DataExtension, filled: bool, code: str | None) -> None:
    problems = check_edit(table(KEY, TOTAL), new, filled)
    assert [p.code for p in problems] == ([code] if code else [])
    assert all(p.hint for p in problems)
