"""Keeps the cases for practice and reads what was judged of them. They are rows of `cases` like any other, but in no queue and no count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import WorklistRow
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose
from ncpi_desktop.domain.moderation.calibration import PracticeCase
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import from_text, to_text
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.worklist_repository import natural_key, state_of, worklist_row

OFF_THE_QUEUE = 0
"""The position of a case that stands in no queue."""

# Of practice cases: the agreed readings that this reader may not see yet, and every reading by somebody else.
_SEALED = (
    "SELECT r.id, r.identity FROM practice_cases p JOIN reviews r ON r.case_id = p.case_id AND r.purpose = 'practice'"
    " WHERE r.reviewer_id IS NOT ?1 AND (r.reviewer_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM reviews o WHERE o.case_id = p.case_id AND"
    " o.purpose = 'practice' AND o.reviewer_id = ?1 AND o.state = 'submitted'))"
)

_TOLD = (
    "INSERT OR IGNORE INTO practice_cases (identity, case_id, added_at) SELECT v.\"row\", c.id, json_extract(v.new_value, '$.added_at')"
    " FROM history_values v JOIN cases c ON c.identity = json_extract(v.new_value, '$.case') WHERE v.\"table\" = 'practice_cases'"
    " AND v.operation = 'add' AND json_valid(v.new_value) AND json_type(v.new_value, '$.added_at') = 'text'"
)
_READ = (
    "INSERT INTO practice_cases (identity, case_id, added_at) SELECT lower(hex(randomblob(16))), id, added_at FROM cases WHERE id IN"
    " (SELECT case_id FROM reviews WHERE purpose = 'practice') AND id NOT IN (SELECT case_id FROM practice_cases)"
)


def note_for_practice(change: ChangeInProgress, case: CaseKey) -> None:
    """Take a case that was just added out of the audit: it is for practice."""
    identity = fresh_identity()
    change.connection.execute(
        "INSERT INTO practice_cases (identity, case_id, added_at) VALUES (?, ?, ?)",
        (identity, case, to_text(change.at)),
    )
    change.add_standing("practice_cases", identity)


def put_back_practice(run: Connection) -> int:
    """Note again which cases are for practice, as a rescue has it: from the history, else from their practice readings; return how many.

    A case that lost its note would come into the queue, and into every figure.
    """
    told = run.execute(_TOLD).rowcount
    return told + run.execute(_READ).rowcount


def practice_cases(connection: Connection) -> tuple[PracticeCase, ...]:
    """Return every practice case, the set that was brought in first before the next, by reference within a set."""
    rows = connection.execute(
        "SELECT p.case_id, c.reference, c.area, p.added_at FROM practice_cases p JOIN cases c ON c.id = p.case_id"
    ).fetchall()
    moments = sorted({row[3] for row in rows})
    found = (
        PracticeCase(CaseKey(case), reference, area, moments.index(at) + 1, datetime.fromisoformat(at))
        for case, reference, area, at in rows
    )
    return tuple(sorted(found, key=lambda case: (case.round, natural_key(case.reference))))


def agreed_reading(connection: Connection, case: CaseKey) -> Review | None:
    """Return the agreed answer of a practice case. Callers decide who may see it."""
    return current_review(connection, case, ReviewPurpose.PRACTICE, None)


def practice_readers(connection: Connection) -> tuple[int, ...]:
    """Return everybody (by key) who has begun a practice reading."""
    rows = connection.execute(
        "SELECT DISTINCT r.reviewer_id FROM practice_cases p JOIN reviews r ON r.case_id = p.case_id AND r.purpose = 'practice'"
        " WHERE r.reviewer_id IS NOT NULL ORDER BY 1"
    )
    return tuple(reader for (reader,) in rows)


def first_live_submission(connection: Connection, reader: int) -> datetime | None:
    """Return when somebody first handed in a first or second reading of the audit, one reopened since among them; None where never."""
    (at,) = connection.execute(
        "SELECT min(submitted_at) FROM reviews WHERE reviewer_id = ? AND purpose IN ('first', 'second')", (reader,)
    ).fetchone()
    return from_text(at)


def line_of(connection: Connection, case: CaseKey, reader: int) -> WorklistRow:
    """Return the line of any case: of a practice case one off the queue, as far as `reader` (0: nobody) has come with it."""
    if not is_for_practice(connection, case):
        return worklist_row(connection, case)
    review = current_review(connection, case, ReviewPurpose.PRACTICE, reader)
    reference, area, entries = connection.execute(
        "SELECT reference, area, (SELECT count(*) FROM entries e WHERE e.case_id = c.id) FROM cases c WHERE id = ?",
        (case,),
    ).fetchone()
    submitted = review is not None and not review.is_editable
    return WorklistRow(
        *(OFF_THE_QUEUE, case, reference, area, entries, state_of(review)),
        grade=review.grade if review is not None and submitted else None,
        not_sure=review is not None and review.not_sure,
        allocated_to=None,
    )


def area_of(connection: Connection, case: CaseKey) -> str:
    """Return the area of any case."""
    return str(connection.execute("SELECT area FROM cases WHERE id = ?", (case,)).fetchone()[0])


def sealed_rows(connection: Connection, reader: int) -> frozenset[str]:
    """Return the identities of all rows of practice readings that `reader` (0: nobody) may not see: some dozens at most.

    Sealed are the agreed answers of cases they have not handed in, and whatever anybody else answered.
    """
    return frozenset(_sealed(connection, reader))


def practice_identities(connection: Connection) -> frozenset[str]:
    """Return the identities of all practice cases."""
    rows = connection.execute("SELECT c.identity FROM practice_cases p JOIN cases c ON c.id = p.case_id")
    return frozenset(identity for (identity,) in rows)


def _sealed(connection: Connection, reader: int) -> Iterator[str]:
    for review, identity in connection.execute(_SEALED, (reader,)).fetchall():
        yield identity
        for given, reason in connection.execute(
            "SELECT id, identity FROM given_reasons WHERE review_id = ?", (review,)
        ).fetchall():
            yield reason
            for (citation,) in connection.execute("SELECT identity FROM citations WHERE given_reason_id = ?", (given,)):
                yield citation
