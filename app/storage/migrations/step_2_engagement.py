"""The second format: what contacts did with messages, and who met a journey's criteria."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Text

_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade(op: Operations) -> None:
    """Make the two tables."""
    op.create_table(
        "engagement",
        Column("membership_id", _TEXT, nullable=False),
        Column("activity_key", _TEXT, nullable=False),
        Column("metric", _TEXT, nullable=False),
        Column("at", BigInteger, nullable=False),
        PrimaryKeyConstraint("membership_id", "activity_key", "metric", name=op.f("pk_engagement")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "criteria_met",
        Column("membership_id", _TEXT, nullable=False),
        Column("activity_key", _TEXT, nullable=False),
        Column("journey_id", _TEXT, nullable=False),
        Column("what", _TEXT, nullable=False),
        Column("at", BigInteger, nullable=False),
        PrimaryKeyConstraint("membership_id", "activity_key", name=op.f("pk_criteria_met")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_criteria_met_journey", "criteria_met", ["journey_id", "what", "membership_id"])
