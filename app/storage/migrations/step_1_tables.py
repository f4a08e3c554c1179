"""The first format: the tables as they were in Switchback 0.1. Written out, because `tables` goes on to change."""

from __future__ import annotations

from alembic.operations import Operations
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
    text,
)

_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def upgrade(op: Operations) -> None:
    """Make the tables and their indexes."""
    _definitions(op)
    _history(op)
    _indexes(op)


def _definitions(op: Operations) -> None:
    """What people make."""
    op.create_table(
        "meta",
        Column("key", _TEXT, nullable=False),
        Column("value", _TEXT, nullable=False),
        PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "epoch",
        Column("what", _TEXT, nullable=False),
        Column("number", BigInteger, nullable=False),
        PrimaryKeyConstraint("what", name=op.f("pk_epoch")),
    )
    op.create_table(
        "data_extension",
        Column("id", _TEXT, nullable=False),
        Column("key", _TEXT, nullable=False),
        Column("key_ci", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        Column("name_ci", _TEXT, nullable=False),
        Column("table_name", _TEXT, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("modified_at", BigInteger, nullable=False),
        Column("document", _TEXT, nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_data_extension")),
        UniqueConstraint("key_ci", name=op.f("uq_data_extension_key_ci")),
        UniqueConstraint("name_ci", name=op.f("uq_data_extension_name_ci")),
        UniqueConstraint("table_name", name=op.f("uq_data_extension_table_name")),
    )
    op.create_table(
        "event_definition",
        Column("id", _TEXT, nullable=False),
        Column("key", _TEXT, nullable=False),
        Column("key_ci", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        Column("data_extension_id", _TEXT),
        Column("activated", Boolean, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("modified_at", BigInteger, nullable=False),
        Column("description", _TEXT, nullable=False),
        Column("criteria", _TEXT, nullable=False),
        UniqueConstraint("key_ci", name=op.f("uq_event_definition_key_ci")),
        ForeignKeyConstraint(
            ["data_extension_id"], ["data_extension.id"], name=op.f("fk_event_definition_data_extension_id")
        ),
        PrimaryKeyConstraint("id", name=op.f("pk_event_definition")),
    )
    op.create_table(
        "journey",
        Column("id", _TEXT, nullable=False),
        Column("key", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("modified_at", BigInteger, nullable=False),
        Column("deleted_at", BigInteger),
        PrimaryKeyConstraint("id", name=op.f("pk_journey")),
    )
    op.create_table(
        "journey_version",
        Column("id", _TEXT, nullable=False),
        Column("journey_id", _TEXT, nullable=False),
        Column("number", Integer, nullable=False),
        Column("status", _TEXT, nullable=False),
        Column("event_definition_id", _TEXT),
        Column("created_at", BigInteger, nullable=False),
        Column("saved_at", BigInteger, nullable=False),
        Column("activated_at", BigInteger),
        Column("ended_at", BigInteger),
        Column("pause", _TEXT),
        Column("document", _TEXT, nullable=False),
        Column("frozen", _TEXT),
        Column("history", _TEXT),
        ForeignKeyConstraint(["journey_id"], ["journey.id"], name=op.f("fk_journey_version_journey_id")),
        PrimaryKeyConstraint("id", name=op.f("pk_journey_version")),
    )
    op.create_table(
        "credential",
        Column("client_id", _TEXT, nullable=False),
        Column("name", _TEXT, nullable=False),
        Column("secret_hash", _TEXT, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("rotated_at", BigInteger),
        Column("revoked_at", BigInteger),
        PrimaryKeyConstraint("client_id", name=op.f("pk_credential")),
    )


def _history(op: Operations) -> None:
    """What happens."""
    op.create_table(
        "contact",
        Column("key", _TEXT, nullable=False),
        Column("status", _TEXT, nullable=False),
        Column("created_at", BigInteger, nullable=False),
        Column("test", Boolean, nullable=False),
        PrimaryKeyConstraint("key", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_instance",
        Column("id", _TEXT, nullable=False),
        Column("received_at", BigInteger, nullable=False),
        Column("contact_key", _TEXT, nullable=False),
        Column("event_definition_id", _TEXT, nullable=False),
        Column("event_definition_key", _TEXT, nullable=False),
        Column("origin", _TEXT, nullable=False),
        Column("outcome", _TEXT, nullable=False),
        Column("test", Boolean, nullable=False),
        Column("took_us", Integer, nullable=False),
        Column("row_id", BigInteger),
        Column("data", _TEXT, nullable=False),
        Column("warnings", _TEXT),
        PrimaryKeyConstraint("id", name=op.f("pk_event_instance")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decision",
        Column("journey_id", _TEXT, nullable=False),
        Column("event_instance_id", _TEXT, nullable=False),
        Column("version_id", _TEXT, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("admitted", Boolean, nullable=False),
        Column("reason", _TEXT, nullable=False),
        Column("membership_id", _TEXT),
        Column("facts", _TEXT, nullable=False),
        PrimaryKeyConstraint("journey_id", "event_instance_id", name=op.f("pk_decision")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "membership",
        Column("id", _TEXT, nullable=False),
        Column("journey_id", _TEXT, nullable=False),
        Column("version_id", _TEXT, nullable=False),
        Column("contact_key", _TEXT, nullable=False),
        Column("event_instance_id", _TEXT, nullable=False),
        Column("entered_at", BigInteger, nullable=False),
        Column("state", _TEXT, nullable=False),
        Column("activity_key", _TEXT, nullable=False),
        Column("outcome", _TEXT, nullable=False),
        Column("due_at", BigInteger),
        Column("ended_at", BigInteger),
        Column("test", Boolean, nullable=False),
        Column("segments", Integer, nullable=False),
        Column("record", _TEXT, nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_membership")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "occupancy",
        Column("journey_id", _TEXT, nullable=False),
        Column("contact_key", _TEXT, nullable=False),
        Column("entered", Integer, nullable=False),
        Column("inside", Integer, nullable=False),
        PrimaryKeyConstraint("journey_id", "contact_key", name=op.f("pk_occupancy")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "segment",
        Column("membership_id", _TEXT, nullable=False),
        Column("number", Integer, nullable=False, autoincrement=False),
        Column("at", BigInteger, nullable=False),
        Column("steps", _TEXT, nullable=False),
        PrimaryKeyConstraint("membership_id", "number", name=op.f("pk_segment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sent",
        Column("id", _TEXT, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("channel", _TEXT, nullable=False),
        Column("contact_key", _TEXT, nullable=False),
        Column("address", _TEXT, nullable=False),
        Column("journey_id", _TEXT, nullable=False),
        Column("version_id", _TEXT, nullable=False),
        Column("membership_id", _TEXT, nullable=False),
        Column("activity_key", _TEXT, nullable=False),
        Column("activity_name", _TEXT, nullable=False),
        Column("test", Boolean, nullable=False),
        Column("subject", _TEXT, nullable=False),
        Column("body", _TEXT, nullable=False),
        PrimaryKeyConstraint("id", name=op.f("pk_sent")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "refused_call",
        Column("id", _TEXT, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("origin", _TEXT, nullable=False),
        Column("contact_key", _TEXT, nullable=False),
        Column("event_definition_key", _TEXT, nullable=False),
        Column("status", Integer, nullable=False),
        Column("errorcode", Integer, nullable=False),
        Column("message", _TEXT, nullable=False),
        Column("problems", _TEXT),
        PrimaryKeyConstraint("id", name=op.f("pk_refused_call")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "test_write",
        Column("id", _TEXT, nullable=False),
        Column("event_instance_id", _TEXT, nullable=False),
        Column("data_extension_id", _TEXT, nullable=False),
        Column("row_id", BigInteger, nullable=False),
        Column("before", _TEXT),
        PrimaryKeyConstraint("id", name=op.f("pk_test_write")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "idempotency",
        Column("key", _TEXT, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("event_instance_id", _TEXT, nullable=False),
        PrimaryKeyConstraint("key", name=op.f("pk_idempotency")),
        sqlite_with_rowid=False,
    )


def _indexes(op: Operations) -> None:
    """What is looked for often, and what must not be there twice."""
    op.create_index("ix_event_definition_data_extension_id", "event_definition", ["data_extension_id"])
    op.create_index(
        "uq_journey_key",
        "journey",
        ["key"],
        unique=True,
        sqlite_where=text("deleted_at IS NULL"),
        postgresql_where=text("deleted_at IS NULL"),
    )
    op.create_index("ix_journey_version_event_definition_id", "journey_version", ["event_definition_id"])
    op.create_index("uq_journey_version_number", "journey_version", ["journey_id", "number"], unique=True)
    op.create_index(
        "ix_event_instance_test",
        "event_instance",
        ["id"],
        sqlite_where=text("test"),
        postgresql_where=text("test"),
    )
    op.create_index(
        "ix_decision_queued",
        "decision",
        ["journey_id", "event_instance_id"],
        sqlite_where=text("reason = 'NotEvaluatingEntryCriteria'"),
        postgresql_where=text("reason = 'NotEvaluatingEntryCriteria'"),
    )
    op.create_index("ix_membership_contact", "membership", ["contact_key", "journey_id"])
    op.create_index(
        "ix_membership_inside",
        "membership",
        ["due_at", "journey_id", "ended_at"],
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    )
    op.create_index(
        "ix_membership_test",
        "membership",
        ["id"],
        sqlite_where=text("test"),
        postgresql_where=text("test"),
    )
    op.create_index("ix_sent_test", "sent", ["id"], sqlite_where=text("test"), postgresql_where=text("test"))
    op.create_index("ix_idempotency_at", "idempotency", ["at"])
