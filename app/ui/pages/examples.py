"""The example journeys that come with Switchback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kernel.resources import resource
from app.ui.translation import mark, tr
from app.ui.widgets import CardButton, IconTile, label

_TEXTS = {
    "abandoned-cart": (
        mark("Abandoned cart"),
        mark("Who left a full cart gets a reminder; loyal customers get free shipping."),
    ),
    "welcome-series": (
        mark("Welcome series"),
        mark("New subscribers are greeted, then hear from you again after some days."),
    ),
    "order-confirmation": (
        mark("Order confirmation"),
        mark("A message the moment an order is placed, and the contact is kept up to date."),
    ),
}
"""What a card says, by the file's name; a file without an entry shows its name."""


@dataclass(frozen=True, slots=True)
class Example:
    """One file of `resources/examples`."""

    name: str
    text: str
    file: Traversable


def examples() -> tuple[Example, ...]:
    """All of them, the known ones first."""
    folder = resource("examples")
    if not folder.is_dir():
        return ()
    files = {f.name.removesuffix(".journey"): f for f in folder.iterdir() if f.name.endswith(".journey")}
    order = [*(k for k in _TEXTS if k in files), *sorted(k for k in files if k not in _TEXTS)]
    return tuple(Example(*_TEXTS.get(key, (key.replace("-", " ").capitalize(), "")), files[key]) for key in order)


class ExampleCards(QWidget):
    """A card an example; a click hands it to `take`."""

    def __init__(self, take: Callable[[Example], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(label(tr("Start from an example"), "category", self))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.cards: list[CardButton] = []
        for example in examples():
            card = _card(example, self)
            card.clicked.connect(lambda _checked=False, example=example: take(example))
            self.cards.append(card)
            row.addWidget(card, 1)
        row.addStretch(max(0, 3 - len(self.cards)))
        box.addLayout(row)
        self.setVisible(bool(self.cards))


def _card(example: Example, parent: QWidget) -> CardButton:
    card = CardButton(parent)
    card.setAccessibleName(tr("Start from the example {name}", name=tr(example.name)))
    card.setMinimumHeight(72)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(IconTile("journey", "accent", 32, card), alignment=Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(tr(example.name), "strong", card))
    words.addWidget(label(tr(example.text), "small", card, wrap=True))
    words.addStretch()
    row.addLayout(words, 1)
    card.box.addLayout(row)
    return card
