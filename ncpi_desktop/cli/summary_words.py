"""The findings as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ncpi_desktop.cli.output import table
from ncpi_desktop.cli.quality_lines import quality_lines
from ncpi_desktop.cli.strategy_lines import strategy_lines
from ncpi_desktop.domain.casework.recommendation import Origin
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import overdue_sentence
from ncpi_desktop.domain.findings import own_words
from ncpi_desktop.domain.findings.comparison import Change
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts, ReasonFindings
from ncpi_desktop.domain.findings.sentences import (
    breakdown_sentence,
    change_sentence,
    headline,
    interval_words,
    percent_words,
    points_interval_words,
    points_words,
    share_sentence,
)
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.words import _, ngettext


def summary_lines(findings: Findings) -> Iterator[str]:
    """Yield the whole summary, line by line."""
    yield from _title(findings)
    for heading, lines in (
        (_("By area"), list(_areas(findings))),
        (_("By stage"), list(_stages(findings))),
        (_("Why practice fell short"), list(_reasons(findings.weaknesses()))),
        (_("What worked well"), list(_reasons(findings.strengths()))),
        (_("The force's own grades against the inspectors'"), list(_own_grades(findings))),
        (_("Strategy discussions"), list(strategy_lines(findings))),
        (_("Quality"), list(quality_lines(findings))),
        (_("Referrals to the force"), list(_referrals(findings))),
        (_("Recommendations"), list(_recommendations(findings))),
    ):
        if lines:
            yield from ("", heading, *lines)
    yield ""
    yield _("Drawn up from change {number}, seal {seal}").format(
        number=findings.provenance.sequence, seal=findings.provenance.seal
    )


def change_lines(change: Change) -> Iterator[str]:
    """Yield the change in points with its interval, and each warning."""
    if change.points is not None:
        interval = points_interval_words(change.interval)
        points = points_words(change.points)
        yield (_("{points} (95% interval {interval})").format(points=points, interval=interval) if interval else points)
    for warning in change.warnings:
        yield _("Warning: {warning}").format(warning=warning)


def _title(findings: Findings) -> Iterator[str]:
    inspection = findings.inspection
    yield " · ".join(part for part in (inspection.force, inspection.kind.label, inspection.fieldwork) if part)
    yield f"{inspection.marking.value} · {findings.methodology.title}"
    if inspection.is_sample:
        yield _("Sample data: the force and its cases are invented")
    yield ""
    yield headline(findings)
    if findings.overall.graded:
        yield _("{percent} good: {share}").format(
            percent=percent_words(findings.overall.percent_good), share=share_sentence(findings.overall)
        )
        yield breakdown_sentence(findings.overall, findings.methodology)
    else:
        yield _("{percent} good").format(percent=percent_words(None))
    if findings.change is not None:
        yield change_sentence(findings)
        yield from change_lines(findings.change)
    states = [f"{state.label.lower()} {count}" for state, count in findings.states]
    yield ngettext("{count} case: {states}", "{count} cases: {states}", findings.cases).format(
        count=findings.cases, states=", ".join(states)
    )


def _grade_rows(
    scale: Scale, first: str, found: Iterable[tuple[str, GradeCounts]], extra: Sequence[str] = ()
) -> list[list[str]]:
    rows = [[first, _("n"), *(grade.label for grade in scale.grades), _("good"), _("95% interval"), *extra]]
    for label, grades in found:
        counts = [str(count) for _code, count in grades.counts]
        share = [percent_words(grades.percent_good), interval_words(grades.interval)]
        rows.append([label, str(grades.graded), *counts, *share])
    return rows


def _areas(findings: Findings) -> Iterator[str]:
    found = [(found.area.label, found.grades) for found in findings.areas]
    if found:
        yield from table(_grade_rows(findings.methodology.scale, _("Area"), found))


def _stages(findings: Findings) -> Iterator[str]:
    found = [(found.stage.label, found.grades) for found in findings.stages]
    if not found:
        return
    rows = _grade_rows(findings.methodology.scale, _("Stage"), found, [_("not applicable")])
    for row, stage in zip(rows[1:], findings.stages, strict=True):
        row.append(str(stage.not_applicable))
    yield from table(rows)


def _reasons(reasons: Iterable[ReasonFindings]) -> Iterator[str]:
    for found in reasons:
        yield f"  {found.cases:>4}  {found.reason.code}  {found.reason.wording}"


def _own_grades(findings: Findings) -> Iterator[str]:
    found, scale = findings.self_assessment, findings.methodology.scale
    if not found.both and not found.stages:
        return
    for sentence in own_words.told(found.compared):
        yield "  " + sentence
    for name, counts in own_words.sets_of(found):
        yield f"  {name}: {own_words.set_words(counts)}"
    labels = [scale[code].label for code in found.grades]
    rows = [[_("force, then inspectors"), *labels]]
    rows += [[label, *map(str, row)] for label, row in zip(labels, found.matrix, strict=True)]
    yield from table(rows)
    named = [(one.area.label, one.compared.table) for one in found.areas]
    named += [(one.stage.label, one.compared.table) for one in found.stages]
    heads = [_("area or stage"), _("graded by both"), _("the same"), _("over-rated"), _("under-rated")]
    figures = [
        [name, *map(str, (counted.n, counted.same, counted.second_harsher, counted.second_kinder))]
        for name, counted in named
    ]
    yield from table([heads, *figures])


def _referrals(findings: Findings) -> Iterator[str]:
    yield "  " + _("{raised} raised, {open} open, {acknowledged} acknowledged, {closed} closed").format(
        raised=len(findings.referrals),
        open=findings.open_referrals,
        acknowledged=findings.acknowledged_referrals,
        closed=findings.closed_referrals,
    )


def _recommendations(findings: Findings) -> Iterator[str]:
    statuses = [recommendation.status for recommendation in findings.recommendations]
    for status in Status:
        if status in statuses:
            yield f"  {statuses.count(status):>4}  {status.label.lower()}"
    today = findings.as_of.date()
    for origin, words in ((Origin.PREVIOUS, _("of the previous inspection")), (Origin.THIS, _("of this inspection"))):
        overdue = [held.number for held in findings.recommendations if held.origin is origin and held.is_overdue(today)]
        if overdue:
            yield f"  {overdue_sentence(overdue)} ({words})"
