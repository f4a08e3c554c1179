"""The settings of a tile, drawn from the schema of its activity type."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.journey.activities import ActivityType, activity_type
from app.journey.edits import SetActivity, dropped_by
from app.kernel.names import name_problem, one_line
from app.kernel.said import listed
from app.ui.dialogs.frame import Dialog
from app.ui.dialogs.message_preview import MessagePreview
from app.ui.dialogs.settings import OutcomeEditor, OutcomesEditor, SettingEditor, Situation, make_setting_editor
from app.ui.dialogs.settings.paths import PathsEditor
from app.ui.dialogs.settings.personalised import PersonalisedEditor
from app.ui.document import JourneyDocument
from app.ui.errors import at_once
from app.ui.translation import tr
from app.ui.widgets import Banner, FormField, label
from app.ui.work import Work

_WIDE = ("paths", "filter")
_NEEDS_CHOICE = ("", None)


class ActivityDialog(Dialog):
    """Name and settings; Done applies them as one edit."""

    def __init__(
        self, document: JourneyDocument, activity_key: str, work: Work, parent: QWidget | None, at: str = ""
    ) -> None:
        """`at` is the setting, or the key of the path, that the keyboard goes to; "" for the first that needs it."""
        activity = document.journey.activities[activity_key]
        kind = activity_type(activity.type)
        title = activity.name if activity.name == kind.label else f"{activity.name} · {tr(kind.label)}"
        super().__init__(title, parent, name=f"activity-{kind.key}", size=_size(kind))
        self._document = document
        self._activity = activity
        self._kind = kind
        self.situation = Situation(
            document.journey, document.context, document.workspace, work, document.read_only, activity_key
        )
        self.name = QLineEdit(activity.name, self)
        self.name_field = FormField(tr("Name"), self.name)
        self.name.textEdited.connect(lambda: self.name_field.clear())
        self.editors: dict[str, SettingEditor] = {}
        self._fields: dict[str, FormField] = {}
        self.preview: MessagePreview | None = None
        self.lost = Banner("", "warning", self)
        self._build()
        self._start = self._edit_values()
        if document.read_only:
            self._make_read_only()
        else:
            self._go_to(at)

    def has_changes(self) -> bool:
        """Whether Done would change the tile."""
        return not self.situation.read_only and self._edit_values() != self._start

    def accept(self) -> None:
        """Apply what changed, unless something is wrong."""
        if self.situation.read_only:
            self.close_unasked()
            return
        for editor in self.editors.values():
            editor.confirm()
        if not self._check():
            return
        name, settings, outcomes = self._edit_values()
        activity = self._activity
        if (name, settings, outcomes) != self._start:
            self._document.apply(
                SetActivity(
                    activity.key,
                    name=name if name != activity.name else None,
                    settings=settings if settings != activity.settings else None,
                    outcomes=outcomes if outcomes != activity.outcomes else None,
                )
            )
        self.finish()

    def settings(self) -> dict[str, Any]:
        """The settings as they are typed; members that the schema does not know are kept."""
        typed = {name: e.value() for name, e in self.editors.items() if not isinstance(e, OutcomesEditor)}
        return {**self._activity.settings, **typed}

    def _edit_values(self) -> tuple[str, dict[str, Any], tuple[Any, ...]]:
        outcomes = next((e.outcomes() for e in self.editors.values() if isinstance(e, OutcomesEditor)), None)
        return one_line(self.name.text()), self.settings(), self._activity.outcomes if outcomes is None else outcomes

    def _check(self) -> bool:
        """Say every mistake beside its field; the keyboard goes to the first."""
        wrong: list[Callable[[], object]] = []
        name = one_line(self.name.text())
        of_name = name_problem(name, tr("The tile has no name."), tr("Reminder"))
        self.name_field.clear()
        if of_name is not None and (name != self._start[0] or not name):
            self.name_field.set_error(at_once(of_name))
            wrong.append(self.name.setFocus)
        for name, editor in self.editors.items():
            problem = editor.problem()
            if name in self._fields:
                self._fields[name].set_error(problem)
            elif problem:
                self.say(problem)
            if problem:
                wrong.append(editor.focus_problem)
        if wrong:
            wrong[0]()
        return not wrong

    def _edited(self, name: str) -> None:
        editor = self.editors[name]
        field = self._fields.get(name)
        if field is not None:
            warning = editor.warning() if isinstance(editor, PersonalisedEditor) else ""
            field.set_warning(warning) if warning else field.clear()
        if isinstance(editor, OutcomesEditor):
            self.say("")
            self._say_lost(editor)
            for other in self.editors.values():
                if isinstance(other, OutcomeEditor):
                    other.show_outcomes(editor.outcomes())
        self._show_fitting()
        if self.preview is not None:
            self.preview.later()

    def _show_fitting(self) -> None:
        """Hide the settings that do not matter for what the others say."""
        for name, editor in self.editors.items():
            when = editor.setting.when
            if when is not None:
                self._fields[name].setVisible(self.editors[when[0]].value() in when[1])

    def _say_lost(self, editor: OutcomesEditor) -> None:
        """Tiles that only a removed path led to go with it: said before it happens."""
        gone = dropped_by(self._document.journey, self._activity.key, editor.outcomes())
        names = listed(self._document.journey.activities[key].name for key in sorted(gone))
        self.lost.setVisible(bool(gone))
        if gone:
            self.lost.say(
                tr("Done removes {names} too: only the removed path led there. Undo brings them back.", names=names),
                "warning",
            )

    def _build(self) -> None:
        wide = any(setting.kind in _WIDE for setting in self._kind.settings)
        content = QWidget(self)
        form = QVBoxLayout(content)
        form.setContentsMargins(*((0, 0, 0, 0) if wide else (20, 16, 20, 16)))
        form.setSpacing(0 if wide else 14)
        top = self._add_name(form, wide)
        notice = self._kind.notice(self.situation.context)
        if notice:
            form.addWidget(Banner(tr(notice), "info", self))
        if not self._kind.settings:
            form.addWidget(label(tr(self._kind.help) or tr("There is nothing to set."), "secondary", self, wrap=True))
        for setting in self._kind.settings:
            editor = make_setting_editor(setting, self.situation, content)
            self.editors[setting.name] = editor
            if isinstance(editor, OutcomesEditor):
                editor.show_activity(self._activity)
            else:
                editor.set_value(self._activity.settings.get(setting.name, setting.default))
            editor.changed.connect(partial(self._edited, setting.name))
            if setting.kind in _WIDE:
                form.addWidget(editor, 1)
                continue
            field = FormField(tr(setting.label), editor, tr(setting.help), required=setting.required)
            field.caption.setVisible(setting.kind != "boolean")
            self._fields[setting.name] = field
            if wide:
                top.insertWidget(top.count() - 1, field, alignment=Qt.AlignmentFlag.AlignTop)
                continue
            form.addWidget(field, 1 if setting.kind == "personalised_multiline" else 0)
        self._show_fitting()
        grows = wide or any(setting.kind == "personalised_multiline" for setting in self._kind.settings)
        if not grows:
            form.addStretch()
        self.lost.hide()
        lost_row = QVBoxLayout()
        lost_row.setContentsMargins(20, 0, 20, 8)
        lost_row.addWidget(self.lost)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(content if wide else _scrolling(content, self), 1)
        if self._kind.category == "messages":
            self.preview = MessagePreview(self.situation, self._kind.key, self.settings, self)
            self.preview.refresh()
            row.addWidget(self.preview)
        self.body.addLayout(row, 1)
        self.body.addLayout(lost_row)

    def _add_name(self, form: QVBoxLayout, wide: bool) -> QHBoxLayout:
        """The name; above a wide editor it shares its row with the small settings."""
        row = QHBoxLayout()
        form.addLayout(row)
        if wide:
            row.setContentsMargins(20, 14, 20, 0)
            row.setSpacing(24)
            self.name_field.setMinimumWidth(160)
            self.name_field.setMaximumWidth(360)
        row.addWidget(self.name_field, 1, Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0))
        if wide:
            row.addStretch()
        return row

    def _go_to(self, at: str) -> None:
        """Put the keyboard where something is to be filled in."""
        paths = next((each for each in self.editors.values() if isinstance(each, PathsEditor)), None)
        if paths is not None and paths.show_path(at):
            paths.builder.focus_start()
        elif (editor := self.editors.get(at) or self._first_editor()) is not None:
            editor.focus_start()
        else:
            self.name.setFocus()

    def _first_editor(self) -> SettingEditor | None:
        """The first setting that has no value yet, else the first of all."""
        for editor in self.editors.values():
            if editor.setting.required and editor.value() in _NEEDS_CHOICE:
                return editor
        return next(iter(self.editors.values()), None)

    def _make_read_only(self) -> None:
        self.primary.setText(tr("Close"))
        self.cancel_button.hide()
        self.hint.setText(self._document.why_read_only)
        self.name.setReadOnly(True)
        for editor in self.editors.values():
            if editor.setting.kind not in _WIDE:
                editor.setEnabled(False)


_HEIGHTS = {"percentages": 150, "updates": 110, "pairs": 90, "personalised_multiline": 250, "boolean": 60}
_OTHER_HEIGHT, _FRAME_HEIGHT, _LEAST_HEIGHT, _MOST_HEIGHT = 84, 200, 300, 760


def _size(kind: ActivityType) -> QSize:
    """Room for the settings as they are at first, without scrolling where a laptop's screen has it."""
    kinds = [setting.kind for setting in kind.settings]
    if set(kinds) & set(_WIDE):
        return QSize(1200, _MOST_HEIGHT)
    if kind.category == "messages":
        return QSize(980, 740)
    shown = [s for s in kind.settings if s.when is None or _default(kind, s.when[0]) in s.when[1]]
    height = _FRAME_HEIGHT + sum(_HEIGHTS.get(setting.kind, _OTHER_HEIGHT) for setting in shown)
    width = 920 if "updates" in kinds else 640 if "pairs" in kinds else 520
    return QSize(width, min(max(height, _LEAST_HEIGHT), _MOST_HEIGHT))


def _default(kind: ActivityType, name: str) -> Any:
    return next(setting.default for setting in kind.settings if setting.name == name)


def _scrolling(content: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
