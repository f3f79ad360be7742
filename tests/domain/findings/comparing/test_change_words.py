"""A change in words: both n beside every percentage, and nothing said of chance that the counts do not carry."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.findings.comparing.change_words import (
    chance_note,
    chance_sentence,
    change_sentence_of,
    n_words,
    share_words,
)
from ncpi_desktop.domain.findings.comparing.share import Share, counted_share, published_share
from ncpi_desktop.domain.findings.comparing.share_change import Subject, corrected, share_change
from tests.builders import WEAKNESS, make_methodology

METHODOLOGY = make_methodology()
BEFORE, NOW = counted_share(22, 76), counted_share(16, 30)


@pytest.mark.parametrize(
    ("share", "words", "short"),
    [
        (counted_share(20, 83), "24% (20 of 83)", "20/83"),
        (counted_share(0, 0), "n/a", "n/a"),
        (published_share(29), "29% (the counts are not known)", "29%"),
        (published_share(24, 132), "24% of 132 (the counts are not known)", "24%"),
        (Share(), "n/a", "n/a"),
    ],
)
def test_a_share_stands_with_its_n(share: Share, words: str, short: str) -> None:
    assert (share_words(share), n_words(share)) == (words, short)


def test_each_kind_of_change_says_what_it_is_of() -> None:
    about = {
        Subject.OVERALL: (None, "Graded good: from"),
        Subject.GRADE: (METHODOLOGY.scale["requires-improvement"], "Graded requires improvement: from"),
        Subject.AREA: (METHODOLOGY.area_by_code["missing"], "Graded good, Missing children: from"),
        Subject.STAGE: (METHODOLOGY.stage_by_code["investigation"], "Good at the stage Investigation: from"),
        Subject.REASON: (
            METHODOLOGY.reason_by_code[WEAKNESS],
            f"Reason “{METHODOLOGY.reason_by_code[WEAKNESS].wording}”: from",
        ),
    }
    assert set(about) == set(Subject)
    for subject, (named, begin) in about.items():
        sentence = change_sentence_of(share_change(subject, named, BEFORE, NOW))
        assert (
            sentence
            == f"{begin} 29% (22 of 76) to 53% (16 of 30), +24 points. This is unlikely to be chance (p = 0.025)."
        )


def test_corrected_changes_say_of_how_many_they_are() -> None:
    areas = [METHODOLOGY.area_by_code[code] for code in ("s47", "missing", "online")]
    changes = corrected(
        [
            *(share_change(Subject.AREA, area, BEFORE, NOW) for area in areas[:2]),
            share_change(Subject.AREA, areas[2], published_share(29), NOW),
        ]
    )
    assert (
        chance_sentence(changes[0])
        == "This is unlikely to be chance (p = 0.049, corrected for asking 2 questions at once)."
    )
    assert chance_note(changes[0]) == "unlikely to be chance · p = 0.049"
    assert chance_sentence(changes[2]) == "Whether this is chance cannot be told: the counts are not known."
    assert chance_note(changes[2]) == "cannot tell: the counts are not known"


def test_no_change_is_told_as_one() -> None:
    assert change_sentence_of(share_change(Subject.OVERALL, None, NOW, NOW)) == (
        "Graded good: from 53% (16 of 30) to 53% (16 of 30), 0 points. This could be chance (p = 1.00)."
    )
