"""An earlier audit, the review that answers it, and its report: recommendations carried in, and what is refused on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ncpi_desktop.domain.casework.inspection import CaseChoice, Inspection, InspectionKind, PreviousResults, Role
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation, RecommendationKey
from ncpi_desktop.domain.casework.recommendation_log import LogLine, Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.errors import FileProtectedError, RefusedError
from ncpi_desktop.exports.report.report import write_report
from ncpi_desktop.storage.inspection_repository import read_previous
from ncpi_desktop.workflows import progressing, recommending, staffing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit, record_previous
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.following_up import bring_recommendations, carried_over, earlier_from, what_comes_along
from ncpi_desktop.workflows.protecting import unlock
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.conftest import PASSPHRASE
from tests.exports.report.audits import pages_of

LEAD = "Team lead"
LATER = datetime(2018, 9, 20, 9, 0, tzinfo=UTC)
Opener = Callable[..., AuditSession]


def about(**changed: Any) -> Inspection:
    held: dict[str, Any] = {
        "identity": "",
        "force": "Northshire Police",
        "kind": InspectionKind.RE_INSPECTION,
        "methodology": "ncpi-2018",
        "fieldwork_start": date(2019, 3, 4),
    }
    return Inspection(**(held | changed))


@pytest.fixture
def earlier(sample_path: Path, opener: Opener) -> Path:
    """The sample, published, with one of its own recommendations under way."""
    session = opener(sample_path, LEAD)
    staffing.give_roles(session, staffing.person_called(session, "Quality assurer 1"), [Role.QUALITY_ASSURER])
    recommending.publish_on(session, date(2018, 5, 16))
    held = recommending.all_recommendations(session)
    own = [one.key for one in held if one.origin is Origin.THIS]
    recommending.take_up(session, own[0], held[0].key)
    progressing.log_status(session, own[0], Status.BEING_PROGRESSED, "Rota in place.")
    progressing.ask_completion(session, own[1], "The standard is in force.")
    session.sign_in("Quality assurer 1")
    progressing.authorise_completion(session, own[1], "Twenty incidents were looked at.")
    session.close()
    return sample_path


def test_what_a_later_inspection_is_handed(earlier: Path) -> None:
    found = earlier_from(earlier, about())
    numbers = [(one.number, one.deadline, one.status, one.published_on) for one in found.recommendations]
    assert numbers[:2] == [
        (1, Deadline.IMMEDIATELY, Status.BEING_PROGRESSED, date(2018, 5, 16)),
        (2, Deadline.THREE_MONTHS, Status.COMPLETE, date(2018, 5, 16)),
    ]
    # What the earlier review had carried in itself, still open, and not taken up again: 2, 4, 6, 7 and 9.
    assert [(number, published) for number, _d, _s, published in numbers[2:]] == [
        (number, date(2017, 5, 18)) for number in range(3, 8)
    ]
    assert {one.origin for one in found.recommendations} == {Origin.PREVIOUS}
    assert found.recommendations[1].log[-1].comment == (
        "Twenty incidents were looked at. (Authorised by Quality assurer 1.)"
    )
    assert all(line.person is None for one in found.recommendations for line in one.log)
    assert not any(one.summary or one.progress or one.cases or one.follows for one in found.recommendations)
    assert found.words == "7 recommendations come along from it, to be answered."
    assert found.remarks == ()


def test_the_results_come_along_with_their_breakdown(earlier: Path, opener: Opener) -> None:
    before = findings_of(opener(earlier))
    results = earlier_from(earlier, about()).results
    assert results is not None
    assert (results.force, results.inspection_identity) == ("Northshire Police", before.inspection.identity)
    assert (results.fieldwork_start, results.published_on) == (date(2018, 5, 14), date(2018, 5, 16))
    assert results.case_choice is CaseChoice.UNKNOWN
    assert dict(results.area_counts) == {
        found.area.code: found.grades.counts for found in before.areas if found.grades.graded
    }
    assert dict(results.stage_counts) == {found.stage.code: found.grades.counts for found in before.stages}
    assert dict(results.reason_counts) == {found.reason.code: found.cases for found in before.reasons}


def test_from_the_earlier_audit_to_the_report_of_the_review(earlier: Path, tmp_path: Path, opener: Opener) -> None:
    found = earlier_from(earlier, about())
    path = tmp_path / "review.ncpi"
    create_audit(path, about(), person=LEAD, previous=found.results, recommendations=found.recommendations, at=LATER)
    session = AuditSession.open(path, person=LEAD, clock=lambda: LATER)
    try:
        held = recommending.all_recommendations(session)
        assert [one.number for one in held] == list(range(1, 8))
        kept = read_previous(session.file.connection)
        assert kept is not None
        assert found.results is not None
        for field in ("area_counts", "stage_counts", "reason_counts"):
            assert dict(getattr(kept, field)) == dict(getattr(found.results, field)), field
        assert (kept.counts, kept.force, kept.published_on) == (
            *(found.results.counts, found.results.force),
            found.results.published_on,
        )
        recommending.write_recommendation(session, held[0].key, "summary", "The rota holds.")
        recommending.write_recommendation(session, held[0].key, "detail", "# On call\n\n- {{cases}} read\n- seen")
        recommending.write_recommendation(session, held[0].key, "progress", "improved")
        findings = findings_of(session)
        write_report(tmp_path / "r.pdf", findings, case_lines(session, findings))
        words = " ".join(pages_of(tmp_path / "r.pdf"))
    finally:
        session.close()
    assert "Recommendation 1 Being progressed" in words
    assert "due 16 May 2018 · overdue by 127 days · status of 16 May 2018 · Progress: improved" in words
    assert "Summary of findings: The rota holds." in words
    assert "Detailed findings: On call • 0 read • seen" in words
    assert "Overdue: recommendations 1," in words
    assert check(path).problems == ()


def test_another_force_is_refused_unless_it_is_meant(earlier: Path) -> None:
    other = about(force="Southshire Police")
    with pytest.raises(RefusedError, match="is an inspection of Northshire Police, not of Southshire Police"):
        earlier_from(earlier, other)
    meant = earlier_from(earlier, other, other_force=True)
    assert meant.remarks == ("The earlier inspection is of Northshire Police, this one of Southshire Police.",)
    assert earlier_from(earlier, about(force="Northshire")).remarks == ()


def test_another_methodology_is_remarked_on(earlier: Path) -> None:
    (remark,) = what_comes_along(earlier, about(methodology="ncpi-2024")).remarks
    assert remark == "The earlier inspection used another methodology (ncpi-2018, now ncpi-2024): compare with care."


def test_a_report_that_was_not_published_yet_is_remarked_on(sample_path: Path) -> None:
    (remark,) = what_comes_along(sample_path, about()).remarks
    assert "does not say when its report was published" in remark


def test_the_same_audit_and_a_circle_are_refused(earlier: Path, tmp_path: Path, opener: Opener) -> None:
    copy = Path(shutil.copy(earlier, tmp_path / "copy.ncpi"))
    session = opener(earlier, LEAD)
    with pytest.raises(RefusedError, match="is this same audit, or a copy of it"):
        bring_recommendations(session, copy)
    later = tmp_path / "later.ncpi"
    create_audit(later, about(), person=LEAD, previous=earlier_from(copy, about()).results)
    with pytest.raises(RefusedError, match="itself follows this inspection: each would be the other’s previous one"):
        bring_recommendations(session, later)


def test_an_inspection_that_began_after_this_one_is_not_its_earlier_one(earlier: Path) -> None:
    """So no chain of audits, however long, closes to a circle."""
    with pytest.raises(RefusedError, match=r"began on 14/05/2018, after this one, which began on 13/05/2018"):
        earlier_from(earlier, about(fieldwork_start=date(2018, 5, 13)))
    assert earlier_from(earlier, about(fieldwork_start=date(2018, 5, 14))).recommendations


def test_recommendations_are_brought_into_an_audit_that_is_there(earlier: Path, fresh_audit: AuditSession) -> None:
    bring_recommendations(fresh_audit, earlier)
    assert len(recommending.all_recommendations(fresh_audit)) == 7
    with pytest.raises(RefusedError, match="has previous recommendations 1, 2, 3, 4, 5, 6, 7 already"):
        bring_recommendations(fresh_audit, earlier)


def test_a_protected_earlier_audit_comes_along_with_its_key(protected_path: Path) -> None:
    with pytest.raises(FileProtectedError):
        what_comes_along(protected_path, about())
    found = earlier_from(protected_path, about(), key=unlock(protected_path, PASSPHRASE))
    assert len(found.recommendations) == 8


def test_where_it_made_none_of_its_own_numbers_stay() -> None:
    def make(number: int, origin: Origin, status: Status = Status.AWAITING_REVIEW) -> Recommendation:
        key = RecommendationKey(number + 100 * (origin is Origin.THIS))
        line = LogLine(LATER, status, "So.", 3)
        return Recommendation(number, origin, "Do it.", "", "", Deadline.IMMEDIATELY, status, log=(line,), key=key)

    open_one, done = make(4, Origin.PREVIOUS), make(2, Origin.PREVIOUS, Status.COMPLETE)
    assert [one.number for one in carried_over([done, open_one])] == [4]
    assert [one.number for one in carried_over([done, open_one, make(1, Origin.THIS)])] == [1, 2]


def test_a_table_of_results_brings_no_recommendations(tmp_path: Path) -> None:
    table = tmp_path / "p.csv"
    table.write_text("good,requires improvement,inadequate\n22,33,21\n")
    found = earlier_from(table, about())
    assert (found.results and found.results.good, found.recommendations) == (22, ())
    assert found.words == "No recommendation comes along from it."


HEAD = "number,text,particulars,finding,deadline,status,published,comment\n"


def test_recommendations_typed_into_a_table_come_in(tmp_path: Path, fresh_audit: AuditSession) -> None:
    table = tmp_path / "r.csv"
    table.write_text(
        HEAD
        + "2,See them.,Each.,Not seen.,Within 3 months,Being progressed,31/08/2017,Begun.\n"
        + "1,=cmd|' /C calc'!A0,,,immediately,,2017-08-31,\n"
    )
    bring_recommendations(fresh_audit, table)
    first, second = recommending.all_recommendations(fresh_audit)
    assert (first.number, first.text, first.status, first.log) == (1, "=cmd|' /C calc'!A0", Status.AWAITING_REVIEW, ())
    assert (second.due_on, second.status) == (date(2017, 11, 30), Status.BEING_PROGRESSED)
    assert [(line.at.date(), line.comment) for line in second.log] == [(date(2017, 8, 31), "Begun.")]
    record_previous(fresh_audit, PreviousResults("", "2017", percent_good=30))


def test_a_workbook_of_recommendations_comes_in(tmp_path: Path, fresh_audit: AuditSession) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Number", "Text", "Deadline", "Published"])
    sheet.append([3, "See them.", "six-months", date(2017, 8, 31)])
    book.save(tmp_path / "r.xlsx")
    bring_recommendations(fresh_audit, tmp_path / "r.xlsx")
    (held,) = recommending.all_recommendations(fresh_audit)
    assert (held.number, held.due_on) == (3, date(2018, 2, 28))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,See them.,,,,,,\n", "row 2: A recommendation needs its deadline"),
        ("1,See them.,,,soon,,,\n", "row 2: “soon” is not a deadline"),
        ("1,See them.,,,immediately,done,,\n", "row 2: “done” is not a status"),
        ("1,,,,immediately,,,\n", "row 2: The text is missing"),
        ("x,See them.,,,immediately,,,\n", "“number” is not a whole number from 1 to 9999"),
        ("0,See them.,,,immediately,,,\n", "“number” is not a whole number"),
        ("1,A.,,,immediately,,,\n1,B.,,,immediately,,,\n", "row 3: The number 1 stands twice"),
        ("1,See them.,,,immediately,,May,\n", "“published” is not a day"),
        ("1,See them.,,,immediately,,2100-01-01,\n", "in the future"),
        (f"1,{'x' * 20_001},,,immediately,,,\n", "row 2: These words have 20,001 characters"),
        ("", "lists no recommendation"),
    ],
)
def test_a_faulty_table_is_refused_by_row_and_nothing_is_kept(
    tmp_path: Path, fresh_audit: AuditSession, rows: str, said: str
) -> None:
    table = tmp_path / "r.csv"
    table.write_text(HEAD + rows)
    with pytest.raises(RefusedError, match=said):
        bring_recommendations(fresh_audit, table)
    assert recommending.all_recommendations(fresh_audit) == ()


def test_a_table_without_deadlines_is_refused(tmp_path: Path, fresh_audit: AuditSession) -> None:
    table = tmp_path / "r.csv"
    table.write_text("number,text\n1,See them.\n")
    with pytest.raises(RefusedError, match="has no column “deadline”"):
        bring_recommendations(fresh_audit, table)
