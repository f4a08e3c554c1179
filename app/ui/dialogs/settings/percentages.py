"""The ways out of a random split, with the share of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.journey.activities import Setting
from app.journey.journey import Activity, Outcome
from app.journey.percentages import rebalance, spread
from app.kernel.names import name_problem, one_line
from app.ui.dialogs.settings.editor import OutcomesEditor, Situation
from app.ui.errors import at_once
from app.ui.translation import tr
from app.ui.widgets import Button, IconButton, label, roomy
from app.ui.widgets.restyle import set_style_property

_MOST_PATHS = 10
"""The original's limit of a random split."""


class PercentagesEditor(OutcomesEditor):
    """A row a path. The shares make 100: when one is changed, the others give or take; what was imported otherwise is
    said."""

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

    def focus_start(self) -> None:
        """On the first share; without a path on the button that adds one."""
        if not self.rows:
            self.add_button.setFocus()
            return
        share = self.rows[0][3]
        share.setFocus()
        share.selectAll()

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
                label=one_line(name.text()) or f"{share.value()}%",
                settings={**outcome.settings, "percentage": share.value()},
            )
            for outcome, _widget, name, share in self.rows
        )

    def problem(self) -> str:
        """A name that cannot be, or shares that do not make 100."""
        of_name = next((p for o in self.outcomes() if (p := name_problem(o.label, "", ""))), None)
        if of_name is not None:
            return at_once(of_name)
        total = sum(self._shares())
        return (
            ""
            if total == 100
            else tr("The shares make {total} %. They must make 100 %: change one, or share evenly.", total=total)
        )

    def focus_problem(self) -> None:
        """At the name that cannot be, or the first share."""
        for _outcome, _widget, name, _share in self.rows:
            if name_problem(one_line(name.text()) or "-", "", ""):
                name.setFocus()
                return
        self.rows[0][3].setFocus()

    def add_path(self) -> None:
        """One more path, with an equal share; the others give in proportion."""
        keys = {outcome.key for outcome, *_rest in self.rows}
        number = next(n for n in range(1, len(keys) + 2) if f"path-{n}" not in keys)
        shares = self._shares()
        self._append(Outcome(f"path-{number}", tr("Path {number}", number=number)))
        self._set_shares(rebalance([*shares, 1], len(shares), 100 // (len(shares) + 1)))
        self.rows[-1][2].setFocus()
        self._edited()

    def share_evenly(self) -> None:
        """Equal shares; what does not divide goes to the first."""
        self._set_shares(spread(len(self.rows)))
        self._edited()

    def _shares(self) -> list[int]:
        return [share.value() for *_rest, share in self.rows]

    def _set_shares(self, shares: Sequence[int]) -> None:
        """Show shares without answering to each of them."""
        for (*_rest, spin), share in zip(self.rows, shares, strict=True):
            spin.blockSignals(True)
            spin.setValue(share)
            spin.blockSignals(False)

    def _share_changed(self, widget: QWidget) -> None:
        """The others give or take in proportion."""
        at = next(index for index, row in enumerate(self.rows) if row[1] is widget)
        shares = self._shares()
        self._set_shares(rebalance(shares, at, shares[at]))
        self._edited()

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
        share.valueChanged.connect(lambda _value: self._share_changed(widget))
        self.rows.append((outcome, widget, name, share))
        self._rows_box.addWidget(widget)

    def _remove(self, widget: QWidget) -> None:
        if len(self.rows) > 2:
            self.rows = [row for row in self.rows if row[1] is not widget]
            widget.hide()
            widget.deleteLater()
            shares = self._shares()
            self._set_shares(rebalance(shares, 0, round(100 * shares[0] / sum(shares))))
            self.rows[0][2].setFocus()
            self._edited()

    def _edited(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        total = sum(self._shares())
        self.total.setText(tr("{total} % of 100 %", total=total))
        self.total.setVisible(total != 100)
        set_style_property(self.total, "role", "error")
        for _outcome, widget, *_rest in self.rows:
            for cross in widget.findChildren(IconButton):
                cross.setEnabled(len(self.rows) > 2 and not self.situation.read_only)
        self.add_button.setEnabled(len(self.rows) < _MOST_PATHS and not self.situation.read_only)
