"""Gathers what was cited for a reason, page by page, without the cases whose first reading is closed to who works here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ncpi_desktop.domain.findings.gathered import GatheredPassage
from ncpi_desktop.storage.gathered_repository import passages_after
from ncpi_desktop.workflows.blinding import closed_cases
from ncpi_desktop.workflows.session import AuditSession

AT_ONCE: Final = 20
_LOOKED_THROUGH: Final = 400
"""Where so many passages in a row are closed, the page is handed over as it is, and goes on from there."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PassagePage:
    """Some passages cited for a reason. `next_place` is where the next page goes on; None at the end."""

    passages: tuple[GatheredPassage, ...]
    next_place: Place | None


def cited_for(session: AuditSession, reason: str, after: Place = (0, 0), count: int = AT_ONCE) -> PassagePage:
    """Return the passages cited for `reason` in the judgements that count, behind the place `after`, in the order they were judged."""
    found: list[GatheredPassage] = []
    looked = 0
    with session.file.reading() as connection:
        while True:
            page = passages_after(connection, reason, after, count)
            closed = closed_cases(session, list({held.case for _place, held in page}))
            for place, held in page:
                after = place
                if held.case not in closed:
                    found.append(held)
                if len(found) == count:
                    break
            looked += len(page)
            if len(found) == count or len(page) < count:
                at_end = len(page) < count and (not page or after == page[-1][0])
                return PassagePage(tuple(found), None if at_end else after)
            if looked >= _LOOKED_THROUGH:
                return PassagePage(tuple(found), after)
