"""Sets the inspection beside earlier ones: what each found, and what changed between any two that the page Compare tells of."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import chance_sentence
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange, Subject
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.sentences import interval_words, p_words, points_interval_words
from ncpi_desktop.exports.workbook.table_sheet import Column, Percent, Points, TableSheet, Value
from ncpi_desktop.words import _


def inspections_sheet(findings: Findings) -> TableSheet:
    """Return the inspections that are compared, the oldest first, with all that is known of them and of their cases."""
    series = findings.series
    return TableSheet(
        name=_("Inspections"),
        table="Inspections",
        title=_("The inspections that are compared"),
        sentence=" ".join(series.warnings if series is not None else ()) or _("The oldest first."),
        columns=(
            Column(_("Inspection"), 44),
            Column(_("Force"), 26),
            Column(_("Kind"), 24),
            Column(_("Methodology"), 12),
            Column(_("When"), 22),
            Column(_("How cases were chosen"), 26),
            Column(_("Graded good"), 9, figures=True),
            Column(_("Graded (n)"), 9, figures=True),
            Column(_("Per cent good"), 9, figures=True),
            Column(_("95% interval"), 14),
            Column(_("Source"), 18),
        ),
        rows=[
            (
                one.label,
                one.force,
                one.kind.label if one.kind is not None else _("not known"),
                one.methodology or _("not known"),
                one.when or _("not known"),
                one.chosen or _("not known"),
                one.good.part,
                one.good.whole,
                Percent(one.good.percent),
                interval_words(one.good.interval) or _("not known"),
                one.source.label,
            )
            for one in (series.inspections if series is not None else ())
        ],
        nothing=_("No earlier inspection is recorded"),
        frozen_columns=1,
        pages_wide=2,
    )


def comparison_sheet(findings: Findings) -> TableSheet:
    """Return every change: a row for each share of each two inspections, with both n."""
    return TableSheet(
        name=_("Comparison"),
        table="Comparison",
        title=_("What changed between inspections"),
        sentence=_(
            "Intervals: Newcombe. Chance: Fisher’s exact test, two-sided; by area, stage and reason corrected after Holm."
        ),
        columns=(
            Column(_("From"), 40),
            Column(_("To"), 40),
            Column(_("Share"), 46),
            Column(_("Of"), 10),
            Column(_("Before: cases"), 9, figures=True),
            Column(_("Before: n"), 8, figures=True),
            Column(_("Before: per cent"), 9, figures=True),
            Column(_("Now: cases"), 9, figures=True),
            Column(_("Now: n"), 8, figures=True),
            Column(_("Now: per cent"), 9, figures=True),
            Column(_("Points"), 8, figures=True),
            Column(_("95% interval of the change"), 20),
            Column(_("p by itself"), 11),
            Column(_("p corrected"), 11),
            Column(_("Chance"), 58),
        ),
        rows=list(_rows(findings)),
        nothing=_("No earlier inspection is recorded"),
        frozen_columns=3,
        pages_wide=2,
    )


def _rows(findings: Findings) -> Iterator[tuple[Value, ...]]:
    if findings.series is None:
        return
    for between in findings.series.changes:
        for change in between.every:
            yield _row(between, change)


def _row(between: ChangeBetween, change: ShareChange) -> tuple[Value, ...]:
    return (
        between.before.label,
        between.now.label,
        change.label or _("Graded good, all areas"),
        _of_words(change.subject),
        change.before.part,
        change.before.whole,
        Percent(change.before.percent),
        change.now.part,
        change.now.whole,
        Percent(change.now.percent),
        Points(change.points),
        points_interval_words(change.interval) or _("not known"),
        p_words(change.p) or _("not known"),
        p_words(change.corrected_p) or _("not known"),
        chance_sentence(change),
    )


def _of_words(subject: Subject) -> str:
    return {
        Subject.OVERALL: _("overall"),
        Subject.GRADE: _("grade"),
        Subject.AREA: _("area"),
        Subject.STAGE: _("stage"),
        Subject.REASON: _("reason"),
    }[subject]
