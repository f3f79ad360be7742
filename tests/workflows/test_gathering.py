"""Passages gathered for a reason: page by page, of judgements that count, without what is closed."""

from __future__ import annotations

from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.workflows import allocating, reviewing, staffing
from ncpi_desktop.workflows.gathering import cited_for
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, key_of

REASON = "DEC-W01"


def all_pages(session: AuditSession, count: int) -> list[tuple[str, str]]:
    found, place = [], (0, 0)
    while True:
        page = cited_for(session, REASON, place, count)
        assert len(page.passages) <= count
        found += [(held.reference, held.passage) for held in page.passages]
        if page.next_place is None:
            return found
        place = page.next_place


def test_pages_of_any_size_hold_the_same_passages(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    every = all_pages(sample, 1000)
    assert len(every) > 3
    assert all_pages(sample, 1) == all_pages(sample, 3) == all_pages(sample, len(every)) == every
    held = cited_for(sample, REASON).passages[0]
    assert held.where
    assert held.passage


def test_a_draft_counts_only_once_it_is_submitted_and_not_any_more_when_reopened(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    before = all_pages(sample, 100)
    case = key_of(sample, "DA-06")
    complete(sample, case)
    entry = reviewing.lay_on_desk(sample, case).case.entries[0]
    reviewing.cite(sample, case, REASON, entry.key, 0, 5)
    assert all_pages(sample, 100) == before
    reviewing.submit(sample, case)
    assert all_pages(sample, 100) == [*before, ("DA-06", entry.text[:5])]
    reviewing.reopen(sample, case, "New facts.")
    assert all_pages(sample, 100) == before


def test_passages_of_a_closed_case_are_left_out(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    every = all_pages(sample, 100)
    reference = every[0][0]
    allocating.allocate_case(
        sample, key_of(sample, reference), staffing.person_called(sample, "Team lead"), ReviewPurpose.SECOND
    )
    assert all_pages(sample, 1) == all_pages(sample, 100) == [held for held in every if held[0] != reference]
