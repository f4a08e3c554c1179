"""What the use cases need from the storage room. One protocol a concern; storage implements them."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self


class UnitOfWork(Protocol):
    """One transaction: everything in it is written at `commit`, or nothing is. Left without commit: rolled back."""

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed."""
        ...

    def commit(self) -> None:
        """Write it all. Raises a WorkspaceError where the environment is in the way."""
        ...
