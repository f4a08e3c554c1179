"""What a `.journey` file brings, before anything is written."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.filters.catalog import Catalog
from app.services.views import ImportPreview, JourneyCard
from app.services.workspace import Workspace
from app.ui.dialogs.frame import Dialog
from app.ui.errors import at_once, in_words
from app.ui.filter_builder.sentence_label import SentenceLabel
from app.ui.translation import shown, tr
from app.ui.widgets import Banner, OneLine, label
from app.ui.work import Work

Imported = Callable[[JourneyCard], object]


class ImportPreviewDialog(Dialog):
    """Lines of what would be made or reused, warnings, and the button that does it."""

    def __init__(
        self,
        workspace: Workspace,
        work: Work,
        parent: QWidget | None,
        preview: ImportPreview,
        imported: Imported | None = None,
    ) -> None:
        super().__init__(tr("Import {name}", name=preview.name), parent, name="import_preview", size=QSize(600, 460))
        self._workspace, self._work, self._preview, self._imported = workspace, work, preview, imported
        content = QWidget(self)
        content.setProperty("transparent", True)
        box = QVBoxLayout(content)
        box.setContentsMargins(20, 16, 20, 16)
        box.setSpacing(8)
        box.addWidget(OneLine(preview.journey.name, content))
        if preview.journey.description:
            box.addWidget(label(preview.journey.description, "secondary", content, wrap=True))
        box.addSpacing(4)
        box.addWidget(label(tr("This file brings"), "label", content))
        for line in preview.lines:
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(label("•", "body", content), alignment=Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(shown(line), "body", content, wrap=True), 1)
            box.addLayout(row)
        self._add_filter(box, content)
        for warning in preview.warnings:
            box.addWidget(Banner(at_once(warning), "warning", content))
        box.addStretch()
        area = QScrollArea(self)
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("What the file brings"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        self.body.addWidget(area)
        self.hint.setText(tr("It arrives as a draft; nothing runs yet"))
        self.primary.setText(tr("Import"))
        self.primary.setFocus()

    def accept(self) -> None:
        """Import, then close."""
        workspace, preview = self._workspace, self._preview

        def job() -> JourneyCard:
            from app.services.import_journey import import_journey

            return import_journey(workspace, preview)

        self.primary.setEnabled(False)
        self._work.run(self, job, self._done, self._failed, label=tr("Importing journey"))

    def _add_filter(self, box: QVBoxLayout, parent: QWidget) -> None:
        entry, event = self._preview.journey.entry, self._preview.event
        if entry is None or event is None:
            return
        schema = next((home for home in self._preview.data_extensions if home.id == event.data_extension_id), None)
        sentence = SentenceLabel(parent, lead=tr("Filter contacts: "))
        sentence.show_filter(entry.filter, Catalog(schema, self._preview.data_extensions), at_once=True)
        box.addWidget(sentence)

    def _done(self, card: JourneyCard) -> None:
        if self._imported is not None:
            self._imported(card)
        self.finish()

    def _failed(self, error: Exception) -> None:
        self.primary.setEnabled(True)
        self.say(tr("{error} Nothing was imported.", error=in_words(error)))


def open_import_preview(
    workspace: Workspace,
    work: Work,
    parent: QWidget | None,
    preview: ImportPreview,
    imported: Imported | None = None,
) -> ImportPreviewDialog:
    """Show what a file would bring; `imported` gets the journey's card once it was imported."""
    dialog = ImportPreviewDialog(workspace, work, parent, preview, imported)
    dialog.open()
    return dialog
