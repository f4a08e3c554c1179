"""The strip at the bottom: the API with its switch, what happened last, and which workspace this is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.ui.server import ServerControl, ServerState
from app.ui.theme import theme
from app.ui.translation import mark, tr
from app.ui.widgets import Button, plain_tip

_WORDS = {
    ServerState.OFF: ("ink3", mark("API is off")),
    ServerState.STARTING: ("amber", mark("API is starting…")),
    ServerState.ON: ("live", mark("API on {address}")),
    ServerState.STOPPING: ("amber", mark("API is stopping…")),
    ServerState.WAITING: ("amber", mark("API failed, trying again…")),
    ServerState.FAILED: ("red", mark("API does not start")),
}
_MOVED = ("amber", mark("API on {address} – another program has {port}"))


class _Dot(QWidget):
    """A round mark beside a word; the word carries the meaning."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._colour = "ink3"
        self.setFixedSize(8, 8)

    def show_colour(self, colour: str) -> None:
        """In the colour of a token."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """Eight by eight."""
        return QSize(8, 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme().color(self._colour))
        painter.setBrush(theme().color(self._colour))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


def _words(parent: QWidget) -> QLabel:
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class StatusBar(QWidget):
    """`api_clicked`, `events_clicked` and `workspace_clicked` tell what the person wants more of."""

    api_clicked = Signal()
    events_clicked = Signal()
    workspace_clicked = Signal()

    def __init__(self, server: ServerControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(28)
        self._server = server
        self._open = False
        self._dot = _Dot(self)
        self.api = self._button("API", self.api_clicked)
        self.switch = self._button(tr("Start"), None)
        self.switch.clicked.connect(lambda _checked=False: self.switch_wanted.emit())
        self.events = self._button("", self.events_clicked)
        self.busy = _words(self)
        self.workspace = self._button("", self.workspace_clicked)
        self.backend = _words(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        for part in (self._dot, self.api, self.switch, self.events, self.busy):
            row.addWidget(part)
        row.addStretch()
        row.addWidget(self.workspace)
        row.addWidget(self.backend)
        server.changed.connect(self._show_server)
        self.show_workspace("", "", "")
        self.show_events("")

    switch_wanted = Signal()

    def show_workspace(self, name: str, backend: str, location: str) -> None:
        """Which workspace is open; "" for none."""
        self._open = bool(name)
        self._show_server()
        self.workspace.setText(tr("Workspace: {name}", name=name).replace("&", "&&") if name else "")
        self.workspace.setToolTip(plain_tip(location))
        self.workspace.setVisible(bool(name))
        self.backend.setText(backend)

    def show_events(self, text: str) -> None:
        """What happened today and last."""
        self.events.setText(text.replace("&", "&&"))
        self._fit()

    def show_busy(self, text: str) -> None:
        """What takes longer than half a second."""
        self.busy.setText(tr("{job}…", job=text) if text else "")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for other words."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Nothing is cut off: where room is short, what is said elsewhere too goes first."""
        spared = (self.backend, self.events, self.workspace)
        for part in spared:
            part.setVisible(bool(part.text()))
        row = self.layout()
        assert row is not None
        margins = row.contentsMargins()
        for part in spared:
            shown = [each for each in (self._dot, self.api, self.switch, self.busy, *spared) if not each.isHidden()]
            needed = sum(each.sizeHint().width() + row.spacing() for each in shown)
            if needed + margins.left() + margins.right() <= self.width():
                return
            part.hide()

    def _button(self, name: str, signal: object) -> Button:
        button = Button(name, "status", self)
        if signal is not None:
            button.clicked.connect(signal)
        return button

    def _show_server(self) -> None:
        colour, words = _WORDS[self._server.state]
        address, taken = self._server.address.removeprefix("http://"), self._server.taken_port
        tip = self._server.problem or tr("Address, credentials and log of the local API")
        if taken and self._server.state is ServerState.ON:
            colour, words = _MOVED
            tip = tr(
                "Another program has port {port}. Code that calls that one does not reach this API. Click to start it "
                "again once the other program has ended, to choose another port, or to copy this address.",
                port=taken,
            )
        self._dot.show_colour(colour)
        self.api.setText(tr(words, address=address, port=taken))
        self.api.setToolTip(tip)
        on = self._server.is_up
        self.switch.setText(tr("Stop") if on else tr("Start"))
        self.switch.setAccessibleName(tr("Stop the API") if on else tr("Start the API"))
        # Without a workspace there is nothing to serve.
        self.switch.setEnabled(on or (self._open and self._server.state is not ServerState.STOPPING))
        self._fit()
