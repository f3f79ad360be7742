"""How the grades of a methodology are shown."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import GradeCounts
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.stacked_bar import Segment


def looks_of(methodology: Methodology) -> dict[str, GradeLook]:
    """Return the look of each grade by its code, best first."""
    return {
        grade.code: GradeLook.from_words(grade.code, grade.label, grade.short, grade.letter, grade.shape, grade.tone)
        for grade in methodology.scale.grades
    }


def segments_of(looks: dict[str, GradeLook], grades: GradeCounts) -> list[Segment]:
    """Return the counts as the segments of a bar, best first."""
    return [Segment(looks[code], count) for code, count in grades.counts]
