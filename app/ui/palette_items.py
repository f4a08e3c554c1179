"""What can be added to a journey: the entry source and every activity type, by category."""

from __future__ import annotations

from dataclasses import dataclass

from app.journey.activities import ACTIVITIES
from app.ui.translation import mark, tr

CATEGORIES = (
    ("entry", mark("Entry sources")),
    ("messages", mark("Messages")),
    ("flow", mark("Flow control")),
    ("updates", mark("Customer updates")),
    ("custom", mark("Custom")),
)
"""Categories of the palette in their order, with their headings."""


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One tile of the palette. `key` is the activity type's key, "" for the entry source."""

    key: str
    label: str
    help: str
    icon: str
    category: str

    @property
    def is_entry(self) -> bool:
        """Whether this is the entry source."""
        return not self.key

    def answers(self, search: str) -> bool:
        """Whether every word of a search is found in what the item says."""
        text = f"{self.label} {self.help} {self.category}".casefold()
        return all(word in text for word in search.casefold().split())


def api_event() -> PaletteItem:
    """The entry source."""
    return PaletteItem("", tr("API Event"), tr("A call admits a contact"), "api-event", "entry")


def palette_items() -> tuple[PaletteItem, ...]:
    """All items, category by category."""
    order = [key for key, _ in CATEGORIES]
    leaves = [PaletteItem(leaf.key, tr(leaf.label), tr(leaf.help), leaf.icon, leaf.category) for leaf in ACTIVITIES]
    return (api_event(), *sorted(leaves, key=lambda item: order.index(item.category)))
