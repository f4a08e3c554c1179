"""A message as its receiver would see it: an email in its frame, a text or push on a phone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from app.journey.calls import host_of
from app.journey.personalise import looks_like_html as looks_like_markup
from app.services.views import SentMessage
from app.ui.pages.message_marks import MessageMarks
from app.ui.session import Session
from app.ui.sides import margins
from app.ui.theme import theme
from app.ui.tokens import LIGHT
from app.ui.translation import shown, tr
from app.ui.widgets import Button, Card, Pill, label
from app.ui.widgets.restyle import set_style_property

_PHONE_WIDTH = 330
_BUBBLE_MARGIN = 12


class MessageView(Card):
    """`show_message` fills it; None hides it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0)
        self.box.setSpacing(0)
        self._session = session
        self._message: SentMessage | None = None
        self.subject = label("", "title", self, wrap=True, selectable=True)
        self.to = label("", "secondary", self, wrap=True, selectable=True)
        self.call = label("", "body", self, wrap=True, selectable=True)
        self.origin = label("", "hint", self, wrap=True)
        self.test = Pill(tr("Test"), "violet", self)
        self.contact_button = Button(tr("Where is this contact?"), "plain", self, compact=True, on_click=self._contact)
        self.marks = MessageMarks(session, self)
        self.box.addWidget(self._head())
        self.email = _Browser(self)
        self.phone = PhoneView(self)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(self.phone)
        area.setProperty("surface", "bg")
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.email)
        self.stack.addWidget(area)
        self.box.addWidget(self.stack, 1)

    def show_message(self, message: SentMessage | None) -> None:
        """Show it, or nothing."""
        self.setVisible(message is not None)
        if message is None or message == self._message:
            return
        self._message = message
        channel = message.channel.lower()
        self.subject.setText(message.subject or (tr("No subject") if channel == "email" else message.channel))
        self.call.setVisible(channel == "rest")
        self.call.setText(_came_of(message))
        self.to.setText(
            tr("To {address}", address=message.to) if message.to else tr("To nobody: the contact has no address")
        )
        self.origin.setText(f"{message.journey_name} · {message.activity_name} · {self._session.at(message.at)}")
        self.test.setVisible(message.test)
        self.marks.show_message(message)
        if channel in ("email", "rest"):
            self.email.show_body(_exchanged(message), plain=channel == "rest")
            self.stack.setCurrentIndex(0)
        else:
            self.phone.show_text(message.subject, message.body, push=channel == "push")
            self.stack.setCurrentIndex(1)

    def _head(self) -> QWidget:
        head = QFrame(self)
        head.setObjectName("messageHead")
        box = QVBoxLayout(head)
        box.setContentsMargins(margins(20, 16, 16, 14))
        box.setSpacing(3)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.subject, 1)
        top.addWidget(self.test, alignment=Qt.AlignmentFlag.AlignTop)
        box.addLayout(top)
        box.addWidget(self.to)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.origin, 1)
        below.addWidget(self.contact_button)
        box.addLayout(below)
        box.addWidget(self.call)
        box.addWidget(self.marks)
        return head

    def _contact(self) -> None:
        if self._message is not None:
            self._session.page_wanted.emit("contacts", self._message.contact_key)


class _Browser(QTextBrowser):
    """The body of an email. It fetches nothing: an image or link of a message must not call out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("plain", True)
        self.setAccessibleName(tr("Body of the email"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(20)

    def show_body(self, body: str, *, plain: bool = False) -> None:
        """HTML on white paper, for which it is written; plain text in the colours of the window."""
        looks_like_html = not plain and looks_like_markup(body)
        set_style_property(self, "paper", looks_like_html)
        if looks_like_html:
            self.document().setDefaultStyleSheet(f"a {{ color: {LIGHT['accent']}; }}")
            self.setHtml(body)
        else:
            self.setPlainText(body)

    def loadResource(self, kind: int, name: object) -> object:
        """Nothing is loaded from anywhere."""
        return None


class PhoneView(QWidget):
    """A phone with the text in a bubble, or a push notification on its lock screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._body = ""
        self._push = False
        self.setMinimumSize(_PHONE_WIDTH + 40, 420)
        theme().changed.connect(self.update)

    def show_text(self, title: str, body: str, *, push: bool) -> None:
        """Show a message; `title` is a push notification's."""
        self._title, self._body, self._push = title, body, push
        words = f"{title} {body}".strip()
        self.setAccessibleName(
            tr("Push notification: {words}", words=words) if push else tr("Text message: {words}", words=words)
        )
        self.setMinimumHeight(max(420, int(self._document().size().height()) + 180))
        self.update()

    def sizeHint(self) -> QSize:
        """A phone."""
        return QSize(_PHONE_WIDTH + 40, 560)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The body of the phone, then the bubble."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = self.height() - 40
        phone = QRectF((self.width() - _PHONE_WIDTH) / 2, 20, _PHONE_WIDTH, height)
        path = QPainterPath()
        path.addRoundedRect(phone, 34, 34)
        painter.fillPath(path, theme().color("panel"))
        painter.setPen(theme().color("ctl"))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().color("line"))
        painter.drawRoundedRect(QRectF(phone.center().x() - 34, phone.top() + 14, 68, 8), 4, 4)
        document = self._document()
        size = document.size()
        bubble = QRectF(
            phone.left() + 18, phone.top() + 52, size.width() + 2 * _BUBBLE_MARGIN, size.height() + 2 * _BUBBLE_MARGIN
        )
        painter.setBrush(theme().color("bg" if self._push else "accent_soft"))
        painter.drawRoundedRect(bubble, 16, 16)
        painter.translate(bubble.left() + _BUBBLE_MARGIN, bubble.top() + _BUBBLE_MARGIN)
        document.drawContents(painter)
        painter.end()

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setDefaultFont(theme().font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        ink = theme().color("ink").name()
        document.setDefaultStyleSheet(f"div {{ color: {ink}; }}")
        title = f"<div><b>{_escaped(self._title)}</b></div>" if self._push and self._title else ""
        document.setHtml(f"{title}<div>{_escaped(self._body)}</div>")
        document.setTextWidth(_PHONE_WIDTH - 36 - 2 * _BUBBLE_MARGIN - (0 if self._push else 40))
        return document


def _came_of(message: SentMessage) -> str:
    """What came of a call."""
    if message.call is None:
        return tr("Recorded; no answer is known.")
    return shown(message.call.sentence(host_of(message.to) or message.to))


def _exchanged(message: SentMessage) -> str:
    """What a call sent and, below, what was answered."""
    answer = message.call.answer if message.call else ""
    return tr("{body}\n\nAnswer:\n{answer}", body=message.body, answer=answer) if answer else message.body


def _escaped(text: str) -> str:
    for plain, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\n", "<br>")):
        text = text.replace(plain, safe)
    return text
