"""Bars say in words what they show in colour."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.interval_bar import IntervalBar
from ncpi_desktop.ui.widgets.progress_bar import GradeProgress
from ncpi_desktop.ui.widgets.share_bar import ShareBar
from ncpi_desktop.ui.widgets.stacked_bar import Segment, StackedBar, segment_rects


def counts(looks: list[GradeLook], *numbers: int) -> list[Segment]:
    return [Segment(look, number) for look, number in zip(looks, numbers, strict=True)]


def test_stacked_bar_in_words(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> None:
    bar = StackedBar(theme, counts(three, 4, 0, 1))
    qtbot.addWidget(bar)
    assert bar.accessibleDescription() == "4 good, 1 inadequate"
    bar.set_segments(counts(three, 0, 0, 0))
    assert bar.accessibleDescription() == "nothing graded"


def test_segments_share_the_width_with_gaps(three: list[GradeLook]) -> None:
    placed = segment_rects(counts(three, 1, 2, 1), 4, QRectF(0, 0, 204, 18))
    assert [(rect.left(), rect.width()) for _segment, rect in placed] == [(0, 50), (52, 100), (154, 50)]


def test_one_case_of_many_stays_visible(three: list[GradeLook]) -> None:
    placed = segment_rects(counts(three, 100_000, 1, 1), 100_002, QRectF(0, 0, 200, 18))
    assert len(placed) == 3
    assert all(rect.width() > 0 for _segment, rect in placed)
    assert placed[-1][1].right() == pytest.approx(200)


def test_segments_are_painted_in_their_colours(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> None:
    bar = StackedBar(theme, counts(three, 1, 1, 1))
    qtbot.addWidget(bar)
    bar.resize(304, 18)
    image = bar.grab().toImage()
    seen = [image.pixelColor(x, 3).name() for x in (50, 150, 250)]
    assert seen == [theme.tokens.good_bar, theme.tokens.middle_bar, theme.tokens.poor_bar]


def test_progress_in_words(theme: Theme, three: list[GradeLook], qtbot: QtBot) -> None:
    bar = GradeProgress(theme, counts(three, 9, 6, 2), 33)
    qtbot.addWidget(bar)
    assert bar.accessibleDescription() == "17 of 33 reviewed: 9 good, 6 requires improvement, 2 inadequate"
    bar.resize(200, 12)
    assert bar.grab().toImage().pixelColor(190, 6).name() == theme.tokens.track


@pytest.mark.parametrize("scale", [100, 200])
def test_a_reason_wraps_and_keeps_its_count(theme: Theme, qtbot: QtBot, scale: int) -> None:
    theme.set_text_scale(scale)
    bar = ShareBar(theme, "Assumption about the child's choice or resilience shaped the decision", 9, 1.0)
    qtbot.addWidget(bar)
    assert bar.accessibleName().endswith(": 9")
    narrow = bar.minimumSizeHint().width()
    assert bar.heightForWidth(narrow) > bar.heightForWidth(2000)


def test_interval_in_words(theme: Theme, qtbot: QtBot) -> None:
    bar = IntervalBar(theme, "May 2018", show_scale=True)
    qtbot.addWidget(bar)
    assert bar.accessibleDescription() == "n/a"
    bar.set_interval(52.7, 37.0, 68.4)
    assert bar.accessibleDescription() == "53%, 95% interval 37% to 68%"
    bar.set_interval(52.5, None, None)
    assert bar.accessibleDescription() == "53%"


def test_interval_at_the_edges_paints_inside(theme: Theme, qtbot: QtBot) -> None:
    bar = IntervalBar(theme)
    qtbot.addWidget(bar)
    for values in ((0.0, 0.0, 3.0), (100.0, 97.0, 100.0)):
        bar.set_interval(*values)
        assert not bar.grab().isNull()
