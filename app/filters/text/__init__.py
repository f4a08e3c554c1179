"""A filter as one line of a small expression language, both ways without loss.

    [Cart total] > 50 and (Country = "NO" or Loyalty.Tier is one of ("Gold", "Silver"))

`and` binds tighter than `or`; brackets make a group. `not (…)` negates, `off …` keeps a node without asking it. Names
that are not one plain word stand in square brackets (a closing one inside twice); `Loyalty.Tier` is the field of a
linked data extension, `field("f_12", "de_7")` one by its ids, where there is none of that name. Texts stand in quotes
(with JSON's escapes), numbers and dates as they are, `today - 14 days` is a relative date. `any(…)` is a group joined
by OR with fewer than two members, `:key {…}` an operator with its operand as JSON where nothing else can say it, and
`{"xml": …}` after a node keeps what its XML said beyond our terms.
"""

from __future__ import annotations

from app.filters.text.completion import Proposal, complete
from app.filters.text.parser import parse
from app.filters.text.printer import to_text

__all__ = ["Proposal", "complete", "parse", "to_text"]
