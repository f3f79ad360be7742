"""A word of the methodology is found however a file spells it."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.methodology.lookup import find_by_code_or_label, plain_form
from tests.builders import make_methodology

SPELLINGS = (
    "requires-improvement",
    "Requires improvement",
    "REQUIRES IMPROVEMENT",
    " requires  improvement ",
    "Requires_Improvement",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_code_and_label_are_both_understood(spelling: str) -> None:
    found = make_methodology().scale.find(spelling)
    assert found is not None
    assert found.code == "requires-improvement"


@pytest.mark.parametrize("spelling", ["", "requires", "improvement", "requires improvement!", "gut"])
def test_what_is_nearly_a_word_is_none(spelling: str) -> None:
    assert make_methodology().scale.find(spelling) is None


@pytest.mark.parametrize("code", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_every_word_of_every_methodology_is_found_by_code_and_by_label(code: str) -> None:
    methodology = make_methodology(code)
    for words, find in (
        (methodology.scale.grades, methodology.scale.find),
        (methodology.areas, methodology.find_area),
        (methodology.stages, methodology.find_stage),
        (methodology.reasons, methodology.find_reason),
    ):
        for word in words:
            assert find(word.code.upper()) is word
            assert find(word.label.replace("-", " ").upper()) is word


def test_an_en_dash_counts_as_a_hyphen() -> None:
    assert plain_form("Decision\u2013making") == plain_form("decision-making")


def test_the_first_of_two_is_taken() -> None:
    grades = make_methodology().scale.grades
    assert find_by_code_or_label((*grades, grades[0]), "good") is grades[0]
    assert find_by_code_or_label((), "good") is None
