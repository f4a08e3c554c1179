"""Dialogs: they never block, lose nothing silently, and say what is wrong beside its field."""
