"""The panel beside the tree: how many would enter, and why one contact would not."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.filters.prune import asks_contact_data
from app.filters.tree import Group
from app.services.views import FilterCount
from app.ui.filter_builder.live import Live
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.passing import Passing
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.filter_builder.why import WhyPanel
from app.ui.theme import theme
from app.ui.translation import number, tr
from app.ui.widgets import label
from app.ui.widgets.restyle import set_style_property

WIDTH = 296
_NARROWEST = 180
_NUMBER_PX = 28


class SidePanel(QFrame):
    """Count above, Why below."""

    def __init__(
        self,
        model: FilterModel,
        surroundings: Surroundings,
        live: Live,
        passes: Passing,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._passes = passes
        self._model = model
        self._surroundings = surroundings
        self.setProperty("role", "aside")
        self.setFixedWidth(WIDTH)
        font = theme().font("title")
        font.setPixelSize(_NUMBER_PX)
        self.number = label("–", "count", self)
        self.number.setFont(font)
        self.number.setAccessibleName(tr("Rows that pass"))
        self.words = label("", "secondary", self, wrap=True)
        self.bar = _Bar(self)
        self.why = WhyPanel(model, surroundings, passes, self)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(4)
        for widget in (self.number, self.words, self.bar):
            box.addWidget(widget)
        box.addSpacing(14)
        box.addWidget(self.why, 1)
        live.counting.connect(self._counting)
        live.counted.connect(self._show)
        live.count_failed.connect(self._failed)

    def leave_room(self, width: int) -> None:
        """Take no more than a third of `width`, that of the builder, as far as words can be read then."""
        self.setFixedWidth(max(_NARROWEST, min(WIDTH, width // 3)))

    def show_nothing_stored(self) -> None:
        """There is no table yet to count in."""
        self.number.setText("–")
        self.words.setText(tr("Nothing is stored yet. Once events have written rows, this says how many pass."))
        self.bar.show_share(0.0, "accent")

    def _counting(self) -> None:
        set_style_property(self.number, "stale", True)
        if self.number.text() == "–":
            self.words.setText(tr("Counting …"))

    def _show(self, count: FilterCount) -> None:
        if count.total == 0:
            self.show_nothing_stored()
            set_style_property(self.number, "stale", False)
            return
        passed = 0 if self._passes.lets_nobody(self._model.group) else count.passed
        nobody = passed == 0
        self.number.setText(number(passed))
        set_style_property(self.number, "stale", False)
        set_style_property(self.number, "tone", "amber" if nobody else "ink")
        said = [self._passes.share(count.total)]
        before = self._without_last(count)
        if nobody and before is not None:
            said.append(tr("Without the last condition: {before}.", before=number(before)))
        text = " ".join((*said, *self._unlinked()))
        self.words.setText(text)
        self.bar.show_share(passed / count.total, "amber" if nobody else "accent")
        self.bar.setAccessibleName(f"{number(passed)} {text}")

    def _unlinked(self) -> tuple[str, ...]:
        """Why contact data does not count: the rows do not say whose they are. At entry the call's contact key does."""
        home = self._surroundings.catalog.event
        if home is None or home.link is not None or not asks_contact_data(self._model.group):
            return ()
        said = tr(
            "The rows of {name} do not say whose they are, so contact data counts as having no value here. Set "
            "“Contact key is in” for that data extension. At entry the contact key of the call is used.",
            name=home.name,
        )
        return (said,)

    def _without_last(self, count: FilterCount) -> int | None:
        """How many are left before the last condition of the root: shown when that one leaves nobody."""
        group: Group = self._model.group
        if group.negated or group.join != "and" or len(group.children) < 2:
            return None
        last = (len(group.children) - 1,)
        before = [path for path in count.left if path < last]
        return count.left[max(before)] if before else None

    def _failed(self, reason: str) -> None:
        self.number.setText("–")
        self.words.setText(
            tr("The rows could not be counted: {reason}", reason=reason)
            if reason
            else tr("Counted as soon as every condition has its value.")
        )
        self.bar.show_share(0.0, "accent")


class _Bar(QWidget):
    """A share as a bar."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._tone = "accent"
        self.setFixedHeight(8)

    def show_share(self, share: float, tone: str) -> None:
        """`share` from 0 to 1 in a colour of the theme."""
        self._share, self._tone = share, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        painter.setBrush(theme().color("line"))
        painter.drawRoundedRect(box, 4, 4)
        if self._share > 0:
            box.setWidth(max(6.0, box.width() * self._share))
            painter.setBrush(theme().color(self._tone))
            painter.drawRoundedRect(box, 4, 4)
