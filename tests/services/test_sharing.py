"""Journeys go out to files and come in from them; the workspace is copied."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import open_workspace
from app.journey.journey import Status
from app.kernel.errors import InvalidInput, UnreadableFile
from app.services.backup_workspace import backup_workspace
from app.services.create_journey import create_journey
from app.services.export_journey import export_journey
from app.services.import_journey import import_journey
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.services.list_journeys import list_journeys
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.preview_import import preview_import
from app.services.save_data_extension import save_data_extension
from app.services.save_draft import save_draft
from app.services.workspace import Workspace
from tests.support.workspace import abandoned_cart

EXAMPLES = sorted((Path(__file__).parents[2] / "resources" / "examples").glob("*.journey"))


def test_a_journey_comes_out_of_a_file_as_it_went_in(ws: Workspace, tmp_path: Path) -> None:
    cart = abandoned_cart(ws)
    content = export_journey(ws, cart.id)
    other = open_workspace(str(tmp_path / "other.switchback"), clock=ws.clock)
    try:
        preview = preview_import(other, content, "cart.journey")
        assert list_journeys(other) == list_events(other) == list_data_extensions(other) == ()
        assert any("Creates the journey Abandoned cart" in line for line in preview.lines)
        card = import_journey(other, preview)
        assert (card.name, card.status) == ("Abandoned cart", Status.DRAFT)
        (event,) = list_events(other)
        assert (event.definition.key, event.definition.name) == (cart.event.key, cart.event.name)
        assert event.data_extension is not None
        assert [f.name for f in event.data_extension.fields] == [f.name for f in cart.data_extension.fields]
        assert export_journey(other, card.id) == content
    finally:
        other.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_can_be_imported_and_activated(ws: Workspace, example: Path) -> None:
    preview = preview_import(ws, example.read_bytes(), example.name)
    assert import_journey(ws, preview, activate=True).status is Status.RUNNING
    assert [event.running for event in list_events(ws)] == [1]


def test_importing_twice_reuses_event_and_data_extension(ws: Workspace) -> None:
    preview = preview_import(ws, EXAMPLES[0].read_bytes(), EXAMPLES[0].name)
    import_journey(ws, preview)
    import_journey(ws, preview)
    names = [card.name for card in list_journeys(ws)]
    assert len(set(names)) == 2
    assert len(list_events(ws)) == 1
    assert len(list_events(ws)[0].journeys) == 2


def test_an_import_that_cannot_be_activated_leaves_nothing(ws: Workspace) -> None:
    empty = create_journey(ws, "Empty")
    preview = preview_import(ws, export_journey(ws, empty.id), "empty.journey")
    with pytest.raises(InvalidInput, match="cannot be activated"):
        import_journey(ws, preview, activate=True)
    assert [card.id for card in list_journeys(ws)] == [empty.id]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format": 99}', b"\xff\xfe"])
def test_a_broken_file_brings_nothing(ws: Workspace, content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        preview_import(ws, content, "broken.journey")
    assert list_journeys(ws) == ()


def test_an_active_version_is_exported_as_it_was_frozen(ws: Workspace) -> None:
    cart = abandoned_cart(ws)
    before = export_journey(ws, cart.id)
    fields = tuple(replace(field, name=f"New {field.name}") for field in cart.data_extension.fields)
    save_data_extension(ws, replace(cart.data_extension, fields=fields))
    assert export_journey(ws, cart.id) == before
    new_version(ws, cart.id)
    save_draft(ws, replace(open_journey(ws, cart.id).journey, description="The second"))
    assert b"New Cart total" in export_journey(ws, cart.id)
    assert export_journey(ws, cart.id, 1) == before


def test_the_backup_has_the_journeys(tmp_path: Path) -> None:
    ws = open_workspace(str(tmp_path / "nto.switchback"))
    abandoned_cart(ws)
    target = backup_workspace(ws, tmp_path / "copy.switchback")
    cards = list_journeys(ws)
    ws.close()
    copy = open_workspace(str(target))
    assert list_journeys(copy) == cards
    copy.close()
