"""How fast filters are, as ratios within one run: `python packaging/bench.py filters [--json]`.

The tree is that of the measured prototypes: six conditions in nested groups, about a sixth of the records pass.
"""

from __future__ import annotations

import argparse
import json
import operator
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.fold import fold
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.compile import compile_filter
from app.filters.diagnose import diagnose
from app.filters.explain import Explainer
from app.filters.operands import Family, Ready, make_ready
from app.filters.sql import Columns, to_sql
from app.filters.tree import Attribute, Condition, Group, Join, Literal, Node, RelativeDate

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
OSLO = ZoneInfo("Europe/Oslo")
TOTAL = Field("f_total", "Cart total", "decimal", length=18, scale=2)
COUNTRY = Field("f_country", "Country", "text", length=50)
TIER = Field("f_tier", "Tier", "text", length=20)
ITEMS = Field("f_items", "Items", "number")
SEEN = Field("f_seen", "Last seen", "date")
EMAIL = Field("f_email", "Email", "email")
FIELDS = (TOTAL, COUNTRY, TIER, ITEMS, SEEN, EMAIL)
CATALOG = Catalog(DataExtension("de", "de", "Cart", fields=FIELDS))

MOST_MICROSECONDS = 0.5
LEAST_TIMES_WALKING = 8.0
MOST_TIMES_BY_HAND = 1.5


def _ask(field: Field, key: str, operand: Any) -> Condition:
    return Condition(Attribute(field.id), key, Literal(operand) if isinstance(operand, str) else operand)


TREE = Group(
    Join.ALL,
    (
        _ask(TOTAL, "greater_than", "50"),
        Group(
            Join.ANY,
            (
                _ask(COUNTRY, "equal", "NO"),
                Group(Join.ALL, (_ask(COUNTRY, "equal", "SE"), _ask(TIER, "equal", "Gold"))),
                _ask(EMAIL, "ends_with", "@example.org"),
            ),
        ),
        _ask(SEEN, "on_or_after", RelativeDate(-180)),
    ),
)
BY_HAND = (
    "SELECT count(*) FROM rows WHERE f_total > 5000 AND (f_country_folded = 'no' OR (f_country_folded = 'se' "
    "AND f_tier_folded = 'gold') OR f_email_folded LIKE '%@example.org') AND f_seen >= ?"
)


def record(n: int) -> dict[str, Any]:
    """One of many believable records; the same `n` gives the same."""
    return {
        "f_total": Decimal((n * 7919) % 12000).scaleb(-2) if n % 50 else None,
        "f_country": ("NO", "se", "DK", "Fi", "DE", "FR")[(n * 31) % 6] if n % 41 else None,
        "f_tier": ("Gold", "silver", "None")[(n * 17) % 3],
        "f_items": n % 9,
        "f_seen": NOW - timedelta(hours=(n * 13) % 9000),
        "f_email": f"name{n}@example.{('com', 'org', 'net')[(n * 5) % 3]}",
    }


_WALKED: dict[str, Callable[[Any, Any], bool]] = {
    "greater_than": operator.gt,
    "equal": operator.eq,
    "ends_with": str.endswith,
    "on_or_after": operator.ge,
}


def walker(group: Group) -> Callable[[dict[str, Any]], bool]:
    """The same filter asked by walking its tree, operands worked out beforehand."""
    ready: dict[int, Ready] = {}

    def prepare(node: Node) -> None:
        if isinstance(node, Condition):
            ready[id(node)] = make_ready(node, CATALOG, NOW, OSLO)
        else:
            for child in node.children:
                prepare(child)

    def ask(node: Node, asked: dict[str, Any]) -> bool:
        if isinstance(node, Condition):
            known = ready[id(node)]
            value = asked.get(node.attribute.field)
            if value is None:
                return False
            if known.left.family is Family.TEXT:
                value = fold(value)
            return _WALKED[node.operator](value, known.right[0])
        answers = (ask(child, asked) for child in node.children if not child.disabled)
        return (all(answers) if node.join is Join.ALL else any(answers)) != node.negated

    prepare(group)
    return lambda asked: ask(group, asked)


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call on the processor: what else runs on the machine is not counted."""
    began = time.process_time()
    call()
    return time.process_time() - began


def evaluation(rounds: int = 7) -> dict[str, float]:
    """One record against the compiled filter and by walking the tree, in turns; medians of all rounds."""
    records = [record(n) for n in range(20_000)]
    compiled, walked = compile_filter(TREE, CATALOG, NOW, OSLO), walker(TREE)
    assert [compiled(each) for each in records] == [walked(each) for each in records]
    passed = sum(map(compiled, records))
    fast, slow, ratios = [], [], []
    for _ in range(rounds):
        fast.append(timed(lambda: [compiled(each) for each in records]) / len(records) * 1e6)
        slow.append(timed(lambda: [walked(each) for each in records]) / len(records) * 1e6)
        ratios.append(slow[-1] / fast[-1])
    return {
        "share_passing": passed / len(records),
        "compiled_us": statistics.median(fast),
        "walking_us": statistics.median(slow),
        "times_walking": statistics.median(ratios),
    }


def counting(rows: int, rounds: int = 5) -> dict[str, float]:
    """Counting in SQLite against the same predicate written by hand, in turns over the same table."""
    from sqlalchemy import column, func, select, table
    from sqlalchemy.dialects import sqlite

    names = [field.id for field in FIELDS] + [f"{field.id}_folded" for field in FIELDS if KINDS[field.kind].fold]
    rows_table = table("rows", *(column(name) for name in names))

    def columns(attribute: Attribute) -> Columns:
        return Columns(rows_table.c[attribute.field], rows_table.c.get(f"{attribute.field}_folded"))

    statement = select(func.count()).select_from(rows_table).where(to_sql(TREE, CATALOG, columns, NOW, OSLO))
    compiled = statement.compile(dialect=sqlite.dialect())
    text, values = str(compiled), [compiled.params[name] for name in compiled.positiontup or ()]
    since = make_ready(_ask(SEEN, "on_or_after", RelativeDate(-180)), CATALOG, NOW, OSLO).right[0]
    with sqlite3.connect(":memory:") as connection:
        kinds = (
            "TEXT" if "folded" in name or name in ("f_country", "f_tier", "f_email") else "BIGINT" for name in names
        )
        connection.execute(f"CREATE TABLE rows ({', '.join(f'{n} {k}' for n, k in zip(names, kinds, strict=True))})")
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO rows VALUES ({marks})", (stored(n) for n in range(rows)))
        moment = KINDS["date"].store(since, SEEN)
        ours = connection.execute(text, values).fetchone()
        assert ours == connection.execute(BY_HAND, (moment,)).fetchone()
        generated, by_hand, ratios = [], [], []
        for _ in range(rounds):
            generated.append(timed(lambda: connection.execute(text, values).fetchone()))
            by_hand.append(timed(lambda: connection.execute(BY_HAND, (moment,)).fetchone()))
            ratios.append(generated[-1] / by_hand[-1])
    connection.close()
    return {
        "rows": rows,
        "share_passing": ours[0] / rows,
        "generated_ms": statistics.median(generated) * 1e3,
        "by_hand_ms": statistics.median(by_hand) * 1e3,
        "times_by_hand": statistics.median(ratios),
    }


def stored(n: int) -> list[Any]:
    """A record as a table keeps it."""
    values = record(n)
    plain = [KINDS[field.kind].store(values[field.id], field) for field in FIELDS]
    folded = [values[field.id] and fold(values[field.id]) for field in FIELDS if KINDS[field.kind].fold]
    return plain + folded


def working(conditions: int = 500, rounds: int = 5) -> dict[str, float]:
    """What the builder and the log ask for, over a filter of many conditions; milliseconds."""
    tree = Group(
        children=tuple(
            Group(Join.ANY, (_ask(TOTAL, "greater_than", str(n)), _ask(COUNTRY, "equal", f"c{n}")))
            for n in range(conditions // 2)
        )
    )
    explainer = Explainer(tree, CATALOG, NOW, OSLO)
    jobs: dict[str, Callable[[], object]] = {
        "compile_ms": lambda: compile_filter(tree, CATALOG, NOW, OSLO),
        "diagnose_ms": lambda: diagnose(tree, CATALOG, NOW, OSLO),
        "explain_ms": lambda: explainer.explain(record(1)),
    }
    return {"conditions": conditions} | {
        name: statistics.median(timed(job) for _ in range(rounds)) * 1e3 for name, job in jobs.items()
    }


def main(argv: list[str]) -> int:
    """Measure and print; 0 where every goal is met, else 1."""
    parser = argparse.ArgumentParser(prog="bench.py filters", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows to count over (default: a million)")
    arguments = parser.parse_args(argv)
    measured = {"evaluation": evaluation(), "counting": counting(arguments.rows), "working": working()}
    goals = {
        f"one evaluation within {MOST_MICROSECONDS} µs": measured["evaluation"]["compiled_us"] <= MOST_MICROSECONDS,
        f"at least {LEAST_TIMES_WALKING:g} x as fast as walking the tree": (
            measured["evaluation"]["times_walking"] >= LEAST_TIMES_WALKING
        ),
        f"counting within {MOST_TIMES_BY_HAND} x of SQL by hand": (
            measured["counting"]["times_by_hand"] <= MOST_TIMES_BY_HAND
        ),
    }
    if arguments.json:
        print(json.dumps({"measured": measured, "goals": goals}, indent=2))
    else:
        for title, figures in measured.items():
            print(title)
            for name, figure in figures.items():
                print(f"  {name:<16} {figure:>12,.3f}")
        for goal, met in goals.items():
            print(f"{'met   ' if met else 'MISSED'} {goal}")
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
