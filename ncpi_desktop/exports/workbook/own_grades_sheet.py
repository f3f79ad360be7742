"""The force's own grades against the inspectors': the tables of both, and what can be said of each."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.findings.findings import Findings, SelfAssessment
from ncpi_desktop.domain.findings.own_words import (
    direction_sentence,
    nothing_compared,
    remarks_of,
    same_sentence,
    sets_of,
)
from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.quality_words import (
    step_words,
)
from ncpi_desktop.domain.findings.sentences import interval_words
from ncpi_desktop.domain.moderation.agreement import AgreementTable
from ncpi_desktop.exports.workbook.agreement_cells import agreement_columns, agreement_values
from ncpi_desktop.exports.workbook.table_sheet import Column, Percent, TableSheet, Value, grade_words
from ncpi_desktop.words import _


def own_grades_sheet(findings: Findings) -> TableSheet:
    """Return the cross tables, overall, by area and by stage: a row for each own grade, a column for each of the inspectors'."""
    own, scale = findings.self_assessment, findings.methodology.scale
    words = grade_words(scale)

    def rows(over: str, name: str, table: AgreementTable) -> Iterator[tuple[Value, ...]]:
        for code, row, count in zip(table.grades, table.counts, table.first_totals, strict=True):
            yield (over, name, words[code], *row, count)

    return TableSheet(
        name=_("Own grades"),
        table="OwnGrades",
        title=_("The force’s own grades against the inspectors’ grades"),
        sentence=" ".join(filter(None, (direction_sentence(own.compared), same_sentence(own.compared))))
        if own.both
        else nothing_compared(),
        columns=(
            Column(_("Over"), 12),
            Column(_("Grades compared"), 32),
            Column(_("Own grade of the force"), 26),
            *(Column(_("Inspectors: {grade}").format(grade=grade.label), 21, figures=True) for grade in scale.grades),
            Column(_("Cases graded by both (n)"), 14, figures=True),
        ),
        rows=[row for over, name, compared in _parts(own) for row in rows(over, name, compared.table)],
    )


def own_agreement_sheet(findings: Findings) -> TableSheet:
    """Return how the two differ and how far they agree, overall, by area and by stage: a row for each."""
    own = findings.self_assessment
    steps = own.compared.table.steps_apart
    return TableSheet(
        name=_("Own grades agreement"),
        table="OwnAgreement",
        title=_("How far the force’s own grades agree with the inspectors’"),
        sentence=_("Over-rated: the force gave the better grade. Under-rated: the force gave the worse."),
        columns=(
            Column(_("Over"), 12),
            Column(_("Grades compared"), 36),
            Column(_("Cases graded by both (n)"), 12, figures=True),
            Column(_("Same grade"), 9, figures=True),
            Column(_("Over-rated by the force"), 11, figures=True),
            Column(_("Under-rated by the force"), 11, figures=True),
            *(
                Column(_("Apart by {steps}").format(steps=step_words(apart)), 9, figures=True)
                for apart, _cases in steps
            ),
            *agreement_columns(),
            Column(_("Stage applies for the force only"), 12, figures=True),
            Column(_("Remark"), 48),
        ),
        rows=[_agreement_row(*part) for part in _parts(own)] if own.both or own.stages else [],
        nothing=nothing_compared(),
        frozen_columns=2,
        pages_wide=2,
    )


def own_sets_sheet(findings: Findings) -> TableSheet:
    """Return the sets of cases: graded by both (once as each graded them), by the inspectors only, and all, each with its grades."""
    scale = findings.methodology.scale
    return TableSheet(
        name=_("Own grades sets"),
        table="OwnSets",
        title=_("Cases graded by both, by the inspectors only, and all"),
        sentence=_("Per cent good of each set, with its n and 95% interval."),
        columns=(
            Column(_("Cases"), 42),
            *(Column(grade.label, 14, figures=True) for grade in scale.grades),
            Column(_("Graded (n)"), 11, figures=True),
            Column(_("Good"), 9, figures=True),
            Column(_("Per cent good"), 10, figures=True),
            Column(_("95% interval"), 14),
        ),
        rows=[
            (
                name,
                *(count for _code, count in counts.counts),
                counts.graded,
                counts.good,
                Percent(counts.percent_good),
                interval_words(counts.interval),
            )
            for name, counts in sets_of(findings.self_assessment)
        ],
    )


def _parts(own: SelfAssessment) -> Iterator[tuple[str, str, Compared]]:
    yield _("All cases"), _("Overall grade"), own.compared
    for area in own.areas:
        yield _("Area"), area.area.label, area.compared
    for stage in own.stages:
        yield _("Stage"), stage.stage.label, stage.compared


def _agreement_row(over: str, name: str, compared: Compared) -> tuple[Value, ...]:
    table = compared.table
    return (
        over,
        name,
        table.n,
        table.same,
        table.second_harsher,
        table.second_kinder,
        *(cases for _steps, cases in table.steps_apart),
        *agreement_values(compared),
        compared.applies_or_not,
        " ".join(remarks_of(compared)),
    )
