"""A journey on paper: title, legend, one page or several, and what is said where there is no printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinterInfo

from app.journey.context import JourneyContext
from app.journey.journey import Journey, Note
from app.kernel.errors import InvalidInput
from app.ui.dialogs.print_journey import PrintDialog
from app.ui.legend import legend
from app.ui.picture import Look, Picture
from app.ui.print_sheet import Heading, Sheet, paper
from tests.ui.canvas.stage import STORY, Stage, journey_of, tile

PAPER = Look(dark=False, transparent=True)
HEADING = Heading("Abandoned cart", "Version 1 · Draft · 25 November 2026")
A4 = paper(QPageSize.PageSizeId.A4, landscape=True)


def long_journey(count: int) -> Journey:
    return journey_of(
        *(tile("wait", f"W{n}", f"Wait {n}", f"W{n + 1}" if n + 1 < count else None) for n in range(count))
    )


def ink(sheet: Sheet, page: int) -> QImage:
    image = QImage(sheet.page.toSize(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    sheet.paint(painter, page)
    painter.end()
    return image


def inked(image: QImage, top: int, bottom: int) -> bool:
    white = Qt.GlobalColor.white
    return any(image.pixelColor(x, y) != white for y in range(top, bottom) for x in range(0, image.width(), 2))


def test_one_page_has_title_canvas_and_legend() -> None:
    sheet = Sheet(Picture(STORY, JourneyContext(), PAPER), HEADING, A4)
    assert sheet.count == 1
    image = ink(sheet, 0)
    height = image.height()
    assert inked(image, 2, 20), "the title"
    assert inked(image, 60, height - 60), "the canvas"
    assert inked(image, height - 24, height), "the legend"


def test_several_pages_show_all_of_the_canvas_and_overlap() -> None:
    picture = Picture(long_journey(30), JourneyContext(), PAPER)
    sheet = Sheet(picture, HEADING, A4, 1.0)
    assert sheet.count > 3
    assert sheet.across == sheet.count
    parts = [part for _, _, part in sheet._parts]
    whole = parts[0]
    for before, after in pairwise(parts):
        assert before.right() > after.left()
        whole = whole.united(after)
    assert whole.contains(picture.bounds.adjusted(1, 1, -1, -1))
    assert Sheet(picture, HEADING, A4).count == 1


def test_the_legend_names_what_is_there_and_no_more() -> None:
    def words(journey: Journey) -> list[str]:
        return [item.text for item in legend(Picture(journey, JourneyContext(), PAPER))]

    plain = words(journey_of(tile("wait", "W", "Wait")))
    assert "Flow control" in plain
    assert "Message" not in plain
    assert "Note" not in plain
    wait = replace(tile("wait", "W", "Wait"), disabled=True)
    more = replace(journey_of(wait), notes=(Note("n", "look", "W"),))
    assert {"Note", "Disabled: contacts go past it"} <= set(words(more))


def test_ctrl_p_shows_pages_and_writes_a_pdf(show: Callable[[Journey], Stage], tmp_path: Path) -> None:
    stage = show(long_journey(30))
    opened: list[PrintDialog] = []
    stage.page.dialog_opened.connect(opened.append)
    stage.keys(Qt.Key.Key_P, modifiers=Qt.KeyboardModifier.ControlModifier)
    dialog = opened[0]
    stage.wait_until_idle()
    assert dialog.count.text() == "Page 1 of 1"
    assert dialog.focusWidget() is dialog.primary
    assert "too small to read" in dialog.advice.text()
    dialog.way.set_current("many")
    dialog.way.chosen.emit("many")
    stage.wait_until_idle()
    assert dialog.advice.text() == ""
    assert dialog.sheet is not None
    pages = dialog.sheet.count
    assert pages > 2
    dialog.onward.click()
    assert dialog.count.text() == f"Page 2 of {pages}"
    assert dialog.back.isEnabled()
    dialog.write_pdf(tmp_path / "journey")
    stage.wait_until_idle()
    written = (tmp_path / "journey.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert written.count(b"/Type /Page\n") == pages
    assert list(tmp_path.glob("*.part")) == []


def test_without_a_printer_it_says_so_and_offers_the_pdf(stage: Stage) -> None:
    if QPrinterInfo.availablePrinterNames():
        pytest.skip("this computer has a printer")
    opened: list[PrintDialog] = []
    stage.page.dialog_opened.connect(opened.append)
    stage.page.actions_of.by_name["print"].trigger()
    dialog = opened[0]
    stage.wait_until_idle()
    dialog.primary.click()
    assert dialog.isVisible()
    assert dialog.banner.text.text().startswith("No printer is set up on this computer.")
    assert dialog.focusWidget() is dialog.pdf_button


def test_a_pdf_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    sheet = Sheet(Picture(STORY, JourneyContext(), PAPER), HEADING, A4)
    with pytest.raises(InvalidInput, match="could not be written"):
        sheet.write_pdf(tmp_path / "gone" / "a.pdf", A4)
