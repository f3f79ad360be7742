"""The summary: the headline figures, each with its n and its words."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts
from ncpi_desktop.domain.findings.quality_words import (
    agreement_sentence,
    coefficient_interval_words,
    progress_sentence,
    settled_sentence,
)
from ncpi_desktop.domain.findings.sentences import (
    breakdown_sentence,
    change_sentence,
    interval_words,
    share_sentence,
)
from ncpi_desktop.domain.moderation.agreement import Agreement
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.exports.workbook.table_sheet import Coefficient, Column, Percent, Points, TableSheet, Value
from ncpi_desktop.words import _

Row = tuple[Value, Value, Value, Value, Value]


def summary_sheet(findings: Findings) -> TableSheet:
    """Return the headline figures."""
    return TableSheet(
        name=_("Summary"),
        table="Summary",
        title=_("Summary of the findings"),
        sentence=breakdown_sentence(findings.overall, findings.methodology)
        if findings.overall.graded
        else share_sentence(findings.overall),
        columns=(
            Column(_("Figure"), 40),
            Column(_("Value"), 14, figures=True),
            Column(_("Of how many (n)"), 12, figures=True),
            Column(_("95% interval"), 16),
            Column(_("In words"), 72),
        ),
        rows=[
            *_progress(findings),
            *_grades(findings),
            *_change(findings),
            *_self_assessment(findings),
            *_quality(findings),
        ],
    )


def _progress(findings: Findings) -> Iterator[Row]:
    yield _("Cases"), findings.cases, None, None, None
    for state in CaseState:
        yield state.label, findings.state_count(state), findings.cases, None, None
    yield _("Marked not sure"), findings.not_sure, findings.cases, None, None
    yield _("Referrals raised with the force"), len(findings.referrals), None, None, None
    yield _("Referrals acknowledged"), findings.acknowledged_referrals, len(findings.referrals), None, None
    yield _("Referrals resolved"), findings.closed_referrals, len(findings.referrals), None, None
    yield _("Referrals still open"), findings.open_referrals, len(findings.referrals), None, None


def _grades(findings: Findings) -> Iterator[Row]:
    overall = findings.overall
    yield _("Graded"), overall.graded, findings.cases, None, _("A case counts once its review is submitted or settled.")
    for code, count in overall.counts:
        label = _("Graded {grade}").format(grade=findings.methodology.scale[code].label.lower())
        yield label, count, overall.graded, None, None
    yield _share(_("Per cent good"), overall, share_sentence(overall))


def _change(findings: Findings) -> Iterator[Row]:
    previous, change = findings.previous, findings.change
    if previous is None or change is None:
        yield _("Per cent good, previous inspection"), _("n/a"), None, None, _("No previous results are recorded")
        return
    yield (
        _("Per cent good, previous inspection"),
        Percent(previous.percent_good),
        _("not known") if previous.total is None else previous.total,
        interval_words(previous.interval),
        previous.label,
    )
    yield (
        _("Change since then"),
        Points(change.points),
        None,
        interval_words(change.interval),
        change_sentence(findings),
    )
    for number, warning in enumerate(change.warnings, start=1):
        yield _("Caution {number} on that change").format(number=number), None, None, None, warning


def _self_assessment(findings: Findings) -> Iterator[Row]:
    own = findings.self_assessment
    words = _("Over the cases graded by both the force and the inspectors.")
    yield _("Own grade the same as the inspectors’"), own.same, own.both, None, words
    yield _("Over-rated by the force: own grade better than the inspectors’"), own.kinder, own.both, None, None
    yield _("Under-rated by the force: own grade worse than the inspectors’"), own.harsher, own.both, None, None
    yield _share(_("Per cent good by the force’s own grades"), own.own, words)
    yield _share(_("Per cent good by the inspectors, same cases"), own.inspectors, words)
    only = _("Over the cases that the force did not grade.")
    yield _share(_("Per cent good by the inspectors, other cases"), own.inspectors_only, only)


def _quality(findings: Findings) -> Iterator[Row]:
    quality = findings.quality
    overall, settled = quality.overall, quality.settled_grades
    yield _("Cases sampled for a second reading"), quality.sampled, findings.cases, None, progress_sentence(quality)
    yield _("Read twice"), quality.read_twice, quality.sampled, None, None
    yield _("Second reading missing"), quality.missing, quality.sampled, None, None
    yield _("Agreed in everything"), quality.state_count(SecondState.AGREED), quality.read_twice, None, None
    yield _("Settled"), quality.state_count(SecondState.SETTLED), quality.read_twice, None, None
    yield _("Waiting to be settled"), quality.to_settle, quality.read_twice, None, None
    yield _("Of these with the team lead"), quality.with_lead, quality.to_settle, None, None
    yield (
        _("Graded the same by both readers"),
        quality.same,
        quality.compared,
        interval_words(quality.agreement.interval),
        agreement_sentence(quality),
    )
    yield _coefficient(_("Agreement beyond chance: weighted kappa"), overall.kappa)
    yield _coefficient(_("Agreement beyond chance: Gwet’s AC2"), overall.ac2)
    yield _("Reasons the same in both readings"), quality.reasons.same, quality.reasons.n, None, None
    yield _("Second readings that were not blind"), quality.not_blind, quality.compared, None, None
    words = settled_sentence(settled) or _("No case has been settled yet.")
    yield _("Grades changed when readers settled"), settled.changed, settled.settled, None, words
    yield _("Changed up (a better grade)"), settled.up, settled.settled, None, None
    yield _("Changed down (a worse grade)"), settled.down, settled.settled, None, None


def _coefficient(label: str, figure: Agreement) -> Row:
    words = figure.unknown.sentence if figure.unknown is not None else None
    return label, Coefficient(figure.value), figure.n, coefficient_interval_words(figure.interval), words


def _share(label: str, grades: GradeCounts, words: str) -> Row:
    return label, Percent(grades.percent_good), grades.graded, interval_words(grades.interval), words
