"""The page about the routes, in a real browser without a screen (Debian: chromium and chromium-driver)."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.services.workspace import Workspace
from tests.api.conftest import CLIENT_ID, CLIENT_SECRET, Api
from tests.support.workspace import EVENT_KEY, abandoned_cart

DRIVER = shutil.which("chromedriver")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(DRIVER is None or BROWSER is None, reason="chromium and chromedriver are not installed"),
]

SEND = """
const [path, body] = arguments;
const details = [...document.querySelectorAll("details")].find((each) =>
  each.querySelector("b").textContent === (body ? "POST" : "GET") && each.querySelector("code").textContent === path);
details.open = true;
if (body) details.querySelector("textarea").value = body;
details.querySelector("button").click();
"""
SHOWN = """
const details = [...document.querySelectorAll("details")].find((each) => each.open);
return details.querySelector("pre").textContent;
"""


class Browser:
    """One window of a browser, driven by the WebDriver protocol."""

    def __init__(self, driver: httpx.Client) -> None:
        self._driver = driver
        options = {
            "binary": BROWSER,
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        }
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self._session = driver.post("/session", json={"capabilities": {"alwaysMatch": wanted}}).json()["value"]

    def ask(self, what: str, body: dict[str, Any]) -> Any:
        """One command of the protocol."""
        answer = self._driver.post(f"/session/{self._session['sessionId']}/{what}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]

    def run(self, script: str, *values: Any) -> Any:
        """What a script answers in the page."""
        return self.ask("execute/sync", {"script": script, "args": list(values)})

    def close(self) -> None:
        """End the browser."""
        self._driver.delete(f"/session/{self._session['sessionId']}")


def _until(found: Callable[[], Any], seconds: float = 60) -> Any:
    end = time.monotonic() + seconds
    while True:
        value = found()
        if value:
            return value
        assert time.monotonic() < end, "the page did not get there"
        time.sleep(0.05)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    log = tmp_path / "driver.log"
    environment = {**os.environ, "HOME": str(tmp_path)}
    with log.open("wb") as out:
        driver = subprocess.Popen([str(DRIVER), "--port=0"], stdout=out, stderr=out, env=environment)
    try:
        words = _until(lambda: "started successfully on port" in log.read_text() and log.read_text())
        port = words.rpartition("started successfully on port ")[2].split(".")[0]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            window = Browser(client)
            yield window
            window.close()
    finally:
        driver.terminate()
        driver.wait(timeout=10)


def test_the_page_is_read_and_tried_without_an_error(api: Api, ws: Workspace, browser: Browser) -> None:
    abandoned_cart(ws)
    browser.ask("url", {"url": f"{api.url}/switchback/v1/docs"})
    _until(lambda: browser.run("return document.body.dataset.ready === 'true'"))
    document = api.http.get("/switchback/v1/openapi.json").json()
    operations = sum(len(methods) for methods in document["paths"].values())
    assert browser.run("return document.querySelectorAll('details').length") == operations

    browser.run(
        "const form = document.getElementById('token');"
        "form.elements.id.value = arguments[0];"
        "form.elements.secret.value = arguments[1]; form.querySelector('button').click();",
        CLIENT_ID,
        CLIENT_SECRET,
    )
    _until(lambda: "You have a token" in browser.run("return document.getElementById('token-state').textContent"))
    event = (
        f'{{"ContactKey": "NTO-1", "EventDefinitionKey": "{EVENT_KEY}",'
        ' "Data": {"Contact key": "NTO-1", "Cart total": 120, "Country": "NO"}}'
    )
    browser.run(SEND, "/interaction/v1/events", event)
    assert _until(lambda: browser.run(SHOWN)).startswith("201")
    assert browser.ask("se/log", {"type": "browser"}) == []
