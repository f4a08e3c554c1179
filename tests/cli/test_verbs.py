"""Every verb: text for people, JSON for programs, exit status 0, 1 or 2."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import app.cli.verbs as verbs_package
from app.cli.verbs import VERBS
from tests.cli.conftest import EXAMPLES, KEY, Call

CART = EXAMPLES / "abandoned-cart.journey"
GOOD = '{"Cart total": 84.5, "Country": "NO", "Loyalty": "Gold", "Email": "kari@example.com"}'


def test_the_tuple_and_the_folder_agree() -> None:
    files = {path.stem.rstrip("_") for path in Path(verbs_package.__file__).parent.glob("*.py")} - {"init"}
    assert {verb.key for verb in VERBS} == {name for name in files if name != "__init"}


@pytest.mark.parametrize("verb", [verb.key for verb in VERBS])
def test_every_verb_has_help_a_workspace_and_json(call: Call, verb: str) -> None:
    answer = call(verb, "--help")
    assert answer.status == 0
    assert "--workspace" in answer.out
    assert "--json" in answer.out
    assert call("--help").out.count(verb) >= 1


def test_version(call: Call) -> None:
    assert re.fullmatch(r"switchback \d+\.\d+\.\d+\n", call("--version").out)


@pytest.mark.parametrize("words", [["chekc"], ["fire"], ["serve", "--port", "99999"], ["export", "--nope"], ["check"]])
def test_a_wrong_call_is_explained(call: Call, words: list[str]) -> None:
    answer = call(*words)
    assert answer.status == 2
    assert answer.out == ""
    assert "--help for more" in answer.err


def test_import_says_what_it_did(call: Call, workspace: Path) -> None:
    answer = call("import", CART, "--workspace", workspace)
    assert answer.status == 0
    assert "Creates the journey Abandoned cart as a draft, 6 activities." in answer.out
    assert KEY in answer.out
    again = call("import", CART, EXAMPLES / "welcome-series.journey", "--json", "--workspace", workspace).json
    first, second = again["journeys"]
    assert (first["name"], first["status"], first["eventDefinitionKey"]) == ("Abandoned cart (2)", "Draft", KEY)
    assert second["name"] == "Welcome series"
    assert first["problems"] == first["warnings"] == []


def test_import_activates(call: Call, workspace: Path) -> None:
    answer = call("import", CART, "--activate", "--json", "--workspace", workspace)
    assert answer.status == 0
    (journey,) = answer.json["journeys"]
    assert (journey["status"], journey["version"]) == ("Published", 1)


def test_what_is_not_valid_is_imported_and_not_activated(call: Call, workspace: Path, tmp_path: Path) -> None:
    document = json.loads(CART.read_bytes())
    document["journey"]["entryMode"] = "NotSet"
    path = tmp_path / "unset.journey"
    path.write_text(json.dumps(document))
    answer = call("import", path, "--activate", "--workspace", workspace)
    assert answer.status == 1
    assert "Not activated" in answer.out
    (journey,) = call("import", path, "--activate", "--json", "--workspace", workspace).json["journeys"]
    assert journey["status"] == "Draft"
    assert journey["problems"]
    checked = call("check", path, "--json")
    assert checked.status == 1
    assert checked.json["valid"] is False
    assert any(problem["severity"] == "error" for problem in checked.json["problems"])
    assert len(checked.json["lines"]) == len(checked.json["problems"])


def test_check_names_the_line_of_each_problem(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "half.journey"
    path.write_bytes(CART.read_bytes().replace(b'"subject": "Your cart', b'"later": "Your cart'))
    answer = call("check", path)
    assert answer.status == 1
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if '"key": "EMAILV2-2"' in text) - 1
    assert f"{path}:{line}: error at EMAILV2-2: " in answer.out


def test_one_broken_file_stops_them_all(call: Call, workspace: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.journey"
    cut.write_bytes(CART.read_bytes()[:3000])
    answer = call("import", CART, cut, "--workspace", workspace)
    assert answer.status == 2
    assert "cut.journey ends too early." in answer.err
    assert re.search(r"line \d+, column \d+", answer.err)
    assert not workspace.exists()
    checked = call("check", cut)
    assert checked.status == 1
    assert re.search(r"line \d+, column \d+", checked.out)


def test_fire_admits(call: Call, running: Path) -> None:
    answer = call("fire", KEY, "--contact-key", "NTO-1001", "--data", GOOD, "--workspace", running)
    assert answer.status == 0
    assert answer.out.startswith("Admitted: NTO-1001")
    assert "eventInstanceId" in answer.out
    inside = call("fire", KEY, "--contact-key", "NTO-1001", "--data", GOOD, "--json", "--workspace", running)
    assert inside.status == 1
    assert inside.json["decisions"][0]["reason"] == "CurrentlyWaitingInSameInteraction"


def test_fire_says_why_not(call: Call, running: Path) -> None:
    data = '{"Cart total": 20, "Country": "NO"}'
    answer = call("fire", KEY, "--contact-key", "NTO-1002", "--data", data, "--workspace", running)
    assert answer.status == 1
    assert "DidNotMeetEntryCriteria" in answer.out
    assert "Cart total is 20.00" in answer.out


def test_a_dry_run_writes_nothing(call: Call, running: Path) -> None:
    for _ in range(2):
        answer = call("fire", KEY, "--contact-key", "K", "--data", GOOD, "--dry-run", "--json", "--workspace", running)
        assert answer.status == 0
        assert answer.json["dryRun"] is True
        assert answer.json["row"]["Cart total"] == 84.5


def test_data_comes_from_a_file_too(call: Call, running: Path, tmp_path: Path) -> None:
    path = tmp_path / "data.json"
    path.write_text(GOOD)
    assert call("fire", KEY, "--contact-key", "K", "--data", f"@{path}", "--workspace", running).status == 0


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('{"Cart total": "lots"}', "Cart total"),
        ('{"a":', "line 1, column 6"),
        ("[1]", "no JSON object"),
        ('{"a": NaN}', "NaN is no JSON value"),
        ("@nope.json", "There is no file nope.json"),
        ("[" * 100_000, "cannot be read"),
    ],
)
def test_bad_data_is_explained_and_nothing_is_written(call: Call, running: Path, data: str, says: str) -> None:
    answer = call("fire", KEY, "--contact-key", "K", "--data", data, "--workspace", running)
    assert answer.status == 2
    assert says in answer.err
    assert answer.out == ""


def test_an_unknown_key_is_refused(call: Call, running: Path) -> None:
    answer = call("fire", "nope", "--contact-key", "K", "--workspace", running)
    assert answer.status == 2
    assert "Event definition not found" in answer.err


def test_export_writes_what_was_imported(call: Call, running: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.journey"
    answer = call("export", "abandoned cart", "-o", path, "--workspace", running)
    assert answer.status == 0
    assert path.read_bytes() == CART.read_bytes()
    assert call("export", "Abandoned cart", "--workspace", running).out == CART.read_text(encoding="utf-8")
    told = call("export", "abandoned-cart", "-o", path, "--json", "--workspace", running).json
    assert told["file"] == str(path)


def test_export_of_an_unknown_journey_proposes_one(call: Call, running: Path, tmp_path: Path) -> None:
    answer = call("export", "Abandond cart", "--workspace", running)
    assert answer.status == 2
    assert "Did you mean Abandoned cart?" in answer.err
    assert "There are Abandoned cart" in call("export", "xyz", "--workspace", running).err
    call("import", CART, "--workspace", running)
    assert call("export", "abandoned cart (2)", "--workspace", running).status == 0
    nowhere = call("export", "Abandoned cart", "-o", tmp_path / "no" / "x", "--workspace", running)
    assert "There is no folder" in nowhere.err


def test_check_says_what_an_import_would_do(call: Call, running: Path) -> None:
    answer = call("check", CART, "--workspace", running)
    assert answer.status == 0
    assert "valid" in answer.out
    assert "Uses the event Cart abandoned that is here already" in answer.out
    assert call("check", "nope.journey").status == 2


@pytest.mark.parametrize("verb", [["fire", KEY, "--contact-key", "K"], ["export", "x"]])
def test_a_mistyped_workspace_is_not_made(call: Call, workspace: Path, verb: list[str]) -> None:
    answer = call(*verb, "--workspace", workspace)
    assert answer.status == 2
    assert "There is no workspace" in answer.err
    assert not workspace.exists()


def test_a_file_that_is_no_workspace_is_left_alone(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, " * 100)
    answer = call("fire", KEY, "--contact-key", "K", "--workspace", path, "--json")
    assert answer.status == 2
    assert answer.json["error"]["message"]
    assert path.read_text() == "Dear diary, " * 100


def test_a_fault_of_the_program_is_logged_and_shows_no_traceback(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    log = tmp_path / "logs" / "switchback.log"
    monkeypatch.setattr("app.bootstrap._log_file", lambda: log)
    monkeypatch.setattr("app.bootstrap.open_workspace", lambda location: 1 / 0)
    answer = call("import", CART)
    assert answer.status == 2
    assert str(log) in answer.err
    assert "ZeroDivisionError" in log.read_text()
