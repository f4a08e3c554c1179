"""The third format: calls of REST activities that are really made."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import BigInteger, Boolean, Column, Integer, PrimaryKeyConstraint, Text, text

_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade(op: Operations) -> None:
    """Make the table and the index of the calls that wait."""
    op.create_table(
        "rest_call",
        Column("membership_id", _TEXT, nullable=False),
        Column("activity_key", _TEXT, nullable=False),
        Column("state", _TEXT, nullable=False),
        Column("due_at", BigInteger),
        Column("attempts", Integer, nullable=False),
        Column("test", Boolean, nullable=False),
        Column("request", _TEXT, nullable=False),
        Column("result", _TEXT),
        PrimaryKeyConstraint("membership_id", "activity_key", name=op.f("pk_rest_call")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_rest_call_due",
        "rest_call",
        ["due_at"],
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    )
