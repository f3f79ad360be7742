"""A case as outputs list it: what was read, and what was finally judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import Case
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.grading.review import Review


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case for the workbook and the report.

    `review` is the judgement that counts (settled, else submitted), None while there is none. `own_grade` and `own_stages` (stage, grade) stay
    empty until then too: the force's own grades are sealed. `inspector` is who submitted, else who has the case. `entry_words` names each
    entry by its key, such as *Day 1, 00:50, Attendance*. Where it `is_closed` nothing of the judgement may be told to whoever the document is
    for: the case is to be read again, and its first reading is hidden until then.
    """

    case: Case
    state: CaseState
    inspector: str
    review: Review | None
    own_grade: str | None
    own_rationale: str
    entry_words: Mapping[int, str]
    is_closed: bool = False
    own_stages: tuple[tuple[str, str], ...] = ()
