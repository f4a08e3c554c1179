"""Client pairs: each opens the API until it is revoked."""

from __future__ import annotations

import pytest

from app.api import clients
from app.kernel.errors import Conflict, InvalidInput, NotFound
from app.services.client_pairs import create_client, list_clients, rename_client, revoke_client, rotate_client
from app.services.workspace import Workspace
from tests.api.conftest import Api


def token(api: Api, client_id: str, secret: str) -> int:
    """The status of asking for a token; on success the client goes on with it."""
    pair = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    answer = api.http.post("/v2/token", json=pair)
    if answer.status_code == 200:
        api.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
    return answer.status_code


def test_a_pair_is_made_rotated_and_revoked(api: Api, ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "FRESH_SECONDS", 0.0)
    client_id, secret = create_client(ws, " Web shop ")
    assert token(api, client_id, secret) == 200
    assert token(api, client_id, "x") == 401
    rename_client(ws, client_id, "Shop")
    newer = rotate_client(ws, client_id)
    assert token(api, client_id, secret) == 401
    assert token(api, client_id, newer) == 200
    assert api.http.get("/interaction/v1/interactions").status_code == 200
    revoke_client(ws, client_id)
    revoke_client(ws, client_id)
    assert api.http.get("/interaction/v1/interactions").status_code == 401
    assert token(api, client_id, newer) == 401
    kept = next(each for each in list_clients(ws) if each.client_id == client_id)
    assert kept.name == "Shop"
    assert kept.revoked_at is not None
    assert newer not in repr(kept)
    with pytest.raises(Conflict):
        rotate_client(ws, client_id)


def test_names_and_ids_are_checked(ws: Workspace) -> None:
    for name in ("", "  ", "x" * 201):
        with pytest.raises(InvalidInput):
            create_client(ws, name)
    for change in (revoke_client, rotate_client):
        with pytest.raises(NotFound):
            change(ws, "none")
