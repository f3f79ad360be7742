"""How far readers agreed: the second reading of a sample, in words, as a table of both grades, and by stage, area and readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from ncpi_desktop.domain.findings.quality import Compared, QualityFindings
from ncpi_desktop.domain.findings.quality_words import (
    agreement_sentence,
    coefficient_interval_words,
    coefficient_words,
    matrix_words,
    progress_sentence,
    readers_words,
    reasons_sentence,
    remarks_on,
    settled_sentence,
)
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.exports.report.blocks import Cell, figures_table, head_cell, name_cell, section, subheading
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup
from ncpi_desktop.exports.report.sections.grade_tables import grades_against_grades
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _

Named = Sequence[tuple[str, Compared]]

FIGURES = (24.0, 38.0, 66.0, 36.0, 70.0, 36.0, 70.0, 42.0)
"""The widths of n, per cent the same, its interval, kappa, its interval, AC2, its interval, and harsher / kinder."""


def quality_section(material: Material) -> Iterator[Flowable]:
    """Yield what two readers made of the same cases, and what can't be told of it and why."""
    quality = material.findings.quality
    yield from section(_("How far readers agreed"), room=200)
    told = [progress_sentence(quality)]
    if quality.sampled or quality.compared:
        told += [agreement_sentence(quality), settled_sentence(quality.settled_grades)]
    for sentence in filter(None, told):
        yield Paragraph(markup(sentence), styles().body)
    if not quality.compared:
        return
    caption = _(
        "Rows: the first reader's grade. Columns: the second reader's. On the shaded diagonal both are the same."
    )
    table = quality.overall.table
    in_words = matrix_words(table, material.scale)
    sums = table.first_totals, table.second_totals, table.n
    matrix = grades_against_grades(material.scale, _("First reader"), table.counts, sums)
    notes = [Paragraph(label_markup(caption), styles().caption), Paragraph(markup(in_words), styles().caption)]
    yield KeepTogether([matrix, *notes])
    yield from _by(_("Agreement by stage"), _("Stage"), [(f.stage.label, f.compared) for f in quality.stages])
    yield from _by(_("Agreement by area"), _("Area"), [(f.area.label, f.compared) for f in quality.areas])
    yield from _by(
        _("Agreement by readers"),
        _("First reader, then second"),
        [*((readers_words(found), found.compared) for found in quality.readers), (_("All readers"), quality.overall)],
    )
    yield from _reasons(quality)


def _by(title: str, head: str, rows: Named) -> Iterator[Flowable]:
    if not rows:
        return
    yield from subheading(title, room=120)
    names = (
        _("n"),
        _("Same"),
        _("95% interval"),
        _("Kappa"),
        _("95% interval"),
        _("AC2"),
        _("95% interval"),
        _("Harsher / kinder"),
    )
    heads: list[Cell] = [head_cell(head, right=False), *map(head_cell, names)]
    yield figures_table(heads, [_cells(*row) for row in rows], [WIDTH - sum(FIGURES), *FIGURES])
    for remark in remarks_on(rows):
        yield Paragraph(markup(remark), styles().caption)


def _cells(label: str, compared: Compared) -> list[Cell]:
    table, nothing = compared.table, _("n/a")
    return [
        name_cell(label),
        str(table.n),
        percent_words(table.per_cent_same),
        interval_words(compared.same.interval) or nothing,
        coefficient_words(compared.kappa),
        coefficient_interval_words(compared.kappa.interval) or nothing,
        coefficient_words(compared.ac2),
        coefficient_interval_words(compared.ac2.interval) or nothing,
        f"{table.second_harsher} / {table.second_kinder}",
    ]


def _reasons(quality: QualityFindings) -> Iterator[Flowable]:
    yield from subheading(_("Reasons of both readers"), room=120)
    yield Paragraph(markup(reasons_sentence(quality)), styles().body)
    differing = quality.reasons.differing
    if not differing:
        return
    head: list[Cell] = [head_cell(_("Reason that one reader alone gave"), right=False)]
    head += map(head_cell, (_("Both"), _("First only"), _("Second only")))
    rows: list[list[Cell]] = [
        [name_cell(found.reason.wording), str(found.both), str(found.first_only), str(found.second_only)]
        for found in differing
    ]
    yield figures_table(head, rows, [WIDTH - 190, 60, 60, 70])
