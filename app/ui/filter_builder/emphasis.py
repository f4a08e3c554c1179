"""A sentence in stretches, so that names and values can be shown with emphasis; in the language of the window."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import NamedTuple

from app.filters.sentence import STRONG
from app.kernel.said import Said
from app.ui.translation import between, shown, tr


class Run(NamedTuple):
    """A stretch of the sentence; names and values are strong."""

    text: str
    strong: bool = False


def runs(text: str) -> tuple[Run, ...]:
    """The stretches of a filter's sentence, none of them empty."""
    return tuple(run for run in _runs(text) if run.text)


def _runs(text: str) -> Iterator[Run]:
    if isinstance(text, Said) and text.members:
        for number, member in enumerate(text.members):
            if number:
                yield Run(between(text.template))
            yield from _runs(member)
    elif isinstance(text, Said) and text.values and not text.one:
        for words, name, _, _ in Formatter().parse(tr(text.template)):
            yield Run(words)
            value = text.values.get(name or "")
            if isinstance(value, str):
                yield from (Run(shown(value), True),) if name in STRONG else _runs(value)
    else:
        yield Run(shown(text))
