"""Holds what is derived against a full recount: the queue, the kept counts, the search indexes."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import TallyKey
from ncpi_desktop.storage.engine import Connection, DatabaseError
from ncpi_desktop.storage.result_repository import result_differences
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.second_reading_repository import expected_lines
from ncpi_desktop.storage.tally_repository import kept_rows, recount
from ncpi_desktop.storage.worklist_repository import state_of
from ncpi_desktop.words import _, ngettext


def queue_faults(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each line of the queue that does not fit its case."""
    cases, lines, last = connection.execute(
        "SELECT (SELECT count(*) FROM cases) - (SELECT count(*) FROM practice_cases), count(*), coalesce(max(position), 0) FROM worklist"
    ).fetchone()
    if not cases == lines == last:
        yield _("The queue does not have one line for each case, in unbroken order.")
    wrong = connection.execute(
        "SELECT w.reference FROM worklist w JOIN cases c ON c.id = w.case_id LEFT JOIN allocations a ON a.case_id = c.id AND"
        " a.purpose = 'first' LEFT JOIN reviews r ON r.case_id = c.id AND r.purpose = 'first' AND r.state <> 'superseded'"
        " WHERE w.reference <> c.reference OR w.area <> c.area OR w.allocated_to IS NOT a.person_id"
        " OR w.entries <> (SELECT count(*) FROM entries e WHERE e.case_id = c.id)"
        " OR (r.id IS NULL AND (w.state <> 'to-do' OR w.grade IS NOT NULL OR w.not_sure <> 0))"
        " OR (r.state = 'submitted' AND (w.state <> 'submitted' OR w.grade IS NOT r.grade))"
        " OR (r.state = 'draft' AND w.grade IS NOT NULL) OR w.not_sure <> coalesce(r.not_sure, 0)"
    )
    for (reference,) in wrong:
        yield _line_of(reference)
    drafts = connection.execute(
        "SELECT w.case_id, w.reference, w.state FROM reviews r JOIN worklist w ON w.case_id = r.case_id"
        " WHERE r.purpose = 'first' AND r.state = 'draft'"
    ).fetchall()
    for case, reference, state in drafts:
        if state_of(current_review(connection, CaseKey(case))) != state:
            yield _line_of(reference)


def second_reading_faults(connection: Connection) -> Iterator[str]:
    """Yield a sentence where the list of second readings does not fit the reviews, samples and allocations that it follows from."""
    columns = "case_id, position, state, reader, apart, sampled, edited, originals"
    kept = set(connection.execute(f"SELECT {columns} FROM second_readings"))
    wrong = len({row[0] for row in kept ^ set(expected_lines(connection))})
    if wrong:
        yield ngettext(
            "The line of {count} case in the list of second readings does not fit its readings.",
            "The lines of {count} cases in the list of second readings do not fit their readings.",
            wrong,
        ).format(count=wrong)


def result_faults(connection: Connection) -> Iterator[str]:
    """Yield a sentence where the list of final grades does not fit the judgements that it follows from."""
    wrong = len(set(result_differences(connection)))
    if wrong:
        yield ngettext(
            "The line of {count} case in the list of final grades does not fit its judgement.",
            "The lines of {count} cases in the list of final grades do not fit their judgements.",
            wrong,
        ).format(count=wrong)


def count_faults(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each measure whose kept counts differ from a full recount; a count of nothing is not kept."""
    kept: dict[TallyKey, int] = kept_rows(connection)
    counted = recount(connection)
    wrong = sorted({key.measure for key in kept.keys() | counted.keys() if kept.get(key) != counted.get(key)})
    for measure in wrong:
        yield _("The kept counts of “{measure}” differ from a full recount.").format(measure=measure)


def search_faults(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each search index that does not fit its texts; ends the transaction it is called in."""
    try:
        for table in ("entry_search", "review_search"):
            try:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
            except DatabaseError:
                yield _("The search index “{table}” does not fit the texts.").format(table=table)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _line_of(reference: str) -> str:
    return _("The line of case {reference} in the queue does not fit the case.").format(reference=reference)
