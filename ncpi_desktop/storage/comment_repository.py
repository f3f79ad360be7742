"""Keeps the comments: each thread is a comment that answers none, with its state, and the comments that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.moderation.comment import About, Comment, CommentKey, Thread, ThreadState
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_stored, to_text

_COLUMNS = "id, identity, case_id, about, person_id, text, written_at, answers, state"
_OPEN = "answers IS NULL AND state = 'open'"
NEAR = 500
"""How many places of the queue are looked through one by one."""

_NEAR_BY = (
    "SELECT w.case_id, count(*), count(*) FILTER (WHERE c.person_id = ?1) FROM worklist w CROSS JOIN comments c INDEXED BY open_comments"
    " ON c.case_id = w.case_id AND c.answers IS NULL AND c.state = 'open'"
    " WHERE w.position > ?2 AND w.position <= ?3 GROUP BY w.position ORDER BY w.position"
)
_FARTHER = (
    "SELECT w.case_id, o.threads, o.own FROM (SELECT case_id, count(*) AS threads, count(*) FILTER (WHERE person_id = ?1) AS own"
    f" FROM comments INDEXED BY open_comments WHERE {_OPEN} GROUP BY case_id) o CROSS JOIN worklist w ON w.case_id = o.case_id"
    " WHERE ?2 <= ?3 AND w.position > ?3 ORDER BY w.position"
)


def add_comment(
    change: ChangeInProgress, case: CaseKey, about: About, writer: int, text: str, answers: CommentKey | None = None
) -> Comment:
    """Add a comment that begins a thread, or one that answers such a comment."""
    identity = fresh_identity()
    state = ThreadState.OPEN if answers is None else ThreadState.ANSWERED
    key = change.connection.execute(
        "INSERT INTO comments (identity, case_id, about, answers, person_id, text, state, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (identity, case, about.stored(), answers, writer, text, state.value, to_text(change.at)),
    ).lastrowid
    change.add_standing("comments", identity)
    return Comment(CommentKey(int(key or 0)), identity, case, about, writer, text, change.at, answers)


def set_state(change: ChangeInProgress, thread: Thread, state: ThreadState) -> None:
    """Say how far a thread has come."""
    if thread.state is state:
        return
    change.connection.execute("UPDATE comments SET state = ? WHERE id = ?", (state.value, thread.root.key))
    change.set("comments", thread.root.identity, "state", thread.state.value, state.value)


def remove_comment(change: ChangeInProgress, comment: Comment) -> None:
    """Take a comment away that nothing answers; the history keeps it."""
    change.remove_standing("comments", comment.identity)
    change.connection.execute("DELETE FROM comments WHERE id = ?", (comment.key,))


def threads_of(connection: Connection, case: CaseKey) -> tuple[Thread, ...]:
    """Return the threads of a case, oldest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM comments WHERE case_id = ? ORDER BY id", (case,)).fetchall()
    answers: dict[int, list[Comment]] = {}
    for row in rows:
        if row[7] is not None:
            answers.setdefault(row[7], []).append(_comment(row))
    return tuple(
        Thread(_comment(row), ThreadState(row[8]), tuple(answers.get(row[0], ()))) for row in rows if row[7] is None
    )


def case_of_comment(connection: Connection, comment: CommentKey) -> CaseKey | None:
    """Return the case that a comment is of, or None where it is not there any more."""
    row = connection.execute("SELECT case_id FROM comments WHERE id = ?", (comment,)).fetchone()
    return CaseKey(row[0]) if row else None


def cases_with_open(
    connection: Connection, after: int, writer: int | None = None
) -> Iterator[tuple[CaseKey, int, int]]:
    """Yield each case with open threads behind queue position `after`, in queue order, how many there are, and how many of `writer`.

    Where many cases have some, the next stands near; where few have, looking at all of them costs little: in neither case does the first
    one cost more in a larger file.
    """
    for found in (_NEAR_BY, _FARTHER):
        rows = connection.execute(found, (writer, after, after + NEAR)).fetchall()
        for case, threads, own in rows:
            yield CaseKey(case), threads, own


def _comment(row: tuple[Any, ...]) -> Comment:
    key, identity, case, about, writer, text, written_at, answers, _state = row
    return Comment(
        CommentKey(key),
        str(identity),
        CaseKey(case),
        About.read(str(about)),
        writer,
        str(text),
        from_stored(written_at),
        CommentKey(answers) if answers is not None else None,
    )
