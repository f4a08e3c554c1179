"""A version as it runs: its filters, what they ask, and what one event's facts say."""

from __future__ import annotations

import pytest

from app.engine.admit import NEVER
from app.engine.contract import FireError
from app.engine.decision import Reason
from app.engine.facts import Decided, Fired, First
from app.engine.running import Listening, linked_sources
from app.engine.walk import chance_of, walk
from app.events.fire_event import FireEvent
from app.filters.tree import Attribute, Condition, Group, Literal, OtherAttribute, Range
from app.journey.journey import Activity, Outcome
from app.journey.step import Situation, Step
from app.kernel.errors import InvalidInput
from tests.engine.support import CONTACT, EVENT, NOW, WORTH_IT, record, split, version

RICH = Group(children=(Condition(Attribute("f_total"), "greater_than", Literal("100")),))


def test_every_filter_of_a_version_is_given() -> None:
    running = version(split("SPLIT-1", None, None), criteria=RICH)
    assert next(iter(running.filters())) == Group(children=(RICH, WORTH_IT))
    assert len(list(running.filters())) == 2


def test_an_events_criteria_stands_alone_where_the_entry_has_no_filter() -> None:
    assert version(entry_filter=Group(), criteria=RICH).entry_filter == RICH


def test_linked_sources_are_found_on_both_sides_and_in_ranges() -> None:
    tree = Group(
        children=(
            Condition(Attribute("f_total"), "equal", OtherAttribute(Attribute("f_limit", "de-limits"))),
            Condition(
                Attribute("f_total"),
                "between",
                Range(OtherAttribute(Attribute("f_low", "de-low")), OtherAttribute(Attribute("f_high", "de-high"))),
            ),
            Group(children=(Condition(Attribute("f_tier", "de-loyalty"), "equal", Literal("Gold")),)),
        )
    )
    assert linked_sources(tree) == {"de-limits", "de-low", "de-high", "de-loyalty"}


@pytest.mark.parametrize(
    ("reasons", "outcome"),
    [
        ((), "none"),
        ((Reason.CRITERIA_NOT_MET,), "refused"),
        ((Reason.CRITERIA_NOT_MET, None), "admitted"),
    ],
)
def test_the_outcome_of_an_event(reasons: tuple[Reason | None, ...], outcome: str) -> None:
    fired = Fired(FireEvent("i-1", CONTACT, "NTO-cart"), NOW)
    fired.decisions = tuple(Decided(version(), reason, record(), NEVER) for reason in reasons)
    assert fired.outcome == outcome
    assert fired.answer_id == "i-1"
    assert fired.keeps_row
    fired.listening = Listening(EVENT, only_admitted_rows=True)
    assert fired.keeps_row is (outcome == "admitted")


def test_errors_and_repetitions_have_their_own_outcome() -> None:
    fired = Fired(FireEvent("i-2", CONTACT, "NTO-cart"), NOW, first=First("i-1", CONTACT, "NTO-cart", "admitted"))
    assert (fired.outcome, fired.answer_id) == ("admitted", "i-1")
    refused = Fired(FireEvent("i-3", CONTACT, "NTO-cart"), NOW, error=FireError(400, 10002, "missing"))
    assert refused.outcome == "error"


def test_a_tile_that_cannot_go_on_stops_the_contact(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.journey.activities import ACTIVITIES

    def refuse(_activity: Activity, _situation: Situation) -> Step:
        raise InvalidInput("The address is gone.")

    monkeypatch.setattr(ACTIVITIES["send_email"], "step", refuse)
    running = version(Activity("EMAILV2-1", "send_email", "Email", {}, (Outcome(""),)))
    stretch = walk(running, CONTACT, record(), "EMAILV2-1", NOW, chance_of("s"))
    assert stretch.fault == "The address is gone."
    assert stretch.steps[-1].state == "ended"


def test_what_a_tile_writes_is_seen_by_the_tiles_after_it() -> None:
    from dataclasses import replace

    from app.filters.catalog import Catalog
    from tests.engine.support import SCHEMA, email

    linked = replace(SCHEMA, link="f_key")
    update = {"updates": [{"data_extension_id": SCHEMA.id, "field_id": "f_country", "value": "SE"}]}
    swedish = Group(children=(Condition(Attribute("f_country"), "equal", Literal("SE")),))
    tiles = (
        Activity("UPDATE-1", "update_contact", "Update", update, (Outcome("", next="SPLIT-1"),)),
        Activity(
            "SPLIT-1",
            "decision_split",
            "Split",
            {},
            (Outcome("path-1", "Sweden", "EMAILV2-1", swedish), Outcome("remainder", "Remainder", None)),
        ),
        email("EMAILV2-1", None),
    )
    running = version(*tiles, catalog=Catalog(linked, (linked,)))
    stretch = walk(running, CONTACT, record(), "UPDATE-1", NOW, chance_of("s"))
    assert [step.activity_key for step in stretch.steps] == ["UPDATE-1", "SPLIT-1", "EMAILV2-1"]


def test_a_path_without_a_filter_asks_nothing() -> None:
    running = version(Activity("X-1", "send_email", "X", {}, (Outcome("a"),)))
    assert list(running.filters()) == [WORTH_IT]


def test_the_filters_that_settings_hold_are_given_too() -> None:
    from app.filters.document import to_document

    running = version(Activity("GOAL-1", "goal", "Goal", {"filter": to_document(RICH)}, (Outcome(""),)))
    assert list(running.filters()) == [WORTH_IT, RICH]
