"""What an activity type is: the leaf behind a palette tile, a settings form, a check and a contact's next step."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.data_extensions.data_extension import DataExtension, Field
from app.journey.calls import CallResult
from app.journey.context import JourneyContext
from app.journey.durations import duration_words
from app.journey.journey import Activity, Outcome
from app.journey.kept_content import content_is_kept_there, kept_there
from app.journey.repairs import Repair, right_names
from app.journey.step import LEAVE, Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import Said, said

MESSAGES = "messages"
FLOW = "flow"
UPDATES = "updates"
CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of an activity's settings form; its value is a plain JSON value in `Activity.settings[name]`.

    `kind` says which editor draws it and what the value looks like:

    ========================= =============================================================
    text, multiline           a str
    integer, decimal          an int, a number; `minimum` and `maximum` are inclusive
    boolean                   a bool
    choice                    one of the values of `choices`, pairs of (value, label)
    personalised(_multiline)  a str with `{{Field name}}` in it (see `app.journey.personalise`)
    field                     the name of a field of the event's data extension, "" for none; `choices` unused,
                              `field_kinds` limits which kinds of field are offered
    duration                  {"amount": int, "unit": one of `app.journey.durations.UNITS`}
    time                      "HH:MM" in the workspace's time zone, "" for none
    moment                    "YYYY-MM-DDTHH:MM" in the workspace's time zone
    paths                     not in settings: the activity's outcomes with label and filter, the last the remainder
    percentages               not in settings: the outcomes with `settings["percentage"]`, summing to 100
    updates                   a list of {"data_extension_id", "field_id", "value": personalised str}
    activity                  the key of a message of the journey that comes before; `choices` unused
    outcome                   the key of one of the activity's own outcomes, "" for none; `choices` unused
    event                     the Event Definition Key of an event of the workspace
    pairs                     a list of {"name": str, "value": personalised str}
    filter                    a filter document (see `app.filters.document`)
    ========================= =============================================================

    `when` is (name of another setting, its values): only then does this one matter and is shown.
    """

    name: str
    label: str
    kind: str
    default: Any = ""
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    field_kinds: tuple[str, ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Wake:
    """An event that ends a wait: its Event Definition Key, and the outcome by which the contact then goes on."""

    event_key: str
    outcome: str


class ActivityType(ABC):
    """One kind of tile. A leaf sets the class attributes and overrides `describe`, `problems` and `decide`.

    `category` is MESSAGES, FLOW, UPDATES or CUSTOM; `icon` names an SVG in resources/icons; `mc_type` is the type of
    the original's JSON and `key_prefix` starts the keys of its tiles (reference, 4.3).
    """

    key: str
    label: str
    category: str
    help: str
    icon: str
    mc_type: str
    key_prefix: str
    settings: tuple[Setting, ...] = ()
    waits: ClassVar[bool] = False
    """Whether a contact can stand on this tile."""

    def outcomes(self) -> tuple[Outcome, ...]:
        """The ways out of a new tile; one unnamed one unless the leaf says otherwise."""
        return (Outcome(""),)

    def make(self, key: str, name: str = "") -> Activity:
        """A new tile of this type with the schema's defaults; `name` "" takes the type's label."""
        settings = {setting.name: setting.default for setting in self.settings if setting.kind not in OUTCOME_KINDS}
        return Activity(key, self.key, name or self.label, settings, self.outcomes())

    def summary(self, activity: Activity, context: JourneyContext) -> str:
        """The second line on the tile: what it will do, in a few words."""
        return self.describe(activity, context)

    def check(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """What is wrong with a tile, `where` its key. A disabled tile is passed by and has no problems."""
        if activity.disabled:
            return ()
        missing = self._missing(activity)
        if missing and self.category == MESSAGES and content_is_kept_there(activity):
            missing = (kept_there(activity, f"{self.key}.content.kept"),)
        return (*missing, *self.problems(activity, context))

    def step(self, activity: Activity, situation: Situation) -> Step:
        """What a contact does on this tile. A disabled tile is passed by at once."""
        if activity.disabled:
            return Step(self.bypass(activity), note=said("{name} is disabled: passed by.", name=activity.name))
        if not activity.outcomes and len(self.outcomes()) > 1:
            return Step(LEAVE, note=said("{name} has no paths: the journey ends here.", name=activity.name))
        step = self.decide(activity, situation)
        if step.outcome == "" and activity.outcomes and activity.outcomes[0].key:
            # An imported tile's only way out may have a key of its own: the original gives each a guid.
            return replace(step, outcome=activity.outcomes[0].key)
        return step

    def bypass(self, activity: Activity) -> str:
        """The outcome by which contacts pass a disabled tile: the first."""
        return activity.outcomes[0].key if activity.outcomes else ""

    def woken_by(self, activity: Activity) -> Wake | None:
        """The event that ends the wait of a contact on this tile before its time; None: no event does."""
        return None

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The ready mend of one of `check`'s problems, where there is one. A leaf adds its own."""
        if problem.code == "message.field.unknown":
            texts = [setting.name for setting in self.settings if setting.kind in PERSONALISED]
            return right_names(activity.settings, texts, context.schema)
        for setting in self.settings:
            value = activity.settings.get(setting.name, setting.default)
            code = f"{self.key}.{setting.name}"
            if problem.code == f"{code}.range":
                usable = isinstance(value, (int, float)) and not isinstance(value, bool)
                better = min(max(value, setting.minimum or 0), setting.maximum or value) if usable else setting.default
                says = said("Set {label} to {number}", label=_small(setting), number=better)
                return Repair({setting.name: better}, says)
            if problem.code == code and setting.kind == "duration":
                words = duration_words(setting.default)
                return Repair({setting.name: setting.default}, said("Use {duration}", duration=words))
            if problem.code == code and setting.kind == "time":
                return Repair({setting.name: ""}, said("Use no time of day"))
        return None

    def notice(self, context: JourneyContext) -> str:
        """What a person should know of the type before setting it up, where that depends on the workspace; "" for
        nothing."""
        return ""

    def unset_field(self, name: str, schema: DataExtension | None, default_email: str | None) -> Field | None:
        """The field that is taken where the setting `name` names none; `default_email` is the journey's."""
        return None

    def after_wait(self, activity: Activity, result: CallResult | None) -> Step | None:
        """What the contact does when its wait on this tile is over, with what came of the tile's call (None: nothing
        yet). None: what was said when the wait began."""
        return None

    @abstractmethod
    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """The leaf's words for `summary`."""

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """The leaf's own checks, beyond required settings and bounds."""
        return ()

    @abstractmethod
    def decide(self, activity: Activity, situation: Situation) -> Step:
        """The leaf's own step; the tile is enabled."""

    def _missing(self, activity: Activity) -> tuple[Problem, ...]:
        found = []
        for setting in self.settings:
            value = activity.settings.get(setting.name, setting.default)
            if setting.required and (value is None or value == "" or (isinstance(value, str) and not value.strip())):
                asks = setting.kind == "filter"
                word = said("filter") if asks else _small(setting)
                found.append(
                    Problem(
                        f"{self.key}.{setting.name}.missing",
                        said("{name} has no {word}.", name=activity.name, word=word),
                        activity.key,
                        said("Open the tile and add a condition.")
                        if asks
                        else said("Open the tile and fill in {label}.", label=Said(setting.label)),
                    )
                )
            elif setting.kind in ("integer", "decimal") and _outside(value, setting):
                found.append(
                    Problem(
                        f"{self.key}.{setting.name}.range",
                        said("{name}: {label} is {value}.", name=activity.name, label=_small(setting), value=value),
                        activity.key,
                        said(
                            "Use a number from {minimum} to {maximum}.",
                            minimum=setting.minimum,
                            maximum=setting.maximum,
                        ),
                    )
                )
        return tuple(found)


PERSONALISED = ("personalised", "personalised_multiline")
OUTCOME_KINDS = ("paths", "percentages")
"""Kinds of setting whose values live in the activity's outcomes, not in its settings."""


def _small(setting: Setting) -> Said:
    """The setting's label within a sentence: "Subject" is small there, "URL" and "API event" are not."""
    label = setting.label
    return Said(label if label[:2].isupper() else label[:1].lower() + label[1:], label)


def _outside(value: Any, setting: Setting) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return True
    low = setting.minimum is not None and value < setting.minimum
    return low or (setting.maximum is not None and value > setting.maximum)


def text_of(settings: Mapping[str, Any], name: str) -> str:
    """A setting as text: "" where it is missing or of another type (an imported document may hold anything)."""
    value = settings.get(name)
    return value if isinstance(value, str) else ""
