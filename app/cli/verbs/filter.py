"""`switchback filter`: reads a filter in any form; its sentence, its diagnostics, and the verdict for some data."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.data_argument import HELP, read_data
from app.cli.files import read_file
from app.cli.output import Output, plain
from app.cli.tools import Tools, open_existing
from app.cli.verb import NO, YES, Verb
from app.kernel.clock import SystemClock
from app.kernel.errors import NotFound, Severity, UnreadableFile, UserError

if TYPE_CHECKING:
    from app.data_extensions.data_extension import DataExtension, Value
    from app.filters.catalog import Catalog
    from app.filters.explain import Explanation
    from app.services.views import EventCard


class Filter(Verb):
    """For trying a filter without a journey, and for programs that check filters."""

    key = "filter"
    help = "read a filter as XML, text or JSON; sentence, diagnostics, verdict"
    description = (
        "The fields are those of the event's data extension (--event), of a .journey file itself, or guessed from the "
        "data. Exit status: 0 the data passes (without data: the filter can be asked), 1 it does not, 2 not a filter."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """File, event and data."""
        parser.add_argument("file", metavar="FILE", help="the filter, or a .journey file; - reads the standard input")
        parser.add_argument("--event", metavar="KEY", help="Event Definition Key whose data extension it asks")
        parser.add_argument("--data", metavar="JSON", help=HELP)
        parser.add_argument(
            "--contact", metavar="KEY", help="whose contact data is asked (with --event); else the one in the data"
        )

    def run(self, arguments: argparse.Namespace, tools: Tools, out: Output) -> int:
        """Read, say, and ask."""
        from app.cli.filter_input import catalog_of_data, read_filter, record_of
        from app.filters.catalog import Catalog
        from app.filters.diagnose import diagnose
        from app.filters.explain import explain
        from app.filters.sentence import sentence
        from app.filters.text.printer import to_text

        name = "the standard input" if arguments.file == "-" else Path(arguments.file).name
        content = sys.stdin.buffer.read() if arguments.file == "-" else read_file(Path(arguments.file))
        data = None if arguments.data is None else read_data(arguments.data)
        now = SystemClock().now()
        tz: tzinfo = UTC
        known: Mapping[str, Value] = {}
        catalog: Catalog = catalog_of_data(data) if data is not None else Catalog()
        if arguments.event is not None:
            catalog, now, tz, known = _catalog_of_event(arguments, tools, data)
        try:
            found = read_filter(content, name, catalog, arguments.event or "")
        except UnreadableFile as error:
            if catalog.event is None:
                error.hint = "Name the event whose fields it asks: --event KEY. Or give --data."
            raise
        said = sentence(found.group, found.catalog)
        diagnostics = diagnose(found.group, found.catalog, now, tz)
        answer: dict[str, Any] = {
            "form": found.form,
            "sentence": said,
            "text": to_text(found.group, found.catalog),
            "diagnostics": [
                {"path": each.path, "code": each.code, "severity": each.severity, "message": each.message}
                for each in diagnostics
            ],
            "passes": None,
        }
        out.say(said or "Everyone passes.")
        for each in diagnostics:
            out.say(f"{each.severity.value}: {each.message}")
        status = NO if any(each.severity is Severity.ERROR for each in diagnostics) else YES
        if data is not None and status == YES:
            record = {**record_of(data, found.catalog, now, tz), **known}
            verdict = explain(found.group, found.catalog, record, now, tz)
            status = NO if verdict.ok is False else YES
            answer |= {"passes": status == YES, "reason": verdict.reason(), "explanation": plain(verdict.to_json())}
            _say_verdict(verdict, out)
        out.value(answer)
        return status


def _catalog_of_event(
    arguments: argparse.Namespace, tools: Tools, data: Mapping[str, Any] | None
) -> tuple[Catalog, datetime, tzinfo, Mapping[str, Value]]:
    """What the event's filters may ask, the moment, the time zone, and the contact data of the one named in `data`."""
    from zoneinfo import ZoneInfo

    from app.filters.catalog import Catalog
    from app.services.contact_data import contact_data, contact_field
    from app.services.list_data_extensions import list_data_extensions
    from app.services.list_events import list_events

    workspace = open_existing(tools, arguments.workspace)
    try:
        cards = list_events(workspace)
        card = next((each for each in cards if each.definition.key == arguments.event), None)
        home = _home_of_event(card, cards, arguments.event)
        tables = tuple(each.data_extension for each in list_data_extensions(workspace))
        linked = tuple(each for each in tables if each.link is not None)
        key = contact_field(home)
        contact = arguments.contact or ((data or {}).get(key.name) if key else None)
        # The event's own fields are those of the data, not of a row that is stored already.
        others = Catalog(linked=tuple(each for each in linked if each.id != home.id))
        known = {} if contact is None else contact_data(workspace, others, str(contact))
        return Catalog(home, linked), workspace.clock.now(), ZoneInfo(workspace.info.time_zone), known
    finally:
        workspace.close()


def _home_of_event(card: EventCard | None, cards: Sequence[EventCard], key: str) -> DataExtension:
    if card is None:
        known = ", ".join(each.definition.key for each in cards[:10])
        raise NotFound(
            f"There is no event with the key {key}.",
            where="--event",
            hint=f"There are {known}." if known else "This workspace has no events. Is it the right --workspace?",
        )
    if card.data_extension is None:
        raise UserError(
            f"The event {card.definition.name} has no data extension.", hint="Choose one for it in the window first."
        )
    return card.data_extension


def _say_verdict(verdict: Explanation, out: Output) -> None:
    out.say("Passes." if verdict.ok is not False else f"Does not pass. {verdict.reason()} {verdict.remedy()}".rstrip())
    marks = {True: "yes", False: "no ", None: "-  "}
    for node in verdict.walk():
        depth = "  " * len(node.path)
        if node.join:
            words = {"and": "all of", "or": "any of"}[node.join]
            out.say(f"{depth}{marks[node.ok]} {'not ' if node.negated else ''}{words}")
        else:
            values = ", ".join(f"{name}: {text}" for name, text in node.values)
            out.say(f"{depth}{marks[node.ok]} {node.sentence} ({values})")
