"""The Data extensions page: the tables at the left, the rows of the chosen one beside them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.data_extensions.data_extension import DataExtension
from app.data_extensions.fold import fold
from app.kernel.said import listed
from app.services.delete_data_extension import delete_data_extension
from app.services.list_data_extensions import list_data_extensions
from app.services.views import DataExtensionCard
from app.ui.dialogs.ask import ask
from app.ui.dialogs.data_extension import open_data_extension
from app.ui.pages.list_page import ListPage
from app.ui.pages.row_grid import RowGrid
from app.ui.pages.table import Column, ThingsTable
from app.ui.session import Session
from app.ui.theme import theme
from app.ui.translation import mark, number, tr, trn
from app.ui.widgets import EmptyState, toast


class DataExtensionsPage(ListPage):
    """Create, change, look into, and delete what nothing uses."""

    key = "data_extensions"
    title = mark("Data extensions")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            tr("Tables of contacts. Events write rows into them; filters and messages read them."),
            tr("Search data extensions"),
            parent,
        )
        self._wanted = ""
        self.new_button = self.add_button(tr("New data extension"), self.create_thing, "primary", "plus")
        self.table = ThingsTable(_columns(), tr("Data extensions"), self)
        self.table.opened.connect(self._edit)
        self.table.asked.connect(self._menu)
        self.grid = RowGrid(session, self._edit, self)
        self.table.picked.connect(self.grid.show_card)
        self.set_parts(
            self.beside(self.table, self.grid, (380, 900), grows=self.grid),
            EmptyState(
                tr("No data extensions yet"),
                tr(
                    "A data extension holds what you know of each contact: a table with typed fields and a primary "
                    "key. An event needs one to put its rows in."
                ),
                tr("New data extension"),
                self.create_thing,
                self,
                icon="table",
            ),
        )
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        session.bridge.workspace_changed.connect(self.refresh_soon)
        session.bridge.events_arrived.connect(self.refresh_soon)
        session.bridge.contacts_moved.connect(self.refresh_soon)

    def fetch(self, search: str) -> Callable[[], tuple[DataExtensionCard, ...]]:
        """Data extensions with the text in their name, key, or a field's name."""
        workspace, wanted = self.session.workspace, fold(search)

        def has(card: DataExtensionCard) -> bool:
            de = card.data_extension
            return any(wanted in fold(text) for text in (de.name, de.key, *(f.name for f in de.fields)))

        return lambda: tuple(card for card in list_data_extensions(workspace) if has(card))

    def show_result(self, result: tuple[DataExtensionCard, ...]) -> bool:
        """The data extensions as rows; one of them is always chosen."""
        self.table.show_things(result, lambda card: card.data_extension.id)
        if self._wanted:
            self.table.select_where(lambda card: card.data_extension.id == self._wanted)
            self._wanted = ""
        if self.table.current() is None and result:
            self.table.selectRow(0)
        self.grid.show_card(self.table.current())
        return bool(result)

    def reveal(self, detail: str) -> None:
        """Show the data extension with that id, now or when the list has come."""
        if not self.table.select_where(lambda card: card.data_extension.id == detail):
            self._wanted = detail

    def create_thing(self) -> None:
        """A new data extension."""
        open_data_extension(self.session.workspace, self.session.work, self.window(), saved=self._saved)

    def _edit(self, card: DataExtensionCard | None = None) -> None:
        chosen = card or self.table.current()
        if chosen is not None:
            open_data_extension(
                self.session.workspace,
                self.session.work,
                self.window(),
                chosen.data_extension,
                chosen.rows,
                self._saved,
            )

    def _saved(self, made: DataExtension) -> None:
        self._wanted = made.id
        self.refresh()
        toast(self, tr("{name} was saved.", name=made.name))

    def _menu(self, card: DataExtensionCard, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(theme().icon("edit"), tr("Edit fields…"), lambda: self._edit(card))
        menu.addSeparator()
        remove = menu.addAction(theme().icon("trash", "red"), tr("Delete…\tDel"), self._delete)
        remove.setEnabled(not card.events)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _delete(self) -> None:
        card = self.table.current()
        if card is None:
            return
        name, workspace, ident = card.data_extension.name, self.session.workspace, card.data_extension.id
        if card.events:
            toast(
                self,
                tr("{name} is populated by {names}. Delete the event first.", name=name, names=listed(card.events)),
            )
            return
        text = trn(
            "Its {n} row goes with it. This cannot be undone.",
            "Its {n} rows go with it. This cannot be undone.",
            card.rows,
        )
        if not ask(self, tr("Delete {name}?", name=name), text, tr("Delete data extension"), danger=True):
            return

        def then(_: None) -> None:
            self.refresh()
            toast(self, tr("{name} was deleted.", name=name))

        self.session.work.run(self, lambda: delete_data_extension(workspace, ident), then, self.session.failed.emit)


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            tr("Name"),
            lambda c: c.data_extension.name,
            second=lambda c: (
                tr("Populated by {names}", names=listed(c.events)) if c.events else tr("No event populates it")
            ),
            icon=lambda _: ("table", "violet"),
            font="strong",
        ),
        Column(tr("Rows"), lambda c: number(c.rows), font="number", right=True, width=90, sort=lambda c: c.rows),
    )
