"""Client pairs from a terminal alone: made, used on a running server, rotated, revoked."""

from __future__ import annotations

import urllib.error
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.cli.test_serve import post, serving


def make(call: Call, workspace: Path, name: str = "Web shop") -> tuple[str, str]:
    answer = call("credentials", "create", "--name", name, "--json", "--workspace", workspace)
    assert answer.status == 0, answer.err
    return answer.json["clientId"], answer.json["clientSecret"]


def test_a_secret_is_shown_once(call: Call, running: Path) -> None:
    made = call("credentials", "create", "--name", "Web shop", "--workspace", running)
    assert made.status == 0
    client_id, secret = (line.split()[-1] for line in made.out.splitlines()[:2])
    assert "this once" in made.out
    for more in ((), ("--json",)):
        listed = call("credentials", "list", *more, "--workspace", running)
        assert listed.status == 0
        assert client_id in listed.out
        assert secret not in listed.out
        assert "scrypt" not in listed.out
    assert call("credentials", "list", "--json", "--workspace", running).json["clients"][0]["isDefault"] is False


def test_rotate_rename_and_revoke(call: Call, running: Path) -> None:
    client_id, secret = make(call, running)
    rotated = call("credentials", "rotate", client_id, "--json", "--workspace", running)
    assert (rotated.status, rotated.json["clientId"]) == (0, client_id)
    assert rotated.json["clientSecret"] != secret
    assert call("credentials", "rename", client_id, "--name", "Shop", "--workspace", running).status == 0
    assert call("credentials", "revoke", client_id, "--workspace", running).status == 0
    again = call("credentials", "revoke", client_id, "--json", "--workspace", running)
    assert (again.status, again.json["revoked"]) == (1, False)
    late = call("credentials", "rotate", client_id, "--workspace", running)
    assert (late.status, late.out) == (1, "")
    assert "Shop was revoked" in late.err
    listed = call("credentials", "list", "--workspace", running).out
    assert f"{client_id}  Shop, made " in listed
    assert ", rotated " in listed
    assert ", revoked " in listed


def test_the_default_pair_is_shown_as_often_as_wanted(call: Call, running: Path) -> None:
    first = call("credentials", "show-default", "--workspace", running)
    assert first.status == 0
    assert first.out == call("credentials", "show-default", "--workspace", running).out
    assert "this computer's default" in call("credentials", "list", "--workspace", running).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rotate",), "rotate needs the client id"),
        (("revoke", "none"), "There is no client none."),
        (("list", "none"), "list takes no client id"),
        (("create",), "create needs a name"),
        (("create", "--name", " "), "A client needs a name"),
        (("revoke", "none", "--name", "x"), "revoke takes no name"),
        (("remove",), "invalid choice"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(call: Call, running: Path, words: tuple[str, ...], said: str) -> None:
    answer = call("credentials", *words, "--workspace", running)
    assert answer.status == 2
    assert said in answer.err
    assert answer.out == ""


def test_a_mistyped_workspace_is_not_made(call: Call, tmp_path: Path) -> None:
    answer = call("credentials", "list", "--workspace", tmp_path / "none")
    assert answer.status == 2
    assert not (tmp_path / "none").exists()


def test_serve_says_how_to_see_a_pair_that_opens_it(call: Call, running: Path) -> None:
    with serving(running) as (process, base):
        assert process.stderr is not None
        assert "switchback credentials show-default" in process.stderr.readline()
        shown = call("credentials", "show-default", "--json", "--workspace", running).json
        pairs = [(shown["clientId"], shown["clientSecret"]), make(call, running)]
        for client_id, secret in pairs:
            body = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
            assert post(f"{base}/v2/token", body)[0] == 200
        call("credentials", "revoke", pairs[1][0], "--workspace", running)
        with pytest.raises(urllib.error.HTTPError, match="401"):
            post(f"{base}/v2/token", body)
        process.terminate()
        assert process.wait(20) == 0
        said = process.stderr.read()
        assert not [secret for _, secret in pairs if secret in said]


def test_serve_with_a_pair_says_nothing_of_it(running: Path) -> None:
    with serving(running, SWITCHBACK_CLIENT_ID="cid", SWITCHBACK_CLIENT_SECRET="s3cret") as (process, _):
        process.terminate()
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
