"""The colours on paper. Grade colours mean grades and nothing else, and never stand without the word or the shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INK: Final = "#16202b"
MUTED: Final = "#566370"
LINE: Final = "#d9dfe5"
RAIL: Final = "#12283f"
RAIL_TEXT: Final = "#c9d5e2"
CARD: Final = "#ffffff"
GROUND: Final = "#f4f6f8"
NEUTRAL: Final = "#eceff2"
CITED: Final = "#fff1b8"


@dataclass(frozen=True, slots=True)
class GradeColours:
    """One tone on paper: as words, as a ground behind them, and as a bar with what is written on it."""

    text: str
    ground: str
    bar: str
    on_bar: str


_TONES: Final = {
    "best": GradeColours("#5a3a9c", "#eee8fa", "#5a3a9c", CARD),
    "good": GradeColours("#0f7a52", "#e3f4ec", "#0f7a52", CARD),
    "fair": GradeColours("#5b6500", "#f1f4d6", "#5b6500", CARD),
    "middle": GradeColours("#a35a00", "#fdf0dc", "#d98200", INK),
    "poor": GradeColours("#b3261e", "#fbe6e4", "#b3261e", CARD),
}


def grade_colours(tone: str) -> GradeColours:
    """Return the colours of `tone`; those of ``fair`` where a methodology names one that is unknown here."""
    return _TONES.get(tone, _TONES["fair"])
