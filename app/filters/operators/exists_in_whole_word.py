"""Exists in whole word: any of the texts stands in the value as a word, or words, of its own."""

from __future__ import annotations

from app.filters.operators.operator import TEXTS, Operator, Shape
from app.filters.operators.parts import search_words

OPERATOR = Operator(
    key="exists_in_whole_word",
    label="exists in whole word",
    kinds=TEXTS,
    shape=Shape.VALUES,
    ready=search_words,
    match=lambda left, search: f"{search}({left}) is not None",
    sql=lambda left, items: left.has_word(items),
    phrase="has a word of {value}",
    negative="has no word of {value}",
    xml="ExistsInWholeWord",
    help="Any of the texts stands in the value as a word of its own: 300 is not found in 3001.",
)
