"""Step 5: everything that was chosen, the key to copy, and code that fires the event."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.events.code import SNIPPETS
from app.events.payload import sample_contact_key, sample_payload
from app.filters.diagnose import Diagnostic, diagnose
from app.kernel.errors import Severity
from app.services.workspace import Workspace
from app.ui.dialogs.api_event.draft import Draft
from app.ui.dialogs.steps import Step
from app.ui.filter_builder.sentence_label import SentenceLabel
from app.ui.local_api import local_api
from app.ui.moments import zone_of
from app.ui.theme import theme
from app.ui.translation import mark, shown, tr, trn
from app.ui.widgets import Button, ComboBox, label
from app.ui.widgets.restyle import set_style_property
from app.ui.work import Work

_COPIED_MS = 1600


class SummaryStep(Step):
    """Changes nothing."""

    title = mark("Summary")
    hint = mark("Done applies everything as one change that can be undone")

    def __init__(self, draft: Draft, workspace: Workspace, work: Work) -> None:
        super().__init__()
        self._draft = draft
        self._workspace, self._work = workspace, work
        self._credentials: tuple[str, str] | None = None
        self.event_name = label("", "strong", self, selectable=True)
        self.key = label("", "body", self, selectable=True, wrap=True)
        self.key.setFont(theme().font("mono"))
        self.key.setAccessibleName(tr("Event Definition Key"))
        self.copy_key = Button(tr("Copy key"), "plain", self, compact=True, icon="copy")
        self.copy_key.clicked.connect(lambda: copy_text(self.copy_key, self._key()))
        self.home = label("", "body", self, wrap=True)
        self.sentence = SentenceLabel(self, lead="")
        self.doubt_line = label("", "error", self, wrap=True)
        self.doubt_line.hide()
        self.mode = label("", "body", self, wrap=True)
        self.language = ComboBox(self)
        self.language.setAccessibleName(tr("Form of the code"))
        for snippet in SNIPPETS:
            self.language.addItem(tr(snippet.label), snippet.key)
        self.language.currentIndexChanged.connect(lambda: self._show_code())
        self.copy_code = Button(tr("Copy code"), "plain", self, compact=True, icon="copy")
        self.code = QPlainTextEdit(self)
        self.copy_code.clicked.connect(lambda: copy_text(self.copy_code, self.code.toPlainText()))
        self.code.setReadOnly(True)
        self.code.setFont(theme().font("mono"))
        self.code.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # code is, in every language
        self.code.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.code.setAccessibleName(tr("Ready code"))
        self.code_note = label("", "hint", self, wrap=True)
        self._build()

    def enter(self) -> None:
        """Show what was chosen."""
        draft = self._draft
        event, home = draft.event, draft.data_extension
        self.event_name.setText(event.name if event else tr("No event chosen yet"))
        self.key.setText(self._key())
        self.copy_key.setVisible(event is not None)
        if home is None:
            words = tr("None: the data of a call is not stored")
        else:
            fields = trn("{name} · {n} field", "{name} · {n} fields", len(home.fields), name=home.name)
            rows = tr("created with Done") if draft.new_data_extension else trn("{n} row", "{n} rows", draft.rows())
            words = f"{fields} · {rows}"
        self.home.setText(words)
        self.sentence.show_filter(draft.filter, draft.catalog(), at_once=True)
        self._look_for_doubts()
        self.mode.setText(tr(draft.entry_mode.label))
        if self._credentials is None:
            self._work.run(self, self._read_credentials, self._take_credentials, self._no_credentials)
        self._show_code()

    def _look_for_doubts(self) -> None:
        """Say below the filter's sentence what keeps it from being asked; hundreds of conditions take a while."""
        self.doubt_line.hide()
        self._draft.doubt = ""
        workspace = self._workspace
        group, catalog = self._draft.filter, self._draft.catalog()

        def job() -> tuple[Diagnostic, ...]:
            return diagnose(group, catalog, workspace.clock.now(), zone_of(workspace.info))

        def told(found: tuple[Diagnostic, ...]) -> None:
            if group != self._draft.filter:
                return  # another one by now
            self._draft.doubt = shown(found[0].message) if found else ""
            wrong = bool(found) and found[0].severity is Severity.ERROR
            set_style_property(self.doubt_line, "role", "error" if wrong else "warning")
            self.doubt_line.setText(f"{'✕' if wrong else '!'} {self._draft.doubt}")
            self.doubt_line.setVisible(bool(found))
            self.changed.emit()

        self._work.run(self, job, told)

    def _key(self) -> str:
        return self._draft.event.key if self._draft.event else ""

    def _read_credentials(self) -> tuple[str, str]:
        from app.services.default_credentials import default_credentials

        return default_credentials(self._workspace)

    def _take_credentials(self, pair: tuple[str, str]) -> None:
        self._credentials = pair
        self._show_code()

    def _no_credentials(self, error: Exception) -> None:
        self.code_note.setText(
            tr("The local client pair could not be read: {error} Put your own into the code.", error=error)
        )

    def _show_code(self) -> None:
        draft = self._draft
        client, secret = self._credentials or ("CLIENT_ID", "CLIENT_SECRET")
        contact = sample_contact_key()
        data = sample_payload(draft.data_extension, contact_key=contact) if draft.data_extension else {}
        snippet = SNIPPETS[str(self.language.currentData())]
        self.code.setPlainText(snippet.render(local_api().address, client, secret, self._key(), contact, data))
        if self._credentials is not None:
            self.code_note.setText(tr(snippet.note))
        self.code_note.setVisible(bool(self.code_note.text()))

    def _build(self) -> None:
        key = QHBoxLayout()
        key.setSpacing(8)
        key.addWidget(self.key, 1)
        key.addWidget(self.copy_key)
        form = QFormLayout()
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(9)
        asked = QVBoxLayout()
        asked.setSpacing(4)
        asked.addWidget(self.sentence)
        asked.addWidget(self.doubt_line)
        rows: tuple[tuple[str, QWidget | QBoxLayout], ...] = (
            (tr("Event"), self.event_name),
            (tr("Event Definition Key"), key),
            (tr("Data extension"), self.home),
            (tr("Filter contacts"), asked),
            (tr("Entry"), self.mode),
        )
        for words, widget in rows:
            form.addRow(label(words, "secondary", self), widget)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setProperty("role", "rule")
        head = QHBoxLayout()
        head.addWidget(label(tr("Fire it"), "strong", self))
        head.addWidget(label(tr("Ready to run: fetches a token, then sends a sample event."), "secondary", self))
        head.addStretch()
        head.addWidget(self.language)
        head.addWidget(self.copy_code)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 18, 20, 14)
        box.setSpacing(12)
        box.addLayout(form)
        box.addWidget(line)
        box.addLayout(head)
        box.addWidget(self.code, 1)
        box.addWidget(self.code_note)


def copy_text(button: Button, text: str) -> None:
    """Put text on the clipboard and say so on the button for a moment."""
    QGuiApplication.clipboard().setText(text)
    before, said = button.text(), tr("Copied")
    if before == said:
        return
    button.setText(said)
    QTimer.singleShot(_COPIED_MS, button, lambda: button.setText(before))
