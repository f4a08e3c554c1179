"""A file with anything in any place is read or refused, and what was read can be checked and shown."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.exchange.plan_import import plan_import
from app.exchange.read_journey import read_journey_file
from app.exchange.write_journey import write_journey_file
from app.journey.activities import activity_type
from app.journey.context import JourneyContext
from app.journey.rules import validate
from app.kernel.errors import UnreadableFile

CONTENT = (Path(__file__).parent / "golden" / "format-1.journey").read_bytes()

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_a_changed_file(data: st.DataObject) -> None:
    document = json.loads(CONTENT)
    for _ in range(data.draw(st.integers(1, 3))):
        at: Any = document
        while True:
            steps = list(at) if isinstance(at, dict) else list(range(len(at)))
            if not steps:
                break
            step = data.draw(st.sampled_from(steps))
            if not isinstance(at[step], (dict, list)) or data.draw(st.integers(0, 3)) == 0:
                action = data.draw(st.sampled_from(["put", "remove", "swap"]))
                if action == "remove":
                    del at[step]
                elif action == "swap":
                    at[step] = data.draw(st.sampled_from(["event", "Tier", "EMAILV2-1", "text", {}, [], None, 0]))
                else:
                    at[step] = data.draw(anything)
                break
            at = at[step]
    content = json.dumps(document).encode()
    try:
        file = read_journey_file(content, "x.journey")
    except UnreadableFile:
        return
    context = JourneyContext(
        file.catalog, file.event, file.data_extensions, (), UTC, datetime(2026, 1, 1, tzinfo=UTC), file.journey
    )
    validate(file.journey, context)
    for activity in file.journey.activities.values():
        activity_type(activity.type).summary(activity, context)
    plan = plan_import(file, (), ())
    again = write_journey_file(plan.journey, plan.event, plan.data_extensions)
    read_journey_file(again, "again.journey")


@given(st.binary(max_size=60), st.integers(0, len(CONTENT)))
def test_changed_bytes(noise: bytes, at: int) -> None:
    for content in (noise, CONTENT[:at] + noise + CONTENT[at + len(noise) :]):
        with suppress(UnreadableFile):
            read_journey_file(content, "x.journey")
