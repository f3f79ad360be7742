"""The second reading: how far readers agree, the grades of both, and the reasons of both."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.quality import Compared, QualityFindings
from ncpi_desktop.domain.findings.quality_words import (
    readers_words,
    reasons_sentence,
    remarks_of,
    same_sentence,
    step_words,
)
from ncpi_desktop.exports.workbook.agreement_cells import agreement_columns, agreement_values
from ncpi_desktop.exports.workbook.reasons_sheet import polarity_words
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet, Value, grade_words
from ncpi_desktop.words import _


def quality_sheet(findings: Findings) -> TableSheet:
    """Return the agreement of two readers: over all cases, by stage, by area and by pair of readers, a row for each."""
    quality = findings.quality
    steps = quality.overall.table.steps_apart
    return TableSheet(
        name=_("Quality"),
        table="Quality",
        title=_("How far two readers of the same case agree"),
        sentence=same_sentence(quality.overall),
        columns=(
            Column(_("Grades compared"), 36),
            Column(_("Over"), 12),
            Column(_("Cases compared (n)"), 11, figures=True),
            Column(_("Same grade"), 9, figures=True),
            *agreement_columns(),
            Column(_("Second reader harsher"), 11, figures=True),
            Column(_("Second reader kinder"), 11, figures=True),
            *(
                Column(_("Apart by {steps}").format(steps=step_words(apart)), 9, figures=True)
                for apart, _cases in steps
            ),
            Column(_("Applies for one reader only"), 12, figures=True),
            Column(_("Remark"), 48),
        ),
        rows=list(_rows(quality)),
        nothing=_("No case has been read twice yet"),
        frozen_columns=1,
        pages_wide=2,
    )


def quality_grades_sheet(findings: Findings) -> TableSheet:
    """Return the cross table of overall grades: a row for each of the first reader's, a column for each of the second's."""
    table, scale = findings.quality.overall.table, findings.methodology.scale
    words = grade_words(scale)
    return TableSheet(
        name=_("Quality grades"),
        table="QualityGrades",
        title=_("The overall grades of the first reader against those of the second"),
        sentence=_("Both as first handed in; settling does not alter them."),
        columns=(
            Column(_("First reader"), 32),
            *(Column(_("Second: {grade}").format(grade=grade.label), 21, figures=True) for grade in scale.grades),
            Column(_("Cases read twice (n)"), 14, figures=True),
        ),
        rows=[
            (words[code], *row, count)
            for code, row, count in zip(table.grades, table.counts, table.first_totals, strict=True)
        ],
    )


def quality_reasons_sheet(findings: Findings) -> TableSheet:
    """Return each reason that either reader gave, and in how many cases both did or one alone."""
    quality = findings.quality
    return TableSheet(
        name=_("Quality reasons"),
        table="QualityReasons",
        title=_("The reasons of both readers"),
        sentence=reasons_sentence(quality),
        columns=(
            Column(_("Reason"), 64),
            Column(_("Code"), 11),
            Column(_("Kind"), 12),
            Column(_("Given by both"), 10, figures=True),
            Column(_("First reader only"), 10, figures=True),
            Column(_("Second reader only"), 10, figures=True),
            Column(_("Cases read twice (n)"), 12, figures=True),
        ),
        rows=[
            (
                found.reason.wording,
                found.reason.code,
                polarity_words(found.reason.polarity),
                found.both,
                found.first_only,
                found.second_only,
                quality.reasons.n,
            )
            for found in quality.reasons.reasons
        ],
        nothing=_("No reason has been given in a case read twice"),
    )


def _rows(quality: QualityFindings) -> Iterator[tuple[Value, ...]]:
    if not quality.compared:
        return
    yield _row(_("Overall grade"), _("All cases"), quality.overall)
    for stage in quality.stages:
        yield _row(stage.stage.label, _("Stage"), stage.compared)
    for area in quality.areas:
        yield _row(area.area.label, _("Area"), area.compared)
    for readers in quality.readers:
        yield _row(readers_words(readers), _("Readers"), readers.compared)


def _row(label: str, over: str, compared: Compared) -> tuple[Value, ...]:
    table = compared.table
    return (
        label,
        over,
        table.n,
        table.same,
        *agreement_values(compared),
        table.second_harsher,
        table.second_kinder,
        *(cases for _steps, cases in table.steps_apart),
        compared.applies_or_not,
        " ".join(remarks_of(compared)),
    )
