"""Figures that somebody types: what is understood, and what is refused in a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.findings.comparing.figures import FiguresSource
from ncpi_desktop.imports.typed_figures import LONGEST_TYPED, days_in, typed_figures
from tests.builders import make_methodology


@pytest.mark.parametrize(
    ("text", "part", "whole", "percent"),
    [
        ("a=22 good, 20 requires improvement, 34 inadequate", 22, 76, 29),
        ("a=22 Good; 20 Requires-improvement; 34 INADEQUATE; of 76", 22, 76, 29),
        ("a=22 good, 20 requiring improvement and 34 inadequate, 29%", 22, 76, 29),
        ("a=22/76", 22, 76, 29),
        ("a= 22 of 76 good ", 22, 76, 29),
        ("a=22 good, of 76", 22, 76, 29),
        ("a=0/76", 0, 76, 0),
        ("a=29%", None, None, 29),
        ("a=29.5 per cent good", None, None, 30),
        ("a=24% of 132", None, 132, 24),
        ("a=1 outstanding, 2 good, 3 adequate, 4 requires improvement, 5 inadequate", 3, 15, 20),
    ],
)
def test_what_is_understood(text: str, part: int | None, whole: int | None, percent: int) -> None:
    found = typed_figures(text)
    assert (found.label, found.source) == ("a", FiguresSource.TYPED)
    assert (found.good.part, found.good.whole, found.good.percent) == (part, whole, percent)


@given(st.tuples(*[st.integers(0, 9_999_999)] * 3))
def test_counts_by_grade_come_back(counts: tuple[int, int, int]) -> None:
    text = "a=b=" + ", ".join(
        f"{n} {grade}" for n, grade in zip(counts, ("good", "requires improvement", "inadequate"), strict=True)
    )
    if not sum(counts):
        return
    found = typed_figures(text)
    assert found.label == "a=b"
    assert found.grades is not None
    assert tuple(dict(found.grades.counts).values()) == counts
    assert (found.good.part, found.good.whole) == (counts[0], sum(counts))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "label and “=” are missing"),
        ("2017", "label and “=” are missing"),
        (" =22/76", "label and “=” are missing"),
        ("a=", "neither a percentage graded good nor the counts"),
        ("a=22 good", "neither a percentage graded good nor the counts"),
        ("a=of 76", "neither a percentage graded good nor the counts"),
        ("a=0/0", "neither a percentage graded good nor the counts"),
        ("a=20 inadequate, of 76", "neither a percentage graded good nor the counts"),
        ("a=77/76", "More cases are graded .77. than the total .76."),
        ("a=22 good, 20 requires improvement, 34 inadequate, of 75", "add up to 76, yet the total is 75"),
        ("a=22/76, 40%", "22 good of 76 is not 40 per cent"),
        ("a=22/76, of 77", "two totals"),
        ("a=22/76, 22 good", "The grade stands twice"),
        ("a=29%, 30%", "stands once"),
        ("a=101%", "between 0 and 100"),
        ("a=-22/76", "neither counts by grade"),
        ("a=-5%", "neither counts by grade"),
        ("a=22.5/76", "neither counts by grade"),
        ("a=99999999/999999999", "neither counts by grade"),
        ("a=\u0662\u0662/76", "neither counts by grade"),
        ("a=22 good, requiring improvement 20, of 76", "neither counts by grade"),
        ("a=22 fine, 3 good", "neither counts by grade"),
        ("a=<b>22</b>/76", "neither counts by grade"),
        ("a\x07b=22/76", "without control characters"),
        ("a\nb=22/76", "without control characters"),
        ("a" * 201 + "=22/76", "at most 200 characters"),
        ("a" * LONGEST_TYPED + "=22/76", "longer than 1000 characters"),
    ],
)
def test_what_is_not_understood_is_refused_and_shown_how(text: str, why: str) -> None:
    with pytest.raises(WrongUseError, match=why) as refused:
        typed_figures(text)
    assert "“2017=22/76”" in str(refused.value)


@given(st.text(max_size=80))
def test_any_text_is_figures_or_a_refusal(text: str) -> None:
    for line in (text, f"a={text}"):
        try:
            found = typed_figures(line)
        except WrongUseError:
            continue
        assert found.good.percent is not None


def test_markup_in_a_label_stays_text() -> None:
    assert typed_figures("<b>2017</b> &amp;=22/76").label == "<b>2017</b> &amp;"


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2017 inspection", date(2017, 1, 1), date(2017, 12, 31)),
        ("January 2017", date(2017, 1, 1), date(2017, 1, 31)),
        ("Review, Feb 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("Marching on in 2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2018-05 review", date(2018, 5, 1), date(2018, 5, 31)),
        ("2018-05-14", date(2018, 5, 1), date(2018, 5, 31)),
        ("Case 120171", None, None),
        ("the last one", None, None),
        ("in 1066", None, None),
    ],
)
def test_a_year_in_the_label_says_when(label: str, first: date | None, last: date | None) -> None:
    assert days_in(label) == (first, last)


def test_grades_of_another_scale_tell_the_methodology() -> None:
    now = make_methodology("ncpi-2018")
    other = typed_figures("2014=1 good, 2 adequate, 3 inadequate", now)
    assert (other.methodology, other.scale and other.scale.codes) == ("ncpi-2014", ("good", "adequate", "inadequate"))
    assert typed_figures("2014=1 good, 2 requires improvement, 3 inadequate", now).methodology == ""
    assert typed_figures("2014=1 good, 2 adequate, 3 requires improvement", now).methodology == "ncpi-2024"
