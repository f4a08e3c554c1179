"""The main job, as a marketer, an analyst and a developer do it: from an empty canvas to an admitted contact."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.bootstrap import open_workspace
from app.events.code import SNIPPETS
from app.journey.journey import ENTRY, EntryMode, Status
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.services.list_sent import list_sent
from app.services.open_journey import open_journey
from app.services.page_rows import page_rows
from app.services.where_is import where_is
from app.ui.dialogs.activity import ActivityDialog
from app.ui.dialogs.api_event import ApiEventDialog
from app.ui.dialogs.api_event.dialog import DATA_EXTENSION, ENTRY_MODE, EVENT, FILTER, SUMMARY
from app.ui.dialogs.import_preview import ImportPreviewDialog
from app.ui.dialogs.new_journey import NewJourneyDialog
from app.ui.dialogs.settings.paths import PathsEditor
from app.ui.document import JourneyDocument
from app.ui.panels.event_log import EventLog
from app.ui.panels.test_panel import TestPanel
from app.ui.server import ServerState
from tests.stories.person import Person

FIELDS = (("Cart total", "decimal", "10", "2"), ("Country", "text", "2", ""), ("First name", "text", "50", ""))
SENTENCE = "Cart total is greater than 50 and Country equals NO"


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    made = Person(qtbot, tmp_path)
    yield made
    made.leave()


@pytest.mark.timeout(240)
def test_from_an_empty_canvas_to_an_admitted_contact(
    person: Person, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_the_journey(person)
    drop_the_tiles(person)
    set_up_the_event(person)
    read_the_summary_tile(person)
    write_the_email_and_the_split(person)
    activate(person)
    try_two_contacts(person)
    where_the_contact_is(person)
    clear_the_tests(person)
    call_from_outside(person)
    export_and_open_elsewhere(person, qtbot, tmp_path, monkeypatch)


def make_the_journey(person: Person) -> None:
    """Step 1: the list, New journey, a name; an empty name is refused."""
    button = person.home().empty.button
    assert button is not None
    person.click(button)
    dialog = person.see(NewJourneyDialog)
    person.click(dialog.create_button)
    person.until(lambda: "has no name" in dialog.field.message.text())
    person.bot.keyClicks(dialog.name, "Abandoned cart")
    person.bot.keyClick(dialog.name, Qt.Key.Key_Return)
    person.until(lambda: len(person.window.tabs.keys) == 2)
    person.settled()
    assert person.stage.document.status is Status.DRAFT


def drop_the_tiles(person: Person) -> None:
    """Step 2: API Event into the slot, then email, wait, split; each edit can be undone."""
    stage = person.stage
    stage.from_palette("", stage.at(ENTRY, 80, 80), stage.at(ENTRY))
    assert stage.journey.entry is not None
    after = ENTRY
    for kind in ("send_email", "wait", "decision_split"):
        plus = stage.plus(after)
        stage.from_palette(kind, plus - QPoint(40, 20), plus)
        after = stage.next_of(after) or ""
        assert stage.journey.activities[after].type == kind
    stage.document.undo_stack.undo()
    assert len(stage.journey.activities) == 2
    stage.document.undo_stack.redo()
    assert len(stage.journey.activities) == 3


def set_up_the_event(person: Person) -> None:
    """Steps 3 to 5: event with its key, data extension in place, filter, entry mode: one undoable edit."""
    stage = person.stage
    edits = stage.document.undo_stack.count()
    stage.click(stage.at(ENTRY))
    dialog = person.see(ApiEventDialog)
    person.until(dialog.primary.isEnabled)
    name_the_event(person, dialog)
    design_the_data_extension(person, dialog)
    builder = dialog.filter_step.builder
    dialog.activateWindow()
    person.condition(builder, "cart", "greater", "50", first=True)
    person.condition(builder, "country", "equals", "NO", first=False)
    person.next_step(dialog, ENTRY_MODE)
    person.click(dialog.primary)
    assert dialog.index == ENTRY_MODE, "an entry mode must be chosen"
    person.click(dialog.entry_step.modes.cards[EntryMode.NO_REENTRY])
    person.next_step(dialog, SUMMARY)
    person.click(dialog.primary)
    person.until(lambda: stage.journey.entry_mode is EntryMode.NO_REENTRY)
    assert stage.document.undo_stack.count() == edits + 1
    stage.document.undo_stack.undo()
    assert stage.journey.entry_mode is EntryMode.NOT_SET
    stage.document.undo_stack.redo()
    person.until(lambda: stage.document.context.event is not None)


def name_the_event(person: Person, dialog: ApiEventDialog) -> None:
    """A key with a period is refused as it is typed, with a proposal."""
    step = dialog.event_step
    if step.mode.current() != "create":
        step.show_mode("create")
    person.bot.keyClicks(step.name, "Cart abandoned")
    assert step.key.key().startswith("APIEvent-")
    step.key.line.selectAll()
    person.bot.keyClicks(step.key.line, "cart.abandoned")
    person.until(lambda: "period" in step.key.problem())
    person.click(dialog.primary)
    assert dialog.index == EVENT
    step.key.line.selectAll()
    person.bot.keyClicks(step.key.line, "cart-abandoned")
    person.next_step(dialog, DATA_EXTENSION)


def design_the_data_extension(person: Person, dialog: ApiEventDialog) -> None:
    """Created in place; a field without a name is refused beside its line."""
    step = dialog.data_extension_step
    if step.mode.current() != "create":
        step.show_mode("create")
    form = step.form
    form.name.selectAll()
    person.bot.keyClicks(form.name, "Abandoned_Carts")
    for name, kind, length, scale in FIELDS:
        form.add_field()
        row = form.rows[-1]
        person.click(dialog.primary)
        assert dialog.index == DATA_EXTENSION, "a field without a name"
        person.bot.keyClicks(row.name, name)
        choose(row.kind, kind)
        for editor, text in ((row.length, length), (row.scale, scale)):
            if text:
                editor.selectAll()
                person.bot.keyClicks(editor, text)
    person.next_step(dialog, FILTER)


def choose(box: QComboBox, data: str) -> None:
    """Choose a line of a combo box by what it stands for."""
    box.setCurrentIndex(box.findData(data))
    assert box.currentData() == data


def read_the_summary_tile(person: Person) -> None:
    """Step 6: the tile says event, data extension, filter, entry mode and the key in full."""
    tile = person.stage.canvas.scene.tile(ENTRY)
    assert tile.title == "Cart abandoned"
    assert tile.event_key == "cart-abandoned"
    rows = dict(tile.rows)
    assert "Abandoned_Carts" in rows["Data"]
    assert rows["Filter"] == SENTENCE
    assert rows["Entry"] == "No re-entry"
    person.stage.page.copy_key()
    assert QGuiApplication.clipboard().text() == "cart-abandoned"


def write_the_email_and_the_split(person: Person) -> None:
    """The tiles after it: an empty subject is a problem; the split gets a path."""
    stage = person.stage
    email = stage.next_of(ENTRY) or ""
    person.until(lambda: any(p.where == email for p in stage.document.problems))
    stage.page.open_tile(email)
    dialog = person.see(ActivityDialog)
    dialog.editors["subject"].set_value("Your cart, {{First name}}")
    dialog.editors["body"].set_value("Hello {{First name}}, {{Cart total}} waits for you.")
    person.click(dialog.primary)
    assert stage.journey.activities[email].settings["subject"] == "Your cart, {{First name}}"


def activate(person: Person) -> None:
    """Step 7: the problem is listed, a click goes to its tile, mending it lets the journey be activated."""
    stage = person.stage
    split = next(a.key for a in stage.journey.activities.values() if a.type == "decision_split")
    person.click(stage.page.toolbar.activate)
    person.until(lambda: any(p.where == split for p in stage.document.problems))
    assert stage.document.status is Status.DRAFT
    stage.page.go_to(split)
    assert stage.document.selection == (split,)
    stage.page.open_tile(split)
    dialog = person.see(ActivityDialog)
    paths = person.see(PathsEditor)
    dialog.activateWindow()
    person.until(dialog.isActiveWindow)
    person.condition(paths.builder, "cart", "greater", "200", first=True)
    person.click(dialog.primary)
    person.settled()
    person.click(stage.page.toolbar.activate)
    person.until(lambda: stage.document.status is Status.RUNNING)
    assert stage.document.read_only
    assert list_events(person.workspace)[0].definition.activated


def try_two_contacts(person: Person) -> None:
    """Step 8: one is admitted and its path lit, one is not, and is told which condition and value."""
    stage = person.stage
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    person.bot.keyClick(stage.canvas, Qt.Key.Key_F5)
    panel = person.see(TestPanel)
    fire(person, panel, "NTO-1001", "84.50")
    assert "NTO-1001: admitted" in panel.answer.as_text()
    assert stage.document.highlight is not None
    assert stage.next_of(ENTRY) in stage.document.highlight.tiles
    fire(person, panel, "NTO-1002", "20")
    assert "not admitted" in panel.answer.as_text()
    assert "Cart total is greater than 50" in panel.answer.as_text()
    assert "20.00" in panel.answer.as_text()
    fire(person, panel, "NTO-1003", "a lot")
    assert "refused by the API" in panel.answer.as_text()
    home = list_data_extensions(person.workspace)[0].data_extension
    assert page_rows(person.workspace, home.id, 0, 10).total == 2


def fire(person: Person, panel: TestPanel, contact: str, total: str) -> None:
    """Fill in the form, press Fire, wait for the answer."""
    panel.contact.setText(contact)
    data = {"SubscriberKey": contact, "EmailAddress": "kari@example.com", "Cart total": total, "Country": "NO"}
    panel.form.set_values({**data, "First name": "Kari"})
    panel.answer.take_away()
    person.click(panel.fire_button)
    person.until(panel.answer.isVisible)


def where_the_contact_is(person: Person) -> None:
    """Step 9: it waits, and its message is in the Sent list as its receiver would see it."""
    found = where_is(person.workspace, "NTO-1001")
    assert [(stay.state, stay.activity_name) for stay in found.stays] == [("waiting", "Wait")]
    sent = list_sent(person.workspace, 10, "")
    assert [(m.to, m.subject) for m in sent] == [("kari@example.com", "Your cart, Kari")]
    assert "84.50" in sent[0].body


def clear_the_tests(person: Person) -> None:
    """Clear test contacts undoes what tests left behind."""
    panel = person.see(TestPanel)
    panel.clear_tests()
    person.until(lambda: not list_sent(person.workspace, 10, ""))
    home = list_data_extensions(person.workspace)[0].data_extension
    assert page_rows(person.workspace, home.id, 0, 10).total == 0
    assert not where_is(person.workspace, "NTO-1001").stays


def call_from_outside(person: Person) -> None:
    """Step 10: the ready code is run as it is in a shell; the window shows event, decision and row within a second."""
    window, stage = person.window, person.stage
    window.do("start_stop_api")
    person.until(lambda: window.server.state is ServerState.ON)
    log = stage.page.findChild(EventLog)
    assert log is not None
    if not log.isVisible():
        stage.page.toggle_drawer()
    QGuiApplication.clipboard().clear()
    person.see(TestPanel).fill_sample()
    # A bare machine has no curl: there the same call is made by the Python form.
    form, runner = ("curl_posix", ["sh", "-c"]) if shutil.which("curl") else ("python", [sys.executable, "-c"])
    person.see(TestPanel).code_button.menu().copy(SNIPPETS[form])
    person.until(lambda: "/interaction/v1/events" in QGuiApplication.clipboard().text())
    code = QGuiApplication.clipboard().text()
    done = subprocess.run([*runner, code], capture_output=True, text=True, check=False, timeout=90)
    answer = re.search(r'\{"eventInstanceId":"[0-9a-f-]{36}"\}', done.stdout)
    assert answer, done.stdout + done.stderr
    instance = json.loads(answer[0])["eventInstanceId"]
    person.until(lambda: log.model.row_of(instance) >= 0)
    window.do("start_stop_api")
    person.until(lambda: window.server.state is ServerState.OFF)


def export_and_open_elsewhere(person: Person, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step 11: the file brings the same canvas, event, data extension and filter into another workspace, as a draft."""
    file = tmp_path / "abandoned-cart.journey"
    monkeypatch.setattr("app.ui.file_choice.ask", lambda _dialog: [str(file)])
    desk = person.window.desk
    assert desk is not None
    document = person.stage.document
    desk.files.export(document.journey.id, document.journey.name)
    person.until(file.exists)
    other = Person(qtbot, tmp_path, "other")
    try:
        assert other.window.desk is not None
        other.window.desk.files.import_files([file])
        preview = other.see(ImportPreviewDialog)
        other.click(preview.primary)
        other.until(lambda: len(other.window.tabs.keys) == 2)
        other.settled()
        same_journey(other.stage.document, document)
    finally:
        other.leave()


def same_journey(copy: JourneyDocument, original: JourneyDocument) -> None:
    """The same tiles, event, schema and filter, as a draft."""
    assert copy.status is Status.DRAFT
    assert list(copy.journey.activities) == list(original.journey.activities)
    assert copy.context.event is not None
    assert copy.context.event.key == "cart-abandoned"
    names = [field.name for field in copy.context.schema.fields] if copy.context.schema else []
    assert names == ["SubscriberKey", "EmailAddress", *(each[0] for each in FIELDS)]


def test_a_broken_file_changes_nothing(person: Person, tmp_path: Path) -> None:
    """What cannot be read is said with its place, and nothing is imported."""
    broken = tmp_path / "broken.journey"
    broken.write_text('{"format": 1,\n "journey": {"name": ')
    desk = person.window.desk
    assert desk is not None
    said: list[object] = []
    desk.session.failed.connect(said.append)
    desk.files.import_files([broken])
    person.until(lambda: bool(said))
    assert "line 2" in f"{said[0]} {getattr(said[0], 'where', '')}"
    assert not list_events(person.workspace)


def test_a_draft_survives_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    """There is no save prompt: what was drawn is there the next time, with its undo history."""
    first = Person(qtbot, tmp_path)
    make_the_journey(first)
    drop_the_tiles(first)
    journey = first.stage.journey
    first.leave()
    workspace = open_workspace(str(first.file))
    try:
        assert list(open_journey(workspace, journey.id).journey.activities) == list(journey.activities)
    finally:
        workspace.close()
    again = Person(qtbot, tmp_path)
    try:
        assert again.window.desk is not None
        again.window.desk.open_journey(journey.id)
        again.until(lambda: len(again.window.tabs.keys) == 2)
        again.settled()
        again.stage.document.undo_stack.undo()
        assert len(again.stage.journey.activities) == len(journey.activities) - 1
    finally:
        again.leave()
