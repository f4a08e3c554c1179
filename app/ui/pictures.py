"""What leaves an open journey as a picture: to a file, to the clipboard, on to paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject
from PySide6.QtGui import QGuiApplication

from app.journey.journey import Status
from app.ui.moments import zone_of
from app.ui.picture import Look, Picture, for_clipboard, write_picture
from app.ui.translation import locale, mark, number, tr
from app.ui.widgets.toast import toast

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument
    from app.ui.journey_page import JourneyPage
    from app.ui.print_sheet import Heading

_STATES = {
    Status.DRAFT: mark("Draft"),
    Status.RUNNING: mark("Running"),
    Status.PAUSED: mark("Paused"),
    Status.FINISHING: mark("Finishing"),
    Status.STOPPED: mark("Stopped"),
}


class Pictures(QObject):
    """Of one page; the lit path of a contact is part of every picture."""

    def __init__(self, document: JourneyDocument, page: JourneyPage) -> None:
        super().__init__(page)
        self._document = document
        self._page = page

    def draw(self, look: Look) -> Picture:
        """The journey as it is now."""
        document = self._document
        return Picture(document.journey, document.context, look, document.highlight)

    def write(self, path: Path, look: Look) -> None:
        """Write it to a file. Raises InvalidInput."""
        document = self._document
        write_picture(document.journey, document.context, path, look, highlight=document.highlight)

    def export(self) -> None:
        """Ask for form, scope and look, then for the place."""
        from app.ui.dialogs.picture import open_picture

        name = self._document.journey.name
        self._page.dialog_opened.emit(open_picture(name, self.draw, self.write, self._selected(), self._page))

    def copy(self) -> None:
        """Put what is selected, else the whole canvas, on the clipboard as a picture."""
        only = self._selected()
        QGuiApplication.clipboard().setMimeData(for_clipboard(self.draw(Look(only=only))))
        whole = tr("The picture of the whole journey was copied.")
        toast(self._page, tr("The picture of the selection was copied.") if only else whole)

    def print_out(self) -> None:
        """Show the pages before they are printed."""
        from app.ui.dialogs.print_journey import open_print

        picture = self.draw(Look(dark=False, transparent=True))
        self._page.dialog_opened.emit(open_print(picture, self._heading(), self._page))

    def _heading(self) -> Heading:
        from app.ui.print_sheet import Heading

        document, workspace = self._document, self._document.workspace
        today = workspace.clock.now().astimezone(zone_of(workspace.info)).date()
        below = tr(
            "Version {version} · {status} · {date}",
            version=number(document.number),
            status=tr(_STATES[document.status]),
            date=locale().toString(QDate(today.year, today.month, today.day), QLocale.FormatType.LongFormat),
        )
        return Heading(document.journey.name, below)

    def _selected(self) -> frozenset[str]:
        scene = self._page.canvas.scene
        return frozenset(key for key in self._document.selection if key in scene.boxes)
