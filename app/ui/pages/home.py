"""The home page: the workspace's journeys, and where a new one starts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.data_extensions.fold import fold
from app.journey.journey import Status
from app.services.delete_journey import delete_journey
from app.services.duplicate_journey import duplicate_journey
from app.services.list_journeys import list_journeys
from app.services.views import JourneyCard
from app.ui.dialogs.ask import ask
from app.ui.pages.examples import Example, ExampleCards
from app.ui.pages.list_page import ListPage
from app.ui.pages.table import Column, ThingsTable, framed
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.translation import mark, number, tr, trn
from app.ui.widgets import EmptyState, toast

STATUS_TONES = {
    Status.DRAFT: "amber",
    Status.RUNNING: "accent",
    Status.FINISHING: "blue",
    Status.PAUSED: "violet",
    Status.STOPPED: "quiet",
}
STATUS_WORDS = {
    Status.DRAFT: mark("Draft"),
    Status.RUNNING: mark("Running"),
    Status.FINISHING: mark("Finishing"),
    Status.PAUSED: mark("Paused"),
    Status.STOPPED: mark("Stopped"),
}

_LOW = 520
"""Pixels of the page."""


class HomePage(ListPage):
    """Journeys with status, version, contacts inside and last event; search, duplicate, export, delete."""

    key = "journeys"
    title = mark("Journeys")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, tr("Each listens to an API Event and takes contacts on their way."), tr("Search journeys"), parent
        )
        command = session.command_wanted.emit
        self.import_button = self.add_button(tr("Import…"), partial(command, "import"), icon="import")
        self.new_button = self.add_button(tr("New journey"), partial(command, "new_journey"), "primary", "plus")
        self.table = ThingsTable(self._columns(), tr("Journeys"), self)
        self.table.opened.connect(lambda card: session.journey_wanted.emit(card.id))
        self.table.asked.connect(self._menu)
        frame = framed(self.table, self)
        self.set_parts(
            frame,
            EmptyState(
                tr("Draw your first journey"),
                tr(
                    "A journey starts with an API Event: a call that names a contact. After it come messages, waits "
                    "and splits, drawn by dragging tiles on to the canvas."
                ),
                tr("New journey"),
                partial(command, "new_journey"),
                self,
            ),
        )
        self.examples = ExampleCards(self._take, self)
        self._outer.addWidget(self.examples)
        self._key(QKeySequence(Qt.Key.Key_Delete), self._delete)
        self._key(QKeySequence("Ctrl+D"), self._duplicate)
        session.bridge.workspace_changed.connect(self.refresh_soon)
        session.bridge.contacts_moved.connect(self.refresh_soon)
        session.bridge.events_arrived.connect(self.refresh_soon)

    def fetch(self, search: str) -> Callable[[], tuple[JourneyCard, ...]]:
        """Journeys whose name or key has the text in it."""
        workspace, wanted = self.session.workspace, fold(search)

        def job() -> tuple[JourneyCard, ...]:
            cards = list_journeys(workspace)
            return tuple(c for c in cards if wanted in fold(c.name) or wanted in fold(c.key))

        return job

    def show_result(self, result: tuple[JourneyCard, ...]) -> bool:
        """The journeys as rows."""
        self.table.show_things(result, lambda card: card.id)
        self._make_room()
        return bool(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has room for the journeys, not for examples, too."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        low = self.height() < _LOW and bool(self.table.things_model.things)
        self.examples.setVisible(bool(self.examples.cards) and not low)

    def reveal(self, detail: str) -> None:
        """Select the journey with that id."""
        self.table.select_where(lambda card: card.id == detail)

    def _columns(self) -> tuple[Column, ...]:
        session = self.session
        return (
            Column(
                tr("Name"),
                lambda c: c.name,
                second=lambda c: tr("Changed {ago}", ago=session.ago(c.modified_at)),
                icon=lambda _: ("journey", "accent"),
                font="strong",
            ),
            Column(
                tr("Status"),
                lambda c: tr(STATUS_WORDS[c.status]),
                tone=lambda c: STATUS_TONES[c.status],
                width=130,
                sort=lambda c: list(STATUS_WORDS).index(c.status),
            ),
            Column(
                tr("Version"),
                lambda c: tr("v{version}", version=c.version),
                font="number",
                width=90,
                sort=lambda c: c.version,
                minor=True,
            ),
            Column(
                tr("Inside now"),
                lambda c: number(c.inside),
                font="number",
                right=True,
                width=110,
                sort=lambda c: c.inside,
            ),
            Column(
                tr("Last event"),
                lambda c: session.ago(c.last_event_at),
                width=170,
                sort=lambda c: c.last_event_at,
                right=True,
            ),
        )

    def _key(self, keys: QKeySequence, do: Callable[[], object]) -> None:
        shortcut = QShortcut(keys, self.table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(do)

    def _menu(self, card: JourneyCard, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(theme().icon("edit"), tr("Open"), lambda: self.session.journey_wanted.emit(card.id))
        menu.addAction(theme().icon("duplicate"), tr("Duplicate\tCtrl+D"), lambda: self._duplicate(card))
        menu.addAction(
            theme().icon("export"), tr("Export…"), lambda: self.session.command_wanted.emit(f"export:{card.id}")
        )
        menu.addSeparator()
        menu.addAction(theme().icon("trash", "red"), tr("Delete…\tDel"), lambda: self._delete(card))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _duplicate(self, card: JourneyCard | None = None) -> None:
        chosen = card or self.table.current()
        if chosen is None:
            return
        workspace = self.session.workspace

        def then(made: JourneyCard) -> None:
            self.refresh()
            toast(
                self,
                tr("{name} is a draft of its own.", name=made.name),
                tr("Open"),
                lambda: self.session.journey_wanted.emit(made.id),
            )

        self.session.work.run(self, lambda: duplicate_journey(workspace, chosen.id), then, self.session.failed.emit)

    def _delete(self, card: JourneyCard | None = None) -> None:
        chosen = card or self.table.current()
        if chosen is None:
            return
        text = tr(
            "The journey goes with all its versions and its history. "
            "Its event and data extension stay. This cannot be undone."
        )
        if chosen.inside:
            inside = trn(
                "{n} contact is inside and would leave it.",
                "{n} contacts are inside and would leave it.",
                chosen.inside,
            )
            text = f"{inside} {text}"
        if not ask(self, tr("Delete {name}?", name=chosen.name), text, tr("Delete journey"), danger=True):
            return
        workspace = self.session.workspace

        def then(_: None) -> None:
            self.session.command_wanted.emit(f"journey_deleted:{chosen.id}")
            self.refresh()
            toast(self, tr("{name} was deleted.", name=chosen.name))

        self.session.work.run(self, lambda: delete_journey(workspace, chosen.id), then, self.session.failed.emit)

    def _take(self, example: Example) -> None:
        self.session.command_wanted.emit(f"example:{example.file.name}")
