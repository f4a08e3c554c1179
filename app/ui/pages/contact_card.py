"""One contact: its status, the journeys that it is in or was in, and its way through each."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.services.remove_from_journey import remove_from_journey
from app.services.set_contact_status import STATUSES, set_contact_status
from app.services.views import PathStep, Stay, Whereabouts
from app.ui.dialogs.ask import ask
from app.ui.session import Session
from app.ui.sides import margins
from app.ui.translation import mark, number, shown, tr, trn
from app.ui.widgets import (
    Button,
    Card,
    ComboBox,
    EmptyState,
    IconButton,
    IconTile,
    Pill,
    label,
    plain_tip,
    shortened,
    toast,
)

_STATES = {
    "waiting": (mark("Inside"), "accent"),
    "ended": (mark("Ended"), "quiet"),
    "removed": (mark("Removed"), "amber"),
    "stopped": (mark("Stopped"), "quiet"),
}
_MEANS = {
    "Unsubscribed": mark("It enters journeys and gets no messages."),
    "Deleted": mark("Its events are refused."),
    "Restricted": mark("Its events are refused."),
}
"""What a status does from the next event on."""

_STEPS_SHOWN = 12

_ENDS = {
    "ended": mark("Entered {entered}, ended {ended}"),
    "removed": mark("Entered {entered}, removed {ended}"),
    "stopped": mark("Entered {entered}, stopped {ended}"),
}


class ContactCard(Card):
    """`show_whereabouts` fills it; what is changed here is written at once and read again by the page."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self._session = session
        self._key = ""
        self.name = label("", "title", self, selectable=True)
        self.about = label("", "small", self)
        self.status = ComboBox(self)
        for status in STATUSES:
            self.status.addItem(tr(status), status)
        self.status.setAccessibleName(tr("Status of the contact"))
        self.status.setToolTip(
            tr("Events of a deleted or restricted contact are refused; an unsubscribed one gets no messages")
        )
        self.status.setMinimumWidth(150)
        self.status.activated.connect(lambda row: self._set_status(self.status.itemData(row)))
        head = QHBoxLayout()
        head.setContentsMargins(margins(16, 12, 12, 12))
        head.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.name)
        top.addWidget(IconButton("copy", tr("Copy contact key"), self, on_click=self._copy))
        top.addStretch()
        words.addLayout(top)
        words.addWidget(self.about)
        head.addLayout(words, 1)
        head.addWidget(label(tr("Status"), "label", self, buddy=self.status))
        head.addWidget(self.status)
        self.box.addLayout(head)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.box.addWidget(self.area, 1)
        self._last: Whereabouts | None = None

    def show_whereabouts(self, found: Whereabouts) -> None:
        """Show a contact; the same news again change nothing, so that the place of reading stays."""
        if found == self._last:
            return
        self._last = found
        self._key = found.contact_key
        self.name.setText(shortened(found.contact_key))
        self.name.setToolTip(plain_tip(found.contact_key))
        inside = sum(stay.state == "waiting" for stay in found.stays)
        where = trn("Inside {n} journey now", "Inside {n} journeys now", inside) if inside else tr("In no journey now")
        past = len(found.stays) - inside
        self.about.setText(tr("{where} · {past} earlier", where=where, past=number(past)) if past else where)
        self.status.setCurrentIndex(self.status.findData(found.status))
        self.area.setWidget(self._stays(found))

    def _stays(self, found: Whereabouts) -> QWidget:
        inner = QWidget(self)
        inner.setProperty("transparent", True)
        box = QVBoxLayout(inner)
        box.setContentsMargins(16, 4, 16, 16)
        box.setSpacing(12)
        for stay in found.stays:
            box.addWidget(self._stay(stay, inner))
        if not found.stays:
            empty = EmptyState(
                tr("In no journey so far"), tr("Its events were not admitted anywhere."), parent=inner, icon="journey"
            )
            box.addWidget(empty, 1)
        else:
            box.addStretch()
        return inner

    def _stay(self, stay: Stay, parent: QWidget) -> Card:
        card = Card(parent)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconTile("journey", "accent", 28, card))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(
            label(
                tr("{journey_name} · v{version}", journey_name=stay.journey_name, version=stay.version), "strong", card
            )
        )
        words.addWidget(label(self._when(stay), "small", card, wrap=True))
        head.addLayout(words, 1)
        if stay.test:
            head.addWidget(Pill(tr("Test"), "violet", card))
        text, tone = _STATES.get(stay.state, (stay.state.capitalize(), "quiet"))
        head.addWidget(Pill(tr(text), tone, card))
        card.box.addLayout(head)
        for at, step in enumerate(stay.path[:_STEPS_SHOWN], 1):
            card.box.addLayout(self._step(at, step, card))
        if len(stay.path) > _STEPS_SHOWN:
            card.box.addWidget(
                label(trn("and {n} more step", "and {n} more steps", len(stay.path) - _STEPS_SHOWN), "hint", card)
            )
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        wanted = self._session.journey_wanted.emit
        row.addWidget(
            Button(tr("Open journey"), "plain", card, compact=True, on_click=partial(wanted, stay.journey_id))
        )
        if stay.state == "waiting":
            remove = Button(
                tr("Remove from journey"), "danger", card, compact=True, on_click=partial(self._remove, stay)
            )
            row.addWidget(remove)
        card.box.addLayout(row)
        return card

    def _when(self, stay: Stay) -> str:
        at = self._session.at
        entered = at(stay.entered_at)
        if stay.state == "waiting":
            values = {"entered": entered, "tile": stay.activity_name}
            if stay.until:
                return tr("Entered {entered}, at {tile} until {until}", until=at(stay.until), **values)
            return tr("Entered {entered}, at {tile}", **values)
        if stay.ended_at is None:
            return tr("Entered {entered}", entered=entered)
        return tr(_ENDS.get(stay.state, _ENDS["ended"]), entered=entered, ended=at(stay.ended_at))

    def _step(self, place: int, step: PathStep, parent: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(margins(38, 0, 0, 0))
        row.setSpacing(8)
        count = label(str(place), "hint", parent)
        count.setFixedWidth(18)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        row.addWidget(count)
        row.addWidget(label(shown(step.note) or step.activity_key, "body", parent, wrap=True), 1)
        moment = step.until if step.state == "waiting" and step.until else step.at
        said = (
            tr("until {at}", at=self._session.at(moment))
            if step.state == "waiting" and step.until
            else self._session.at(moment)
        )
        row.addWidget(label(said, "hint", parent))
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        toast(self, tr("Copied the contact key."))

    def _set_status(self, status: str) -> None:
        workspace, key = self._session.workspace, self._key

        def then(_: None) -> None:
            said = tr("{key} is {status} now.", key=key, status=tr(status).lower())
            toast(self, tr("{said} {so}", said=said, so=tr(_MEANS[status])) if status in _MEANS else said)

        def failed(error: Exception) -> None:
            if self._last is not None:
                self.status.setCurrentIndex(self.status.findData(self._last.status))
            self._session.failed.emit(error)

        self._session.work.run(self, lambda: set_contact_status(workspace, key, status), then, failed)

    def _remove(self, stay: Stay) -> None:
        text = tr(
            "{key} leaves {journey_name} where it is now, gets no further messages from it, "
            "and may enter again if the journey's entry mode allows it.",
            key=self._key,
            journey_name=stay.journey_name,
        )
        if not ask(
            self,
            tr("Remove {key} from {journey_name}?", key=self._key, journey_name=stay.journey_name),
            text,
            tr("Remove from journey"),
            danger=True,
        ):
            return
        workspace, key = self._session.workspace, self._key

        def then(count: int) -> None:
            toast(
                self,
                tr("{key} was taken out of {journey_name}.", key=key, journey_name=stay.journey_name)
                if count
                else tr("{key} had already left.", key=key),
            )

        self._session.work.run(
            self, lambda: remove_from_journey(workspace, stay.journey_id, key), then, self._session.failed.emit
        )
