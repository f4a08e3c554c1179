"""EmailAddress: checked on every write."""

from __future__ import annotations

import re
from datetime import tzinfo

from app.data_extensions.data_extension import Field, Value
from app.data_extensions.kinds.kind import Reader, TextualKind, ValueProblem, as_text, shown
from app.kernel.said import said

MAX_LENGTH = 254
"""The most characters of an address (reference, section 6; RFC 5321, 4.5.3.1.3)."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(
    rf"(?=[^@]{{1,64}}@){_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{2,59}})"
)
_NAMES = ("astrid", "leila", "johan", "maja", "noah", "ingrid", "omar", "sofia")


class Email(TextualKind):
    """An email address: the usual form name@domain (RFC 5322's dot-atom), without quotes, comments or a host alone."""

    key = "email"
    label = "Email address"
    mc_type = "EmailAddress"
    help = f"An email address, up to {MAX_LENGTH} characters; its form is checked."
    fold = True

    def reader(self, field: Field, tz: tzinfo) -> Reader:  # noqa: ARG002 - no times here
        """Reads an address and checks its form; spaces around it are dropped."""
        example = self.example(field)

        def read(raw: object) -> Value:
            text = as_text(raw, example).strip()
            if len(text) > MAX_LENGTH:
                raise ValueProblem(
                    said(
                        "{text} has {n} characters; at most {max_length} fit.",
                        text=shown(text),
                        n=len(text),
                        max_length=MAX_LENGTH,
                    ),
                    example,
                    rule=said("exceeds the column's maximum length."),
                    code="too_long",
                )
            if _ADDRESS.fullmatch(text) is None:
                raise ValueProblem(
                    said("{raw} is not an email address.", raw=shown(raw)),
                    example,
                    rule=said("is not a valid email address. Parse error [InvalidEmailAddress]"),
                    code="invalid_email",
                )
            return text

        return read

    def sample(self, field: Field, n: int) -> Value:  # noqa: ARG002 - any address will do
        """An address in a domain that is kept for examples (RFC 2606)."""
        name = _NAMES[n % len(_NAMES)]
        return f"{name}@example.com" if n < len(_NAMES) else f"{name}{n}@example.com"
