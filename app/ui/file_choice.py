"""Files that a person chooses: asked for in the folder where they last chose one, with names that every system takes,
and written whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from platformdirs import user_documents_path
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from app.kernel.errors import InvalidInput
from app.kernel.whole_file import write_whole
from app.ui.dialogs.sizes import dialog_settings
from app.ui.theme import theme
from app.ui.translation import mark, tr

WORKSPACES = mark("Workspaces (*.switchback *.db *.sqlite);;All files (*)")

_KEY = "folder"
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069<>:"/\\|?*]+')
"""What some system or other does not take in the name of a file, and what nobody sees there."""

_LONGEST = 120
_ARROWS = {"backButton": "chevron-left", "forwardButton": "chevron-right", "toParentButton": "arrow-up"}
"""The arrows of Qt's own dialog, which stands in where the platform has none: in the dark they are black, too."""


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """One file that is there; `kinds` as QFileDialog takes them ("Journeys (*.journey);;All files (*)"). None where
    the person thought better of it."""
    found = _chosen(_dialog(parent, title, kinds, QFileDialog.FileMode.ExistingFile))
    return found[0] if found else None


def files_to_open(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Files that are there; none where the person thought better of it."""
    return _chosen(_dialog(parent, title, kinds, QFileDialog.FileMode.ExistingFiles))


def file_to_save(parent: QWidget, title: str, name: str, ending: str, kinds: str = "") -> Path | None:
    """Where to write. `name` is proposed; a name without an ending gets `ending` ("csv") before the person is asked
    whether a file that is there may be replaced."""
    dialog = _dialog(parent, title, kinds or f"{ending.upper()} (*.{ending})", QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(f"{file_name(name)}.{ending}")
    found = _chosen(dialog)
    return found[0] if found else None


def file_name(text: str) -> str:
    """A text, the name of a journey for example, as the name of a file without its ending."""
    kept = _FORBIDDEN.sub("-", text).strip(" .-")[:_LONGEST].rstrip(" .-")
    return kept or "switchback"


def write_chosen(path: Path, content: bytes) -> None:
    """Write a file; raises InvalidInput where that cannot be, and what was there stays."""
    try:
        write_whole(path, content)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> InvalidInput:
    """The error that says why a file cannot be written, and what to do."""
    return InvalidInput(
        tr("{path} could not be written: {reason}.", path=path, reason=error.strerror or error),
        where=str(path),
        hint=tr("Choose a folder that exists and that you may write to."),
    )


def ask(dialog: QFileDialog) -> list[str]:
    """Show the platform's own dialog where it has one, and wait for the answer; empty where there is none."""
    return dialog.selectedFiles() if dialog.exec() else []


def _dialog(parent: QWidget, title: str, kinds: str, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(_folder()), kinds)
    dialog.setFileMode(mode)
    for name, icon in _ARROWS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(theme().icon(icon))
    return dialog


def _chosen(dialog: QFileDialog) -> list[Path]:
    found = [Path(each) for each in ask(dialog)]
    dialog.deleteLater()
    if found:
        dialog_settings().setValue(_KEY, str(found[0].parent))
    return found


def _folder() -> Path:
    """Where somebody last chose a file; the documents before that, or where that folder is gone."""
    kept = Path(str(dialog_settings().value(_KEY, "")))
    if kept.is_absolute() and kept.is_dir():
        return kept
    documents = user_documents_path()
    return documents if documents.is_dir() else Path.home()
