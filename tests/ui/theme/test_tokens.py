"""Every pairing of colours that is painted keeps the contrast of WCAG 2.2."""

from __future__ import annotations

import re

import pytest

from ncpi_desktop.ui.theme.tokens import DARK, HIGH_CONTRAST, LIGHT, Tokens

TONES = ("good", "middle", "poor", "best", "fair", "neutral", "action", "warning", "danger")
GRADE_TONES = ("good", "middle", "poor", "best", "fair")
SETS = pytest.mark.parametrize("tokens", [LIGHT, DARK, HIGH_CONTRAST], ids=lambda tokens: tokens.name)


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def half_way(one: str, other: str) -> str:
    pairs = [(int(one[place : place + 2], 16), int(other[place : place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{(first + second) // 2:02x}" for first, second in pairs)


def text_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    pairs = {
        "ink on card": (tokens.ink, tokens.card),
        "ink on ground": (tokens.ink, tokens.ground),
        "ink on selection": (tokens.ink, tokens.action_ground),
        "ink on cited": (tokens.ink, tokens.cited),
        "muted on card": (tokens.muted, tokens.card),
        "muted on ground": (tokens.muted, tokens.ground),
        "muted on selection": (tokens.muted, tokens.action_ground),
        "rail": (tokens.rail_text, tokens.rail),
        "rail chosen": (tokens.on_rail, tokens.rail_selected),
        "rail hot": (tokens.on_rail, tokens.rail),
        "action on ground": (tokens.action, tokens.ground),
        "primary": (tokens.on_action, tokens.action),
        "primary hot": (tokens.on_action, tokens.action_hover),
        "badge": (tokens.on_danger, tokens.danger),
        "marking": (tokens.on_marking, tokens.marking),
    }
    for name in TONES:
        tone = tokens.tone(name)
        pairs[f"{name} on card"] = (tone.text, tokens.card)
        pairs[f"{name} on its ground"] = (tone.text, tone.ground)
        pairs[f"{name} filled"] = (tone.on_solid, tone.solid)
        pairs[f"{name} bar"] = (tone.on_bar, tone.bar)
        pairs[f"ink on {name} card"] = (tokens.ink, half_way(tone.ground, tokens.card))
        pairs[f"muted on {name} card"] = (tokens.muted, half_way(tone.ground, tokens.card))
    return pairs


def shape_pairs(tokens: Tokens) -> dict[str, tuple[str, str]]:
    pairs = {
        "field on card": (tokens.field_line, tokens.card),
        "focus on card": (tokens.focus, tokens.card),
        "focus on ground": (tokens.focus, tokens.ground),
        "focus on rail": (tokens.on_rail, tokens.rail),
        "danger edge": (tokens.danger, tokens.card),
    }
    for name in TONES:
        pairs[f"{name} bar on card"] = (tokens.tone(name).bar, tokens.card)
    return pairs


@SETS
def test_text_is_readable(tokens: Tokens) -> None:
    poor = {name: round(contrast(*pair), 2) for name, pair in text_pairs(tokens).items() if contrast(*pair) < 4.5}
    assert poor == {}


@SETS
def test_shapes_are_visible(tokens: Tokens) -> None:
    poor = {name: round(contrast(*pair), 2) for name, pair in shape_pairs(tokens).items() if contrast(*pair) < 3}
    assert poor == {}


@SETS
def test_grade_bars_differ_from_one_another(tokens: Tokens) -> None:
    assert len({tokens.tone(name).bar for name in GRADE_TONES}) == len(GRADE_TONES)


@SETS
def test_every_colour_is_six_digits(tokens: Tokens) -> None:
    colours = {name: getattr(tokens, name) for name in tokens.__dataclass_fields__ if name not in ("name", "dark")}
    assert [name for name, colour in colours.items() if not re.fullmatch(r"#[0-9a-f]{6}", colour)] == []


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
