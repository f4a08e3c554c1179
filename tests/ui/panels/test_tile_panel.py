"""The Tile panel: what it says of the chosen tile, and what can be changed there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.journey.activities import ACTIVITIES
from app.journey.edits import AddActivity, AddNote, SetGroup
from app.journey.journey import ENTRY, Note, Place, TileGroup
from app.services.list_events import list_events
from app.services.workspace import Workspace
from app.ui.document import JourneyDocument
from app.ui.panels.activity_facts import ActivityFacts
from app.ui.panels.entry_facts import EntryFacts
from app.ui.panels.group_facts import GroupFacts
from app.ui.panels.note_facts import NoteFacts
from app.ui.panels.tile_panel import TilePanel
from app.ui.work import Work
from tests.support.workspace import Cart


def test_the_tile_panel_follows_the_selection(
    qtbot: QtBot, work: Work, draft: Cart, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(draft)
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    document.select(["WAIT-1"])
    names = [editor.text() for editor in tile.findChildren(QLineEdit)]
    assert "One day" in names
    editor = next(e for e in tile.findChildren(QLineEdit) if e.text() == "One day")
    editor.setText("A day")
    editor.editingFinished.emit()
    assert document.journey.activities["WAIT-1"].name == "A day"
    document.undo_stack.undo()
    assert document.journey.activities["WAIT-1"].name == "One day"
    document.close()


def test_a_goal_says_how_many_met_it(qtbot: QtBot, draft: Cart, document_of: Callable[[Cart], JourneyDocument]) -> None:
    document = document_of(draft)
    assert document.apply(AddActivity(ACTIVITIES["goal"].make("GOAL-1"), Place(ENTRY)))
    facts = ActivityFacts(document, "GOAL-1")
    qtbot.addWidget(facts)
    facts.show()
    qtbot.waitUntil(facts.met_fact.isVisible)
    assert facts.met.text() == "0 contacts met it"
    document.close()
    document.deleteLater()


def test_the_key_is_checked_as_it_is_typed_and_kept_when_it_is_right(
    qtbot: QtBot, work: Work, draft: Cart, workspace: Workspace, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(draft)
    document.select([ENTRY])
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    tile.show()
    facts = tile.findChild(EntryFacts)
    assert facts is not None
    facts.key.setFocus()
    facts.key.selectAll()
    qtbot.keyClicks(facts.key, "cart.abandoned")
    qtbot.waitUntil(lambda: "period" in facts.key_field.message.text(), timeout=20_000)
    assert "cart-abandoned" in facts.key_field.message.text()
    qtbot.keyClick(facts.key, Qt.Key.Key_Return)
    assert [card.definition.key for card in list_events(workspace)] == [draft.event.key]
    facts.key.selectAll()
    qtbot.keyClicks(facts.key, "cart-abandoned")
    qtbot.keyClick(facts.key, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list_events(workspace)[0].definition.key == "cart-abandoned", timeout=20_000)
    document.close()


def test_the_key_of_a_running_event_is_fixed(
    qtbot: QtBot, work: Work, cart: Cart, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(cart)
    document.select([ENTRY])
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    facts = tile.findChild(EntryFacts)
    assert facts is not None
    assert facts.key.isReadOnly()
    assert facts.key.text() == cart.event.key


def test_a_group_and_a_note_say_what_they_are_and_can_be_changed(
    qtbot: QtBot, work: Work, draft: Cart, document_of: Callable[[Cart], JourneyDocument]
) -> None:
    document = document_of(draft)
    tile = TilePanel(document, work)
    qtbot.addWidget(tile)
    assert document.apply(SetGroup(TileGroup("g", "Waiting", ("WAIT-1",), folded=True)))
    document.select(["group:g"])
    group = tile.findChildren(GroupFacts)[-1]
    assert group.about.text() == "Group of 1 tile"
    assert "One day" in [each.text() for each in group.findChildren(QLabel)]
    group.name.line.setText("Patience")
    group.name.line.editingFinished.emit()
    assert document.journey.groups[0].name == "Patience"
    assert group.title.text() == "Patience"
    group.name.line.setText("x" * 201)
    group.name.line.editingFinished.emit()
    assert document.journey.groups[0].name == "Patience"
    assert "201 characters" in group.name.message.text()
    group.name.line.setText("Patience")
    group.name.line.editingFinished.emit()
    assert not group.name.message.text()
    with qtbot.waitSignal(tile.unfold_requested) as asked:
        group.unfold_button.click()
    assert asked.args == ["group:g"]
    assert document.apply(AddNote(Note("n", "Ask Ines", "WAIT-1")))
    document.select(["note:n"])
    note = tile.findChildren(NoteFacts)[-1]
    assert (note.text.toPlainText(), note.anchor.text()) == ("Ask Ines", "One day")
    qtbot.keyClicks(note.text, "Do ")
    QApplication.sendEvent(note.text, QFocusEvent(QEvent.Type.FocusOut))
    assert document.journey.notes[0].text == "Do Ask Ines"
    document.undo_stack.undo()
    assert note.text.toPlainText() == "Ask Ines"
    document.close()
