"""Which language the window speaks, and the pretended ones."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.ui import language
from app.ui.language import use_language
from app.ui.pseudo import pretend
from app.ui.translation import mark, number, tr, trn

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    """Other tests read English."""
    yield
    use_language(qapp, "en_US")


@pytest.fixture
def packaging(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script that lists the texts."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "translations", made)
    spec.loader.exec_module(made)
    return made


def test_a_computer_whose_language_has_no_translation_reads_english(qapp: QApplication) -> None:
    assert use_language(qapp, "fi_FI") == "en"
    assert tr("Undo") == "Undo"
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_english_words_come_with_english_months(qapp: QApplication) -> None:
    use_language(qapp, "fi_FI")
    assert QLocale().monthName(5) == "May"


def test_a_translation_is_found_by_the_computers_language(
    qapp: QApplication, packaging: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "switchback_de.ts"
    packaging.write(file, "de")
    _translate(file, {"Undo": ["Rückgängig"], "{n} problems": ["{n} Problem", "{n} Probleme"]})
    assert packaging.release(file)
    monkeypatch.setattr(language, "resource", lambda *_parts: tmp_path)

    assert use_language(qapp, "de_AT") == "de-AT"
    assert tr("Undo") == "Rückgängig"
    assert [trn("{n} problem", "{n} problems", n) for n in (1, 2)] == ["1 Problem", "2 Probleme"]
    assert tr("Nothing to undo") == "Nothing to undo"
    assert number(1234.5, 1) == QLocale("de_AT").toString(1234.5, "f", 1)


def test_an_update_keeps_what_was_translated(packaging: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "switchback_de.ts"
    before = packaging.write(file, "de")
    _translate(file, {"Undo": ["Rückgängig"]})
    assert packaging.write(file, "de") == before - 1
    assert "Rückgängig" in file.read_text()


def test_the_list_has_the_labels_of_the_rooms_without_qt(packaging: ModuleType) -> None:
    texts = packaging.texts()
    assert {"Send Email", "is one of", "Re-entry at any time", "Text", "weeks", "Unsubscribed"} <= set(texts)
    assert texts["{n} problems"].plural
    assert not texts["Undo"].plural


def test_pretended_texts_are_half_as_long_again() -> None:
    for text in ("Undo", "Nothing to undo", "Pictures of the canvas are written where you say."):
        assert len(pretend(text, "pseudo")) >= 1.5 * len(text)


@pytest.mark.parametrize("kind", ["pseudo", "pseudo-rtl"])
def test_values_shortcuts_and_patterns_are_not_pretended(kind: str, qapp: QApplication) -> None:
    use_language(qapp, kind)
    assert "[" in tr("{tile} goes here", tile="Wait")
    assert "Wait" in tr("{tile} goes here", tile="Wait")
    assert pretend("Delete…\tDel", kind).endswith("\tDel")
    assert " (*.journey);;" in pretend("Journeys (*.journey);;All files (*)", kind)
    assert tr("d MMM yyyy") == "d MMM yyyy"


def test_from_right_to_left_the_application_is_mirrored(qapp: QApplication) -> None:
    use_language(qapp, "pseudo-rtl")
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_qts_own_words_are_pretended_too(qapp: QApplication, qtbot: QtBot) -> None:
    use_language(qapp, "pseudo")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text().startswith("[")
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"


def test_a_constant_is_translated_where_it_is_shown(qapp: QApplication) -> None:
    constant = mark("All is well")
    use_language(qapp, "pseudo")
    assert tr(constant).startswith("[")


def _translate(file: Path, words: dict[str, list[str]]) -> None:
    tree = ElementTree.parse(file)
    for message in tree.iter("message"):
        said = words.get(message.findtext("source") or "")
        translation = message.find("translation")
        if said and translation is not None:
            translation.clear()
            for form in said if len(said) > 1 else ():
                ElementTree.SubElement(translation, "numerusform").text = form
            if len(said) == 1:
                translation.text = said[0]
    tree.write(file, encoding="utf-8", xml_declaration=True)
