"""kill -9 at any moment: what was answered is there, nothing is half there, and the workspace opens by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from app.bootstrap import open_workspace
from app.services.create_journey import create_journey
from app.services.list_data_extensions import list_data_extensions
from app.services.list_journeys import list_journeys
from app.services.open_journey import open_journey
from app.services.page_rows import page_rows

ROOT = Path(__file__).parents[2]

SAVE_DRAFTS = """
import sys
from dataclasses import replace
from app.bootstrap import open_workspace
from app.services.open_journey import open_journey
from app.services.save_draft import save_draft
ws = open_workspace(sys.argv[1])
journey = open_journey(ws, sys.argv[2]).journey
start = int(sys.argv[3])
for number in range(start, start + 100_000):
    save_draft(ws, replace(journey, description=str(number) * 400), {"undo": [number] * 200})
    print(number, flush=True)
"""

MAKE_DATA_EXTENSIONS = """
import sys
from dataclasses import replace
from app.bootstrap import open_workspace
from app.data_extensions.data_extension import Field
from app.services.save_data_extension import save_data_extension
from tests.support.workspace import carts_schema
ws = open_workspace(sys.argv[1])
for number in range(int(sys.argv[3]), 100_000):
    made = save_data_extension(ws, carts_schema(f"Carts {number}"))
    with ws.unit_of_work() as work:
        work.data_extensions.write(made, {made.fields[0].id: "x"})
        work.commit()
    save_data_extension(ws, replace(made, fields=(*made.fields, Field("", "More", "text", default="m"))))
    print(number, flush=True)
"""

MAKE_WORKSPACES = """
import sys
from app.bootstrap import open_workspace
for number in range(int(sys.argv[3]), 100_000):
    open_workspace(f"{sys.argv[1]}.{number}").close()
    print(number, flush=True)
"""


def run_and_kill(code: str, *arguments: object, answers: int) -> int:
    """Run the code in a process, kill -9 it after so many answers; the last number that it answered."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    last = -1
    for _ in range(answers):
        line = process.stdout.readline()
        assert line, "the process ended by itself"
        last = int(line)
    time.sleep(0.003 * (answers % 3))
    process.send_signal(signal.SIGKILL)
    for line in process.stdout.read().splitlines():
        with suppress(ValueError):  # the last line may be cut
            last = int(line)
    process.stdout.close()
    process.wait()
    return last


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_draft_that_was_saved_survives_kill_9(place: str) -> None:
    ws = open_workspace(place)
    journey_id = create_journey(ws, "Abandoned cart").id
    ws.close()
    start = 0
    for answers in (3, 11, 25):
        last = run_and_kill(SAVE_DRAFTS, place, journey_id, start, answers=answers)
        ws = open_workspace(place)
        opened = open_journey(ws, journey_id)
        ws.close()
        number = opened.history["undo"][0]
        assert number >= last, "a draft that save_draft had answered is lost"
        assert opened.history["undo"] == [number] * 200
        assert opened.journey.description == str(number) * 400
        start = number + 1


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_data_extension_and_its_table_are_there_together(place: str) -> None:
    open_workspace(place).close()
    start = 0
    for answers in (1, 4, 9):
        last = run_and_kill(MAKE_DATA_EXTENSIONS, place, "", start, answers=answers)
        ws = open_workspace(place)
        cards = list_data_extensions(ws)
        names = {card.data_extension.name for card in cards}
        assert {f"Carts {number}" for number in range(last + 1)} <= names
        for card in cards:
            page = page_rows(ws, card.data_extension.id, 0, 10)
            assert len(page.rows) == card.rows
            more = card.data_extension.named("More")
            assert more is None or all(row[-1] == "m" for row in page.rows)
        ws.close()
        start = len(cards)


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_workspace_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    base = tmp_path / "w"
    for answers in (1, 2, 5):
        last = run_and_kill(MAKE_WORKSPACES, base, "", answers * 100, answers=answers)
        for number in range(answers * 100, last + 2):
            ws = open_workspace(f"{base}.{number}")
            assert list_journeys(ws) == ()
            ws.close()


def test_two_processes_save_at_once_and_none_is_refused(place: str) -> None:
    ws = open_workspace(place)
    ids = [create_journey(ws, f"Journey {number}").id for number in range(2)]
    ws.close()
    code = SAVE_DRAFTS.replace("100_000", "60")
    processes = [
        subprocess.Popen([sys.executable, "-c", code, place, each, "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for each in ids
    ]
    outputs = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert [len(output.splitlines()) for output in outputs] == [60, 60]
    ws = open_workspace(place)
    assert {open_journey(ws, each).history["undo"][0] for each in ids} == {59}
    ws.close()
