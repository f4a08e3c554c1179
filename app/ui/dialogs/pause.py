"""The choices of a pause: which versions, how long, what happens then, longer waits, and who arrives meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from app.services.pause_journey import AT_THE_END, EXTEND_WAITS, KEEP_ARRIVALS, LONGEST_PAUSE, PAUSED_DAYS, RESUME, STOP
from app.ui.dialogs.frame import Dialog
from app.ui.translation import tr
from app.ui.widgets import FormField, Segmented, roomy

_THIS, _ALL = "this", "all"
_DROP, _QUEUE = "drop", "queue"


class PauseDialog(Dialog):
    """`chosen` gets the choices of `pause_journey` and whether the finishing versions pause too."""

    def __init__(
        self,
        name: str,
        number: int,
        chosen: Callable[[Mapping[str, Any], bool], object],
        parent: QWidget | None,
        *,
        finishing: bool,
    ) -> None:
        """`finishing`: an older version still has contacts, so that there is a choice of versions."""
        super().__init__(tr("Pause {name}", name=name), parent, name="pause", size=QSize(560, 560))
        self._chosen = chosen
        words = [(_THIS, tr("Version {number} only", number=number)), (_ALL, tr("All running versions"))]
        self.versions = Segmented(words, _THIS, self, name=tr("Versions"))
        self.days = roomy(QSpinBox(self))
        self.days.setRange(0, LONGEST_PAUSE)
        self.days.setSpecialValueText(tr("Until I resume it"))
        self.days.setFixedWidth(190)
        self.days.valueChanged.connect(self._show_end)
        words = [(RESUME, tr("It goes on")), (STOP, tr("It stops for good"))]
        self.then = Segmented(words, RESUME, self, name=tr("When the days are over"))
        self.then.chosen.connect(lambda _key: self._show_end())
        self.extend = QCheckBox(tr("Waits by duration last longer by the time of the pause"), self)
        words = [(_DROP, tr("Turn away")), (_QUEUE, tr("Keep in a queue"))]
        self.arrivals = Segmented(words, _DROP, self, name=tr("Contacts that arrive meanwhile"))
        self.arrivals.chosen.connect(lambda _key: self._show_arrivals())
        self.primary.setText(tr("Pause journey"))
        self._lay_out(finishing=finishing)
        self._show_end()
        self._show_arrivals()
        self.days.setFocus()

    def accept(self) -> None:
        """Hand over what was chosen."""
        days = self.days.value()
        choices: dict[str, Any] = {
            EXTEND_WAITS: self.extend.isChecked(),
            KEEP_ARRIVALS: self.arrivals.current() == _QUEUE,
        }
        if days:
            choices |= {PAUSED_DAYS: days, AT_THE_END: self.then.current()}
        self._chosen(choices, self.versions.current() == _ALL)
        self.finish()

    def _lay_out(self, *, finishing: bool) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(20, 8, 20, 12)
        box.setSpacing(14)
        hint = tr("Older versions that still have contacts can pause with it.")
        which = FormField(tr("Versions"), self.versions, hint, self)
        which.setVisible(finishing)
        hint = tr("While it is paused, nobody enters and nobody goes on. It can be resumed at any time.")
        box.addWidget(which)
        box.addWidget(FormField(tr("Days"), self.days, hint, self))
        self.then_field = FormField(tr("When the days are over"), self.then, "", self)
        box.addWidget(self.then_field)
        extend = FormField(tr("Contacts that wait"), self.extend, "", self)
        extend.set_hint(tr("Otherwise their time runs on, and those whose time is over go on at once afterwards."))
        box.addWidget(extend)
        self.arrivals_field = FormField(tr("Contacts that arrive meanwhile"), self.arrivals, "", self)
        box.addWidget(self.arrivals_field)
        box.addStretch()
        self.body.addLayout(box)

    def _show_end(self) -> None:
        ends = self.days.value() > 0
        self.then.setEnabled(ends)
        hint = tr("A choice once the pause has a number of days.")
        if ends:
            stops = self.then.current() == STOP
            stopping = tr("Stopping is final: the contacts inside leave where they are.")
            hint = stopping if stops else tr("Contacts enter and go on again, as if it had been resumed.")
        self.then_field.set_hint(hint)

    def _show_arrivals(self) -> None:
        self.arrivals_field.set_hint(
            tr("Filter and entry mode decide when it goes on. This cannot change while it is paused.")
            if self.arrivals.current() == _QUEUE
            else tr("Their rows are stored, but they never enter. This cannot change while it is paused.")
        )
