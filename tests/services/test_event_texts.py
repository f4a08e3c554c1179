"""Texts of an event that a database cannot keep are refused, on both databases alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.events.event_definition import EventDefinition
from app.kernel.errors import InvalidInput, NotFound
from app.services.create_journey import create_journey
from app.services.list_events import list_events
from app.services.open_journey import open_journey
from app.services.save_event import save_event
from app.services.workspace import Workspace

GOOD = EventDefinition("", "NTO-texts", "Texts", None)


@pytest.mark.parametrize(
    ("member", "code"), [("name", "unseen"), ("description", "null_character"), ("criteria", "null_character")]
)
def test_a_null_character_is_refused(ws: Workspace, member: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        save_event(ws, replace(GOOD, **{member: "a\0b"}))
    assert [(each.code, each.where) for each in caught.value.problems] == [(code, member)]
    assert list_events(ws) == ()


def test_what_is_only_kept_may_hold_anything(ws: Workspace) -> None:
    extra = {"metaData": {"note": "a\0b"}}
    save_event(ws, replace(GOOD, extra=extra))
    assert list_events(ws)[0].definition.extra == extra


def test_looking_for_what_no_database_can_hold_is_no_fault_of_ours(ws: Workspace) -> None:
    with pytest.raises((NotFound, InvalidInput)):
        open_journey(ws, "a\0b")
    create_journey(ws, "The connection works on")
