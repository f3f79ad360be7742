"""The bundled methodologies, fonts and icons are complete and can be read."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from ncpi_desktop.resources import resource_path

SCALES = {
    2014: ["good", "adequate", "inadequate"],
    2018: ["good", "requires-improvement", "inadequate"],
    2024: ["outstanding", "good", "adequate", "requires-improvement", "inadequate"],
}
AREAS = [
    "s47",
    "domestic-abuse",
    "other-concern",
    "exploitation",
    "missing",
    "police-protection",
    "offender-management",
    "online",
    "detention",
]
STAGE_OF_PREFIX = {
    "INI": "initial-contact",
    "AAH": "assessment-and-help",
    "INV": "investigation",
    "DEC": "decision-making",
    "TRU": "trusted-adult",
    "MGR": "managing-risk",
    "DET": "detention",
    "LDR": "leadership",
}
SECTIONS = {
    "headline",
    "change",
    "areas",
    "stages",
    "reasons",
    "strengths",
    "self-assessment",
    "quality",
    "cases",
    "method",
}
SHAPES = {"check", "triangle", "octagon", "star", "diamond"}
TONES = {"best", "good", "fair", "middle", "poor"}
# Every sign that window and report write outside ASCII; a tick is drawn as an icon, for the font has none.
SIGNS = "ŵŷŴŶ£–—…‘’“”•·×≤≥"

ICONS = sorted(resource_path("icons").glob("*.svg"))
FONTS = sorted(resource_path("fonts").glob("*.ttf"))


@pytest.fixture(params=sorted(SCALES))
def methodology(request: pytest.FixtureRequest) -> dict[str, Any]:
    text = resource_path("methodologies", f"ncpi-{request.param}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def repeated(words: list[str]) -> list[str]:
    return [word for word, times in Counter(words).items() if times > 1]


def test_no_other_methodology_is_bundled() -> None:
    names = {path.name for path in resource_path("methodologies").iterdir()}
    assert names == {f"ncpi-{year}.toml" for year in SCALES}


def test_the_heading_names_its_year(methodology: dict[str, Any]) -> None:
    assert methodology["code"] == f"ncpi-{methodology['year']}"
    assert str(methodology["year"]) in methodology["title"]
    assert "recalled" in methodology["note"]


def test_the_report_has_every_section_once(methodology: dict[str, Any]) -> None:
    sections = methodology["report"]["sections"]
    assert set(sections) == SECTIONS
    assert not repeated(sections)
    assert sections[:2] == ["headline", "change"]


def test_the_scale_is_the_published_one_best_first(methodology: dict[str, Any]) -> None:
    assert [grade["code"] for grade in methodology["grades"]] == SCALES[methodology["year"]]


def test_only_good_and_outstanding_count_as_good(methodology: dict[str, Any]) -> None:
    good = {grade["code"] for grade in methodology["grades"] if grade["counts_as_good"]}
    assert good == {"good", "outstanding"} & set(SCALES[methodology["year"]])


def test_a_grade_is_told_apart_by_word_letter_shape_and_key(methodology: dict[str, Any]) -> None:
    grades = methodology["grades"]
    for field in ("label", "short", "letter", "shape", "key"):
        assert not repeated([grade[field] for grade in grades]), field
    assert [grade["key"] for grade in grades] == [str(place) for place in range(1, len(grades) + 1)]
    assert {grade["shape"] for grade in grades} <= SHAPES
    assert {grade["tone"] for grade in grades} <= TONES
    assert all(len(grade["letter"]) <= 2 and len(grade["short"]) <= 12 for grade in grades)


def test_the_areas_have_the_fixed_codes_in_order(methodology: dict[str, Any]) -> None:
    areas = methodology["areas"]
    assert [area["code"] for area in areas] == AREAS
    assert not repeated([area["label"] for area in areas])
    assert not repeated([area["prefix"] for area in areas])
    assert all(area["label"] and area["prefix"].isalnum() for area in areas)


def test_the_stages_have_the_fixed_codes_in_order(methodology: dict[str, Any]) -> None:
    stages = methodology["stages"]
    assert [stage["code"] for stage in stages] == list(STAGE_OF_PREFIX.values())
    assert not repeated([stage["label"] for stage in stages])
    assert [stage["code"] for stage in stages if not stage["case_level"]] == ["leadership"]
    assert {stage["code"]: stage["areas"] for stage in stages if stage["areas"]} == {"detention": ["detention"]}


def test_each_stage_asks_five_to_eight_questions(methodology: dict[str, Any]) -> None:
    asked = [question for stage in methodology["stages"] for question in stage["criteria"]]
    assert not repeated(asked)
    assert all(question.endswith("?") for question in asked)
    for stage in methodology["stages"]:
        assert 5 <= len(stage["criteria"]) <= 8, stage["code"]


def test_the_94_reasons_are_68_weaknesses_and_26_strengths(methodology: dict[str, Any]) -> None:
    reasons = methodology["reasons"]
    assert Counter(reason["polarity"] for reason in reasons) == {"weakness": 68, "strength": 26}
    assert not repeated([reason["code"] for reason in reasons])
    assert not repeated([reason["wording"] for reason in reasons])


def test_the_code_of_a_reason_agrees_with_its_stage_and_polarity(methodology: dict[str, Any]) -> None:
    for reason in methodology["reasons"]:
        prefix, number = reason["code"].split("-")
        assert reason["stage"] == STAGE_OF_PREFIX[prefix], reason["code"]
        assert reason["polarity"][0].upper() == number[0], reason["code"]
        assert reason["wording"] == reason["wording"].strip() != ""


def test_the_reason_in_the_press_notice_is_there(methodology: dict[str, Any]) -> None:
    wording = {reason["code"]: reason["wording"] for reason in methodology["reasons"]}
    assert wording["DEC-W01"] == "Poor decision making: the child was not adequately safeguarded"
    assert wording["INI-W06"] == 'Missing child: risk level wrong or "no apparent risk" misused'


def test_four_styles_of_the_font_and_its_licence_are_bundled() -> None:
    styles = {path.stem.removeprefix("AtkinsonHyperlegibleNext-") for path in FONTS}
    assert styles == {"Regular", "Italic", "SemiBold", "Bold"}
    assert "SIL OPEN FONT LICENSE" in resource_path("fonts", "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_the_report_can_embed_the_font_with_every_sign(path: Path) -> None:
    face = TTFont(path.stem, str(path)).face
    assert [sign for sign in SIGNS if ord(sign) not in face.charToGlyph] == []


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_is_a_drawing_that_loads_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root) > 0
    assert "href" not in text
    assert path.stem == "program" or "currentColor" in text


def test_the_icons_come_with_their_licence() -> None:
    assert len(ICONS) > 50
    assert "ISC License" in resource_path("icons", "LICENSE-lucide.txt").read_text(encoding="utf-8")


def test_the_program_icon_is_256_pixels_square() -> None:
    head = resource_path("icons", "program.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert [int.from_bytes(head[start : start + 4], "big") for start in (16, 20)] == [256, 256]
