"""Text with `{{Field name}}` in it, and the button that puts a field there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from app.data_extensions.data_extension import DataExtension
from app.data_extensions.kinds import KINDS
from app.journey.activities import Setting
from app.journey.activities.rest import out_arguments
from app.journey.graph import everything_before
from app.journey.personalise import CONTACT_KEY, answer_name, token_for, tokens, unknown_names
from app.kernel.said import listed
from app.ui.dialogs.settings.editor import SettingEditor, Situation
from app.ui.filter_builder.picker import Choice, Picker
from app.ui.theme import theme
from app.ui.translation import tr
from app.ui.widgets import Button

_LEAST_HEIGHT = 180


class PersonalisedEditor(SettingEditor):
    """One line or many; Ctrl+Space or the button picks a field."""

    def __init__(self, setting: Setting, situation: Situation, parent: QWidget | None = None) -> None:
        super().__init__(setting, situation, parent)
        many = setting.kind == "personalised_multiline"
        self.line: QLineEdit | None = None
        self.text: QPlainTextEdit | None = None
        self.insert_button = Button(tr("{ } Insert a field"), "link", self, on_click=self.open_fields)
        self.insert_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if many:
            self.text = QPlainTextEdit(self)
            self.text.setMinimumHeight(_LEAST_HEIGHT)
            self.text.setTabChangesFocus(True)
            self.text.textChanged.connect(self.changed)
            self._marks = _Marks(self.text.document(), situation.schema)
            self.box.addWidget(self.text, 1)
            self.box.addWidget(self.insert_button, alignment=Qt.AlignmentFlag.AlignLeft)
            self.setFocusProxy(self.text)
        else:
            self.line = QLineEdit(self)
            self.line.textEdited.connect(lambda: self.changed.emit())
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(self.line, 1)
            row.addWidget(self.insert_button)
            self.box.addLayout(row)
            self.setFocusProxy(self.line)

    def set_value(self, value: Any) -> None:
        """Show the text."""
        text = value if isinstance(value, str) else ""
        if self.line is not None:
            self.line.setText(text)
        elif self.text is not None:
            self.text.setPlainText(text)

    def value(self) -> Any:
        """The text."""
        if self.line is not None:
            return self.line.text()
        return self.text.toPlainText() if self.text is not None else ""

    def warning(self) -> str:
        """Fields that the text asks for and the data extension does not have."""
        schema = self.situation.schema
        unknown = unknown_names(self.value(), schema) if schema else ()
        if not unknown or schema is None:
            return ""
        return tr(
            "{name} has no field {names}: nothing will stand there. Insert a field from the list.",
            name=schema.name,
            names=listed(unknown),
        )

    def open_fields(self) -> Picker:
        """Drop the list of fields."""
        schema = self.situation.schema
        choices = [Choice(CONTACT_KEY, tr("Contact key"), tr("Of every contact"), tr("Contact"))]
        for field in schema.fields if schema else ():
            kind = KINDS.get(field.kind)
            choices.append(Choice(field.name, field.name, tr(kind.label) if kind else field.kind, tr("Event data")))
        choices.extend(self._answers())
        picker = Picker(self, choices, placeholder=tr("Search fields"))
        picker.picked.connect(lambda name: self.insert(str(name)))
        picker.open_at(self.insert_button)
        return picker

    def _answers(self) -> Iterator[Choice]:
        """What the services of custom activities before the tile answer."""
        journey, own = self.situation.journey, self.situation.activity_key
        before = everything_before(journey, own) if own in journey.activities else ()
        for tile in (journey.activities[key] for key in sorted(before)):
            for name in out_arguments(tile) if tile.type == "rest" else ():
                yield Choice(answer_name(tile.key, name), name, tile.name, tr("Answers of services"))

    def insert(self, name: str) -> None:
        """Put a field where the cursor is."""
        if self.line is not None:
            self.line.insert(token_for(name))
            self.line.setFocus()
            self.changed.emit()
        elif self.text is not None:
            self.text.insertPlainText(token_for(name))
            self.text.setFocus()

    def field_widget(self) -> QWidget:
        """The line or the text."""
        return self.line or self.text or self

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus belongs to the text."""
        self.field_widget().setFocus()


class _Marks(QSyntaxHighlighter):
    """Colours `{{...}}`: the accent for a field that is there, red for one that is not."""

    def __init__(self, document: QTextDocument, schema: DataExtension | None) -> None:
        super().__init__(document)
        self._schema = schema
        theme().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        """One line."""
        for token in tokens(text, self._schema):
            known = token.name == CONTACT_KEY or self._schema is None or self._schema.named(token.name) is not None
            style = QTextCharFormat()
            color: QColor = theme().color("accent" if known else "red")
            style.setForeground(color)
            style.setBackground(theme().color("accent_soft" if known else "red_soft"))
            self.setFormat(token.start, token.end - token.start, style)
