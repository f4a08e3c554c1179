"""Reads a `.journey` file: whole, or not at all and with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.data_extensions.data_extension import DataExtension
from app.events.event_definition import EventDefinition
from app.exchange.journey_file import BEYOND, FORMAT, KEY_PREFIX, JourneyFile, attribute_in_words
from app.exchange.json_text import Path, line_and_column, parse, place
from app.exchange.references import Renaming
from app.exchange.schema_document import Json, read_data_extension, read_event
from app.exchange.upgrades import NEWEST, upgrade
from app.filters.document import from_document as filter_from_document
from app.filters.tree import EVENT, Attribute
from app.journey.document import activity_from_document, from_document
from app.journey.journey import Journey
from app.kernel.errors import InvalidInput, Problem, UnreadableFile
from app.kernel.said import counted, listed, said


def read_journey_file(content: bytes, name: str) -> JourneyFile:
    """The journey in a file's content; `name` is the file's name, for messages. Raises UnreadableFile."""
    document, text = parse(content, name)
    reader = _Reader(name, text)
    number = reader.format(document)
    found = reader.file(upgrade(document) if number < NEWEST else document)
    reader.raise_problems()
    assert found is not None
    return found


class _Reader:
    """Reads one document and collects what is wrong with it."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._problems: list[tuple[Path, Problem]] = []
        self._beyond: Json = {}
        self._tables: dict[str, DataExtension] = {}
        self._event: EventDefinition | None = None

    def format(self, document: Any) -> int:
        """The format's number; raises UnreadableFile where this program cannot read it."""
        if not isinstance(document, dict) or FORMAT not in document:
            raise UnreadableFile(
                said("{name} is not a journey file: it has no member {format!r}.", name=self._name, format=FORMAT),
                line=1,
                column=1,
                hint=said("Choose a .journey file that Switchback exported."),
            )
        number = document[FORMAT]
        line, column = line_and_column(self._text, (FORMAT,))
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise UnreadableFile(
                said(
                    "{name} has the format {number!r}, which is no whole number from 1.", name=self._name, number=number
                ),
                line=line,
                column=column,
                hint=said("Export the journey again."),
            )
        if number > NEWEST:
            raise UnreadableFile(
                said(
                    "{name} was made by a newer Switchback: it has format {number}, this one reads up to {newest}.",
                    name=self._name,
                    number=number,
                    newest=NEWEST,
                ),
                line=line,
                column=column,
                hint=said("Update Switchback, then open the file again."),
            )
        return number

    def complain(self, path: Path, what: str, hint: str) -> None:
        """Note a problem."""
        if what.endswith("."):  # a sentence of another room at its end
            message = said("{place} {what}", place=place(path), what=what)
        else:
            message = said("{place} {what}.", place=place(path), what=what)
        self._problems.append((path, Problem("unreadable", message, hint=hint)))

    def raise_problems(self) -> None:
        """Raise UnreadableFile with all that was noted, in the order of the file."""
        if not self._problems:
            return
        places = [(line_and_column(self._text, path), path, problem) for path, problem in self._problems]
        places.sort(key=lambda each: each[0])
        problems = tuple(
            replace(
                problem, where=said("line {line}, column {column}: {path}", line=line, column=column, path=place(path))
            )
            for (line, column), path, problem in places
        )
        (line, column), _, first = places[0]
        message = said("{name} cannot be read: {message}", name=self._name, message=first.message)
        if len(problems) > 1:
            message = counted(
                "{name} cannot be read: {message} (and {n} more)",
                "{name} cannot be read: {message} (and {n} more)",
                len(problems) - 1,
                name=self._name,
                message=first.message,
            )
        raise UnreadableFile(
            message,
            problems,
            line=line,
            column=column,
            hint=first.hint,
        )

    def file(self, document: Json) -> JourneyFile | None:
        """The whole file; None after a complaint."""
        self._read_tables(document)
        self._event = read_event(document.get("event"), self._tables, self.complain, self._beyond)
        unknown = {
            name: value
            for name, value in document.items()
            if name not in (FORMAT, "journey", "event", "dataExtensions")
        }
        if unknown:
            self._beyond[""] = unknown
        journey = self._journey(document)
        if journey is None or self._problems:
            return None
        if self._beyond:
            journey = replace(journey, extra={**journey.extra, BEYOND: self._beyond})
        return JourneyFile(self._name, journey, self._event, tuple(self._tables.values()))

    def _read_tables(self, document: Json) -> None:
        listed = document.get("dataExtensions", [])
        if not isinstance(listed, list):
            self.complain(("dataExtensions",), said("must be a list"), "")
            return
        for number, each in enumerate(listed):
            path: Path = ("dataExtensions", number)
            table = read_data_extension(each, path, self.complain, self._beyond)
            if table is None:
                continue
            if table.key in self._tables:
                self.complain(
                    (*path, "key"), said("is there twice: {key}", key=table.key), said("Give one of them another key.")
                )
            self._tables[table.key] = table

    def _journey(self, document: Json) -> Journey | None:
        node = document.get("journey")
        path: Path = ("journey",)
        if not isinstance(node, dict):
            self.complain(path, said("is missing") if node is None else said("must be an object"), "")
            return None
        node = {**node, "id": "file:journey"}
        self._translate_entry(node)
        try:
            journey = from_document(node)
        except InvalidInput as error:
            before = len(self._problems)
            self._check_parts(node)
            if len(self._problems) == before:
                self.complain(
                    _path_of(path, error.where), said("cannot be read: {message}", message=error.message), error.hint
                )
            return None
        if not journey.name.strip():
            self.complain((*path, "name"), said("is empty"), said("Give the journey a name."))
        self._check_connections(journey)
        return Renaming(self._attribute, self._update).journey(journey)

    def _check_parts(self, node: Json) -> None:
        """Read the parts one by one: reading the whole stopped at the first fault."""
        entry = node.get("entry")
        if isinstance(entry, dict):
            self._check_filter(entry.get("filter"), ("journey", "entry", "filter"))
        activities = node.get("activities", [])
        if not isinstance(activities, list):
            return
        seen: set[str] = set()
        for number, each in enumerate(activities):
            self._check_activity(each, ("journey", "activities", number), seen)

    def _check_activity(self, document: Any, path: Path, seen: set[str]) -> None:
        before = len(self._problems)
        outcomes = document.get("outcomes") if isinstance(document, dict) else None
        for j, outcome in enumerate(outcomes if isinstance(outcomes, list) else ()):
            if isinstance(outcome, dict):
                self._check_filter(outcome.get("filter"), (*path, "outcomes", j, "filter"))
        if len(self._problems) != before:
            return
        try:
            activity = activity_from_document(document, f"activities[{path[-1]}]")
        except InvalidInput as error:
            self.complain(
                _path_of(("journey",), error.where),
                said("cannot be read: {message}", message=error.message),
                error.hint,
            )
            return
        if activity.key in seen:
            self.complain(
                (*path, "key"),
                said("is there twice: {key}", key=activity.key),
                said("Give one of the activities another key."),
            )
        seen.add(activity.key)

    def _check_filter(self, document: Any, path: Path) -> None:
        if document is None:
            return
        try:
            filter_from_document(document)
        except InvalidInput as error:
            inner = error.problems[0].where if error.problems else error.where
            steps = tuple(int(step) if step.isdecimal() else step for step in inner.split("/")[1:])
            what = error.message.partition(f"{inner} ")[2] if inner else ""
            self.complain(
                (*path, *steps),
                what.rstrip(".") or said("cannot be read: {message}", message=error.message),
                error.hint,
            )

    def _translate_entry(self, node: Json) -> None:
        entry = node.get("entry")
        if not isinstance(entry, dict):
            return
        entry = dict(entry)
        key = entry.pop("event", None)
        known = self._event.key if self._event else None
        if key is not None and key != known:
            self.complain(
                ("journey", "entry", "event"),
                said("names the event {key!r}, which is not in the file", key=key),
                said("The file's event is {known}.", known=known) if known else said("The file has no event."),
            )
        entry["eventDefinitionId"] = None if key is None or self._event is None else self._event.id
        node["entry"] = entry

    def _check_connections(self, journey: Journey) -> None:
        hint = said("Name the key of one of the activities, or null where the journey ends.")
        if journey.first is not None and journey.first not in journey.activities:
            self.complain(
                ("journey", "first"),
                said("names the activity {first!r}, which is not there", first=journey.first),
                hint,
            )
        for i, activity in enumerate(journey.activities.values()):
            for j, outcome in enumerate(activity.outcomes):
                if outcome.next is not None and outcome.next not in journey.activities:
                    path = ("journey", "activities", i, "outcomes", j, "next")
                    self.complain(
                        path, said("names the activity {next!r}, which is not there", next=outcome.next), hint
                    )

    def _attribute(self, attribute: Attribute, path: Path) -> Attribute:
        """By ids. One without a field was not chosen yet, and stays so."""
        if not attribute.field:
            return attribute
        if attribute.source == EVENT:
            home = next(
                (t for t in self._tables.values() if self._event and t.id == self._event.data_extension_id), None
            )
        else:
            home = self._tables.get(attribute.source.removeprefix(KEY_PREFIX))
        field = home.named(attribute.field) if home else None
        if home is None or field is None:
            self.complain(
                path,
                said(
                    "names the field {attribute}, which is not in the file's data extensions",
                    attribute=attribute_in_words(attribute),
                ),
                _fields_of(home),
            )
            return attribute
        return Attribute(field.id, EVENT if attribute.source == EVENT else home.id)

    def _update(self, item: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
        item = dict(item)
        key, name = item.pop("dataExtension", ""), item.pop("field", "")
        home = self._tables.get(key) if isinstance(key, str) else None
        field = home.named(name) if home and isinstance(name, str) else None
        if (key and home is None) or (name and field is None):
            what = said(
                "names the field {name!r} of {key!r}, which is not in the file's data extensions", name=name, key=key
            )
            self.complain(path, what, _fields_of(home))
        return {"data_extension_id": home.id if home else "", "field_id": field.id if field else "", **item}


def _fields_of(home: DataExtension | None) -> str:
    return said("Its fields are {names}.", names=listed(field.name for field in home.fields)) if home else ""


def _path_of(root: Path, words: str) -> Path:
    """The path of words such as `activities[2].outcomes[0].key`, as the journey's codec gives them."""
    steps: list[str | int] = []
    for word in words.replace("[", ".").replace("]", "").split("."):
        if word:
            steps.append(int(word) if word.isdecimal() else word)
    return (*root, *steps)
