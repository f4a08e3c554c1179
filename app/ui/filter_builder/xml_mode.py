"""The filter as the original's XML: to paste one from Marketing Cloud, and to copy one for it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.filters.sentence import sentence
from app.filters.tree import Group
from app.filters.xml import from_xml, to_xml
from app.filters.xml_losses import Loss, fit
from app.ui.filter_builder.model import FilterModel, find
from app.ui.filter_builder.source_mode import SourceMode
from app.ui.filter_builder.surroundings import Surroundings
from app.ui.translation import shown, tr, trn
from app.ui.widgets import Banner, Button, toast

_MOST_SAID = 4


class XmlMode(SourceMode):
    """What XML cannot carry is named before it is copied, with what is written instead."""

    def __init__(self, model: FilterModel, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(model, surroundings, parent)
        self.edit.setAccessibleName(tr("Filter as Marketing Cloud XML"))
        self.edit.setPlaceholderText(tr("Paste a <FilterDefinition> from Marketing Cloud here"))
        self.hint.setText(tr("Marketing Cloud's FilterDefinition. Paste one over it to take it."))
        self.losses = Banner("", "warning", self)
        self.losses.hide()
        self.box.insertWidget(0, self.losses)
        self.copy_button = Button(tr("Copy XML"), "plain", self, compact=True, icon="copy", on_click=self.copy)
        row = QHBoxLayout()
        row.addWidget(self.hint, 1)
        row.addWidget(self.copy_button)
        self.box.addLayout(row)

    def write_tree(self, group: Group) -> str:
        """The XML; of an equivalent tree where XML cannot carry this one, nothing where there is none."""
        surroundings = self._surroundings
        found = fit(group, surroundings.catalog)
        self._say_losses(group, found.losses, found.tree is not None)
        return to_xml(found.tree, surroundings.catalog, surroundings.event_key) if found.tree is not None else ""

    def read_tree(self, text: str) -> Group:
        """The tree. Raises UnreadableFile with line and column."""
        self.losses.hide()
        return from_xml(text, self._surroundings.catalog, self._surroundings.event_key)

    def copy(self) -> None:
        """Put the XML on the clipboard."""
        text = self.edit.toPlainText()
        if text:
            QGuiApplication.clipboard().setText(text)
            toast(self, tr("The XML was copied."))

    def _say_losses(self, group: Group, losses: tuple[Loss, ...], solved: bool) -> None:
        self.losses.setVisible(bool(losses))
        self.copy_button.setEnabled(solved)
        if not losses:
            return
        said = []
        for loss in losses[:_MOST_SAID]:
            node = find(group, loss.path) if loss.path else None
            place = f"{shown(sentence(node, self._surroundings.catalog))}: " if node is not None else ""
            said.append(f"{place}{shown(loss.message)}")
        if len(losses) > _MOST_SAID:
            said.append(trn("And {n} more.", "And {n} more.", len(losses) - _MOST_SAID))
        head = tr("XML says this in another way:") if solved else tr("XML cannot carry this filter:")
        self.losses.say("\n".join((head, *said)), "warning" if solved else "error")
