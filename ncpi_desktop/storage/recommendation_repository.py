"""Keeps recommendations, their links to cases and findings, and the log of their status."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import (
    LinkedCase,
    LinkedFinding,
    Origin,
    Recommendation,
    RecommendationKey,
    TextField,
)
from ncpi_desktop.domain.casework.recommendation_log import LogLine, Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_stored, to_text

_SELECT: Final = (
    "SELECT id, identity, number, origin, text, particulars, finding, deadline, status, progress,"
    " coalesce(published_on, CASE origin WHEN 'this' THEN (SELECT published_on FROM inspection) END), summary, detail, follows"
    " FROM recommendations"
)
_LOG: Final = (
    "SELECT l.recommendation_id, l.at, l.status, l.comment, l.person_id, l.authorised_by, coalesce(p.name, ''), coalesce(q.name, ''),"
    " l.identity FROM recommendation_log l LEFT JOIN people p ON p.id = l.person_id LEFT JOIN people q ON q.id = l.authorised_by"
)
_CASES: Final = (
    "SELECT o.recommendation_id, c.id, c.identity, c.reference, coalesce(w.state = ?, 0) FROM recommendation_cases o"
    " JOIN cases c ON c.id = o.case_id LEFT JOIN worklist w ON w.case_id = c.id"
)
_FINDINGS: Final = "SELECT o.recommendation_id, f.id, f.identity, f.title FROM recommendation_findings o JOIN findings f ON f.id = o.finding_id"
_AHEAD: Final = 1_000_000
"""Numbers are unique: while they change places they are moved so far ahead."""


def add_recommendation(change: ChangeInProgress, recommendation: Recommendation) -> RecommendationKey:
    """Keep a recommendation with its log and the cases linked to it; return its key."""
    identity = fresh_identity()
    # The day of an own recommendation is the inspection's, and stands there.
    published = recommendation.published_on if recommendation.origin is Origin.PREVIOUS else None
    row = change.connection.execute(
        "INSERT INTO recommendations (identity, number, origin, text, particulars, finding, deadline, status, progress, published_on, summary,"
        " detail, follows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(identity, recommendation.number, recommendation.origin.value, recommendation.text),
            *(recommendation.particulars, recommendation.finding, recommendation.deadline.value),
            *(recommendation.status.value, recommendation.progress, published.isoformat() if published else None),
            *(recommendation.summary, recommendation.detail, recommendation.follows),
        ),
    ).lastrowid
    key = RecommendationKey(int(row or 0))
    change.connection.executemany(
        "INSERT INTO recommendation_cases (recommendation_id, case_id) VALUES (?, ?)",
        [(key, case.key) for case in recommendation.cases],
    )
    change.add_standing("recommendations", identity)
    for line in recommendation.log:
        _add_line(change, key, line)
    return key


def add_log_line(change: ChangeInProgress, recommendation: Recommendation, line: LogLine, status: Status) -> None:
    """Keep a line of the log, and the status in which it leaves the recommendation."""
    _add_line(change, recommendation.key, line)
    change.connection.execute("UPDATE recommendations SET status = ? WHERE id = ?", (status.value, recommendation.key))
    change.set("recommendations", recommendation.identity, "status", recommendation.status.value, status.value)


def _add_line(change: ChangeInProgress, key: RecommendationKey, line: LogLine) -> None:
    identity = fresh_identity()
    change.connection.execute(
        "INSERT INTO recommendation_log (identity, recommendation_id, at, status, comment, person_id, authorised_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (identity, key, to_text(line.at), line.status.value, line.comment, line.person, line.authorised_by),
    )
    change.add_standing("recommendation_log", identity)


def set_text(change: ChangeInProgress, recommendation: Recommendation, field: TextField, text: str) -> None:
    """Keep one text of a recommendation; the history keeps what differs."""
    change.connection.execute(f'UPDATE recommendations SET "{field}" = ? WHERE id = ?', (text, recommendation.key))
    change.splice("recommendations", recommendation.identity, field, getattr(recommendation, field), text)


def set_deadline(change: ChangeInProgress, recommendation: Recommendation, deadline: Deadline) -> None:
    """Keep by when it is to be done."""
    _set(change, recommendation, "deadline", recommendation.deadline.value, deadline.value)


def set_follows(change: ChangeInProgress, recommendation: Recommendation, earlier: Recommendation | None) -> None:
    """Keep which earlier recommendation it takes up again; None: none."""
    was = change.connection.execute(
        "SELECT identity FROM recommendations WHERE id = ?", (recommendation.follows,)
    ).fetchone()
    change.connection.execute(
        "UPDATE recommendations SET follows = ? WHERE id = ?", (earlier.key if earlier else None, recommendation.key)
    )
    now = earlier.identity if earlier else None
    change.set("recommendations", recommendation.identity, "follows", was[0] if was else None, now)


def set_published(change: ChangeInProgress, recommendation: Recommendation, day: date | None) -> None:
    """Keep when the report that made an earlier recommendation was published."""
    before = recommendation.published_on.isoformat() if recommendation.published_on else None
    _set(change, recommendation, "published_on", before, day.isoformat() if day else None)


def _set(change: ChangeInProgress, held: Recommendation, field: str, old: str | None, new: str | None) -> None:
    change.connection.execute(f'UPDATE recommendations SET "{field}" = ? WHERE id = ?', (new, held.key))
    change.set("recommendations", held.identity, field, old, new)


def set_numbers(change: ChangeInProgress, in_order: Iterable[Recommendation]) -> None:
    """Number recommendations of one origin from 1 in this order."""
    moved = [(held, number) for number, held in enumerate(in_order, start=1) if held.number != number]
    for held, _number in moved:
        change.connection.execute("UPDATE recommendations SET number = number + ? WHERE id = ?", (_AHEAD, held.key))
    for held, number in moved:
        change.connection.execute("UPDATE recommendations SET number = ? WHERE id = ?", (number, held.key))
        change.set("recommendations", held.identity, "number", held.number, number)


def set_cases(change: ChangeInProgress, recommendation: Recommendation, cases: Iterable[CaseKey]) -> None:
    """Link exactly these cases."""
    run, before = change.connection, [case.identity for case in recommendation.cases]
    run.execute("DELETE FROM recommendation_cases WHERE recommendation_id = ?", (recommendation.key,))
    run.executemany(
        "INSERT INTO recommendation_cases (recommendation_id, case_id) VALUES (?, ?)",
        [(recommendation.key, case) for case in dict.fromkeys(cases)],
    )
    after = [case.identity for case in _links(run, recommendation.key)[0]]
    change.set("recommendations", recommendation.identity, "cases", _as_list(before), _as_list(after))


def set_findings(change: ChangeInProgress, recommendation: Recommendation, findings: Iterable[int]) -> None:
    """Link exactly these findings."""
    run, before = change.connection, [finding.identity for finding in recommendation.findings]
    run.execute("DELETE FROM recommendation_findings WHERE recommendation_id = ?", (recommendation.key,))
    run.executemany(
        "INSERT INTO recommendation_findings (recommendation_id, finding_id) VALUES (?, ?)",
        [(recommendation.key, finding) for finding in dict.fromkeys(findings)],
    )
    after = [finding.identity for finding in _links(run, recommendation.key)[1]]
    change.set("recommendations", recommendation.identity, "findings", _as_list(before), _as_list(after))


def remove_recommendation(change: ChangeInProgress, recommendation: Recommendation) -> None:
    """Take a recommendation away, with its log and its links."""
    run = change.connection
    for line in recommendation.log:
        change.remove_standing("recommendation_log", line.identity)
    change.remove_standing("recommendations", recommendation.identity)
    for table in ("recommendation_log", "recommendation_cases", "recommendation_findings"):
        run.execute(f"DELETE FROM {table} WHERE recommendation_id = ?", (recommendation.key,))
    run.execute("DELETE FROM recommendations WHERE id = ?", (recommendation.key,))


def read_recommendations(connection: Connection) -> tuple[Recommendation, ...]:
    """Return every recommendation, those of earlier inspections first, each by number, with log and links."""
    logs: dict[int, list[LogLine]] = {}
    for row in connection.execute(f"{_LOG} ORDER BY l.at, l.id"):
        logs.setdefault(row[0], []).append(_line(row))
    cases: dict[int, list[LinkedCase]] = {}
    for key, *case in connection.execute(f"{_CASES} ORDER BY c.reference", (CaseState.SUBMITTED.value,)):
        cases.setdefault(key, []).append(_case(case))
    findings: dict[int, list[LinkedFinding]] = {}
    for key, *finding in connection.execute(f"{_FINDINGS} ORDER BY f.position, f.id"):
        findings.setdefault(key, []).append(LinkedFinding(*finding))
    return tuple(
        replace(
            _recommendation(row),
            log=tuple(logs.get(row[0], ())),
            cases=tuple(cases.get(row[0], ())),
            findings=tuple(findings.get(row[0], ())),
        )
        for row in connection.execute(f"{_SELECT} ORDER BY origin, number").fetchall()
    )


def read_recommendation(connection: Connection, key: RecommendationKey) -> Recommendation | None:
    """Return one recommendation; None where it is not there."""
    row = connection.execute(f"{_SELECT} WHERE id = ?", (key,)).fetchone()
    if row is None:
        return None
    log = connection.execute(f"{_LOG} WHERE l.recommendation_id = ? ORDER BY l.at, l.id", (key,))
    cases, findings = _links(connection, key)
    return replace(_recommendation(row), log=tuple(_line(line) for line in log), cases=cases, findings=findings)


def _links(connection: Connection, key: RecommendationKey) -> tuple[tuple[LinkedCase, ...], tuple[LinkedFinding, ...]]:
    cases = connection.execute(
        f"{_CASES} WHERE o.recommendation_id = ? ORDER BY c.reference", (CaseState.SUBMITTED.value, key)
    )
    linked = tuple(_case(row[1:]) for row in cases)
    findings = connection.execute(f"{_FINDINGS} WHERE o.recommendation_id = ? ORDER BY f.position, f.id", (key,))
    return linked, tuple(LinkedFinding(*row[1:]) for row in findings)


def _case(row: Iterable[Any]) -> LinkedCase:
    key, identity, reference, is_final = row
    return LinkedCase(CaseKey(key), identity, reference, bool(is_final))


def _line(row: tuple[Any, ...]) -> LogLine:
    at: datetime = from_stored(row[1])
    return LogLine(at, Status(row[2]), *row[3:9])


def _recommendation(row: tuple[Any, ...]) -> Recommendation:
    return Recommendation(
        key=RecommendationKey(row[0]),
        identity=row[1],
        number=row[2],
        origin=Origin(row[3]),
        text=row[4],
        particulars=row[5],
        finding=row[6],
        deadline=Deadline(row[7]),
        status=Status(row[8]),
        progress=row[9],
        published_on=date.fromisoformat(row[10]) if row[10] else None,
        summary=row[11],
        detail=row[12],
        follows=None if row[13] is None else RecommendationKey(row[13]),
    )


def _as_list(identities: Iterable[str]) -> str:
    return json.dumps(sorted(identities), ensure_ascii=False)
