"""How one grade is shown: word, shape and colour, in this order of importance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Self, cast, get_args

Shape = Literal["check", "triangle", "octagon", "star", "diamond"]
GradeTone = Literal["good", "middle", "poor", "best", "fair"]

SHAPE_ICONS: Final[dict[Shape, str]] = {
    "check": "check",
    "triangle": "triangle-alert",
    "octagon": "octagon-x",
    "star": "star",
    "diamond": "diamond",
}


@dataclass(frozen=True, slots=True)
class GradeLook:
    """One grade in plain values: `code` names it, `label` says it in full, `short` in a chip, `letter` on a stage button."""

    code: str
    label: str
    short: str
    letter: str
    shape: Shape
    tone: GradeTone

    @classmethod
    def from_words(cls, code: str, label: str, short: str, letter: str, shape: str, tone: str) -> Self:
        """Return a look from a methodology's own words; a shape or tone unknown here becomes a diamond or ``fair``."""
        known_shape = cast("Shape", shape) if shape in get_args(Shape) else "diamond"
        known_tone = cast("GradeTone", tone) if tone in get_args(GradeTone) else "fair"
        return cls(code, label, short, letter, known_shape, known_tone)

    @property
    def icon(self) -> str:
        """The name of the icon that draws its shape."""
        return SHAPE_ICONS[self.shape]
