"""The local API's child: real processes that listen, fail, and outlive nobody."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from app.ui import server as server_module
from app.ui.secret_location import without_password
from app.ui.server import ServerControl, ServerState
from app.ui.status_bar import StatusBar

SERVE = """
import sys
print("Listening on http://127.0.0.1:" + sys.argv[sys.argv.index("--port") + 1], flush=True)
if "--rate-limit" in sys.argv:
    print("limit " + sys.argv[sys.argv.index("--rate-limit") + 1], flush=True)
print("serving " + sys.argv[sys.argv.index("--workspace") + 1], flush=True)
sys.stdin.read()
print("finished", flush=True)
"""
FAIL = 'import sys; print("the port is taken", flush=True); sys.exit(2)'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def make(qtbot, tmp_path: Path):
    made: list[ServerControl] = []

    def build(code: str) -> ServerControl:
        script = tmp_path / "serve.py"
        script.write_text(code)
        control = ServerControl([sys.executable, str(script)])
        made.append(control)
        return control

    yield build
    for control in made:
        control.close()
        control.deleteLater()


def test_the_window_goes_on_while_it_is_ended(qtbot, make, tmp_path: Path) -> None:
    control = make(
        SERVE.replace(
            "sys.stdin.read()",
            """sys.stdin.read()
import pathlib, time
while not pathlib.Path(sys.argv[0]).with_name("go").exists():
    time.sleep(0.01)""",
        )
    )
    control.start("/somewhere/a.switchback", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    QTimer.singleShot(50, lambda: (tmp_path / "go").touch())  # nothing lets it end but the window's loop
    control.close()
    assert control.lines[-1] == "finished"
    assert control.state is ServerState.OFF


def test_it_starts_says_where_and_stops_by_closing_the_input(qtbot, make) -> None:
    control = make(SERVE)
    port = free_port()
    control.start("/somewhere/a.switchback", port)
    assert control.state is ServerState.STARTING
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    assert control.address == f"http://127.0.0.1:{port}"
    qtbot.waitUntil(lambda: "serving /somewhere/a.switchback" in control.lines)
    control.stop()
    qtbot.waitUntil(lambda: control.state is ServerState.OFF, timeout=30_000)
    assert control.lines[-1] == "finished"
    assert control.address == ""


def test_a_limit_of_calls_goes_with_it(qtbot, make) -> None:
    control = make(SERVE)
    control.start("w", free_port(), 5)
    qtbot.waitUntil(lambda: "serving w" in control.lines, timeout=30_000)
    assert "limit 5" in control.lines
    control.stop()
    qtbot.waitUntil(lambda: control.state is ServerState.OFF, timeout=30_000)


def test_a_taken_port_is_not_insisted_on(qtbot, make) -> None:
    control = make(SERVE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        control.start("w", taken.getsockname()[1])
        qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
        port = taken.getsockname()[1]
    assert control.address == "http://127.0.0.1:0"
    assert control.taken_port == port
    assert f"Port {port} is taken by another program: the API listens on another one." in control.lines
    control.stop()
    qtbot.waitUntil(lambda: control.state is ServerState.OFF, timeout=30_000)
    control.start("w", port)
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    assert (control.address, control.taken_port) == (f"http://127.0.0.1:{port}", 0)


def test_the_status_bar_says_that_the_usual_port_is_taken(qtbot, make) -> None:
    control = make(SERVE)
    bar = StatusBar(control)
    qtbot.addWidget(bar)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        control.start("w", port)
        qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    assert bar.api.text() == f"API on 127.0.0.1:0 – another program has {port}"
    assert f"Another program has port {port}" in bar.api.toolTip()
    bar.show_workspace("Shop", "SQLite", "/somewhere/shop.db")
    bar.show_events("12 events today · last 10:02 NTO-1001")
    bar.setMinimumWidth(1)
    bar.show()
    for width in (1200, 420):
        bar.resize(width, 28)
        QTest.qWait(0)
        for part in (bar.api, bar.switch, bar.events, bar.workspace, bar.backend):
            assert part.isHidden() or part.width() >= part.sizeHint().width(), "no word is cut off"
        assert bar.events.isHidden() == (width == 420)
        assert not bar.api.isHidden()


def test_it_comes_back_after_a_crash(qtbot, make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_BACK_OFF_MS", (10, 10, 10))
    control = make(SERVE)
    control.start("w", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    states: list[ServerState] = []
    control.changed.connect(lambda: states.append(control.state))
    os.kill(control._process.processId(), 9)
    qtbot.waitUntil(lambda: ServerState.ON in states, timeout=30_000)
    assert states == [ServerState.WAITING, ServerState.STARTING, ServerState.ON]
    assert "The API ended: it was killed or crashed (SIGKILL)." in control.lines


def test_a_kill_is_not_said_with_the_line_that_it_listened_with(qtbot, make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_BACK_OFF_MS", ())
    control = make(SERVE.replace('print("serving', "pass #"))
    control.start("w", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    os.kill(control._process.processId(), 9)
    qtbot.waitUntil(lambda: control.state is ServerState.FAILED, timeout=30_000)
    assert control.problem == "The API ended: it was killed or crashed (SIGKILL)."


def test_it_gives_up_and_says_why(qtbot, make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_BACK_OFF_MS", (10, 10))
    control = make(FAIL)
    control.start("w", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.FAILED, timeout=20_000)
    assert control.problem == "the port is taken"
    assert not control.wanted


def test_a_program_that_is_not_there_is_said_so(qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_BACK_OFF_MS", ())
    control = ServerControl(["/no/such/program"])
    control.start("w", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.FAILED, timeout=30_000)
    assert "/no/such/program could not be started" in control.problem
    control.deleteLater()


def test_closing_waits_for_the_child(qtbot, make) -> None:
    control = make(SERVE)
    control.start("w", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    child = control._process.processId()
    control.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_password_is_not_on_the_command_line() -> None:
    split = without_password
    assert split("/a/b.switchback") == ("/a/b.switchback", "")
    assert split("postgresql://ann@db/team") == ("postgresql://ann@db/team", "")
    assert split("postgresql://ann:p%40ss@db:5432/team?x=1") == ("postgresql://ann@db:5432/team?x=1", "p@ss")


def test_it_starts_again_with_other_wishes_when_it_has_ended(qtbot, make) -> None:
    control = make(SERVE)
    seen: list[ServerState] = []
    control.changed.connect(lambda: seen.append(control.state))
    control.start("w", free_port())
    qtbot.waitUntil(lambda: control.state is ServerState.ON, timeout=30_000)
    port = free_port()
    control.restart("w", port, 5)
    qtbot.waitUntil(lambda: control.address == f"http://127.0.0.1:{port}", timeout=30_000)
    qtbot.waitUntil(lambda: "limit 5" in control.lines, timeout=30_000)
    assert "finished" in control.lines, "the first one ended by itself"
    assert ServerState.WAITING not in seen, "that it ended is no failure"
    control.restart("w", port)
    control.stop()
    qtbot.waitUntil(lambda: control.state is ServerState.OFF, timeout=30_000)
    assert not control.wanted, "who stops it has the last word"
