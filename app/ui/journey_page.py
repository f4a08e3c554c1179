"""The page of one journey: toolbar, palette, canvas, side panel, drawer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from app.events.payload import sample_contact_key, sample_payload
from app.journey.journey import ENTRY, Place
from app.ui.canvas.actions import EDIT, JOURNEY, VIEW
from app.ui.canvas.hits import Hit
from app.ui.canvas.in_place import NoteEditor, RenameField
from app.ui.canvas.menus import context_menu
from app.ui.canvas.view import CanvasView
from app.ui.code_menu import Call, CodeMenu
from app.ui.document import JourneyDocument
from app.ui.drawer import Drawer
from app.ui.find_bar import FindBar
from app.ui.journey_files import drop_words, takes
from app.ui.journey_state import JourneyState
from app.ui.journey_toolbar import JourneyToolbar
from app.ui.overtaken_banner import OvertakenBanner
from app.ui.page_actions import PageActions
from app.ui.page_room import PageRoom
from app.ui.palette import Palette
from app.ui.palette_drag import PaletteDrag
from app.ui.panels.history_panel import HistoryPanel
from app.ui.panels.outline_panel import OutlinePanel
from app.ui.panels.problems_panel import ProblemsPanel
from app.ui.pictures import Pictures
from app.ui.presentation import Presentation
from app.ui.side_panel import WIDTH as SIDE_WIDTH
from app.ui.side_panel import SidePanel
from app.ui.state_banner import StateBanner
from app.ui.translation import tr
from app.ui.widgets.drop_hint import DropHint
from app.ui.widgets.toast import toast

_WISHES = ("settings", "validate", "activate", "new_version", "pause", "resume", "stop")


class JourneyPage(QWidget):
    """Made for a document. `menu_actions` gives the window what belongs into its menus.

    `find_anything` asks for the window's palette of commands, `files_dropped` hands over files, `dialog_opened` tells
    tests and panels of a dialog, `presenting` says whether the canvas is to be seen alone.
    """

    find_anything = Signal()
    files_dropped = Signal(list)
    dialog_opened = Signal(object)
    presenting = Signal(bool)

    def __init__(self, document: JourneyDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._not_saved = ""
        self.toolbar = JourneyToolbar(document, self)
        self.banner = StateBanner(document, lambda: self._wish("new_version"), self)
        self.overtaken = OvertakenBanner(document, self)
        self.palette_bar = Palette(self)
        self.canvas = CanvasView(document, self)
        self.find_bar = FindBar(self.canvas)
        self.side = SidePanel(self)
        self.drawer = Drawer(self)
        self.problems = ProblemsPanel(document, self)
        self.history = HistoryPanel(document, self)
        self.outline = OutlinePanel(document, self.canvas.scene, self)
        self.state = JourneyState(document, self)
        self.pictures = Pictures(document, self)
        self._presentation = Presentation(self)
        self._drag = PaletteDrag(self.palette_bar, self.canvas)
        self._lay_out()
        self.side.add("problems", tr("Problems"), self.problems)
        self.side.add("history", tr("History"), self.history)
        self.side.add("outline", tr("Outline"), self.outline)
        self.actions_of = PageActions(self, self._handlers())
        self._connect()
        self._show_state()
        self._show_problem_count()
        self.setAcceptDrops(True)
        DropHint(self, drop_words)
        self.setFocusProxy(self.canvas)

    # --- for others ----------------------------------------------------------------------------------------------

    def add_panel(self, key: str, title: str, widget: QWidget) -> None:
        """Add a panel at the right: "tile", "test", ..."""
        self.side.add(key, title, widget)

    def show_panel(self, key: str) -> None:
        """Bring a panel to the front; a presentation ends."""
        if self._presentation.on:
            self.present()
        self.side.show_panel(key)
        panel = self.side.panel(key)
        if panel is not None:
            _enter(panel)

    def add_drawer(self, widget: QWidget, title: str = "", key: str = "log") -> None:
        """Put something into the drawer below the canvas."""
        self.drawer.add(key, title or tr("Event log"), widget)

    def present(self) -> None:
        """The canvas alone, whole in view, nothing selected; the same again, or Esc, brings everything back."""
        self._presentation.switch()
        self._show_state()

    def toggle_drawer(self) -> None:
        """Open or close the drawer."""
        if not self.drawer.is_empty:
            self.drawer.setVisible(not self.drawer.isVisible())

    def step_area(self, by: int) -> None:
        """Bring the keyboard to the next area of the page or the one before: toolbar, what stands below it, palette,
        canvas, the panel in front, the drawer; what is hidden is left out."""
        parts = (self.toolbar, self._framed, self.palette_bar, self.canvas, self.side, self.drawer)
        areas = [part for part in parts if part.isVisible()]
        focus = QApplication.focusWidget()
        at = next(
            (n for n, area in enumerate(areas) if focus is not None and (area is focus or area.isAncestorOf(focus))), -1
        )
        for step in range(1, len(areas) + 1):
            area = areas[(at + step * by) % len(areas)]
            targets = (self.side.panel(self.side.current), self.side.tabs.tabBar()) if area is self.side else (area,)
            if any(target is not None and _enter(target) for target in targets):
                return

    def undo(self) -> None:
        """Take the last edit back."""
        self.document.undo_stack.undo()

    def redo(self) -> None:
        """Make it again."""
        self.document.undo_stack.redo()

    def menu_actions(self) -> Sequence[tuple[str, Sequence[QAction]]]:
        """The page's actions by the window's menu."""
        own, canvas = self.actions_of.of_menu, self.canvas.actions_of.of_menu
        view = own("View")
        if self.drawer.is_empty:
            view.remove(self.actions_of.by_name["log"])
        return (
            ("File", own("File")),
            ("Edit", canvas(EDIT)),
            ("View", [*canvas(VIEW), *view]),
            ("Journey", [*own("Journey"), *canvas(JOURNEY)]),
            ("Test", own("Test")),
        )

    def open_tile(self, key: str, step: str = "") -> None:
        """Open the settings of a tile: of the API Event at one of its steps, of another at a setting or a path."""
        from app.ui.dialogs import open_settings

        known = self.document.journey.entry is not None if key == ENTRY else key in self.document.journey.activities
        if known:
            self.dialog_opened.emit(open_settings(self.document, key, self.document.work, self, step=step))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have no room for the palette."""
        super().resizeEvent(event)
        self._show_palette()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A journey's file may be dropped, and a CSV file."""
        if takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files over: they are previewed, nothing is changed here."""
        self.files_dropped.emit([url.toLocalFile() for url in event.mimeData().urls()])
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when the canvas has no use for it, ends the presentation."""
        if event.key() == Qt.Key.Key_Escape and self._presentation.on:
            self.present()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another tab, or the end: what is unsaved is written now, beside the window."""
        if self.document.unsaved:
            self.document.save()
        if self._presentation.on and not event.spontaneous():
            self.present()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The end of this page."""
        self.document.close()
        super().closeEvent(event)

    # --- inside --------------------------------------------------------------------------------------------------

    def _handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "export_picture": self.pictures.export,
            "copy_picture": self.pictures.copy,
            "print": self.pictures.print_out,
            "present": self.present,
            "outline": lambda: self.show_panel("outline"),
            "problems": lambda: self.show_panel("problems"),
            "history": lambda: self.show_panel("history"),
            "log": self.toggle_drawer,
            "next_area": lambda: self.step_area(1),
            "previous_area": lambda: self.step_area(-1),
            "test": lambda: self.show_panel("test"),
            **{wish: partial(self._wish, wish) for wish in _WISHES},
        }

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.toolbar)
        framed = QVBoxLayout()
        framed.setContentsMargins(12, 8, 12, 8)
        framed.addWidget(self.banner)
        framed.addWidget(self.overtaken)
        self._framed = QWidget(self)
        self._framed.setLayout(framed)
        column.addWidget(self._framed)
        self._below = QSplitter(Qt.Orientation.Vertical, self)
        self._below.setObjectName("canvas-splitter")
        self._below.addWidget(self.canvas)
        self._below.addWidget(self.drawer)
        self._below.setStretchFactor(0, 1)
        self._below.setSizes([700, 240])
        self._below.setHandleWidth(1)
        self._across = QSplitter(Qt.Orientation.Horizontal, self)
        self._across.setObjectName("journey-splitter")
        for part in (self.palette_bar, self._below, self.side):
            self._across.addWidget(part)
        self._across.setStretchFactor(1, 1)
        width = self.palette_bar.width()
        self._across.setSizes([width, 1228 - width, SIDE_WIDTH])
        self._across.setCollapsible(1, False)
        self._across.setHandleWidth(1)
        self._room = PageRoom(self._across, self.palette_bar, self.canvas, self.side, SIDE_WIDTH)
        column.addWidget(self._across, 1)

    def _connect(self) -> None:
        document, canvas = self.document, self.canvas
        self.toolbar.wanted.connect(self._wish)
        self.toolbar.version_wanted.connect(document.reopen)
        document.state_changed.connect(self._show_state)
        document.overtaken.changed.connect(self._show_state)
        document.problems_changed.connect(self._show_problem_count)
        document.refused.connect(lambda text, hint: self.say(f"{text} {hint}".strip()))
        document.changed_elsewhere.connect(
            lambda: self.say(tr("{name} was changed in another window.", name=document.journey.name))
        )
        document.save_failed.connect(self._say_not_saved)
        document.saved.connect(self._forget_failure)
        self.problems.chosen.connect(self.go_to)
        self.problems.open_wanted.connect(self.open_tile)
        self.outline.opened.connect(canvas.open_or_edit)
        self.outline.unfolded.connect(canvas.groups.unfold_at)
        self.palette_bar.chosen.connect(self._add)
        canvas.open_tile.connect(self.open_tile)
        canvas.add_at.connect(self._add_at)
        canvas.menu_for.connect(self._menu)
        canvas.code_menu.connect(self._open_code)
        canvas.copy_key.connect(self.copy_key)
        canvas.rename_tile.connect(self._rename)
        canvas.edit_note.connect(self._edit_note)
        canvas.show_problem.connect(lambda _key: self.side.show_panel("problems"))
        canvas.find_wanted.connect(self.find_bar.begin)

    def say(self, text: str) -> None:
        """A short word at the bottom of the window."""
        toast(self, text)

    def _say_not_saved(self, text: str) -> None:
        """Once in full: it is tried again and again, and the toolbar goes on saying it."""
        if text != self._not_saved:
            self._not_saved = text
            self.say(tr("The draft could not be saved: {words}", words=text))

    def _forget_failure(self) -> None:
        self._not_saved = ""

    def go_to(self, key: str) -> None:
        """Select a tile and bring it into view."""
        home = self.canvas.scene.home(key) if key else None
        if home is not None and self.canvas.scene.is_tile(home):
            self.document.select([home])
            self.canvas.reveal(key)
            self.canvas.setFocus()
        elif not key or self.document.journey.entry is None:
            self.canvas.fit()

    def copy_key(self) -> None:
        """Put the Event Definition Key on the clipboard."""
        event = self.document.context.event
        if event is not None:
            QGuiApplication.clipboard().setText(event.key)
            self.say(tr("The Event Definition Key was copied."))

    def _add(self, item: object) -> None:
        from app.ui.palette_items import PaletteItem

        if isinstance(item, PaletteItem):
            self.canvas.commands.add(item)
            self.canvas.setFocus()

    def _add_at(self, place: Place, at: QPoint | None) -> None:
        from app.journey.places import ENTRY_SLOT
        from app.ui.palette_items import api_event

        if place == ENTRY_SLOT:
            self.canvas.commands.add(api_event())
        else:
            self.canvas.commands.quick_add(place, at)

    def _menu(self, found: Hit, at: QPoint) -> None:
        menu = context_menu(self.canvas, found)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _open_code(self, at: QPoint) -> None:
        menu = CodeMenu(self.document.workspace, self.document.work, self._call, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _call(self) -> Call | None:
        context = self.document.context
        if context.event is None or context.schema is None:
            self.say(tr("Choose an event with a data extension first: then there is a call to copy."))
            return None
        return context.event.key, sample_contact_key(), sample_payload(context.schema)

    def _rename(self, key: str) -> None:
        if key in self.canvas.scene.drawn.activities and not self.document.read_only:
            self.canvas.reveal(key)
            RenameField(self.canvas, key, self.canvas.scene.drawn.activities[key].name)

    def _edit_note(self, key: str) -> None:
        if not self.document.read_only and key in self.canvas.scene.boxes:
            NoteEditor(self.canvas, key, self.canvas.scene.note(key))

    def _wish(self, wish: str) -> None:
        if wish == "test":
            self.show_panel("test")
        elif wish == "find":
            self.find_anything.emit()
        elif wish in ("settings", "rename"):
            from app.ui.dialogs import open_journey_settings

            self.dialog_opened.emit(open_journey_settings(self.document, self))
        elif wish == "validate":
            self.document.check_now()
            self.side.show_panel("problems")
        else:
            self.state.change(wish)

    def _show_state(self) -> None:
        read_only, alone = self.document.read_only, self._presentation.on
        self.banner.setVisible(read_only)
        self._framed.setVisible((read_only or self.document.overtaken.waits) and not alone)
        self._show_palette()
        self.actions_of.grey()

    def _show_palette(self) -> None:
        self._room.show_palette(wanted=not self.document.read_only and not self._presentation.on)

    def _show_problem_count(self) -> None:
        count = len(self.document.problems)
        self.side.set_title("problems", tr("Problems {count}", count=count) if count else tr("Problems"))


def _enter(area: QWidget) -> bool:
    """Give the keyboard to an area: to itself, or to the first thing in it that takes it; whether there is one."""
    if area.focusProxy() is not None or area.focusPolicy() & Qt.FocusPolicy.TabFocus:
        area.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    first = area.nextInFocusChain()
    while first is not None and first is not area:
        takes = first.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and area.isAncestorOf(first) and first.isVisible() and first.isEnabled():
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
        first = first.nextInFocusChain()
    return False
