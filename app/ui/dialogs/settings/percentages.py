"""The ways out of a random split, with the share of each."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.journey.activities import Setting
from app.journey.journey import Activity, Outcome
from app.ui.dialogs.settings.editor import OutcomesEditor, Situation
from app.ui.translation import tr
from app.ui.widgets import Button, IconButton, label, roomy
from app.ui.widgets.restyle import set_style_property

_MOST_PATHS = 10
"""The original's limit of a random split."""


class PercentagesEditor(OutcomesEditor):
    """A row a path; the shares must make 100."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        self.rows: list[tuple[Outcome, QWidget, QLineEdit, QSpinBox]] = []
        self._rows_box = QVBoxLayout()
        self._rows_box.setSpacing(6)
        self.total = label("", "hint", self)
        self.add_button = Button(tr("Add a path"), "link", self, icon="plus", on_click=self.add_path)
        self.even_button = Button(tr("Share evenly"), "link", self, on_click=self.share_evenly)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.even_button)
        row.addStretch()
        row.addWidget(self.total)
        self.box.addLayout(self._rows_box)
        self.box.addLayout(row)

    def show_activity(self, activity: Activity) -> None:
        """Show the outcomes."""
        for _outcome, widget, _name, _share in self.rows:
            widget.hide()
            widget.deleteLater()
        self.rows = []
        for outcome in activity.outcomes:
            self._append(outcome)
        self._say()

    def outcomes(self) -> tuple[Outcome, ...]:
        """The paths with their shares."""
        return tuple(
            replace(
                outcome,
                label=name.text().strip() or f"{share.value()}%",
                settings={**outcome.settings, "percentage": share.value()},
            )
            for outcome, _widget, name, share in self.rows
        )

    def problem(self) -> str:
        """Shares that do not make 100."""
        total = sum(share.value() for *_rest, share in self.rows)
        return (
            ""
            if total == 100
            else tr("The shares make {total} %. They must make 100 %: change one, or share evenly.", total=total)
        )

    def add_path(self) -> None:
        """One more path, with what is left."""
        keys = {outcome.key for outcome, *_rest in self.rows}
        number = next(n for n in range(1, len(keys) + 2) if f"path-{n}" not in keys)
        left = max(1, 100 - sum(share.value() for *_rest, share in self.rows))
        self._append(Outcome(f"path-{number}", tr("Path {number}", number=number), settings={"percentage": left}))
        self._edited()

    def share_evenly(self) -> None:
        """Equal shares; what does not divide goes to the first."""
        count = len(self.rows)
        for at, (*_rest, share) in enumerate(self.rows):
            share.setValue(100 // count + (1 if at < 100 % count else 0))

    def _append(self, outcome: Outcome) -> None:
        widget = QWidget(self)
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        name = QLineEdit(outcome.label, widget)
        name.setAccessibleName(tr("Path name"))
        share = roomy(QSpinBox(widget))
        share.setRange(1, 99)
        share.setSuffix(" %")
        share.setFixedWidth(92)
        share.setAccessibleName(tr("Share"))
        percentage = outcome.settings.get("percentage")
        share.setValue(percentage if isinstance(percentage, int) else 50)
        cross = IconButton("trash", tr("Remove path"), widget, on_click=lambda: self._remove(widget))
        for part in (name, share, cross):
            row.addWidget(part)
        name.textEdited.connect(lambda: self._edited())
        share.valueChanged.connect(lambda _value: self._edited())
        self.rows.append((outcome, widget, name, share))
        self._rows_box.addWidget(widget)

    def _remove(self, widget: QWidget) -> None:
        if len(self.rows) > 2:
            self.rows = [row for row in self.rows if row[1] is not widget]
            widget.hide()
            widget.deleteLater()
            self._edited()

    def _edited(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        total = sum(share.value() for *_rest, share in self.rows)
        self.total.setText(tr("{total} % of 100 %", total=total))
        set_style_property(self.total, "role", "hint" if total == 100 else "error")
        self.add_button.setEnabled(len(self.rows) < _MOST_PATHS and not self.situation.read_only)
