"""The charts: what is drawn where, and that words, not only colours, tell the grades."""

from __future__ import annotations

from typing import Any

import pytest
from reportlab.graphics.shapes import Circle, Drawing, Group, Line, Rect, Shape, String

from ncpi_desktop.domain.findings.statistics import Interval
from ncpi_desktop.exports.charts.grade_bars import LABELS, BarRow, grade_bars
from ncpi_desktop.exports.charts.grade_shapes import grade_mark, grade_shape
from ncpi_desktop.exports.charts.interval_chart import ShareRow, interval_chart
from ncpi_desktop.exports.charts.palette import grade_colours
from ncpi_desktop.exports.charts.stage_strip import stage_strip
from ncpi_desktop.imports.methodology_file import bundled_methodology

SCALE = bundled_methodology("ncpi-2018").scale
WIDTH = 495.0


def shapes(drawing: Drawing | Group) -> list[Shape]:
    found: list[Shape] = []
    for part in drawing.contents:
        found += shapes(part) if isinstance(part, Group) else [part]
    return found


def words(drawing: Drawing) -> list[str]:
    return [part.text for part in shapes(drawing) if isinstance(part, String)]


def bars(drawing: Drawing) -> list[Any]:
    return [part for part in shapes(drawing) if isinstance(part, Rect)]


def test_the_parts_of_a_bar_are_as_long_as_their_counts_and_carry_them() -> None:
    row = BarRow("Missing children", (("good", 2), ("requires-improvement", 1), ("inadequate", 1)), 4)
    drawing = grade_bars([row], SCALE, WIDTH, "Graded")
    good, middle, poor = bars(drawing)
    assert good.width == pytest.approx(2 * middle.width, abs=1.5)
    assert middle.width == pytest.approx(poor.width)
    assert good.x == LABELS
    assert words(drawing) == [
        "Good",
        "Requires improvement",
        "Inadequate",
        "Graded",
        "Missing children",
        "4",
        "2",
        "1",
        "1",
    ]


def test_a_row_without_a_grade_says_so_and_draws_no_bar() -> None:
    drawing = grade_bars([BarRow("Detention", (("good", 0),), 0)], SCALE, WIDTH, "Graded")
    assert not bars(drawing)
    assert "no case graded" in words(drawing)


def test_a_grade_that_nobody_gave_has_no_part() -> None:
    drawing = grade_bars(
        [BarRow("A", (("good", 3), ("requires-improvement", 0), ("inadequate", 1)), 4)], SCALE, WIDTH, "n"
    )
    assert len(bars(drawing)) == 2


def test_five_grades_are_named_within_the_width() -> None:
    scale = bundled_methodology("ncpi-2024").scale
    drawing = grade_bars([BarRow("A", tuple((code, 1) for code in scale.codes), 5)], scale, WIDTH, "Graded")
    assert [part.text for part in shapes(drawing) if isinstance(part, String)][:5] == [g.short for g in scale.grades]
    assert len({bar.fillColor.hexval() for bar in bars(drawing)}) == 5


def test_a_long_area_takes_two_lines_and_a_longer_one_an_ellipsis() -> None:
    label = "Concerns about children that are other than domestic abuse or exploitation " * 3
    found = words(grade_bars([BarRow(label, (("good", 1),), 1)], SCALE, WIDTH, "n"))
    assert found[4].startswith("Concerns about")
    assert found[5].endswith("…")


def test_dots_and_intervals_stand_at_their_share() -> None:
    rows = [
        ShareRow("Before", 29, "29%", "22 of 76", Interval(0.2, 0.4)),
        ShareRow("Now", 50, "50%", "15 of 30", Interval(0.25, 0.75), emphasised=True),
    ]
    drawing = interval_chart(rows, WIDTH)
    first, last = [part for part in shapes(drawing) if isinstance(part, Circle)]
    ticks = [part.x1 for part in shapes(drawing) if isinstance(part, Line) and part.x1 == part.x2]
    assert last.cx == pytest.approx(ticks[2])
    assert first.cx < last.cx
    reach = [part for part in shapes(drawing) if isinstance(part, Line) and part.y1 == part.y2]
    assert (reach[1].x1, reach[1].x2) == (pytest.approx(ticks[1]), pytest.approx(ticks[3]))
    assert {"29%", "50%", "22 of 76", "15 of 30"} <= set(words(drawing))


def test_a_share_without_interval_is_a_dot_alone_and_without_share_words_alone() -> None:
    rows = [ShareRow("Before", 29, "29%", "counts not known", None), ShareRow("Now", None, "n/a", "0 of 0", None)]
    drawing = interval_chart(rows, WIDTH)
    assert len([part for part in shapes(drawing) if isinstance(part, Circle)]) == 1
    assert not [part for part in shapes(drawing) if isinstance(part, Line) and part.y1 == part.y2]
    assert "n/a" in words(drawing)


def test_every_shape_differs_and_an_unknown_one_is_a_diamond() -> None:
    def outline(shape: str) -> tuple[str, ...]:
        return tuple(str(getattr(part, "points", "")) for part in grade_shape(shape, 0, 0, 10, "#000000").contents)

    known = ["check", "triangle", "octagon", "star", "diamond"]
    assert len({outline(shape) for shape in known}) == 5
    assert outline("unheard of") == outline("diamond")


def test_a_mark_has_shape_and_word_in_the_colours_of_its_grade() -> None:
    drawing = grade_mark(SCALE["inadequate"])
    assert words(drawing) == ["Inadequate"]
    assert len(shapes(drawing)) > 1
    assert grade_colours("unheard of") == grade_colours("fair")


def test_stages_carry_letters_and_words() -> None:
    drawing = stage_strip([("Contact", SCALE["good"]), ("Detention", "n/a")], WIDTH)
    assert words(drawing) == ["Contact", "G", "Detention", "n/a"]
    assert stage_strip([], WIDTH).contents == []
