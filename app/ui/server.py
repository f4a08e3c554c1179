"""The local API as a child process: started, watched, restarted, and ended with the window."""

from __future__ import annotations

import re
import signal
from collections import deque
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEventLoop, QObject, QProcess, QProcessEnvironment, QTimer, Signal

from app.ui.secret_location import without_password

_LISTENING = re.compile(r"Listening on (http://\S+)")
_KEPT_LINES = 2000
_BACK_OFF_MS = (500, 1000, 2000, 4000, 8000)
"""Waits between starts; after the last one it stays down and says why."""
_STEADY_MS = 30_000
"""Up that long, it counts as recovered: the next failure starts from the shortest wait."""
_END_MS = 4000
_ENDED = "The API ended"


class ServerState(Enum):
    """What the status bar shows."""

    OFF = "off"
    STARTING = "starting"
    ON = "on"
    STOPPING = "stopping"
    WAITING = "waiting"
    FAILED = "failed"


class ServerControl(QObject):
    """Keeps `serve_command` running while it is wanted.

    The child ends by itself when its standard input closes, which also happens when this process dies. `changed`
    tells of every change of state; `line_read` of every line that it wrote.
    """

    changed = Signal()
    line_read = Signal(str)

    def __init__(self, serve_command: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(serve_command)
        self._location = ""
        self._port = 0
        self._rate_limit = 0
        self._wanted = False
        self._at_once = False
        self._failures = 0
        self.state = ServerState.OFF
        self.address = ""
        self.problem = ""
        self.taken_port = 0
        """The port that was wished for and is another program's; 0: the API has the one that was wished for."""
        self.lines: deque[str] = deque(maxlen=_KEPT_LINES)
        self._complaint = ""
        self._process: QProcess | None = None
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._launch)
        self._steady = QTimer(self, singleShot=True, interval=_STEADY_MS)
        self._steady.timeout.connect(self._forget_failures)

    @property
    def wanted(self) -> bool:
        """Whether it should run."""
        return self._wanted

    @property
    def is_up(self) -> bool:
        """Whether it answers, or will: what the switch would stop."""
        return self.state in (ServerState.ON, ServerState.STARTING, ServerState.WAITING)

    def start(self, location: str, port: int, rate_limit: int = 0) -> None:
        """Serve the workspace at `location`, on `port` if it is free, else on any. `rate_limit` is how many calls a
        second each client may make, 0 for any number."""
        self._location = location
        self._port = port
        self._rate_limit = rate_limit
        self._failures = 0
        self._wanted = True
        if self._process is None:
            self._launch()

    def restart(self, location: str, port: int, rate_limit: int = 0) -> None:
        """End it politely, and start it as `start` does."""
        self.stop()
        if self._process is None:
            self.start(location, port, rate_limit)
            return
        self._location, self._port, self._rate_limit = location, port, rate_limit
        self._at_once = True

    def stop(self) -> None:
        """End it politely; it finishes what it accepted."""
        self._wanted = self._at_once = False
        self._again.stop()
        if self._process is None:
            self._become(ServerState.OFF)
            return
        self._become(ServerState.STOPPING)
        self._process.closeWriteChannel()
        process = self._process
        QTimer.singleShot(_END_MS, self, lambda: self._insist(process))

    def close(self) -> None:
        """End it and come back then, for the end of the window: that stays painted, but takes no click and no key."""
        self._wanted = False
        self._again.stop()
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._ended)
        process.closeWriteChannel()
        if not _ends(process):
            process.kill()
            process.waitForFinished(_END_MS)
        self._read_from(process)
        process.deleteLater()
        self._become(ServerState.OFF)

    def _launch(self) -> None:
        self.taken_port = 0 if _is_free(self._port) else self._port
        if self.taken_port:
            self._note(f"Port {self.taken_port} is taken by another program: the API listens on another one.")
        port = 0 if self.taken_port else self._port
        location, password = without_password(self._location)
        arguments = [*self._command[1:], "--workspace", location, "--port", str(port)]
        if self._rate_limit:
            arguments += ["--rate-limit", str(self._rate_limit)]
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        if password:
            # Everybody on this machine may read a command line, but not an environment.
            environment.insert("PGPASSWORD", password)
        environment.insert("PYTHONUNBUFFERED", "1")
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        process.readyRead.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._error)
        self._process = process
        self.address = self._complaint = ""
        self._become(ServerState.STARTING)
        process.start(self._command[0], arguments)

    def _read(self) -> None:
        if self._process is not None:
            self._read_from(self._process)

    def _read_from(self, process: QProcess) -> None:
        while process.canReadLine() or (
            process.state() == QProcess.ProcessState.NotRunning and process.bytesAvailable()
        ):
            line = bytes(process.readLine().data()).decode("utf-8", "replace").rstrip()
            if not line:
                continue
            self.lines.append(line)
            self.line_read.emit(line)
            found = _LISTENING.search(line)
            self._complaint = "" if found else line
            if found:
                self.address = found.group(1)
                self.problem = ""
                self._steady.start()
                self._become(ServerState.ON)

    def _error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._note(f"{self._command[0]} could not be started: {self._process.errorString()}")
            self._process.deleteLater()
            self._process = None
            self._come_back()

    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        self._read_from(self._process)
        self._process.deleteLater()
        self._process = None
        self._steady.stop()
        self.address = ""
        if not self._wanted:
            self._become(ServerState.OFF)
            if self._at_once:
                self.restart(self._location, self._port, self._rate_limit)
            return
        self._note(_how_it_ended(code, status))
        self._come_back()

    def _come_back(self) -> None:
        # Its own last complaint says more than how it ended, where it had one.
        self.problem = self._complaint or self.lines[-1]
        if self._failures >= len(_BACK_OFF_MS):
            self._wanted = False
            self._become(ServerState.FAILED)
            return
        self._again.start(_BACK_OFF_MS[self._failures])
        self._failures += 1
        self._become(ServerState.WAITING)

    def _note(self, line: str) -> None:
        self.lines.append(line)
        self.line_read.emit(line)

    def _forget_failures(self) -> None:
        self._failures = 0

    def _insist(self, process: QProcess) -> None:
        if process is self._process and process.state() != QProcess.ProcessState.NotRunning:
            process.kill()

    def _become(self, state: ServerState) -> None:
        self.state = state
        self.changed.emit()


def _ends(process: QProcess) -> bool:
    """Whether it ends in time."""
    loop = QEventLoop()
    process.finished.connect(loop.quit)
    if process.state() != QProcess.ProcessState.NotRunning:
        QTimer.singleShot(_END_MS, loop, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return process.state() == QProcess.ProcessState.NotRunning


def _how_it_ended(code: int, status: QProcess.ExitStatus) -> str:
    """For the log. Qt gives the number of the signal as the code of a process that was killed."""
    if status == QProcess.ExitStatus.NormalExit:
        return f"{_ENDED} by itself with status {code}."
    names = {each.value: each.name for each in signal.Signals}
    return f"{_ENDED}: it was killed or crashed ({names.get(code, code)})."


def _is_free(port: int) -> bool:
    """Whether something could listen on that port of this machine now."""
    if port == 0:
        return True
    import socket  # dear, and not needed for the first paint

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
