"""SQLAlchemy: tables, unit of work, repositories, the group-commit writer, migrations."""
