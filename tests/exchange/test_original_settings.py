"""Settings of the further activities in Marketing Cloud's members: there and back, and kept as they came."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.exchange.interaction_reader import read_interaction
from app.exchange.original_settings import leaf_of, read_settings, write_settings
from app.journey.activities import ACTIVITIES
from app.journey.journey import Activity


def made(key: str, **settings: Any) -> Activity:
    """A tile with those settings."""
    activity = ACTIVITIES[key].make("A-1")
    return replace(activity, settings={**activity.settings, **settings})


@pytest.mark.parametrize(
    "activity",
    [
        made("wait_until_date", moment="2026-12-24T09:00"),
        made("wait_by_attribute", attribute="Delivery date"),
        made("wait_until_event", event="APIEvent-2", time_out={"amount": 3, "unit": "weeks"}),
        made("engagement_split", activity="EMAILV2-1", metric="bounce"),
        made("sto_wait", hours=48, random=False),
        made("path_optimizer", evaluation="Engagement", metric="Opens", hold_back=10),
        made("rest", url="https://example.com", verb="PUT", body="x", arguments=[{"name": "a", "value": "{{b}}"}]),
    ],
    ids=lambda activity: activity.type,
)
def test_there_and_back(activity: Activity) -> None:
    configuration, arguments = write_settings(activity, "APIEvent-1", {})
    assert configuration or arguments
    node = {"arguments": arguments, "configurationArguments": configuration}
    leaf = leaf_of(ACTIVITIES[activity.type].mc_type, configuration)
    assert leaf is not None
    assert leaf.key == activity.type
    found = read_settings(activity.type, node, configuration)
    assert found
    assert activity.settings == {**ACTIVITIES[activity.type].make("A-1").settings, **found}
    assert write_settings(activity, "APIEvent-1", node) == ({}, {}), "what says the same already is left as it came"
    other = replace(activity, settings=ACTIVITIES[activity.type].make("A-1").settings)
    assert write_settings(other, "APIEvent-1", node) != ({}, {})


def test_members_of_any_shape_break_nothing() -> None:
    for key in [each.key for each in ACTIVITIES]:
        for value in (None, 7, "x", [1], {"a": 1}):
            names = ("waitDuration", "params", "engagementPeriod", "statsTypeId", "specificDate")
            configuration = dict.fromkeys(names, value)
            read_settings(key, {"arguments": {"execute": value}}, configuration)
            read_settings(key, {"arguments": value}, configuration)
        write_settings(replace(made(key), settings={}), "k", {})
    assert leaf_of("SALESCLOUDACTIVITY", {}) is None


def test_an_imported_wait_is_the_wait_that_its_members_say() -> None:
    waits = {
        "wait": {"waitDuration": 3, "waitUnit": "DAYS"},
        "wait_until_date": {"specificDate": "2026-12-24T09:00:00"},
        "wait_by_attribute": {"waitEndDateAttributeExpression": '{{Event.APIEvent-1."Delivery date"}}'},
        "wait_until_event": {"waitForEventKey": "APIEvent-2", "waitDuration": "7", "waitUnit": "DAYS"},
    }
    document = {
        "key": "k",
        "name": "Imported",
        "activities": [
            {"key": f"W-{number}", "type": "WAIT", "outcomes": [{"key": "guid"}], "configurationArguments": members}
            for number, members in enumerate(waits.values())
        ],
        "triggers": [],
    }
    journey = read_interaction(document, "j", lambda event_id, key: None)
    assert [activity.type for activity in journey.activities.values()] == list(waits)
    assert journey.activities["W-1"].settings["moment"] == "2026-12-24T09:00"
    assert journey.activities["W-2"].settings["attribute"] == "Delivery date"
    assert journey.activities["W-3"].settings["time_out"] == {"amount": 7, "unit": "days"}
