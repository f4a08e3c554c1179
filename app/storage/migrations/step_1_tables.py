"""The first format."""

from __future__ import annotations

from alembic.operations import Operations

from app.storage.tables import metadata


def upgrade(operations: Operations) -> None:
    """Make the tables."""
    metadata.create_all(operations.get_bind())
