"""A label, an editor, and below it the hint or what is wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.translation import tr
from app.ui.widgets.label import OneLine, label
from app.ui.widgets.restyle import set_style_property


class FormField(QWidget):
    """One row of a form. The label names the editor for screen readers; an error takes the hint's place and is
    spoken as the editor's description. `aside` is a quiet word at the label's right end ("19 of 200"), `beside` a
    button on the editor's line, which stays there whatever is said below. A label that is a name may be
    `elided` where it does not fit."""

    def __init__(
        self,
        text: str,
        editor: QWidget,
        hint: str = "",
        parent: QWidget | None = None,
        *,
        required: bool = False,
        beside: QWidget | None = None,
        elided: bool = False,
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        words = tr("{label} (required)", label=text) if required else text
        self.caption = OneLine(words, self, "label") if elided else label(words, "label", self)
        self.caption.setBuddy(editor)
        self.aside = label("", "hint", self)
        self._below = label("", "hint", self, wrap=True)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.caption)
        head.addStretch()
        head.addWidget(self.aside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        if beside is None:
            box.addWidget(editor)
        else:
            line = QHBoxLayout()
            line.setSpacing(8)
            line.addWidget(editor, 1)
            line.addWidget(beside)
            box.addLayout(line)
        box.addWidget(self._below)
        for widget in self._spoken():
            if not widget.accessibleName():
                widget.setAccessibleName(text)
        self.aside.hide()
        self.clear()

    @property
    def message(self) -> QLabel:
        """The label below the editor, for a link or a test."""
        return self._below

    @property
    def head_width(self) -> int:
        """What label and quiet word need to be read in full."""
        return self.caption.sizeHint().width() + self.aside.sizeHint().width() + 12

    def set_aside(self, text: str) -> None:
        """Say a quiet word at the right end of the label."""
        self.aside.setText(text)
        self.aside.setVisible(bool(text))

    def set_hint(self, text: str) -> None:
        """Change the hint that stands while nothing is wrong."""
        self._hint = text
        if self.editor.property("bad") is not True:
            self.clear()

    def set_error(self, text: str) -> None:
        """Say what is wrong and what to do; "" clears it."""
        if not text:
            self.clear()
            return
        self._say(text, "error", bad=True)

    def set_warning(self, text: str) -> None:
        """Say what may be wrong without refusing it."""
        self._say(text, "warning", bad=False)

    def clear(self) -> None:
        """Back to the hint."""
        self._say(self._hint, "hint", bad=False)

    def _say(self, text: str, role: str, *, bad: bool) -> None:
        self._below.setText(text)
        self._below.setVisible(bool(text))
        set_style_property(self._below, "role", role)
        set_style_property(self.editor, "bad", bad)
        for widget in self._spoken():
            widget.setAccessibleDescription(text)

    def _spoken(self) -> list[QWidget]:
        """The editor, and what of it has the keyboard: a screen reader reads that one."""
        found = [self.editor]
        while (inner := found[-1].focusProxy()) is not None:
            found.append(inner)
        return found
