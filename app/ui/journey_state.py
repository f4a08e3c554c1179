"""Changes of a journey's state from the window: activate, new version, pause, resume, stop. Off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from app.journey.journey import Status
from app.kernel.errors import Conflict, InvalidInput, SwitchbackError
from app.services.activate_journey import activate_journey
from app.services.new_version import new_version
from app.services.open_journey import open_journey
from app.services.pause_journey import pause_journey, resume_journey
from app.services.stop_journey import stop_journey
from app.services.views import OpenJourney
from app.ui.dialogs.ask import ask
from app.ui.errors import in_words
from app.ui.translation import shown, tr

if TYPE_CHECKING:
    from app.ui.document import JourneyDocument
    from app.ui.journey_page import JourneyPage


class JourneyState(QObject):
    """Does one change at a time; a failure is said with its reason, and problems are listed."""

    def __init__(self, document: JourneyDocument, page: JourneyPage) -> None:
        super().__init__(page)
        self._document = document
        self._page = page

    def change(self, wish: str) -> None:
        """ "activate", "new_version", "pause", "resume" or "stop"."""
        document = self._document
        workspace, journey_id, name = document.workspace, document.journey.id, document.journey.name
        if wish == "activate":
            if self._flush():
                said = tr("{name} v{number} is running: contacts enter now.", name=name, number=document.number)
                self._do(lambda: activate_journey(workspace, journey_id), said, tr("Activating"))
        elif wish == "new_version":
            draft = next((number for number, status in document.versions if status is Status.DRAFT), None)
            if draft is not None:
                document.reopen(draft)
            else:
                said = tr("This is the draft of a new version. The running one goes on until you activate.")
                self._do(lambda: new_version(workspace, journey_id), said, tr("Making a new version"))
        elif wish == "stop":
            text = tr("Nobody enters any more, and the contacts inside leave where they are. Stopping is final.")
            if ask(self._page, tr("Stop {name}?", name=name), text, tr("Stop journey"), danger=True):
                self._do(
                    self._then_open(lambda: stop_journey(workspace, journey_id)),
                    tr("{name} was stopped.", name=name),
                    tr("Stopping"),
                )
        elif wish == "pause":
            self._ask_pause()
        elif wish == "resume":
            self._do(
                self._then_open(lambda: resume_journey(workspace, journey_id)),
                tr("{name} goes on.", name=name),
                tr("Resuming"),
            )

    def _ask_pause(self) -> None:
        # Most windows never pause anything.
        from app.ui.dialogs.pause import PauseDialog

        document = self._document
        workspace, journey_id, name = document.workspace, document.journey.id, document.journey.name

        def pause(choices: Mapping[str, Any], everywhere: bool) -> None:
            said = tr("{name} is paused: nobody enters and nobody goes on.", name=name)
            number = None if everywhere else document.number
            change = partial(pause_journey, workspace, journey_id, choices, number, finishing=everywhere)
            self._do(self._then_open(change), said, tr("Pausing"))

        finishing = any(status is Status.FINISHING for _, status in document.versions)
        PauseDialog(name, document.number, pause, self._page, finishing=finishing).open()

    def _then_open(self, change: Callable[[], object]) -> Callable[[], OpenJourney]:
        workspace, journey_id, number = self._document.workspace, self._document.journey.id, self._document.number

        def job() -> OpenJourney:
            change()
            return open_journey(workspace, journey_id, number)

        return job

    def _flush(self) -> bool:
        try:
            self._document.flush()
        except SwitchbackError as error:
            if isinstance(error, Conflict):
                self._document.overtaken.take_theirs()
            else:
                self._page.say(in_words(error))
            return False
        return True

    def _do(self, job: Callable[[], OpenJourney], said: str, label: str) -> None:
        self._page.toolbar.busy(is_busy=True)

        def done(opened: OpenJourney) -> None:
            self._page.toolbar.busy(is_busy=False)
            self._document.show_version(opened)
            self._page.say(said)

        def failed(error: Exception) -> None:
            self._page.toolbar.busy(is_busy=False)
            if isinstance(error, InvalidInput) and error.problems:
                self._document.show_problems(error.problems)
                self._page.side.show_panel("problems")
                self._page.say(shown(error.message))
            elif isinstance(error, SwitchbackError):
                self._page.say(in_words(error))
            else:
                raise error

        self._document.work.run(self, job, done, failed, label=label)
