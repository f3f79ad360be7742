"""The force's own grades against the inspectors', over the cases graded by both."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.domain.findings.findings import SelfAssessment
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.exports.report.blocks import section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup
from ncpi_desktop.exports.report.sections.grade_tables import grades_against_grades
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
    sums = [count for _code, count in found.own.counts], [count for _code, count in found.inspectors.counts], found.both
    yield grades_against_grades(material.scale, _("Own grade"), found.matrix, sums)
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
