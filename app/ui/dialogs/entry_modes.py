"""The three entry modes as cards, explained in plain words: used by the API Event dialog and the journey's settings."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget

from app.journey.journey import EntryMode
from app.ui.sides import beside, right_to_left
from app.ui.theme import theme
from app.ui.translation import mark, tr

EXPLANATIONS = {
    EntryMode.NO_REENTRY: (
        mark(
            "A contact enters once and never again, whatever version is running. "
            "Right for a welcome: nobody is welcomed twice. Fixed once the journey was activated."
        )
    ),
    EntryMode.ANY_TIME: (
        mark(
            "Every event lets the contact enter, also while it is still inside; it can be in several places at once. "
            "Right for order confirmations: each order has its own."
        )
    ),
    EntryMode.AFTER_EXIT: (
        mark(
            "A contact that is inside does not enter again until it has left; then it may. "
            "Right for an abandoned cart: one reminder at a time."
        )
    ),
}
"""What each mode means for a contact (reference, 7, Settings), and what it is good for."""


class EntryModes(QWidget):
    """One card a mode; `chosen` gives the EntryMode. Arrows go from one to the next."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.cards: dict[EntryMode, ModeCard] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        for mode, text in EXPLANATIONS.items():
            card = ModeCard(tr(mode.label), tr(text), self)
            card.clicked.connect(lambda _checked=False, mode=mode: self.chosen.emit(mode))
            self._group.addButton(card)
            self.cards[mode] = card
            box.addWidget(card)

    def set_mode(self, mode: EntryMode) -> None:
        """Show a mode; NOT_SET shows none."""
        self._group.setExclusive(False)
        for each, card in self.cards.items():
            card.setChecked(each is mode)
        self._group.setExclusive(True)

    def mode(self) -> EntryMode:
        """What is chosen."""
        return next((mode for mode, card in self.cards.items() if card.isChecked()), EntryMode.NOT_SET)

    def focus_start(self) -> None:
        """The chosen card, or the first."""
        self.cards.get(self.mode(), next(iter(self.cards.values()))).setFocus()


class ModeCard(QAbstractButton):
    """A radio button as a card: title and explanation."""

    def __init__(self, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(title)
        self._words = text
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumHeight(78)

    def sizeHint(self) -> QSize:
        """Room for two lines of explanation."""
        return QSize(480, 82)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses too, before it goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isChecked():
            self.click()
            return
        super().keyPressEvent(event)
        if self.hasFocus():
            return
        group = self.group()
        focus = next((card for card in group.buttons() if card.hasFocus()), None) if group else None
        if isinstance(focus, ModeCard) and not focus.isChecked():
            focus.click()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Card, dot, title, explanation."""
        colors = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        strong = self.isChecked() or self.hasFocus()
        border = "accent" if strong else "ctl" if self.underMouse() else "line"
        painter.setPen(QPen(colors.color(border), 2 if self.hasFocus() else 1.2))
        painter.setBrush(colors.color("accent_soft" if self.isChecked() else "panel"))
        painter.drawRoundedRect(box, 11, 11)
        center = QPointF(self.width() - 28 if right_to_left() else 28, 26)
        painter.setPen(QPen(colors.color("accent" if self.isChecked() else "ctl"), 1.3))
        painter.setBrush(colors.color("panel"))
        painter.drawEllipse(center, 7.5, 7.5)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent"))
            painter.drawEllipse(center, 4, 4)
        painter.setPen(colors.color("ink"))
        painter.setFont(colors.font("strong"))
        painter.drawText(
            beside(self.rect(), QRectF(48, 14, box.width() - 64, 24)), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.setFont(colors.font("body"))
        painter.setPen(colors.color("ink2"))
        words = beside(self.rect(), QRectF(48, 38, box.width() - 64, box.height() - 42))
        painter.drawText(words, Qt.TextFlag.TextWordWrap, self._words)
