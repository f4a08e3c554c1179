"""The wheel's package list is explicit (frozen builds miss scanned ones), so it must agree with the folders."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_package_is_listed() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "app").rglob("__init__.py")} | {
        "app._resources"
    }
    assert set(listed) == found
    assert len(listed) == len(set(listed))


def test_no_package_would_hide_the_library_called_packaging() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
