"""Checks that the judgements and the plans in the tables are those that the history leads to: nothing was altered behind its back."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.words import _

# What each field of a review is before the history says otherwise.
_FIELDS = {
    "grade": "NULL",
    "state": "'draft'",
    "not_sure": "0",
    "parked_because": "''",
    "submitted_at": "NULL",
    "reopened_because": "''",
    "supersedes": "NULL",
}

# What the history keeps whole of rows that stand outside cases and reviews.
_RECORDS = {
    "inspection": ("force", "kind", "methodology", "marking", "fieldwork_start", "fieldwork_end", "is_sample"),
    "people": ("name",),
    "previous_results": ("label", "good", "total", "percent_good"),
    "allocations": ("purpose",),
    "samples": ("rules", "seed"),
    "referrals": ("risk", "told"),
    "recommendations": ("number", "origin", "text", "particulars", "finding", "deadline", "status", "progress"),
}

# Beside its one max(), SQLite takes the other columns from the row that has it. Redacted values are compared with nothing.
_LAST_SET = (
    'CREATE TEMP TABLE last_set AS SELECT "table" AS place, "row" AS identity, field, max((sequence << 32) + position) AS at, new_value,'
    " total(redacted_because IS NOT NULL) > 0 AS redacted FROM history_values WHERE operation IN ('set', 'splice') GROUP BY 1, 2, 3"
)
_LAST_PUT = (
    'CREATE TEMP TABLE last_put AS SELECT "table" AS place, "row" AS identity, max((sequence << 32) + position) AS at, operation, new_value'
    " FROM history_values WHERE operation IN ('add', 'remove') AND \"table\" NOT IN ('cases', 'entries', 'own_grades') GROUP BY 1, 2"
)

# A review that was brought in finished has begun, as far as is known, when it was submitted.
_BEGINNINGS = (
    "SELECT c.reference FROM reviews r JOIN cases c ON c.id = r.case_id JOIN last_put l ON l.place = 'reviews' AND l.identity = r.identity"
    " LEFT JOIN last_set s ON s.place = 'reviews' AND s.identity = r.identity AND s.field = 'reviewer_id'"
    " JOIN history h ON h.sequence = l.at >> 32 WHERE r.started_at NOT IN (h.at, coalesce(r.submitted_at, ''))"
    " OR (l.new_value IS NOT NULL AND (json_extract(l.new_value, '$.purpose') IS NOT r.purpose"
    " OR iif(s.identity IS NULL, json_extract(l.new_value, '$.reviewer'), s.new_value) IS NOT r.reviewer_id"
    " OR json_extract(l.new_value, '$.case') NOT IN ('', c.identity)))"
)
_STAGES = (
    "SELECT c.reference FROM reviews r JOIN cases c ON c.id = r.case_id WHERE EXISTS (SELECT 1 FROM stage_grades s LEFT JOIN last_set l"
    " ON l.place = 'stage_grades' AND l.identity = r.identity AND l.field = s.stage WHERE s.review_id = r.id AND (l.redacted IS NULL"
    " OR (l.redacted = 0 AND l.new_value IS NOT s.grade)))"
    " UNION ALL SELECT c.reference FROM last_set l JOIN reviews r ON r.identity = l.identity JOIN cases c ON c.id = r.case_id"
    " WHERE l.place = 'stage_grades' AND l.redacted = 0 AND l.new_value IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM stage_grades s WHERE s.review_id = r.id AND s.stage = l.field)"
)
_REASONS = (
    "SELECT c.reference FROM given_reasons g JOIN reviews r ON r.id = g.review_id JOIN cases c ON c.id = r.case_id LEFT JOIN last_put l"
    " ON l.place = 'given_reasons' AND l.identity = g.identity WHERE l.operation IS NOT 'add'"
    " OR (l.new_value IS NOT NULL AND (json_extract(l.new_value, '$.review') IS NOT r.identity"
    " OR json_extract(l.new_value, '$.reason') IS NOT g.reason))"
)
_CITATIONS = (
    "SELECT c.reference FROM citations t JOIN given_reasons g ON g.id = t.given_reason_id JOIN reviews r ON r.id = g.review_id"
    " JOIN cases c ON c.id = r.case_id JOIN entries e ON e.id = t.entry_id"
    " LEFT JOIN last_put l ON l.place = 'citations' AND l.identity = t.identity WHERE l.operation IS NOT 'add'"
    " OR (l.new_value IS NOT NULL AND (json_extract(l.new_value, '$.given_reason') IS NOT g.identity"
    " OR json_extract(l.new_value, '$.entry') IS NOT e.identity"
    " OR json_extract(l.new_value, '$.start') IS NOT t.start OR json_extract(l.new_value, '$.end') IS NOT t.\"end\""
    " OR json_extract(l.new_value, '$.passage') IS NOT t.passage))"
)


def altered_judgements(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each review whose grades, reasons, citations or texts are not what the history leads to."""
    for statement in (
        "DROP TABLE IF EXISTS temp.last_set",
        "DROP TABLE IF EXISTS temp.last_put",
        _LAST_SET,
        "CREATE INDEX temp.last_set_of ON last_set (place, identity, field)",
        _LAST_PUT,
        "CREATE INDEX temp.last_put_of ON last_put (place, identity)",
    ):
        connection.execute(statement)
    try:
        yield from _altered_rows(connection)
        yield from _altered_texts(connection)
        yield from _altered_records(connection)
    finally:
        connection.execute("DROP TABLE temp.last_set")
        connection.execute("DROP TABLE temp.last_put")


def _altered_rows(connection: Connection) -> Iterator[str]:
    altered: dict[str, None] = {}
    for field, default in _FIELDS.items():
        rows = connection.execute(
            f"SELECT c.reference FROM reviews r JOIN cases c ON c.id = r.case_id LEFT JOIN last_set l ON l.place = 'reviews'"
            f" AND l.identity = r.identity AND l.field = ? WHERE (l.identity IS NULL AND r.{field} IS NOT {default})"
            f" OR (l.redacted = 0 AND l.new_value IS NOT r.{field})",
            (field,),
        )
        altered.update((reference, None) for (reference,) in rows)
    for query in (_BEGINNINGS, _STAGES, _REASONS, _CITATIONS):
        altered.update((reference, None) for (reference,) in connection.execute(query))
    for reference in altered:
        yield _judgement_of(reference)
    for table in ("reviews", "given_reasons", "citations"):
        told = connection.execute(
            "SELECT count(*) FROM last_put WHERE place = ? AND operation = 'add'", (table,)
        ).fetchone()[0]
        if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] < told:
            yield _("Judgements that the history tells of are no longer in the file.")
            return
    yield from _untold_reviews(connection)


def _altered_records(connection: Connection) -> Iterator[str]:
    for table, fields in _RECORDS.items():
        wrong = " OR ".join(
            f"(s{n}.identity IS NULL AND p.new_value IS NOT NULL AND json_extract(p.new_value, '$.{field}') IS NOT t.{field})"
            f" OR (s{n}.redacted = 0 AND s{n}.new_value IS NOT t.{field})"
            for n, field in enumerate(fields)
        )
        joins = " ".join(
            f"LEFT JOIN last_set s{n} ON s{n}.place = '{table}' AND s{n}.identity = t.identity AND s{n}.field = '{field}'"
            for n, field in enumerate(fields)
        )
        count, told = connection.execute(
            f"SELECT sum(p.operation IS NOT 'add' OR {wrong}), (SELECT count(*) FROM last_put WHERE place = '{table}' AND operation = 'add')"
            f" - count(*) FROM {table} t LEFT JOIN last_put p ON p.place = '{table}' AND p.identity = t.identity {joins}"
        ).fetchone()
        if count or told:
            yield _("What stands in “{table}” is not what the history leads to.").format(table=table)


def _untold_reviews(connection: Connection) -> Iterator[str]:
    rows = connection.execute(
        "SELECT c.reference FROM reviews r JOIN cases c ON c.id = r.case_id LEFT JOIN last_put l ON l.place = 'reviews'"
        " AND l.identity = r.identity WHERE l.operation IS NOT 'add'"
    )
    for (reference,) in rows:
        yield _("Case {reference} has a review that the history does not tell of.").format(reference=reference)


def _altered_texts(connection: Connection) -> Iterator[str]:
    """Type every rationale and note anew from its splices, one review at a time, and compare."""
    splices = connection.execute(
        'SELECT "row", field, "offset", old_value, new_value, redacted_because IS NOT NULL FROM history_values WHERE "table" = \'reviews\''
        " AND operation = 'splice' ORDER BY \"row\", field, sequence, position"
    )
    typed: dict[str, str | None] = {}
    review = ""
    for row, field, offset, old, new, redacted in splices:
        if row != review:
            yield from _compare_texts(connection, review, typed)
            review, typed = row, {}
        text = typed.get(field, "")
        if redacted or text is None:
            typed[field] = None
            continue
        start = int(offset)
        typed[field] = text[:start] + str(new) + text[start + len(str(old)) :]
    yield from _compare_texts(connection, review, typed)
    untold = connection.execute(
        "SELECT c.reference FROM reviews r JOIN cases c ON c.id = r.case_id WHERE"
        " (r.rationale <> '' AND NOT EXISTS (SELECT 1 FROM last_set WHERE place = 'reviews' AND identity = r.identity AND field = 'rationale'))"
        " OR (r.notes <> '' AND NOT EXISTS (SELECT 1 FROM last_set WHERE place = 'reviews' AND identity = r.identity AND field = 'notes'))"
    )
    for (reference,) in untold:
        yield _judgement_of(reference)


def _compare_texts(connection: Connection, review: str, typed: dict[str, str | None]) -> Iterator[str]:
    row = connection.execute(
        "SELECT c.reference, r.rationale, r.notes FROM reviews r JOIN cases c ON c.id = r.case_id WHERE r.identity = ?",
        (review,),
    ).fetchone()
    if row is None:
        return
    reference, rationale, notes = row
    for field, stands in (("rationale", rationale), ("notes", notes)):
        if typed.get(field, "") not in (None, stands):
            yield _judgement_of(reference)
            return


def _judgement_of(reference: str) -> str:
    return _("The judgement of case {reference} is not the one that the history leads to.").format(reference=reference)
