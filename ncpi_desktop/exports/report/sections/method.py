"""The method annex: what each figure means and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.sentences import interval_words
from ncpi_desktop.exports.report.blocks import section, subheading
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup, paragraphs
from ncpi_desktop.exports.report.styles import styles
from ncpi_desktop.words import _, ngettext


def method_section(material: Material) -> Iterator[Flowable]:
    """Yield definitions, tests and notations."""
    findings = material.findings
    yield from section(_("Annex: method"), room=300)
    for title, text in _definitions(material):
        yield Paragraph(f"<b>{markup(title)}</b> {markup(text)}", styles().small)
    yield from subheading(_("How the grades were checked"))
    yield Paragraph(markup(_checked(findings)), styles().small)
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


def _checked(findings: Findings) -> str:
    quality = findings.quality
    if not quality.sampled:
        return _("No sample of cases was drawn for a second reading.")
    words = ngettext(
        "{sampled} case was drawn for a second reading; {read} read twice, {settle} still to settle.",
        "{sampled} cases were drawn for a second reading; {read} read twice, {settle} still to settle.",
        quality.sampled,
    )
    sentence = words.format(sampled=quality.sampled, read=quality.read_twice, settle=quality.to_settle)
    if quality.agreement.interval is None:
        return sentence
    same = _(" Both readers gave the same grade in {same} of {n} (95% interval {interval}).")
    return sentence + same.format(
        same=quality.same, n=quality.agreement.n, interval=interval_words(quality.agreement.interval)
    )
