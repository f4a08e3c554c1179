"""Text: anything that can be written, up to the field's length."""

from __future__ import annotations

from datetime import tzinfo

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Reader, TextualKind, ValueProblem, as_text, check_characters, shown
from app.kernel.said import said

MAX_LENGTH = 4000
"""The most characters of a text (reference, section 6)."""
MAX_KEY_LENGTH = 450
"""The most characters of a text in a primary key: 900 bytes of SQL Server's index, and within PostgreSQL's."""

_SAMPLES = {
    "first name": ("Astrid", "Leila", "Johan", "Maja", "Noah", "Ingrid", "Omar", "Sofia"),
    "last name": ("Berg", "Haddad", "Lind", "Nowak", "Olsen", "Solberg", "Ali", "Rossi"),
    "country": ("NO", "SE", "DK", "FI", "DE", "FR", "NL", "GB"),
    "city": ("Oslo", "Malmö", "Aarhus", "Turku", "Kiel", "Lyon", "Delft", "Leeds"),
    "loyalty": ("Gold", "Silver", "Bronze", "Gold", "Silver", "None", "Bronze", "Silver"),
    "product": ("Trail shoes", "Rain jacket", "Head torch", "Tent", "Backpack", "Stove", "Map", "Wool socks"),
}


def max_length(field: Field) -> int:
    """The most characters that a Text field takes."""
    if field.length is not None:
        return field.length
    return MAX_KEY_LENGTH if field.primary_key else MAX_LENGTH


class Text(TextualKind):
    """Text. A JSON number or truth value is taken as its text."""

    key = "text"
    label = "Text"
    mc_type = "Text"
    help = f"Letters, digits and anything else, up to {MAX_LENGTH} characters."
    fold = True
    has_length = True
    blank_is_value = True

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads a text and checks its length."""
        most = max_length(field)
        example = self.example(field)

        def read(raw: object) -> Value:
            if type(raw) is str:
                if not raw.isascii() or "\0" in raw:
                    check_characters(raw, example)
                text = raw
            else:
                text = as_text(raw, example)
            if len(text) > most:
                raise ValueProblem(
                    said("{text} has {n} characters; at most {most} fit.", text=shown(text), n=len(text), most=most),
                    example,
                    rule=said("exceeds the column's maximum length."),
                    code="too_long",
                )
            return text

        return read

    def sample(self, field: Field, n: int) -> Value:
        """A believable text, after the field's name where it says something."""
        name = field.name.lower()
        most = max_length(field)
        if field.primary_key or name.endswith(("key", " id", "number", "code")):
            text = f"NTO-{1001 + n}"
        else:
            words = next((s for word, s in _SAMPLES.items() if word in name), None)
            text = words[n % len(words)] if words else f"{field.name} {n + 1}"
        return text if len(text) <= most else f"{n}"[-most:]
