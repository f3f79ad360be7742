"""Why practice fell short and what worked well: the reasons given, with the passages that were cited for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.findings.findings import Findings, ReasonFindings
from ncpi_desktop.exports.report.blocks import plain_table, section
from ncpi_desktop.exports.report.material import CitedPassage, Material
from ncpi_desktop.exports.report.prose import label_markup, markup, paragraphs
from ncpi_desktop.exports.report.sections.headline import cases_words
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _

ROOM_FOR_REASON: Final = 116.0
"""Points for the heading of a reason with its first passage, so that no heading stands alone at the foot of a page."""


def reasons_section(material: Material) -> Iterator[Flowable]:
    """Yield the weaknesses, most frequent first."""
    yield from _listed(material, _("Why practice fell short"), material.findings.weaknesses())


def strengths_section(material: Material) -> Iterator[Flowable]:
    """Yield the strengths, most frequent first."""
    yield from _listed(material, _("What worked well"), material.findings.strengths())


def _listed(material: Material, title: str, found: Sequence[ReasonFindings]) -> Iterator[Flowable]:
    yield from section(title, room=ROOM_FOR_REASON + 60)
    if not found:
        yield Paragraph(markup(_("No reason was given.")), styles().body)
        return
    counted = _("Numbers of cases, of {graded} graded; a case can carry several reasons.")
    yield Paragraph(markup(counted.format(graded=material.findings.overall.graded)), styles().muted)
    for reason in found:
        yield from _reason(material.findings, reason, material.passages.get(reason.reason.code, ()))


def _reason(findings: Findings, found: ReasonFindings, cited: Sequence[CitedPassage]) -> Iterator[Flowable]:
    yield CondPageBreak(ROOM_FOR_REASON)
    title = Paragraph(label_markup(found.reason.wording), styles().entry)
    head = plain_table([[title, Paragraph(cases_words(found.cases), styles().right)]], [WIDTH - 60, 60])
    head.spaceBefore = 7
    yield head
    stage = findings.methodology.stage_by_code.get(found.reason.stage)
    areas = ", ".join(
        _("{area} {n}").format(area=findings.methodology.area_by_code[code].label, n=n) for code, n in found.areas
    )
    aside = " · ".join(part for part in (stage.label if stage else "", areas) if part)
    yield Paragraph(markup(aside), styles().muted)
    for passage in cited:
        yield from _passage(passage)


def _passage(cited: CitedPassage) -> Iterator[Flowable]:
    yield CondPageBreak(40)
    yield from paragraphs(_("“{passage}”").format(passage=cited.passage), styles().passage)
    source = ", ".join(part for part in (cited.reference, cited.entry) if part)
    yield from paragraphs(source, styles().source)
