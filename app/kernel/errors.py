"""Everything that Switchback raises on purpose.

    SwitchbackError
      UserError                 what the caller gave is wrong; they can mend it
        InvalidInput            one or more problems, each with its place
          UnreadableFile        the same for a file, with line and column
        NotFound                no such journey, event, data extension, contact
        Conflict                the state does not allow it (version active, stale copy)
          Taken                 a name or a key that must be the only one is there already
        Cancelled               the person took the question back
      WorkspaceError            the environment: the person can act, the input was right
        WorkspaceBusy           locked by another program, or the database is restarting; try again
        WorkspaceReadOnly       the file or its folder may not be written
        WorkspaceFull           no room on the disk
        WorkspaceCorrupt        not a workspace, or damaged
        WorkspaceNewer          made by a newer Switchback
        WorkspaceUnreachable    the database server does not answer

Anything else that escapes is a programmer's error: it goes to the log and the crash dialog.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.kernel.said import said


class Severity(StrEnum):
    """How much a problem matters: an error blocks activation, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said so that a person can mend it.

    `message` says what is wrong, `where` names the place (a field, a column, an activity's key, `line 3,
    column 7`), `hint` says what to do, with an example where there is one. `code` is stable and for programs.
    """

    code: str
    message: str
    where: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR


class SwitchbackError(Exception):
    """The root. `str(error)` is one sentence for a person; `hint` says what to do."""

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint


class UserError(SwitchbackError):
    """What the caller gave cannot be taken."""


class InvalidInput(UserError):
    """One or more problems in what was given; all of them are listed."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = (), *, where: str = "", hint: str = "") -> None:
        super().__init__(message, where=where, hint=hint)
        self.problems = problems


class UnreadableFile(InvalidInput):
    """A file that cannot be taken; `line` and `column` count from 1, 0 where unknown."""

    def __init__(
        self, message: str, problems: tuple[Problem, ...] = (), *, line: int = 0, column: int = 0, hint: str = ""
    ) -> None:
        where = said("line {line}, column {column}", line=line, column=column) if line else ""
        super().__init__(message, problems, where=where, hint=hint)
        self.line = line
        self.column = column


class NotFound(UserError):
    """There is no such thing in this workspace."""


class Conflict(UserError):
    """The state does not allow it."""


class Taken(Conflict):
    """There is one already."""


class Cancelled(UserError):
    """The person took the question back before it was answered."""


class WorkspaceError(SwitchbackError):
    """The environment is in the way; the same call may work later or elsewhere."""


class WorkspaceBusy(WorkspaceError):
    """Locked by another program, or the database is restarting."""


class WorkspaceReadOnly(WorkspaceError):
    """The file, its folder or the database may only be read."""


class WorkspaceFull(WorkspaceError):
    """No room is left on the disk."""


class WorkspaceCorrupt(WorkspaceError):
    """The file is no workspace, or is damaged."""


class WorkspaceNewer(WorkspaceError):
    """The workspace was written by a newer Switchback."""


class WorkspaceUnreachable(WorkspaceError):
    """The database server does not answer."""
