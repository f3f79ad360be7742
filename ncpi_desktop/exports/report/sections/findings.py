"""The findings as the team lead wrote them: by stage, then leadership, training and partnership."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.findings.finding import (
    Illustration,
    WrittenFinding,
    chapter_words,
    held_back_words,
    kinds_words,
    withheld_words,
)
from ncpi_desktop.domain.findings.finding_text import resolved
from ncpi_desktop.exports.report.blocks import section, subheading
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import label_markup, markup, paragraphs
from ncpi_desktop.exports.report.styles import styles
from ncpi_desktop.exports.report.written_prose import written_prose
from ncpi_desktop.words import _


def findings_section(material: Material) -> Iterator[Flowable]:
    """Yield the written findings under their stage or subject and their kind; nothing where none is written."""
    written = material.findings.written
    if not written:
        return
    yield from section(_("Findings"), room=220)
    methodology = material.findings.methodology
    for chapter, of_chapter in groupby(written, lambda held: chapter_words(held.place, methodology)):
        yield from subheading(chapter, room=150)
        for kind, of_kind in groupby(of_chapter, lambda held: held.kind):
            yield CondPageBreak(110)
            yield Paragraph(markup(kinds_words(kind)), styles().muted)
            for held in of_kind:
                yield from _finding(material, held)


def _finding(material: Material, held: WrittenFinding) -> Iterator[Flowable]:
    yield CondPageBreak(90)
    yield Paragraph(label_markup(held.title), styles().finding)
    yield from written_prose(resolved(held.text, material.findings))
    for told in held.illustrations:
        yield from _illustration(told)
    if held.cases:
        cases = ", ".join(linked.reference for linked in held.cases)
        yield from paragraphs(_("Seen in: {cases}").format(cases=cases), styles().muted)
    if held.withheld:
        yield Paragraph(markup(withheld_words(held.withheld)), styles().muted)


def _illustration(told: Illustration) -> Iterator[Flowable]:
    if told.is_held_back:
        yield Paragraph(markup(held_back_words(told)), styles().muted)
    elif told.text.strip():
        yield CondPageBreak(50)
        lead = f"<b>{markup(_('Case {case}').format(case=told.reference))}</b> &nbsp; "
        yield from paragraphs(told.text, styles().told, lead)
