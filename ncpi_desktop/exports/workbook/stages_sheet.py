"""The results by stage."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.grade_table import grade_chart, grade_columns, grade_values
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet
from ncpi_desktop.words import _


def stages_sheet(findings: Findings) -> TableSheet:
    """Return how each stage was graded over all graded cases; stages judged nowhere are left out."""
    scale = findings.methodology.scale
    return TableSheet(
        name=_("Stages"),
        table="Stages",
        title=_("Grades by stage of the case"),
        sentence=_("Every graded case is judged at each stage that applies to it; per cent good is of the cases graded at that stage."),
        columns=(Column(_("Stage"), 38), *grade_columns(scale), Column(_("Not applicable"), 12, figures=True)),
        rows=[(found.stage.label, *grade_values(found.grades), found.not_applicable) for found in findings.stages],
        nothing=_("No stage has been graded yet"),
        charts=grade_chart(
            _("Grades by stage"),
            [(found.stage.label, found.grades) for found in findings.stages],
            scale,
            first_column=1,
            axis=_("Share of cases graded at the stage (numbers inside: cases)"),
        ),
    )  # fmt: skip
