"""News inside one process: who did something says so, who cares listens."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

_log = logging.getLogger(__name__)
NewsT = TypeVar("NewsT")


class Bus:
    """Calls every listener of a kind of news, in the thread that published it, after the fact.

    A listener that fails is logged and does not keep the news from the others: the fact has happened.
    """

    def __init__(self) -> None:
        self._listeners: dict[type[Any], list[Callable[[Any], None]]] = {}

    def subscribe(self, kind: type[NewsT], listener: Callable[[NewsT], None]) -> Callable[[], None]:
        """Call `listener` with every news of exactly that type; returns a function that ends it."""
        listeners = self._listeners.setdefault(kind, [])
        listeners.append(listener)

        def unsubscribe() -> None:
            if listener in listeners:
                listeners.remove(listener)

        return unsubscribe

    def publish(self, news: object) -> None:
        """Tell all who listen to the type of `news`."""
        for listener in tuple(self._listeners.get(type(news), ())):
            try:
                listener(news)
            except Exception:  # noqa: BLE001 - any listener's fault is logged and must not stop the others
                _log.exception("a listener to %s failed", type(news).__name__)
