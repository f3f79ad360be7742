"""The cases read twice, page by page; a first reading that is closed tells nothing, wherever it is asked for."""

from __future__ import annotations

from ncpi_desktop.domain.moderation.second_reading import SecondState, Seen
from ncpi_desktop.workflows import quality_list
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of


def references(page: quality_list.ListPage) -> list[str]:
    return [case.line.reference for case in page.cases]


def test_pages_follow_each_other_without_a_gap(sample: AuditSession) -> None:
    whole = quality_list.cases_in_state(sample, SecondState.AGREED)
    assert whole.next_after is None
    found, after = [], 0
    for _page in range(20):
        page = quality_list.cases_in_state(sample, SecondState.AGREED, after, 2)
        found += references(page)
        if page.next_after is None:
            break
        after = page.next_after
    assert found == references(whole) == ["S47-01", "DA-01", "MIS-01", "PP-01", "PD-01"]


def test_states_are_those_that_are_counted(sample: AuditSession) -> None:
    quality = findings_of(sample).quality
    for state in SecondState:
        assert len(quality_list.cases_in_state(sample, state).cases) == quality.state_count(state)


def test_every_cell_lists_as_many_cases_as_it_counts(sample: AuditSession) -> None:
    table = findings_of(sample).quality.overall.table
    seen: list[str] = []
    for first, counts in zip(table.grades, table.counts, strict=True):
        for second, count in zip(table.grades, counts, strict=True):
            found = references(quality_list.cases_with_grades(sample, first, second))
            assert len(found) == count
            seen += found
    assert len(set(seen)) == len(seen) == table.n


def test_a_cell_goes_on_behind_its_page(sample: AuditSession) -> None:
    whole = references(quality_list.cases_with_grades(sample, "good", "good"))
    first = quality_list.cases_with_grades(sample, "good", "good", count=4)
    assert first.next_after is not None
    rest = quality_list.cases_with_grades(sample, "good", "good", first.next_after)
    assert references(first) + references(rest) == whole
    assert len(references(first)) == 4


def test_only_stages_or_only_reasons_differ(sample: AuditSession) -> None:
    found = {case.line.reference: case for case in quality_list.cases_in_state(sample, SecondState.TO_SETTLE).cases}
    assert (found["S47-05"].line.apart, found["S47-05"].stages_differ) == (0, False)
    assert (found["DA-03"].line.apart, found["MIS-02"].line.apart) == (1, 2)
    run = sample.file.connection
    run.execute(
        "UPDATE stage_grades SET grade = 'good' WHERE review_id IN (SELECT id FROM reviews WHERE case_id = ? AND"
        " purpose = 'second') AND stage = 'managing-risk'",
        (key_of(sample, "S47-05"),),
    )
    found = {case.line.reference: case for case in quality_list.cases_in_state(sample, SecondState.TO_SETTLE).cases}
    assert found["S47-05"].stages_differ


def test_a_closed_case_has_reference_and_state_alone(sample: AuditSession) -> None:
    case = key_of(sample, "OC-02")
    run = sample.file.connection
    run.execute("UPDATE second_readings SET edited = 1, apart = 2 WHERE case_id = ?", (case,))
    shown = quality_list.listed_case(sample, case)
    assert shown is not None
    assert not shown.is_closed
    assert shown.line.edited
    sample.sign_in("Quality assurer 1")
    hidden = quality_list.listed_case(sample, case)
    assert hidden is not None
    assert hidden.is_closed
    assert (hidden.line.apart, hidden.line.edited, hidden.stages_differ) == (0, False, False)
    assert hidden.line.state is SecondState.TO_READ


def test_a_cell_leaves_out_what_is_closed(sample: AuditSession) -> None:
    """Somebody else handed a second reading in, and the case was given to a quality assurer to read once more."""
    case, lead = key_of(sample, "MIS-02"), next(person for person in sample.people if person.name == "Team lead")
    sample.file.connection.execute(
        "UPDATE reviews SET reviewer_id = ? WHERE purpose = 'second' AND case_id = ?", (lead.key, case)
    )
    assert references(quality_list.cases_with_grades(sample, "good", "inadequate")) == ["MIS-02"]
    sample.sign_in("Quality assurer 1")
    assert references(quality_list.cases_with_grades(sample, "good", "inadequate")) == []


def test_the_last_draw_is_told(sample: AuditSession, fresh_audit: AuditSession) -> None:
    assert quality_list.last_drawn(sample) == quality_list.LastDraw(seed=4128, frame_size=36, draws=2)
    assert quality_list.last_drawn(fresh_audit) is None


def test_a_cell_is_read_along_indexes(sample: AuditSession) -> None:
    run = sample.file.connection
    asked: list[str] = []
    run.set_trace_callback(asked.append)
    quality_list.cases_with_grades(sample, "good", "good")
    run.set_trace_callback(None)
    query = next(words for words in asked if "s.originals" in words)
    plan = [row[3] for row in run.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert "USING INDEX second_readings_by_originals (originals=? AND position>?)" in plan[0]
    assert not [step for step in plan if "TEMP B-TREE" in step]
    assert not [step for step in plan if step.startswith("SCAN")]


def test_what_was_seen_before_is_told(sample: AuditSession) -> None:
    case = key_of(sample, "DA-03")
    assert quality_list.seen_before(sample, case) is Seen.NOTHING
    assert quality_list.seen_before(sample, key_of(sample, "OC-02")) is None
