"""A contact's way from one activity to the next wait or the end. Pure: chance and the moment are handed in."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.data_extensions.data_extension import Value
from app.engine.decision import PathStep
from app.engine.running import Record, RunningVersion
from app.filters.tree import Group
from app.journey.activities import ACTIVITIES
from app.journey.journey import Activity
from app.journey.step import LEAVE, MET, Effect, Message, Met, Situation, Step, Write
from app.kernel.errors import UserError
from app.kernel.said import said

MAX_STEPS = 1000
"""A stretch without a wait that is longer than this goes round in a circle; the contact is stopped there."""


_MUTED = said("Not sent: unsubscribed.")


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a stay when its contact is led on. `test`: a test brought it, or nothing is written at all.
    `engaged` are pairs of a message's tile and what the contact did with it; `met` the tiles whose criteria it met;
    `answers` what its custom activities answered: by tile, names to texts. `dry`: nothing is written at all. `stay` is
    the stay's id."""

    stay: str = ""
    test: bool = False
    dry: bool = False
    engaged: frozenset[tuple[str, str]] = frozenset()
    met: frozenset[str] = frozenset()
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


REAL = Before()
"""What is known of a real contact at its entry."""

Chance = Callable[[str], float]
"""A number in [0, 1) for an activity's key; the same contact at the same tile always gets the same one."""


@dataclass(slots=True)  # made for every event: freezing would cost three times as much
class Stretch:
    """The way from an activity to the next wait or the end.

    `activity` is the tile where it stopped ("" when the journey has none), `wait_until` None when the journey ended
    for this contact, `outcome` the way out of the wait. `effects` come with the key of the tile that made them.
    `fault` says why the contact was stopped before its end.
    """

    steps: tuple[PathStep, ...]
    effects: tuple[tuple[str, Effect], ...] = ()
    activity: str = ""
    wait_until: datetime | None = None
    outcome: str = ""
    fault: str = ""


def walk(
    version: RunningVersion,
    contact_key: str,
    record: Record,
    start: str | None,
    now: datetime,
    chance: Chance,
    *,
    muted: bool = False,
    before: Before = REAL,
) -> Stretch:
    """Lead a contact on from the activity `start` (None: the journey ends here).

    What an Update Contact writes is seen by the tiles after it. `muted`: the contact unsubscribed, so it goes its way
    without getting messages. Criteria that are judged everywhere are asked first: at the entry and after each wait.
    """
    seen: dict[str, Value] = dict(record)
    steps: list[PathStep] = []
    effects: list[tuple[str, Effect]] = []
    if version.judged_everywhere:
        tiles = version.judged_everywhere
        left, before = _judge(version, tiles, contact_key, seen, now, chance, before, steps, effects)
        if left:
            return Stretch(tuple(steps), tuple(effects), left)
    here, key = start, ""
    while here is not None:
        activity = version.journey.activities.get(here)
        if activity is None:
            return Stretch(tuple(steps), tuple(effects), key, fault=no_tile(here))
        if len(steps) >= MAX_STEPS:
            circle = said("{n} tiles without a wait: a circle.", n=MAX_STEPS)
            return Stretch(tuple(steps), tuple(effects), here, fault=circle)
        key = here
        try:
            step = _ask(version, activity, contact_key, seen, now, chance, before)
            step = _without_messages(step) if muted else step
        except UserError as error:
            steps.append(PathStep(key, "", "ended", error.message, now))
            return Stretch(tuple(steps), tuple(effects), key, fault=error.message)
        for effect in step.effects:
            effects.append((key, effect))
            if isinstance(effect, Write):
                seen[effect.field_id] = effect.value
        if step.wait_until is not None and step.wait_until > now:
            steps.append(PathStep(key, step.outcome, "waiting", step.note, now, step.wait_until))
            return Stretch(tuple(steps), tuple(effects), key, step.wait_until, step.outcome)
        here = follow(activity, step.outcome)
        steps.append(PathStep(key, step.outcome, "done" if here is not None else "ended", step.note, now))
    return Stretch(tuple(steps), tuple(effects), key)


def judge_waiting(
    version: RunningVersion,
    tiles: Sequence[Activity],
    contact_key: str,
    record: Record,
    now: datetime,
    before: Before,
) -> Stretch | None:
    """Ask the criteria of those tiles of a contact that waits; None when nothing is new.

    A stretch without an `activity` says what the contact met and that it goes on waiting.
    """
    steps: list[PathStep] = []
    effects: list[tuple[str, Effect]] = []
    left, _ = _judge(version, tiles, contact_key, dict(record), now, chance_of(before.stay), before, steps, effects)
    return Stretch(tuple(steps), tuple(effects), left) if steps else None


def _judge(
    version: RunningVersion,
    tiles: Sequence[Activity],
    contact_key: str,
    seen: dict[str, Value],
    now: datetime,
    chance: Chance,
    before: Before,
    steps: list[PathStep],
    effects: list[tuple[str, Effect]],
) -> tuple[str, Before]:
    """Ask the criteria that are judged everywhere; the tile by which the contact leaves ("": it goes on), and what is
    known of the stay then."""
    for activity in tiles:
        step = _ask(version, activity, contact_key, seen, now, chance, before)
        news = [(activity.key, effect) for effect in step.effects if isinstance(effect, Met)]
        if step.outcome != LEAVE and not news:
            continue
        effects.extend(news)
        before = replace(before, met=before.met | {activity.key})
        leaves = step.outcome == LEAVE
        steps.append(PathStep(activity.key, LEAVE if leaves else MET, "ended" if leaves else "done", step.note, now))
        if leaves:
            return activity.key, before
    return "", before


def _without_messages(step: Step) -> Step:
    kept = tuple(effect for effect in step.effects if not isinstance(effect, Message))
    return step if len(kept) == len(step.effects) else replace(step, effects=kept, note=_MUTED)


def no_tile(key: str) -> str:
    """Why a contact is stopped before a tile that is gone."""
    return said("The tile {key} is not in the journey.", key=repr(key))


def follow(activity: Activity, outcome: str) -> str | None:
    """The key of the activity behind an outcome; None where the journey ends, or has no such outcome."""
    for each in activity.outcomes:
        if each.key == outcome:
            return each.next
    return None


def _ask(
    version: RunningVersion,
    activity: Activity,
    contact_key: str,
    seen: dict[str, Value],
    now: datetime,
    chance: Chance,
    before: Before,
) -> Step:
    """What the tile does with the contact. A type that nobody here knows is passed through by its first way out."""
    leaf = ACTIVITIES.get(activity.type)
    if leaf is None:
        first = activity.outcomes[0].key if activity.outcomes else ""
        return Step(first, note=said("Switchback does not know {type}: passed through.", type=activity.type))

    def matches(group: Group) -> bool:
        return version.matches(group, seen, now)

    return leaf.step(
        activity,
        Situation(
            contact_key=contact_key,
            record=seen,
            catalog=version.catalog,
            event=version.event,
            matches=matches,
            now=now,
            time_zone=version.time_zone,
            chance=chance(activity.key),
            default_email=version.journey.default_email,
            engaged=lambda key, metric: (key, metric) in before.engaged,
            test=before.test,
            met=activity.key in before.met,
            dry=before.dry,
            calls=version.calls,
            test_calls=version.test_calls,
            answers=before.answers,
            journey_id=version.journey.id,
            stay=before.stay,
        ),
    )


def chance_of(membership_id: str) -> Chance:
    """The numbers that one stay draws: spread evenly over stays, the same ones whenever the way is walked again."""
    return lambda activity_key: zlib.crc32(f"{membership_id}/{activity_key}".encode()) / 2**32
