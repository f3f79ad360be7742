"""Strategy discussions counted from real files, and the cases found again behind every count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ncpi_desktop.domain.casework.case import Case, CaseKey, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.findings.figure import figures_of
from ncpi_desktop.domain.findings.partnership import PartnershipFindings
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.domain.findings.strategy import HELD, Answer, StrategyAspect, TookPart
from ncpi_desktop.domain.findings.tally import Measure
from ncpi_desktop.storage.case_repository import read_case
from ncpi_desktop.storage.derived_integrity import count_faults
from ncpi_desktop.storage.strategy_repository import MOST_AGENCIES, count_strategy
from ncpi_desktop.storage.tally_repository import read_measure
from ncpi_desktop.storage.worklist_repository import worklist_page
from ncpi_desktop.workflows import reviewing, tracing
from ncpi_desktop.workflows.redacting import redact
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_case, make_entry
from tests.casework import bring_in, hand_in, key_of

LATE = StrategyDiscussion(("Police", "Health"), ("Police",), False, True, None)
WHOLE = StrategyDiscussion(
    ("police", "Health", "Children's social care"), ("police", "Health", "School"), True, True, True
)
BLANK = StrategyDiscussion()


def case_with(reference: str, *discussions: StrategyDiscussion, area: str = "domestic-abuse") -> Case:
    entries = [make_entry(kind=EntryKind.STRATEGY_DISCUSSION, strategy=held) for held in discussions]
    return make_case(reference, area=area, entries=(make_entry(), *entries))


def partnership(session: AuditSession) -> PartnershipFindings:
    return findings_of(session).partnership


def discussions_of(session: AuditSession, case: CaseKey) -> list[StrategyDiscussion]:
    entries = read_case(session.file.connection, case).entries
    return [entry.strategy for entry in entries if entry.strategy is not None]


def test_the_sample_is_counted_as_its_records_say(sample: AuditSession) -> None:
    found, connection = partnership(sample), sample.file.connection
    rows = worklist_page(connection, 1, 100)
    held = {row.case: discussions_of(sample, row.case) for row in rows}
    every = [one for of_case in held.values() for one in of_case]
    assert (found.cases, found.cases_with, found.discussions) == (36, sum(map(bool, held.values())), len(every))
    timely = found.of(StrategyAspect.IN_TIME)
    assert (timely.share.yes, timely.no) == (
        sum(d.in_time is True for d in every),
        sum(d.in_time is False for d in every),
    )
    health = next(agency for agency in found.agencies if agency.name == "Health")
    assert health.invited == sum("health" in d.invited for d in every)
    assert health.absent == sum("health" in d.missing for d in every)
    assert sum(area.discussions for area in found.areas) == found.discussions
    assert sum(area.cases_with for area in found.areas) == found.cases_with


def behind(session: AuditSession, kind: SelectionKind, *codes: str, count: int = 200) -> list[CaseKey]:
    """All cases of a selection, page by page, each page behind the one before it."""
    found: list[CaseKey] = []
    after: int | None = 0
    while after is not None:
        page = tracing.cases_behind(session, Selection(kind, codes), after, count)
        found += [line.case for line in page.cases]
        after = page.next_after
    assert len(found) == tracing.count_behind(session, Selection(kind, codes))
    return found


def test_the_cases_behind_each_count_are_those_counted(fresh_audit: AuditSession) -> None:
    cases = [
        case_with("DA-01", LATE, LATE),
        case_with("DA-02", WHOLE, BLANK),
        case_with("DA-03"),
        case_with("M-01", BLANK, area="missing"),
        case_with("M-02", LATE, WHOLE, area="missing"),
    ]
    bring_in(fresh_audit, *cases)
    counted = read_measure(fresh_audit.file.connection, Measure.STRATEGY_CASES)
    for what in (*StrategyAspect, HELD):
        for answer in Answer if what != HELD else (Answer.YES,):
            for area in ("domestic-abuse", "missing"):
                told = what if what == HELD else f"{what}:{answer}"
                found = behind(fresh_audit, SelectionKind.STRATEGY_IN_AREA, area, what, answer)
                assert len(found) == counted.get((told, area), 0), (what, answer, area)
    references = [key_of(fresh_audit, case) for case in ("DA-01", "M-02")]
    assert behind(fresh_audit, SelectionKind.STRATEGY, "in-time", "no") == references
    assert behind(fresh_audit, SelectionKind.STRATEGY, "health", "no") == references
    without = {key_of(fresh_audit, case) for case in ("DA-03", "DA-9", "DA-10", "S47-01")}
    assert set(behind(fresh_audit, SelectionKind.STRATEGY, HELD, "no")) == without


def test_the_cases_of_a_live_figure_are_as_many_as_it_says(sample: AuditSession) -> None:
    figures = figures_of(findings_of(sample))
    for code in ("strategy:cases", *(f"strategy:{aspect}:cases" for aspect in StrategyAspect)):
        selection = figures[code].selection
        assert selection is not None
        assert tracing.count_behind(sample, selection) == figures[code].value, code


def test_pages_follow_one_another_in_queue_order(sample: AuditSession) -> None:
    whole = behind(sample, SelectionKind.STRATEGY, "in-time", "no")
    assert behind(sample, SelectionKind.STRATEGY, "in-time", "no", count=4) == whole
    queue = [row.case for row in worklist_page(sample.file.connection, 1, 100)]
    assert whole == sorted(whole, key=queue.index)


def test_an_agency_is_found_however_it_is_spelt(fresh_audit: AuditSession) -> None:
    bring_in(
        fresh_audit, case_with("DA-01", LATE), case_with("DA-02", WHOLE), case_with("DA-03", replace(LATE, present=()))
    )
    found = {took.value: behind(fresh_audit, SelectionKind.AGENCY, "POLICE", took) for took in TookPart}
    first, second, third = (key_of(fresh_audit, f"DA-0{n}") for n in (1, 2, 3))
    assert found == {"present": [first, second], "absent": [], "unknown": [third], "uninvited": []}
    assert behind(fresh_audit, SelectionKind.AGENCY, "health", "absent") == [first]
    assert behind(fresh_audit, SelectionKind.AGENCY, "School", "uninvited") == [second]


@pytest.mark.parametrize(
    ("what", "answer"), [("tea", "yes"), ("in-time", "maybe"), ("held", "unknown"), ("' OR 1", "no")]
)
def test_codes_that_are_none_find_nothing(sample: AuditSession, what: str, answer: str) -> None:
    assert behind(sample, SelectionKind.STRATEGY, what, answer) == []
    assert behind(sample, SelectionKind.AGENCY, "' OR 1=1 --", "present") == []
    assert behind(sample, SelectionKind.AGENCY, "Health", what) == []


def test_no_judgement_moves_these_counts(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, case_with("DA-01", LATE), case_with("DA-02", WHOLE))
    before = partnership(fresh_audit)
    case = key_of(fresh_audit, "DA-01")
    hand_in(fresh_audit, case)
    reviewing.reopen(fresh_audit, case, "A word was wrong.")
    assert partnership(fresh_audit) == before
    assert list(count_faults(fresh_audit.file.connection)) == []


def test_a_wrong_count_is_found_by_the_check(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, case_with("DA-01", LATE))
    fresh_audit.file.connection.execute(
        "UPDATE tallies SET cases = 7 WHERE measure = 'strategy' AND one = 'in-time:no'"
    )
    assert len(list(count_faults(fresh_audit.file.connection))) == 1


def test_cases_for_practice_do_not_count(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, case_with("DA-01", LATE), case_with("DA-02", LATE))
    connection = fresh_audit.file.connection
    connection.execute("DELETE FROM worklist WHERE reference = 'DA-02'")  # as a case for practice stands
    assert count_strategy(connection)["strategy", "in-time:no", "domestic-abuse"] == 1
    assert behind(fresh_audit, SelectionKind.STRATEGY, "in-time", "no") == [key_of(fresh_audit, "DA-01")]


def test_a_strange_file_with_ever_new_agencies_keeps_the_counts_small(fresh_audit: AuditSession) -> None:
    many = [StrategyDiscussion((f"Agency {n}", "Health"), ("Health",)) for n in range(3 * MOST_AGENCIES)]
    bring_in(fresh_audit, case_with("DA-01", *many))
    found = partnership(fresh_audit)
    assert len(found.agencies) == MOST_AGENCIES
    assert found.agencies[0].name == "Health"
    assert found.others == 3 * MOST_AGENCIES - (MOST_AGENCIES - 1)
    assert list(count_faults(fresh_audit.file.connection)) == []


def test_an_agency_taken_out_is_gone_from_the_counts(fresh_audit: AuditSession) -> None:
    named = StrategyDiscussion(("Police", "Dr Smithson"), ("Police",), True)
    bring_in(fresh_audit, case_with("DA-01", named))
    assert any("Smithson" in agency.name for agency in partnership(fresh_audit).agencies)
    redact(fresh_audit, "Dr Smithson", "It names a person.")
    told = [one for (one,) in fresh_audit.file.connection.execute("SELECT one FROM tallies")]
    assert not [one for one in told if "Smithson" in one]
    assert list(count_faults(fresh_audit.file.connection)) == []
