"""The first page: what was found in one sentence, the change, the areas, why practice fell short and what worked well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import Flowable, KeepTogether, Paragraph, Spacer, Table, TableStyle

from ncpi_desktop.domain.findings.findings import Findings, ReasonFindings
from ncpi_desktop.domain.findings.sentences import (
    breakdown_sentence,
    change_sentence,
    headline,
    interval_words,
    percent_words,
)
from ncpi_desktop.exports.charts.grade_bars import BarRow, grade_bars
from ncpi_desktop.exports.charts.interval_chart import ShareRow, interval_chart
from ncpi_desktop.exports.charts.typefaces import REGULAR
from ncpi_desktop.exports.report.blocks import Heading, figure, plain_table
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _, ngettext

REASONS_SHOWN: Final = 5
COLUMN: Final = WIDTH / 2 - 16


def headline_section(material: Material) -> Iterator[Flowable]:
    """Yield the first page."""
    findings = material.findings
    yield Heading(headline(findings), styles().headline, 0)
    yield Paragraph(markup(_lead(findings)), styles().body)
    yield Spacer(1, 10)
    yield figure(
        interval_chart(share_rows(findings), WIDTH, row_height=29),
        _("Figure {number}. Share of cases graded good, with 95 per cent intervals (Wilson).").format(
            number=next(material.figure_numbers)
        ),
    )
    if findings.areas:
        yield Paragraph(label_markup(_("Grades by area of child protection")), styles().heading)
        rows = [BarRow(found.area.label, found.grades.counts, found.grades.graded) for found in findings.areas]
        yield figure(
            grade_bars(rows, material.scale, WIDTH, _("Graded")),
            _("Figure {number}. Number of cases at each grade, by area.").format(number=next(material.figure_numbers)),
        )
    yield Spacer(1, 8)
    yield _two_columns(findings)


def share_rows(findings: Findings) -> list[ShareRow]:
    """Return the share graded good before, where it is known, and now."""
    rows = []
    if (before := findings.previous) is not None:
        counts = "" if before.total is None else _("{good} of {total}").format(good=before.good, total=before.total)
        rows.append(
            ShareRow(
                before.label,
                before.percent_good,
                percent_words(before.percent_good),
                counts or _("counts not known"),
                before.interval,
            )
        )
    now = findings.overall
    rows.append(
        ShareRow(
            findings.inspection.fieldwork or _("This inspection"),
            now.percent_good,
            percent_words(now.percent_good),
            _("{good} of {total}").format(good=now.good, total=now.graded),
            now.interval,
            emphasised=True,
        )
    )
    return rows


def _lead(findings: Findings) -> str:
    grades = findings.overall
    sentences = []
    if grades.graded:
        sentences += [
            breakdown_sentence(grades, findings.methodology),
            _("That is {percent} per cent good (95% interval {interval}).").format(
                percent=grades.percent_good, interval=interval_words(grades.interval)
            ),
        ]
    if grades.graded < findings.cases:
        counted = ngettext(
            "{graded} of {cases} case is graded.", "{graded} of {cases} cases are graded.", findings.cases
        )
        sentences.append(counted.format(graded=grades.graded, cases=findings.cases))
    sentences.append(change_sentence(findings))
    return " ".join(sentence for sentence in sentences if sentence)


def _two_columns(findings: Findings) -> Flowable:
    columns = [
        _column(_("Why practice fell short"), findings.weaknesses()),
        _column(_("What worked well"), findings.strengths()),
    ]
    table = Table([columns], colWidths=[WIDTH / 2, WIDTH / 2])
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, -1), REGULAR),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, 0), 0),
                ("LEFTPADDING", (1, 0), (1, 0), 16),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return KeepTogether([table])


def _column(title: str, found: Sequence[ReasonFindings]) -> list[Flowable]:
    parts: list[Flowable] = [Paragraph(label_markup(title), styles().heading)]
    if not found:
        return [*parts, Paragraph(label_markup(_("No reason was given.")), styles().muted)]
    rows = [
        [
            Paragraph(label_markup(reason.reason.wording), styles().cell),
            Paragraph(cases_words(reason.cases), styles().right),
        ]
        for reason in found[:REASONS_SHOWN]
    ]
    parts.append(plain_table(rows, [COLUMN - 52, 52]))
    if len(found) > REASONS_SHOWN:
        more = _("The {shown} most frequent of {all}.").format(shown=REASONS_SHOWN, all=len(found))
        parts.append(Paragraph(label_markup(more), styles().caption))
    return parts


def cases_words(cases: int) -> str:
    """Return a number of cases such as *9 cases*."""
    return ngettext("{n} case", "{n} cases", cases).format(n=cases)
