"""What holds for every test: folders of its own, no real keyring, profiles of hypothesis, no thread left behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.support.postgresql", "tests.support.databases", "tests.support.workspace"]

# No screen is needed, and none may be disturbed. Set before Qt is imported anywhere.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# The platform's keyring is the person's own: tests get one that refuses everything.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
settings.register_profile("short", max_examples=40, deadline=None, suppress_health_check=SLOW)
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("SWITCHBACK_PROFILE", "short"))


# Cycles hold Qt objects, and those may be taken apart on the main thread alone. As the window does
# (app/ui/collector.py), the tests collect by themselves, and never in a thread of a pool that happens to allocate.
gc.disable()
_FULL_EVERY = 40
_ended = 0


def pytest_collection_finish() -> None:
    """What stands now stands until the end (modules, thousands of tests): no collection need look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def collected_between_tests() -> Iterator[None]:
    """Young garbage goes after every test, old garbage now and then."""
    global _ended
    yield
    _ended += 1
    gc.collect(2 if _ended % _FULL_EVERY == 0 else 1)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new empty folder at each `next`: pytest's own way looks through all that are there for the next number."""
    base = tmp_path_factory.mktemp("homes")

    def make() -> Iterator[Path]:
        for number in count():
            home = base / str(number)
            home.mkdir()
            yield home

    return make()


@pytest.fixture(autouse=True)
def own_folders(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data, configuration, cache and state of the platform point into a folder of this test's own."""
    home = next(homes)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """A test that leaves a thread of ours behind fails and names it."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if thread.name.startswith("Dummy-"):  # a thread of Qt's pool that once called Python: Qt ends it
            continue
        thread.join(timeout=30)
        assert not thread.is_alive(), f"the test left the thread {thread.name!r} running"
