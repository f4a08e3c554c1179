"""Export a picture: which tiles, which form, how large, in which colours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.kernel.errors import InvalidInput
from app.ui.dialogs.drawing import draw_aside
from app.ui.dialogs.frame import Dialog
from app.ui.errors import in_words
from app.ui.picture import MOST_PIXELS, Drawable, Look, Picture, Watch, copied, for_clipboard
from app.ui.sides import margins
from app.ui.theme import theme
from app.ui.translation import number, tr, trn
from app.ui.widgets import Button, FormField, Segmented, label, roomy
from app.ui.widgets.page_preview import PagePreview
from app.ui.widgets.toast import toast
from app.ui.work import Ticket, Work

MadeT = TypeVar("MadeT")

_WHOLE, _SELECTION = "whole", "selection"


class PictureDialog(Dialog):
    """`only` are the keys of what is selected on the canvas. Drawing is done off the GUI thread, the preview too."""

    def __init__(self, name: str, drawable: Drawable, only: frozenset[str], work: Work, parent: QWidget | None) -> None:
        super().__init__(tr("Export picture"), parent, name="picture", size=QSize(860, 560))
        self._journey_name, self._drawable, self._only, self._work = name, drawable, only, work
        self._picture: Picture | None = None
        self._ticket: Ticket | None = None
        self._writing: Ticket | None = None
        forms = [("png", "PNG"), ("svg", "SVG"), ("pdf", "PDF")]
        self.form = Segmented(forms, "png", self, name=tr("Form"))
        scopes = [(_WHOLE, tr("Whole journey")), (_SELECTION, tr("Selection"))]
        self.scope = Segmented(scopes, _SELECTION if len(only) > 1 else _WHOLE, self, name=tr("What"))
        self.scope.setEnabled(bool(only))
        self.percent = roomy(QSpinBox(self))
        self.percent.setRange(25, 400)
        self.percent.setSingleStep(25)
        self.percent.setValue(200)
        self.percent.setSuffix(" %")
        looks = [("light", tr("Light")), ("dark", tr("Dark"))]
        self.colours = Segmented(looks, "dark" if theme().dark else "light", self, name=tr("Colours"))
        self.clear = QCheckBox(tr("Without background"), self)
        self.preview = PagePreview(work, self)
        self.pixels = label("", "small", self)
        self.copy_button = Button(tr("Copy"), "plain", self, on_click=self.copy)
        self.copy_button.setToolTip(tr("Put it on the clipboard, as an image and as SVG"))
        self._lay_out()
        for segmented in (self.form, self.scope, self.colours):
            segmented.chosen.connect(lambda _key: self._changed())
        self.percent.valueChanged.connect(lambda _value: self._changed())
        self.clear.toggled.connect(lambda _on: self._changed())
        self._changed()
        self.primary.setFocus()

    @property
    def look(self) -> Look:
        """What is chosen."""
        return Look(
            dark=self.colours.current() == "dark",
            transparent=self.clear.isChecked(),
            scale=self.percent.value() / 100,
            only=self._only if self.scope.current() == _SELECTION else frozenset(),
        )

    def accept(self) -> None:
        """Ask where, and write it."""
        ending = self.form.current()
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Export picture"), f"{self._journey_name}.{ending}", f"{ending.upper()} (*.{ending})"
        )
        if chosen:
            self.write(Path(chosen))

    def write(self, path: Path) -> None:
        """Write it; a name without an ending gets the form's."""
        path = path if path.suffix else path.with_suffix(f".{self.form.current()}")
        drawable, look = self._drawable, self.look
        self._draw(
            tr("Writing {file}", file=path.name),
            lambda watch: drawable.write(path, look, watch),
            lambda _nothing: self._told(tr("The picture was written to {path}.", path=path)),
        )

    def copy(self) -> None:
        """Put it on the clipboard."""
        drawable, look = self._drawable, self.look

        def then(made: tuple[QImage, bytes]) -> None:
            QGuiApplication.clipboard().setMimeData(for_clipboard(*made))
            self._told(tr("The picture was copied."))

        self._draw(tr("Copying the picture"), lambda watch: copied(drawable.picture(look), watch), then)

    def _draw(self, words: str, job: Callable[[Watch], MadeT], then: Callable[[MadeT], None]) -> None:
        """One at a time."""
        if self._writing is None or self._writing.done or self._writing.cancelled:
            self._writing = draw_aside(self, self._work, words, job, then, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, InvalidInput):
            self.say(in_words(error))
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
        column.addWidget(self.form)
        column.addWidget(self.scope)
        count = len(self._only)
        words = trn("{n} tile is selected.", "{n} tiles are selected.", count)
        nothing = tr("Select tiles on the canvas to draw only these.")
        column.addWidget(label(words if count else nothing, "hint", side, wrap=True))
        self.size_field = FormField(tr("Size"), self.percent, tr("200 % suits most screens."), side)
        column.addWidget(self.size_field)
        column.addWidget(self.colours)
        column.addWidget(self.clear)
        column.addStretch()
        side.setFixedWidth(max(260, column.minimumSize().width()))
        ground = QFrame(self)
        ground.setProperty("role", "aside")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.pixels)
        row.addStretch()
        inside.addLayout(row)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(side)
        across.addWidget(ground, 1)
        self.body.addLayout(across)
        self.primary.setText(tr("Save…"))
        self.foot.fill([self.hint], [self.cancel_button, self.copy_button, self.primary])

    def _changed(self) -> None:
        self.size_field.setVisible(self.form.current() == "png")
        look, known, drawable = self.look, self._picture, self._drawable
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if known is not None and replace(known.look, scale=look.scale) == look:
            known.look = look  # its size changes nothing that is seen
            self._tell_size(known)
            return
        self._ticket = self._work.run(self, lambda: drawable.picture(look), self._show)

    def _show(self, picture: Picture) -> None:
        self._picture = picture
        bounds, clear = picture.bounds, picture.look.transparent

        def paint(painter: QPainter) -> None:
            if clear:
                area = QRectF(0, 0, bounds.width(), bounds.height())
                painter.fillRect(area, QBrush(Qt.GlobalColor.lightGray, Qt.BrushStyle.Dense6Pattern))
            picture.paint_seen(painter)

        self.preview.show_page(bounds.size(), 0.0, paint)
        self._tell_size(picture)

    def _tell_size(self, picture: Picture) -> None:
        if self.form.current() == "png":
            size = picture.pixels
            words = tr(
                "{width} × {height} pixels", width=number(round(size.width())), height=number(round(size.height()))
            )
            if max(size.width(), size.height()) >= MOST_PIXELS - 1:
                words += " · " + tr("larger ones cannot be opened everywhere")
        else:
            words = tr("Sharp at every size")
        self.pixels.setText(words)
        self.preview.setAccessibleName(tr("Preview, {pixels}", pixels=words))


def open_picture(
    name: str, drawable: Drawable, only: frozenset[str], work: Work, parent: QWidget | None
) -> PictureDialog:
    """Show the choices with a preview."""
    dialog = PictureDialog(name, drawable, only, work, parent)
    dialog.open()
    return dialog
