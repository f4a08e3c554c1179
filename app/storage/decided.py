"""Searches decisions. Each journey's stretch of the table is asked by itself, from its newest end: the journey leads
the table's key, so a page of the newest costs the same beside millions of older ones."""

from __future__ import annotations

import heapq
from collections.abc import Collection
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from app.services.event_log import DecidedPage, DecidedRow, DecidedSearch
from app.storage.moments import from_micros, to_micros
from app.storage.tables import decision, event_instance


def search_decided(connection: Connection, wanted: DecidedSearch, offset: int, limit: int, most: int) -> DecidedPage:
    """The decisions that fit, `offset` to `offset + limit` of them; of more than `most` it counts `most`."""
    questions = [_fitting(wanted, journey, versions) for journey, versions in sorted(wanted.journeys.items())]
    total = 0
    for question in questions:
        if total < most:
            some = question.with_only_columns(decision.c.event_instance_id).limit(most - total).subquery()
            total += int(connection.scalar(select(func.count()).select_from(some)) or 0)
    if limit < 1 or offset >= total:
        return DecidedPage((), total)
    key = decision.c.event_instance_id
    order = key.desc() if wanted.newest_first else key
    found = [connection.execute(each.order_by(order).limit(offset + limit)).all() for each in questions]
    merged = heapq.merge(*found, key=lambda row: str(row.event_instance_id), reverse=wanted.newest_first)
    return DecidedPage(tuple(_row(row) for row in islice(merged, offset, offset + limit)), total)


def _fitting(wanted: DecidedSearch, journey: str, versions: Collection[str]) -> Select[Any]:
    question = (
        select(decision, event_instance.c.contact_key, event_instance.c.event_definition_key)
        .join(event_instance, event_instance.c.id == decision.c.event_instance_id)
        .where(decision.c.journey_id == journey)
    )
    if versions:
        question = question.where(decision.c.version_id.in_(sorted(versions)))
    if wanted.since is not None:
        question = question.where(decision.c.at >= to_micros(wanted.since))
    if wanted.until is not None:
        question = question.where(decision.c.at <= to_micros(wanted.until))
    if wanted.reasons is not None:
        question = question.where(decision.c.reason.in_(sorted(wanted.reasons)))
    if wanted.contact_key:
        question = question.where(event_instance.c.contact_key == wanted.contact_key)
    if wanted.contact_prefix:
        question = question.where(event_instance.c.contact_key.startswith(wanted.contact_prefix, autoescape=True))
    return question


def _row(row: Row[Any]) -> DecidedRow:
    return DecidedRow(
        event_instance_id=row.event_instance_id,
        event_definition_key=row.event_definition_key,
        contact_key=row.contact_key,
        journey_id=row.journey_id,
        version_id=row.version_id,
        at=from_micros(row.at),
        reason=row.reason,
        membership_id=row.membership_id or "",
    )
