"""Building a filter by hand: rows, text, sentence, count, and why."""

from app.ui.filter_builder.builder import KEYS_HINT, FilterBuilder

__all__ = ["KEYS_HINT", "FilterBuilder"]
