"""Every colour of the program by its purpose, for light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "middle", "poor", "best", "fair", "neutral", "action", "warning", "danger"]


@dataclass(frozen=True, slots=True)
class ToneColours:
    """What one tone looks like: as words on a card, on its own ground, filled, and as a bar."""

    text: str
    ground: str
    solid: str
    on_solid: str
    bar: str
    on_bar: str


@dataclass(
    frozen=True, eq=False, repr=False
)  # Only what is used: what a dataclass writes for forty fields holds up the start.
class Tokens:
    """One set of colours as ``#rrggbb``. Text meets 4.5:1 and shapes 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); a test computes both."""

    name: str
    dark: bool
    ink: str
    muted: str
    line: str
    field_line: str
    ground: str
    card: str
    track: str
    neutral_ground: str
    rail: str
    rail_text: str
    rail_selected: str
    on_rail: str
    action: str
    action_ground: str
    action_hover: str
    on_action: str
    focus: str
    good: str
    good_ground: str
    good_bar: str
    middle: str
    middle_ground: str
    middle_bar: str
    on_middle_bar: str
    poor: str
    poor_ground: str
    poor_bar: str
    best: str
    best_ground: str
    best_bar: str
    fair: str
    fair_ground: str
    fair_bar: str
    on_grade: str
    cited: str
    warning: str
    warning_ground: str
    danger: str
    danger_ground: str
    on_danger: str
    marking: str
    on_marking: str

    def tone(self, tone: Tone) -> ToneColours:
        """Return the colours of `tone`; grade tones mean grades and nothing else."""
        return {
            "good": ToneColours(self.good, self.good_ground, self.good, self.on_grade, self.good_bar, self.on_grade),
            "middle": ToneColours(
                self.middle, self.middle_ground, self.middle, self.on_grade, self.middle_bar, self.on_middle_bar
            ),
            "poor": ToneColours(self.poor, self.poor_ground, self.poor, self.on_grade, self.poor_bar, self.on_grade),
            "best": ToneColours(self.best, self.best_ground, self.best, self.on_grade, self.best_bar, self.on_grade),
            "fair": ToneColours(self.fair, self.fair_ground, self.fair, self.on_grade, self.fair_bar, self.on_grade),
            "neutral": ToneColours(
                self.muted, self.neutral_ground, self.marking, self.on_marking, self.muted, self.on_grade
            ),
            "action": ToneColours(
                self.action, self.action_ground, self.action, self.on_action, self.action, self.on_action
            ),
            "warning": ToneColours(
                self.warning, self.warning_ground, self.warning, self.on_grade, self.warning, self.on_grade
            ),
            "danger": ToneColours(
                self.danger, self.danger_ground, self.danger, self.on_danger, self.danger, self.on_danger
            ),
        }[tone]


LIGHT = Tokens(
    name="light",
    dark=False,
    ink="#16202b",
    muted="#566370",
    line="#d9dfe5",
    field_line="#8794a1",
    ground="#f4f6f8",
    card="#ffffff",
    track="#e3e8ed",
    neutral_ground="#eceff2",
    rail="#12283f",
    rail_text="#c9d5e2",
    rail_selected="#1f446e",
    on_rail="#ffffff",
    action="#1d4f8c",
    action_ground="#e8f0f9",
    action_hover="#173f70",
    on_action="#ffffff",
    focus="#1d4f8c",
    good="#0f7a52",
    good_ground="#e3f4ec",
    good_bar="#0f7a52",
    middle="#a35a00",
    middle_ground="#fdf0dc",
    middle_bar="#d47d00",
    on_middle_bar="#16202b",
    poor="#b3261e",
    poor_ground="#fbe6e4",
    poor_bar="#b3261e",
    best="#5a3a9c",
    best_ground="#eee8fa",
    best_bar="#5a3a9c",
    fair="#5b6500",
    fair_ground="#f1f4d6",
    fair_bar="#5b6500",
    on_grade="#ffffff",
    cited="#fff1b8",
    warning="#8a4b00",
    warning_ground="#fff4e0",
    danger="#b3261e",
    danger_ground="#fdf1f0",
    on_danger="#ffffff",
    marking="#3c4650",
    on_marking="#ffffff",
)

DARK = Tokens(
    name="dark",
    dark=True,
    ink="#e6ebf1",
    muted="#a3b0bd",
    line="#323e4b",
    field_line="#75838f",
    ground="#10161d",
    card="#19222c",
    track="#2b3642",
    neutral_ground="#2a3440",
    rail="#0b1a2a",
    rail_text="#b9c7d6",
    rail_selected="#1f446e",
    on_rail="#ffffff",
    action="#86b7f2",
    action_ground="#1f3349",
    action_hover="#a9cdf7",
    on_action="#0c1825",
    focus="#86b7f2",
    good="#5fcf9c",
    good_ground="#16352a",
    good_bar="#3fae7e",
    middle="#f2ad52",
    middle_ground="#3b2a12",
    middle_bar="#e0982f",
    on_middle_bar="#0e151c",
    poor="#ff958c",
    poor_ground="#45201e",
    poor_bar="#ec7269",
    best="#c0a6f7",
    best_ground="#31264a",
    best_bar="#a98cec",
    fair="#c8d465",
    fair_ground="#2f3414",
    fair_bar="#aab64a",
    on_grade="#0e151c",
    cited="#57480f",
    warning="#f4b860",
    warning_ground="#3a2b15",
    danger="#ff958c",
    danger_ground="#35201f",
    on_danger="#1c0c0b",
    marking="#4a5764",
    on_marking="#ffffff",
)

HIGH_CONTRAST = Tokens(
    name="high-contrast",
    dark=True,
    ink="#ffffff",
    muted="#e6e6e6",
    line="#ffffff",
    field_line="#ffffff",
    ground="#000000",
    card="#000000",
    track="#404040",
    neutral_ground="#262626",
    rail="#000000",
    rail_text="#ffffff",
    rail_selected="#1d3f66",
    on_rail="#ffffff",
    action="#7fd4ff",
    action_ground="#0d2b45",
    action_hover="#b5e6ff",
    on_action="#000000",
    focus="#ffe600",
    good="#4dffb0",
    good_ground="#06301f",
    good_bar="#4dffb0",
    middle="#ffc24d",
    middle_ground="#3a2600",
    middle_bar="#ffc24d",
    on_middle_bar="#000000",
    poor="#ff9a92",
    poor_ground="#420d0a",
    poor_bar="#ff9a92",
    best="#d6c2ff",
    best_ground="#2b1a52",
    best_bar="#d6c2ff",
    fair="#e3f060",
    fair_ground="#2b3000",
    fair_bar="#e3f060",
    on_grade="#000000",
    cited="#4d4300",
    warning="#ffc24d",
    warning_ground="#332200",
    danger="#ff9a92",
    danger_ground="#330a08",
    on_danger="#000000",
    marking="#ffffff",
    on_marking="#000000",
)
