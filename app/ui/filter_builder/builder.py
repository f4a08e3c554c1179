"""The filter builder: rows or text, the sentence below, the count and one contact's answer beside."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.filters.catalog import Catalog
from app.filters.tree import Group, Path
from app.services.views import FilterCount
from app.services.workspace import Workspace
from app.ui.filter_builder.canvas import FilterCanvas
from app.ui.filter_builder.commands import Commands
from app.ui.filter_builder.live import Live
from app.ui.filter_builder.model import FilterModel
from app.ui.filter_builder.passing import Passing, enters
from app.ui.filter_builder.sentence_label import SentenceLabel
from app.ui.filter_builder.side import SidePanel
from app.ui.filter_builder.source_mode import SourceMode
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.filter_builder.text_mode import TextMode
from app.ui.filter_builder.unfinished import without_new
from app.ui.filter_builder.xml_mode import XmlMode
from app.ui.sides import margins
from app.ui.translation import mark, tr
from app.ui.widgets import IconButton, Segmented, toast
from app.ui.work import Work

KEYS_HINT = mark("Ctrl+Enter adds a condition · Ctrl+G groups · Alt+↑↓ moves")
"""For the footer of the dialog that holds a builder."""


class FilterBuilder(QWidget):
    """Edits one filter. `changed` follows every edit; `filter()` gives the tree of the moment."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, passes: Passing | None = None) -> None:
        """`passes` says what becomes of who passes; the panel beside counts them and asks about one contact."""
        super().__init__(parent)
        passes = passes or enters()
        self.model = FilterModel(self)
        self.surroundings = Surroundings(self)
        self.commands = Commands(self.model, self.surroundings)
        self.live = Live(self.model, self.surroundings)
        self.canvas = FilterCanvas(self.model, self.surroundings, self.commands, passes)
        self.text = TextMode(self.model, self.surroundings)
        self.xml = XmlMode(self.model, self.surroundings)
        self._sources: dict[str, SourceMode] = {"text": self.text, "xml": self.xml}
        self.sentence = SentenceLabel(passes=passes)
        self.aside = SidePanel(self.model, self.surroundings, self.live, passes, self)
        self._build()
        self.model.changed.connect(self._changed)
        self.live.diagnosed.connect(self.canvas.show_diagnostics)
        self.canvas.height_changed.connect(self._fit)
        self.live.counted.connect(self._counted)
        self.commands.refused.connect(lambda text: toast(self, text))

    def set_filter(
        self,
        group: Group,
        catalog: Catalog,
        *,
        workspace: Workspace | None = None,
        work: Work | None = None,
        data_extension_id: str | None = None,
        event_key: str = "",
        read_only: bool = False,
    ) -> None:
        """Show a filter over the attributes of `catalog`.

        With `workspace` and `work` rows of `data_extension_id` are counted and values of the data offered; None
        for the id: the data extension is not stored yet. `event_key` is what XML names the event's data by.
        """
        self.surroundings.catalog = catalog
        self.surroundings.event_key = event_key
        if workspace is not None and work is not None:
            self.surroundings.set_source(workspace, work, data_extension_id)
            self.surroundings.read_all()
        self.model.read_only = read_only
        for widget in (self.undo_button, self.redo_button):
            widget.setVisible(not read_only)
        for source in self._sources.values():
            source.set_read_only(read_only)
        self.model.reset(group, catalog)
        self.sentence.show_filter(group, catalog, at_once=True)
        if not self.live.can_count:
            self.aside.show_nothing_stored()

    def filter(self) -> Group:
        """The tree of the moment, without conditions that name no field yet."""
        return without_new(self.model.group)

    @property
    def problem(self) -> str:
        """What keeps the filter from being taken: a text that cannot be read; "" for nothing."""
        source = self._sources.get(self.mode.current())
        return source.read_now() if source is not None else ""

    def focus_problem(self) -> None:
        """Put the keyboard at what cannot be read."""
        source = self._sources.get(self.mode.current())
        if source is not None:
            source.focus_problem()

    def show_mode(self, mode: str) -> None:
        """ "builder" for rows, "text" for the expression language, "xml" for Marketing Cloud's."""
        before = next((key for key, page in self._sources.items() if self._pages.currentWidget() is page), "")
        if before and before != mode:
            problem = self._sources[before].read_now()
            if problem:
                self.mode.set_current(before)
                self.focus_problem()
                toast(self, tr("The text cannot be read yet: {problem}", problem=problem))
                return
        self.mode.set_current(mode)
        source = self._sources.get(mode)
        if source is not None:
            source.show_tree()
            self._pages.setCurrentWidget(source)
            source.focus_text()
        else:
            self._pages.setCurrentWidget(self._tree_page)
        self._fit()

    def focus_start(self) -> None:
        """Put the keyboard at the first condition, or at the button that adds one."""
        first: Path = (0,) if self.model.group.children else ()
        self.canvas.focus(first)

    def showEvent(self, event: QShowEvent) -> None:
        """Count again: the rows may be others by now."""
        super().showEvent(event)
        self.live.restart()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, most of it is the tree's."""
        super().resizeEvent(event)
        self.aside.leave_room(self.width())

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: count no more."""
        super().hideEvent(event)
        self.live.stop()

    def _build(self) -> None:
        self.mode = Segmented(
            (("builder", tr("Builder")), ("text", tr("Text")), ("xml", "XML")), parent=self, name=tr("Edit as")
        )
        self.mode.chosen.connect(self.show_mode)
        self.undo_button = IconButton("undo", tr("Undo (Ctrl+Z)"), self, on_click=self.model.undo)
        self.redo_button = IconButton("redo", tr("Redo (Ctrl+Y)"), self, on_click=self.model.redo)
        bar = QHBoxLayout()
        bar.setSpacing(6)
        bar.setContentsMargins(margins(4, 0, 0, 0))
        bar.addWidget(self.mode)
        bar.addStretch()
        for widget in (self.undo_button, self.redo_button):
            bar.addWidget(widget)
        self._tree_page = QWidget(self)
        tree = QVBoxLayout(self._tree_page)
        tree.setContentsMargins(0, 0, 0, 0)
        tree.addWidget(self.canvas)
        self._pages = QStackedWidget(self)
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._pages.addWidget(self._tree_page)
        for source in self._sources.values():
            self._pages.addWidget(source)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 4, 0)
        below.addWidget(self.sentence)
        left = QVBoxLayout()
        left.setContentsMargins(16, 16, 16, 12)
        left.setSpacing(12)
        left.addLayout(bar)
        left.addWidget(self._pages, 1000)
        left.addLayout(below)
        left.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.aside)
        self._show_history()

    def _changed(self) -> None:
        self._show_history()
        self.sentence.show_filter(self.model.group, self.surroundings.catalog)
        self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        """The tree takes the height it needs, so that the sentence stands right below it."""
        in_tree = self._pages.currentWidget() is self._tree_page
        self._pages.setMaximumHeight(self.canvas.content_height() if in_tree else 16_777_215)

    def _show_history(self) -> None:
        self.undo_button.setEnabled(self.model.can_undo)
        self.redo_button.setEnabled(self.model.can_redo)

    def _counted(self, count: FilterCount) -> None:
        self.canvas.show_counts(count.left, count.total)
