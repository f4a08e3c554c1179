"""Elements of an XML text with their places; nothing that could harm the reader is taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from app.kernel.errors import Problem, UnreadableFile

MOST_BYTES = 4_000_000
"""Far more than the largest filter needs."""
MOST_LEVELS = 64
"""Elements inside elements: 25 levels of groups need fewer."""


@dataclass
class Tag:
    """An element: its attributes in their order, the text in it, its children, where it begins (from 1)."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    line: int
    column: int
    text: str = ""
    children: list[Tag] = field(default_factory=list)

    def error(self, message: str) -> UnreadableFile:
        """The error for this element."""
        return _unreadable(message, self.line, self.column)


def read_tags(text: str | bytes) -> Tag:
    """The root element. Raises UnreadableFile with line and column for anything that is no plain, well-formed XML."""
    if len(text) > MOST_BYTES:
        raise _unreadable(f"The XML is larger than {MOST_BYTES:,} bytes.", 1, 1)
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode() if isinstance(text, str) else text, True)
    except expat.ExpatError as error:
        said = expat.errors.messages.get(error.code, str(error))
        raise _unreadable(f"This is no well-formed XML: {said}.", error.lineno, error.offset + 1) from None
    except UnicodeEncodeError:
        raise _unreadable("The text contains half of a surrogate pair, which is no character.", 1, 1) from None
    assert reader.root is not None  # expat raises for a document without a root
    return reader.root


class _Reader:
    def __init__(self) -> None:
        self.root: Tag | None = None
        self._open: list[Tag] = []
        self.parser = parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: list[str]) -> None:
        pairs = tuple(zip(attributes[::2], attributes[1::2], strict=True))
        tag = Tag(name, pairs, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)
        if len(self._open) >= MOST_LEVELS:
            raise tag.error(f"The XML is more than {MOST_LEVELS} levels deep.")
        if self._open:
            self._open[-1].children.append(tag)
        else:
            self.root = tag
        self._open.append(tag)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].text += text

    def _refuse(self, *_what: object) -> None:
        message = "The XML declares a document type or entities, which a filter must not."
        raise _unreadable(message, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)


def _unreadable(message: str, line: int, column: int) -> UnreadableFile:
    hint = "Paste the FilterDefinition as the original exports it."
    problem = Problem("not_a_filter", message, f"line {line}, column {column}", hint)
    return UnreadableFile(message, (problem,), line=line, column=column, hint=hint)
