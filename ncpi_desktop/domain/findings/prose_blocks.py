"""What a written text is made of: blocks of runs; a run is words or the slot of a live figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Emphasis(StrEnum):
    """How words stand out; the value is the mark around them."""

    NONE = ""
    BOLD = "**"
    ITALIC = "_"


@dataclass(frozen=True, slots=True)
class Words:
    """Words as they are printed; in a paragraph they may hold line breaks."""

    text: str
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True, slots=True)
class FigureSlot:
    """The place of a live figure; `written` is what stands between the braces."""

    written: str
    emphasis: Emphasis = Emphasis.NONE

    @property
    def code(self) -> str:
        """The code of the figure."""
        return self.written.strip()

    @property
    def text(self) -> str:
        """The slot as it was typed."""
        return f"{{{{{self.written}}}}}"


Run = Words | FigureSlot


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that belong together."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 or 2."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list; `number` is None in a list without numbers."""

    runs: tuple[Run, ...]
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """A list, either all its points numbered or none."""

    points: tuple[Point, ...]

    @property
    def numbered(self) -> bool:
        """Whether the points have numbers."""
        return self.points[0].number is not None


Block = Paragraph | Heading | Points


@dataclass(frozen=True, slots=True)
class Prose:
    """A text as blocks; `gaps` holds how many empty lines stand before each, which only the text as typed needs."""

    blocks: tuple[Block, ...]
    gaps: tuple[int, ...]


class PartKind(StrEnum):
    """What a part of the text as typed is."""

    WORDS = "words"
    SLOT = "slot"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the text as typed."""

    text: str
    kind: PartKind


def words_of(runs: Iterable[Run]) -> str:
    """Return the words of `runs` without emphasis; a slot stands as it was typed."""
    return "".join(run.text for run in runs)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return `runs` with neighbouring words of one emphasis made one, and empty words left out."""
    found: list[Run] = []
    for (kind, emphasis), group in groupby(runs, lambda run: (type(run), run.emphasis)):
        if kind is FigureSlot:
            found.extend(group)
        elif text := "".join(run.text for run in group):
            found.append(Words(text, emphasis))
    return tuple(found)
