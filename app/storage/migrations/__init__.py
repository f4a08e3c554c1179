"""The steps from one format of the workspace to the next, oldest first; one explicit tuple, no package scanning.

A fresh workspace takes the same way: it begins at format 0 and goes through every step.
"""

from __future__ import annotations

from collections.abc import Callable

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from app.storage.migrations.step_1_tables import upgrade as _step_1
from app.storage.migrations.step_2_engagement import upgrade as _step_2
from app.storage.migrations.step_3_rest_calls import upgrade as _step_3
from app.storage.migrations.step_4_event_extra import upgrade as _step_4

STEPS: tuple[Callable[[Operations], None], ...] = (_step_1, _step_2, _step_3, _step_4)
"""Step n leads from format n-1 to format n. A step that was released never changes."""


def upgrade(connection: Connection, have: int) -> None:
    """Take the workspace of `connection` from format `have` to the newest, inside the caller's transaction."""
    operations = Operations(MigrationContext.configure(connection))
    for step in STEPS[have:]:
        step(operations)
