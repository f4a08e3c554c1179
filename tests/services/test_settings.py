"""The workspace's settings, and what they do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.data_extensions.check_row import Nulls, UnknownColumns
from app.events.fire_event import FireEvent
from app.journey.calls import CallPolicy
from app.kernel.errors import InvalidInput
from app.kernel.ids import new_guid
from app.services.fidelity import Fidelity
from app.services.fire_event import fire_event
from app.services.settings import Settings, read_settings, read_time_zone, save_settings
from app.services.workspace import Workspace
from tests.support.workspace import EVENT_KEY, abandoned_cart


def test_a_new_workspace_has_a_name_and_the_machines_time_zone(ws: Workspace) -> None:
    settings = read_settings(ws)
    assert settings.name == ws.info.name != ""
    assert settings.time_zone == ws.info.time_zone
    assert settings.fidelity == Fidelity()
    assert (settings.calls, settings.test_calls) == (CallPolicy.RECORD, False)


def test_settings_are_kept(ws: Workspace) -> None:
    choices = Fidelity(UnknownColumns.REFUSE, Nulls.REFUSE, names_ignore_case=True)
    kept = save_settings(ws, Settings("  Northern Trails ", "Europe/Oslo", choices))
    assert kept == read_settings(ws) == Settings("Northern Trails", "Europe/Oslo", choices)
    assert (ws.info.name, ws.info.time_zone) == ("Northern Trails", "Europe/Oslo")
    with ws.unit_of_work(writes=False) as work:
        assert read_time_zone(work.facts).key == "Europe/Oslo"


def test_settings_that_cannot_be_are_all_named(ws: Workspace) -> None:
    before = read_settings(ws)
    with pytest.raises(InvalidInput) as caught:
        save_settings(ws, Settings(" ", "Middle/Earth"))
    assert [problem.where for problem in caught.value.problems] == ["name", "time_zone"]
    assert "Europe/Oslo" in caught.value.problems[1].hint
    assert read_settings(ws) == before


def test_a_name_with_what_nobody_sees_is_refused(ws: Workspace) -> None:
    with pytest.raises(InvalidInput) as caught:
        save_settings(ws, Settings("North\u202eern", "Europe/Oslo"))
    assert caught.value.problems[0].message == "The name has a character that cannot be seen (U+202E)."


def test_a_name_without_a_column_is_ignored_or_refused_as_set(ws: Workspace) -> None:
    abandoned_cart(ws)
    data = {"Contact key": "NTO-1", "Cart total": 60, "Country": "NO", "Colour": "red"}

    def fire() -> str:
        return fire_event(ws, FireEvent(new_guid(), "NTO-1", EVENT_KEY, data)).outcome

    assert fire() == "admitted"
    settings = read_settings(ws)
    save_settings(ws, replace(settings, fidelity=Fidelity(unknown_columns=UnknownColumns.REFUSE)))
    assert fire() == "error"


def test_what_this_program_does_not_know_lets_no_call_out(ws: Workspace) -> None:
    with ws.unit_of_work() as work:
        work.facts.set("settings", '{"name": "x", "time_zone": "UTC", "calls": "everything", "test_calls": "yes"}')
        work.commit()
    assert (read_settings(ws).calls, read_settings(ws).test_calls) == (CallPolicy.RECORD, False)
