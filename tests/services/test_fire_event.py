"""Events on both databases: admitted, refused, led on, cleared."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.data_extensions.data_extension import DataExtension, Field
from app.events.fire_event import Origin
from app.filters.tree import EMPTY, Attribute, Condition, Group, Literal
from app.kernel.clock import FixedClock
from app.kernel.errors import InvalidInput
from app.services.activate_journey import activate_journey
from app.services.advance_due import advance_due
from app.services.clear_test_contacts import clear_test_contacts
from app.services.count_filter import count_filter
from app.services.explain_event import explain_event
from app.services.fire_event import fire_event
from app.services.list_contacts import list_contacts
from app.services.list_sent import list_sent
from app.services.new_version import new_version
from app.services.news import ContactsMoved, EventsArrived
from app.services.pause_journey import KEEP_ARRIVALS, pause_journey, resume_journey
from app.services.recent_events import recent_events
from app.services.release_arrivals import release_arrivals
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.save_event import save_event
from app.services.set_contact_status import set_contact_status
from app.services.settings import read_settings, save_settings
from app.services.stop_journey import stop_journey
from app.services.where_is import where_is
from app.services.workspace import Workspace
from tests.services.firing import event, rows
from tests.support.workspace import Cart, abandoned_cart, linked


def test_admitted_walked_to_the_wait_and_on(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    moved: list[object] = []
    ws.bus.subscribe(EventsArrived, moved.append)
    ws.bus.subscribe(ContactsMoved, moved.append)
    result = fire_event(ws, event())
    assert result.outcome == "admitted"
    assert [step.activity_key for step in result.decisions[0].path] == ["EMAILV2-1", "WAIT-1"]
    assert result.row is not None
    assert result.row["Country"] == "NO"
    assert [message.subject for message in list_sent(ws)] == ["Your cart, Kari"]
    assert advance_due(ws) == 0
    clock.advance(timedelta(days=1))
    assert advance_due(ws) == 1
    assert advance_due(ws) == 0
    stay = where_is(ws, "NTO-1001").stays[0]
    assert stay.state == "ended"
    assert [step.activity_key for step in stay.path][-1] == "UPDATECONTACTDATAV2-1"
    assert [step.state for step in stay.path] == ["done", "done", "done", "ended"]
    assert rows(ws, cart)["NTO-1001"][1] == "Reminded"
    assert EventsArrived(result.instance_id) in moved
    assert ContactsMoved((cart.id,)) in moved


def test_a_dry_run_writes_nothing(ws: Workspace, cart: Cart) -> None:
    result = fire_event(ws, event(dry_run=True))
    assert result.outcome == "admitted"
    assert result.dry_run
    assert result.decisions[0].path
    assert rows(ws, cart) == {}
    assert recent_events(ws) == ()
    assert fire_event(ws, event(dry_run=True)).outcome == "admitted"
    assert fire_event(ws, event(total="x", dry_run=True)).error is not None
    assert recent_events(ws) == ()


def test_a_draft_lets_nobody_in(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    result = fire_event(ws, event())
    assert result.outcome == "refused"
    assert result.decisions[0].reason == "InteractionNotPublished"
    assert len(rows(ws, cart)) == 1


def test_a_dry_run_asks_a_draft_as_if_it_were_active(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    supposing = cart.open.version_id
    for asked in (event(dry_run=True), event(supposing=supposing)):  # of another kind: as always
        assert fire_event(ws, asked).decisions[0].reason == "InteractionNotPublished"
    result = fire_event(ws, event("NTO-2", dry_run=True, supposing=supposing))
    decision = result.decisions[0]
    assert (result.outcome, decision.sentence) == ("admitted", "NTO-2 would enter Abandoned cart (version 1).")
    assert decision.trace[0].sentence == "Abandoned cart (version 1) is a draft, asked as if it were active."
    assert [step.activity_key for step in decision.path] == ["EMAILV2-1", "WAIT-1"]
    refused = fire_event(ws, event(total=20, dry_run=True, supposing=supposing))
    assert refused.decisions[0].reason == "DidNotMeetEntryCriteria"
    assert set(rows(ws, cart)) == {"NTO-1001"}


def test_a_draft_is_asked_in_place_of_the_running_version(ws: Workspace, cart: Cart) -> None:
    draft = new_version(ws, cart.id)
    entry = draft.journey.entry
    assert entry is not None
    save_draft(ws, replace(draft.journey, entry=replace(entry, filter=EMPTY)))
    poor = event(total=20, dry_run=True)
    assert fire_event(ws, poor).outcome == "refused"
    result = fire_event(ws, replace(poor, supposing=draft.version_id))
    assert [(each.version, each.admitted) for each in result.decisions] == [(2, True)]
    gone = fire_event(ws, replace(poor, supposing=cart.open.version_id))
    assert [(each.version, each.admitted) for each in gone.decisions] == [(1, False)]


def test_paused_stopped_and_resumed(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    fire_event(ws, event())
    pause_journey(ws, cart.id)
    assert fire_event(ws, event("NTO-2")).decisions[0].reason == "InteractionNotPublished"
    clock.advance(timedelta(days=2))
    assert advance_due(ws) == 0
    resume_journey(ws, cart.id)
    assert advance_due(ws) == 1
    fire_event(ws, event("NTO-3"))
    stop_journey(ws, cart.id)
    assert where_is(ws, "NTO-3").stays[0].state == "stopped"
    assert fire_event(ws, event("NTO-4")).outcome == "refused"


def test_the_same_primary_key_updates_its_row(ws: Workspace, cart: Cart) -> None:
    fire_event(ws, event())
    again = event(total=99)
    del again.data["First name"]  # type: ignore[attr-defined]  # a plain dict here
    fire_event(ws, again)
    row = rows(ws, cart)["NTO-1001"]
    assert row[1] == "Kari"
    assert str(row[3]) == "99.00"


def test_clearing_tests_undoes_them_and_nothing_else(ws: Workspace, cart: Cart) -> None:
    fire_event(ws, event())
    before = rows(ws, cart)
    fire_event(ws, event(total=999, test=True))
    fire_event(ws, event("NTO-T", total=300, test=True, origin=Origin.WINDOW))
    assert len(rows(ws, cart)) == 2
    assert clear_test_contacts(ws, cart.id) == 2
    assert rows(ws, cart) == before
    assert where_is(ws, "NTO-T").status == ""
    assert where_is(ws, "NTO-T").stays == ()
    assert [contact.key for contact in list_contacts(ws)] == ["NTO-1001"]
    assert [line.contact_key for line in recent_events(ws)] == ["NTO-1001"]
    assert len(list_sent(ws)) == 1
    assert clear_test_contacts(ws) == 0
    # A cleared test is forgotten by the entry mode too.
    assert fire_event(ws, event("NTO-T")).outcome == "admitted"


def test_a_test_that_was_led_on_is_undone_too(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    fire_event(ws, event(total=300))
    before = rows(ws, cart)
    fire_event(ws, event("NTO-T", test=True))
    clock.advance(timedelta(days=2))
    advance_due(ws)
    assert rows(ws, cart)["NTO-T"][1] == "Reminded"
    clear_test_contacts(ws)
    assert rows(ws, cart) == before


def test_contacts_and_their_status(ws: Workspace, cart: Cart) -> None:
    fire_event(ws, event("NTO-1"))
    assert where_is(ws, "NTO-1").status == "Active"
    set_contact_status(ws, "NTO-1", "Restricted")
    refused = fire_event(ws, event("NTO-1"))
    assert refused.error is not None
    assert refused.error.errorcode == 30000
    with pytest.raises(InvalidInput):
        set_contact_status(ws, "NTO-1", "Gone")
    with pytest.raises(InvalidInput):
        set_contact_status(ws, " ", "Active")
    set_contact_status(ws, "NTO-new", "Unsubscribed")
    assert [contact.key for contact in list_contacts(ws, "NTO-n")] == ["NTO-new"]


def test_the_row_is_counted_by_the_filter(ws: Workspace, cart: Cart) -> None:
    fire_event(ws, event("NTO-1"))
    fire_event(ws, event("NTO-2", total=20))
    entry = cart.open.journey.entry
    assert entry is not None
    counted = count_filter(ws, entry.filter, cart.data_extension.id, lambda: False)
    assert (counted.passed, counted.total) == (1, 2)


def test_who_unsubscribed_enters_and_gets_no_message(ws: Workspace, cart: Cart, clock: FixedClock) -> None:
    set_contact_status(ws, "NTO-1001", "Unsubscribed")
    assert fire_event(ws, event(total=300)).outcome == "admitted"
    clock.advance(timedelta(days=2))
    assert advance_due(ws) == 1
    assert where_is(ws, "NTO-1001").stays[0].state == "ended"
    assert list_sent(ws) == ()


def test_rows_of_the_admitted_alone_when_set_so(ws: Workspace, cart: Cart) -> None:
    settings = read_settings(ws)
    save_settings(ws, replace(settings, fidelity=replace(settings.fidelity, only_admitted_rows=True)))
    fire_event(ws, event("NTO-1"))
    fire_event(ws, event("NTO-2", total=20))
    assert set(rows(ws, cart)) == {"NTO-1"}


def test_names_of_columns_in_another_case_when_set_so(ws: Workspace, cart: Cart) -> None:
    settings = read_settings(ws)
    save_settings(ws, replace(settings, fidelity=replace(settings.fidelity, names_ignore_case=True)))
    fired = event("NTO-1")
    data = {name.upper(): value for name, value in fired.data.items()}
    assert fire_event(ws, replace(fired, data=data)).outcome == "admitted"


def test_an_events_own_criteria_counts_beside_the_entry_filter(ws: Workspace, cart: Cart) -> None:
    made = abandoned_cart(ws, name="Second", key="NTO-second", active=False)
    xml = (
        '<FilterDefinition><ConditionSet Operator="AND" ConditionSetName="Individual Filter Grouping"><Condition '
        'IsEphemeralAttribute="true" Key="Event.NTO-second.Cart total" Operator="GreaterThan" UiMetaData="{}">'
        "<Value><![CDATA[100]]></Value></Condition></ConditionSet></FilterDefinition>"
    )
    save_event(ws, replace(made.event, criteria=xml))
    activate_journey(ws, made.id)
    fired = replace(event(total=60), event_definition_key="NTO-second")
    refused = fire_event(ws, fired)
    assert refused.decisions[0].reason == "DidNotMeetEntryCriteria"
    assert "Cart total is greater than 100" in refused.decisions[0].sentence
    rich = replace(event(total=160), event_definition_key="NTO-second")
    assert fire_event(ws, rich).outcome == "admitted"


def test_repetitions_in_one_batch_happen_once(ws: Workspace, cart: Cart) -> None:
    waiting = [ws.submit(event(idempotency_key="cid/order-7")) for _ in range(50)]
    fired = [each.result(60) for each in waiting]
    assert len({each.answer_id for each in fired}) == 1
    assert {each.outcome for each in fired} == {"admitted"}
    assert len(recent_events(ws)) == 1


def test_one_key_for_two_contacts_in_one_batch_lets_the_first_in(ws: Workspace, cart: Cart) -> None:
    contacts = [f"NTO-{number % 2}" for number in range(20)]
    waiting = [ws.submit(event(contact, idempotency_key="cid/order-7")) for contact in contacts]
    fired = [each.result(60) for each in waiting]
    assert [each.outcome for each in fired] == ["admitted", "error"] * 10
    assert {each.error.status for each in fired if each.error} == {422}
    assert [line.contact_key for line in recent_events(ws) if line.status == 201] == ["NTO-0"]


def test_a_pause_that_keeps_arrivals_lets_them_in_afterwards(ws: Workspace, cart: Cart) -> None:
    pause_journey(ws, cart.id, {KEEP_ARRIVALS: True})
    kept = fire_event(ws, event("NTO-1"))
    assert kept.decisions[0].reason == "NotEvaluatingEntryCriteria"
    fire_event(ws, event("NTO-1"))
    fire_event(ws, event("NTO-2", total=20))
    assert release_arrivals(ws) == 0
    resume_journey(ws, cart.id)
    assert release_arrivals(ws) == 3
    assert release_arrivals(ws) == 0
    assert [stay.state for stay in where_is(ws, "NTO-1").stays] == ["waiting"]
    assert explain_event(ws, kept.instance_id).outcome == "admitted"
    assert [line.outcome for line in recent_events(ws)] == ["refused", "refused", "admitted"]
    assert "Cart total" in recent_events(ws)[0].why
    assert fire_event(ws, event("NTO-1")).decisions[0].reason == "ContactPreviouslyInSameInteraction"


def test_arrivals_that_a_stopped_journey_kept_are_refused(ws: Workspace, cart: Cart) -> None:
    pause_journey(ws, cart.id, {KEEP_ARRIVALS: True})
    kept = fire_event(ws, event("NTO-1"))
    stop_journey(ws, cart.id)
    assert release_arrivals(ws) == 1
    assert explain_event(ws, kept.instance_id).decisions[0].reason == "InteractionNotPublished"


def test_an_entry_filter_asks_the_contacts_newest_linked_row(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    fields = (Field("", "Member", "text", 50), Field("", "Tier", "text", 20))
    tiers = save_data_extension(ws, DataExtension("", "tiers", "Tiers", fields=fields))
    tiers = save_data_extension(ws, linked(tiers, "Member"))
    member, tier = (field.id for field in tiers.fields)
    with ws.unit_of_work() as work:
        for key, value in (("NTO-1", "Silver"), ("NTO-1", "Gold"), ("NTO-2", "Gold"), ("NTO-2", "Silver")):
            work.data_extensions.write(tiers, {member: key, tier: value})
        work.commit()
    journey = cart.open.journey
    assert journey.entry is not None
    gold = Group(children=(Condition(Attribute(tier, tiers.id), "equal", Literal("gold")),))
    save_draft(ws, replace(journey, entry=replace(journey.entry, filter=gold)))
    activate_journey(ws, journey.id)
    results = {key: fire_event(ws, event(key)) for key in ("NTO-1", "NTO-2", "NTO-3")}
    assert [each.outcome == "admitted" for each in results.values()] == [True, False, False]
    assert count_filter(ws, gold, cart.data_extension.id).passed == 1
    for result in results.values():
        again = explain_event(ws, result.instance_id)
        assert again.decisions[0].reason == result.decisions[0].reason
    assert "Silver" in str(explain_event(ws, results["NTO-2"].instance_id).decisions[0])


def test_contact_data_linked_by_a_number_is_read_at_admission(ws: Workspace) -> None:
    cart = abandoned_cart(ws, active=False)
    fields = (Field("", "Customer", "number"), Field("", "Tier", "text", 20))
    tiers = save_data_extension(ws, DataExtension("", "tiers", "Tiers", fields=fields))
    tiers = save_data_extension(ws, linked(tiers, "Customer"))
    customer, tier = (field.id for field in tiers.fields)
    with ws.unit_of_work() as work:
        for key, value in ((7, "Silver"), (7, "Gold"), (8, "Silver")):
            work.data_extensions.write(tiers, {customer: key, tier: value})
        work.commit()
    journey = cart.open.journey
    assert journey.entry is not None
    gold = Group(children=(Condition(Attribute(tier, tiers.id), "equal", Literal("gold")),))
    save_draft(ws, replace(journey, entry=replace(journey.entry, filter=gold)))
    activate_journey(ws, journey.id)
    keys = ("7", "8", "007", "+7", "٧", "NTO-7", "9" * 30)
    assert [key for key in keys if fire_event(ws, event(key)).outcome == "admitted"] == ["7"]
    assert count_filter(ws, gold, cart.data_extension.id).passed == 1
