"""What a live figure is made of: the number, how it is printed, its n, what it is of, and the cases behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ncpi_desktop.domain.findings.findings import Findings, GradeCounts
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection
from ncpi_desktop.domain.findings.selection_words import selection_words
from ncpi_desktop.words import _


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the findings.

    `value` is None where it is undefined (nothing graded, counts not known); `words` is what is printed, then *n/a*. `n` is what the number
    is of, None where it is of nothing larger. `about` says in words what it is a figure of. `selection` names the cases behind it, None where
    no cases of this audit stand behind it. `is_share` is whether it is in per cent or points.
    """

    code: str
    value: int | None
    words: str
    n: int | None
    about: str
    selection: Selection | None = None
    is_share: bool = False


def counted(value: int | None) -> str:
    """Return a count as printed in a sentence."""
    return _("n/a") if value is None else str(value)


def per_cent(value: int | None) -> str:
    """Return a share as printed in a sentence, such as *53 per cent*."""
    return _("n/a") if value is None else _("{percent} per cent").format(percent=value)


def case_count(findings: Findings, code: str, value: int, n: int | None, selection: Selection) -> Figure:
    """Return the figure of how many cases `selection` names."""
    about = selection_words(selection, findings.methodology)
    return Figure(code, value, counted(value), n, about, selection)


def of_grades(
    findings: Findings,
    code: str,
    what: str,
    grades: GradeCounts,
    cases: int,
    chosen: Callable[[str], Selection],
    within: str = "",
) -> Figure | None:
    """Return the figure that `what` names of `grades`, counted over `cases`; `chosen` names the cases with some grades. None where it names none."""
    if what == "graded":
        return case_count(findings, code, grades.graded, cases, chosen(GradeGroup.ANY))
    if what == "good":
        return case_count(findings, code, grades.good, grades.graded, chosen(GradeGroup.GOOD))
    if what == "not-good":
        return case_count(findings, code, grades.graded - grades.good, grades.graded, chosen(GradeGroup.NOT_GOOD))
    if what == "percent-good":
        about = _("{whole}: per cent good").format(whole=within) if within else _("per cent good")
        value = grades.percent_good
        return Figure(code, value, per_cent(value), grades.graded, about, chosen(GradeGroup.GOOD), is_share=True)
    grade = what.removeprefix("grade:")
    if grade not in findings.methodology.scale:
        return None
    return case_count(findings, code, grades.of(grade), grades.graded, chosen(grade))
