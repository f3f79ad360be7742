"""The force's own grades against the inspectors': in words, as a table of both grades, by area and stage, and the sets of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from ncpi_desktop.domain.findings.findings import GradeCounts, SelfAssessment
from ncpi_desktop.domain.findings.own_words import (
    nothing_compared,
    remarks_of,
    sets_of,
    table_words,
    told,
)
from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.quality_words import coefficient_interval_words, coefficient_words, remarks_on
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.exports.report.blocks import Cell, figures_table, head_cell, name_cell, section, subheading
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup
from ncpi_desktop.exports.report.sections.grade_tables import grade_head, grades_against_grades
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _

FIGURES = (24.0, 44.0, 38.0, 64.0, 36.0, 68.0, 36.0, 68.0)
"""The widths of n, over / under-rated, per cent the same, its interval, kappa, its interval, AC2, its interval."""
SET_FIGURES = (44.0, 40.0, 68.0)
"""The widths of n, per cent good, its interval."""


def self_assessment_section(material: Material) -> Iterator[Flowable]:
    """Yield how the two differ and agree, the table of both grades, the same by area and stage, and the three sets of cases."""
    found = material.findings.self_assessment
    yield from section(_("The force's own grades against the inspectors'"), room=230)
    if not found.both:
        yield Paragraph(markup(nothing_compared()), styles().body)
    else:
        yield from _overall(material, found)
    by_area = [(one.area.label, one.compared) for one in found.areas]
    by_stage = [(one.stage.label, one.compared) for one in found.stages]
    yield from _by(_("Own grades by area"), _("Area"), by_area)
    yield from _by(_("Own grades by stage"), _("Stage"), by_stage)
    if found.both:
        yield from _sets(material, found)


def _overall(material: Material, found: SelfAssessment) -> Iterator[Flowable]:
    for sentence in told(found.compared):
        yield Paragraph(markup(sentence), styles().body)
    table = found.compared.table
    sums = table.first_totals, table.second_totals, table.n
    matrix = grades_against_grades(material.scale, _("Own grade"), table.counts, sums)
    note = _("Rows: the force's own grade. Columns: the inspectors' grade. On the shaded diagonal both are the same.")
    in_words = table_words(table, material.scale)
    notes = [Paragraph(label_markup(note), styles().caption), Paragraph(markup(in_words), styles().caption)]
    yield KeepTogether([matrix, *notes])


def _by(title: str, head: str, rows: Sequence[tuple[str, Compared]]) -> Iterator[Flowable]:
    if not rows:
        return
    yield from subheading(title, room=120)
    names = (
        _("n"),
        _("Over / under"),
        _("Same"),
        _("95% interval"),
        _("Kappa"),
        _("95% interval"),
        _("AC2"),
        _("95% interval"),
    )
    heads: list[Cell] = [head_cell(head, right=False), *map(head_cell, names)]
    yield figures_table(heads, [_cells(*row) for row in rows], [WIDTH - sum(FIGURES), *FIGURES])
    note = _("Over / under: cases that the force graded better / worse than the inspectors.")
    for remark in (note, *remarks_on(rows, remarks_of)):
        yield Paragraph(markup(remark), styles().caption)


def _cells(label: str, compared: Compared) -> list[Cell]:
    table, nothing = compared.table, _("n/a")
    return [
        name_cell(label),
        str(table.n),
        f"{table.second_harsher} / {table.second_kinder}",
        percent_words(table.per_cent_same),
        interval_words(compared.same.interval) or nothing,
        coefficient_words(compared.kappa),
        coefficient_interval_words(compared.kappa.interval) or nothing,
        coefficient_words(compared.ac2),
        coefficient_interval_words(compared.ac2.interval) or nothing,
    ]


def _sets(material: Material, found: SelfAssessment) -> Iterator[Flowable]:
    yield from subheading(_("Cases graded by both, by the inspectors only, and all"), room=120)
    scale = material.scale
    width = 56.0 if len(scale.grades) <= 3 else 44.0
    heads: list[Cell] = [head_cell(_("Cases"), right=False)]
    heads += [grade_head(grade, width - 6, 8.2 if width > 50 else 7.2) for grade in scale.grades]
    heads += [head_cell(_("Graded")), head_cell(_("Per cent good")), head_cell(_("95% interval"))]
    fixed = [*[width] * len(scale.grades), *SET_FIGURES]
    rows = [_set_cells(name, counts) for name, counts in sets_of(found)]
    yield figures_table(heads, rows, [WIDTH - sum(fixed), *fixed])


def _set_cells(name: str, counts: GradeCounts) -> list[Cell]:
    return [
        name_cell(name),
        *(str(count) for _code, count in counts.counts),
        str(counts.graded),
        percent_words(counts.percent_good),
        interval_words(counts.interval) or _("n/a"),
    ]
