"""The Test panel: one contact, a payload made from the schema, and the answer with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QScrollArea, QVBoxLayout, QWidget

from app.engine.contract import check_contact_key
from app.events.fire_event import FireEvent, Origin
from app.events.payload import sample_payload
from app.journey.journey import Status
from app.kernel.ids import new_guid
from app.services.clear_test_contacts import clear_test_contacts
from app.services.fire_event import fire_event
from app.services.page_rows import page_rows
from app.services.views import FireResult, RowPage
from app.ui.code_menu import Call, CodeMenu
from app.ui.document import JourneyDocument
from app.ui.panels.answer_card import AnswerCard
from app.ui.panels.payload_form import FORM, JSON, PayloadForm
from app.ui.sides import margins
from app.ui.translation import shown, tr, trn
from app.ui.widgets import Banner, Button, Flow, FormField, IconButton, Segmented, toast
from app.ui.work import Work

_ROWS_OFFERED = 12


class _Upright(QScrollArea):
    """Scrolls up and down only, so it is never narrower than what is in it and its scroll bar."""

    def minimumSizeHint(self) -> QSize:
        """The content's least width."""
        least = super().minimumSizeHint()
        inside = self.widget()
        if inside is None:
            return least
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inside.minimumSizeHint().width() + bar, least.height())


class TestPanel(QWidget):
    """`fired` gives the FireResult of every event that was fired for real."""

    __test__ = False  # not a test case, whatever the name says
    fired = Signal(object)

    def __init__(self, document: JourneyDocument, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._work = work
        self._samples = 0
        self._firing = False
        self._past: FireResult | None = None
        """The event of the log whose answer is shown."""
        self._lit = False
        """Whether the path on the canvas is that of a test, not of the log."""
        self._pressed: QWidget | None = None
        self.mode = Segmented([(FORM, tr("Form")), (JSON, "JSON")], FORM, self, name=tr("Payload as"))
        self.mode.chosen.connect(self._switch)
        self.contact = QLineEdit(self)
        self.contact.setText("NTO-1001")
        self.contact.textChanged.connect(lambda _text: self._forget())
        self.contact.returnPressed.connect(lambda: self.fire(dry_run=True))
        self.setFocusProxy(self.contact)
        self.contact_field = FormField(tr("Contact key"), self.contact, parent=self, required=True)
        self.form = PayloadForm(self)
        self.form.changed.connect(self._forget)
        self.form.submitted.connect(lambda: self.fire(dry_run=True))
        self.notice = Banner("", "info", self)
        self.dry_button = Button(tr("Dry run"), "primary", self, on_click=lambda: self.fire(dry_run=True))
        self.dry_button.setToolTip(tr("Decides and explains; writes nothing, sends nothing"))
        self.fire_button = Button(tr("Fire for real · writes 1 row"), "plain", self, on_click=lambda: self.fire())
        self.fire_button.setToolTip(tr("Stores the row and admits the contact, marked as a test"))
        self.code_button = Button(tr("Code"), "plain", self)
        self.code_button.setMenu(CodeMenu(document.workspace, work, self._call, self))
        self.answer = AnswerCard(self)
        self.answer.try_values.connect(self._try)
        self._after = self._make_after()
        self._lay_out()
        document.context_changed.connect(self._refresh)
        document.state_changed.connect(self._refresh)
        self._refresh()

    def fire(self, *, dry_run: bool = False) -> None:
        """Fire what is filled in. Bad input is shown beside its field and fires nothing."""
        call = self._call()
        if call is None or self._firing:
            return
        key, contact, data = call
        draft = dry_run and self._document.status is Status.DRAFT
        supposing = self._document.version_id if draft else ""
        event = FireEvent(
            new_guid(), contact, key, data, Origin.WINDOW, test=True, dry_run=dry_run, supposing=supposing
        )
        self._set_firing(True)
        workspace, save = self._document.workspace, self._document.saving()

        def job() -> FireResult:
            if draft:
                save()  # the draft that is asked is the stored one
            return fire_event(workspace, event)

        self._work.run(self, job, self._show, self._failed, tr("Firing the event"))

    def show_past(self, result: FireResult) -> None:
        """Show the answer to an event of the log, and light its way."""
        self._lit = False
        self._show_answer(result)
        self._past = result if result.row is not None else None
        self.again_button.setVisible(self._past is not None)
        mine = self._mine(result)
        path = mine.path if mine is not None else None
        self._document.show_path(
            path or None, tr("Path of {contact_key}, from the log", contact_key=result.contact_key)
        )

    def fill_sample(self) -> None:
        """Fill in a payload that the schema takes; another one every time."""
        schema = self._document.context.schema
        if schema is not None:
            self.form.set_values(sample_payload(schema, self._samples, self.contact.text().strip() or None))
            self._samples += 1

    def clear_tests(self) -> None:
        """Undo what tests of this journey left behind."""
        workspace, journey = self._document.workspace, self._document.journey.id

        def told(count: int) -> None:
            self._document.show_path(None)
            self.answer.take_away()
            self._after.hide()
            toast(
                self,
                trn("{n} test event and what it wrote is gone.", "{n} test events and what they wrote are gone.", count)
                if count
                else tr("There were no test contacts."),
            )

        self._work.run(self, lambda: clear_test_contacts(workspace, journey), told, label=tr("Clearing test contacts"))

    def showEvent(self, event: QShowEvent) -> None:
        """The first time: a payload to start from."""
        super().showEvent(event)
        if self._samples == 0 and not self.form.values():
            self.fill_sample()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        inside.setProperty("transparent", True)
        box = QVBoxLayout(inside)
        box.setContentsMargins(margins(14, 12, 10, 14))
        box.setSpacing(10)
        fill = QWidget(self)
        fillers = QHBoxLayout(fill)
        fillers.setContentsMargins(0, 0, 0, 0)
        fillers.addWidget(Button(tr("Fill sample"), "ghost", self, compact=True, on_click=self.fill_sample))
        self.rows_button = Button(tr("From row"), "ghost", self, compact=True)
        self._rows = QMenu(self)
        self._rows.aboutToShow.connect(self._offer_rows)
        self.rows_button.setMenu(self._rows)
        fillers.addWidget(self.rows_button)
        head = Flow()
        head.add(self.mode)
        head.add(fill, at_end=True)
        buttons = Flow()
        buttons.add(self.dry_button)
        buttons.add(self.fire_button)
        buttons.add(self.code_button, at_end=True)
        for item in (head, self.notice, self.contact_field, self.form, buttons, self.answer, self._after):
            if isinstance(item, Flow):
                box.addLayout(item)
            else:
                box.addWidget(item)
        clear = Button(tr("Clear test contacts"), "ghost", self, compact=True, icon="trash", on_click=self.clear_tests)
        clear.setToolTip(tr("Takes back rows, contacts, messages and events that tests of this journey left behind"))
        box.addWidget(clear, alignment=Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        area = _Upright(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _make_after(self) -> QWidget:
        row = QWidget(self)
        box = Flow()
        row.setLayout(box)
        self.show_button = Button(tr("Show on canvas"), "plain", row, on_click=self._show_path)
        self.again_button = Button(tr("Use these values"), "plain", row, on_click=self._use_past)
        self.again_button.setToolTip(tr("Fills in the contact and the data of that event, to ask or fire it again"))
        box.add(self.again_button)
        box.add(self.show_button)
        box.add(IconButton("copy", tr("Copy answer"), row, on_click=self._copy_answer))
        row.hide()
        return row

    def _refresh(self) -> None:
        context, document = self._document.context, self._document
        ready = context.event is not None and context.schema is not None
        if context.schema is not None:
            self.form.set_schema(context.schema)
        for widget in (self.dry_button, self.fire_button, self.code_button, self.rows_button):
            widget.setEnabled(ready)
        if not ready:
            self.notice.say(
                tr("Choose an event on the API Event tile first: its data extension makes this form."), "info"
            )
        elif document.status is Status.DRAFT:
            self.notice.say(
                tr(
                    "This version is a draft. A dry run asks it as if it were active; an event that is fired for real "
                    "is stored, and nobody enters until you activate it."
                ),
                "info",
            )
        self.notice.setVisible(not ready or document.status is Status.DRAFT)

    def _call(self) -> Call | None:
        """What is filled in, or None after saying what is wrong."""
        event = self._document.context.event
        contact = self.contact.text().strip()
        self.contact_field.set_error("" if contact else tr("The contact key is empty. For example: NTO-1001"))
        data = self.form.values()
        if event is None or not contact or data is None:
            if not contact:
                self.contact.setFocus()
            else:
                self.form.focus_error()
            return None
        return event.key, contact, data

    def _switch(self, mode: str) -> None:
        if not self.form.set_mode(mode):
            self.mode.set_current(self.form.mode)

    def _show(self, result: FireResult) -> None:
        self._set_firing(False)
        problems = result.error.problems if result.error else ()
        # The column's name stands above the field already; the answer has the API's own words.
        self.form.show_errors({p.where: shown(p.hint or p.message) for p in problems})
        self.form.focus_error()
        wrong = check_contact_key(result.contact_key)
        if wrong is not None:
            self.contact_field.set_error(f"{shown(wrong.message)} {shown(wrong.hint)}")
            self.contact.setFocus()
        self._show_answer(result)
        mine = self._mine(result)
        if mine is not None and mine.path:
            self._show_path()
        elif self._lit or not result.dry_run:
            self._document.show_path(None)  # the way that an earlier test took is not this one's
        if not result.dry_run and result.error is None:
            self.fired.emit(result)

    def _show_answer(self, result: FireResult) -> None:
        self.answer.show_result(result)
        self._past = None
        self.again_button.hide()
        self._after.show()
        mine = self._mine(result)
        self.show_button.setEnabled(mine is not None and bool(mine.path))

    def _failed(self, error: Exception) -> None:
        self._set_firing(False)
        self._work.unhandled.emit(error)

    def _set_firing(self, firing: bool) -> None:
        self._firing = firing
        if firing:
            # A button that is disabled hands the keyboard to the next one; it gets it back with the answer.
            self._pressed = self.focusWidget() if self.focusWidget() in (self.dry_button, self.fire_button) else None
        self.dry_button.setEnabled(not firing)
        self.fire_button.setEnabled(not firing)
        if not firing and self._pressed is not None:
            self._pressed.setFocus()
            self._pressed = None

    def _mine(self, result: FireResult) -> Any:
        journey = self._document.journey.id
        return next((d for d in result.decisions if d.journey_id == journey), None)

    def _show_path(self) -> None:
        result = self.answer.result
        mine = self._mine(result) if result else None
        if result is not None and mine is not None:
            self._lit = True
            self._document.show_path(
                mine.path,
                tr("Path of {contact}, dry run", contact=result.contact_key)
                if result.dry_run
                else tr("Path of {contact}", contact=result.contact_key),
            )

    def _copy_answer(self) -> None:
        QGuiApplication.clipboard().setText(self.answer.as_text())
        toast(self, tr("The answer was copied."))

    def _try(self, values: Mapping[str, Any]) -> None:
        data = self.form.values()
        if data is not None:
            self.form.set_values({**data, **values})
            self.fire(dry_run=True)

    def _forget(self) -> None:
        """What was answered is about other values."""
        self.contact_field.clear()
        self.answer.set_outdated()

    def _offer_rows(self) -> None:
        self._rows.clear()
        self._rows.addAction(tr("Reading rows …")).setEnabled(False)
        schema = self._document.context.schema
        if schema is None:
            return
        workspace = self._document.workspace
        self._work.run(self, lambda: page_rows(workspace, schema.id, 0, _ROWS_OFFERED), self._fill_rows)

    def _fill_rows(self, page: RowPage) -> None:
        schema = self._document.context.schema
        self._rows.clear()
        if schema is None or not page.rows:
            self._rows.addAction(tr("No rows yet")).setEnabled(False)
            return
        from app.data_extensions.kinds import KINDS

        for row in page.rows:
            data = {
                field.name: KINDS[field.kind].to_json(value, field)
                for field, value in zip(schema.fields, row, strict=True)
                if value is not None
            }
            words = " · ".join(str(value) for value in list(data.values())[:3])
            self._rows.addAction(words[:60]).triggered.connect(lambda _checked=False, d=data: self._take_row(d))

    def _use_past(self) -> None:
        """Fill in what the event of the log brought."""
        past = self._past
        if past is not None and past.row is not None:
            self.contact.setText(past.contact_key)
            self.form.set_values({name: value for name, value in past.row.items() if value is not None})

    def _take_row(self, data: Mapping[str, Any]) -> None:
        """Fill in a stored row, and whose it is where its data extension says so."""
        schema = self._document.context.schema
        link = next((field.name for field in schema.fields if field.id == schema.link), "") if schema else ""
        if data.get(link):
            self.contact.setText(str(data[link]))
        self.form.set_values(data)
