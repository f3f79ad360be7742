"""Keeps the counts behind every figure, moved in the same transaction as the change that moves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import (
    BETWEEN,
    CaseOutcome,
    FinalJudgement,
    Measure,
    Tallies,
    TallyKey,
    pair_contributions,
)
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.second_reading_repository import pairs_read_twice, second_outcome
from ncpi_desktop.storage.strategy_repository import count_strategy

# The judgement that counts for a case: the settled one, else the submitted first one.
_FINAL = (
    "SELECT id, case_id, grade FROM (SELECT *, row_number() OVER (PARTITION BY case_id"
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
    Measure.OWN_AREA: f"SELECT c.area, o.grade || '{BETWEEN}' || f.grade, count(*) FROM ({_FINAL}) f JOIN own_grades o ON"
    " o.case_id = f.case_id JOIN cases c ON c.id = f.case_id GROUP BY 1, 2",
    Measure.OWN_STAGE: f"SELECT o.stage, o.grade || '{BETWEEN}' || s.grade, count(*) FROM ({_FINAL}) f JOIN own_stage_grades o ON"
    " o.case_id = f.case_id JOIN stage_grades s ON s.review_id = f.id AND s.stage = o.stage GROUP BY 1, 2",
    Measure.PACE: "SELECT r.reviewer_id, substr(r.submitted_at, 1, 10), count(*) FROM reviews r WHERE r.purpose = 'first' AND"
    " r.state = 'submitted' AND r.reviewer_id IS NOT NULL GROUP BY 1, 2",
    Measure.SECOND: "SELECT s.state, w.area, count(*) FROM second_readings s JOIN worklist w ON w.case_id = s.case_id WHERE s.sampled = 1"
    " GROUP BY 1, 2",
    Measure.SETTLED: "SELECT a.grade, t.grade, count(*) FROM reviews t JOIN reviews a ON a.case_id = t.case_id AND a.purpose = 'first' AND"
    " a.state = 'submitted' WHERE t.purpose = 'settlement' AND t.state = 'submitted' GROUP BY 1, 2",
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
    counted = Counter(
        {
            TallyKey(measure.value, str(one), other): cases
            for measure, sql in _RECOUNTS.items()
            for one, other, cases in connection.execute(sql)
        }
    )
    for area, pair in pairs_read_twice(connection):
        counted.update(pair_contributions(area, pair))
    counted.update(count_strategy(connection))  # of records, which no change moves: `moved` never does
    return dict(counted)


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
    own_stages = connection.execute("SELECT stage, grade FROM own_stage_grades WHERE case_id = ?", (case,)).fetchall()
    return CaseOutcome(
        *(area, state, bool(not_sure), allocated, own[0] if own else None),
        final=_final_of(connection, case),
        second=second_outcome(connection, case),
        own_stages=tuple(own_stages),
    )


def _final_of(connection: Connection, case: CaseKey) -> FinalJudgement | None:
    rows = connection.execute(
        "SELECT id, purpose, grade, reviewer_id, substr(submitted_at, 1, 10) FROM reviews WHERE case_id = ? AND state = 'submitted'"
        " AND purpose IN ('settlement', 'first') ORDER BY purpose = 'settlement' DESC, id DESC",
        (case,),
    ).fetchall()
    if not rows:
        return None
    review, _purpose, grade, _reviewer, _day = rows[0]
    first = next((row for row in rows if row[1] == "first"), None)
    stages = connection.execute("SELECT stage, grade FROM stage_grades WHERE review_id = ?", (review,)).fetchall()
    reasons = connection.execute("SELECT reason FROM given_reasons WHERE review_id = ?", (review,)).fetchall()
    return FinalJudgement(
        *(grade, tuple(stages), tuple(reason for (reason,) in reasons)),
        reviewer=first[3] if first else None,
        day=first[4] if first else "",
        submitted_grade=first[2] if first and first is not rows[0] else None,
    )
