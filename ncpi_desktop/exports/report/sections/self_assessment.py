"""The force's own grades against the inspectors', over the cases graded by both."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Paragraph, TableStyle

from ncpi_desktop.domain.findings.findings import SelfAssessment
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.exports.charts.grade_shapes import grade_mark
from ncpi_desktop.exports.charts.palette import NEUTRAL
from ncpi_desktop.exports.report.blocks import Cell, figures_table, head_cell, name_cell, section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup
from ncpi_desktop.exports.report.sections.grade_tables import grade_head
from ncpi_desktop.exports.report.styles import styles
from ncpi_desktop.words import _, ngettext


def self_assessment_section(material: Material) -> Iterator[Flowable]:
    """Yield how often the two agree, and the table of both grades."""
    found = material.findings.self_assessment
    yield from section(_("The force's own grades against the inspectors'"), room=230)
    if not found.both:
        yield Paragraph(markup(_("No case has been graded by both the force and the inspectors.")), styles().body)
        return
    counted = ngettext("{both} case was graded by both.", "{both} cases were graded by both.", found.both) + _(
        " The grade was the same in {same}; the force was kinder in {kinder} and harsher in {harsher}."
    )
    sentence = counted.format(both=found.both, same=found.same, kinder=found.kinder, harsher=found.harsher)
    yield Paragraph(markup(sentence), styles().body)
    yield Paragraph(markup(_shares(found)), styles().body)
    yield _matrix(found, material.scale)
    note = _("Rows: the force's own grade. Columns: the inspectors' grade. On the shaded diagonal both are the same.")
    yield Paragraph(label_markup(note), styles().caption)


def _shares(found: SelfAssessment) -> str:
    words = _(
        "The force graded {own} of {both} good ({own_percent}, 95% interval {own_interval}), "
        "inspectors {ours} of {both} ({our_percent}, 95% interval {our_interval})."
    )
    return words.format(
        both=found.both,
        own=found.own.good,
        own_percent=percent_words(found.own.percent_good),
        own_interval=interval_words(found.own.interval),
        ours=found.inspectors.good,
        our_percent=percent_words(found.inspectors.percent_good),
        our_interval=interval_words(found.inspectors.interval),
    )


def _matrix(found: SelfAssessment, scale: Scale) -> Flowable:
    head: list[Cell] = [head_cell(_("Own grade"), right=False)]
    head += [grade_head(scale[code], 52) for code in found.grades]
    head.append(head_cell(_("Total")))
    rows: list[list[Cell]] = [
        [grade_mark(scale[code]), *map(str, counts), str(found.own.of(code))]
        for code, counts in zip(found.grades, found.matrix, strict=True)
    ]
    totals = [str(found.inspectors.of(code)) for code in found.grades]
    rows.append([name_cell(_("Total"), strong=True), *totals, str(found.both)])
    table = figures_table(head, rows, [170, *[58] * len(found.grades), 46], total=True)
    diagonal = [
        ("BACKGROUND", (place, place), (place, place), HexColor(NEUTRAL)) for place in range(1, len(found.grades) + 1)
    ]
    table.setStyle(TableStyle(diagonal))
    return table
