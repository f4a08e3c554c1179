"""A sentence that is its English text, and still knows what it was made of, so that a window can say it otherwise.

said("{name} has no subject.", name=tile.name)
counted("{n} problem", "{n} problems", len(problems))    # a number decides the words, by each language's own rules
listed(names)                                            # "a, b, c", with each language's own sign between them
joined("{first} and {rest}", conditions)                 # the same with other words between them
sentences(problem.message, problem.hint)                 # whole sentences one after another; empty ones are left out
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

LIST = "{first}, {rest}"
SENTENCES = "{first} {rest}"


class Said(str):
    """English text as any other, which knows its parts. `str(text)` is the bare text.

    `template` and `values` are what it was made of. Where a number decides the words, `one` is the template for one
    thing, `template` that for many, and the number is the value `n`. Of a list or of several sentences `members` are
    the parts and `template` says how two are joined.
    What is cut, joined or put into an f-string is bare text again and stays English in every language.
    """

    template: str
    values: Mapping[str, object]
    one: str = ""
    members: tuple[str, ...] = ()

    def __new__(
        cls,
        text: str,
        template: str = "",
        values: Mapping[str, object] | None = None,
        *,
        one: str = "",
        members: tuple[str, ...] = (),
    ) -> Said:
        made = super().__new__(cls, text)
        made.template = template or text
        made.values = values or {}
        made.one = one
        made.members = members
        return made


def said(template: str, /, **values: object) -> Said:
    """`template` with its `{name}`s filled in; without values it is taken as it stands and may hold braces.

    Write the template as one literal: translators get their list from these calls. A value may be such a text itself.
    A whole number as `{n:,}` gets the separators of the language, as `{n}` its digits alone.
    """
    # Some are made for every event, so this goes without the calls that the class would need.
    made = _new(Said, template.format(**values) if values else template)
    made.template = template
    made.values = values
    return made


_new = str.__new__


def counted(one: str, many: str, n: int, /, **values: object) -> Said:
    """The text for `n` things: `one` or `many` in English, and as many forms as another language has."""
    values = {"n": n, **values}
    return Said((one if n == 1 else many).format(**values), many, values, one=one)


def joined(template: str, items: Iterable[str], /) -> Said:
    """The items in their order; `template` says how two are joined: "{first} and {rest}". Empty text for none."""
    members = tuple(items)
    if not members:
        return Said("")
    return Said(template.format(first="", rest="").join(members), template, members=members)


def listed(items: Iterable[str], /) -> Said:
    """The items in their order with commas between them; empty text for none."""
    return joined(LIST, items)


def sentences(*parts: str) -> Said:
    """The parts one after another, as a paragraph has them; empty ones are left out."""
    return joined(SENTENCES, (part for part in parts if part))


def to_parts(text: str) -> Mapping[str, Any] | str:
    """The text as JSON values with all it was made of; bare text stays what it is. `from_parts` reads them."""
    return {"text": str(text), **beside(text)} if isinstance(text, Said) else text


def beside(text: Said) -> dict[str, Any]:
    """What is kept beside the text itself, as JSON values; with it as `text` they are what `from_parts` reads."""
    parts: dict[str, Any] = {}
    if text.template != text:
        parts["template"] = text.template
    if text.values:
        parts["values"] = {
            name: value if type(value) is str else _value_to_parts(value) for name, value in text.values.items()
        }
    if text.one:
        parts["one"] = text.one
    if text.members:
        parts["members"] = [to_parts(each) for each in text.members]
    return parts


def from_parts(parts: object) -> str:
    """The text that `to_parts` gave. What does not fit together, or is none, comes back as bare text."""
    if not isinstance(parts, Mapping):
        return str(parts)
    text, template, one = (str(parts.get(name, "")) for name in ("text", "template", "one"))
    values, members = parts.get("values", {}), parts.get("members", ())
    if not isinstance(values, Mapping) or not isinstance(members, list | tuple):
        return text
    known = {str(name): from_parts(value) if isinstance(value, Mapping) else value for name, value in values.items()}
    made = Said(text, template, known, one=one, members=tuple(from_parts(each) for each in members))
    return made if _fits(made) else text


def small(text: str) -> str:
    """The sentence with a small first letter, for behind another's colon; other languages begin it as it stands."""
    begun = text[:1].lower() + text[1:]
    if not isinstance(text, Said):
        return begun
    members = (small(text.members[0]), *text.members[1:]) if text.members else ()
    return Said(begun, text.template, text.values, one=text.one, members=members)


def bare(value: object) -> str:
    """For encoders that know `str` alone (msgspec's `enc_hook`): the bare text. Raises NotImplementedError for else."""
    if isinstance(value, Said):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be written as JSON")


def _value_to_parts(value: object) -> object:
    if isinstance(value, str):
        return to_parts(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _fits(text: Said) -> bool:
    """Whether each template can be filled in with the values: a window must not stumble over what was kept."""
    if text.members:
        return all(place in text.template for place in ("{first}", "{rest}"))
    if text.one and not isinstance(text.values.get("n"), int):
        return False
    try:
        return not text.values or all(isinstance(each.format(**text.values), str) for each in (text.template, text.one))
    except (LookupError, ValueError, AttributeError, TypeError):
        return False
