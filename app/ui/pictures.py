"""What leaves an open journey as a picture: to a file, to the clipboard, on to paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject
from PySide6.QtGui import QGuiApplication, QImage

from app.journey.journey import Status
from app.ui.dialogs.drawing import draw_aside
from app.ui.moments import zone_of
from app.ui.picture import Drawable, Look, Watch, copied, for_clipboard
from app.ui.theme import theme
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

    def drawable(self) -> Drawable:
        """The journey as it is now."""
        document = self._document
        return Drawable(document.journey, document.context, document.highlight)

    def export(self) -> None:
        """Ask for form, scope and look, then for the place."""
        from app.ui.dialogs.picture import open_picture

        name = self._document.journey.name
        self._page.dialog_opened.emit(
            open_picture(name, self.drawable(), self._selected(), self._document.work, self._page)
        )

    def copy(self) -> None:
        """Put what is selected, else the whole canvas, on the clipboard as a picture."""
        only = self._selected()
        drawable, look = self.drawable(), Look(dark=theme().dark, only=only)

        def draw(watch: Watch) -> tuple[QImage, bytes]:
            return copied(drawable.picture(look), watch)

        def then(made: tuple[QImage, bytes]) -> None:
            QGuiApplication.clipboard().setMimeData(for_clipboard(*made))
            whole = tr("The picture of the whole journey was copied.")
            toast(self._page, tr("The picture of the selection was copied.") if only else whole)

        draw_aside(self._page, self._document.work, tr("Copying the picture"), draw, then)

    def print_out(self) -> None:
        """Show the pages before they are printed."""
        from app.ui.dialogs.print_journey import open_print

        dialog = open_print(self.drawable(), self._heading(), self._document.work, self._page)
        self._page.dialog_opened.emit(dialog)

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
