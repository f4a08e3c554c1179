"""An open journey in the window: the value, its undo history, its problems, what is selected, and its draft."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from app.journey.edits import Edit, changed_keys
from app.journey.folding import group_tile
from app.journey.journey import ENTRY, Journey, Status
from app.journey.rules import Finding, find_problems
from app.kernel.errors import Conflict, Problem, SwitchbackError, UserError
from app.services.journey_context import journey_context
from app.services.list_events import list_events
from app.services.open_journey import open_journey
from app.services.views import OpenJourney, PathStep
from app.ui.canvas.highlight import Highlight, make_highlight
from app.ui.draft_writer import DraftWriter
from app.ui.errors import in_short
from app.ui.frozen import why_frozen
from app.ui.overtaken import Overtaken
from app.ui.translation import shown, tr
from app.ui.undo import EditCommand, history_to_document, restore_history

if TYPE_CHECKING:
    from app.journey.context import JourneyContext
    from app.services.workspace import Workspace
    from app.ui.work import Ticket, Work

_log = logging.getLogger(__name__)

SAVE_AFTER_MS = 400
"""How long an edit waits for others before the draft is written: well under the second that may be lost."""

CHECK_AFTER_MS = 120
TRY_AGAIN_MS = 5000


class JourneyDocument(QObject):
    """Everything that shows a journey listens here, and everything that changes it calls `apply`.

    Signals: `changed` (frozenset of keys of tiles, ENTRY for the entry), `state_changed` (status, version, read-only),
    `context_changed` (schemas, event), `problems_changed`, `path_changed`, `selection_changed`, `saved`,
    `refused` (message, hint: an edit that is not legal), `save_failed` (message) and `changed_elsewhere` (a colleague
    saved the draft, and it is shown). `overtaken` keeps what was edited here meanwhile.
    """

    changed = Signal(object)
    state_changed = Signal()
    context_changed = Signal()
    problems_changed = Signal()
    path_changed = Signal()
    selection_changed = Signal()
    saved = Signal()
    refused = Signal(str, str)
    save_failed = Signal(str)
    changed_elsewhere = Signal()

    def __init__(
        self,
        workspace: Workspace,
        work: Work,
        opened: OpenJourney,
        context: JourneyContext,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.work = work
        self.undo_stack = stack = QUndoStack(self)
        # A stack that is taken down empties itself and says so, to listeners that may be gone by then.
        self.destroyed.connect(lambda: stack.blockSignals(True))
        self.problems: tuple[Problem, ...] = ()
        self._by_tile: Mapping[str, tuple[Problem, ...]] = {}
        self._mends: Mapping[Problem, str] = {}
        self._opens: Mapping[Problem, tuple[str, str]] = {}
        self.highlight: Highlight | None = None
        self.listeners = 0
        self.context = context
        self._selection: tuple[str, ...] = ()
        self._still = False
        self._reading: Ticket | None = None
        self._unsaved = False
        self._saving = False
        self._opened = opened
        self.journey: Journey = opened.journey
        self.saved_at: datetime = opened.saved_at
        self._writer = DraftWriter(workspace, opened.saved_at)
        self.overtaken = Overtaken(self)
        self._save_timer = self._timer(SAVE_AFTER_MS, self.save)
        self._check_timer = self._timer(CHECK_AFTER_MS, self._check)
        restore_history(self, self.undo_stack, opened.history)
        self.refresh_context()

    @property
    def status(self) -> Status:
        """Draft, running, ..."""
        return self._opened.status

    @property
    def number(self) -> int:
        """The number of this version."""
        return self._opened.number

    @property
    def version_id(self) -> str:
        """The id of this version."""
        return self._opened.version_id

    @property
    def versions(self) -> tuple[tuple[int, Status], ...]:
        """All versions of the journey."""
        return self._opened.versions

    @property
    def pause(self) -> Mapping[str, Any]:
        """The choices of the pause; empty while this version is not paused."""
        return self._opened.pause

    @property
    def read_only(self) -> bool:
        """Whether edits are refused: a version that was activated, or a workspace that may only be read."""
        return self._opened.read_only or self.workspace.info.read_only

    @property
    def unsaved(self) -> bool:
        """Whether the draft in the workspace is older than what is shown."""
        return self._unsaved or self._saving

    @property
    def selection(self) -> tuple[str, ...]:
        """The keys of the selected tiles, in the order in which they were selected."""
        return self._selection

    def select(self, keys: Iterable[str]) -> None:
        """Select those tiles and no others."""
        wanted = tuple(dict.fromkeys(keys))
        if wanted != self._selection:
            self._selection = wanted
            self.selection_changed.emit()

    def apply(self, edit: Edit) -> bool:
        """Make an edit; it can be undone. An edit that is not legal changes nothing and is said through `refused`.
        Returns whether it was made."""
        if self.read_only:
            self.refused.emit(self.why_read_only, tr("New version makes a draft that can be changed."))
            return False
        before = self.journey
        try:
            after, back = edit.apply(before)
        except UserError as error:
            self.refused.emit(shown(error.message), shown(error.hint))
            return False
        self._show(before, after)
        self.undo_stack.push(EditCommand(self, back.label or edit.label, edit, back))
        return True

    def put(self, edit: Edit) -> None:
        """Apply an edit without remembering it: what undo and redo do."""
        if self._still:
            return
        before = self.journey
        self._show(before, edit.apply(before)[0])

    @property
    def why_read_only(self) -> str:
        """Why this cannot be edited, in one sentence; "" where it can."""
        if self._opened.read_only:
            return why_frozen(self.status)
        return tr("This workspace may only be read.") if self.workspace.info.read_only else ""

    def show_path(self, path: Iterable[PathStep] | None, title: str = "") -> None:
        """Light a contact's way on the canvas; None takes it away."""
        steps = tuple(path) if path is not None else None
        self.highlight = make_highlight(self.journey, steps, title) if steps is not None else None
        self.path_changed.emit()

    def show_version(self, opened: OpenJourney) -> None:
        """Show another version or state of this journey: after activating, a new version, pausing, stopping."""
        self._save_timer.stop()
        self._unsaved = False
        before, self._opened = self.journey, opened
        self.journey = opened.journey
        self.saved_at = opened.saved_at
        self._writer.begin_at(opened.saved_at)
        self.undo_stack.clear()
        restore_history(self, self.undo_stack, opened.history)
        self.show_path(None)
        self._keep_selection()
        self.changed.emit(changed_keys(before, self.journey) | {ENTRY})
        self.state_changed.emit()
        self.refresh_context()

    def reopen(self, number: int | None = None, then: Callable[[], None] | None = None) -> None:
        """Read a version again from the workspace (None: the newest), off the GUI thread."""

        def show(opened: OpenJourney) -> None:
            self.show_version(opened)
            if then is not None:
                then()

        journey_id = self.journey.id
        self.work.run(self, lambda: open_journey(self.workspace, journey_id, number), show, label=tr("Opening version"))

    def refresh_context(self) -> None:
        """Read schemas and events again: something in the workspace changed, or another event was chosen."""
        journey, workspace = self.journey, self.workspace

        def job() -> tuple[JourneyContext, int]:
            context = journey_context(workspace, journey)
            event = context.event
            cards = list_events(workspace) if event is not None else ()
            return context, next((len(card.journeys) for card in cards if event and card.definition.id == event.id), 0)

        # Answers may overtake each other: only the newest question counts.
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self.work.run(self, job, self._take_context)

    def refresh_state(self) -> None:
        """Somebody changed journeys: show it if this version was stopped, paused or went on, or the draft was saved
        by a colleague. One that is just being edited here notices when it is saved."""
        if self._unsaved or self._saving:
            return
        workspace, journey_id, number = self.workspace, self.journey.id, self.number
        known = self.saved_at

        def show(opened: OpenJourney) -> None:
            if opened.version_id != self.version_id or self._unsaved or self._saving or self.saved_at != known:
                return
            by_others = self.status is Status.DRAFT and opened.saved_at != known
            before = self._opened
            of_state = (opened.status, opened.versions, opened.pause) != (before.status, before.versions, before.pause)
            if by_others or of_state:
                self.show_version(opened)
            if by_others:
                self.changed_elsewhere.emit()

        self.work.run(self, lambda: open_journey(workspace, journey_id, number), show, self._gone)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """While it lasts the undo stack moves and the journey does not: for a history that is filled in."""
        self._still = True
        try:
            yield
        finally:
            self._still = False

    def flush(self) -> None:
        """Write the draft before the window closes or the version is activated, and come back then. Raises
        SwitchbackError where it cannot be written."""
        self._save_timer.stop()
        if not self.unsaved:
            return
        journey, history = self.journey, history_to_document(self.undo_stack)
        self.saved_at = self.work.wait_for(self._writer.job(journey, history), tr("Saving the draft"))
        self._unsaved = self._unsaved and self.journey is not journey
        self.saved.emit()

    def saving(self) -> Callable[[], object]:
        """What writes the draft as it is now, to be called in any thread: for who asks what is stored. It raises
        SwitchbackError where it cannot be written."""
        return self._writer.job(self.journey, history_to_document(self.undo_stack)) if self.unsaved else lambda: None

    def close(self) -> None:
        """Write what is unsaved and do nothing more."""
        self._check_timer.stop()
        try:
            self.flush()
        except SwitchbackError as error:
            _log.error("The draft of %s could not be saved: %s", self.journey.name, error.message)

    def hold(self, *, still: bool) -> None:
        """Whether nothing is written for the moment."""
        self._saving, self._unsaved = still, False

    def not_saved(self, error: Exception) -> None:
        """The draft could not be written: a colleague's is shown that came first, or it is tried again later."""
        if isinstance(error, Conflict):
            self.overtaken.take_theirs()
            return
        self._saving, self._unsaved = False, True
        _log.warning("the draft could not be saved: %s", error)
        self.save_failed.emit(in_short(error))
        self._save_timer.start(TRY_AGAIN_MS)
        self._save_timer.setInterval(SAVE_AFTER_MS)

    def let_go(self) -> None:
        """What is unsaved may be lost."""
        self._save_timer.stop()
        self._unsaved = self._saving = False

    def problems_by_tile(self) -> Mapping[str, tuple[Problem, ...]]:
        """The problems of each tile; the same mapping until there are other problems."""
        return self._by_tile

    def mend_label(self, problem: Problem) -> str:
        """What a ready mend of a problem would do, for its button; "" where there is none."""
        return "" if self.read_only else self._mends.get(problem, "")

    def place_to_mend(self, problem: Problem) -> tuple[str, str]:
        """What a person will do about a problem, for a button, and where in the tile's settings; "" where no place."""
        return ("", "") if self.read_only else self._opens.get(problem, ("", ""))

    def mend(self, problem: Problem) -> bool:
        """Mend a problem, if it is still there; it can be undone. Returns whether it was done."""
        for found in find_problems(self.journey, self.context):
            if found.problem == problem and found.fix is not None:
                return self.apply(found.fix)
        return False

    def check_now(self) -> None:
        """Look for problems at once; `problems_changed` follows if there are others than before."""
        self._check_timer.stop()
        self._check()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show problems that were found elsewhere, until the next edit."""
        if problems != self.problems:
            self.problems = problems
            found: dict[str, list[Problem]] = {}
            for problem in problems:
                found.setdefault(problem.where, []).append(problem)
            self._by_tile = {where: tuple(each) for where, each in found.items()}
            self.problems_changed.emit()

    def _show(self, before: Journey, after: Journey) -> None:
        self.journey, self._unsaved = after, True
        keys = changed_keys(before, after)
        if before.entry != after.entry or before.entry_mode is not after.entry_mode or before.first != after.first:
            keys |= {ENTRY}
        if self.highlight is not None:
            self.show_path(None)
        self._keep_selection()
        self.changed.emit(keys)
        if _event(before) != _event(after):
            self.refresh_context()
        if not self._save_timer.isActive():
            self._save_timer.start()
        self._check_timer.start()

    def _keep_selection(self) -> None:
        notes = {f"note:{note.id}" for note in self.journey.notes}
        there = self.journey.activities
        notes |= {group_tile(group) for group in self.journey.groups}
        self.select(key for key in self._selection if key == ENTRY or key in there or key in notes)

    def _gone(self, error: Exception) -> None:
        """The journey was deleted elsewhere: what is shown stays, as it was."""
        _log.info("the state of a journey could not be read: %s", error)

    def _take_context(self, found: tuple[JourneyContext, int]) -> None:
        self.context, self.listeners = found
        self.context_changed.emit()
        # Not at once: looking for problems in thousands of tiles must not hold up what is on its way to the screen.
        self._check_timer.start()

    def _check(self) -> None:
        journey, context = self.journey, self.context

        def take(found: tuple[Finding, ...]) -> None:
            if journey is self.journey and context is self.context:
                self._mends = {each.problem: each.fix_label for each in found if each.fix is not None}
                self._opens = {each.problem: (each.open_label, each.opens) for each in found if each.open_label}
                self.show_problems(tuple([each.problem for each in found]))

        self.work.run(self, lambda: find_problems(journey, context), take)

    def save(self) -> None:
        """Write what is unsaved, off the GUI thread; what cannot be written is tried again."""
        if self._saving:
            self._save_timer.start()
            return
        self._saving, self._unsaved = True, False
        job = self._writer.job(self.journey, history_to_document(self.undo_stack))

        def done(at: datetime) -> None:
            self._saving = False
            self.saved_at = at
            self.saved.emit()

        self.work.run(self, job, done, self.not_saved)

    def _timer(self, interval: int, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(call)
        return timer


def _event(journey: Journey) -> str | None:
    return journey.entry.event_definition_id if journey.entry else None
