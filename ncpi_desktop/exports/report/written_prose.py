"""A written text on paper: its headings, paragraphs, lists and emphasis. What was typed is words; no markup of it counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from ncpi_desktop.domain.findings.prose import Emphasis, Heading, Points, Prose, Run
from ncpi_desktop.exports.report.prose import PIECE, cut, markup
from ncpi_desktop.exports.report.styles import styles

_TAGS: Final = {Emphasis.NONE: ("", ""), Emphasis.BOLD: ("<b>", "</b>"), Emphasis.ITALIC: ("<i>", "</i>")}
_LINE_COUNTS: Final = 60
"""A line break takes the room of so many characters."""


def written_prose(prose: Prose) -> Iterator[Flowable]:
    """Yield the blocks of a text whose live figures are in place."""
    kinds = styles()
    for block in prose.blocks:
        if isinstance(block, Points):
            for point in block.points:
                mark = "•" if point.number is None else f"{point.number}."
                yield from _paragraphs(point.runs, kinds.point, mark)
        elif isinstance(block, Heading):
            yield CondPageBreak(60)
            yield from _paragraphs(block.runs, kinds.written_heading if block.level == 1 else kinds.written_subheading)
        else:
            yield from _paragraphs(block.runs, kinds.body)


def _paragraphs(runs: tuple[Run, ...], style: ParagraphStyle, mark: str | None = None) -> Iterator[Paragraph]:
    """Yield the runs as paragraphs no longer than a page; `mark` stands before the first."""
    gathered, size = "", 0
    for words, length in _marked(runs):
        if gathered and size + length > PIECE:
            yield Paragraph(gathered, style, bulletText=mark)
            gathered, size, mark = "", 0, None
        gathered, size = gathered + words, size + length
    if gathered:
        yield Paragraph(gathered, style, bulletText=mark)


def _marked(runs: tuple[Run, ...]) -> Iterator[tuple[str, int]]:
    for run in runs:
        begin, end = _TAGS[run.emphasis]
        for place, line in enumerate(run.text.split("\n")):
            if place:
                yield "<br/>", _LINE_COUNTS
            for piece in cut(line):
                yield f"{begin}{markup(piece)}{end}", len(piece)
