"""Reasons given and reasons on offer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.review import (
    Citation,
    CitationKey,
    GivenReason,
    GivenReasonKey,
    Review,
    ReviewKey,
)
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.imports.methodology_file import bundled_methodology
from ncpi_desktop.ui.models.reason_choice_model import ReasonChoiceModel
from ncpi_desktop.ui.models.reason_model import ReasonModel, one_line


@pytest.fixture
def methodology() -> Methodology:
    return bundled_methodology("ncpi-2018")


def review(*codes: str, passages: int = 0) -> Review:
    cited = tuple(Citation(CitationKey(n), f"c{n}", 1, n, n + 1, "said\x07 no") for n in range(passages))
    given = tuple(GivenReason(GivenReasonKey(n), f"g{n}", code, cited) for n, code in enumerate(codes))
    return Review(ReviewKey(1), "r", CaseKey(1), None, reasons=given)


def test_passages_unfold_below_their_reason(methodology: Methodology, qtmodeltester: ModelTester) -> None:
    model = ReasonModel(methodology)
    qtmodeltester.check(model)
    assert model.show_review(review("INV-W01", "INV-S01", passages=2))
    assert model.rowCount() == 2
    model.toggle(0)
    assert [model.row(n).citation is None for n in range(model.rowCount())] == [True, False, False, True]
    assert model.row(1).words == "“said no”"
    assert model.row(0).particulars == "Weakness · Investigation · 2 passages"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", Weakness · Investigation · 2 passages")
    assert not model.show_review(review("INV-W01", "INV-S01", passages=2))
    model.toggle(0)
    assert model.rowCount() == 2


def test_words_letters_stage_polarity_and_code_find(methodology: Methodology, qtmodeltester: ModelTester) -> None:
    model = ReasonChoiceModel(methodology)
    qtmodeltester.check(model)
    model.offer(review("INV-W01"), "domestic-abuse")
    codes = lambda: [model.choice(row).reason.code for row in range(model.rowCount())]  # noqa: E731
    assert "INV-W01" not in codes()
    model.find("ini-w04")
    assert codes() == ["INI-W04"]
    model.find("STRENGTH invest")
    assert codes()
    assert all(code.startswith("INV-S") for code in codes()[:3])
    model.find("chil see")
    assert codes()[0] == "INI-W04"
    model.find("qqqq")
    assert codes() == []


def test_stage_at_hand_comes_first_and_given_ones_to_cite(methodology: Methodology) -> None:
    model = ReasonChoiceModel(methodology)
    model.offer(review(), "domestic-abuse", stage="decision-making")
    assert model.choice(0).reason.stage == "decision-making"
    model.offer(review("INV-S01", "INI-W04"), "domestic-abuse", with_given=True)
    assert {model.choice(0).reason.code, model.choice(1).reason.code} == {"INV-S01", "INI-W04"}
    assert model.choice(0).particulars.endswith("given")
    assert not model.choice(2).given


def test_retired_reasons_and_foreign_stages_are_not_offered(methodology: Methodology) -> None:
    retired = replace(methodology.reasons[0], retired=True)
    changed = replace(methodology, reasons=(retired, *methodology.reasons[1:]))
    model = ReasonChoiceModel(changed)
    model.offer(review(), "domestic-abuse")
    offered = {model.choice(row).reason.code for row in range(model.rowCount())}
    assert retired.code not in offered
    assert not any(changed.reason_by_code[code].stage == "detention" for code in offered)


def test_one_line_shows_no_control_characters() -> None:
    assert one_line("a\n\tb\x00c\u202ed") == "a b c d"
