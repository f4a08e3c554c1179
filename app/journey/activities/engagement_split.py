"""Engagement Split: who opened, clicked or bounced an earlier message, and who did not."""

from __future__ import annotations

from app.journey.activities.base import FLOW, ActivityType, Setting, text_of
from app.journey.context import JourneyContext
from app.journey.engagement import BOUNCE, CLICK, OPEN
from app.journey.graph import everything_before, in_order
from app.journey.journey import Activity, Outcome
from app.journey.repairs import Repair
from app.journey.step import Situation, Step
from app.kernel.errors import Problem
from app.kernel.said import Said, said

YES = "yes"
NO = "no"
_METRICS = ((OPEN, "opened"), (CLICK, "clicked"), (BOUNCE, "bounced"))
_WORDS = dict(_METRICS)
_RECORDED = "recorded"
_YES_IN_TESTS = said("A test: took Yes, as the tile says.")
_NO_IN_TESTS = said("A test: took No, as the tile says.")
_IN_TESTS = ((_RECORDED, "As recorded in Sent"), (YES, "Yes"), (NO, "No"))


class EngagementSplit(ActivityType):
    """ENGAGEMENTDECISION of the original (statistic 2 open, 3 click, 6 bounce)."""

    key = "engagement_split"
    label = "Engagement Split"
    category = FLOW
    help = "Opened, clicked, bounced"
    icon = "engagement-split"
    mc_type = "ENGAGEMENTDECISION"
    key_prefix = "ENGAGEMENTSPLITV2"
    settings = (
        Setting("activity", "Message", "activity", required=True, help="One that comes before this tile."),
        Setting("metric", "Has been", "choice", default=OPEN, choices=_METRICS),
        Setting(
            "in_tests",
            "In tests, take",
            "choice",
            default=_RECORDED,
            choices=_IN_TESTS,
            help="Mark messages as opened, clicked or bounced in Sent.",
        ),
    )

    def outcomes(self) -> tuple[Outcome, ...]:
        """Yes and no."""
        return (Outcome(YES, "Yes"), Outcome(NO, "No"))

    def describe(self, activity: Activity, context: JourneyContext) -> str:
        """`Your cart opened?`."""
        key = text_of(activity.settings, "activity")
        message = context.journey.activities.get(key) if context.journey else None
        name = message.name if message else key
        word = dict(_METRICS).get(text_of(activity.settings, "metric"), "engaged with")
        return f"{name} {word}?" if key else said("No message yet")

    def bypass(self, activity: Activity) -> str:
        """A disabled split sends everyone down the last path: no."""
        return activity.outcomes[-1].key if activity.outcomes else ""

    def problems(self, activity: Activity, context: JourneyContext) -> tuple[Problem, ...]:
        """A message that is gone, is none, or does not come before."""
        key = text_of(activity.settings, "activity")
        journey = context.journey
        if not key or journey is None:
            return ()
        message = journey.activities.get(key)
        if message is None:
            what = said("{name} asks about {key}, which is not in the journey.", name=activity.name, key=key)
        elif not message.type.startswith("send_"):
            what = said(
                "{name} asks about {message}, which sends no message.", name=activity.name, message=message.name
            )
        elif activity.key in journey.activities and key not in everything_before(journey, activity.key):
            what = said(
                "{name} asks about {message}, which does not come before it.", name=activity.name, message=message.name
            )
        else:
            return ()
        hint = said("Choose a message that comes before this tile.")
        return (Problem("engagement_split.activity", what, activity.key, hint),)

    def repair(self, activity: Activity, problem: Problem, context: JourneyContext) -> Repair | None:
        """The last message that comes before."""
        journey = context.journey
        codes = ("engagement_split.activity", "engagement_split.activity.missing")
        if problem.code not in codes or journey is None or activity.key not in journey.activities:
            return super().repair(activity, problem, context)
        before = everything_before(journey, activity.key)
        tiles = (journey.activities[key] for key in in_order(journey) if key in before)
        messages = [tile for tile in tiles if tile.type.startswith("send_")]
        return (
            Repair({"activity": messages[-1].key}, said("Ask about {message}", message=messages[-1].name))
            if messages
            else None
        )

    def decide(self, activity: Activity, situation: Situation) -> Step:
        """Yes, where it is recorded by now that the contact did it; in a test what the tile says."""
        asked = text_of(activity.settings, "in_tests")
        if situation.test and asked in (YES, NO):
            yes = asked == YES
            outcome = super().bypass(activity) if yes else self.bypass(activity)
            return Step(outcome, note=_YES_IN_TESTS if yes else _NO_IN_TESTS)
        key, metric = text_of(activity.settings, "activity"), text_of(activity.settings, "metric")
        word = Said(_WORDS[metric]) if metric in _WORDS else said("engaged with")
        # By position: the keys of an imported split are the original's.
        if situation.engaged(key, metric):
            return Step(super().bypass(activity), note=said("The message was {done}: took Yes.", done=word))
        note = said("It is not recorded that the message was {done} by now: took No.", done=word)
        return Step(self.bypass(activity), note=note)
