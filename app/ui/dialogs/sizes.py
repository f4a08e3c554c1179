"""How large a person made each dialog."""

from __future__ import annotations

from platformdirs import user_config_path
from PySide6.QtCore import QSettings, QSize


def remembered_size(name: str, first: QSize) -> QSize:
    """The size that the dialog had when it was last closed; `first` when it never was."""
    kept = dialog_settings().value(name)
    return kept if isinstance(kept, QSize) and kept.isValid() else first


def remember_size(name: str, size: QSize) -> None:
    """Keep the size of a dialog."""
    dialog_settings().setValue(name, size)


def dialog_settings() -> QSettings:
    """The file of what dialogs remember."""
    # Asked anew each time: dialogs open rarely, and the folder may be another one (a test's, a portable one).
    path = user_config_path("switchback", appauthor=False) / "dialogs.ini"
    return QSettings(str(path), QSettings.Format.IniFormat)
