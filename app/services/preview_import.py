"""What a `.journey` file would bring, before anything is written."""

from __future__ import annotations

from app.exchange.plan_import import ImportPlan, plan_import
from app.exchange.read_journey import read_journey_file
from app.services.ports import UnitOfWork
from app.services.views import ImportPreview
from app.services.workspace import Workspace


def preview_import(ws: Workspace, content: bytes, name: str) -> ImportPreview:
    """Read the file `name` and say what it would bring; nothing is written. Raises UnreadableFile with the place."""
    with ws.unit_of_work(writes=False) as work:
        plan = plan_in(work, content, name)
    return ImportPreview(
        name=name,
        journey=plan.journey,
        event=plan.event,
        data_extensions=plan.data_extensions,
        lines=plan.lines,
        warnings=plan.warnings,
        content=content,
    )


def plan_in(work: UnitOfWork, content: bytes, name: str) -> ImportPlan:
    """What an import of that content would do to the workspace as it is in this unit of work."""
    cards = work.journeys.cards()
    return plan_import(
        read_journey_file(content, name),
        work.events.all(),
        work.data_extensions.all(),
        journey_keys=[card.key for card in cards],
        journey_names=[card.name for card in cards],
    )
