"""Switchback: Journey Builder's API Event on your own desk."""

__version__ = "0.1.0"
