"""The calls that the contract refuses before any journey is asked (reference, sections 1b, 2 and 9)."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.data_extensions.check_row import PrimaryKeys
from app.data_extensions.data_extension import DataExtension, Value
from app.events.fire_event import FireEvent
from app.kernel.errors import Problem
from app.kernel.said import Said, listed, said

UNPARSABLE = 10004
MISSING = 10002
WRONG_TYPE = 10001
INVALID = 10005
AGGREGATE = 10006
NOT_FOUND = 30003
EXISTS = 30004
RUNTIME = 30000

LONGEST_CONTACT_KEY = 254
"""A contact key is at most as long as the longest email address that may stand in for it."""

BARRED = ("Deleted", "Restricted")
"""Statuses of a contact whose events are refused."""

MUTED = "Unsubscribed"
"""The status of a contact that enters and goes its way, but gets no messages."""


@dataclass(frozen=True, slots=True)
class FireError:
    """A call that the contract refuses: status, error code and body of the reference, section 9."""

    status: int
    errorcode: int
    message: str
    problems: tuple[Problem, ...] = ()
    hint: str = ""


def check_names(event: FireEvent) -> FireError | None:
    """Contact key and event definition key are there, and can be stored."""
    for name, value in (("ContactKey", event.contact_key), ("EventDefinitionKey", event.event_definition_key)):
        if not value.strip():
            return FireError(
                400,
                MISSING,
                said("The required parameter {name} is missing or empty.", name=name),
                hint=said(
                    'Send {name} as a text that is not empty, for example "{example}".',
                    name=name,
                    example=_EXAMPLES[name],
                ),
            )
    return check_contact_key(event.contact_key)


_EXAMPLES = {"ContactKey": "NTO-1001", "EventDefinitionKey": "APIEvent-abandoned-cart"}


def check_contact_key(key: str) -> FireError | None:
    """The key of a contact can be stored."""
    if len(key) > LONGEST_CONTACT_KEY:
        return FireError(
            400,
            INVALID,
            said("ContactKey has {n} characters; {most} are allowed.", n=len(key), most=LONGEST_CONTACT_KEY),
            hint=said("Use a key of at most {most} characters.", most=LONGEST_CONTACT_KEY),
        )
    if "\0" in key or not (key.isascii() or _is_text(key)):
        return FireError(
            400,
            INVALID,
            said("ContactKey contains a character that no database can hold (NUL, or half of a surrogate pair)."),
            hint=said("Send the key as plain Unicode text."),
        )
    return None


def _is_text(key: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in key)


def unknown_event(key: str, known: Collection[str]) -> FireError:
    """Nobody made an event of that key; the hint names the nearest that there is."""
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    hint = (
        said('The nearest key of this workspace is "{key}".', key=near[0])
        if near
        else said("Copy the key from the journey's API Event.")
    )
    message = said("Event definition not found. EventDefinitionKey: {key}.", key=_short(key))
    return FireError(400, NOT_FOUND, message, hint=hint)


def barred_contact(contact_key: str, status: str) -> FireError:
    """The contact may not enter any journey."""
    return FireError(
        400,
        RUNTIME,
        said(
            "The contact {contact} is not active. Contact status: {status}",
            contact=_short(contact_key),
            status=Said(status),
        ),
        hint=said("Set the contact's status to Active under Where is this contact?"),
    )


def used_idempotency_key(contact_key: str, event_definition_key: str) -> FireError:
    """The key of a call stood for another event: 422, as the draft of the header's standard has it."""
    return FireError(
        422,
        INVALID,
        said(
            "This Idempotency-Key came before, with the event {event} for the contact {contact}.",
            event=_short(event_definition_key),
            contact=_short(contact_key),
        ),
        hint=said("Send each event under a key of its own; a key is remembered for a day."),
    )


def bad_row(data_extension: DataExtension, problems: tuple[Problem, ...]) -> FireError:
    """The data breaks the schema: all bad columns at once."""
    columns = listed(dict.fromkeys(problem.where for problem in problems if problem.where))
    correct = said("Correct {columns} and send the event again.", columns=columns)
    return FireError(
        400,
        AGGREGATE,
        said("Unable to save rows for data extension ID {id}", id=data_extension.id),
        problems,
        correct if columns else said("Correct the data and send the event again."),
    )


def taken_key(data_extension: DataExtension, values: Mapping[str, Value], choice: PrimaryKeys) -> FireError:
    """A row has that primary key already, and the workspace does not update rows."""
    problems = tuple(
        Problem(
            "duplicate_key",
            said(
                "The value for column [{name}] is in the primary key of a row that is there already.", name=field.name
            ),
            where=field.name,
            hint=said("The value is {value}. Send another primary key.", value=repr(_short(str(values.get(field.id))))),
        )
        for field in data_extension.primary_keys
    )
    if choice is PrimaryKeys.REFUSE:
        return bad_row(data_extension, problems)
    message = said(
        "The data extension {name} has a row with this primary key ({fields}) already.",
        name=data_extension.name,
        fields=listed(field.name for field in data_extension.primary_keys),
    )
    return FireError(409, EXISTS, message, hint=said("Send another primary key."))


def say_again(message: str, contact_key: str, key: str) -> str:
    """The message of a call that was refused, as it was made; as it stands where it is none of those made here."""
    refused = [check_names(FireEvent("", contact_key, key)), unknown_event(key, ())]
    refused += [barred_contact(contact_key, status) for status in BARRED]
    return next((each.message for each in refused if each and each.message == message), message)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
