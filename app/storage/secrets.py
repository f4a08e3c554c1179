"""This computer's place for secrets: the platform's keyring, or a file that only its owner can read."""

from __future__ import annotations

import json
import logging
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from app.kernel.errors import WorkspaceReadOnly
from app.kernel.said import said

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_log = logging.getLogger(__name__)

SERVICE = "Switchback"


class LocalSecrets:
    """Asks the keyring where there is a real one, else the file; found out at the first question, because finding a
    keyring takes a tenth of a second."""

    def __init__(self) -> None:
        self._place: KeyringSecrets | FileSecrets | None = None

    def read(self, name: str) -> str | None:
        """The secret of that name, or None."""
        return self._found().read(name)

    def write(self, name: str, secret: str) -> None:
        """Keep it where only its owner can read it."""
        self._found().write(name, secret)

    def _found(self) -> KeyringSecrets | FileSecrets:
        if self._place is None:
            backend = _real_keyring()
            self._place = FileSecrets(_default_file()) if backend is None else KeyringSecrets(backend, _default_file())
        return self._place


class KeyringSecrets:
    """The platform's keyring. One that refuses (it is locked, its service is gone) is not asked again: the file takes
    its place."""

    def __init__(self, backend: KeyringBackend, file: Path) -> None:
        self._backend: KeyringBackend | None = backend
        self._file = FileSecrets(file)

    def read(self, name: str) -> str | None:
        """The secret of that name, or None."""
        from keyring.errors import KeyringError

        if self._backend is not None:
            try:
                found = self._backend.get_password(SERVICE, name)
            except KeyringError:
                self._give_up()
            else:
                if found is not None:
                    return found
        return self._file.read(name)

    def write(self, name: str, secret: str) -> None:
        """Keep it."""
        from keyring.errors import KeyringError

        if self._backend is not None:
            try:
                self._backend.set_password(SERVICE, name, secret)
            except KeyringError:
                self._give_up()
            else:
                return
        self._file.write(name, secret)

    def _give_up(self) -> None:
        _log.info("the platform's keyring refuses; secrets go to a file that only its owner can read")
        self._backend = None


class FileSecrets:
    """A file in the platform's folder for configuration, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> str | None:
        """The secret of that name, or None."""
        value = self._all().get(name)
        return value if isinstance(value, str) else None

    def write(self, name: str, secret: str) -> None:
        """Keep it. Raises WorkspaceReadOnly where the folder may not be written."""
        content = json.dumps(self._all() | {name: secret}, indent=2).encode()
        fresh = self._path.with_name(f".{self._path.name}.{secrets.token_hex(4)}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # The mode counts from the first moment: nobody else can open it between making and protecting it.
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            raise WorkspaceReadOnly(
                said(
                    "The secret of this computer cannot be kept in {path}: {strerror}.",
                    path=self._path,
                    strerror=error.strerror,
                ),
                where=str(self._path),
                hint=said("Allow yourself to write to that folder."),
            ) from error
        finally:
            fresh.unlink(missing_ok=True)

    def _all(self) -> dict[str, object]:
        try:
            found = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (ValueError, OSError):
            _log.warning("%s cannot be read; it is written anew", self._path)
            return {}
        return found if isinstance(found, dict) else {}


def _default_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("Switchback", appauthor=False) / "secrets.json"


def _real_keyring() -> KeyringBackend | None:
    """The platform's keyring, or None where there is none that protects anything."""
    import keyring
    from keyring.errors import KeyringError

    try:
        backend = keyring.get_keyring()
        # Priorities below 1 are stand-ins: one that always fails, or one that writes plain text.
        return backend if backend.priority >= 1 else None
    except (KeyringError, RuntimeError):
        return None
