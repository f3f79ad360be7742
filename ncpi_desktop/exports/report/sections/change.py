"""What changed since the previous inspection, and what chance could do."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph, Spacer

from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.sentences import (
    change_sentence,
    interval_words,
    p_words,
    percent_words,
    points_interval_words,
    points_words,
)
from ncpi_desktop.exports.report.blocks import Cell, figures_table, head_cell, name_cell, plain_table, section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup, paragraphs
from ncpi_desktop.exports.report.sections.series import series_blocks
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _


def change_section(material: Material) -> Iterator[Flowable]:
    """Yield both shares with their n, the difference with its interval, the test, the verdict and the warnings."""
    findings = material.findings
    yield from section(_("Change since the previous inspection"), room=230)
    change = findings.change
    if findings.previous is None or change is None:
        yield Paragraph(markup(_("No previous results are recorded.")), styles().body)
        return
    yield from paragraphs(change_sentence(findings), styles().body)
    yield _shares(findings)
    cannot = change.verdict is Verdict.CANNOT_TELL
    not_known = _("not known")
    yield plain_table(
        [
            [name_cell(_("Change")), name_cell(points_words(change.points), strong=True)],
            [
                name_cell(_("95% interval of the change (Newcombe)")),
                name_cell(points_interval_words(change.interval) or not_known),
            ],
            [name_cell(_("Fisher's exact test, two-sided")), name_cell(p_words(change.p) or not_known)],
            [name_cell(_("Verdict")), name_cell(_verdict(findings) if cannot else change.verdict.label, strong=True)],
        ],
        [WIDTH * 0.45, WIDTH * 0.55],
        ruled=True,
    )
    yield Spacer(1, 8)
    series = findings.series
    for warning in change.warnings if series is None else series.warnings:
        yield Paragraph(f"<b>{markup(_('Read with care:'))}</b> {markup(warning)}", styles().body)
    if series is not None:
        yield from series_blocks(series, material.figure_numbers)


def _verdict(findings: Findings) -> str:
    """Say *cannot tell* of counts only where they are what is missing."""
    return Verdict.CANNOT_TELL.label if findings.overall.graded else _("cannot tell: no case is graded")


def _shares(findings: Findings) -> Flowable:
    before, now = findings.previous, findings.overall
    unknown = _("not known")
    rows: list[list[Cell]] = []
    if before is not None:
        rows.append(
            [
                name_cell(before.label),
                unknown if before.good is None else str(before.good),
                unknown if before.total is None else str(before.total),
                percent_words(before.percent_good),
                interval_words(before.interval) or unknown,
            ]
        )
    label = findings.inspection.fieldwork or _("This inspection")
    interval = interval_words(now.interval) or _("n/a")
    rows.append(
        [name_cell(label, strong=True), str(now.good), str(now.graded), percent_words(now.percent_good), interval]
    )
    head = [
        head_cell(_("Inspection"), right=False),
        head_cell(_("Graded good")),
        head_cell(_("Graded")),
        head_cell(_("Per cent good")),
        head_cell(_("95% interval")),
    ]
    return figures_table(head, rows, [WIDTH - 340, 80, 80, 80, 100])
