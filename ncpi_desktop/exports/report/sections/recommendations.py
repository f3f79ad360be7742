"""The recommendations of the previous inspection, each with what was found of it, and those of this one with their due dates."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_words import day_words, due_words, overdue_sentence, overdue_words
from ncpi_desktop.domain.findings.finding import withheld_words
from ncpi_desktop.domain.findings.finding_text import resolved
from ncpi_desktop.exports.report.blocks import plain_table, section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup, paragraphs
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.exports.report.written_prose import written_prose
from ncpi_desktop.words import _


def recommendations_section(material: Material) -> Iterator[Flowable]:
    """Yield the recommendations; of this inspection only where there are any."""
    every = material.findings.recommendations
    today = material.findings.as_of.date()
    previous = [held for held in every if held.origin is Origin.PREVIOUS]
    ours = [held for held in every if held.origin is Origin.THIS]
    yield from section(_("Recommendations of the previous inspection"))
    if not previous:
        yield Paragraph(markup(_("No recommendation of a previous inspection is recorded.")), styles().body)
    overdue = overdue_sentence(held.number for held in previous if held.is_overdue(today))
    if overdue:
        yield Paragraph(markup(overdue), styles().body)
    for held in previous:
        yield from _head(held)
        yield from paragraphs(_aside(material, held), styles().muted)
        yield from _body(material, "", held.text)
        yield from _body(material, _("In particular:"), held.particulars)
        yield from _body(material, _("Why:"), held.finding)
        yield from _body(material, _("Summary of findings:"), held.summary)
        yield from _body(material, _("Detailed findings:"), held.detail)
    if ours:
        yield from section(_("Recommendations of this inspection"))
        for held in ours:
            yield from _own(material, held)


def _own(material: Material, held: Recommendation) -> Iterator[Flowable]:
    yield from _head(held)
    yield from paragraphs(_aside(material, held), styles().muted)
    yield from _body(material, _("Finding:"), held.finding)
    titles = "; ".join(finding.title for finding in held.findings if finding.title.strip())
    if titles:
        yield from paragraphs(_("It follows from: {findings}").format(findings=titles), styles().small)
    yield from _body(material, _("What the force should do:"), held.text)
    yield from _body(material, _("In particular:"), held.particulars)
    cases = ", ".join(case.reference for case in held.cases)
    if cases:
        yield from paragraphs(_("Cases: {cases}").format(cases=cases), styles().muted)
    if held.withheld:
        yield Paragraph(markup(withheld_words(held.withheld)), styles().muted)


def _head(held: Recommendation) -> Iterator[Flowable]:
    yield CondPageBreak(90)
    number = _("Recommendation {number}").format(number=held.number)
    head = plain_table(
        [
            [
                Paragraph(label_markup(number), styles().entry),
                Paragraph(f"<b>{label_markup(held.status.label)}</b>", styles().right),
            ]
        ],
        [WIDTH - 160, 160],
    )
    head.spaceBefore = 8
    yield head


def _aside(material: Material, held: Recommendation) -> str:
    """Return deadline, due day, since when it stands where it does, and progress, on one line."""
    today = material.findings.as_of.date()
    said = [_("Deadline: {when}").format(when=held.deadline.label), due_words(held.published_on, held.deadline)]
    due = held.due_on
    if due is not None and held.is_overdue(today):
        said.append(overdue_words(due, today))
    if held.log:
        said.append(_("status of {day}").format(day=day_words(held.log[-1].at.date())))
    if held.asked is not None:
        said.append(_("completion asked for, not authorised yet"))
    taken_up = next((one for one in material.findings.recommendations if one.key == held.follows), None)
    if held.follows is not None and taken_up is not None:
        said.append(_("takes up recommendation {number} of the previous inspection").format(number=taken_up.number))
    if held.progress:
        said.append(_("Progress: {words}").format(words=held.progress))
    return " · ".join(said)


def _body(material: Material, lead: str, text: str) -> Iterator[Flowable]:
    if not text.strip():
        return
    if lead:
        yield CondPageBreak(40)
        yield Paragraph(f"<b>{markup(lead)}</b>", styles().small)
    yield from written_prose(resolved(text, material.findings))
