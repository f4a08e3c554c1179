"""A sentence that is its English text, and still knows what it was made of, so that a window can say it otherwise."""

from __future__ import annotations

from collections.abc import Mapping


class Said(str):
    """English text as any other; `template` and `values` are what it was made of. `str(text)` is the bare text.

    What is cut, joined or put into an f-string is bare text again and stays English in every language.
    """

    template: str
    values: Mapping[str, object]

    def __new__(cls, text: str, template: str = "", values: Mapping[str, object] | None = None) -> Said:
        made = super().__new__(cls, text)
        made.template = template or text
        made.values = values or {}
        return made


def said(template: str, /, **values: object) -> Said:
    """`template` with its `{name}`s filled in; without values it is taken as it stands and may hold braces.

    Write the template as one literal: translators get their list from these calls. A value may be such a text itself.
    """
    return Said(template.format(**values) if values else template, template, values)


def bare(value: object) -> str:
    """For encoders that know `str` alone (msgspec's `enc_hook`): the bare text. Raises NotImplementedError for else."""
    if isinstance(value, Said):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be written as JSON")
