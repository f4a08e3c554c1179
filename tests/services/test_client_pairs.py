"""Client pairs are made, renamed, rotated and revoked; the workspace never knows a secret."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.bootstrap import open_workspace
from app.kernel.errors import Conflict, InvalidInput, NotFound
from app.services.client_secrets import same_secret
from app.services.create_credential import create_credential
from app.services.default_credentials import default_credentials
from app.services.list_credentials import list_credentials
from app.services.rename_credential import rename_credential
from app.services.revoke_credential import revoke_credential
from app.services.rotate_credential import rotate_credential
from app.services.views import ClientPair
from app.services.workspace import Workspace
from app.storage.location import read_location
from app.storage.opening import open_engine
from tests.support.databases import NOW


def one(ws: Workspace, client_id: str) -> ClientPair:
    return next(pair for pair in list_credentials(ws) if pair.client_id == client_id)


def fits(ws: Workspace, client_id: str, secret: str) -> bool:
    with ws.unit_of_work(writes=False) as work:
        found = work.credentials.get(client_id)
    assert found is not None
    return same_secret(secret, found.secret_hash)


def test_a_pair_lives_from_its_making_to_its_end(ws: Workspace) -> None:
    client_id, secret = create_credential(ws, " Web shop ")
    assert one(ws, client_id) == ClientPair(client_id, "Web shop", NOW, None, None, is_default=False)
    rename_credential(ws, client_id, "Shop")
    newer = rotate_credential(ws, client_id)
    assert (one(ws, client_id).name, one(ws, client_id).rotated_at) == ("Shop", NOW)
    assert fits(ws, client_id, newer)
    assert not fits(ws, client_id, secret)
    assert revoke_credential(ws, client_id)
    assert not revoke_credential(ws, client_id)
    assert one(ws, client_id).revoked_at == NOW
    with pytest.raises(Conflict):
        rotate_credential(ws, client_id)


def test_no_secret_is_in_the_database(ws: Workspace, place: str) -> None:
    client_id, first = create_credential(ws, "Web shop")
    secrets = (first, rotate_credential(ws, client_id), default_credentials(ws)[1])
    engine = open_engine(read_location(place), NOW)
    with engine.connect() as connection:
        stored = repr(connection.execute(text("SELECT * FROM credential")).all())
    engine.dispose()
    assert client_id in stored
    assert not [secret for secret in secrets if secret in stored]


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "\n", "a\x1b[31m"])
def test_a_name_that_cannot_be_read_is_refused(ws: Workspace, name: str) -> None:
    with pytest.raises(InvalidInput):
        create_credential(ws, name)
    client_id, _ = create_credential(ws, "Web shop")
    with pytest.raises(InvalidInput):
        rename_credential(ws, client_id, name)
    assert [pair.name for pair in list_credentials(ws)] == ["Web shop"]


def test_an_unknown_client_is_said_to_be_unknown(ws: Workspace) -> None:
    for change in (revoke_credential, rotate_credential, lambda ws, one: rename_credential(ws, one, "x")):
        with pytest.raises(NotFound, match="no client none"):
            change(ws, "none")


def test_the_default_pair_goes_on_with_its_new_secret(ws: Workspace) -> None:
    client_id, secret = default_credentials(ws)
    assert one(ws, client_id).is_default
    newer = rotate_credential(ws, client_id)
    assert newer != secret
    assert default_credentials(ws) == (client_id, newer)
    assert len(list_credentials(ws)) == 1


def test_a_revoked_default_pair_is_followed_by_another(ws: Workspace) -> None:
    client_id, _ = default_credentials(ws)
    revoke_credential(ws, client_id)
    assert not one(ws, client_id).is_default
    other, _ = default_credentials(ws)
    assert other != client_id
    assert [pair.is_default for pair in list_credentials(ws) if pair.client_id == other] == [True]


class OtherSecrets:
    """The place for secrets of another computer."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def read(self, name: str) -> str | None:
        return self.kept.get(name)

    def write(self, name: str, secret: str) -> None:
        self.kept[name] = secret


def test_a_pair_that_another_computer_rotated_is_not_shown_as_good(ws: Workspace, place: str) -> None:
    client_id, _ = default_credentials(ws)
    other = open_workspace(place)
    elsewhere = replace(other, secrets=OtherSecrets())
    assert not one(elsewhere, client_id).is_default
    rotate_credential(elsewhere, client_id)
    other.close()
    mended, secret = default_credentials(ws)
    assert mended != client_id
    assert fits(ws, mended, secret)
