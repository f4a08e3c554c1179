"""Lists page by page, in the original's envelope."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from app.api.answer import Answer
from app.api.call import Call

T = TypeVar("T")


def paged(call: Call, items: Sequence[T], show: Callable[[T], Any], **more: Any) -> Answer:
    """The page that was asked for, with an honest count of all."""
    page, size = call.page()
    shown = [show(item) for item in items[(page - 1) * size : page * size]]
    return Answer(200, {"count": len(items), "page": page, "pageSize": size, "links": {}, **more, "items": shown})
