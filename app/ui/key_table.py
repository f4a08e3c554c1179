"""Every key of the window in one list: those that can be changed, and those that are as they are, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from app.ui.keymap import Keys, keymap, shown
from app.ui.translation import mark, tr

WINDOW, JOURNEY, CANVAS = "window", "journey", "canvas"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A command and its keys. `fixed` is the reason why they cannot be changed, "" where they can; `place` says
    where they count."""

    name: str
    text: str
    place: str
    default: Keys
    fixed: str = ""

    @property
    def keys(self) -> Keys:
        """The keys as they are now."""
        return self.default if self.fixed else keymap().keys(self.name, self.default)

    @property
    def scope(self) -> str:
        """WINDOW, JOURNEY or CANVAS."""
        return self.name.partition(".")[0]


_OUT = mark("Esc always leads out.")
_HAND = mark("A hand on the mouse holds it: it is part of a movement, not a command.")
_FIELD = mark("It belongs to a field or a list, and is the same in every program.")
_FILTER = mark("It belongs to the filter builder, where the same key means the same on every line.")

_FIXED: tuple[tuple[str, str, str, str], ...] = (
    (mark("Cancel what is under way; then the path, then the selection"), "Esc", "canvas", _OUT),
    (mark("Move what is seen, while dragging"), "Space", "canvas", _HAND),
    (mark("Take along everything after the dragged tile; add to the selection"), "Shift", "canvas", _HAND),
    (mark("Zoom, while turning the wheel"), "Ctrl", "canvas", _HAND),
    (mark("Add the palette's tile"), "Return", "palette", _FIELD),
    (mark("Find the next, or with Shift the one before"), "Return", "find", _FIELD),
    (mark("Keep the note that is being written"), "Ctrl+Return", "note", _FIELD),
    (mark("Add a condition"), "Ctrl+Return", "filter", _FILTER),
    (mark("Group, and take the group apart"), "Ctrl+G", "filter", _FILTER),
    (mark("Move the condition up, and with Down down"), "Alt+Up", "filter", _FILTER),
)
_PLACES = {
    "canvas": mark("Canvas"),
    "palette": mark("Palette"),
    "find": mark("Find bar"),
    "note": mark("Note"),
    "filter": mark("Filter"),
}


def key_lines() -> list[KeyLine]:
    """All of them, in the order of the menus; what is fixed comes last."""
    return [*_changeable(), *_fixed()]


def shown_keys(name: str) -> str:
    """The keys of a command as words for a tooltip, the first ones only; "" where it has none."""
    keys = keymap().keys(name, _defaults().get(name, ()))
    return shown(keys[:1])


def with_keys(text: str, name: str) -> str:
    """A tooltip that says the keys of its command behind it, where there are any."""
    keys = shown_keys(name)
    return f"{text} ({keys})" if keys else text


def _changeable() -> Iterator[KeyLine]:
    # The tables bring the canvas along, which is dear to import: only who lists keys pays for that.
    from app.ui.canvas.actions import COMMANDS as CANVAS_COMMANDS
    from app.ui.commands import COMMANDS as WINDOW_COMMANDS
    from app.ui.commands import MENUS, Command
    from app.ui.page_actions import COMMANDS as PAGE_COMMANDS

    for each in WINDOW_COMMANDS:
        if isinstance(each, Command):
            yield KeyLine(f"{WINDOW}.{each.name}", _plain(each.text), _plain(MENUS[each.menu]), each.default_keys)
    for page in PAGE_COMMANDS:
        yield KeyLine(f"{JOURNEY}.{page.name}", _plain(page.text), _plain(MENUS[page.menu]), page.keys)
    for canvas in CANVAS_COMMANDS:
        if not canvas.shares:
            yield KeyLine(f"{CANVAS}.{canvas.name}", _plain(canvas.text), tr("Canvas"), canvas.keys)


def _fixed() -> Iterator[KeyLine]:
    for at, (text, keys, place, reason) in enumerate(_FIXED):
        yield KeyLine(f"fixed.{at}", tr(text), tr(_PLACES[place]), (keys,), tr(reason))


def _plain(text: str) -> str:
    return tr(text).replace("&", "").removesuffix("…")


@cache
def _defaults() -> dict[str, Keys]:
    return {line.name: line.default for line in _changeable()}
