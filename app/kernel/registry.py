"""A registry of leaves: one explicit tuple, looked up by key, duplicates refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from app.kernel.errors import NotFound


class Keyed(Protocol):
    """Anything with a stable key."""

    @property
    def key(self) -> str:
        """The stable key: saved in files, never shown."""
        ...


LeafT = TypeVar("LeafT", bound=Keyed)


class Registry(Generic[LeafT]):
    """The leaves of one folder, in the order in which people see them."""

    def __init__(self, what: str, leaves: Iterable[LeafT]) -> None:
        """`what` names a leaf in errors ("kind of field"). Raises ValueError for a key that is there twice."""
        self._what = what
        self._leaves: dict[str, LeafT] = {}
        for leaf in leaves:
            if leaf.key in self._leaves:
                raise ValueError(f"two {what}s have the key {leaf.key!r}")
            self._leaves[leaf.key] = leaf

    def __iter__(self) -> Iterator[LeafT]:
        return iter(self._leaves.values())

    def __len__(self) -> int:
        return len(self._leaves)

    def __contains__(self, key: object) -> bool:
        return key in self._leaves

    def __getitem__(self, key: str) -> LeafT:
        """The leaf with that key; raises NotFound."""
        try:
            return self._leaves[key]
        except KeyError:
            raise NotFound(f"There is no {self._what} {key!r}.") from None

    def get(self, key: str) -> LeafT | None:
        """The leaf with that key, or None."""
        return self._leaves.get(key)
