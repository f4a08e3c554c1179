"""One file a concern: statements of SQLAlchemy Core on the connection of a unit of work."""
