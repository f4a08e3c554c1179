"""Whatever journey is drawn, its file brings it back, and writes the same bytes again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.data_extensions.data_extension import DataExtension, Field
from app.data_extensions.kinds import KINDS
from app.events.event_definition import EventDefinition
from app.exchange.plan_import import plan_import
from app.exchange.read_journey import read_journey_file
from app.exchange.write_journey import write_journey_file
from app.filters.tree import (
    EVENT,
    Attribute,
    Condition,
    Group,
    Join,
    Literal,
    Literals,
    OtherAttribute,
    Range,
    RelativeDate,
    Span,
    Unit,
)
from app.journey.activities import ACTIVITIES
from app.journey.journey import Activity, Entry, EntryMode, Journey, Note, Outcome

FIELDS = tuple(Field(f"f_{kind.key}", f"{kind.label} «é»", kind.key) for kind in KINDS)
CARTS = DataExtension("d1", "carts", "Carts", fields=FIELDS)
MEMBERS = DataExtension(
    "d2", "event", "Members", fields=(*(Field(f"g_{f.id}", f.name, f.kind) for f in FIELDS),), link="g_f_text"
)
EVENT_DEFINITION = EventDefinition("e", "Key-1", "Cart abandoned", "d1")

# No halves of surrogate pairs and no NUL: neither can be in a workspace.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
attributes = st.one_of(
    st.sampled_from(FIELDS).map(lambda f: Attribute(f.id, EVENT)),
    st.sampled_from(MEMBERS.fields).map(lambda f: Attribute(f.id, "d2")),
)
bounds = st.one_of(
    texts.map(Literal),
    attributes.map(OtherAttribute),
    st.builds(RelativeDate, st.integers(-99, 99), st.sampled_from(Unit)),
)
operands = st.one_of(
    st.none(),
    bounds,
    st.lists(texts, max_size=3).map(lambda each: Literals(tuple(each))),
    st.builds(Span, st.integers(0, 99), st.sampled_from(Unit)),
    st.builds(Range, bounds, bounds),
)
conditions = st.builds(Condition, attributes, texts, operands, st.booleans())
groups = st.recursive(
    st.builds(Group, st.sampled_from(Join), st.lists(conditions, max_size=3).map(tuple)),
    lambda inner: st.builds(
        Group, st.sampled_from(Join), st.lists(inner | conditions, max_size=3).map(tuple), st.booleans()
    ),
    max_leaves=6,
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=4,
)


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    keys = draw(st.lists(st.sampled_from([f"A-{n}" for n in range(8)]), unique=True, max_size=6))
    following = st.none() | st.sampled_from(keys) if keys else st.none()
    update = st.fixed_dictionaries(
        {
            "data_extension_id": st.just("d2"),
            "field_id": st.sampled_from([f.id for f in MEMBERS.fields]),
            "value": texts,
        }
    )
    activities = {}
    for key in keys:
        kind = draw(st.sampled_from([*(each.key for each in ACTIVITIES), "unknown_type"]))
        settings = draw(st.dictionaries(texts, values, max_size=3))
        settings.pop("updates", None)
        if kind == "update_contact":
            settings["updates"] = draw(st.lists(update, max_size=2))
        outcomes = tuple(
            Outcome(f"o-{n}", draw(texts), draw(following), draw(st.none() | groups))
            for n in range(draw(st.integers(0, 3)))
        )
        activities[key] = Activity(key, kind, draw(texts), settings, outcomes, draw(texts), draw(st.booleans()))
    entry = draw(st.none() | st.builds(Entry, texts, st.just("APIEvent"), st.sampled_from(["e", None]), groups))
    notes = draw(st.lists(st.builds(Note, texts, texts, following), max_size=2))
    return Journey(
        "j", draw(texts), draw(texts.filter(str.strip)), draw(texts), entry, draw(st.sampled_from(EntryMode)),
        draw(following), activities, tuple(notes), draw(st.none() | texts),
    )  # fmt: skip


@given(journeys())
def test_round_trip(journey: Journey) -> None:
    content = write_journey_file(journey, EVENT_DEFINITION, (CARTS, MEMBERS))
    file = read_journey_file(content, "x.journey")
    assert write_journey_file(file.journey, file.event, file.data_extensions) == content
    plan = plan_import(file, [EVENT_DEFINITION], [CARTS, MEMBERS])
    back = plan.journey
    # In the workspace that it came from it is the same journey again, down to the ids of fields and event.
    assert plan.create_data_extensions == ()
    assert not plan.create_event
    assert back.activities == journey.activities
    assert back.entry == journey.entry
    assert (back.name, back.description, back.entry_mode, back.first) == (
        journey.name,
        journey.description,
        journey.entry_mode,
        journey.first,
    )
    assert (back.notes, back.default_email) == (journey.notes, journey.default_email)
