"""Looking through the file: counts, filters, the next case to do."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case
from tests.casework import bring_in, hand_in, key_of


def counts_by_looking(session: AuditSession) -> dict[QueueChoice, int]:
    me = session.person.key if session.person else None
    return {
        choice: len(browsing.filtered_positions(session, QueueFilter(choice, me), 0, 10_000)) for choice in QueueChoice
    }


def order_of_work(session: AuditSession, after: int) -> list[str]:
    """Hand each next case in, and return the references in that order."""
    done = []
    while (case := browsing.next_to_do(session, after)) is not None:
        row = browsing.queue_row(session, case)
        done.append(row.reference)
        hand_in(session, case)
        after = row.position
    return done


def test_the_counts_above_the_queue_are_what_the_filters_show(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    for act in (
        lambda: None,
        lambda: reviewing.mark_not_sure(sample, case, True),
        lambda: reviewing.park(sample, case, "Waits."),
        lambda: reviewing.reopen(sample, key_of(sample, "DA-05"), "Because."),
        lambda: sample.sign_in("Inspector 1"),
        lambda: sample.sign_in("Somebody new"),
    ):
        act()
        assert browsing.queue_counts(sample) == counts_by_looking(sample)


def test_the_counts_of_the_sample(sample: AuditSession) -> None:
    assert browsing.queue_counts(sample) == {
        QueueChoice.ALL: 36,
        QueueChoice.TO_DO: 6,
        QueueChoice.MINE: 11,
        QueueChoice.NOT_SURE: 0,
        QueueChoice.PARKED: 0,
        QueueChoice.SUBMITTED: 30,
        QueueChoice.SECOND: 0,
    }


@pytest.mark.parametrize(
    ("after", "order"),
    [
        (0, ["DA-06", "EX-04", "MIS-05", "ON-03", "S47-06", "OC-04"]),
        (12, ["EX-04", "DA-06", "OC-04", "MIS-05", "ON-03", "S47-06"]),
        (36, ["DA-06", "EX-04", "MIS-05", "ON-03", "S47-06", "OC-04"]),
    ],
)
def test_one_s_own_cases_come_first_then_anybody_s_round_to_the_start(
    sample: AuditSession, after: int, order: list[str]
) -> None:
    assert order_of_work(sample, after) == order
    assert browsing.next_to_do(sample, 0) is None


def test_without_a_person_the_queue_is_worked_in_order(sample: AuditSession) -> None:
    sample.sign_in("")
    assert order_of_work(sample, 0) == ["S47-06", "DA-06", "OC-04", "EX-04", "MIS-05", "ON-03"]


def test_a_parked_case_waits_and_one_in_progress_does_not(fresh_audit: AuditSession) -> None:
    parked, begun = key_of(fresh_audit, "S47-01"), key_of(fresh_audit, "DA-9")
    fresh_audit.sign_in("")
    reviewing.park(fresh_audit, parked, "Waits.")
    reviewing.give_grade(fresh_audit, begun, "good")
    assert browsing.next_to_do(fresh_audit, 0) == begun
    reviewing.park(fresh_audit, begun, "Waits.")
    reviewing.park(fresh_audit, key_of(fresh_audit, "DA-10"), "Waits.")
    assert browsing.next_to_do(fresh_audit, 0) is None


def test_an_empty_audit_has_nothing_to_show(
    fresh_audit: AuditSession, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from ncpi_desktop.workflows.creating import create_audit
    from tests.builders import make_inspection

    path = tmp_path_factory.mktemp("empty") / "Empty.ncpi"
    create_audit(path, make_inspection())
    empty = AuditSession.open(path)
    assert set(browsing.queue_counts(empty).values()) == {0}
    assert browsing.queue_page(empty, 1, 10) == []
    assert browsing.next_to_do(empty, 0) is None
    assert browsing.search(empty, "child").hits == ()
    empty.close()


def test_cases_are_called_by_reference_and_by_position(sample: AuditSession) -> None:
    case = browsing.case_called(sample, "DA-06")
    assert case is not None
    row = browsing.queue_row(sample, case)
    assert browsing.case_at(sample, row.position) == case
    assert browsing.queue_rows(sample, [row.position]) == [row] == browsing.queue_page(sample, row.position, 1)
    assert browsing.case_called(sample, "DA-99") is None


def test_history_is_a_page_at_a_time_with_values_when_asked(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    reviewing.give_grade(sample, case, "inadequate")
    newest = browsing.history(sample)[0]
    assert newest.values == ()
    (value,) = browsing.values_of_step(sample, newest.step)
    assert (value.field, value.old, value.new) == ("grade", "good", "inadequate")
    assert browsing.history(sample, before=newest.sequence)[0].sequence == newest.sequence - 1
    of_case = browsing.history(sample, case_identity=newest.case_identity)
    assert {change.case_reference for change in of_case} == {"DA-06"}


def test_all_pieces_of_a_burst_belong_to_its_step(sample: AuditSession) -> None:
    case, step = key_of(sample, "DA-06"), None
    for text in ("a", "ab", "abc"):
        step = reviewing.write_text(sample, case, "rationale", text, step).step
    assert step is not None
    values = browsing.values_of_step(sample, step)
    assert [value.new for value in values if value.field == "rationale"] == ["a", "b", "c"]


def test_searching_uses_the_words_and_not_the_case_of_letters(sample: AuditSession) -> None:
    assert browsing.search(sample, "da-06").hits[0].reference == "DA-06"
    page = browsing.search(sample, "strategy")
    assert page.hits
    assert browsing.search(sample, "STRATEGY").hits == page.hits


def test_a_case_brought_in_later_is_found_and_queued(sample: AuditSession) -> None:
    bring_in(sample, make_case("DA-6b", tags=("late",)))
    assert browsing.queue_counts(sample)[QueueChoice.TO_DO] == 7
    position = browsing.queue_row(sample, key_of(sample, "DA-6b")).position
    assert [row.reference for row in browsing.queue_page(sample, position - 1, 3)] == ["DA-06", "DA-6b", "OC-01"]
