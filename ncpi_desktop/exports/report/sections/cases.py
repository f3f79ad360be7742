"""The annex of cases: each case graded, with its stages, reasons and rationale, then those without a grade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.grade import Grade
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.exports.charts.grade_shapes import grade_mark
from ncpi_desktop.exports.charts.stage_strip import stage_strip
from ncpi_desktop.exports.report.blocks import (
    Heading,
    figures_table,
    head_cell,
    name_cell,
    plain_table,
    rule,
    section,
    subheading,
)
from ncpi_desktop.exports.report.dates import day_words
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup, paragraphs
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _

ROOM_FOR_CASE: Final = 140.0
ROWS_AT_ONCE: Final = 200


def cases_section(material: Material) -> Iterator[Flowable]:
    """Yield the annex in the order of the cases."""
    methodology = material.findings.methodology
    yield from section(_("Annex: cases"), ROOM_FOR_CASE + 100)
    counted = _("{graded} of {cases} cases graded.").format(
        graded=material.findings.overall.graded, cases=material.findings.cases
    )
    letters = ", ".join(f"{grade.letter} {grade.label.lower()}" for grade in material.scale.grades)
    key = _("Letters under the stages: {letters}; n/a: the stage did not apply.").format(letters=letters)
    yield Paragraph(markup(f"{counted} {key}"), styles().muted)
    waiting = []
    for line in material.cases:
        if line.review is None or line.review.grade is None:
            waiting.append(line)
        else:
            yield from _case(line, line.review, methodology)
    if waiting:
        yield from _ungraded(waiting, methodology)


def _case(line: CaseLine, review: Review, methodology: Methodology) -> Iterator[Flowable]:
    yield CondPageBreak(ROOM_FOR_CASE)
    yield Spacer(1, 6)
    mark: Drawing = grade_mark(methodology.scale[review.grade or ""], 10)
    mark.hAlign = "RIGHT"
    yield plain_table([[Heading(line.case.reference, styles().entry, 1), mark]], [WIDTH - 180, 180])
    yield from paragraphs(_about(line, methodology), styles().muted)
    yield stage_strip(_stages(line, review, methodology), WIDTH)
    yield Spacer(1, 5)
    yield from _reasons(review, methodology, Polarity.WEAKNESS, _("Fell short:"))
    yield from _reasons(review, methodology, Polarity.STRENGTH, _("Worked well:"))
    yield from paragraphs(review.rationale, styles().small)
    yield from _own_grade(line, methodology)
    yield from paragraphs(_signed(line, review), styles().muted)
    yield rule()


def _about(line: CaseLine, methodology: Methodology) -> str:
    area = methodology.area_by_code.get(line.case.area)
    parts = [area.label if area else line.case.area, ", ".join(child.words for child in line.case.children)]
    return " · ".join(part for part in (*parts, *line.case.tags) if part)


def _stages(line: CaseLine, review: Review, methodology: Methodology) -> list[tuple[str, Grade | str]]:
    found: list[tuple[str, Grade | str]] = []
    for stage in methodology.stages:
        judged = review.judgement(stage.code)
        if judged.grade is not None:
            found.append((stage.short, methodology.scale[judged.grade]))
        elif judged.not_applicable:
            found.append((stage.short, _("n/a")))
        elif stage.applies_to(line.case.area) and not stage.optional:
            found.append((stage.short, _("not graded")))
    return found


def _reasons(review: Review, methodology: Methodology, polarity: Polarity, lead: str) -> Iterator[Flowable]:
    words = [
        reason.wording
        for given in review.reasons
        if (reason := methodology.reason_by_code.get(given.code)) is not None and reason.polarity is polarity
    ]
    if words:
        yield from paragraphs("; ".join(words), styles().small, f"<b>{markup(lead)}</b> ")


def _own_grade(line: CaseLine, methodology: Methodology) -> Iterator[Flowable]:
    if line.own_grade is not None:
        lead = _("The force's own grade: {grade}.").format(grade=_grade_words(line.own_grade, methodology))
        yield from paragraphs(line.own_rationale, styles().small, f"<b>{markup(lead)}</b> ")
    if line.own_stages:
        stages = "; ".join(
            f"{methodology.stage_by_code[stage].label.lower()}: {_grade_words(grade, methodology)}"
            for stage, grade in line.own_stages
        )
        yield from paragraphs(stages, styles().small, f"<b>{markup(_('The force on the stages:'))}</b> ")


def _grade_words(code: str, methodology: Methodology) -> str:
    grade = methodology.scale.find(code)
    return grade.label.lower() if grade else code


def _signed(line: CaseLine, review: Review) -> str:
    when = "" if review.submitted_at is None else _("submitted {day}").format(day=day_words(review.submitted_at.date()))
    return ", ".join(part for part in (line.inspector, when) if part)


def _how_far(line: CaseLine) -> str:
    return _("Closed until read again") if line.is_closed else line.state.label


def _ungraded(waiting: list[CaseLine], methodology: Methodology) -> Iterator[Flowable]:
    yield from subheading(_("Cases without a grade"))
    rows = []
    for line in waiting:
        area = methodology.area_by_code.get(line.case.area)
        names = (line.case.reference, area.label if area else line.case.area, _how_far(line), line.inspector)
        rows.append([name_cell(name) for name in names])
    head = [
        head_cell(words, right=False) for words in (_("Case"), _("Area"), _("How far it has come"), _("Allocated to"))
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):  # A table of many thousand rows takes long to break into pages.
        yield figures_table(head, rows[start : start + ROWS_AT_ONCE], [90, WIDTH - 320, 120, 110])
