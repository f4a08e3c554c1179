"""A builder over real rows, and words for finding and using its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.filters.tree import Condition, Group, Literal, Path
from app.ui.filter_builder import FilterBuilder
from app.ui.filter_builder.condition_row import ConditionRow
from app.ui.filter_builder.group_row import GroupRow
from app.ui.filter_builder.passing import Passing
from app.ui.filter_builder.picker import Picker
from app.ui.work import Work
from tests.support.cart_rows import Carts, carts, work

__all__ = ["carts", "work"]


class Hand:
    """Uses a builder as a person does: mouse and keys."""

    def __init__(self, qtbot: QtBot, builder: FilterBuilder) -> None:
        self.qtbot = qtbot
        self.builder = builder

    @property
    def group(self) -> Group:
        """The tree of the moment."""
        return self.builder.model.group

    def row(self, *path: int) -> ConditionRow:
        """The row of a condition in view."""
        row = self.builder.canvas.row(path)
        assert isinstance(row, ConditionRow), path
        return row

    def header(self, *path: int) -> GroupRow:
        """The header of a group in view."""
        row = self.builder.canvas.row(path)
        assert isinstance(row, GroupRow), path
        return row

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        self.qtbot.keyClick(widget, key, modifiers)

    def type(self, text: str) -> None:
        """Text where the focus is."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        self.qtbot.keyClicks(widget, text)

    def picker(self) -> Picker:
        """The list that is open."""
        open_ones = [w for w in QApplication.topLevelWidgets() if isinstance(w, Picker) and w.isVisible()]
        assert len(open_ones) == 1, open_ones
        return open_ones[0]

    def pick(self, text: str) -> None:
        """Type into the list that is open, and take the first line."""
        picker = self.picker()
        self.qtbot.keyClicks(picker.focusWidget() or picker, text)
        self.qtbot.keyClick(picker.focusWidget() or picker, Qt.Key.Key_Return)

    def focus(self, path: Path, part: str = "field") -> None:
        """Click-free way to a part of a row."""
        self.builder.canvas.focus(path, part)


@pytest.fixture
def make_hand(qtbot: QtBot, carts: Carts, work: Work) -> Iterator[Callable[..., Hand]]:
    """Opens a builder with a filter."""
    opened: list[FilterBuilder] = []

    def make(group: Group, *, read_only: bool = False, passes: Passing | None = None) -> Hand:
        builder = FilterBuilder(passes=passes)
        qtbot.addWidget(builder)
        builder.resize(1140, 660)
        builder.set_filter(
            group,
            carts.catalog,
            workspace=carts.workspace,
            work=work,
            data_extension_id=carts.home.id,
            read_only=read_only,
        )
        builder.show()
        builder.activateWindow()
        qtbot.waitExposed(builder)
        qtbot.waitUntil(lambda: work.idle)
        opened.append(builder)
        return Hand(qtbot, builder)

    yield make
    for builder in opened:
        builder.close()


@pytest.fixture
def over_50(carts: Carts) -> Condition:
    """Cart total is greater than 50."""
    return Condition(carts.attribute("Cart total"), "greater_than", Literal("50"))


@pytest.fixture
def norway(carts: Carts) -> Condition:
    """Country equals NO."""
    return Condition(carts.attribute("Country"), "equal", Literal("NO"))
