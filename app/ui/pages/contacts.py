"""The Contacts page: *Where is this contact?*, its status, and the way out of a journey."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.event_log import Contact
from app.services.list_contacts import list_contacts
from app.services.views import Whereabouts
from app.services.where_is import where_is
from app.ui.pages.contact_card import ContactCard
from app.ui.pages.list_page import ListPage
from app.ui.pages.table import Column, ThingsTable
from app.ui.session import Session
from app.ui.translation import mark, tr
from app.ui.widgets import EmptyState
from app.ui.work import Ticket

_MOST = 200

STATUS_TONES = {
    mark("Active"): "accent",
    mark("Unsubscribed"): "amber",
    mark("Restricted"): "violet",
    mark("Deleted"): "quiet",
}


class ContactsPage(ListPage):
    """Contacts by key at the left; beside them where the chosen one is, and was."""

    key = "contacts"
    title = mark("Contacts")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, tr("Where is this contact? Type the beginning of its key."), tr("Contact key"), parent
        )
        self._wanted = ""
        self._asking: Ticket | None = None
        self.table = ThingsTable(self._columns(), tr("Contacts"), self)
        self.contact_card = ContactCard(session, self)
        self.table.picked.connect(self._picked)
        self.set_parts(
            self.beside(self.table, self.contact_card, (440, 840), grows=self.contact_card),
            EmptyState(
                tr("No contacts yet"),
                tr(
                    "A contact is known from its first event on. Fire one from a journey's Test panel, or call the API."
                ),
                tr("Show journeys"),
                partial(session.page_wanted.emit, "journeys", ""),
                self,
                icon="contacts",
            ),
            EmptyState(
                tr("Nobody of that key"),
                tr("No contact's key begins like this. Keys are the ContactKey of the calls."),
                tr("Clear the search"),
                self._clear_search,
                self,
                icon="search",
            ),
        )
        session.bridge.contacts_moved.connect(self.refresh_soon)
        session.bridge.events_arrived.connect(self.refresh_soon)

    def fetch(self, search: str) -> Callable[[], tuple[Contact, ...]]:
        """Contacts whose key begins with the text."""
        workspace = self.session.workspace
        return lambda: list_contacts(workspace, search, _MOST)

    def show_result(self, result: tuple[Contact, ...]) -> bool:
        """The contacts as rows; one of them is always chosen."""
        self.subtitle.setText(
            tr("The first {most} by key. Type the beginning of a key to find another.", most=_MOST)
            if len(result) >= _MOST
            else tr("Where is this contact? Type the beginning of its key.")
        )
        self.table.show_things(result, lambda contact: contact.key)
        if self._wanted and self.table.select_where(lambda contact: contact.key == self._wanted):
            self._wanted = ""
        if self.table.current() is None and result:
            self.table.selectRow(0)
        else:
            self._picked(self.table.current())
        return bool(result)

    def reveal(self, detail: str) -> None:
        """Search for that contact; "?" puts the cursor into the search field."""
        if detail == "?":
            self.search.setFocus()
            self.search.selectAll()
            return
        self._wanted = detail
        self.search.setText(detail)
        self.refresh()

    def _picked(self, contact: Contact | None) -> None:
        if self._asking is not None:
            self._asking.cancel()
        if contact is None:
            self.contact_card.hide()
            return
        workspace, key = self.session.workspace, contact.key
        self._asking = self.session.work.run(
            self,
            lambda: where_is(workspace, key),
            self._found,
            self.session.failed.emit,
            label=tr("Looking for the contact"),
        )

    def _found(self, found: Whereabouts) -> None:
        self.contact_card.show_whereabouts(found)
        self.contact_card.show()

    def _columns(self) -> tuple[Column, ...]:
        session = self.session
        return (
            Column(
                tr("Contact key"),
                lambda c: c.key,
                second=lambda c: (
                    tr("Known {ago} · test", ago=session.ago(c.created_at))
                    if c.test
                    else tr("Known {ago}", ago=session.ago(c.created_at))
                ),
                icon=lambda _: ("contact", "blue"),
                font="strong",
            ),
            Column(tr("Status"), lambda c: tr(c.status), tone=lambda c: STATUS_TONES.get(c.status, "quiet"), width=130),
        )
