"""A case that stands behind a figure, as its list shows it."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey


@dataclass(frozen=True, slots=True)
class CaseBehind:
    """One line: `grade` is the one that counts (settled, else submitted), `own_grade` the force's, which is told only beside it.

    Both are None while no judgement counts, and where the first reading `is_closed` to who looks.
    """

    case: CaseKey
    position: int
    reference: str
    area: str
    grade: str | None = None
    own_grade: str | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class CasesBehindPage:
    """Some cases behind a figure, in queue order, and behind which position the next page begins: None where there is none."""

    cases: tuple[CaseBehind, ...]
    next_after: int | None = None
