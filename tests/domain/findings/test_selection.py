"""A selection keeps its meaning through its text form, refuses what names no cases, and says itself in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.findings.selection import (
    Drawn,
    GradeGroup,
    OwnAgainst,
    ReadTwiceAs,
    Referred,
    Reviewed,
    Selection,
    SelectionKind,
    grades_meant,
)
from ncpi_desktop.domain.findings.selection_words import selection_words
from tests.builders import make_methodology

METHODOLOGY = make_methodology()


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    kind = draw(st.sampled_from(SelectionKind))
    return Selection(kind, tuple(draw(st.lists(st.text(min_size=1), min_size=kind.takes, max_size=kind.takes))))


@given(selections())
def test_the_text_form_names_the_same_cases(selection: Selection) -> None:
    assert Selection.from_code(selection.code) == selection
    assert Selection.from_code(selection.code).code == selection.code


@given(selections())
def test_every_selection_has_words_whatever_its_codes(selection: Selection) -> None:
    assert selection_words(selection, METHODOLOGY)


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        (Selection(SelectionKind.CASES), "cases"),
        (Selection(SelectionKind.AREA_GRADED, ("s47", "inadequate")), "area-graded:s47:inadequate"),
        (Selection(SelectionKind.GRADED, (GradeGroup.NOT_GOOD,)), "graded:not-good"),
        (Selection(SelectionKind.REASON, ("DEC-W01",)), "reason:DEC-W01"),
        (Selection(SelectionKind.AREA, ("a:b%",)), "area:a%3Ab%25"),
    ],
)
def test_published_codes_stay(selection: Selection, code: str) -> None:
    assert selection.code == code


@pytest.mark.parametrize(
    "text",
    ["", "cases:", "cases:s47", "area", "area:", "area:a:b", "AREA:s47", "own:good", "javascript:alert(1)", "area:%ff"],
)
def test_what_names_no_cases_is_refused_in_a_sentence_that_does_not_repeat_it(text: str) -> None:
    with pytest.raises(WrongUseError) as refused:
        Selection.from_code(text)
    assert refused.value.todo
    assert "javascript" not in str(refused.value)


@given(st.text())
def test_any_text_is_a_selection_or_refused(text: str) -> None:
    try:
        selection = Selection.from_code(text)
    except WrongUseError:
        return
    assert len(selection.codes) == selection.kind.takes


@pytest.mark.parametrize("codes", [(), ("",), ("a", "b")])
def test_a_selection_has_the_codes_of_its_kind(codes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="takes 1 codes"):
        Selection(SelectionKind.AREA, codes)


@pytest.mark.parametrize("code", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_groups_part_every_scale_in_two_and_no_grade_is_called_like_a_group(code: str) -> None:
    scale = make_methodology(code).scale
    good, other = grades_meant(scale, GradeGroup.GOOD), grades_meant(scale, GradeGroup.NOT_GOOD)
    assert good + other == grades_meant(scale, GradeGroup.ANY) == scale.codes
    assert set(good) == scale.good_codes
    assert not set(GradeGroup) & set(scale.codes)
    assert all(grades_meant(scale, grade) == (grade,) for grade in scale.codes)
    assert grades_meant(scale, "splendid") == ()


@pytest.mark.parametrize(
    ("kind", "codes", "words"),
    [
        (SelectionKind.CASES, (), "all cases"),
        (SelectionKind.STATE, ("to-do",), "cases: to do"),
        (SelectionKind.STATE, (Reviewed.STILL_TO_REVIEW,), "cases still to review"),
        (SelectionKind.AREA, ("domestic-abuse",), "Domestic abuse: all cases"),
        (SelectionKind.GRADED, (GradeGroup.ANY,), "graded cases"),
        (SelectionKind.GRADED, (GradeGroup.GOOD,), "cases graded good"),
        (SelectionKind.GRADED, (GradeGroup.NOT_GOOD,), "cases not graded good"),
        (SelectionKind.GRADED, ("requires-improvement",), "cases graded requires improvement"),
        (SelectionKind.AREA_GRADED, ("s47", "inadequate"), "Section 47 enquiries: cases graded inadequate"),
        (SelectionKind.STAGE, ("investigation", "good"), "Investigation: cases graded good"),
        (SelectionKind.STAGE, ("investigation", "not-applicable"), "Investigation: cases where it did not apply"),
        (
            SelectionKind.OWN,
            ("good", "inadequate"),
            "cases graded good by the force and inadequate by the inspectors",
        ),
        (SelectionKind.OWN_AGAINST, (OwnAgainst.KINDER,), "cases that the force graded better than the inspectors"),
        (SelectionKind.REFERRED, (Referred.OPEN,), "cases referred back to the force, still open"),
        (SelectionKind.SECOND, (Drawn.UNSETTLED,), "cases drawn, read twice and to settle"),
        (SelectionKind.SECOND, ("with-lead",), "second reading: with the team lead"),
        (SelectionKind.COMPARED, (ReadTwiceAs.SAME,), "cases that two people graded the same"),
        (SelectionKind.REASON, ("XXX-W99",), "XXX-W99"),
        (SelectionKind.AREA, ("gone",), "gone: all cases"),
    ],
)
def test_words(kind: SelectionKind, codes: tuple[str, ...], words: str) -> None:
    assert selection_words(Selection(kind, codes), METHODOLOGY) == words


def test_a_reason_is_named_by_code_and_wording() -> None:
    wording = METHODOLOGY.reason_by_code["DEC-W01"].wording
    reason = Selection(SelectionKind.REASON, ("DEC-W01",))
    assert selection_words(reason, METHODOLOGY) == f"DEC-W01: {wording}"
    within = Selection(SelectionKind.REASON_IN_AREA, ("DEC-W01", "missing"))
    assert selection_words(within, METHODOLOGY) == f"Missing children: DEC-W01: {wording}"


def test_good_of_a_longer_scale_says_or_better() -> None:
    words = selection_words(Selection(SelectionKind.GRADED, (GradeGroup.GOOD,)), make_methodology("ncpi-2024"))
    assert words == "cases graded good or better"
