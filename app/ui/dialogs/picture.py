"""Export a picture: which tiles, which form, how large, in which colours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from app.ui.dialogs.output import OutputDialog
from app.ui.file_choice import file_to_save
from app.ui.picture import MOST_PIXELS, Drawable, Look, Picture, copied, for_clipboard
from app.ui.theme import theme
from app.ui.translation import number, tr, trn
from app.ui.widgets import Button, FormField, Segmented, label, roomy
from app.ui.work import Ticket, Work

_WHOLE, _SELECTION = "whole", "selection"


class PictureDialog(OutputDialog):
    """`only` are the keys of what is selected on the canvas. Drawing is done off the GUI thread, the preview too."""

    def __init__(self, name: str, drawable: Drawable, only: frozenset[str], work: Work, parent: QWidget | None) -> None:
        super().__init__(tr("Export picture"), parent, work, name="picture", size=QSize(860, 560))
        self._journey_name, self._drawable, self._only = name, drawable, only
        self._picture: Picture | None = None
        self._ticket: Ticket | None = None
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
        self.pixels = label("", "small", self)
        self.copy_button = Button(tr("Copy"), "plain", self, on_click=self.copy)
        self.copy_button.setToolTip(tr("Put it on the clipboard, as an image and as SVG"))
        self._fill()
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
        chosen = file_to_save(self, tr("Export picture"), self._journey_name, self.form.current())
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write it; a name without an ending gets the form's."""
        path = path if path.suffix else path.with_suffix(f".{self.form.current()}")
        drawable, look = self._drawable, self.look
        self.draw(
            tr("Writing {file}", file=path.name),
            lambda watch: drawable.write(path, look, watch),
            lambda _nothing: self.finish_with(tr("The picture was written to {path}.", path=path)),
        )

    def copy(self) -> None:
        """Put it on the clipboard."""
        drawable, look = self._drawable, self.look

        def then(made: tuple[QImage, bytes]) -> None:
            QGuiApplication.clipboard().setMimeData(for_clipboard(*made))
            self.finish_with(tr("The picture was copied."))

        self.draw(tr("Copying the picture"), lambda watch: copied(drawable.picture(look), watch), then)

    def _fill(self) -> None:
        self.side.addWidget(self.form)
        self.side.addWidget(self.scope)
        count = len(self._only)
        words = trn("{n} tile is selected.", "{n} tiles are selected.", count)
        nothing = tr("Select tiles on the canvas to draw only these.")
        self.side.addWidget(label(words if count else nothing, "hint", self, wrap=True))
        self.size_field = FormField(tr("Size"), self.percent, tr("200 % suits most screens."), self)
        self.side.addWidget(self.size_field)
        self.side.addWidget(self.colours)
        self.side.addWidget(self.clear)
        self.lay_out(260, [self.pixels])
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
        self._ticket = self.work.run(self, lambda: drawable.picture(look), self._show)

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
