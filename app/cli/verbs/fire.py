"""`switchback fire`: one event for one contact; the decision, its reason and its trace."""

from __future__ import annotations

import argparse

from app.cli.data_argument import HELP, read_data
from app.cli.output import Output, problem_line
from app.cli.tools import Tools, open_existing
from app.cli.verb import NO, WRONG, YES, Verb
from app.events.fire_event import FireEvent, Origin
from app.kernel.ids import new_guid
from app.services.views import FireError, FireResult, JourneyDecision, PathStep


class Fire(Verb):
    """Does what the API call does, without a server, and says why."""

    key = "fire"
    help = "fire one contact; the decision, its reason, its trace"
    description = "Exit status: 0 admitted, 1 not admitted by any journey, 2 the call was wrong (nothing is written)."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Key, contact and data."""
        parser.add_argument("event_definition_key", metavar="KEY", help="Event Definition Key")
        parser.add_argument("--contact-key", required=True, metavar="K", help="the contact's key")
        parser.add_argument("--data", default="{}", metavar="JSON", help=HELP)
        parser.add_argument("--dry-run", action="store_true", help="decide and explain, and write nothing")
        parser.add_argument("--test", action="store_true", help="mark as a test: Clear test contacts undoes it")

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Fire, and say what became of it."""
        from app.services.fire_event import fire_event

        event = FireEvent(
            instance_id=new_guid(),
            contact_key=arguments.contact_key,
            event_definition_key=arguments.event_definition_key,
            data=read_data(arguments.data),
            origin=Origin.CLI,
            test=arguments.test,
            dry_run=arguments.dry_run,
        )
        workspace = open_existing(tools, arguments.workspace)
        try:
            result = fire_event(workspace, event)
        finally:
            workspace.close()
        out.value(result)
        if result.error is not None:
            out.fault("\n".join(_refusal(result.error)))
            return WRONG
        for line in _lines(result):
            out.say(line)
        return YES if result.outcome == "admitted" else NO


def _refusal(error: FireError) -> list[str]:
    return [
        f"Refused with {error.status}, error code {error.errorcode}: {error.message}",
        *(f"  {problem_line(problem)}" for problem in error.problems),
        *([f"  {error.hint}"] if error.hint else []),
        "  Nothing was written.",
    ]


def _lines(result: FireResult) -> list[str]:
    words = {"admitted": "Admitted", "refused": "Not admitted", "none": "No journey listens to this event"}
    lines = [f"{words.get(result.outcome, result.outcome)}: {result.contact_key} by {result.event_definition_key}"]
    if result.dry_run:
        lines.append("Dry run: nothing was written.")
    else:
        lines.append(f"The row was stored; eventInstanceId {result.instance_id}.")
    lines += [problem_line(warning) for warning in result.warnings]
    for decision in result.decisions:
        lines += ["", *_decision(decision)]
    return lines


def _decision(decision: JourneyDecision) -> list[str]:
    verdict = "admitted" if decision.admitted else f"not admitted, {decision.reason}"
    lines = [f"{decision.journey_name}, version {decision.version}: {verdict}"]
    if decision.sentence:
        lines.append(f"  {decision.sentence}")
    if decision.remedy:
        lines.append(f"  {decision.remedy}")
    marks = {True: "yes", False: "no ", None: "-  "}
    lines += [f"  {marks[step.ok]}  {step.name}: {step.sentence}" for step in decision.trace]
    return lines + [_path_step(step) for step in decision.path]


def _path_step(step: PathStep) -> str:
    until = f" until {step.until:%Y-%m-%d %H:%M} UTC" if step.until else ""
    note = f": {step.note}" if step.note else ""
    return f"  {step.state:8} {step.activity_key}{until}{note}"
