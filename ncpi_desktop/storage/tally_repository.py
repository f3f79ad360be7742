"""Keeps the counts behind every figure, moved in the same transaction as the change that moves them."""

from __future__ import annotations

from collections.abc import Mapping

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement, Measure, Tallies, TallyKey
from ncpi_desktop.storage.engine import Connection

# The judgement that counts for a case: the settled one, else the submitted first one.
_FINAL = (
    "SELECT id, case_id, grade, reviewer_id, substr(submitted_at, 1, 10) AS day FROM (SELECT *, row_number() OVER (PARTITION BY case_id"
    " ORDER BY purpose = 'settlement' DESC, id DESC) AS place FROM reviews WHERE state = 'submitted' AND purpose IN ('first', 'settlement'))"
    " WHERE place = 1"
)

_RECOUNTS = {
    Measure.STATE: "SELECT state, area, count(*) FROM worklist GROUP BY 1, 2",
    Measure.ALLOCATED: "SELECT allocated_to, state, count(*) FROM worklist WHERE allocated_to IS NOT NULL GROUP BY 1, 2",
    Measure.MARK: "SELECT 'not-sure', '', count(*) FROM worklist WHERE not_sure = 1 HAVING count(*) > 0",
    Measure.GRADE: f"SELECT c.area, f.grade, count(*) FROM ({_FINAL}) f JOIN cases c ON c.id = f.case_id GROUP BY 1, 2",
    Measure.STAGE: f"SELECT s.stage, s.grade, count(*) FROM ({_FINAL}) f JOIN stage_grades s ON s.review_id = f.id GROUP BY 1, 2",
    Measure.REASON: f"SELECT g.reason, c.area, count(*) FROM ({_FINAL}) f JOIN given_reasons g ON g.review_id = f.id"
    " JOIN cases c ON c.id = f.case_id GROUP BY 1, 2",
    Measure.OWN: f"SELECT o.grade, f.grade, count(*) FROM ({_FINAL}) f JOIN own_grades o ON o.case_id = f.case_id GROUP BY 1, 2",
    Measure.PACE: f"SELECT f.reviewer_id, f.day, count(*) FROM ({_FINAL}) f WHERE f.reviewer_id IS NOT NULL GROUP BY 1, 2",
}


def read_tallies(connection: Connection) -> Tallies:
    """Return every count: some hundreds at most, however many cases there are."""
    rows = connection.execute("SELECT measure, one, other, cases FROM tallies WHERE cases <> 0")
    return {TallyKey(measure, one, other): cases for measure, one, other, cases in rows}


def kept_rows(connection: Connection) -> dict[TallyKey, int]:
    """Return every kept row, also one that counts nothing, which should not be there: for the check."""
    rows = connection.execute("SELECT measure, one, other, cases FROM tallies")
    return {TallyKey(measure, one, other): cases for measure, one, other, cases in rows}


def read_measure(connection: Connection, measure: Measure) -> dict[tuple[str, str], int]:
    """Return the counts of one measure."""
    rows = connection.execute(
        "SELECT one, other, cases FROM tallies WHERE measure = ? AND cases <> 0", (measure.value,)
    )
    return {(one, other): cases for one, other, cases in rows}


def move_tallies(connection: Connection, difference: Mapping[TallyKey, int]) -> None:
    """Move the counts by `difference`, inside the change that moves them; one that comes to nothing is not kept."""
    connection.executemany(
        "INSERT INTO tallies (measure, one, other, cases) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (measure, one, other) DO UPDATE SET cases = cases + excluded.cases",
        [(key.measure, key.one, key.other, by) for key, by in difference.items()],
    )
    connection.executemany(
        "DELETE FROM tallies WHERE measure = ? AND one = ? AND other = ? AND cases = 0",
        [(key.measure, key.one, key.other) for key, by in difference.items() if by < 0],
    )


def recount(connection: Connection) -> Tallies:
    """Count everything anew from cases and reviews, without writing; linear in the file."""
    return {
        TallyKey(measure.value, str(one), other): cases
        for measure, sql in _RECOUNTS.items()
        for one, other, cases in connection.execute(sql)
    }


def rebuild_tallies(connection: Connection) -> None:
    """Replace the kept counts by a full recount. For after an import."""
    counted = recount(connection)
    connection.execute("DELETE FROM tallies")
    move_tallies(connection, counted)


def outcome_of(connection: Connection, case: CaseKey) -> CaseOutcome:
    """Return one case as the counts see it now."""
    area, state, not_sure, allocated = connection.execute(
        "SELECT area, state, not_sure, allocated_to FROM worklist WHERE case_id = ?", (case,)
    ).fetchone()
    own = connection.execute("SELECT grade FROM own_grades WHERE case_id = ?", (case,)).fetchone()
    return CaseOutcome(area, state, bool(not_sure), allocated, own[0] if own else None, _final_of(connection, case))


def _final_of(connection: Connection, case: CaseKey) -> FinalJudgement | None:
    row = connection.execute(
        "SELECT id, grade, reviewer_id, substr(submitted_at, 1, 10) FROM reviews WHERE case_id = ? AND purpose IN ('settlement', 'first')"
        " AND state = 'submitted' ORDER BY purpose = 'settlement' DESC, id DESC LIMIT 1",
        (case,),
    ).fetchone()
    if row is None:
        return None
    review, grade, reviewer, day = row
    stages = connection.execute("SELECT stage, grade FROM stage_grades WHERE review_id = ?", (review,)).fetchall()
    reasons = connection.execute("SELECT reason FROM given_reasons WHERE review_id = ?", (review,)).fetchall()
    return FinalJudgement(grade, tuple(stages), tuple(reason for (reason,) in reasons), reviewer, day)
