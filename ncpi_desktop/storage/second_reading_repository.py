"""Keeps the list of second readings, derived from reviews, samples and allocations, and reads the pairs that agreement is reckoned from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import BETWEEN, Reading, ReadTwice, SecondOutcome
from ncpi_desktop.domain.grading.review import ReviewState
from ncpi_desktop.domain.moderation.second_reading import SecondFacts, SecondLine, SecondState, second_state
from ncpi_desktop.storage.engine import Connection

# What two readings judge alike or not: grade, stages, reasons. Texts, marks and citations are no difference.
_JUDGED = (
    "json_array({0}.grade, (SELECT json_group_array(json_array(o.stage, o.grade) ORDER BY o.stage) FROM stage_grades o WHERE o.review_id"
    " = {0}.id), (SELECT json_group_array(g.reason ORDER BY g.reason) FROM given_reasons g WHERE g.review_id = {0}.id))"
)
_STANDING = "LEFT JOIN reviews {0} ON {0}.case_id = k.case_id AND {0}.purpose = '{1}' AND {0}.state <> 'superseded'"
# The second reading as it was first handed in, and the first reading that stood, or was being worked on, when the second was begun; where
# there was none, the first after it. Rows are numbered as they are begun, which no wrong clock can turn round.
_SECOND_ORIGINAL = (
    "(SELECT min(r.id) FROM reviews r WHERE r.case_id = {0} AND r.purpose = 'second' AND r.submitted_at IS NOT NULL)"
)
_FIRST_ORIGINAL = (
    "(SELECT r.id FROM reviews r WHERE r.case_id = {0} AND r.purpose = 'first' AND r.submitted_at IS NOT NULL ORDER BY r.id > {1},"
    " CASE WHEN r.id < {1} THEN -r.id ELSE r.id END LIMIT 1)"
)
_READ_AGAIN = (
    "(SELECT case_id FROM sample_cases c JOIN samples s ON s.id = c.sample_id WHERE s.purpose = 'quality'{0}"
    " UNION SELECT case_id FROM allocations WHERE purpose = 'second'{0} UNION SELECT case_id FROM reviews WHERE purpose = 'second'{0})"
)
_FACTS = (
    "SELECT k.case_id, w.position, EXISTS (SELECT 1 FROM sample_cases c JOIN samples s ON s.id = c.sample_id WHERE c.case_id = k.case_id AND"
    " s.purpose = 'quality'), coalesce((SELECT person_id FROM allocations l WHERE l.case_id = k.case_id AND l.purpose = 'second'),"
    f" b.reviewer_id), a.state, b.state, t.state, t.parked_because <> '', {_JUDGED.format('a')} = {_JUDGED.format('b')},"
    " abs((SELECT position FROM grades WHERE code = a.grade) - (SELECT position FROM grades WHERE code = b.grade)),"
    f" o.id IS NOT NULL AND a.state = 'submitted' AND a.id <> {_FIRST_ORIGINAL.format('k.case_id', 'o.id')},"
    f" (SELECT grade FROM reviews WHERE o.id IS NOT NULL AND id = {_FIRST_ORIGINAL.format('k.case_id', 'o.id')}) || '{BETWEEN}' || o.grade"
    " FROM {0} k CROSS JOIN worklist w ON w.case_id = k.case_id "
    + " ".join(
        _STANDING.format(name, purpose) for name, purpose in (("a", "first"), ("b", "second"), ("t", "settlement"))
    )
    + f" LEFT JOIN reviews o ON o.id = {_SECOND_ORIGINAL.format('k.case_id')}"
)
_PAIRS = (
    f"SELECT k.area, {_JUDGED.format('a')}, a.reviewer_id, {_JUDGED.format('b')}, b.reviewer_id, (SELECT group_concat(what) FROM sightings g"
    " WHERE g.case_id = k.case_id AND g.person_id = b.reviewer_id)"
    f" FROM {{0}} CROSS JOIN reviews b ON b.id = {_SECOND_ORIGINAL.format('k.case_id')}"
    f" CROSS JOIN reviews a ON a.id = {_FIRST_ORIGINAL.format('k.case_id', 'b.id')}"
)
_ONE_CASE = "(SELECT id AS case_id, area FROM cases WHERE id = ?1) k"
_CASES_READ_AGAIN = (
    "(SELECT DISTINCT case_id FROM reviews WHERE purpose = 'second') d CROSS JOIN (SELECT id AS case_id, area FROM cases) k"
    " ON k.case_id = d.case_id"
)
_LINES = (
    "SELECT s.case_id, s.position, s.state, s.reader, s.apart, s.sampled, s.edited, w.reference, w.area FROM second_readings s"
    " CROSS JOIN worklist w ON w.case_id = s.case_id"
)


def rebuild_second_readings(connection: Connection) -> None:
    """Lay the whole list anew, once the queue stands: after an import, a drawn sample, a rescue."""
    connection.execute("DELETE FROM second_readings")
    _put(connection, connection.execute(_FACTS.format(_READ_AGAIN.format(""))).fetchall())


def refresh_second_reading(connection: Connection, case: CaseKey) -> None:
    """Bring the line of one case up to date, or take it away where the case is not read again any more."""
    connection.execute("DELETE FROM second_readings WHERE case_id = ?", (case,))
    one = _READ_AGAIN.format(" AND case_id = ?1")
    _put(connection, connection.execute(_FACTS.format(one), (case,)).fetchall())


def refresh_second_lines(connection: Connection, cases: Sequence[CaseKey]) -> None:
    """Bring the lines of many cases up to date, all of which are read again; time follows their number."""
    listed = json.dumps(list(cases))
    connection.execute("DELETE FROM second_readings WHERE case_id IN (SELECT value FROM json_each(?))", (listed,))
    many = "(SELECT value AS case_id FROM json_each(?1))"
    _put(connection, connection.execute(_FACTS.format(many), (listed,)).fetchall())


def expected_lines(connection: Connection) -> Iterator[tuple[int, ...]]:
    """Yield every row that the list should hold, as it should stand there: for the check."""
    for row in connection.execute(_FACTS.format(_READ_AGAIN.format(""))):
        yield _row(row)


def second_line(connection: Connection, case: CaseKey) -> SecondLine | None:
    """Return how far the second reading of a case has come; None where it is not read again."""
    row = connection.execute(f"{_LINES} WHERE s.case_id = ?", (case,)).fetchone()
    return _line(row) if row else None


def second_lines(
    connection: Connection, state: SecondState, after: int = 0, count: int = 200, reader: int | None = None
) -> list[SecondLine]:
    """Return up to `count` lines in `state` behind queue position `after`, in queue order; of one reader where one is given."""
    mine = " AND s.reader = ?" if reader is not None else ""
    named = (reader,) if reader is not None else ()
    rows = connection.execute(
        f"{_LINES} WHERE s.state = ? AND s.position > ?{mine} ORDER BY s.position LIMIT ?",
        (state.value, after, *named, count),
    )
    return [_line(row) for row in rows]


def cases_of_cell(
    connection: Connection, first: str, second: str, after: int = 0, count: int = 200
) -> list[SecondLine]:
    """Return up to `count` cases behind queue position `after`, in queue order, whose original grades were these two (codes)."""
    rows = connection.execute(
        f"{_LINES} WHERE s.originals = ? AND s.position > ? ORDER BY s.position LIMIT ?",
        (f"{first}{BETWEEN}{second}", after, count),
    )
    return [_line(row) for row in rows]


def cases_whose_stages_differ(connection: Connection, cases: Sequence[CaseKey]) -> frozenset[CaseKey]:
    """Return those of `cases` in which the two readings that stand now judge some stage otherwise."""
    stages = "(SELECT json_group_array(json_array(o.stage, o.grade) ORDER BY o.stage) FROM stage_grades o WHERE o.review_id = {0}.id)"
    rows = connection.execute(
        "SELECT k.case_id FROM (SELECT value AS case_id FROM json_each(?)) k "
        + " ".join(_STANDING.format(name, purpose) for name, purpose in (("a", "first"), ("b", "second")))
        + f" WHERE {stages.format('a')} <> {stages.format('b')}",
        (json.dumps(list(cases)),),
    )
    return frozenset(CaseKey(case) for (case,) in rows)


def second_outcome(connection: Connection, case: CaseKey) -> SecondOutcome | None:
    """Return the second reading of a case as the counts see it, from its line and its reviews; None where it is not read again."""
    row = connection.execute("SELECT state, sampled FROM second_readings WHERE case_id = ?", (case,)).fetchone()
    if row is None:
        return None
    pair = connection.execute(_PAIRS.format(_ONE_CASE), (case,)).fetchone()
    return SecondOutcome(row[0], bool(row[1]), _pair(pair) if pair else None)


def pairs_read_twice(connection: Connection) -> Iterator[tuple[str, ReadTwice]]:
    """Yield every case read twice, as its area and the two original readings: for a recount."""
    for row in connection.execute(_PAIRS.format(_CASES_READ_AGAIN)):
        yield str(row[0]), _pair(row)


def _put(connection: Connection, facts: list[tuple[Any, ...]]) -> None:
    connection.executemany(
        "INSERT INTO second_readings (case_id, position, state, reader, apart, sampled, edited, originals) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(row) for row in facts],
    )


def _row(facts: tuple[Any, ...]) -> tuple[Any, ...]:
    case, position, sampled, reader, first, second, settlement, passed_on, alike, apart, edited, originals = facts
    state = second_state(SecondFacts(_state(first), _state(second), _state(settlement), bool(passed_on), bool(alike)))
    return (
        case,
        position,
        state.value,
        reader,
        (apart or 0) if state.is_read_twice else 0,
        sampled,
        int(edited or 0),
        originals,
    )


def _state(code: str | None) -> ReviewState | None:
    return ReviewState(code) if code is not None else None


def _line(row: tuple[Any, ...]) -> SecondLine:
    case, position, state, reader, apart, sampled, edited, reference, area = row
    return SecondLine(
        CaseKey(case), position, SecondState(state), reader, apart, bool(sampled), bool(edited), reference, area
    )


def _pair(row: tuple[Any, ...]) -> ReadTwice:
    _area, first, first_reader, second, second_reader, seen = row
    held = (seen or "").split(",")
    return ReadTwice(
        _reading(first, first_reader),
        _reading(second, second_reader),
        next((what for what in ("reading", "grade") if what in held), "nothing"),
    )


def _reading(judged: str, reader: int | None) -> Reading:
    grade, stages, reasons = json.loads(judged)
    return Reading(grade, tuple((stage, found) for stage, found in stages), frozenset(reasons), reader)
