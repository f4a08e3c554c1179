"""A message as its receiver will see it, with the values of a real contact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from app.data_extensions.data_extension import DataExtension, Value
from app.data_extensions.kinds import KINDS
from app.journey.activities.send_email import address_field
from app.journey.activities.send_sms import number_field, sms_parts
from app.journey.personalise import looks_like_html, render
from app.ui.dialogs.settings import Situation
from app.ui.filter_builder.enter_line import EnterLine
from app.ui.filter_builder.why import find_record
from app.ui.theme import theme
from app.ui.translation import tr, trn
from app.ui.widgets import label

WIDTH = 400
_SHOW_AFTER_MS = 80


class MessagePreview(QFrame):
    """Shows the settings of a message activity of the type `kind`; `settings` is asked for them, off the typing."""

    def __init__(
        self, situation: Situation, kind: str, settings: Callable[[], Mapping[str, Any]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._kind = kind
        self._situation = situation
        self._settings = settings
        self._record: Mapping[str, Value] = sample_record(situation.schema)
        self._contact = "NTO-1001"
        self.setProperty("role", "aside")
        self.setFixedWidth(WIDTH)
        self.key = EnterLine(self)
        self.key.setPlaceholderText(tr("Contact key, then Enter"))
        self.key.setAccessibleName(tr("Preview with the data of a contact"))
        self.key.returnPressed.connect(self.look_up)
        self.note = label(tr("With made-up values."), "hint", self, wrap=True)
        self.subject = label("", "strong", self, wrap=True)
        self.line = label("", "small", self, wrap=True)
        self.body = QTextBrowser(self)
        self.body.setFrameShape(QFrame.Shape.NoFrame)
        self.body.setOpenLinks(False)
        self.body.setAccessibleName(tr("The message"))
        self.body.setProperty("role", "sentence")
        self.body.document().setDocumentMargin(0)  # in line with the subject above it
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOW_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        theme().changed.connect(self.refresh)

    def later(self) -> None:
        """The settings changed: show them once the typing pauses."""
        self._timer.start()

    def refresh(self) -> None:
        """Show the settings as they are."""
        self._timer.stop()
        settings = self._settings()
        self.subject.setVisible(self._kind != "send_sms")
        nothing = tr("No title") if self._kind == "send_push" else tr("No subject yet")
        self.subject.setText(self._rendered(settings, "subject") or nothing)
        to = self._receiver(str(settings.get("to", "")))
        preheader = self._rendered(settings, "preheader")
        receiver = tr("To: {address}", address=to) if to else tr("To: no address")
        self.line.setText(f"{receiver}\n{preheader}" if preheader else receiver)
        body = self._rendered(settings, "body")
        if self._kind == "send_sms" and body:
            size = trn("{n} character", "{n} characters", len(body))
            receiver = f"{receiver} · {size}, {trn('{n} SMS', '{n} SMS', sms_parts(body))}"
            self.line.setText(receiver)
        if not body:
            color = theme().color("ink3").name()
            self.body.setHtml(f'<p style="color:{color}">{escape(tr("Nothing is written yet."))}</p>')
        elif self._kind == "send_email" and looks_like_html(body):
            self.body.setHtml(body)
        else:
            self.body.setHtml(f'<p style="white-space:pre-wrap">{escape(body)}</p>')

    def _receiver(self, to: str) -> object:
        """Where the message goes for the contact of the preview."""
        schema = self._situation.schema
        if self._kind == "send_push":
            return self._contact
        if self._kind == "send_sms":
            field = number_field(schema, to)
        else:
            field = address_field(schema, to, self._situation.journey.default_email)
        return self._record.get(field.id) if field else None

    def look_up(self) -> None:
        """Take the data of the contact that is typed."""
        wanted = self.key.text().strip()
        situation = self._situation
        if not wanted:
            self._record = sample_record(situation.schema)
            self.note.setText(tr("With made-up values."))
            self.refresh()
            return
        catalog, workspace = situation.context.catalog, situation.workspace
        situation.work.run(
            self,
            lambda: find_record(workspace, catalog, wanted),
            lambda found: self._found(wanted, found),
            lambda error: self.note.setText(tr("The row could not be read: {error}", error=error)),
        )

    def _found(self, wanted: str, record: Mapping[str, Value] | None) -> None:
        if record is None:
            self.note.setText(tr("There is no row for {wanted}; still with made-up values.", wanted=wanted))
            return
        self._record, self._contact = record, wanted
        self.note.setText(tr("With the data of {wanted}.", wanted=wanted))
        self.refresh()

    def _rendered(self, settings: Mapping[str, Any], name: str) -> str:
        text = settings.get(name)
        if not isinstance(text, str):
            return ""
        situation = self._situation
        zone = situation.context.time_zone
        return render(text, situation.schema, self._record, contact_key=self._contact, time_zone=zone).text

    def _build(self) -> None:
        paper = QFrame(self)
        paper.setProperty("role", "paper")
        paper_box = QVBoxLayout(paper)
        paper_box.setContentsMargins(16, 14, 16, 14)
        paper_box.setSpacing(6)
        paper_box.addWidget(self.subject)
        paper_box.addWidget(self.line)
        line = QFrame(paper)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setProperty("role", "rule")
        paper_box.addWidget(line)
        paper_box.addWidget(self.body, 1)
        head = QHBoxLayout()
        head.addWidget(label(tr("Preview"), "strong", self))
        head.addStretch()
        head.addWidget(self.note)
        box = QVBoxLayout(self)
        box.setContentsMargins(18, 16, 18, 16)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.key)
        box.addWidget(paper, 1)


def sample_record(schema: DataExtension | None) -> Mapping[str, Value]:
    """Made-up values for every field."""
    return {field.id: KINDS[field.kind].sample(field, 0) for field in schema.fields} if schema else {}
