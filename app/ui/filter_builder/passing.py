"""What becomes of a contact that the filter lets pass, in the words of the place where the filter stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.filters.catalog import Catalog
from app.filters.prune import asks
from app.filters.sentence import sentence
from app.filters.tree import Group
from app.ui.filter_builder.emphasis import Run, runs
from app.ui.translation import tr, trn


@dataclass(frozen=True, slots=True)
class Passing:
    """`yes` and `no` are the verdict about one contact; `share` says of how many rows it is, below the number.

    `empty` says what a filter without conditions means at that place, `nobody` how it reads where it lets nobody
    pass: "" where everyone passes, as at the entry.
    """

    yes: str
    no: str
    share: Callable[[int], str]
    empty: str
    nobody: str = ""

    def runs(self, group: Group, catalog: Catalog) -> tuple[Run, ...]:
        """The filter as a sentence, true for the place."""
        return (Run(self.nobody),) if self.lets_nobody(group) else runs(sentence(group, catalog))

    def lets_nobody(self, group: Group) -> bool:
        """Whether the filter asks nothing, at a place where such a one lets nobody pass."""
        return bool(self.nobody) and not asks(group)


def enters() -> Passing:
    """At the entry of a journey."""
    return Passing(
        tr("would enter"),
        tr("would not enter"),
        lambda total: trn("of {n} row would enter.", "of {n} rows would enter.", total),
        tr("No conditions yet: every contact passes."),
    )


def goes() -> Passing:
    """At a path of a split."""
    return Passing(
        tr("would go this way"),
        tr("would not go this way"),
        lambda total: trn("of {n} row would go this way.", "of {n} rows would go this way.", total),
        tr("No conditions yet: no contact goes this way."),
        tr("Nobody goes this way"),
    )


def meets() -> Passing:
    """At a goal or an exit criterion."""
    return Passing(
        tr("would meet it"),
        tr("would not meet it"),
        lambda total: trn("of {n} row would meet it.", "of {n} rows would meet it.", total),
        tr("No conditions yet: no contact meets it."),
        tr("Nobody meets it"),
    )
