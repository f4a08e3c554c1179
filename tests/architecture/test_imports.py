"""Everything but the window runs where PySide6 is not installed; pure rooms load nothing that is dear."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BLOCK_QT = """
import importlib, pathlib, sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, NoQt())
for path in sorted(pathlib.Path("app").rglob("*.py")):
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    if not name.startswith("app.ui") and "migrations.versions" not in name and not name.endswith(".env"):
        importlib.import_module(name)
"""

# The modules of `voice` are the SQL voice of filters itself, which storage alone loads.
LIGHT_ROOMS = """
import importlib, pathlib, sys
voice = {"app.filters.sql", "app.filters.sql_terms", "app.filters.anniversaries", "app.filters.wide_decimals"}
for room in ("kernel", "data_extensions", "filters", "events", "journey", "engine", "services"):
    for path in sorted(pathlib.Path("app", room).rglob("*.py")):
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        if name not in voice:
            importlib.import_module(name)
dear = {"sqlalchemy", "networkx", "starlette", "uvicorn", "alembic", "psycopg", "PySide6"} & set(sys.modules)
assert not dear, dear
"""


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_all_rooms_but_the_window_load_without_qt() -> None:
    run(BLOCK_QT)


def test_lower_floors_load_no_database_no_graph_library_and_no_server() -> None:
    run(LIGHT_ROOMS)
