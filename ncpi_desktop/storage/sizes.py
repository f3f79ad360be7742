"""How large what a file holds may be: looked at before it is loaded, since `octet_length` reads none of the text itself.

The limits stand here, all of them, far above what any audit needs and far below what a laptop can't hold.
"""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.words import _

MIB = 1024 * 1024

LOADED_AT_OPENING = {
    "inspection": 1,
    "methodology": 1,
    "grades": 50,
    "areas": 500,
    "stages": 100,
    "criteria": 10_000,
    "reasons": 10_000,
    "people": 10_000,
    "roles": 40_000,
    "previous_results": 1_000,
    "previous_counts": 100_000,
    "tallies": 500_000,
}
"""The tables that are read whole, and the most rows that they may have."""

LARGEST_ROW = 1 * MIB
"""Of a row in these tables, and of the words of a change."""

LARGEST_TABLE = 32 * MIB

LARGEST_RECORD = 64 * MIB
"""All the text of one case with its judgements: some thirty thousand pages."""

LARGEST_VALUE = 64 * MIB
"""One field anywhere: a value in the history, an entry, a rationale."""

_LAST_CHANGES = 300

_RECORD = (
    "SELECT (SELECT coalesce(sum(octet_length(heading) + octet_length(text)), 0) FROM entries WHERE case_id = ?1)"
    " + (SELECT coalesce(sum(octet_length(rationale) + octet_length(notes) + octet_length(parked_because)"
    " + octet_length(reopened_because)), 0) FROM reviews WHERE case_id = ?1)"
    " + (SELECT coalesce(sum(octet_length(pseudonym)), 0) FROM children WHERE case_id = ?1)"
    " + (SELECT coalesce(sum(octet_length(tag)), 0) FROM case_tags WHERE case_id = ?1)"
    " + (SELECT coalesce(sum(octet_length(c.passage)), 0) FROM reviews r JOIN given_reasons g ON g.review_id = r.id"
    " JOIN citations c ON c.given_reason_id = g.id WHERE r.case_id = ?1)"
    " + (SELECT coalesce(sum(octet_length(rationale)), 0) FROM own_grades WHERE case_id = ?1)"
    " + (SELECT octet_length(reference) FROM cases WHERE id = ?1)"
)


def too_large_to_open(connection: Connection) -> str:
    """Return the name of the first table of those read at opening that holds more than it may; empty where none does."""
    for table, most in LOADED_AT_OPENING.items():
        rows, row, whole = connection.execute(
            f"SELECT count(*), coalesce(max(n), 0), coalesce(sum(n), 0) FROM"
            f" (SELECT {_octets(connection, table)} AS n FROM {table} LIMIT {most + 1})"
        ).fetchone()
        if rows > most or row > LARGEST_ROW or whole > LARGEST_TABLE:
            return table
    (words,) = connection.execute(
        f"SELECT coalesce(max(n), 0) FROM (SELECT {_octets(connection, 'history')} AS n FROM history"
        f" ORDER BY sequence DESC LIMIT {_LAST_CHANGES})"
    ).fetchone()
    return "history" if words > LARGEST_ROW else ""


def refuse_oversized_record(connection: Connection, case: CaseKey) -> None:
    """Return where the record and the judgements of `case` can be laid on a desk.

    Raises:
        RefusedError: they are larger than any that an inspector could read.
    """
    (octets,) = connection.execute(_RECORD, (case,)).fetchone()
    if octets is not None and octets > LARGEST_RECORD:
        raise RefusedError(
            _("This case holds {size} MB of text, more than the {limit} MB that the program shows.").format(
                size=octets // MIB, limit=LARGEST_RECORD // MIB
            ),
            safe=_("Nothing of it was loaded, and the file is untouched."),
            todo=_("Ask whoever made the file for its record in a sensible size."),
        )


def refuse_oversized_step(connection: Connection, step: int) -> None:
    """Return where the values of one step of the history can be shown.

    Raises:
        RefusedError: they are larger than anybody could read.
    """
    (octets,) = connection.execute(
        "SELECT coalesce(sum(coalesce(octet_length(v.old_value), 0) + coalesce(octet_length(v.new_value), 0)), 0)"
        " FROM history h JOIN history_values v USING (sequence) WHERE h.sequence >= ?1 AND h.step = ?1",
        (step,),
    ).fetchone()
    if octets > LARGEST_RECORD:
        raise RefusedError(
            _("This change holds {size} MB, more than the {limit} MB that the program shows.").format(
                size=octets // MIB, limit=LARGEST_RECORD // MIB
            ),
            safe=_("Nothing of it was loaded, and the file is untouched."),
            todo=_("Check the file; if it is sound, its history can be read in another SQLite tool."),
        )


def oversized_values(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each table that holds a value larger than `LARGEST_VALUE`; linear in the number of rows, not in their text."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'")
    for (table,) in tables.fetchall():
        wide = " OR ".join(f'octet_length("{column}") > {LARGEST_VALUE}' for column in _columns(connection, table))
        if connection.execute(f'SELECT 1 FROM "{table}" WHERE {wide} LIMIT 1').fetchone():
            yield _("The table “{table}” holds a value of more than {limit} MB.").format(
                table=table, limit=LARGEST_VALUE // MIB
            )


def _octets(connection: Connection, table: str) -> str:
    return " + ".join(f'coalesce(octet_length("{column}"), 0)' for column in _columns(connection, table))


def _columns(connection: Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
