"""Files of older formats, brought to the newest step by step. A format is never changed, only followed by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Json = dict[str, Any]
Step = Callable[[Json], Json]
"""Turns a document of one format into one of the next."""

STEPS: tuple[Step, ...] = ()
"""`STEPS[0]` turns format 1 into 2, and so on. Format 1 is the newest."""

NEWEST = len(STEPS) + 1


def upgrade(document: Json, steps: Sequence[Step] = STEPS) -> Json:
    """The document in the newest format. Its member `format` is a number from 1 to the newest."""
    for step in steps[document["format"] - 1 :]:
        document = {**step(document), "format": document["format"] + 1}
    return document
