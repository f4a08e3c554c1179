"""Record what a contact did with a message: opened, clicked, bounced. Engagement splits read it."""

from __future__ import annotations

from app.journey.engagement import METRICS
from app.kernel.errors import InvalidInput, NotFound
from app.kernel.said import listed, said
from app.services.workspace import Workspace


def mark_message(ws: Workspace, message_id: str, metric: str, *, on: bool) -> frozenset[str]:
    """Set that mark of a message of the Sent list, or take it back; the marks that it has then.

    Raises NotFound for a message that is gone, InvalidInput for a mark that there is not.
    """
    if metric not in METRICS:
        raise InvalidInput(
            said("There is no mark {metric!r}.", metric=metric),
            hint=said("Use one of {metrics}.", metrics=listed(METRICS)),
        )
    with ws.unit_of_work() as work:
        marks = work.stays.mark_message(message_id, metric, ws.clock.now(), on=on)
        if marks is None:
            raise NotFound(said("The message is not there any more; a test may have been cleared."), where=message_id)
        work.changed("contacts")
        work.commit()
    return marks
