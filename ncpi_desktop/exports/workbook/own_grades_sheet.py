"""The force's own grades against the inspectors'."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet, grade_words
from ncpi_desktop.words import _, ngettext


def own_grades_sheet(findings: Findings) -> TableSheet:
    """Return the cross table: a row for each own grade, a column for each of the inspectors', over cases graded by both."""
    own, scale = findings.self_assessment, findings.methodology.scale
    words = grade_words(scale)
    return TableSheet(
        name=_("Own grades"),
        table="OwnGrades",
        title=_("The force’s own grades against the inspectors’ grades"),
        sentence=ngettext(
            "Of {n} case graded by both, {same} has the same grade; the force was kinder in {kinder} and harsher in {harsher}.",
            "Of {n} cases graded by both, {same} have the same grade; the force was kinder in {kinder} and harsher in {harsher}.",
            own.both,
        ).format(n=own.both, same=own.same, kinder=own.kinder, harsher=own.harsher)
        if own.both
        else _("No case has been graded by both the force and the inspectors."),
        columns=(
            Column(_("Own grade of the force"), 32),
            *(Column(_("Inspectors: {grade}").format(grade=grade.label), 21, figures=True) for grade in scale.grades),
            Column(_("Cases graded by both (n)"), 14, figures=True),
        ),
        rows=[
            (words[code], *row, count)
            for (code, count), row in zip(own.own.counts, own.matrix, strict=True)
        ],
    )  # fmt: skip
