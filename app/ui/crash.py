"""What nobody caught: into the log, and to a dialog that lets people carry on. Never a silent end."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, qInstallMessageHandler, qVersion

from app import __version__
from app.kernel.errors import SwitchbackError

_log = logging.getLogger("switchback")
_qt_log = logging.getLogger("qt")
_LONG_LOG = 2_000_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashGuard(QObject):
    """Hears of every exception that escaped, in any thread, and of Qt's own messages.

    `trouble` (a SwitchbackError) and `crashed` (a report as text) are emitted on the thread that made the guard.
    `log_file` is where everything is written; `remove` puts back what was there before.
    """

    trouble = Signal(object)
    crashed = Signal(str)
    _caught = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder.mkdir(parents=True, exist_ok=True)
        self.log_file = folder / "switchback.log"
        _put_aside(self.log_file)
        self._handler = logging.FileHandler(self.log_file, encoding="utf-8", delay=True)
        self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self._faults: TextIO | None = None
        self._before: tuple[Callable[..., object], Callable[..., object]] | None = None
        self._caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Start to listen."""
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(min(root.level, logging.INFO))
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._escaped
        threading.excepthook = self._escaped_in_thread
        qInstallMessageHandler(_from_qt)
        # Kept open on purpose: a fault of the interpreter writes to it when nothing else works any more.
        self._faults = (self.log_file.parent / "faults.log").open("a", encoding="utf-8")
        faulthandler.enable(self._faults)

    def remove(self) -> None:
        """Stop to listen."""
        if self._before is None:
            return
        sys.excepthook, threading.excepthook = self._before
        self._before = None
        qInstallMessageHandler(None)
        faulthandler.disable()
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        if self._faults is not None:
            self._faults.close()

    def report(self, error: BaseException) -> None:
        """Take an error that a piece of work brought back."""
        self._caught.emit(error)

    def _escaped(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error)

    def _escaped_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, SwitchbackError):
            _log.info("%s: %s", type(error).__name__, error.message)
            self.trouble.emit(error)
            return
        text = "".join(traceback.format_exception(error))
        _log.error("not caught:\n%s", text)
        self.crashed.emit(crash_report(text))


def crash_report(trace: str) -> str:
    """What to send along: versions, system, and the way to the error. It holds no data of the workspace's rows
    beyond what the error itself says."""
    import platform

    versions = f"Switchback {__version__}, Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}"
    return f"{versions}\n\n{trace}"


def _from_qt(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def _put_aside(log_file: Path) -> None:
    """Begin a new log when this one has grown; one older is kept. (The library's rotating handler imports sockets and
    more, which the first paint would pay for.)"""
    try:
        if log_file.stat().st_size > _LONG_LOG:
            log_file.replace(log_file.with_suffix(".old.log"))
    except OSError:
        return  # no log yet, or another window has it open: this one goes on in the same file
