"""The tables of a workspace. Private to storage; the tables of data extensions are made in `physical`.

Every change here goes with a step in `migrations`, which leads the workspaces that are there to the same tables.

Conventions: ids are guids that grow with time (`kernel.ids`), moments are integer microseconds since 1970 in UTC
(`moments`), documents are JSON text. Text is compared byte by byte on both databases (collation "C" on PostgreSQL).
Tables that every event writes to are `WITHOUT ROWID` on SQLite: one tree a table, new rows at its end. They carry
no foreign keys: one transaction writes them together, and each key would be one more look-up for every event.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

FORMAT = 4
"""The version stamp of a workspace: a program refuses one whose stamp is higher than its own."""

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in byte order on both databases."""

MOMENT = BigInteger()
"""Microseconds since 1970-01-01 in UTC."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)
"""Name to value: the format, the workspace's guid and name, its settings (JSON), the key that signs tokens."""

epoch = Table(
    "epoch",
    metadata,
    Column("what", TEXT, primary_key=True),
    Column("number", BigInteger, nullable=False),
)
"""Counters that tell other processes what changed: `running` (all that admission is compiled from), and the words of
`news.WorkspaceChanged`. Bumped in the transaction of the change; a batch reads `running` first."""

data_extension = Table(
    "data_extension",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("key", TEXT, nullable=False),
    Column("key_ci", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("name_ci", TEXT, nullable=False, unique=True),
    Column("table_name", TEXT, nullable=False, unique=True),
    Column("created_at", MOMENT, nullable=False),
    Column("modified_at", MOMENT, nullable=False),
    Column("document", TEXT, nullable=False),
)
"""The schema of a data extension; its rows are in the table `table_name`."""

event_definition = Table(
    "event_definition",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("key", TEXT, nullable=False),
    Column("key_ci", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
    Column("data_extension_id", TEXT, ForeignKey("data_extension.id"), index=True),
    Column("activated", Boolean, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("modified_at", MOMENT, nullable=False),
    Column("description", TEXT, nullable=False),
    Column("criteria", TEXT, nullable=False),
)

event_extra = Table(
    "event_extra",
    metadata,
    Column("event_definition_id", TEXT, ForeignKey("event_definition.id"), primary_key=True),
    Column("document", TEXT, nullable=False),
)
"""What clients of the API say of an event definition that we only keep: its icon, mode, metadata (JSON)."""

journey = Table(
    "journey",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("key", TEXT, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("modified_at", MOMENT, nullable=False),
    Column("deleted_at", MOMENT),
)
"""A journey over all its versions. A deleted one keeps its row, so that the history of its contacts keeps its name."""
Index(
    "uq_journey_key",
    journey.c.key,
    unique=True,
    sqlite_where=journey.c.deleted_at.is_(None),
    postgresql_where=journey.c.deleted_at.is_(None),
)

journey_version = Table(
    "journey_version",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("journey_id", TEXT, ForeignKey("journey.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("status", TEXT, nullable=False),
    Column("event_definition_id", TEXT, index=True),
    Column("created_at", MOMENT, nullable=False),
    Column("saved_at", MOMENT, nullable=False),
    Column("activated_at", MOMENT),
    Column("ended_at", MOMENT),
    Column("pause", TEXT),
    Column("document", TEXT, nullable=False),
    Column("frozen", TEXT),
    Column("history", TEXT),
)
"""A version. `status` has the words of `journey.Status`. `document` is the journey; a draft's `history` is its undo
history; `frozen` is what an active version took with it: its event and the schemas its filters ask. `pause` holds the
choices of a pause, and of a stopped version how many contacts left with it."""
Index("uq_journey_version_number", journey_version.c.journey_id, journey_version.c.number, unique=True)

contact = Table(
    "contact",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("status", TEXT, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("test", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""A known contact. `test` marks one that a test created, which Clear test contacts takes away."""

event_instance = Table(
    "event_instance",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("received_at", MOMENT, nullable=False),
    Column("contact_key", TEXT, nullable=False),
    Column("event_definition_id", TEXT, nullable=False),
    Column("event_definition_key", TEXT, nullable=False),
    Column("origin", TEXT, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("took_us", Integer, nullable=False),
    Column("row_id", BigInteger),
    Column("data", TEXT, nullable=False),
    Column("warnings", TEXT),
    sqlite_with_rowid=False,
)
"""An accepted event. `outcome` is `admitted`, `refused` or `none`; `data` the values that were stored (JSON by field
id), `row_id` the row of the data extension that took them."""
Index(
    "ix_event_instance_test",
    event_instance.c.id,
    sqlite_where=event_instance.c.test,
    postgresql_where=event_instance.c.test,
)

decision = Table(
    "decision",
    metadata,
    Column("journey_id", TEXT, primary_key=True),
    Column("event_instance_id", TEXT, primary_key=True),
    Column("version_id", TEXT, nullable=False),
    Column("at", MOMENT, nullable=False),
    Column("admitted", Boolean, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("membership_id", TEXT),
    Column("facts", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
"""What one journey decided about one event. `facts` (JSON) are what the trace is derived from, beyond the event's data:
the version's status then, what the journey remembered, the linked rows that the filter saw. The journey leads the key,
so that the newest of a journey is at the end of its stretch; the decisions of one event are found by asking for each
journey that there is."""

Index(
    "ix_decision_queued",
    decision.c.journey_id,
    decision.c.event_instance_id,
    sqlite_where=text("reason = 'NotEvaluatingEntryCriteria'"),
    postgresql_where=text("reason = 'NotEvaluatingEntryCriteria'"),
)
"""The arrivals that paused journeys keep."""

membership = Table(
    "membership",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("journey_id", TEXT, nullable=False),
    Column("version_id", TEXT, nullable=False),
    Column("contact_key", TEXT, nullable=False),
    Column("event_instance_id", TEXT, nullable=False),
    Column("entered_at", MOMENT, nullable=False),
    Column("state", TEXT, nullable=False),
    Column("activity_key", TEXT, nullable=False),
    Column("outcome", TEXT, nullable=False),
    Column("due_at", MOMENT),
    Column("ended_at", MOMENT),
    Column("test", Boolean, nullable=False),
    Column("segments", Integer, nullable=False),
    Column("record", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
"""A contact's stay in a version. `state` is `waiting`, `ended`, `removed` or `stopped`; while it waits, `activity_key`
is where, `outcome` the way on and `due_at` when. `record` is the event data as it was at entry (JSON by field id)."""
Index("ix_membership_contact", membership.c.contact_key, membership.c.journey_id)
Index(
    "ix_membership_inside",
    membership.c.due_at,
    membership.c.journey_id,
    membership.c.ended_at,  # always null here, but with it SQLite counts from the index alone
    sqlite_where=membership.c.ended_at.is_(None),
    postgresql_where=membership.c.ended_at.is_(None),
)
Index("ix_membership_test", membership.c.id, sqlite_where=membership.c.test, postgresql_where=membership.c.test)

occupancy = Table(
    "occupancy",
    metadata,
    Column("journey_id", TEXT, primary_key=True),
    Column("contact_key", TEXT, primary_key=True),
    Column("entered", Integer, nullable=False),
    Column("inside", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""How often a contact entered a journey (any version) and how often it is inside now: what entry modes ask. Rows are
locked in sorted order, so that two processes never wait for each other in a ring."""

segment = Table(
    "segment",
    metadata,
    Column("membership_id", TEXT, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", MOMENT, nullable=False),
    Column("steps", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
"""One stretch of a contact's way, up to a wait or the end: a list of steps (JSON)."""

sent = Table(
    "sent",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("channel", TEXT, nullable=False),
    Column("contact_key", TEXT, nullable=False),
    Column("address", TEXT, nullable=False),
    Column("journey_id", TEXT, nullable=False),
    Column("version_id", TEXT, nullable=False),
    Column("membership_id", TEXT, nullable=False),
    Column("activity_key", TEXT, nullable=False),
    Column("activity_name", TEXT, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("subject", TEXT, nullable=False),
    Column("body", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
"""The local Sent list: messages as their receivers would see them."""
Index("ix_sent_test", sent.c.id, sqlite_where=sent.c.test, postgresql_where=sent.c.test)

engagement = Table(
    "engagement",
    metadata,
    Column("membership_id", TEXT, primary_key=True),
    Column("activity_key", TEXT, primary_key=True),
    Column("metric", TEXT, primary_key=True),
    Column("at", MOMENT, nullable=False),
    sqlite_with_rowid=False,
)
"""That a contact opened or clicked the message of a tile, or that it bounced. By stay and tile, as a tile sends a stay
one message at most: so that a stay's marks are found without an index that every message would have to keep."""

criteria_met = Table(
    "criteria_met",
    metadata,
    Column("membership_id", TEXT, primary_key=True),
    Column("activity_key", TEXT, primary_key=True),
    Column("journey_id", TEXT, nullable=False),
    Column("what", TEXT, nullable=False),
    Column("at", MOMENT, nullable=False),
    sqlite_with_rowid=False,
)
"""That a stay met the criteria of a tile: `what` is `goal` or `exit`."""
Index("ix_criteria_met_journey", criteria_met.c.journey_id, criteria_met.c.what, criteria_met.c.membership_id)

rest_call = Table(
    "rest_call",
    metadata,
    Column("membership_id", TEXT, primary_key=True),
    Column("activity_key", TEXT, primary_key=True),
    Column("state", TEXT, nullable=False),
    Column("due_at", MOMENT),
    Column("attempts", Integer, nullable=False),
    Column("test", Boolean, nullable=False),
    Column("request", TEXT, nullable=False),
    Column("result", TEXT),
    sqlite_with_rowid=False,
)
"""A call of a REST activity that is really made. `state` is `waiting`, `done` or `failed`; while it waits, `due_at`
says when it is made, or (while a process makes it) when that process must have died. `request` and `result` are
JSON."""
Index(
    "ix_rest_call_due",
    rest_call.c.due_at,
    sqlite_where=rest_call.c.due_at.is_not(None),
    postgresql_where=rest_call.c.due_at.is_not(None),
)

refused_call = Table(
    "refused_call",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("at", MOMENT, nullable=False),
    Column("origin", TEXT, nullable=False),
    Column("contact_key", TEXT, nullable=False),
    Column("event_definition_key", TEXT, nullable=False),
    Column("status", Integer, nullable=False),
    Column("errorcode", Integer, nullable=False),
    Column("message", TEXT, nullable=False),
    Column("problems", TEXT),
    sqlite_with_rowid=False,
)
"""Calls that the contract refused; only the newest are kept."""

test_write = Table(
    "test_write",
    metadata,
    Column("id", TEXT, primary_key=True),
    Column("event_instance_id", TEXT, nullable=False),
    Column("data_extension_id", TEXT, nullable=False),
    Column("row_id", BigInteger, nullable=False),
    Column("before", TEXT),
    sqlite_with_rowid=False,
)
"""What a test did to a row: `before` is the row's stored values (JSON by column), null when the test made the row.
Clear test contacts puts them back, newest first."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("at", MOMENT, nullable=False, index=True),
    Column("event_instance_id", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
"""An `Idempotency-Key` that was seen, and the event that it stands for."""

credential = Table(
    "credential",
    metadata,
    Column("client_id", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("secret_hash", TEXT, nullable=False),
    Column("created_at", MOMENT, nullable=False),
    Column("rotated_at", MOMENT),
    Column("revoked_at", MOMENT),
)
"""A pair that may ask for tokens; the secret is stored hashed."""
