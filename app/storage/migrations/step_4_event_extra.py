"""The fourth format: what clients of the API say of an event definition that the workspace itself does not use."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import Column, ForeignKeyConstraint, PrimaryKeyConstraint, Text

_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade(op: Operations) -> None:
    """Make the table. A table of its own: SQLite adds columns only behind the constraints."""
    op.create_table(
        "event_extra",
        Column("event_definition_id", _TEXT, nullable=False),
        Column("document", _TEXT, nullable=False),
        PrimaryKeyConstraint("event_definition_id", name=op.f("pk_event_extra")),
        ForeignKeyConstraint(
            ["event_definition_id"], ["event_definition.id"], name=op.f("fk_event_extra_event_definition_id")
        ),
    )
