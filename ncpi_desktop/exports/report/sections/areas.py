"""Results by area of child protection."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.domain.findings.findings import GradeCounts
from ncpi_desktop.domain.findings.sentences import percent_words
from ncpi_desktop.exports.charts.interval_chart import ShareRow, interval_chart
from ncpi_desktop.exports.report.blocks import figure, section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup
from ncpi_desktop.exports.report.sections.grade_tables import GradeRow, grade_table
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _


def areas_section(material: Material) -> Iterator[Flowable]:
    """Yield the table of areas with their sum, and the share graded good in each with its interval."""
    findings = material.findings
    yield from section(_("Breakdown of case file audit results by area of child protection"), room=200)
    if not findings.areas:
        yield Paragraph(markup(_("The audit holds no cases.")), styles().body)
        return
    rows = [GradeRow(found.area.label, found.cases, found.grades) for found in findings.areas]
    total = GradeRow(_("All areas"), findings.cases, findings.overall)
    yield grade_table(material.scale, _("Area"), _("Cases"), rows, total)
    shares = [_share(found.area.label, found.grades) for found in findings.areas]
    shares.append(_share(_("All areas"), findings.overall, emphasised=True))
    yield figure(
        interval_chart(shares, WIDTH, 15),
        _(
            "Figure {number}. Share of cases graded good, by area (Wilson). "
            "Areas whose intervals overlap widely should not be ranked."
        ).format(number=next(material.figure_numbers)),
    )


def _share(label: str, grades: GradeCounts, *, emphasised: bool = False) -> ShareRow:
    counts = _("{good} of {total}").format(good=grades.good, total=grades.graded)
    words = percent_words(grades.percent_good)
    return ShareRow(label, grades.percent_good, words, counts, grades.interval, emphasised)
