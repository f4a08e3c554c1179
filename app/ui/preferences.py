"""What the window remembers about the person at it; what belongs to a workspace is kept in the workspace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from app.ui.secret_location import without_password

_RECENT = 8


class Preferences:
    """Typed access to one settings file in the platform's configuration folder."""

    def __init__(self, file: Path | None = None) -> None:
        path = file or folder_for(QStandardPaths.StandardLocation.GenericConfigLocation) / "window.ini"
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def flush(self) -> None:
        """Write now rather than when Qt finds the time."""
        self._settings.sync()

    @property
    def theme(self) -> str:
        """ "light", "dark" or "system"."""
        found = str(self._settings.value("look/theme", "system"))
        return found if found in {"light", "dark", "system"} else "system"

    @theme.setter
    def theme(self, mode: str) -> None:
        self._settings.setValue("look/theme", mode)

    @property
    def reduce_motion(self) -> bool:
        """Whether nothing moves by itself."""
        return self._flag("look/reduce_motion", default=False)

    @reduce_motion.setter
    def reduce_motion(self, on: bool) -> None:
        self._settings.setValue("look/reduce_motion", on)

    @property
    def api_at_start(self) -> bool:
        """Whether the local API starts with the window."""
        return self._flag("api/at_start", default=True)

    @api_at_start.setter
    def api_at_start(self, on: bool) -> None:
        self._settings.setValue("api/at_start", on)

    @property
    def api_port(self) -> int:
        """The port that the local API tries first."""
        try:
            port = int(str(self._settings.value("api/port", 8025)))
        except ValueError:
            return 8025
        return port if 0 < port < 65536 else 8025

    @api_port.setter
    def api_port(self, port: int) -> None:
        self._settings.setValue("api/port", port)

    @property
    def api_rate_limit(self) -> int:
        """How many calls a second each client may make; 0 sets no limit."""
        try:
            return max(0, int(str(self._settings.value("api/rate_limit", 0))))
        except ValueError:
            return 0

    @api_rate_limit.setter
    def api_rate_limit(self, calls: int) -> None:
        self._settings.setValue("api/rate_limit", calls)

    @property
    def shortcuts(self) -> Mapping[str, tuple[str, ...]]:
        """Keys that were put in the place of the defaults, by the name of their command."""
        try:
            found = json.loads(str(self._settings.value("keys/shortcuts", "{}")))
        except ValueError:
            return {}
        kept = found.items() if isinstance(found, dict) else ()
        return {name: tuple(map(str, keys)) for name, keys in kept if isinstance(keys, list)}

    @shortcuts.setter
    def shortcuts(self, shortcuts: Mapping[str, tuple[str, ...]]) -> None:
        self._settings.setValue("keys/shortcuts", json.dumps(shortcuts))

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        found = self._settings.value("window/geometry")
        return found if isinstance(found, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._settings.setValue("window/geometry", geometry)

    @property
    def recent(self) -> tuple[str, ...]:
        """Workspaces that were open, newest first. A URL is kept without its password."""
        return self._texts("workspaces/recent")

    def remember_workspace(self, location: str) -> None:
        """Put a workspace at the head of the recent ones."""
        kept = [location, *(r for r in self.recent if r != location)]
        self._settings.setValue("workspaces/recent", kept[:_RECENT])

    def tabs(self, location: str) -> tuple[str, ...]:
        """Keys of the tabs that were open on a workspace."""
        return self._texts(f"tabs/{_safe(location)}")

    def remember_tabs(self, location: str, keys: tuple[str, ...]) -> None:
        """Keep them for the next start."""
        self._settings.setValue(f"tabs/{_safe(location)}", list(keys))

    def front(self, location: str) -> str:
        """The key of the tab that was in front on a workspace; "" where that is not known."""
        return str(self._settings.value(f"front/{_safe(location)}", ""))

    def remember_front(self, location: str, key: str) -> None:
        """Keep it for the next start."""
        self._settings.setValue(f"front/{_safe(location)}", key)

    def _texts(self, key: str) -> tuple[str, ...]:
        found = self._settings.value(key, [])
        if isinstance(found, str):  # a list of one comes back from the file as a word
            return (found,)
        return tuple(str(item) for item in found) if isinstance(found, list) else ()

    def _flag(self, key: str, *, default: bool) -> bool:
        return str(self._settings.value(key, default)).lower() == "true"


def _safe(location: str) -> str:
    """A location as a settings key, where a slash would make a group; a password is kept nowhere."""
    return without_password(location)[0].replace("/", "|").replace("\\", "|")


def folder_for(location: QStandardPaths.StandardLocation) -> Path:
    """Our folder in one of the platform's own."""
    return Path(QStandardPaths.writableLocation(location)) / "switchback"
