"""The whole job without a screen: import the example, start the API, fire a contact over HTTP, draw the picture."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from environment import ROOT

EXAMPLE = ROOT / "resources" / "examples" / "abandoned-cart.journey"
CONTACT = "NTO-1001"
DATA = {
    "Cart total": 84.5,
    "Country": "NO",
    "Loyalty": "Gold",
    "Email": "kari@example.com",
    "First name": "Kari",
    "Abandoned at": "2026-11-23T13:40:00Z",
}


def demonstrate(python: Path) -> int:
    """Do it and tell about it; 0 when the sample contact was admitted, 1 when not."""
    print("There is no screen here, so Switchback does the whole job headless, in a throwaway workspace.", flush=True)
    with tempfile.TemporaryDirectory(prefix="switchback-") as folder:
        workspace = str(Path(folder) / "demo.switchback")
        imported = _switchback(python, "import", str(EXAMPLE), "--activate", "--workspace", workspace, "--json")
        print(f"Imported and activated {EXAMPLE.name}.", flush=True)
        decision = _fire_over_http(python, workspace, _event_key(imported))
    picture = Path(tempfile.gettempdir()) / "switchback-abandoned-cart.png"
    _switchback(python, "picture", str(EXAMPLE), "-o", str(picture))
    print(f"Picture of the canvas: {picture}")
    return 0 if decision == "admitted" else 1


def _event_key(imported: str) -> str:
    """The Event Definition Key that the import tells of."""
    answer: dict[str, Any] = json.loads(imported)
    return str(answer["journeys"][0]["eventDefinitionKey"])


def _switchback(python: Path, *arguments: str) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [python, "-m", "app", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"switchback {arguments[0]} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _fire_over_http(python: Path, workspace: str, key: str) -> str:
    client, secret = "demo", secrets.token_urlsafe(16)
    # The secret travels in the environment: command lines are seen by everyone on the machine.
    environment = {**os.environ, "SWITCHBACK_CLIENT_ID": client, "SWITCHBACK_CLIENT_SECRET": secret}
    command = [python, "-m", "app", "serve", "--port", "0", "--workspace", workspace]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline().strip() if server.stdout else ""
            if not line.startswith("Listening on "):
                raise SystemExit(f"The API did not start: {line}")
            base = line.removeprefix("Listening on ")
            print(f"The API is listening on {base}.", flush=True)
            credentials = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
            token = _post(f"{base}/v2/token", credentials)[1]["access_token"]
            event = {"ContactKey": CONTACT, "EventDefinitionKey": key, "Data": DATA}
            headers, answer = _post(f"{base}/interaction/v1/events", event, token)
        finally:
            server.terminate()
    decision = str(headers.get("Switchback-Decision", "unknown"))
    print(f"Fired {CONTACT} at {key}: 201, eventInstanceId {answer['eventInstanceId']}, decision: {decision}.")
    return decision


def _post(url: str, body: dict[str, Any], token: str = "") -> tuple[Any, dict[str, Any]]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.headers, json.load(response)
