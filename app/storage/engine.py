"""The engine: the one place that makes one. Every error of a statement leaves it as one of ours."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext

from app.storage import postgresql, sqlite
from app.storage.errors import translate
from app.storage.location import Location

LOCATION = "location"
"""The execution option that names the workspace, for errors of statements that go past SQLAlchemy (`prepared`)."""


def make_engine(location: Location) -> Engine:
    """An engine for the workspace at `location`; nothing is opened until the first statement.

    A connection is lent to one thread at a time. Execution option `writes` says how its transactions begin: True
    takes the writers' lock, "events" takes it on SQLite only (on PostgreSQL the writers of events of many processes
    work side by side), False makes a snapshot for reading; without it they begin plainly.
    """
    dialect = sqlite if location.path else postgresql
    engine = create_engine(
        dialect.url(location),
        connect_args=dialect.connect_args(),
        pool_size=5,
        max_overflow=20,
        # A connection that the server dropped while it lay in the pool is replaced, not handed out.
        pool_pre_ping=location.path is None,
        # What contacts are called and what they bought belongs in no log, not even in a programmer's error.
        hide_parameters=True,
        execution_options={LOCATION: location},
    )
    dialect.prepare(engine, location)

    def say_it_plainly(context: ExceptionContext) -> None:
        if context.is_pre_ping:  # the pool asks whether a connection still lives: it makes another by itself
            return
        error = translate(context.original_exception, location)
        if error is not None:
            raise error from context.original_exception

    event.listen(engine, "handle_error", say_it_plainly)
    return engine
