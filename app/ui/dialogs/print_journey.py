"""Print a journey: paper, one page or several, a preview of each page, a printer or a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, QSize, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import QSpinBox, QWidget

from app.ui.dialogs.output import OutputDialog
from app.ui.file_choice import file_to_save
from app.ui.picture import Drawable, Look, Picture
from app.ui.print_sheet import MARGINS, READABLE, Heading, Sheet, paper
from app.ui.translation import locale, mark, number, tr
from app.ui.widgets import Button, ComboBox, FormField, IconButton, Segmented, label, roomy
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


class PrintDialog(OutputDialog):
    """Every change shows at once in the preview. Paper is white in the dark theme too. Pages are made, shown and
    printed off the GUI thread; `sheet` is None until the first ones are there."""

    def __init__(self, drawable: Drawable, heading: Heading, work: Work, parent: QWidget | None) -> None:
        super().__init__(tr("Print {name}", name=heading.title), parent, work, name="print", size=QSize(960, 660))
        self._heading = heading
        self._picture: Picture | None = None
        self.sheet: Sheet | None = None
        self._ticket: Ticket | None = None
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
        self.count = label("", "small", self)
        self.back = IconButton("chevron-left", tr("The page before"), self, on_click=lambda: self._turn_page(-1))
        self.onward = IconButton("chevron-right", tr("The next page"), self, on_click=lambda: self._turn_page(1))
        self.pdf_button = Button(tr("Save as PDF…"), "plain", self, on_click=self.save_pdf)
        self._fill()
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
            self.draw(
                tr("Printing {name}", name=heading.title),
                lambda watch: Sheet(picture, heading, layout, size).print_to(printer, watch),
                lambda _nothing: self.finish_with(done),
            )

    def save_pdf(self) -> None:
        """Ask where, and write the pages as they are shown."""
        chosen = file_to_save(self, tr("Save as PDF"), self._heading.title, "pdf")
        if chosen is not None:
            self.write_pdf(chosen)

    def write_pdf(self, path: Path) -> None:
        """Write the pages; a name without an ending gets its own."""
        path = path if path.suffix else path.with_suffix(".pdf")
        sheet, layout = self.sheet, self._layout()
        if sheet is not None:
            self.draw(
                tr("Writing {file}", file=path.name),
                lambda watch: sheet.write_pdf(path, layout, watch),
                lambda _nothing: self.finish_with(tr("The pages were written to {path}.", path=path)),
            )

    def failed(self, error: Exception) -> None:
        """A printer's own trouble is said too."""
        if isinstance(error, OSError):
            self.say(tr("The printer did not print: {reason}.", reason=error.strerror or error))
        else:
            super().failed(error)

    def _fill(self) -> None:
        self.side.addWidget(FormField(tr("Paper"), self.paper, parent=self))
        self.side.addWidget(self.turn)
        self.side.addWidget(self.way)
        hint = tr("100 % prints a tile as large as on the screen.")
        self.size_field = FormField(tr("Size"), self.percent, hint, self)
        self.side.addWidget(self.size_field)
        self.advice = label("", "hint", self, wrap=True)
        self.side.addWidget(self.advice)
        self.lay_out(250, [self.back, self.count, self.onward])
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
            self._ticket = self.work.run(self, lambda: Sheet(picture, heading, layout, size), self._show)

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
