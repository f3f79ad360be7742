"""Earlier inspections beside this one: the chart where there are several, and what changed by area, stage, grade and reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, Paragraph, Spacer

from ncpi_desktop.domain.findings.comparing.between import ChangeBetween
from ncpi_desktop.domain.findings.comparing.change_words import heading_of, share_words
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange
from ncpi_desktop.domain.findings.sentences import p_words, percent_words, points_interval_words, points_words
from ncpi_desktop.exports.charts.interval_chart import ShareRow, interval_chart
from ncpi_desktop.exports.report.blocks import Cell, figure, figures_table, head_cell, name_cell
from ncpi_desktop.exports.report.prose import label_markup, markup
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _

REASONS_SHOWN: Final = 12


def series_blocks(series: Series, figure_numbers: Iterator[int]) -> Iterator[Flowable]:
    """Yield what the comparison has beyond the overall change."""
    if len(series.inspections) > 2:
        yield figure(
            interval_chart([_row(one, one is series.newest) for one in series.inspections], WIDTH),
            _(
                "Figure {number}. Share of cases graded good in each inspection, with 95 per cent intervals (Wilson)."
            ).format(number=next(figure_numbers)),
        )
    latest, detailed = series.latest, _in_detail(series)
    if latest.grades:
        yield from _titled(_("Change by grade"), latest, latest.grades)
    for title, changes in (
        (_("Change by area"), detailed.areas),
        (_("Change by stage"), detailed.stages),
        (_("Change by reason"), detailed.reasons[:REASONS_SHOWN]),
    ):
        if changes:
            yield from _titled(title, detailed, changes)
    if any((detailed.areas, detailed.stages, detailed.reasons)):
        told = _("By area, stage and reason p is corrected after Holm for asking several at once.")
        yield Paragraph(markup(told), styles().caption)
    if len(detailed.reasons) > REASONS_SHOWN:
        more = _("The {shown} largest changes of {all} reasons.").format(shown=REASONS_SHOWN, all=len(detailed.reasons))
        yield Paragraph(markup(more), styles().caption)
    for remark in detailed.remarks:
        yield Paragraph(markup(remark), styles().caption)
    yield Spacer(1, 8)


def _in_detail(series: Series) -> ChangeBetween:
    """Return the change to the newest inspection that has figures by area, stage or reason: from the last that has them, else from the last."""
    known = (one for one in reversed(series.against_newest) if one.areas or one.stages or one.reasons)
    return next(known, series.latest)


def _titled(title: str, between: ChangeBetween, changes: Sequence[ShareChange]) -> Iterator[Flowable]:
    yield CondPageBreak(90)
    yield Paragraph(label_markup(title), styles().heading)
    yield Paragraph(markup(heading_of(between)), styles().muted)
    yield _table(changes)


def _row(one: InspectionFigures, is_newest: bool) -> ShareRow:
    good = one.good
    counts = (
        _("{good} of {total}").format(good=good.part, total=good.whole) if good.is_counted else _("counts not known")
    )
    return ShareRow(one.label, good.percent, percent_words(good.percent), counts, good.interval, emphasised=is_newest)


def _chance(change: ShareChange) -> Flowable:
    told = [part for part in (change.verdict.label, p_words(change.corrected_p)) if part]
    return Paragraph("<br/>".join(markup(part) for part in told), styles().right)


def _table(changes: Sequence[ShareChange]) -> Flowable:
    head = [
        head_cell(_("Share"), right=False),
        head_cell(_("Before")),
        head_cell(_("Now")),
        head_cell(_("Points")),
        head_cell(_("95% interval")),
        head_cell(_("Chance")),
    ]
    rows: list[list[Cell]] = [
        [
            name_cell(change.label),
            share_words(change.before),
            share_words(change.now),
            points_words(change.points),
            points_interval_words(change.interval) or _("not known"),
            _chance(change),
        ]
        for change in changes
    ]
    return figures_table(head, rows, [WIDTH - 390, 70, 70, 54, 92, 104])
