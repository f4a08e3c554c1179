"""A name for a new journey."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.services.create_journey import create_journey
from app.services.views import JourneyCard
from app.ui.dialogs.name import NameDialog
from app.ui.session import Session
from app.ui.translation import tr


class NewJourneyDialog(NameDialog):
    """`created` gets the card of the new draft."""

    def __init__(self, session: Session, created: Callable[[JourneyCard], object], parent: QWidget) -> None:
        workspace = session.workspace
        super().__init__(
            session,
            parent,
            title=tr("New journey"),
            action=tr("Create journey"),
            save=lambda name: create_journey(workspace, name),
            done=created,
            example=tr("Abandoned cart"),
            hint=tr("It can change at any time."),
        )
