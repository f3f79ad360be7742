"""The small text form in which findings, recommendations and notices are written: headings, paragraphs, lists, and live figures.

| typed | is |
|---|---|
| `# words`, `## words` | a heading of the first or second level |
| `- words` | a point of a list |
| `1. words` | a numbered point; the number stays as it was typed |
| `**words**`, `_words_` | bold, italic: within one line, from the start of a word to the end of one, not inside each other |
| `{{code}}` | a live figure (see `figure`) |
| an empty line | the end of a block |

Every text has this form: what is no mark is words. Nothing typed is lost but blanks at the end of a line and empty lines at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from ncpi_desktop.domain.findings.prose_blocks import (
    Block,
    Emphasis,
    FigureSlot,
    Heading,
    Paragraph,
    Part,
    PartKind,
    Point,
    Points,
    Prose,
    Run,
    Words,
    joined,
    words_of,
)
from ncpi_desktop.domain.findings.prose_reading import parse
from ncpi_desktop.words import _

__all__ = [
    "Block",
    "Emphasis",
    "FigureSlot",
    "Heading",
    "Paragraph",
    "Point",
    "Points",
    "Prose",
    "Run",
    "Words",
    "as_text",
    "figures_in",
    "parse",
    "plain",
    "with_figures",
    "words_of",
]


def as_text(prose: Prose) -> str:
    """Return the text as it was typed, without blanks at the ends of lines."""
    return "".join(part.text for parts in parts_of(prose) for part in parts)


def parts_of(prose: Prose) -> Iterator[tuple[Part, ...]]:
    """Yield the text as typed, block by block, each with the line breaks before it."""
    for place, (block, gap) in enumerate(zip(prose.blocks, prose.gaps, strict=True)):
        breaks = Part("\n" * (gap + (place > 0)), PartKind.MARK)
        yield (breaks, *_typed(block))


def figures_in(prose: Prose) -> tuple[str, ...]:
    """Return the codes of the live figures in the order of the text, each once."""
    slots = (run.code for runs in _all_runs(prose) for run in runs if isinstance(run, FigureSlot))
    return tuple(dict.fromkeys(slots))


def with_figures(prose: Prose, value: Callable[[str], str | None]) -> Prose:
    """Return the text with `value` of its code in place of each slot; where that is None, it says so in brackets."""

    def filled(runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return joined(_filled(run, value) for run in runs)

    return replace(prose, blocks=tuple(_with_runs(block, filled) for block in prose.blocks))


def plain(prose: Prose) -> str:
    """Return plain text: blocks parted by an empty line, points with a dot or their number, no marks of emphasis."""
    return "\n\n".join(_plain(block) for block in prose.blocks)


def _filled(run: Run, value: Callable[[str], str | None]) -> Words:
    if isinstance(run, Words):
        return run
    found = value(run.code)
    return Words(_("[figure not known: {code}]").format(code=run.code) if found is None else found, run.emphasis)


def _with_runs(block: Block, made: Callable[[tuple[Run, ...]], tuple[Run, ...]]) -> Block:
    if isinstance(block, Points):
        return Points(tuple(replace(point, runs=made(point.runs)) for point in block.points))
    return replace(block, runs=made(block.runs))


def _all_runs(prose: Prose) -> Iterator[tuple[Run, ...]]:
    for block in prose.blocks:
        if isinstance(block, Points):
            yield from (point.runs for point in block.points)
        else:
            yield block.runs


def _plain(block: Block) -> str:
    if not isinstance(block, Points):
        return words_of(block.runs)
    marks = ("\u2022" if point.number is None else f"{point.number}." for point in block.points)
    return "\n".join(f"{mark} {words_of(point.runs)}" for mark, point in zip(marks, block.points, strict=True))


def _typed(block: Block) -> Iterator[Part]:
    if isinstance(block, Heading):
        yield Part("#" * block.level + " ", PartKind.MARK)
    if not isinstance(block, Points):
        yield from _typed_runs(block.runs)
        return
    for place, point in enumerate(block.points):
        mark = "- " if point.number is None else f"{point.number}. "
        yield Part(("\n" if place else "") + mark, PartKind.MARK)
        yield from _typed_runs(point.runs)


def _typed_runs(runs: Iterable[Run]) -> Iterator[Part]:
    """Marks stand around neighbours of one emphasis together: reading leaves no two such neighbours that were marked apart."""
    for emphasis, group in groupby(runs, lambda run: run.emphasis):
        mark = (Part(emphasis.value, PartKind.MARK),) if emphasis.value else ()
        yield from mark
        for run in group:
            yield Part(run.text, PartKind.SLOT if isinstance(run, FigureSlot) else PartKind.WORDS)
        yield from mark
