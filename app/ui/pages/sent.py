"""The Sent page: what went out, each message as its receiver would see it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.list_sent import list_sent
from app.services.views import SentMessage
from app.ui.pages.list_page import ListPage
from app.ui.pages.message_marks import MARKS
from app.ui.pages.message_view import MessageView
from app.ui.pages.table import Column, ThingsTable
from app.ui.session import Session
from app.ui.translation import mark, tr
from app.ui.widgets import EmptyState

_MOST = 500
CHANNEL_ICONS = {"email": "send-email", "sms": "send-sms", "push": "send-push", "rest": "rest"}


class SentPage(ListPage):
    """Newest first; messages never really leave this computer."""

    key = "sent"
    title = mark("Sent")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, tr("What journeys sent. Messages never leave this computer."), tr("Search messages"), parent
        )
        self.table = ThingsTable(self._columns(), tr("Sent messages"), self)
        self.view = MessageView(session, self)
        self.table.picked.connect(self.view.show_message)
        self.set_parts(
            self.beside(self.table, self.view, (600, 680), grows=self.view),
            EmptyState(
                tr("Nothing sent yet"),
                tr(
                    "When a contact reaches a Send Email, Send SMS or Send Push, the message lands here as its "
                    "receiver would see it."
                ),
                tr("Show journeys"),
                partial(session.page_wanted.emit, "journeys", ""),
                self,
                icon="mail",
            ),
        )
        session.bridge.contacts_moved.connect(self.refresh_soon)
        session.bridge.events_arrived.connect(self.refresh_soon)

    def fetch(self, search: str) -> Callable[[], tuple[SentMessage, ...]]:
        """Messages with the text in them."""
        workspace = self.session.workspace
        return lambda: list_sent(workspace, _MOST, search)

    def show_result(self, result: tuple[SentMessage, ...]) -> bool:
        """The messages as rows; one of them is always chosen."""
        self.table.show_things(result, lambda message: message.id)
        if self.table.current() is None and result:
            self.table.selectRow(0)
        return bool(result)

    def _columns(self) -> tuple[Column, ...]:
        session = self.session
        return (
            Column(
                tr("Message"),
                lambda m: m.subject or m.body.split("\n")[0] or tr("No subject"),
                second=_below,
                icon=lambda m: (CHANNEL_ICONS.get(m.channel.lower(), "mail"), "blue"),
                font="strong",
            ),
            Column(tr("Journey"), lambda m: m.journey_name, second=lambda m: m.activity_name, width=170, minor=True),
            Column(tr("When"), lambda m: session.ago(m.at), width=110, sort=lambda m: m.at, right=True),
        )


def _below(message: SentMessage) -> str:
    """The quieter line: to whom, a test, what is recorded of it or what a service answered."""
    said = [tr("to {address}", address=message.to) if message.to else tr("to nobody"), message.contact_key]
    if message.call is not None:
        said.append(tr("answered {status}", status=message.call.status) if message.call.status else tr("failed"))
    if message.test:
        said.append(tr("test"))
    said.extend(tr(words) for metric, words in MARKS.items() if metric in message.marks)
    return " · ".join(said)
