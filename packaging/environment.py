"""Makes the project's own environment: system libraries, `.venv`, the program in it. Standard library only.

Written for Linux, macOS and Windows. On Debian and Ubuntu missing system packages are installed where that is
allowed (root, or sudo without a question); elsewhere the exact command is printed.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
OLDEST = (3, 11)

# Library by its file name, and the Debian package that brings it. Qt loads the first six even without a screen.
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
WINDOW = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-image.so.0": "libxcb-image0",
}


class CannotPrepare(Exception):
    """The environment cannot be made; the text says what to do."""


def say(text: str) -> None:
    """One line for the person at the terminal; never on standard output, which belongs to the program."""
    print(text, file=sys.stderr, flush=True)


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    if sys.platform.startswith("linux"):
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return True


def prepare(*, window: bool, test: bool = False) -> Path:
    """Make or refresh the environment; the path of its Python. Raises CannotPrepare."""
    if sys.version_info < OLDEST:
        raise CannotPrepare(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}.")
    if sys.platform.startswith("linux"):
        _system_libraries({**OFFSCREEN, **(WINDOW if window else {})})
        if test:
            _postgresql()
    python = _make_venv()
    _install(python, test=test)
    return python


def _system_libraries(wanted: dict[str, str]) -> None:
    missing = [package for library, package in wanted.items() if not _loads(library)]
    if missing and not _apt_install(missing):
        raise CannotPrepare(_advice(missing))


def _postgresql() -> None:
    """PostgreSQL's programs let the tests try the second database; without them those tests are skipped."""
    found = shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found and not _apt_install(["postgresql"]):
        say("PostgreSQL is not installed: its tests will be skipped.")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt_install(packages: list[str]) -> bool:
    """Install Debian packages if that is allowed here; whether it worked."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        prefix: list[str] = []
    elif shutil.which("sudo") and _works("sudo", "-n", "true"):
        prefix = ["sudo", "-n"]
    else:
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for command in ([*prefix, "apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        say(done.stderr.strip()[-2000:])
    return done.returncode == 0


def _works(*command: str | Path) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _advice(packages: list[str]) -> str:
    names = " ".join(packages)
    if shutil.which("apt-get"):
        return (
            f"System packages are missing. Install them with:\n  sudo apt-get install --no-install-recommends {names}"
        )
    return f"System libraries are missing (their Debian packages are called): {names}"


def venv_python() -> Path:
    """Where the environment's Python is, whether it is there or not."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _make_venv() -> Path:
    python = venv_python()
    if python.exists() and _works(python, "-m", "pip", "--version"):
        return python
    # Debian takes ensurepip out of Python and puts it into a package of its own.
    if not _works(sys.executable, "-c", "import ensurepip, venv") and not _apt_install(["python3-venv"]):
        raise CannotPrepare(_advice(["python3-venv"]))
    say("Making .venv ...")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotPrepare(f"The environment could not be made:\n{done.stdout}{done.stderr}")
    return python


def _install(python: Path, *, test: bool) -> None:
    """Install the program (its files stay where they are) unless nothing that matters has changed since."""
    extras = "postgresql,test" if test else "postgresql"
    recipe = (ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode() + sys.version.encode()
    stamp = VENV / f".installed-{'test' if test else 'run'}"
    digest = hashlib.sha256(recipe).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Installing Switchback and its libraries (once, about a minute) ...")
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", f"{ROOT}[{extras}]"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotPrepare(f"The libraries could not be installed:\n{done.stderr.strip()[-3000:]}")
    stamp.write_text(digest)
