"""Reads the passages cited for a reason in the judgements that count, page by page: the cost follows what is shown."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.gathered import GatheredPassage
from ncpi_desktop.storage.engine import Connection

_PASSAGES = (
    "SELECT g.review_id, t.id, f.case_id, c.reference, e.day, e.time, e.heading, t.passage FROM given_reasons g"
    " CROSS JOIN results f ON f.review_id = g.review_id CROSS JOIN cases c ON c.id = f.case_id"
    " CROSS JOIN citations t ON t.given_reason_id = g.id CROSS JOIN entries e ON e.id = t.entry_id"
    " WHERE g.reason = ?1 AND g.review_id >= ?2 AND (g.review_id > ?2 OR t.id > ?3) ORDER BY g.review_id, t.id LIMIT ?4"
)
"""The joins are in this order: along the reason's own index, which is in the order of reviews."""


def passages_after(
    connection: Connection, reason: str, after: tuple[int, int], count: int
) -> list[tuple[tuple[int, int], GatheredPassage]]:
    """Return up to `count` passages cited for `reason` behind the place `after`, each with its own place; (0, 0) is the beginning."""
    rows = connection.execute(_PASSAGES, (reason, *after, count))
    return [
        ((review, citation), GatheredPassage(CaseKey(case), reference, day, time or "", heading or "", passage))
        for review, citation, case, reference, day, time, heading, passage in rows
    ]
