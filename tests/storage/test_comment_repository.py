"""How the comments are found again: in queue order, whether near or far, and by the index of the open ones."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.moderation.comment import About
from ncpi_desktop.storage import comment_repository as comments
from ncpi_desktop.workflows import browsing, commenting
from ncpi_desktop.workflows.session import AuditSession


@pytest.mark.parametrize("near", [0, 1, 7, 500])
def test_cases_come_in_queue_order_however_far_they_are(
    sample: AuditSession, monkeypatch: pytest.MonkeyPatch, near: int
) -> None:
    rows = browsing.queue_page(sample, 0, 36)
    for row in [*rows[2::5], rows[7]]:
        commenting.comment_on(sample, row.case, About(), "Why?")
    monkeypatch.setattr(comments, "NEAR", near)
    assert sample.person is not None
    for after in (0, 3, 8, 40):
        expected = [row for row in rows[2::5] if row.position > after]
        found = list(comments.cases_with_open(sample.file.connection, after, sample.person.key))
        assert [case for case, _threads, _own in found] == [row.case for row in expected]
        assert all(threads == own == (2 if case == rows[7].case else 1) for case, threads, own in found)


@pytest.mark.parametrize("query", [comments._NEAR_BY, comments._FARTHER])
def test_open_ones_are_found_by_their_index(sample: AuditSession, query: str) -> None:
    plan = sample.file.connection.execute(f"EXPLAIN QUERY PLAN {query}", (1, 0, 500)).fetchall()
    words = " | ".join(str(row[3]) for row in plan)
    assert "open_comments" in words
    assert "SCAN w" not in words
