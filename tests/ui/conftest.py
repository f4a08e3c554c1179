"""The application as `run` makes it: Fusion, our palette and stylesheet, a real font."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.theme import theme


@pytest.fixture(scope="session", autouse=True)
def _themed(qapp: QApplication) -> None:
    theme().apply(qapp)


@pytest.fixture(autouse=True)
def _light_theme(_themed: None) -> Iterator[None]:
    if theme().mode != "light":
        theme().set_mode("light")
    theme().set_reduce_motion(True)
    yield
    if theme().mode != "light":
        theme().set_mode("light")
