"""The filter builder with many conditions: `python packaging/bench.py builder [--conditions N] [--json]`.

Baseline of the same run: the same builder with one condition, and one editor widget for each condition. A row of a
data extension checked against its schema is measured beside it, for every event pays that.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.data_extensions.check_row import RowChecker
from app.data_extensions.data_extension import DataExtension, Field
from app.filters.catalog import Catalog
from app.filters.tree import Attribute, Condition, Group, Join, Literal
from app.ui.filter_builder import FilterBuilder
from app.ui.theme import theme

ROUNDS = 7
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TOTAL = Field("f_total", "Cart total", "decimal", length=18, scale=2, required=True)
COUNTRY = Field("f_country", "Country", "text", length=2)
EMAIL = Field("f_email", "Email", "email")
SEEN = Field("f_seen", "Abandoned at", "date")
HOME = DataExtension("home", "carts", "Carts", fields=(TOTAL, COUNTRY, EMAIL, SEEN))
PAYLOAD = {"Cart total": "84.50", "Country": "NO", "Email": "kari@example.com", "Abandoned at": "2026-11-23T13:40:00Z"}


def condition(n: int) -> Condition:
    """Cart total is greater than n."""
    return Condition(Attribute(TOTAL.id), "greater_than", Literal(str(n)))


def tree(conditions: int) -> Group:
    """Groups of ten, joined by AND."""
    every = [condition(n) for n in range(conditions)]
    return Group(children=tuple(Group(Join.ANY, tuple(every[n : n + 10])) for n in range(0, conditions, 10)))


def open_builder(conditions: int) -> tuple[float, float]:
    """Seconds to open, and the slowest of ten keys."""
    group = tree(conditions)
    start = time.perf_counter()
    builder = FilterBuilder()
    builder.resize(1140, 660)
    builder.set_filter(group, Catalog(HOME))
    builder.show()
    QApplication.processEvents()
    opened = time.perf_counter() - start
    worst = 0.0
    for n in range(10):
        start = time.perf_counter()
        builder.model.set_condition((0, 0), condition(n), "typing")
        QApplication.processEvents()
        worst = max(worst, time.perf_counter() - start)
    builder.close()
    builder.deleteLater()
    QApplication.processEvents()
    return opened, worst


def plain_rows(conditions: int) -> float:
    """Seconds to open one editor widget for each condition: what a builder without a view of its own would pay."""
    start = time.perf_counter()
    home = QWidget()
    box = QVBoxLayout(home)
    for n in range(conditions):
        box.addWidget(QLineEdit(str(n), home))
    home.show()
    QApplication.processEvents()
    took = time.perf_counter() - start
    home.close()
    home.deleteLater()
    QApplication.processEvents()
    return took


def check_row() -> float:
    """Seconds to check one row of four columns."""
    checker = RowChecker(HOME, UTC)
    start = time.perf_counter()
    for _ in range(2000):
        checker.check(PAYLOAD, NOW)
    return (time.perf_counter() - start) / 2000


def median(measure: Callable[[], float]) -> float:
    """The median of a few rounds."""
    return statistics.median(measure() for _ in range(ROUNDS))


def main(arguments: list[str]) -> int:
    """Print the figures; 0."""
    parser = argparse.ArgumentParser(prog="bench.py builder", description=__doc__)
    parser.add_argument("--conditions", type=int, default=500)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme().apply(app)
    open_builder(1)  # warm: fonts, icons, style sheet
    rounds = [open_builder(options.conditions) for _ in range(ROUNDS)]
    opened, key = (statistics.median(values) for values in zip(*rounds, strict=True))
    figures = {
        "conditions": options.conditions,
        "open_ms": opened * 1000,
        "key_ms": key * 1000,
        "open_one_condition_ms": median(lambda: open_builder(1)[0]) * 1000,
        "widget_a_condition_ms": median(lambda: plain_rows(options.conditions)) * 1000,
        "check_row_us": median(check_row) * 1e6,
    }
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        for name, value in figures.items():
            print(f"{name:24} {value:10.1f}")
    return 0
