"""Reads the small text form (see `prose`): every text is read, in time that grows as its length."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from ncpi_desktop.domain.findings.prose_blocks import (
    Block,
    Emphasis,
    FigureSlot,
    Heading,
    Paragraph,
    Point,
    Points,
    Prose,
    Run,
    Words,
    joined,
)

_HEADING: Final = re.compile(r"(#{1,2}) (?=.)")
_POINT: Final = re.compile(r"(?:-|([1-9][0-9]{0,2})\.) (?=.)")
_SLOT: Final = re.compile(r"\{\{([^{}\n]{1,200})\}\}")
_MARK: Final = re.compile(r"\{\{[^{}\n]{1,200}\}\}|\*+|_+")


class _Line(NamedTuple):
    """A line and the kind of block that it belongs to; each heading is a block of its own."""

    kind: str
    text: str
    place: int

    @property
    def belongs(self) -> tuple[str, int]:
        return self.kind, self.place if self.kind == "heading" else 0


def parse(text: str) -> Prose:
    """Return `text` as blocks of runs. Never fails; `as_text` gives the text back up to blanks at the ends of lines."""
    blocks: list[Block] = []
    gaps: list[int] = []
    gap = 0
    lines = (_line(place, line.rstrip()) for place, line in enumerate(text.split("\n")))
    for (kind, _place), group in groupby(lines, lambda line: line.belongs):
        if kind == "empty":
            gap += sum(1 for _line in group)
            continue
        blocks.append(_block(kind, [line.text for line in group]))
        gaps.append(gap)
        gap = 0
    return Prose(tuple(blocks), tuple(gaps))


def _line(place: int, text: str) -> _Line:
    if not text:
        return _Line("empty", text, place)
    if _HEADING.match(text):
        return _Line("heading", text, place)
    if point := _POINT.match(text):
        return _Line("numbered" if point[1] else "points", text, place)
    return _Line("paragraph", text, place)


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "heading":
        mark = _HEADING.match(lines[0])
        level = len(mark[1]) if mark else 1
        return Heading(level, _runs(lines[0][level + 1 :]))
    if kind in ("points", "numbered"):
        return Points(tuple(_point(line) for line in lines))
    runs = [run for line in lines for run in (*_runs(line), Words("\n"))]
    return Paragraph(joined(runs[:-1]))


def _point(line: str) -> Point:
    mark = _POINT.match(line)
    number = mark[1] if mark else None
    return Point(_runs(line[mark.end() if mark else 0 :]), int(number) if number else None)


def _runs(line: str) -> tuple[Run, ...]:
    return joined(_emphasised(line))


def _emphasised(line: str) -> Iterator[Run]:
    """Part a line where words stand out: from an opening mark to the next one that closes it, whatever lies between."""
    marks = [found for found in _MARK.finditer(line) if found[0] in (Emphasis.BOLD.value, Emphasis.ITALIC.value)]
    closing = {
        emphasis: [found.start() for found in marks if found[0] == emphasis.value and _closes(line, found)]
        for emphasis in (Emphasis.BOLD, Emphasis.ITALIC)
    }
    done = 0
    for mark in marks:
        if mark.start() < done or not _opens(line, mark):
            continue
        emphasis = Emphasis(mark[0])
        ends = closing[emphasis]
        place = bisect_left(ends, mark.end() + 1)
        if place == len(ends):
            continue
        yield from _slots(line[done : mark.start()], Emphasis.NONE)
        yield from _slots(line[mark.end() : ends[place]], emphasis)
        done = ends[place] + len(mark[0])
    yield from _slots(line[done:], Emphasis.NONE)


def _opens(line: str, mark: re.Match[str]) -> bool:
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    return not before.isalnum() and bool(after) and not after.isspace()


def _closes(line: str, mark: re.Match[str]) -> bool:
    before, after = line[mark.start() - 1 : mark.start()], line[mark.end() : mark.end() + 1]
    return bool(before) and not before.isspace() and not after.isalnum()


def _slots(text: str, emphasis: Emphasis) -> Iterable[Run]:
    done = 0
    for found in _SLOT.finditer(text):
        if not found[1].strip():
            continue
        yield Words(text[done : found.start()], emphasis)
        yield FigureSlot(found[1], emphasis)
        done = found.end()
    yield Words(text[done:], emphasis)
