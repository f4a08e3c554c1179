"""The header of a group: how it joins its children, and what can be added to it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from app.filters.tree import Group, Join, Path
from app.ui.filter_builder.condition_row import RING
from app.ui.filter_builder.model import FilterModel
from app.ui.theme import theme
from app.ui.translation import mark, tr, trn
from app.ui.widgets import Button, IconButton, Segmented, label

_CHOICES = (("all", mark("All of")), ("any", mark("Any of")), ("none", mark("None of")))
_NOT_ALL = ("not_all", mark("Not all of"))
_JOINS = {
    "all": (Join.ALL, False),
    "any": (Join.ANY, False),
    "none": (Join.ANY, True),
    "not_all": (Join.ALL, True),
}


def join_key(group: Group) -> str:
    """`all`, `any`, `none` or `not_all`."""
    return next(key for key, value in _JOINS.items() if value == (group.join, group.negated))


class GroupRow(QWidget):
    """Shows the group at `path` of the model."""

    def __init__(self, model: FilterModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.path: Path = ()
        self.menu_for: Callable[[GroupRow], QMenu] = lambda row: QMenu(row)
        self.add_condition: Callable[[Path], None] = lambda _path: None
        self.add_group: Callable[[Path], None] = lambda _path: None
        self._model = model
        self._group: Group | None = None
        self._current = False
        self._segments: Segmented | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(RING + 11, 0, RING + 7, 0)
        self._row.setSpacing(2)
        self._row.addStretch()
        self._off = label(tr("Disabled"), "hint", self)
        self.condition_button = Button(tr("+ Condition"), "ghost", self, compact=True)
        self.condition_button.clicked.connect(lambda: self.add_condition(self.path))
        self.group_button = Button(tr("+ Group"), "ghost", self, compact=True)
        self.group_button.clicked.connect(lambda: self.add_group(self.path))
        self.menu_button = IconButton("more", tr("More"), self)
        self.menu_button.setFixedSize(26, 26)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.menu_button.clicked.connect(self.open_menu)
        for widget in (self._off, self.condition_button, self.group_button, self.menu_button):
            self._row.addWidget(widget)

    @property
    def segments(self) -> Segmented:
        """The segmented control, for tests and the keyboard."""
        if self._segments is None:
            raise RuntimeError("show a group first")
        return self._segments

    def show_group(self, path: Path, group: Group) -> None:
        """Show a group."""
        self.path = path
        key = join_key(group)
        was_four = self._group is not None and join_key(self._group) == "not_all"
        if self._segments is None or was_four != (key == "not_all"):
            self._make_segments(four=key == "not_all")
        self._group = group
        self.segments.set_current(key)
        self.setAccessibleName(
            trn(
                "Group: {join} {n} condition",
                "Group: {join} {n} conditions",
                len(group.children),
                join=tr(dict((*_CHOICES, _NOT_ALL))[key]),
            )
        )
        editable = not self._model.read_only
        self._off.setVisible(group.disabled)
        self.segments.setEnabled(editable)
        for widget in (self.condition_button, self.group_button, self.menu_button):
            widget.setVisible(editable)

    def set_current(self, current: bool, selected: bool) -> None:
        """Show whether the keyboard acts here."""
        if (current or selected) != self._current:
            self._current = current or selected
            self.update()

    def open_menu(self) -> None:
        """Drop everything that can be done with the group."""
        self._model.select(self.path)
        menu = self.menu_for(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def _make_segments(self, *, four: bool) -> None:
        if self._segments is not None:
            self._row.removeWidget(self._segments)
            self._segments.deleteLater()
        choices = (*_CHOICES, _NOT_ALL) if four else _CHOICES
        self._segments = Segmented([(key, tr(words)) for key, words in choices], parent=self, name=tr("Join"))
        self._segments.chosen.connect(self._choose)
        self._row.insertWidget(0, self._segments)

    def _choose(self, key: str) -> None:
        join, negated = _JOINS[key]
        self._model.select(self.path)
        self._model.set_group(self.path, join=join, negated=negated)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ring around the header of the current group."""
        if not self._current:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(RING + 5.5, 4.5, -RING - 1.5, -4.5)
        painter.setPen(QPen(theme().color("accent"), 1))
        painter.setBrush(theme().color("accent_soft"))
        painter.drawRoundedRect(box, 8, 8)
