"""Lists ask the database a fixed number of questions, however much there is to list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event

from app.services.duplicate_journey import duplicate_journey
from app.services.list_data_extensions import list_data_extensions
from app.services.list_events import list_events
from app.services.list_journeys import list_journeys
from app.services.new_version import new_version
from app.services.save_data_extension import save_data_extension
from app.services.workspace import Workspace
from tests.support.workspace import abandoned_cart, carts_schema


def questions(ws: Workspace, use_case: Callable[[Workspace], object]) -> int:
    """How many statements a use case sends, beyond the beginning of its transaction."""
    return len(statements(ws, use_case))


def statements(ws: Workspace, use_case: Callable[[Workspace], object]) -> list[str]:
    """Those statements."""
    sent: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "SET TRANSACTION")):
            sent.append(statement)

    with ws.unit_of_work(writes=False) as work:
        engine = work.connection.engine  # type: ignore[attr-defined]  # storage's own
    event.listen(engine, "before_cursor_execute", listen)
    try:
        use_case(ws)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return sent


@pytest.mark.parametrize(("use_case", "most"), [(list_journeys, 1), (list_events, 3), (list_data_extensions, 4)])
def test_a_list_costs_the_same_for_one_and_for_many(
    ws: Workspace, use_case: Callable[[Workspace], object], most: int
) -> None:
    cart = abandoned_cart(ws)
    assert questions(ws, use_case) <= most
    new_version(ws, cart.id)
    for number in range(8):
        duplicate_journey(ws, cart.id)
        save_data_extension(ws, carts_schema(f"Carts {number}"))
    assert questions(ws, use_case) <= most
