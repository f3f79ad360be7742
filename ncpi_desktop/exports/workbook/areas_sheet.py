"""The results by area."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.sentences import share_sentence
from ncpi_desktop.exports.workbook.grade_table import grade_chart, grade_columns, grade_values
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet
from ncpi_desktop.words import _


def areas_sheet(findings: Findings) -> TableSheet:
    """Return how the cases of each area were graded; areas without cases are left out."""
    scale = findings.methodology.scale
    return TableSheet(
        name=_("Areas"),
        table="Areas",
        title=_("Grades by area of child protection"),
        sentence=_("All areas together: {share}.").format(share=share_sentence(findings.overall)),
        columns=(Column(_("Area"), 38), Column(_("Cases"), 9, figures=True), *grade_columns(scale)),
        rows=[(found.area.label, found.cases, *grade_values(found.grades)) for found in findings.areas],
        nothing=_("No case has been added yet"),
        charts=grade_chart(
            _("Grades by area"),
            [(found.area.label, found.grades) for found in findings.areas],
            scale,
            first_column=2,
            axis=_("Share of graded cases (numbers inside: cases)"),
        ),
    )
