"""The application as `run` makes it, without motion: a story is about what happens, not how it moves."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.language import use_language
from app.ui.theme import theme


@pytest.fixture(scope="session", autouse=True)
def _themed(qapp: QApplication) -> None:
    use_language(qapp, "en_US")  # whatever the machine speaks
    theme().apply(qapp)
    theme().set_mode("light")
    theme().set_reduce_motion(True)
