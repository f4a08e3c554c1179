"""The workspace's settings: its name, its time zone, how faithful it is to the original."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.journey.calls import CallPolicy
from app.kernel.errors import InvalidInput, Problem
from app.kernel.names import name_problem
from app.kernel.said import said
from app.services.fidelity import Fidelity, from_document, to_document
from app.services.ports import Facts
from app.services.workspace import Workspace

FACT = "settings"


@dataclass(frozen=True, slots=True)
class Settings:
    """`time_zone` is an IANA name; days of filters and waits begin at its midnight. `calls` is what REST activities may
    do, `test_calls` whether in tests too."""

    name: str
    time_zone: str
    fidelity: Fidelity = field(default_factory=Fidelity)
    calls: CallPolicy = CallPolicy.RECORD
    test_calls: bool = False


def read_settings(ws: Workspace) -> Settings:
    """The settings as they are now."""
    with ws.unit_of_work(writes=False) as work:
        return settings_of(work.facts)


def save_settings(ws: Workspace, settings: Settings) -> Settings:
    """Keep the settings; what was kept. Raises InvalidInput for a name or a time zone that cannot be."""
    kept = replace(settings, name=settings.name.strip())
    problems = _check(kept)
    if problems:
        raise InvalidInput(said("The settings were not saved."), problems)
    with ws.unit_of_work() as work:
        document = _document(work.facts) | {
            "name": kept.name,
            "time_zone": kept.time_zone,
            "fidelity": to_document(kept.fidelity),
            "calls": kept.calls.value,
            "test_calls": kept.test_calls,
        }
        work.facts.set(FACT, json.dumps(document, ensure_ascii=False))
        work.changed("settings", "running")
        work.commit()
    ws.info = replace(ws.info, name=kept.name, time_zone=kept.time_zone)
    return kept


def settings_of(facts: Facts) -> Settings:
    """The settings of an open unit of work."""
    document = _document(facts)
    choices = document.get("fidelity")
    calls = document.get("calls")
    return Settings(
        name=str(document.get("name", "")),
        time_zone=str(document.get("time_zone", "UTC")),
        fidelity=from_document(choices if isinstance(choices, dict) else {}),
        # What this program does not know must not call out.
        calls=CallPolicy(calls) if calls in set(CallPolicy) else CallPolicy.RECORD,
        test_calls=document.get("test_calls") is True,
    )


def read_time_zone(facts: Facts) -> ZoneInfo:
    """The workspace's time zone; UTC where this machine does not know it."""
    try:
        return ZoneInfo(settings_of(facts).time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _document(facts: Facts) -> dict[str, Any]:
    found = json.loads(facts.get(FACT) or "{}")
    return found if isinstance(found, dict) else {}


def _check(settings: Settings) -> tuple[Problem, ...]:
    of_name = name_problem(settings.name, said("The workspace has no name."), "Northern Trails Outfitters")
    problems = [of_name] if of_name is not None else []
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        hint = said("Take an IANA name, for example Europe/Oslo.")
        problems.append(
            Problem(
                "unknown_time_zone",
                said("There is no time zone {time_zone!r}.", time_zone=settings.time_zone),
                "time_zone",
                hint,
            )
        )
    return tuple(problems)
