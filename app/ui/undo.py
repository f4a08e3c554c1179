"""The one undo command of the window: it carries an edit, whatever the edit is, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QUndoCommand, QUndoStack

from app.journey.edits import Compound, Edit, edit_from_document
from app.kernel.said import from_parts, to_parts
from app.ui.translation import shown

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument

KEPT = 200
"""Edits that are kept with the draft; more can be taken back while the journey stays open."""

_FORMAT = 1


class EditCommand(QUndoCommand):
    """An edit that was applied. A kept one (from an earlier session) is read only when it is taken back or redone."""

    def __init__(
        self, document: JourneyDocument, label: str, edit: Edit | Mapping[str, Any], back: Edit | Mapping[str, Any]
    ) -> None:
        """The edit has happened already: pushing the command does nothing more."""
        super().__init__(shown(label))
        self._label = label
        self._document = document
        self._edit = edit
        self._back = back
        self._pushed = False
        self._kept: dict[str, Any] | None = None

    def redo(self) -> None:
        """Apply the edit again."""
        if not self._pushed:
            self._pushed = True
            return
        self._document.put(self.way(back=False))

    def undo(self) -> None:
        """Take the edit back."""
        self._document.put(self.way(back=True))

    def way(self, *, back: bool) -> Edit:
        """The edit itself, or the one that takes it back."""
        if back:
            self._back = _read(self._back)
            return self._back
        self._edit = _read(self._edit)
        return self._edit

    def to_document(self) -> dict[str, Any]:
        """The command as JSON values; made once, because a draft is saved after every edit."""
        if self._kept is None:
            label = to_parts(self._label)
            self._kept = {"label": str(self._label), "edit": _write(self._edit), "back": _write(self._back)}
            if not isinstance(label, str):
                self._kept["said"] = label  # beside the text, which is what an older Switchback reads
        return self._kept


def jump(document: JourneyDocument, index: int) -> None:
    """Take back, or make again, every edit between here and there; what comes of it is shown once, and not each state
    on the way."""
    stack = document.undo_stack
    back = index < stack.index()
    between = range(stack.index() - 1, index - 1, -1) if back else range(stack.index(), index)
    commands = [stack.command(number) for number in between]
    document.put(Compound(tuple(each.way(back=back) for each in commands if isinstance(each, EditCommand)), ""))
    with document.standing_still():
        stack.setIndex(index)


def history_to_document(stack: QUndoStack) -> dict[str, Any]:
    """The last edits of a stack and where in them the journey stands."""
    first = max(0, stack.index() - KEPT)
    last = min(stack.count(), first + KEPT)
    commands = [stack.command(number) for number in range(first, last)]
    edits = [command.to_document() for command in commands if isinstance(command, EditCommand)]
    return {"format": _FORMAT, "edits": edits, "index": stack.index() - first}


def restore_history(document: JourneyDocument, stack: QUndoStack, kept: Mapping[str, Any]) -> None:
    """Fill an empty stack with a kept history. One that cannot be read is left out: the journey is safe."""
    edits = kept.get("edits")
    index = kept.get("index")
    if kept.get("format") != _FORMAT or not isinstance(edits, Sequence) or not isinstance(index, int):
        return
    for each in edits:
        if not isinstance(each, Mapping) or not all(name in each for name in ("label", "edit", "back")):
            stack.clear()
            return
        label = from_parts(each.get("said", each["label"]))
        stack.push(EditCommand(document, label, each["edit"], each["back"]))
    with document.standing_still():
        stack.setIndex(max(0, min(index, stack.count())))


def _read(edit: Edit | Mapping[str, Any]) -> Edit:
    return edit if isinstance(edit, Edit) else edit_from_document(edit)


def _write(edit: Edit | Mapping[str, Any]) -> Mapping[str, Any]:
    return edit.to_document() if isinstance(edit, Edit) else edit
