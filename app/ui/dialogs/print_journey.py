"""Print a journey: paper, one page or several, a preview of each page, a printer or a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.kernel.errors import InvalidInput
from app.ui.dialogs.drawing import draw_aside
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.picture import Drawable, Look, Picture, Watch
from app.ui.print_sheet import MARGINS, READABLE, Heading, Sheet, paper
from app.ui.sides import margins
from app.ui.translation import locale, mark, number, tr
from app.ui.widgets import Button, ComboBox, FormField, IconButton, Segmented, label, roomy
from app.ui.widgets.page_preview import PagePreview
from app.ui.widgets.toast import toast
from app.ui.work import Ticket, Work

_PAPERS = (
    ("A4", QPageSize.PageSizeId.A4),
    ("A3", QPageSize.PageSizeId.A3),
    (mark("Letter"), QPageSize.PageSizeId.Letter),
    (mark("Tabloid"), QPageSize.PageSizeId.Tabloid),
)
_ONE, _MANY = "one", "many"
_MOST_PAGES = 200
_LOOK = Look(dark=False, transparent=True)


class PrintDialog(Dialog):
    """Every change shows at once in the preview. Paper is white in the dark theme too. Pages are made, shown and
    printed off the GUI thread; `sheet` is None until the first ones are there."""

    def __init__(self, drawable: Drawable, heading: Heading, work: Work, parent: QWidget | None) -> None:
        super().__init__(tr("Print {name}", name=heading.title), parent, name="print", size=QSize(960, 660))
        self._heading, self._work = heading, work
        self._picture: Picture | None = None
        self.sheet: Sheet | None = None
        self._ticket: Ticket | None = None
        self._writing: Ticket | None = None
        self._page = 0
        self.paper = ComboBox(self)
        for name, ident in _PAPERS:
            self.paper.addItem(tr(name), ident)
        imperial = locale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
        self.paper.setCurrentIndex(2 if imperial else 0)
        turns = [("landscape", tr("Landscape")), ("portrait", tr("Portrait"))]
        self.turn = Segmented(turns, "landscape", self, name=tr("Orientation"))
        self.way = Segmented([(_ONE, tr("One page")), (_MANY, tr("Several pages"))], _ONE, self, name=tr("Pages"))
        self.percent = roomy(QSpinBox(self))
        self.percent.setRange(20, 200)
        self.percent.setValue(75)
        self.percent.setSingleStep(5)
        self.percent.setSuffix(" %")
        self.preview = PagePreview(work, self)
        self.count = label("", "small", self)
        self.back = IconButton("chevron-left", tr("The page before"), self, on_click=lambda: self._turn_page(-1))
        self.onward = IconButton("chevron-right", tr("The next page"), self, on_click=lambda: self._turn_page(1))
        self.pdf_button = Button(tr("Save as PDF…"), "plain", self, on_click=self.save_pdf)
        self._lay_out()
        self.paper.currentIndexChanged.connect(lambda _at: self._changed())
        self.turn.chosen.connect(lambda _key: self._changed())
        self.way.chosen.connect(lambda _key: self._changed())
        self.percent.valueChanged.connect(lambda _value: self._changed())
        self.size_field.setVisible(False)
        for button in (self.primary, self.pdf_button, self.back, self.onward):
            button.setEnabled(False)
        work.run(self, lambda: drawable.picture(_LOOK), self._begin)

    def _begin(self, picture: Picture) -> None:
        self._picture = picture
        if picture.bounds.width() <= picture.bounds.height():
            self.turn.set_current("portrait")
        self._changed()

    def accept(self) -> None:
        """Choose a printer and print; where there is none, say so and offer the PDF."""
        # A library of its own, which nothing else needs.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

        if not QPrinterInfo.availablePrinterNames():
            self.say(
                tr("No printer is set up on this computer. Save a PDF, and print that where there is one."), "warning"
            )
            self.pdf_button.setFocus()
            return
        if self._picture is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(self._layout())
        printer.setDocName(self._heading.title)
        if QPrintDialog(printer, self).exec() == QPrintDialog.DialogCode.Accepted:
            # The person may have chosen other paper there.
            picture, heading, layout, size = self._picture, self._heading, printer.pageLayout(), self._size()
            done = tr("{name} was sent to the printer {printer}.", name=heading.title, printer=printer.printerName())
            self._draw(
                tr("Printing {name}", name=heading.title),
                lambda watch: Sheet(picture, heading, layout, size).print_to(printer, watch),
                done,
            )

    def save_pdf(self) -> None:
        """Ask where, and write the pages as they are shown."""
        proposed = f"{self._heading.title}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save as PDF"), proposed, tr("PDF (*.pdf)"))
        if chosen:
            self.write_pdf(Path(chosen))

    def write_pdf(self, path: Path) -> None:
        """Write the pages; a name without an ending gets its own."""
        path = path if path.suffix else path.with_suffix(".pdf")
        sheet, layout = self.sheet, self._layout()
        if sheet is not None:
            self._draw(
                tr("Writing {file}", file=path.name),
                lambda watch: sheet.write_pdf(path, layout, watch),
                tr("The pages were written to {path}.", path=path),
            )

    def _draw(self, words: str, job: Callable[[Watch], None], told: str) -> None:
        """One at a time."""
        if self._writing is None or self._writing.done or self._writing.cancelled:
            self._writing = draw_aside(self, self._work, words, job, lambda _nothing: self._told(told), self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.say(in_words(error))
        elif isinstance(error, OSError):
            self.say(tr("The printer did not print: {reason}.", reason=error.strerror or error))
        else:
            self._work.unhandled.emit(error)

    def _told(self, words: str) -> None:
        parent = self.parentWidget()
        self.finish()
        if parent is not None:
            toast(parent, words)

    def _lay_out(self) -> None:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(margins(20, 16, 12, 16))
        column.setSpacing(12)
        column.addWidget(FormField(tr("Paper"), self.paper, parent=side))
        column.addWidget(self.turn)
        column.addWidget(self.way)
        hint = tr("100 % prints a tile as large as on the screen.")
        self.size_field = FormField(tr("Size"), self.percent, hint, side)
        column.addWidget(self.size_field)
        self.advice = label("", "hint", side, wrap=True)
        column.addWidget(self.advice)
        column.addStretch()
        side.setFixedWidth(max(250, column.minimumSize().width()))
        ground = QFrame(self)
        ground.setProperty("role", "aside")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.addStretch()
        for each in (self.back, self.count, self.onward):
            row.addWidget(each)
        row.addStretch()
        inside.addLayout(row)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(side)
        across.addWidget(ground, 1)
        self.body.addLayout(across)
        self.primary.setText(tr("Print…"))
        self.foot.fill([self.hint], [self.cancel_button, self.pdf_button, self.primary])

    def _layout(self) -> QPageLayout:
        return paper(self.paper.currentData(), landscape=self.turn.current() == "landscape")

    def _size(self) -> float | None:
        return None if self.way.current() == _ONE else self.percent.value() / 100

    def _changed(self) -> None:
        self.size_field.setVisible(self.way.current() == _MANY)
        if self._ticket is not None:
            self._ticket.cancel()
        picture, heading, layout, size = self._picture, self._heading, self._layout(), self._size()
        if picture is not None:
            self._ticket = self._work.run(self, lambda: Sheet(picture, heading, layout, size), self._show)

    def _show(self, sheet: Sheet) -> None:
        first, self.sheet = self.sheet is None, sheet
        too_many = sheet.count > _MOST_PAGES
        small = self._size() is None and sheet.size < READABLE
        advice = ""
        if small:
            percent = number(round(sheet.size * 100))
            advice = tr("It fits at {percent} %: too small to read on paper. Take several pages.", percent=percent)
        elif too_many:
            advice = tr("These are {count} pages. Take a smaller size.", count=number(sheet.count))
        self.advice.setText(advice)
        for button in (self.primary, self.pdf_button):
            button.setEnabled(not too_many)
        if first and self.focusWidget() in (None, self.cancel_button):
            self.primary.setFocus()  # until now it could not have the keyboard
        self._turn_page(0)

    def _turn_page(self, by: int) -> None:
        if self.sheet is not None:
            self._page = max(0, min(self.sheet.count - 1, self._page + by))
            self._show_page(self.sheet, self._page)

    def _show_page(self, sheet: Sheet, page: int) -> None:
        inset = MARGINS.left() / 25.4 * 96
        whole = sheet.page + QSizeF(2 * inset, 2 * inset)
        self.preview.show_page(whole, inset, lambda painter: sheet.paint(painter, page, closely=False))
        words = tr("Page {page} of {pages}", page=number(page + 1), pages=number(sheet.count))
        self.count.setText(words)
        self.preview.setAccessibleName(words)
        self.back.setEnabled(page > 0)
        self.onward.setEnabled(page < sheet.count - 1)


def open_print(drawable: Drawable, heading: Heading, work: Work, parent: QWidget | None) -> PrintDialog:
    """Show the preview."""
    dialog = PrintDialog(drawable, heading, work, parent)
    dialog.open()
    return dialog
