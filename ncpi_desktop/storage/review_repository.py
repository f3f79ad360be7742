"""Keeps the reviews. A submitted review is never changed: reopening leaves it behind and begins a draft beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.review import (
    Citation,
    CitationKey,
    GivenReason,
    GivenReasonKey,
    Review,
    ReviewKey,
    ReviewPurpose,
    ReviewState,
    StageJudgement,
)
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_text, to_text

_COLUMNS = (
    "id, identity, case_id, reviewer_id, purpose, state, grade, rationale, notes, not_sure, parked_because, started_at, submitted_at,"
    " supersedes, reopened_because"
)
_CURRENT = f"SELECT {_COLUMNS} FROM reviews WHERE case_id = ? AND purpose = ? AND state <> 'superseded'{{}} ORDER BY id DESC LIMIT 1"


def read_review(connection: Connection, key: ReviewKey) -> Review:
    """Return one review, whatever its state."""
    return _review_from(
        connection, connection.execute(f"SELECT {_COLUMNS} FROM reviews WHERE id = ?", (key,)).fetchone()
    )


def current_review(
    connection: Connection, case: CaseKey, purpose: ReviewPurpose = ReviewPurpose.FIRST, reviewer: int | None = None
) -> Review | None:
    """Return the draft or submitted review of `case` for `purpose`, or None where it has not been begun.

    A practice case has a reading of each reader's own: there it is that of `reviewer` (a key), with None the agreed answer.
    """
    if purpose is ReviewPurpose.PRACTICE:
        row = connection.execute(_CURRENT.format(" AND reviewer_id IS ?"), (case, purpose.value, reviewer)).fetchone()
    else:
        row = connection.execute(_CURRENT.format(""), (case, purpose.value)).fetchone()
    return _review_from(connection, row) if row else None


def earlier_reviews(
    connection: Connection, case: CaseKey, purpose: ReviewPurpose = ReviewPurpose.FIRST
) -> tuple[Review, ...]:
    """Return the submissions of `case` for `purpose` that were reopened since, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM reviews WHERE case_id = ? AND purpose = ? AND state = 'superseded' ORDER BY id",
        (case, purpose.value),
    ).fetchall()
    return tuple(_review_from(connection, row) for row in rows)


def case_of_review(connection: Connection, identity: str) -> CaseKey | None:
    """Return the case that the review with that identity is of, or None."""
    row = connection.execute("SELECT case_id FROM reviews WHERE identity = ?", (identity,)).fetchone()
    return CaseKey(row[0]) if row else None


def begin_review(
    change: ChangeInProgress,
    case: CaseKey,
    reviewer: int | None,
    purpose: ReviewPurpose = ReviewPurpose.FIRST,
    at: datetime | None = None,
) -> Review:
    """Begin an empty draft; `at` (UTC) is for a review that was done elsewhere, earlier."""
    identity = fresh_identity()
    started = at or change.at
    run = change.connection
    key = run.execute(
        "INSERT INTO reviews (identity, case_id, reviewer_id, purpose, state, started_at) VALUES (?, ?, ?, ?, 'draft', ?)",
        (identity, case, reviewer, purpose.value, to_text(started)),
    ).lastrowid
    run.execute("INSERT INTO review_search (rowid, rationale, notes) VALUES (?, '', '')", (key,))
    change.add_standing("reviews", identity)
    return Review(ReviewKey(int(key or 0)), identity, case, reviewer, purpose, started_at=started)


def set_grade(change: ChangeInProgress, review: Review, grade: str | None) -> None:
    """Give the overall grade, or clear it with None."""
    _set(change, review, "grade", review.grade, grade)


def set_not_sure(change: ChangeInProgress, review: Review, not_sure: bool) -> None:
    """Set or take away the mark *not sure*."""
    _set(change, review, "not_sure", int(review.not_sure), int(not_sure))


def set_parked(change: ChangeInProgress, review: Review, because: str) -> None:
    """Park with a reason, or take up again with an empty one."""
    _set(change, review, "parked_because", review.parked_because, because)


def set_text(change: ChangeInProgress, review: Review, field: str, text: str) -> None:
    """Replace the rationale or the notes; the history keeps what differs, the search index follows."""
    old = {"rationale": review.rationale, "notes": review.notes}[field]
    if old == text:
        return
    run = change.connection
    _forget_in_search(run, review.key)
    run.execute(f"UPDATE reviews SET {field} = ? WHERE id = ?", (text, review.key))
    _put_in_search(run, review.key)
    change.splice("reviews", review.identity, field, old, text)


def set_stage(change: ChangeInProgress, review: Review, judgement: StageJudgement) -> None:
    """Judge one stage: a grade, not applicable, or nothing."""
    old = _stored(review.judgement(judgement.stage))
    new = _stored(judgement)
    write_stage(change.connection, review.key, judgement.stage, new)
    change.set("stage_grades", review.identity, judgement.stage, old, new)


def write_stage(run: Connection, review: ReviewKey, stage: str, stored: str | None) -> None:
    """Put a stage's stored grade in place, without history: for `set_stage` and for undo."""
    if stored is None:
        run.execute("DELETE FROM stage_grades WHERE review_id = ? AND stage = ?", (review, stage))
    else:
        run.execute(
            "INSERT INTO stage_grades (review_id, stage, grade) VALUES (?, ?, ?)"
            " ON CONFLICT (review_id, stage) DO UPDATE SET grade = excluded.grade",
            (review, stage, stored),
        )


def add_reason(change: ChangeInProgress, review: Review, code: str) -> GivenReason:
    """Give a reason; it must not have been given in this review."""
    identity = fresh_identity()
    key = change.connection.execute(
        "INSERT INTO given_reasons (identity, review_id, reason) VALUES (?, ?, ?)", (identity, review.key, code)
    ).lastrowid
    change.add_standing("given_reasons", identity)
    return GivenReason(GivenReasonKey(int(key or 0)), identity, code)


def remove_reason(change: ChangeInProgress, review: Review, given: GivenReason) -> None:
    """Withdraw a reason with its citations; the history keeps them."""
    for citation in given.citations:
        remove_citation(change, citation)
    change.remove_standing("given_reasons", given.identity)
    change.connection.execute("DELETE FROM given_reasons WHERE id = ?", (given.key,))


def add_citation(
    change: ChangeInProgress, given: GivenReason, entry: int, start: int, end: int, passage: str
) -> Citation:
    """Cite characters `start` up to `end` of an entry (its key) for a reason."""
    identity = fresh_identity()
    key = change.connection.execute(
        'INSERT INTO citations (identity, given_reason_id, entry_id, start, "end", passage) VALUES (?, ?, ?, ?, ?, ?)',
        (identity, given.key, entry, start, end, passage),
    ).lastrowid
    change.add_standing("citations", identity)
    return Citation(CitationKey(int(key or 0)), identity, entry, start, end, passage)


def remove_citation(change: ChangeInProgress, citation: Citation) -> None:
    """Withdraw one citation; the history keeps it."""
    change.remove_standing("citations", citation.identity)
    change.connection.execute("DELETE FROM citations WHERE id = ?", (citation.key,))


def hand_over(change: ChangeInProgress, review: Review, reviewer: int) -> None:
    """Make a draft another person's: whoever goes on with it answers for it."""
    run = change.connection
    named = dict(
        run.execute("SELECT id, identity FROM people WHERE id IN (?, ?)", (review.reviewer, reviewer)).fetchall()
    )
    run.execute("UPDATE reviews SET reviewer_id = ? WHERE id = ?", (reviewer, review.key))
    change.set("reviews", review.identity, "reviewer", named.get(review.reviewer), named[reviewer])


def submit(change: ChangeInProgress, review: Review, at: datetime | None = None) -> None:
    """Submit a draft; from here on it never changes. `at` (UTC) is for a review that was submitted elsewhere, earlier."""
    _set(change, review, "state", review.state.value, ReviewState.SUBMITTED.value)
    _set(change, review, "submitted_at", None, to_text(at or change.at))


def reopen(change: ChangeInProgress, review: Review, because: str) -> Review:
    """Leave the submitted `review` behind as superseded, and begin a draft with the same judgement beside it."""
    _set(change, review, "state", review.state.value, ReviewState.SUPERSEDED.value)
    draft = begin_review(change, review.case, review.reviewer, review.purpose)
    change.connection.execute("UPDATE reviews SET supersedes = ? WHERE id = ?", (review.key, draft.key))
    change.set("reviews", draft.identity, "supersedes", None, review.identity)
    _set(change, draft, "reopened_because", "", because)
    set_grade(change, draft, review.grade)
    set_not_sure(change, draft, review.not_sure)
    set_text(change, draft, "rationale", review.rationale)
    set_text(change, draft, "notes", review.notes)
    for judgement in review.stages:
        set_stage(change, draft, judgement)
    for given in review.reasons:
        copy = add_reason(change, draft, given.code)
        for citation in given.citations:
            add_citation(change, copy, citation.entry, citation.start, citation.end, citation.passage)
    return read_review(change.connection, draft.key)


def supersede(change: ChangeInProgress, review: Review) -> None:
    """Take a review out of force, a draft too; it stays in the file."""
    _set(change, review, "state", review.state.value, ReviewState.SUPERSEDED.value)


def begin_after(change: ChangeInProgress, review: Review, because: str) -> Review:
    """Take a review out of force and begin an empty draft beside it, which says after which one it comes and why."""
    supersede(change, review)
    draft = begin_review(change, review.case, None, review.purpose)
    change.connection.execute("UPDATE reviews SET supersedes = ? WHERE id = ?", (review.key, draft.key))
    change.set("reviews", draft.identity, "supersedes", None, review.identity)
    _set(change, draft, "reopened_because", "", because)
    return draft


def refresh_search(run: Connection, review: ReviewKey, write: str, value: str) -> None:
    """Replace one text field and its place in the search index, without history: for undo."""
    _forget_in_search(run, review)
    run.execute(f"UPDATE reviews SET {write} = ? WHERE id = ?", (value, review))
    _put_in_search(run, review)


def _set(change: ChangeInProgress, review: Review, field: str, old: str | int | None, new: str | int | None) -> None:
    if old == new:
        return
    change.connection.execute(f"UPDATE reviews SET {field} = ? WHERE id = ?", (new, review.key))
    change.set("reviews", review.identity, field, old, new)


def _stored(judgement: StageJudgement) -> str | None:
    return NOT_APPLICABLE if judgement.not_applicable else judgement.grade


def _forget_in_search(run: Connection, review: ReviewKey) -> None:
    # An index over outside content has to be told the words that go, before they are gone from the table.
    run.execute(
        "INSERT INTO review_search (review_search, rowid, rationale, notes) SELECT 'delete', id, rationale, notes FROM reviews WHERE id = ?",
        (review,),
    )


def _put_in_search(run: Connection, review: ReviewKey) -> None:
    run.execute(
        "INSERT INTO review_search (rowid, rationale, notes) SELECT id, rationale, notes FROM reviews WHERE id = ?",
        (review,),
    )


def _review_from(connection: Connection, row: tuple[Any, ...]) -> Review:
    (key, identity, case, reviewer, purpose, state, grade, rationale, notes, not_sure, parked, started, submitted) = (
        row[:13]
    )
    return Review(
        key=ReviewKey(key),
        identity=str(identity),
        case=CaseKey(case),
        reviewer=reviewer,
        purpose=ReviewPurpose(purpose),
        state=ReviewState(state),
        grade=grade,
        rationale=str(rationale),
        notes=str(notes),
        not_sure=bool(not_sure),
        parked_because=str(parked),
        stages=_stages_of(connection, key),
        reasons=_reasons_of(connection, key),
        started_at=from_text(started),
        submitted_at=from_text(submitted),
        supersedes=row[13],
        reopened_because=str(row[14]),
    )


def _stages_of(connection: Connection, review: int) -> tuple[StageJudgement, ...]:
    rows = connection.execute("SELECT stage, grade FROM stage_grades WHERE review_id = ?", (review,))
    return tuple(
        StageJudgement(stage, None, True) if grade == NOT_APPLICABLE else StageJudgement(stage, grade)
        for stage, grade in rows
    )


def _reasons_of(connection: Connection, review: int) -> tuple[GivenReason, ...]:
    given = connection.execute(
        "SELECT id, identity, reason FROM given_reasons WHERE review_id = ? ORDER BY id", (review,)
    ).fetchall()
    if not given:
        return ()
    citations: dict[int, list[Citation]] = {}
    for row in connection.execute(
        'SELECT c.given_reason_id, c.id, c.identity, c.entry_id, c.start, c."end", c.passage FROM given_reasons g'
        " JOIN citations c ON c.given_reason_id = g.id WHERE g.review_id = ? ORDER BY c.id",
        (review,),
    ):
        citations.setdefault(row[0], []).append(Citation(*row[1:]))
    return tuple(
        GivenReason(GivenReasonKey(key), identity, code, tuple(citations.get(key, ()))) for key, identity, code in given
    )
