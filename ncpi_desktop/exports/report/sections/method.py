"""The method annex: what each figure means and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.domain.findings.quality_words import progress_sentence, settled_sentence
from ncpi_desktop.exports.report.blocks import section, subheading
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup, paragraphs
from ncpi_desktop.exports.report.styles import styles
from ncpi_desktop.words import _


def method_section(material: Material) -> Iterator[Flowable]:
    """Yield definitions, tests and notations."""
    findings = material.findings
    yield from section(_("Annex: method"), room=300)
    for title, text in _definitions(material):
        yield Paragraph(f"<b>{markup(title)}</b> {markup(text)}", styles().small)
    yield from subheading(_("How the grades were checked"))
    for sentence in (progress_sentence(findings.quality), settled_sentence(findings.quality.settled_grades)):
        if sentence:
            yield Paragraph(markup(sentence), styles().small)
    for title, text in _agreement(material):
        yield Paragraph(f"<b>{markup(title)}</b> {markup(text)}", styles().small)
    yield from subheading(_("Methodology"))
    methodology = findings.methodology
    yield Paragraph(markup(f"{methodology.title} ({methodology.code}, {methodology.year})."), styles().small)
    yield from paragraphs(methodology.note, styles().small)


def _definitions(material: Material) -> list[tuple[str, str]]:
    good = ", ".join(grade.label.lower() for grade in material.scale.grades if grade.counts_as_good)
    return [
        (
            _("Which grade counts."),
            _("The settled grade where two readings were settled, else the grade submitted first. Drafts never count."),
        ),
        (
            _("Per cent good."),
            _(
                "Cases graded good ({grades}), of all cases graded, in whole per cent, halves rounded up. "
                "n/a where nothing is graded."
            ).format(grades=good),
        ),
        (
            _("Interval."),
            _(
                "Wilson's score interval at 95 per cent: the shares of good practice that a sample like this one does not "
                "speak against. The fewer the cases, the wider it is. Its ends are printed in whole per cent."
            ),
        ),
        (
            _("Change."),
            _(
                "The difference of the two shares in points, with Newcombe's 95 per cent interval and Fisher's exact test, "
                "two-sided. Below p = 0.05 it is called unlikely to be chance, otherwise could be chance. Where only a "
                "percentage was published, the counts are not known and nothing is said about chance."
            ),
        ),
        (
            _("Read with care."),
            _("Cases are chosen, not drawn at random alone: tests speak of chance, not of how the cases were chosen."),
        ),
        (
            _("Stages."),
            _("Each case is graded at each stage that applies to it; stages that do not apply are counted apart."),
        ),
        (
            _("Reasons."),
            _(
                "A reason is counted once for each graded case in which it was given. A case can carry several, under any "
                "grade. Passages are quoted from the anonymised record as cited by the inspector."
            ),
        ),
        (
            _("Own grades."),
            _(
                "The force graded its cases before the inspectors' grades were known to it; only cases graded by both count."
            ),
        ),
        (
            _("Characters."),
            _(
                "A character that the typeface of this report lacks is printed as its Unicode number in brackets, such as "
                "[U+4E2D]; ×3 says that it stands three times. In a text of more than 2,000 lines ¶ stands for a line end."
            ),
        ),
    ]


def _agreement(material: Material) -> list[tuple[str, str]]:
    return [
        (
            _("Second reading."),
            _(
                "Another reader judges the case again without seeing the first reading. Agreement is reckoned from both "
                "readings as first handed in; settling a difference afterwards moves the grade that counts, never the agreement."
            ),
        ),
        (
            _("Agreement."),
            _(
                "The share of cases with the same grade, with Wilson's interval, and two figures of agreement beyond chance, "
                "where 0 is what chance would bring and 1 is full agreement: Cohen's kappa and Gwet's AC2, both with quadratic "
                "weights, so that two steps of the scale apart weigh four times one step. Kappa falls where one grade prevails; "
                "AC2 holds up. Intervals of kappa (Fleiss, Cohen and Everitt) and AC2 (Gwet) are for large samples and rough "
                "with fewer than {n} cases."
            ).format(n=material.findings.quality.overall.table.enough),
        ),
        (
            _("Not defined."),
            _(
                "With fewer than two cases, or where only one grade was given, agreement beyond chance cannot be told: n/a. A "
                "stage that one reader alone found not applicable is counted apart and enters no figure; reasons are compared "
                "apart from grades."
            ),
        ),
    ]
