"""The tables of a workspace. Private to storage."""
