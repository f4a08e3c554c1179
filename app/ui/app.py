"""The window's process: application, theme, crash guard, first paint, and a clean end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSocketNotifier, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from app import __version__
from app.ui.collector import Collector
from app.ui.crash import CrashGuard
from app.ui.keymap import keymap
from app.ui.language import use_language
from app.ui.preferences import Preferences, folder_for
from app.ui.theme import theme
from app.ui.window import MainWindow

if TYPE_CHECKING:
    from app.services.workspace import Workspace

_SWITCH_SECONDS = 0.0005
"""How long a job may keep the interpreter from the window. With the usual 5 ms a list of 500 events that is painted
while a job explains 500 others waits for it at every row: 330 ms instead of 50."""

_FRAME = QSize(8, 40)
"""What the platform's frame and title bar need around a window, about."""


def run(
    open_workspace: Callable[[str | None], Workspace],
    location: str | None,
    files: Sequence[str],
    serve_command: Sequence[str],
) -> int:
    """Show the window until it is closed; the process's exit status.

    `open_workspace` is called off the GUI thread, after the first paint. `location` None means the one that was
    open last, or else the default one. `files` are `.journey` files to preview for import. `serve_command` starts
    the local API; `--workspace` and `--port` are added to it.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = make_application()
    use_language(app)
    preferences = Preferences()
    keymap().use(preferences)
    theme().set_reduce_motion(preferences.reduce_motion)
    theme().set_mode(preferences.theme)
    theme().apply(app)
    guard = CrashGuard(folder_for(QStandardPaths.StandardLocation.GenericStateLocation) / "log")
    guard.install()
    window = MainWindow(open_workspace, serve_command, preferences, guard)
    _fit_the_screen(window, first=preferences.geometry is None)
    window.show()
    window.start(location, [Path(file) for file in files])
    stop_listening = close_on_signals(window)
    collector = Collector()
    collector.start()
    status = app.exec()
    collector.stop()
    stop_listening()
    guard.remove()
    return status


def close_on_signals(window: QWidget) -> Callable[[], None]:
    """Ctrl+C in the terminal and SIGTERM close the window as its own button does; returns what ends that.

    Python handles a signal only between its own instructions, and Qt's loop runs none while it waits: the socket that
    Python writes to wakes it.
    """
    import signal
    import socket

    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    old = {name: signal.signal(name, lambda *_: None) for name in (signal.SIGINT, signal.SIGTERM)}
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, window)

    def woken() -> None:
        ours.recv(64)
        window.close()

    notifier.activated.connect(woken)

    def stop() -> None:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
        for name, handler in old.items():
            signal.signal(name, handler)
        ours.close()
        theirs.close()

    return stop


def _fit_the_screen(window: MainWindow, *, first: bool) -> None:
    """A window is not larger than its screen, the first one not with its frame: a laptop must show the status bar.

    Qt does not take back the geometry of a much larger screen, and leaves the window at its first size.
    """
    room = window.screen().availableGeometry().size()
    if first or window.size().boundedTo(room) != window.size():
        window.resize(window.size().boundedTo(room - _FRAME))


def make_application() -> QApplication:
    """The application, with its name; the one that is there when there is one."""
    QGuiApplication.setDesktopFileName("switchback")
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("switchback")
    app.setApplicationDisplayName("Switchback")
    app.setApplicationVersion(__version__)
    app.setWindowIcon(theme().icon("switchback", "accent", 64))
    return app
