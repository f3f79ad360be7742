"""The recommendations of the previous inspection, each with how far it has come, and those of this one."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.casework.follow_up import Recommendation
from ncpi_desktop.exports.report.blocks import plain_table, section
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup, paragraphs
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _


def recommendations_section(material: Material) -> Iterator[Flowable]:
    """Yield the recommendations; of this inspection only where there are any."""
    every = material.findings.recommendations
    previous = [held for held in every if held.origin == "previous"]
    ours = [held for held in every if held.origin != "previous"]
    yield from section(_("Recommendations of the previous inspection"))
    if not previous:
        yield Paragraph(markup(_("No recommendation of a previous inspection is recorded.")), styles().body)
    for held in previous:
        yield from _recommendation(held)
    if ours:
        yield from section(_("Recommendations of this inspection"))
        for held in ours:
            yield from _recommendation(held)


def _recommendation(held: Recommendation) -> Iterator[Flowable]:
    yield CondPageBreak(90)
    number = _("Recommendation {number}").format(number=held.number)
    status = status_words(held.status)
    head = plain_table(
        [
            [
                Paragraph(label_markup(number), styles().entry),
                Paragraph(f"<b>{label_markup(status)}</b>", styles().right),
            ]
        ],
        [WIDTH - 160, 160],
    )
    head.spaceBefore = 8
    yield head
    aside = [_("Deadline: {when}").format(when=deadline_words(held.deadline))]
    if held.progress:
        aside.append(_("Progress: {words}").format(words=held.progress))
    yield from paragraphs(" · ".join(aside), styles().muted)
    yield from paragraphs(held.text, styles().small)
    yield from _part(_("In particular:"), held.particulars)
    yield from _part(_("Why:"), held.finding)


def _part(lead: str, text: str) -> Iterator[Flowable]:
    if text:
        yield from paragraphs(text, styles().small, f"<b>{markup(lead)}</b> ")


def status_words(status: str) -> str:
    """Return a status of the public register in words."""
    known = {
        "awaiting-review": _("Awaiting review"),
        "will-be-progressed": _("Will be progressed"),
        "being-progressed": _("Being progressed"),
        "complete": _("Complete"),
    }
    return known.get(status, status)


def deadline_words(deadline: str) -> str:
    """Return a deadline in words."""
    known = {
        "immediately": _("immediately"),
        "three-months": _("within three months"),
        "six-months": _("within six months"),
    }
    return known.get(deadline, deadline)
