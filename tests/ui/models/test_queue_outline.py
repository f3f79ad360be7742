"""Rows with headings, worked out from counts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.ui.models.queue_outline import QueueOutline


@given(st.lists(st.integers(0, 5), max_size=6))
def test_rows_are_headings_and_cases_in_turn(counts: list[int]) -> None:
    areas = [(f"area-{place}", count) for place, count in enumerate(counts)]
    outline = QueueOutline(areas)
    expected: list[str | int] = []
    case = 0
    for area, count in areas:
        if count:
            expected.append(area)
            expected += range(case, case + count)
            case += count
    found = [
        outline.heading_at(row) if outline.heading_at(row) else outline.case_at(row) for row in range(outline.rows)
    ]
    assert found == expected
    assert [outline.row_of(number) for number in range(outline.cases)] == [
        row for row, what in enumerate(expected) if isinstance(what, int)
    ]
    assert outline.case_at(outline.rows) is None
    assert outline.case_at(-1) is None
