"""The pair of this computer: made once, shown again, never in the workspace in clear."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.bootstrap import open_workspace
from app.services.client_secrets import hash_secret, new_secret, same_secret
from app.services.default_credentials import default_credentials
from app.services.workspace import Workspace


def test_the_pair_is_made_once_and_its_hash_is_stored(ws: Workspace) -> None:
    client_id, secret = default_credentials(ws)
    assert default_credentials(ws) == (client_id, secret)
    with ws.unit_of_work(writes=False) as work:
        (stored,) = work.credentials.all()
    assert stored.client_id == client_id
    assert same_secret(secret, stored.secret_hash)
    assert secret not in stored.secret_hash


def test_another_process_of_this_computer_has_the_same_pair(ws: Workspace, place: str) -> None:
    other = open_workspace(place)
    pairs: list[tuple[str, str]] = []
    threads = [
        threading.Thread(target=lambda each=each: pairs.append(default_credentials(each))) for each in (ws, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert pairs[0] == pairs[1]


def test_two_workspaces_have_two_pairs(tmp_path: Path) -> None:
    pairs = set()
    for name in ("one", "two"):
        ws = open_workspace(str(tmp_path / name))
        pairs.add(default_credentials(ws))
        ws.close()
    assert len(pairs) == 2


def test_only_the_owner_can_read_the_file(ws: Workspace, own_folders: Path) -> None:
    _, secret = default_credentials(ws)
    file = own_folders / "xdg_config_home" / "Switchback" / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert any(secret in value for value in json.loads(file.read_text()).values())
    assert [each.name for each in file.parent.iterdir()] == ["secrets.json"]


def test_a_spoilt_file_is_written_anew(ws: Workspace, own_folders: Path) -> None:
    first = default_credentials(ws)
    (own_folders / "xdg_config_home" / "Switchback" / "secrets.json").write_text("{")
    second = default_credentials(ws)
    assert second != first
    assert default_credentials(ws) == second


KEYRING = """
import keyring, sys
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked
class Ring(KeyringBackend):
    priority = 5
    kept = {}
    locked = False
    def get_password(self, service, name):
        if self.locked: raise KeyringLocked("locked")
        return self.kept.get((service, name))
    def set_password(self, service, name, secret):
        if self.locked: raise KeyringLocked("locked")
        self.kept[service, name] = secret
    def delete_password(self, service, name): del self.kept[service, name]
keyring.set_keyring(Ring())
from app.storage.secrets import LocalSecrets
place = LocalSecrets()
place.write("a", "s3cret")
assert Ring.kept == {("Switchback", "a"): "s3cret"}
assert place.read("a") == "s3cret" and place.read("b") is None
Ring.locked = True
place.write("b", "file")
assert place.read("b") == "file"
assert Ring.kept == {("Switchback", "a"): "s3cret"}
"""


def test_a_real_keyring_is_preferred_and_one_that_refuses_is_left() -> None:
    done = subprocess.run(
        [sys.executable, "-c", KEYRING],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("stored", ["", "plain", "scrypt$", "md5$00$00"])
def test_nothing_matches_what_is_no_hash(stored: str) -> None:
    try:
        assert not same_secret("secret", stored)
    except ValueError:
        pytest.fail("a spoilt hash must not raise")


def test_two_hashes_of_one_secret_differ() -> None:
    secret = new_secret()
    assert hash_secret(secret) != hash_secret(secret)
    assert same_secret(secret, hash_secret(secret))
    assert not same_secret(secret + "x", hash_secret(secret))
