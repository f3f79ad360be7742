"""What a rescued audit lacks: compared with its history and its queue, told in the history for good, and handed on for the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from ncpi_desktop.domain.casework.case import EntryKind
from ncpi_desktop.domain.record.change import Value, value_digest
from ncpi_desktop.storage.case_repository import read_strategy
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.history_integrity import Span, told_spans
from ncpi_desktop.storage.wreck import Beat

_TOLD = {
    "inspection": "identity", "people": "identity", "previous_results": "identity", "cases": "identity", "entries": "identity",
    "allocations": "identity", "reviews": "identity", "given_reasons": "identity", "citations": "identity", "samples": "identity",
    "referrals": "identity", "recommendations": "identity",
}  # fmt: skip
"""The tables whose rows the history tells of one by one, and the column that it names them by."""

_KEPT_IN_TABLE = ("cases", "entries")


@dataclass
class Missing:
    """What is lost or doubtful. References name cases; nothing here is text of a case.

    `lost` counts rows of a table by case (empty: of none, or of an unknown one), `altered` those that are not as the history tells,
    `changes` are the numbers of lost changes, `last` that of the last one kept where more may have followed (None: none has).
    """

    lost: dict[tuple[str, str], int] = field(default_factory=dict)
    altered: dict[tuple[str, str], int] = field(default_factory=dict)
    changes: list[Span] = field(default_factory=list)
    last: int | None = None

    @property
    def history_is_whole(self) -> bool:
        """Whether every change is there, as far as anybody can tell."""
        return not self.changes and self.last is None


def compare_with_history(run: Connection, broken: list[Span], expected_entries: dict[str, int], beat: Beat) -> Missing:
    """Return what the rescued rows lack against the rescued history, and which of them are not as it tells."""
    missing = Missing(changes=broken)
    for table, identity in _lost_rows(run):
        beat()
        _count(missing.lost, table, _reference_of(run, table, identity))
    held = dict(
        run.execute(
            "SELECT c.reference, count(e.id) FROM cases c LEFT JOIN entries e ON e.case_id = c.id GROUP BY c.id"
        )
    )
    told = {case for table, case in missing.lost if table == "cases"}
    for reference, count in expected_entries.items():
        if reference not in held and reference not in told:
            _count(missing.lost, "cases", reference)
        elif reference in held and count > held[reference]:
            missing.lost["entries", reference] = count - held[reference]
    if any(case for table, case in missing.lost if table == "entries"):
        missing.lost.pop(("entries", ""), None)  # the same ones, of which the history does not say whose they were
    for review, _stage, _grade in _lost_stages(run):
        _count(missing.lost, "stage_grades", _case_of_review(run, review))
    for table, reference in _altered_rows(run, beat):
        _count(missing.altered, table, reference)
    return missing


def tell_rescue(change: ChangeInProgress, missing: Missing) -> None:
    """Write what was lost into the line of the rescue: which changes, which rows; and rows that no kept change leads to, anew.

    A lost row is told as taken away, with nothing of what it held. Where changes are lost nobody can say what they did, so every
    judgement and plan is told anew, whole, as it stands; brought-in records only where the change that brought them in is lost.
    """
    run = change.connection
    change.set("history", "", "lost", None, told_spans(missing.changes))
    for table, identity in list(_lost_rows(run)):
        change.remove(table, identity, {})
    if missing.last is not None:
        change.set("history", "", "lost-after", None, missing.last)
    if missing.history_is_whole:
        for review, stage, grade in list(_lost_stages(run)):
            change.set("stage_grades", review, stage, grade, None)
        return
    _tell_anew(change)


def _tell_anew(change: ChangeInProgress) -> None:
    run = change.connection
    for table in _KEPT_IN_TABLE:
        record = _case_record if table == "cases" else _entry_record
        for key, identity in run.execute(f"SELECT id, identity FROM {table} ORDER BY id").fetchall():
            if not _is_told(run, table, identity):
                change.add(table, identity, record(run, key), kept_in_table=True)
    for reference, grade, rationale in run.execute(
        "SELECT c.reference, o.grade, o.rationale FROM own_grades o JOIN cases c ON c.id = o.case_id ORDER BY c.id"
    ).fetchall():
        if not _is_told(run, "own_grades", reference):
            change.add("own_grades", reference, {"grade": grade, "rationale": rationale}, kept_in_table=True)
    for table in _TOLD:
        if table not in _KEPT_IN_TABLE:
            for identity, told in list(_whole_rows(run, table)):
                change.add(table, identity, told)


def _is_told(run: Connection, table: str, row: str) -> bool:
    return (
        run.execute(
            'SELECT 1 FROM history_values WHERE "table" = ? AND "row" = ? AND operation = \'add\' LIMIT 1', (table, row)
        ).fetchone()
        is not None
    )


def _lost_rows(run: Connection) -> Iterator[tuple[str, str]]:
    """Yield table and name of each row that the history tells of, and that is not there although nobody took it away."""
    for table, column in _TOLD.items():
        last = run.execute(
            'SELECT v."row", v.operation, max((v.sequence << 32) + v.position) FROM history_values v WHERE v."table" = ?'
            f" AND v.operation IN ('add', 'remove') AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.{column} = v.\"row\")"
            ' GROUP BY v."row"',
            (table,),
        )
        for row, operation, _at in last.fetchall():
            if operation == "add":
                yield table, row
    owns = run.execute(
        "SELECT v.\"row\" FROM history_values v WHERE v.\"table\" = 'own_grades' AND v.operation = 'add' AND NOT EXISTS"
        ' (SELECT 1 FROM own_grades o JOIN cases c ON c.id = o.case_id WHERE c.reference = v."row")'
    )
    for (row,) in owns.fetchall():
        yield "own_grades", row


def _lost_stages(run: Connection) -> Iterator[tuple[str, str, Value]]:
    """Yield review, stage and grade of each stage grade that was given last and is not there."""
    last = run.execute(
        'SELECT v."row", v.field, v.new_value, max((v.sequence << 32) + v.position) FROM history_values v JOIN reviews r'
        " ON r.identity = v.\"row\" WHERE v.\"table\" = 'stage_grades' AND v.operation = 'set' AND NOT EXISTS (SELECT 1"
        ' FROM stage_grades s WHERE s.review_id = r.id AND s.stage = v.field) GROUP BY v."row", v.field'
    )
    for review, stage, grade, _at in last.fetchall():
        if grade is not None:
            yield review, stage, grade


def _case_of_review(run: Connection, review: str) -> str:
    row = run.execute(
        "SELECT c.reference FROM reviews r JOIN cases c ON c.id = r.case_id WHERE r.identity = ?", (review,)
    ).fetchone()
    return str(row[0]) if row else ""


def _reference_of(run: Connection, table: str, row: str) -> str:
    """Return the reference of the case that a lost row belonged to, as far as the history says."""
    if table == "own_grades":
        return row
    told = run.execute(
        'SELECT h.case_reference, v.new_value FROM history_values v JOIN history h USING (sequence) WHERE v."table" = ? AND v."row" = ?'
        " AND v.operation = 'add' ORDER BY sequence DESC LIMIT 1",
        (table, row),
    ).fetchone()
    if told is None:
        return ""
    reference, text = told
    if reference:
        return str(reference)
    try:
        record = json.loads(text) if text else {}
        found = run.execute("SELECT reference FROM cases WHERE identity = ?", (record.get("case", ""),)).fetchone()
    except (ValueError, AttributeError):
        return ""
    return str(found[0]) if found else ""


def _altered_rows(run: Connection, beat: Beat) -> Iterator[tuple[str, str]]:
    """Yield table and case of each brought-in row whose digest is not the one that the history kept."""
    kept = (
        'SELECT v.salt, v.new_digest, t.id, c.reference FROM history_values v JOIN {table} t ON t.identity = v."row" JOIN cases c ON {join}'
        " WHERE v.\"table\" = '{table}' AND v.operation = 'add' AND v.new_value IS NULL AND v.redacted_because IS NULL AND v.salt <> ''"
    )
    for table, join, record in (
        ("cases", "c.id = t.id", _case_record),
        ("entries", "c.id = t.case_id", _entry_record),
    ):
        for salt, digest, key, reference in run.execute(kept.format(table=table, join=join)).fetchall():
            beat()
            if value_digest(salt, _canonical(record(run, key))) != digest:
                yield table, reference
    owns = run.execute(
        'SELECT v.salt, v.new_digest, c.reference, o.grade, o.rationale FROM history_values v JOIN cases c ON c.reference = v."row"'
        " JOIN own_grades o ON o.case_id = c.id WHERE v.\"table\" = 'own_grades' AND v.operation = 'add' AND v.new_value IS NULL"
        " AND v.redacted_because IS NULL AND v.salt <> ''"
    )
    for salt, digest, reference, grade, rationale in owns.fetchall():
        if value_digest(salt, _canonical({"grade": grade, "rationale": rationale})) != digest:
            yield "own_grades", reference


def _case_record(run: Connection, key: int) -> dict[str, object]:
    reference, area = run.execute("SELECT reference, area FROM cases WHERE id = ?", (key,)).fetchone()
    tags = run.execute("SELECT tag FROM case_tags WHERE case_id = ? ORDER BY position", (key,))
    children = run.execute("SELECT pseudonym, age FROM children WHERE case_id = ? ORDER BY position", (key,))
    return {
        "reference": reference,
        "area": area,
        "tags": [tag for (tag,) in tags],
        "children": [list(child) for child in children],
    }


def _entry_record(run: Connection, key: int) -> dict[str, object]:
    day, time, kind, heading, text = run.execute(
        "SELECT day, time, kind, heading, text FROM entries WHERE id = ?", (key,)
    ).fetchone()
    record: dict[str, object] = {"day": day, "time": time, "kind": kind, "heading": heading, "text": text}
    strategy = read_strategy(run, key, kind) if kind == EntryKind.STRATEGY_DISCUSSION else None
    if strategy is not None:
        answers = (strategy.in_time, strategy.rationale_recorded, strategy.actions_recorded)
        record["strategy"] = [list(strategy.invited), list(strategy.present), *answers]
    return record


def _whole_rows(run: Connection, table: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the identity and the record of every row of `table`, with what belongs to it, in the words that the history has for it."""
    cursor = run.execute(f"SELECT * FROM {table} ORDER BY id")
    columns = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        held = dict(zip(columns, row, strict=True))
        key, identity = held.pop("id"), str(held.pop("identity"))
        if "case_id" in held:
            held["case"] = _identity(run, "cases", held.pop("case_id"))
        if table == "reviews":
            held["reviewer"] = held.pop("reviewer_id")
            held["stages"] = dict(run.execute("SELECT stage, grade FROM stage_grades WHERE review_id = ?", (key,)))
        elif table == "given_reasons":
            held["review"] = _identity(run, "reviews", held.pop("review_id"))
        elif table == "citations":
            held["given_reason"] = _identity(run, "given_reasons", held.pop("given_reason_id"))
            held["entry"] = _identity(run, "entries", held.pop("entry_id"))
        elif table == "allocations":
            held["person"] = held.pop("person_id")
        elif table == "people":
            held["roles"] = sorted(
                role for (role,) in run.execute("SELECT role FROM roles WHERE person_id = ?", (key,))
            )
        elif table == "samples":
            cases = run.execute("SELECT case_id FROM sample_cases WHERE sample_id = ? ORDER BY position", (key,))
            held["cases"] = [case for (case,) in cases]
        elif table == "previous_results":
            counts = run.execute("SELECT area, grade, cases FROM previous_counts WHERE previous_id = ?", (key,))
            held["counts"] = [list(count) for count in counts]
        yield identity, held


def _identity(run: Connection, table: str, key: int) -> str:
    row = run.execute(f"SELECT identity FROM {table} WHERE id = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _count(counted: dict[tuple[str, str], int], table: str, reference: str) -> None:
    counted[table, reference] = counted.get((table, reference), 0) + 1


def _canonical(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
