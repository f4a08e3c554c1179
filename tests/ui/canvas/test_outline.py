"""The outline after edits: as if it were made anew, but what did not change stays as it was."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QTreeWidgetItem

from app.journey.edits import AddActivity, AddNote, ConnectEnd, DisconnectEnd, Edit, RemoveActivity, SetActivity
from app.journey.journey import Activity, Journey, Note, Place
from app.kernel.errors import UserError
from app.ui.panels.outline_lines import TOP, Id, outline
from app.ui.panels.outline_panel import OutlinePanel
from tests.journey.drawing import grown
from tests.journey.support import tile
from tests.ui.canvas.stage import Stage


def told(panel: OutlinePanel) -> list[object]:
    """The tree as it stands: what each row says and what is below it."""

    def of(row: QTreeWidgetItem) -> list[object]:
        below = [row.child(index) for index in range(row.childCount())]
        return [[each.text(0), each.toolTip(0), each.isExpanded() or not each.childCount(), of(each)] for each in below]

    return of(panel.tree.invisibleRootItem())


def edited(journey: Journey, chance: random.Random, number: int) -> Edit:
    """An edit by chance."""
    keys = list(journey.activities)
    at: Activity = journey.activities[chance.choice(keys)]
    place = Place(at.key, chance.choice(at.outcomes).key)
    return chance.choice(
        [
            AddActivity(tile(f"N{number}", *[None] * chance.choice((1, 2, 3))), place),
            RemoveActivity(at.key),
            SetActivity(at.key, name=f"Renamed {number}"),
            ConnectEnd(place, chance.choice(keys)),
            DisconnectEnd(place),
            AddNote(Note(f"n{number}", f"Ask {number}", at.key)),
        ]
    )


@pytest.mark.parametrize("seed", range(6))
def test_after_each_edit_the_tree_is_as_if_it_were_made_anew(show: Callable[[Journey], Stage], seed: int) -> None:
    stage = show(grown(25, 0.3, seed))
    stage.page.show_panel("outline")
    chance = random.Random(seed)
    done = 0
    for number in range(60):
        if len(stage.journey.activities) < 5:
            break
        if number % 7 == 6:
            stage.document.undo_stack.undo()
        else:
            try:
                stage.document.apply(edited(stage.journey, chance, number))
            except UserError:
                continue
        stage.page.outline.rows()
        fresh = OutlinePanel(stage.document, stage.canvas.scene)
        stage.bot.addWidget(fresh)
        fresh.rows()
        assert told(stage.page.outline) == told(fresh)
        done += 1
    assert done > 10


def test_a_row_that_did_not_change_stays_and_one_that_was_closed_stays_closed(
    show: Callable[[Journey], Stage],
) -> None:
    stage = show(grown(25, 0.0, 1))
    stage.page.show_panel("outline")
    rows = stage.page.outline.rows()
    split = next(key for key, each in stage.journey.activities.items() if len(each.outcomes) > 1)
    rows[split].setExpanded(False)
    elsewhere = next(key for key in reversed(stage.journey.activities) if key != split)
    stage.document.apply(SetActivity(elsewhere, name="Another name"))
    after = stage.page.outline.rows()
    assert all(after[key] is rows[key] for key in rows)
    assert after[elsewhere].text(0).startswith("Another name")
    assert not after[split].isExpanded()


def test_a_search_finds_what_is_deep_in_a_journey(show: Callable[[Journey], Stage]) -> None:
    stage = show(grown(25, 0.0, 1))
    stage.page.show_panel("outline")
    panel = stage.page.outline
    lines = outline(stage.canvas.scene, stage.journey)
    above: dict[Id, Id] = {name: under for under, names in lines.below.items() for name in names}
    key = list(stage.journey.activities)[-1]
    stage.document.apply(SetActivity(key, name="Needle"))
    panel.search.setText("needle")
    stage.until(lambda: any(row.isHidden() for row in panel.rows().values()))
    shown = {name for name, row in panel.rows().items() if not row.isHidden()}
    assert key in shown
    assert len(shown) < 25
    name: Id = key
    while name != TOP:
        assert not isinstance(name, str) or name in shown, "a row is seen with all that it is in"
        name = above[name]
