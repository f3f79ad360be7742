"""Results by stage: how the cases were handled at each step."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.exports.charts.grade_bars import BarRow, grade_bars
from ncpi_desktop.exports.report.blocks import figure, section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup
from ncpi_desktop.exports.report.sections.grade_tables import GradeRow, grade_table
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _


def stages_section(material: Material) -> Iterator[Flowable]:
    """Yield the stages as bars and as a table; a stage that did not apply is counted apart."""
    findings = material.findings
    yield from section(_("Results by stage"), room=220)
    if not findings.stages:
        yield Paragraph(markup(_("No stage has been graded yet.")), styles().body)
        return
    rows = [BarRow(found.stage.label, found.grades.counts, found.grades.graded) for found in findings.stages]
    yield figure(
        grade_bars(rows, material.scale, WIDTH, _("Graded")),
        _("Figure {number}. Number of cases at each grade, by stage.").format(number=next(material.figure_numbers)),
    )
    table = [GradeRow(found.stage.label, found.not_applicable, found.grades) for found in findings.stages]
    yield grade_table(material.scale, _("Stage"), _("Did not apply"), table)
