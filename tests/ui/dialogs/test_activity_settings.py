"""Settings that hang together: shares that make 100, a winner among the paths, messages that come before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.journey.activities import ACTIVITIES
from app.journey.journey import Activity
from app.ui.dialogs import open_settings
from app.ui.dialogs.activity import ActivityDialog
from app.ui.dialogs.settings import OutcomeEditor
from app.ui.dialogs.settings.percentages import PercentagesEditor
from app.ui.dialogs.settings.personalised import PersonalisedEditor
from app.ui.document import JourneyDocument

Open = Callable[[Activity], ActivityDialog]
KEY = Qt.Key


def shares(editor: PercentagesEditor) -> list[int]:
    """The shares as they stand."""
    return [share.value() for *_rest, share in editor.rows]


def test_shares_always_make_100(qtbot: QtBot, open_tile: Open, document: JourneyDocument) -> None:
    dialog = open_tile(ACTIVITIES["random_split"].make("R-1"))
    editor = dialog.editors["paths"]
    assert isinstance(editor, PercentagesEditor)
    editor.rows[0][3].setValue(70)
    assert shares(editor) == [70, 30]
    qtbot.mouseClick(editor.add_button, Qt.MouseButton.LeftButton)
    assert sum(shares(editor)) == 100
    assert shares(editor)[2] == 33
    editor.rows[2][3].setValue(99)
    assert shares(editor) == [1, 1, 98]
    editor.rows[2][3].setValue(50)
    editor._remove(editor.rows[0][1])
    assert sum(shares(editor)) == 100
    editor.share_evenly()
    assert shares(editor) == [50, 50]
    editor.rows[1][3].setValue(20)
    dialog.accept()
    kept = document.journey.activities["R-1"].outcomes
    assert [outcome.settings["percentage"] for outcome in kept] == [80, 20]
    document.undo_stack.undo()
    assert [o.settings["percentage"] for o in document.journey.activities["R-1"].outcomes] == [50, 50]


def test_the_winner_is_one_of_the_paths(open_tile: Open, document: JourneyDocument) -> None:
    dialog = open_tile(ACTIVITIES["path_optimizer"].make("P-1"))
    winner, paths = dialog.editors["winner"], dialog.editors["paths"]
    assert isinstance(winner, OutcomeEditor)
    assert isinstance(paths, PercentagesEditor)
    paths.rows[1][2].setText("Blue")
    paths.rows[1][2].textEdited.emit("Blue")
    paths.add_path()
    assert [winner.combo.itemText(row) for row in range(winner.combo.count())] == [
        "Not set",
        "Path 1",
        "Blue",
        "Path 3",
    ]
    winner.combo.setCurrentIndex(2)
    assert not dialog.editors["metric"].isVisible()
    dialog.editors["evaluation"].combo.setCurrentIndex(1)  # type: ignore[attr-defined]
    dialog.editors["evaluation"].changed.emit()
    assert dialog.editors["metric"].isVisible()
    dialog.accept()
    assert document.journey.activities["P-1"].settings["winner"] == "path-2"


def test_a_path_is_named_on_one_line_and_not_too_long(qtbot: QtBot, open_tile: Open, document: JourneyDocument) -> None:
    dialog = open_tile(ACTIVITIES["random_split"].make("R-1"))
    paths = dialog.editors["paths"]
    assert isinstance(paths, PercentagesEditor)
    name = paths.rows[1][2]
    name.setText("x" * 201)
    dialog.accept()
    assert "201 characters" in dialog._fields["paths"].message.text()
    assert dialog.focusWidget() is name
    name.setText("two\nlines")
    dialog.accept()
    assert document.journey.activities["R-1"].outcomes[1].label == "two lines"


def test_only_messages_that_come_before_can_be_asked_about(open_tile: Open, document: JourneyDocument) -> None:
    open_tile(ACTIVITIES["send_email"].make("LATER")).close_unasked()
    dialog = open_tile(ACTIVITIES["engagement_split"].make("E-1"))
    assert dialog.editors["activity"].combo.itemText(0) == "No message comes before this tile"  # type: ignore[attr-defined]
    dialog.close_unasked()
    open_tile(ACTIVITIES["send_sms"].make("SMS-1")).close_unasked()
    open_tile(ACTIVITIES["wait"].make("WAIT-1")).close_unasked()
    dialog = open_settings(document, "E-1", dialog.situation.work, dialog.parentWidget())
    assert isinstance(dialog, ActivityDialog)
    combo = dialog.editors["activity"].combo  # type: ignore[attr-defined]
    assert [combo.itemData(row) for row in range(combo.count())] == ["", "SMS-1"]
    dialog.close_unasked()


def test_a_wait_by_attribute_asks_by_how_much_only_where_it_matters(open_tile: Open) -> None:
    dialog = open_tile(ACTIVITIES["wait_by_attribute"].make("W-1"))
    assert not dialog.editors["duration"].isVisible()
    dialog.editors["side"].combo.setCurrentIndex(1)  # type: ignore[attr-defined]
    dialog.editors["side"].combo.activated.emit(1)  # type: ignore[attr-defined]
    assert dialog.editors["duration"].isVisible()
    dialog.close_unasked()


def test_the_preview_is_that_of_its_channel(open_tile: Open) -> None:
    sms = open_tile(ACTIVITIES["send_sms"].make("S-1"))
    sms.editors["body"].set_value("Hi <b>you</b>")
    assert sms.preview is not None
    sms.preview.refresh()
    assert not sms.preview.subject.isVisible()
    assert sms.preview.line.text() == "To: no address · 13 characters, 1 SMS"
    assert sms.preview.body.toPlainText() == "Hi <b>you</b>"
    sms.close_unasked()
    push = open_tile(ACTIVITIES["send_push"].make("P-1"))
    assert push.preview is not None
    assert (push.preview.subject.text(), push.preview.line.text()) == ("No title", "To: NTO-1001")
    push.close_unasked()


def test_answers_of_services_are_offered(qtbot: QtBot, open_tile: Open) -> None:
    dialog = open_tile(ACTIVITIES["send_email"].make("M-1"))
    rest = ACTIVITIES["rest"].make("REST-1")
    dialog.close_unasked()
    open_tile(replace(rest, settings={**rest.settings, "out_arguments": "points"})).close_unasked()
    again = open_settings(dialog._document, "M-1", dialog.situation.work, dialog.parentWidget())
    assert isinstance(again, ActivityDialog)
    subject = again.editors["subject"]
    assert isinstance(subject, PersonalisedEditor)
    assert [choice.value for choice in subject._answers()] == ["Interaction.REST-1.points"]
    subject.insert("Interaction.REST-1.points")
    assert subject.value() == "{{Interaction.REST-1.points}}"
    assert subject.warning() == ""
    again.close_unasked()
