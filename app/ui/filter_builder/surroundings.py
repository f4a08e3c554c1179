"""What the builder knows besides the tree: attributes, values in the data, the time, whom to ask for counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from app.data_extensions.data_extension import Field
from app.data_extensions.kinds import KINDS
from app.filters.catalog import Catalog
from app.filters.tree import EVENT, Attribute
from app.kernel.clock import Clock, SystemClock
from app.services.workspace import Workspace
from app.ui.translation import tr
from app.ui.work import Work

SHORT_LIST = 12
"""Up to so many different values a field's values are offered as a list."""


class Surroundings(QObject):
    """Shared by every row of one builder. `arrived` tells that values of the data have been read."""

    arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalog = Catalog()
        self.workspace: Workspace | None = None
        self.work: Work | None = None
        self.data_extension_id: str | None = None
        self.event_key = ""
        """The Event Definition Key that XML names the event's data by."""
        self.clock: Clock = SystemClock()
        self.time_zone = ZoneInfo("UTC")
        self._values: dict[str, tuple[str, ...]] = {}
        self._asked: set[str] = set()

    def set_source(self, workspace: Workspace, work: Work, data_extension_id: str | None) -> None:
        """Read counts and existing values from `data_extension_id` of a workspace (None: nothing is stored yet)."""
        self.workspace, self.work, self.data_extension_id = workspace, work, data_extension_id
        self.clock = workspace.clock
        self.time_zone = ZoneInfo(workspace.info.time_zone)
        self._values.clear()
        self._asked.clear()

    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    def label(self, attribute: Attribute) -> str:
        """The words for a field: `Cart total`, or `Contact · Loyalty` for contact data."""
        field = self.catalog.field(attribute)
        if field is None:
            return tr("Missing field")
        return field.name if attribute.source == EVENT else tr("Contact · {name}", name=field.name)

    def existing(self, attribute: Attribute) -> tuple[str, ...]:
        """The values that the data holds for a field, as texts, as far as they were read; asks for them if not.

        More than SHORT_LIST of them means that there are too many to list.
        """
        home = self.catalog.home(attribute)
        key = attribute.field
        if home is None or key in self._values:
            return self._values.get(key, ())
        self._read([attribute])
        return ()

    def read_all(self) -> None:
        """Ask for the values of every field at once, so that a picker can show a sample of each."""
        self._read([attribute for attribute, _field in self.catalog])

    def _read(self, attributes: Sequence[Attribute]) -> None:
        """One job for all of them: hundreds of fields must not mean hundreds of answers to draw."""
        workspace, work = self.workspace, self.work
        if workspace is None or work is None:
            return
        wanted: list[tuple[str, Field]] = []
        for attribute in attributes:
            home, field = self.catalog.home(attribute), self.catalog.field(attribute)
            stored = attribute.source != EVENT or self.data_extension_id is not None
            if home is not None and field is not None and stored and field.id not in self._asked:
                self._asked.add(field.id)
                wanted.append((home.id, field))
        if not wanted:
            return

        def job() -> dict[str, tuple[str, ...]]:
            from app.services.sample_values import sample_values

            found = {}
            for home_id, field in wanted:
                kind = KINDS[field.kind]
                values = sample_values(workspace, home_id, field.id, SHORT_LIST + 1)
                texts = (kind.to_text(value, field) for value in values if value is not None)
                found[field.id] = tuple(dict.fromkeys(text for text in texts if text))
            return found

        # Values are a help for choosing: without them every editor still takes typed text.
        work.run(self, job, self._take, _ignore)

    def _take(self, found: dict[str, tuple[str, ...]]) -> None:
        self._values.update(found)
        self.arrived.emit()


def _ignore(error: Exception) -> None:
    """A sample that cannot be read is no news for the person; the count beside it says what is wrong."""
