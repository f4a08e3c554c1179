"""Journeys: made, edited, activated, versioned, stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from app.journey.journey import ENTRY, EntryMode, Status
from app.kernel.clock import FixedClock
from app.kernel.errors import Conflict, InvalidInput, NotFound, Severity
from app.kernel.ids import new_guid
from app.services.activate_journey import MAX_JOURNEYS, activate_journey
from app.services.advance_due import advance_due
from app.services.create_journey import create_journey
from app.services.delete_journey import delete_journey
from app.services.duplicate_journey import duplicate_journey
from app.services.journey_context import journey_context
from app.services.list_events import list_events
from app.services.list_journeys import list_journeys
from app.services.new_version import new_version
from app.services.news import WorkspaceChanged
from app.services.open_journey import open_journey
from app.services.pause_journey import KEEP_ARRIVALS, pause_journey, resume_journey
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.save_event import save_event
from app.services.stop_journey import stop_journey
from app.services.validate_journey import validate_journey
from app.services.workspace import Workspace
from app.storage.tables import membership, occupancy
from tests.support.databases import NOW
from tests.support.workspace import abandoned_cart, cart_journey


def test_a_new_journey_is_an_empty_draft(ws: Workspace, clock: FixedClock) -> None:
    card = create_journey(ws, "  Abandoned cart ")
    assert (card.name, card.status, card.version, card.inside) == ("Abandoned cart", Status.DRAFT, 1, 0)
    assert card.versions == ((1, Status.DRAFT),)
    assert card.modified_at == clock.now()
    assert list_journeys(ws) == (card,)
    opened = open_journey(ws, card.id)
    assert not opened.read_only
    assert opened.journey.activities == {}


@pytest.mark.parametrize(
    ("name", "words"), [("  ", "no name"), ("x" * 201, "201 characters"), ("a\0b", "cannot be seen")]
)
def test_a_name_that_cannot_be(ws: Workspace, name: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        create_journey(ws, name)
    assert caught.value.problems[0].where == "name"


def test_a_pasted_name_is_kept_on_one_line(ws: Workspace) -> None:
    assert create_journey(ws, "Abandoned\ncart\t2").name == "Abandoned cart 2"


def test_a_draft_comes_back_as_it_was_saved(ws: Workspace, clock: FixedClock) -> None:
    cart = abandoned_cart(ws, active=False)
    clock.advance(timedelta(seconds=5))
    history = {"undo": [{"label": "Add Wait"}], "saved": 1}
    saved_at = save_draft(ws, cart.open.journey, history)
    opened = open_journey(ws, cart.id)
    assert opened.journey == cart.open.journey
    assert opened.history == history
    assert opened.saved_at == saved_at == clock.now()


def test_renaming_a_draft_renames_the_journey(ws: Workspace) -> None:
    card = create_journey(ws, "Cart")
    save_draft(ws, replace(open_journey(ws, card.id).journey, name="Abandoned cart"))
    assert [each.name for each in list_journeys(ws)] == ["Abandoned cart"]


def test_the_journey_changed_last_comes_first(ws: Workspace, clock: FixedClock) -> None:
    first = create_journey(ws, "One")
    clock.advance(timedelta(seconds=1))
    second = create_journey(ws, "Two")
    assert [each.id for each in list_journeys(ws)] == [second.id, first.id]
    clock.advance(timedelta(seconds=1))
    save_draft(ws, open_journey(ws, first.id).journey)
    assert [each.id for each in list_journeys(ws)] == [first.id, second.id]


def test_two_who_edit_the_same_draft(ws: Workspace, clock: FixedClock) -> None:
    opened = open_journey(ws, create_journey(ws, "Cart").id)
    clock.advance(timedelta(seconds=1))
    save_draft(ws, opened.journey, unchanged_since=opened.saved_at)
    with pytest.raises(Conflict, match="Another user recently modified this journey"):
        save_draft(ws, opened.journey, unchanged_since=opened.saved_at)


def test_a_journey_that_is_not_there(ws: Workspace) -> None:
    for use_case in (open_journey, duplicate_journey, delete_journey, activate_journey, new_version, stop_journey):
        with pytest.raises(NotFound):
            use_case(ws, "nobody")  # type: ignore[operator]
    with pytest.raises(NotFound, match="version 7"):
        open_journey(ws, create_journey(ws, "Cart").id, 7)


def test_the_context_knows_event_schemas_and_time_zone(ws: Workspace, clock: FixedClock) -> None:
    cart = abandoned_cart(ws, active=False)
    context = journey_context(ws, cart.open.journey)
    assert context.event == cart.event
    assert context.schema == cart.data_extension
    assert context.catalog.linked == (cart.data_extension,)
    assert context.now == clock.now()
    empty = journey_context(ws, open_journey(ws, create_journey(ws, "Empty").id).journey)
    assert (empty.event, empty.schema) == (None, None)


def test_an_empty_journey_cannot_be_activated(ws: Workspace) -> None:
    card = create_journey(ws, "Cart")
    problems = validate_journey(ws, open_journey(ws, card.id).journey)
    errors = tuple(each for each in problems if each.severity is Severity.ERROR)
    assert errors
    with pytest.raises(InvalidInput, match="cannot be activated") as caught:
        activate_journey(ws, card.id)
    assert caught.value.problems == errors
    assert open_journey(ws, card.id).status is Status.DRAFT


def test_the_story_is_valid(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    assert [each for each in validate_journey(ws, cart.open.journey) if each.severity is Severity.ERROR] == []


def test_activating_freezes_journey_event_and_schema(ws: Workspace, clock: FixedClock) -> None:
    heard: list[WorkspaceChanged] = []
    cart = abandoned_cart(ws, active=False)
    ws.bus.subscribe(WorkspaceChanged, heard.append)
    opened = activate_journey(ws, cart.id)
    assert opened.status is Status.RUNNING
    assert opened.read_only
    assert {news.what for news in heard} == {"journeys", "events"}
    assert [card.definition.activated for card in list_events(ws)] == [True]
    with ws.unit_of_work(writes=False) as work:
        version = work.journeys.version(cart.id)
    assert version.activated_at == clock.now()
    assert version.frozen is not None
    assert version.frozen.event == replace(cart.event, activated=True)
    assert version.frozen.data_extension == cart.data_extension
    assert version.frozen.linked == (cart.data_extension,)


def test_an_active_version_is_not_edited_nor_activated_again(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    with pytest.raises(Conflict, match="not a draft") as caught:
        save_draft(ws, cart.open.journey)
    assert "new version" in caught.value.hint
    with pytest.raises(Conflict, match="activated before"):
        activate_journey(ws, cart.id)


def test_a_new_version_takes_over_when_it_is_activated(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    draft = new_version(ws, cart.id)
    assert (draft.number, draft.status) == (2, Status.DRAFT)
    assert draft.journey == cart.open.journey
    with pytest.raises(Conflict, match="draft already"):
        new_version(ws, cart.id)
    save_draft(ws, replace(draft.journey, entry_mode=EntryMode.ANY_TIME))
    assert open_journey(ws, cart.id, 1).status is Status.RUNNING
    opened = activate_journey(ws, cart.id)
    assert opened.versions == ((1, Status.FINISHING), (2, Status.RUNNING))
    assert open_journey(ws, cart.id, 1).journey.entry_mode is EntryMode.NO_REENTRY
    assert open_journey(ws, cart.id).journey.entry_mode is EntryMode.ANY_TIME


def test_the_running_version_listens_then_the_paused_then_the_newest(ws: Workspace) -> None:
    cart = abandoned_cart(ws)

    def listening() -> list[tuple[int, Status]]:
        with ws.unit_of_work(writes=False) as work:
            return [(each.number, each.status) for each in work.journeys.listening()]

    new_version(ws, cart.id)
    assert listening() == [(1, Status.RUNNING)]
    pause_journey(ws, cart.id)
    assert listening() == [(1, Status.PAUSED)]
    stop_journey(ws, cart.id)
    assert listening() == [(2, Status.DRAFT)]
    delete_journey(ws, cart.id)
    assert listening() == []


def test_pausing_and_resuming(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    with pytest.raises(Conflict, match="not paused"):
        resume_journey(ws, cart.id)
    assert pause_journey(ws, cart.id, {KEEP_ARRIVALS: True}).status is Status.PAUSED
    with ws.unit_of_work(writes=False) as work:
        kept = work.journeys.version(cart.id).pause
    assert kept == {KEEP_ARRIVALS: True, "pausedAt": NOW.isoformat()}
    with pytest.raises(Conflict, match="does not run"):
        pause_journey(ws, cart.id)
    assert resume_journey(ws, cart.id).status is Status.RUNNING
    with ws.unit_of_work(writes=False) as work:
        assert work.journeys.version(cart.id).pause == {}


def stay(ws: Workspace, cart_id: str, version_id: str, contact: str) -> None:
    """A contact who waits in the version, as the event writer leaves one."""
    row = {
        "id": new_guid(),
        "journey_id": cart_id,
        "version_id": version_id,
        "contact_key": contact,
        "event_instance_id": new_guid(),
        "entered_at": 0,
        "state": "waiting",
        "activity_key": "WAIT-1",
        "outcome": "",
        "due_at": 1,
        "ended_at": None,
        "test": False,
        "segments": 1,
        "record": "{}",
    }
    with ws.unit_of_work() as work:
        work.connection.execute(insert(membership).values(row))  # type: ignore[attr-defined]  # storage's own
        inside = {"journey_id": cart_id, "contact_key": contact, "entered": 1, "inside": 1}
        work.connection.execute(insert(occupancy).values(inside))  # type: ignore[attr-defined]
        work.commit()


def test_stopping_is_final_and_lets_everyone_leave(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    stay(ws, cart.id, cart.open.version_id, "NTO-1001")
    new_version(ws, cart.id)
    activate_journey(ws, cart.id)
    stay(ws, cart.id, open_journey(ws, cart.id).version_id, "NTO-1002")
    assert list_journeys(ws)[0].inside == 2
    with pytest.raises(Conflict, match="2 contacts are inside"):
        delete_journey(ws, cart.id)
    card = stop_journey(ws, cart.id, 1)
    assert (card.inside, card.versions) == (1, ((1, Status.STOPPED), (2, Status.RUNNING)))
    card = stop_journey(ws, cart.id)
    assert (card.inside, card.status) == (0, Status.STOPPED)
    with ws.unit_of_work(writes=False) as work:
        rows = work.connection.execute(select(membership)).all()  # type: ignore[attr-defined]
        inside = work.connection.execute(select(occupancy.c.inside)).scalars().all()  # type: ignore[attr-defined]
    assert {row.state for row in rows} == {"stopped"}
    assert all(row.ended_at is not None and row.due_at is None for row in rows)
    assert inside == [0, 0]
    with pytest.raises(Conflict, match="does not run"):
        stop_journey(ws, cart.id)


def test_who_was_admitted_while_the_journey_was_being_stopped_leaves_too(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    stop_journey(ws, cart.id)
    stay(ws, cart.id, cart.open.version_id, "NTO-1001")
    assert advance_due(ws) == 0
    assert list_journeys(ws)[0].inside == 0
    with ws.unit_of_work(writes=False) as work:
        (row,) = work.connection.execute(select(membership)).all()  # type: ignore[attr-defined]  # storage's own
    assert (row.state, row.due_at) == ("stopped", None)


def test_a_copy_is_a_draft_of_its_own(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    copy = duplicate_journey(ws, cart.id)
    assert (copy.name, copy.status, copy.version) == ("Copy of Abandoned cart", Status.DRAFT, 1)
    opened = open_journey(ws, copy.id).journey
    original = cart.open.journey
    assert opened.key != original.key
    assert replace(opened, id=original.id, key=original.key, name=original.name) == original
    assert open_journey(ws, cart.id).status is Status.RUNNING


def test_a_running_journey_is_not_deleted(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    with pytest.raises(Conflict, match="it is active") as caught:
        delete_journey(ws, cart.id)
    assert "Stop it first" in caught.value.hint
    stop_journey(ws, cart.id)
    delete_journey(ws, cart.id)
    assert list_journeys(ws) == ()
    with pytest.raises(NotFound):
        open_journey(ws, cart.id)


def test_at_most_ten_journeys_listen_to_an_event(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    for _ in range(MAX_JOURNEYS - 1):
        activate_journey(ws, duplicate_journey(ws, cart.id).id)
    one_more = duplicate_journey(ws, cart.id)
    with pytest.raises(InvalidInput) as caught:
        activate_journey(ws, one_more.id)
    assert [(each.code, each.where) for each in caught.value.problems] == [("too_many_listeners", ENTRY)]


def test_a_change_of_the_schema_does_not_reach_an_active_version(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    fields = tuple(replace(field, name=f"New {field.name}") for field in cart.data_extension.fields)
    save_data_extension(ws, replace(cart.data_extension, fields=fields))
    with ws.unit_of_work(writes=False) as work:
        frozen = work.journeys.version(cart.id).frozen
    assert frozen is not None
    assert frozen.data_extension == cart.data_extension


def test_only_what_events_notice_counts_as_a_change_of_admission(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)

    def running() -> int:
        from app.storage.epochs import read_running

        with ws.unit_of_work(writes=False) as work:
            return read_running(work.connection)  # type: ignore[attr-defined]  # storage's own

    before = running()
    save_draft(ws, replace(cart.open.journey, entry_mode=EntryMode.ANY_TIME))
    assert running() == before
    save_draft(ws, replace(cart.open.journey, name="Cart left behind"))
    assert running() == before + 1
    other = save_event(ws, replace(cart.event, id="", key="other", name="Other"))
    save_draft(ws, cart_journey(cart.open.journey, other, cart.data_extension))
    assert running() == before + 3
