"""Locale: a language and a country."""

from __future__ import annotations

import re
from datetime import tzinfo

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Reader, TextualKind, ValueProblem, as_text, shown
from app.kernel.said import said

_SHAPE = re.compile(r"([A-Za-z]{2})[-_]([A-Za-z]{2})", re.ASCII)
_SAMPLES = ("nb-NO", "sv-SE", "da-DK", "fi-FI", "de-DE", "fr-FR", "nl-NL", "en-GB")


class Locale(TextualKind):
    """ISO language and country, such as nb-NO. EN-US and en_us are taken as en-US."""

    key = "locale"
    label = "Locale"
    mc_type = "Locale"
    help = "A language and a country, such as nb-NO or en-US."
    fold = True

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads a locale and writes it the usual way."""
        example = self.example(field)

        def read(raw: object) -> Value:
            found = _SHAPE.fullmatch(as_text(raw, example).strip())
            if found is None:
                raise ValueProblem(
                    said(
                        "{raw} is not a locale: two letters for the language, a dash, two for the country.",
                        raw=shown(raw),
                    ),
                    example,
                    rule=said("is not a valid locale."),
                    code="invalid_locale",
                )
            return f"{found[1].lower()}-{found[2].upper()}"

        return read

    def sample(self, field: Field, n: int) -> Value:  # noqa: ARG002 - any locale will do
        """A European locale."""
        return _SAMPLES[n % len(_SAMPLES)]
