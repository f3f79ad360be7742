"""The sentences a chief officer reads, for tables chosen by hand."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.findings.quality import Compared
from ncpi_desktop.domain.findings.quality_words import (
    agreement_sentence,
    coefficient_words,
    matrix_words,
    progress_sentence,
    remarks_on,
    settled_sentence,
    steps_words,
)
from ncpi_desktop.domain.moderation.agreement import Agreement, AgreementTable
from tests.builders import make_findings, make_methodology, make_pair, make_waiting

GRADES = make_methodology().scale.codes
G, R, I = GRADES  # noqa: E741 - the letters of the grades


def sentence(counts: tuple[tuple[int, ...], ...]) -> str:
    pairs = [
        (GRADES[row], GRADES[column]) for row in range(3) for column in range(3) for _n in range(counts[row][column])
    ]
    return agreement_sentence(make_findings([make_pair(*pair) for pair in pairs]).quality)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        (((0, 0, 0), (0, 0, 0), (0, 0, 0)), "No case has been read twice yet, so how far readers agree cannot be told."),
        (
            ((1, 0, 0), (0, 0, 0), (0, 0, 0)),
            ("Two readers gave the same grade in 1 of 1 case (100%, 95% interval 21% to 100%). One case alone cannot tell "
            "agreement from chance."),
        ),
        (
            ((30, 0, 0), (0, 0, 0), (0, 0, 0)),
            ("Two readers gave the same grade in 30 of 30 cases (100%, 95% interval 89% to 100%). Only one grade was given, "
            "so agreement beyond chance cannot be told."),
        ),
        (
            ((5, 0, 0), (0, 0, 0), (0, 0, 5)),
            ("Two readers gave the same grade in 10 of 10 cases (100%, 95% interval 72% to 100%). How far that goes beyond "
            "chance cannot be told from readings so alike: weighted kappa 1.00, no interval."),
        ),
        (
            ((20, 5, 0), (3, 12, 2), (0, 1, 7)),
            ("Two readers gave the same grade in 39 of 50 cases (78%, 95% interval 65% to 87%). The second reader was harsher "
            "in 7 and kinder in 4: 11 by one step. That is more than chance would bring: weighted kappa 0.80, 95% interval "
            "0.68 to 0.92, where 0 is chance and 1 full agreement."),
        ),
        (
            ((6, 0, 1), (0, 0, 1), (0, 0, 0)),
            ("Two readers gave the same grade in 6 of 8 cases (75%, 95% interval 41% to 93%). The second reader was harsher in "
            "2 and kinder in 0: 1 by one step, 1 by two steps. That could be chance: weighted kappa 0.38, 95% interval −0.15 "
            "to 0.90, where 0 is chance and 1 full agreement. With so few cases that interval is rough. Gwet's AC2, which "
            "holds up where one grade prevails, is 0.77 (95% interval 0.36 to 1.00)."),
        ),
        (
            ((40, 6, 0), (0, 0, 0), (0, 0, 0)),
            ("Two readers gave the same grade in 40 of 46 cases (87%, 95% interval 74% to 94%). The second reader was harsher "
            "in 6 and kinder in 0: 6 by one step. One reader gave a single grade throughout, so agreement beyond chance "
            "cannot be told. Gwet's AC2, which holds up where one grade prevails, is 0.96 (95% interval 0.93 to 0.99)."),
        ),
        (
            ((2, 3, 15), (0, 1, 0), (15, 3, 2)),
            ("Two readers gave the same grade in 5 of 41 cases (12%, 95% interval 5% to 26%). The second reader was harsher in "
            "18 and kinder in 18: 6 by one step, 30 by two steps. That is less than chance would bring: weighted kappa −0.70, "
            "95% interval −0.91 to −0.50, where 0 is chance and 1 full agreement."),
        ),
    ],
)  # fmt: skip
def test_agreement_in_words(counts: tuple[tuple[int, ...], ...], told: str) -> None:
    assert sentence(counts) == told


def test_a_reading_that_was_not_blind_is_said_with_the_agreement() -> None:
    told = agreement_sentence(make_findings([make_pair(G, G, seen="grade"), make_pair(G, G)]).quality)
    assert told.endswith("1 of 2 second readings was not blind: its reader had seen something of the first.")


def test_progress_says_what_is_missing() -> None:
    outcomes = [
        make_pair(G, G),
        make_pair(G, R),
        make_pair(G, I, state="settled"),
        make_waiting(),
        make_waiting("waiting"),
    ]
    assert progress_sentence(make_findings(outcomes).quality) == (
        "5 cases were drawn for a second reading: 3 read twice (1 agreed, 1 settled, 1 to settle), 2 not yet."
    )
    assert progress_sentence(make_findings([]).quality) == "No case was drawn for a second reading."


@pytest.mark.parametrize(
    ("settled", "told"),
    [
        ([], ""),
        ([(G, G)], "1 case was settled; its grade was not changed."),
        ([(G, G), (R, R)], "2 cases were settled; no grade was changed."),
        ([(G, R), (G, G)], "1 grade was changed when readers settled: 0 up, 1 down (of 2 settled)."),
        ([(G, I), (R, G), (I, R)], "3 grades were changed when readers settled: 2 up, 1 down (of 3 settled)."),
    ],
)
def test_what_settling_changed(settled: list[tuple[str, str]], told: str) -> None:
    outcomes = [make_pair(one, I, state="settled", grade=other, submitted_grade=one) for one, other in settled]
    assert settled_sentence(make_findings(outcomes).quality.settled_grades) == told


def test_each_remark_stands_once_with_the_rows_it_is_on() -> None:
    def row(*pairs: tuple[str, str], apart: int = 0) -> Compared:
        return Compared(AgreementTable.from_pairs(pairs, GRADES), apart)

    rows = [
        ("A", row((G, G))),
        ("B", row((R, G))),
        ("C", row((G, G), (G, G))),
        ("D", row((G, G), (G, R), (I, I), apart=2)),
    ]
    assert remarks_on(rows) == [
        "A, B: Fewer than two cases were compared.",
        "C: Only one grade was given, so agreement beyond chance can't be told (kappa). The cases differ too little for an interval (AC2).",
        "D: With fewer than 18 cases the intervals of kappa and AC2 are rough.",
        "D: 2 cases more, in which one reader alone found the stage not applicable, are in no figure.",
    ]


def test_the_table_is_told_cell_by_cell() -> None:
    table = AgreementTable(GRADES, ((6, 0, 1), (0, 0, 0), (0, 2, 0)))
    assert matrix_words(table, make_methodology().scale) == (
        "First reader good: second reader good 6, inadequate 1. First reader inadequate: second reader requires improvement 2."
    )


def test_a_long_scale_has_its_steps() -> None:
    table = AgreementTable.from_pairs([("0", "5"), ("0", "4"), ("3", "0")], tuple("012345"))
    assert steps_words(table) == "1 by three steps, 1 by four steps, 1 by 5 steps"


def test_a_coefficient_is_never_minus_nought() -> None:
    assert coefficient_words(Agreement(9, -0.001)) == "0.00"
    assert coefficient_words(Agreement(9, -0.126)) == "−0.13"
    assert coefficient_words(Agreement(1)) == "n/a"
