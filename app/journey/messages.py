"""What all messages share: personalised settings, rendered and checked the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.journey.activities.base import text_of
from app.journey.context import JourneyContext
from app.journey.journey import Activity
from app.journey.personalise import answer_of, render, tokens, unknown_names
from app.journey.repairs import Repair, nearest
from app.journey.step import Situation
from app.kernel.errors import Problem, Severity
from app.kernel.said import listed, said, sentences


def render_message(activity: Activity, setting: str, situation: Situation) -> tuple[str, tuple[str, ...]]:
    """The setting's text with the contact's values in place, and the names of the fields that had none."""
    return render_text(text_of(activity.settings, setting), situation)


def render_text(text: str, situation: Situation) -> tuple[str, tuple[str, ...]]:
    """A text with the contact's values in place, and the names of the fields that had none."""
    rendered = render(
        text,
        situation.catalog.event,
        situation.record,
        contact_key=situation.contact_key,
        time_zone=situation.time_zone,
        answers=situation.answers,
    )
    return rendered.text, (*rendered.missing, *rendered.unknown)


def unknown_fields(activity: Activity, context: JourneyContext, settings: tuple[str, ...]) -> tuple[Problem, ...]:
    """A warning for each field that a text asks for and the event's data extension does not have."""
    return unknown_in(activity, context, [text_of(activity.settings, setting) for setting in settings])


def unknown_in(activity: Activity, context: JourneyContext, texts: Iterable[str]) -> tuple[Problem, ...]:
    """A warning for each field, and each answer of a custom activity, that texts ask for and that there is not."""
    texts = tuple(texts)
    return (*_unknown_answers(activity, context, texts), *_unknown_fields(activity, context, texts))


def _unknown_answers(activity: Activity, context: JourneyContext, texts: Iterable[str]) -> Iterator[Problem]:
    if context.journey is None:
        return
    asked = (answer_of(token.name) for text in texts for token in tokens(text, context.schema))
    for key in dict.fromkeys(each[0] for each in asked if each):
        tile = context.journey.activities.get(key)
        if tile is None or tile.type != "rest":
            yield Problem(
                "message.answer.unknown",
                said(
                    "{name} shows an answer of {key}, which is no custom activity of this journey.",
                    name=activity.name,
                    key=key,
                ),
                activity.key,
                said("Use the key of a custom activity that comes before this tile."),
                Severity.WARNING,
            )


def _unknown_fields(activity: Activity, context: JourneyContext, texts: Iterable[str]) -> tuple[Problem, ...]:
    if context.schema is None:
        return ()
    names = dict.fromkeys(name for text in texts for name in unknown_names(text, context.schema))
    return tuple(
        Problem(
            "message.field.unknown",
            said(
                '{name} shows "{field}", which {schema} does not have: it will be empty.',
                name=activity.name,
                field=name,
                schema=context.schema.name,
            ),
            activity.key,
            said("Pick a field from the list beside the text."),
            Severity.WARNING,
        )
        for name in names
    )


def sent_note(to: str, missing: tuple[str, ...]) -> str:
    """The line about a message that went out, with the fields that were empty in it."""
    sent = said("Sent to {to}.", to=to)
    return sentences(sent, empty_note(missing)) if missing else sent


def empty_note(missing: tuple[str, ...]) -> str:
    """The fields that were empty in a text, in a sentence; "" for none."""
    return said("Empty for this contact: {fields}.", fields=listed(dict.fromkeys(missing))) if missing else ""


def repair_address(activity: Activity, context: JourneyContext, kinds: tuple[str, ...], otherwise: str) -> Repair:
    """The setting `to` names the field that is most like the one that is gone, else none; `otherwise` says that."""
    names = [field.name for field in context.schema.fields if field.kind in kinds] if context.schema else []
    name = nearest(text_of(activity.settings, "to"), names)
    return Repair({"to": name or ""}, said("Send to {name}", name=name) if name else otherwise)


def address_problems(activity: Activity, context: JourneyContext, kind: str, what: str) -> tuple[Problem, ...]:
    """The setting `to` names a field that is not there, or names none and there is no field of that kind."""
    schema = context.schema
    if schema is None:
        return ()
    to = text_of(activity.settings, "to")
    if to and schema.named(to) is None:
        message = said(
            '{name} sends to "{to}", which {schema} does not have.', name=activity.name, to=to, schema=schema.name
        )
    elif not to and all(field.kind != kind for field in schema.fields):
        message = said(
            "{name} has no address: {schema} has no field of the kind {kind}.",
            name=activity.name,
            schema=schema.name,
            kind=kind,
        )
    else:
        return ()
    return (
        Problem(f"{activity.type}.to", message, activity.key, said("Choose the field that holds {what}.", what=what)),
    )
