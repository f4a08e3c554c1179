"""Context menus of the canvas: what can be done with what lies under the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from app.journey.journey import ENTRY, Place
from app.journey.places import legal_targets
from app.ui.canvas.hits import Hit
from app.ui.theme import theme
from app.ui.translation import tr

if TYPE_CHECKING:
    from app.ui.canvas.view import CanvasView

_MOST_TARGETS = 24


def context_menu(view: CanvasView, found: Hit) -> QMenu:
    """The menu for a hit; the caller shows it."""
    menu = QMenu(view)
    actions = view.actions_of.by_name
    if found.kind in ("wire", "plus") and found.place is not None:
        _for_place(menu, view, found.place)
    elif found.kind in ("tile", "badge", "copy", "code", "slot"):
        _for_tile(menu, view, found.key)
    elif found.kind == "note":
        edit = menu.addAction(theme().icon("edit"), tr("Edit note"))
        edit.triggered.connect(lambda _checked=False: view.edit_note.emit(found.key))
        menu.addAction(actions["delete"])
    else:
        for name in ("add", "paste", "note"):
            menu.addAction(actions[name])
        menu.addSeparator()
        for name in ("select_all", "find", "fit", "natural"):
            menu.addAction(actions[name])
    return menu


def _for_tile(menu: QMenu, view: CanvasView, key: str) -> None:
    actions = view.actions_of.by_name
    names: tuple[str, ...] = ("open", "add", "")
    if key != ENTRY:
        names += (
            "rename",
            "replace",
            "disable",
            "",
            "cut",
            "copy",
            "paste",
            "duplicate",
            "",
            "move_earlier",
            "move_later",
            "connect",
            "disconnect",
            "",
            "path_up",
            "path_down",
            "swap_paths",
            "",
        )
        names += ("group", "ungroup", "")
    names += ("note", "select_after", "select_before", "", "delete")
    if key != ENTRY:
        names += ("delete_branch",)
    for name in names:
        if name:
            menu.addAction(actions[name])
        else:
            menu.addSeparator()


def _for_place(menu: QMenu, view: CanvasView, place: Place) -> None:
    editable = not view.document.read_only
    wire = view.scene.wires.get(place)
    place = view.scene.real(place)
    add = menu.addAction(theme().icon("plus"), tr("Add an activity here…"))
    add.triggered.connect(lambda _checked=False: view.add_at.emit(place, None))
    paste = menu.addAction(theme().icon("paste"), tr("Paste here"))
    paste.triggered.connect(lambda _checked=False: view.commands.paste(place))
    if wire is not None and wire.target is None:
        targets = [key for key, reason in legal_targets(view.document.journey, place).items() if reason is None]
        join = menu.addMenu(theme().icon("join"), tr("Go on at"))
        join.setEnabled(editable and bool(targets))
        for key in targets[:_MOST_TARGETS]:
            go = join.addAction(view.scene.tile(key).title)
            go.triggered.connect(lambda _checked=False, key=key: view.commands.connect(place, key))
    elif wire is not None:
        cut = menu.addAction(theme().icon("cut"), tr("Cut this connector"))
        cut.triggered.connect(lambda _checked=False: view.commands.disconnect(place))
        cut.setEnabled(editable and place.source != ENTRY)
    for action in (add, paste):
        action.setEnabled(editable)
