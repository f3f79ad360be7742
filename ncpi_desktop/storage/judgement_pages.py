"""Reads judgements page by page, by the identity of their cases: to lay two copies of an audit side by side."""

from __future__ import annotations

from ncpi_desktop.domain.grading.difference import Judgement, Passage
from ncpi_desktop.domain.grading.review import ReviewState
from ncpi_desktop.storage.engine import Connection

_OF_PAGE = (
    " FROM cases c JOIN reviews r ON r.case_id = c.id AND r.purpose = 'first' AND r.state <> 'superseded'{joined}"
    " WHERE c.identity > ? AND c.identity <= ? ORDER BY {order}"
)
_REVIEWS = "SELECT c.identity, r.state, r.grade, r.rationale, r.notes, r.not_sure, r.parked_because" + _OF_PAGE.format(
    joined="", order="r.id"
)
_STAGES = "SELECT c.identity, s.stage, s.grade" + _OF_PAGE.format(
    joined=" JOIN stage_grades s ON s.review_id = r.id", order="r.id, s.stage"
)
_REASONS = 'SELECT c.identity, g.reason, e.identity, t.start, t."end", t.passage' + _OF_PAGE.format(
    joined=" JOIN given_reasons g ON g.review_id = r.id LEFT JOIN citations t ON t.given_reason_id = g.id"
    " LEFT JOIN entries e ON e.id = t.entry_id",
    order="r.id, g.id, t.id",
)


def count_cases(connection: Connection) -> int:
    """Return how many cases there are."""
    count: int = connection.execute("SELECT count(*) FROM cases").fetchone()[0]
    return count


def cases_after(connection: Connection, identity: str, count: int) -> list[tuple[str, str]]:
    """Return up to `count` cases behind that identity, as identity and reference, in the order of identities."""
    rows = connection.execute(
        "SELECT identity, reference FROM cases WHERE identity > ? ORDER BY identity LIMIT ?", (identity, count)
    )
    return [(str(row[0]), str(row[1])) for row in rows]


def judgements_between(connection: Connection, after: str, upto: str) -> dict[str, Judgement]:
    """Return the first reviews of the cases with identities behind `after` up to `upto`; a case not begun is left out."""
    stages: dict[str, dict[str, str]] = {}
    for case, stage, grade in connection.execute(_STAGES, (after, upto)):
        stages.setdefault(case, {})[stage] = grade
    reasons: dict[str, dict[str, tuple[Passage, ...]]] = {}
    for case, reason, entry, start, end, passage in connection.execute(_REASONS, (after, upto)):
        given = reasons.setdefault(case, {})
        cited = () if entry is None else (Passage(entry, start, end, passage),)
        given[reason] = (*given.get(reason, ()), *cited)
    return {
        case: Judgement(
            state=ReviewState(state),
            grade=grade,
            rationale=str(rationale),
            notes=str(notes),
            not_sure=bool(not_sure),
            parked_because=str(parked),
            stages=stages.get(case, {}),
            reasons=reasons.get(case, {}),
        )
        for case, state, grade, rationale, notes, not_sure, parked in connection.execute(_REVIEWS, (after, upto))
    }
