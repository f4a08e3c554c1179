"""The Entry Sources page: events, their keys, who uses them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.data_extensions.fold import fold
from app.events.event_definition import EventDefinition
from app.kernel.said import listed
from app.services.delete_event import delete_event
from app.services.list_events import list_events
from app.services.views import EventCard
from app.ui.dialogs.ask import ask
from app.ui.dialogs.event_definition import open_event_definition
from app.ui.pages.list_page import ListPage
from app.ui.pages.table import Column, ThingsTable, framed
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.translation import mark, tr, trn
from app.ui.widgets import EmptyState, plain_tip, toast


class EntrySourcesPage(ListPage):
    """Create, edit, copy the key, and delete what no journey uses."""

    key = "entry_sources"
    title = mark("Entry sources")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            tr("An API call names an event by its key; the journeys that listen to it decide."),
            tr("Search events"),
            parent,
        )
        self.copy_button = self.add_button(tr("Copy key"), self._copy, icon="copy")
        self.edit_button = self.add_button(tr("Edit"), self._edit, icon="edit")
        self.delete_button = self.add_button(tr("Delete"), self._delete, icon="trash")
        self.new_button = self.add_button(tr("New event"), self.create_thing, "primary", "plus")
        self.table = ThingsTable(_columns(), tr("Events"), self)
        self.table.opened.connect(self._edit)
        self.table.picked.connect(self._picked)
        self.table.asked.connect(self._menu)
        frame = framed(self.table, self)
        self.set_parts(
            frame,
            EmptyState(
                tr("No events yet"),
                tr(
                    "An event is the door of a journey: programs call it by its key, with a contact and the data about "
                    "it. Its rows go to a data extension."
                ),
                tr("New event"),
                self.create_thing,
                self,
                icon="api-event",
            ),
        )
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self._copy)
        session.bridge.workspace_changed.connect(self.refresh_soon)
        self._picked(None)

    def fetch(self, search: str) -> Callable[[], tuple[EventCard, ...]]:
        """Events whose name, key or data extension has the text in it."""
        workspace, wanted = self.session.workspace, fold(search)

        def has(card: EventCard) -> bool:
            table = card.data_extension.name if card.data_extension else ""
            return any(wanted in fold(text) for text in (card.definition.name, card.definition.key, table))

        return lambda: tuple(card for card in list_events(workspace) if has(card))

    def show_result(self, result: tuple[EventCard, ...]) -> bool:
        """The events as rows."""
        self.table.show_things(result, lambda card: card.definition.id)
        return bool(result)

    def reveal(self, detail: str) -> None:
        """Select the event with that id."""
        self.table.select_where(lambda card: card.definition.id == detail)

    def create_thing(self) -> None:
        """A new event."""
        open_event_definition(self.session.workspace, self.session.work, self.window(), saved=self._saved)

    def _picked(self, card: EventCard | None) -> None:
        self.copy_button.setEnabled(card is not None)
        self.edit_button.setEnabled(card is not None)
        used = card is not None and bool(card.journeys)
        self.delete_button.setEnabled(card is not None and not used)
        why = (
            tr("Used by {names}: choose another event there first", names=listed(card.journeys))
            if card and used
            else ""
        )
        self.delete_button.setToolTip(plain_tip(why))

    def _menu(self, card: EventCard, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(theme().icon("edit"), tr("Edit…"), lambda: self._edit(card))
        menu.addAction(theme().icon("copy"), tr("Copy key\tCtrl+C"), self._copy)
        if card.data_extension is not None:
            shown = card.data_extension.id
            wanted = self.session.page_wanted
            menu.addAction(theme().icon("table"), tr("Show rows"), lambda: wanted.emit("data_extensions", shown))
        menu.addSeparator()
        remove = menu.addAction(theme().icon("trash", "red"), tr("Delete…\tDel"), self._delete)
        remove.setEnabled(not card.journeys)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _copy(self) -> None:
        card = self.table.current()
        if card is not None:
            QGuiApplication.clipboard().setText(card.definition.key)
            toast(self, tr("Copied the Event Definition Key."))

    def _edit(self, card: EventCard | None = None) -> None:
        chosen = card or self.table.current()
        if chosen is not None:
            open_event_definition(
                self.session.workspace, self.session.work, self.window(), chosen.definition, self._saved
            )

    def _saved(self, event: EventDefinition) -> None:
        self.refresh()
        toast(self, tr("{name} was saved.", name=event.name))

    def _delete(self) -> None:
        card = self.table.current()
        if card is None or card.journeys:
            return
        text = tr(
            "Calls with its key will be refused. Its data extension and the rows in it stay. This cannot be undone."
        )
        if not ask(self, tr("Delete {name}?", name=card.definition.name), text, tr("Delete event"), danger=True):
            return
        workspace, event_id = self.session.workspace, card.definition.id

        def then(_: None) -> None:
            self.refresh()
            toast(self, tr("{name} was deleted.", name=card.definition.name))

        self.session.work.run(self, lambda: delete_event(workspace, event_id), then, self.session.failed.emit)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            tr("Name"),
            lambda c: c.definition.name,
            second=lambda c: c.definition.description,
            icon=lambda _: ("api-event", "accent"),
            font="strong",
        ),
        Column(tr("Event Definition Key"), lambda c: c.definition.key, font="mono", width=350),
        Column(
            tr("Data extension"),
            lambda c: c.data_extension.name if c.data_extension else tr("None chosen"),
            width=190,
            minor=True,
        ),
        Column(tr("Used by"), _users, width=200, sort=lambda c: len(c.journeys), minor=True),
        Column(
            tr("State"),
            lambda c: tr("Listening") if c.running else tr("Not listening"),
            tone=lambda c: "accent" if c.running else "quiet",
            width=130,
            minor=True,
        ),
    )


def _users(card: EventCard) -> str:
    if not card.journeys:
        return tr("No journey")
    first = card.journeys[0]
    return (
        first
        if len(card.journeys) == 1
        else trn("{first} and {n} more", "{first} and {n} more", len(card.journeys) - 1, first=first)
    )
