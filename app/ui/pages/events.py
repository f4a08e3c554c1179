"""The Events page: every event and refused call of the workspace, live, and why each was answered as it was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.explain_event import explain_event
from app.services.recent_events import recent_events, refused_result
from app.services.views import EventLine, FireResult
from app.ui.pages.list_page import ListPage
from app.ui.pages.table import Column, ThingsTable
from app.ui.panels.answer_card import AnswerCard
from app.ui.session import Session
from app.ui.translation import mark, shown, tr
from app.ui.widgets import Button, Card, EmptyState, Segmented, label, toast
from app.ui.work import Ticket

_MOST = 500
_OUTCOMES = {
    "admitted": (mark("Admitted"), "accent"),
    "refused": (mark("Not admitted"), "red"),
    "none": (mark("Nobody listens"), "quiet"),
    "error": (mark("Refused"), "red"),
}
_ORIGINS = {"api": mark("from the API"), "window": mark("from the window"), "cli": mark("from the terminal")}


class EventsPage(ListPage):
    """Lines at the left, newest first; beside them the answer that the chosen one got."""

    key = "events"
    title = mark("Events")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            tr("Every event and refused call, newest first, and why it was answered so."),
            tr("Contact, key or reason"),
            parent,
        )
        self._wanted = ""
        self._asking: Ticket | None = None
        self._lines: tuple[EventLine, ...] = ()
        self._memory: dict[str, EventLine] = {}
        self.only = Segmented(
            (
                ("", tr("All")),
                ("admitted", tr("Admitted")),
                ("refused", tr("Not admitted")),
                ("error", tr("Refused calls")),
            ),
            parent=self,
            name=tr("Show"),
        )
        self.only.chosen.connect(lambda _key: self._fill())
        self.head.insertWidget(1, self.only)
        self.table = ThingsTable(self._columns(), tr("Events"), self)
        self.table.picked.connect(self._picked)
        self.answer = AnswerCard(self)
        self.answer.can_try = False
        self.set_parts(
            self.beside(self.table, self._make_side(), (840, 440), grows=self.table),
            EmptyState(
                tr("No events yet"),
                tr("Fire one from a journey's Test panel, or call the local API: each shows here at once, and why."),
                tr("Show journeys"),
                partial(session.page_wanted.emit, "journeys", ""),
                self,
                icon="list",
            ),
            EmptyState(
                tr("Nothing found"),
                tr("None of these events has that contact, key or reason."),
                tr("Show all events"),
                self._show_all,
                self,
                icon="search",
            ),
        )
        session.bridge.events_arrived.connect(self.refresh_soon)

    def fetch(self, search: str) -> Callable[[], tuple[EventLine, ...]]:
        """The newest lines with the text in them."""
        workspace, memory = self.session.workspace, self._memory
        return lambda: recent_events(workspace, _MOST, search, memory=memory)

    def show_result(self, result: tuple[EventLine, ...]) -> bool:
        """The lines as rows; one of them is always chosen."""
        self._lines = result
        self._fill()
        return bool(result)

    def reveal(self, detail: str) -> None:
        """Bring that event in sight."""
        self._wanted = detail
        self.only.set_current("")
        self.search.clear()
        self.refresh()

    def _fill(self) -> None:
        only = self.only.current()
        lines = tuple(line for line in self._lines if only in ("", line.outcome))
        self.table.show_things(lines, lambda line: line.id)
        if self._wanted and self.table.select_where(lambda line: line.id == self._wanted):
            self._wanted = ""
        if self.table.current() is None and lines:
            self.table.selectRow(0)
        if self._lines:
            self.stack.setCurrentWidget(self.body if lines else self.nothing_found)

    def _show_all(self) -> None:
        self.only.set_current("")
        self._clear_search()
        self._fill()

    def _make_side(self) -> Card:
        side = Card(self, margin=0)
        inside = QWidget(side)
        inside.setProperty("transparent", True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 14, 16, 14)
        box.setSpacing(10)
        self.when = label("", "secondary", inside, wrap=True, selectable=True)
        box.addWidget(self.when)
        box.addWidget(self.answer)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.contact_button = Button(tr("Where is this contact?"), "plain", inside, on_click=self._show_contact)
        self.journey_button = Button(tr("Open journey"), "plain", inside, on_click=self._open_journey)
        row.addWidget(self.contact_button)
        row.addWidget(self.journey_button)
        row.addStretch()
        box.addLayout(row)
        self.copy_button = Button(tr("Copy answer"), "plain", inside, on_click=self._copy)
        box.addWidget(self.copy_button, alignment=Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        area = QScrollArea(side)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        side.box.addWidget(area)
        self.side = inside
        return side

    def _picked(self, line: EventLine | None) -> None:
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self.side.setVisible(line is not None)
        if line is None:
            return
        if line.error is not None:
            self._show(refused_result(line))
            return
        shown = self.answer.result
        if shown is not None and shown.instance_id == line.id:
            return  # news came in, and this line is still the chosen one
        workspace, ident = self.session.workspace, line.id
        self._asking = self.session.work.run(
            self,
            lambda: explain_event(workspace, ident),
            self._show,
            self.session.failed.emit,
            label=tr("Reading the decision"),
        )

    def _show(self, result: FireResult) -> None:
        line = self.table.current()
        self.answer.show_result(result)
        self.when.setText(
            tr(
                "{event} · {when}, {origin}",
                event=line.event_name or line.event_definition_key or tr("No event named"),
                when=self.session.at(line.at, seconds=True),
                origin=tr(_ORIGINS.get(line.origin, line.origin)),
            )
            if line
            else ""
        )
        self.contact_button.setVisible(bool(result.contact_key) and result.error is None)
        self.journey_button.setVisible(bool(result.decisions))

    def _show_contact(self) -> None:
        if self.answer.result is not None:
            self.session.page_wanted.emit("contacts", self.answer.result.contact_key)

    def _open_journey(self) -> None:
        result = self.answer.result
        if result is not None and result.decisions:
            self.session.journey_wanted.emit(result.decisions[0].journey_id)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.answer.as_text())
        toast(self, tr("The answer was copied."))

    def _columns(self) -> tuple[Column, ...]:
        session = self.session
        return (
            Column(tr("Time"), lambda e: session.at(e.at, seconds=True), width=130, sort=lambda e: e.at, font="number"),
            Column(tr("Contact"), _contact, width=130),
            Column(tr("Event"), lambda e: e.event_name or e.event_definition_key or "–", width=150, minor=True),
            Column(
                tr("Decision"),
                lambda e: tr(_OUTCOMES[e.outcome][0]) if e.error is None else f"{tr('Refused')} · {e.status}",
                tone=lambda e: _OUTCOMES[e.outcome][1],
                width=130,
            ),
            Column(tr("Why"), lambda e: shown(e.why)),
        )


def _contact(line: EventLine) -> str:
    if not line.contact_key:
        return "–"
    return tr("{contact_key} · test", contact_key=line.contact_key) if line.test else line.contact_key
