"""Preferences of the person: look, motion, and the local API's start. They apply at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.ui.preferences import Preferences
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Button, FormField, Segmented, label, roomy
from app.ui.widgets.any_number import AnyNumber


class PreferencesDialog(QDialog):
    """There is nothing to save: each control is the setting."""

    def __init__(self, preferences: Preferences, parent: QWidget, open_shortcuts: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        self._preferences = preferences
        modes = [("system", tr("As the system")), ("light", tr("Light")), ("dark", tr("Dark"))]
        self.mode = Segmented(modes, preferences.theme, self, name=tr("Theme"))
        self.mode.chosen.connect(self._set_mode)
        self.motion = QCheckBox(tr("Reduce motion: show changes at once"), self)
        self.motion.setChecked(preferences.reduce_motion)
        self.motion.toggled.connect(self._set_motion)
        self.at_start = QCheckBox(tr("Start the API with the window"), self)
        self.at_start.setChecked(preferences.api_at_start)
        self.at_start.toggled.connect(self._set_at_start)
        self.port = roomy(AnyNumber(1024, 65535, self))
        self.port.setValue(preferences.api_port)
        self.port.setGroupSeparatorShown(False)
        self.port.setFixedWidth(130)
        self.port.valueChanged.connect(self._set_port)
        self.rate = roomy(QSpinBox(self))
        self.rate.setRange(0, 100_000)
        self.rate.setSpecialValueText(tr("No limit"))
        self.rate.setValue(preferences.api_rate_limit)
        self.rate.setFixedWidth(130)
        self.rate.valueChanged.connect(self._set_rate)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 16)
        box.setSpacing(10)
        box.addStrut(420)
        box.addWidget(label(tr("Preferences"), "title", self))
        box.addWidget(label(tr("Look"), "category", self))
        box.addWidget(self.mode)
        box.addWidget(self.motion)
        box.addSpacing(8)
        box.addWidget(label(tr("Local API"), "category", self))
        box.addWidget(self.at_start)
        hint = tr("Used from the next start of the API on; when it is taken, another one is found.")
        self.port_field = FormField(tr("Port"), self.port, hint, self)
        self.port.editingFinished.connect(lambda: self.port_field.set_error(self.port.problem()))
        box.addWidget(self.port_field)
        hint = tr("Of each client; more are answered with 429. Used from the next start of the API on.")
        box.addWidget(FormField(tr("Calls a second"), self.rate, hint, self))
        box.addStretch()
        row = QHBoxLayout()
        row.addWidget(Button(tr("Keyboard shortcuts…"), "plain", self, icon="keyboard", on_click=open_shortcuts))
        row.addStretch()
        row.addWidget(Button(tr("Close"), "primary", self, on_click=self.accept))
        box.addSpacing(8)
        box.addLayout(row)

    def accept(self) -> None:
        """Close, unless a port stands there that cannot be."""
        if self.port.problem():
            self.port_field.set_error(self.port.problem())
            self.port.setFocus()
            return
        super().accept()

    def _set_mode(self, mode: str) -> None:
        self._preferences.theme = mode
        theme().set_mode(mode)

    def _set_motion(self, on: bool) -> None:
        self._preferences.reduce_motion = on
        theme().set_reduce_motion(on)

    def _set_at_start(self, on: bool) -> None:
        self._preferences.api_at_start = on

    def _set_rate(self, calls: int) -> None:
        self._preferences.api_rate_limit = calls

    def _set_port(self, port: int) -> None:
        self.port_field.clear()
        if not self.port.problem():
            self._preferences.api_port = port
