"""Checks the history: that its chain of seals holds, and that what stands in the tables is what the history tells."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ncpi_desktop.domain.casework.case import EntryKind
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import (
    FIRST_SEAL,
    Change,
    Operation,
    ValueChange,
    seal_of,
    texts_digest_of,
    value_digest,
)
from ncpi_desktop.storage.case_repository import read_strategy
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.history_repository import chain
from ncpi_desktop.storage.methodology_repository import read_methodology, record_of
from ncpi_desktop.storage.moments import to_text
from ncpi_desktop.words import _, ngettext

Span = tuple[int, int]
"""Numbers of changes from the first to the last, both in it."""

Advance = Callable[[], None]
"""Called after each change or entry looked at; raises to stop the check."""

_SHORT_CHANGE = 2_000
"""A change of more values than these is not read when a file is opened."""

_KEPT = "\"table\" = ? AND operation = 'add' AND v.new_value IS NULL AND v.redacted_because IS NULL AND v.salt <> ''"


@dataclass(frozen=True, slots=True)
class ChainWalk:
    """How far the chain holds: changes walked, the last seal that holds, the first fault (empty: none), and where `asked` was found.

    `declared` tells of changes that were lost before a rescue, which says so itself: a remark, no fault.
    """

    changes: int
    seal: str
    fault: str = ""
    asked_at: int | None = None
    declared: tuple[str, ...] = ()


def walk_chain(connection: Connection, asked: str, advance: Advance) -> ChainWalk:
    """Recompute every digest and seal from the first change on; stop at the first that does not hold.

    `asked` is a seal, or its beginning, as printed in a report; empty where none is asked for.
    """
    count, last, seal, asked_at = 0, 0, FIRST_SEAL, None
    try:
        lost, declared = _declared_lost(connection)
        for change, salt, texts_digest in chain(connection):
            gap = _not_in(lost, last + 1, change.sequence - 1)
            if gap is not None or change.sequence <= last:
                return ChainWalk(count, seal, _at(gap or last + 1, _("it is missing")), asked_at, declared)
            if _not_in(lost, change.sequence, change.sequence) is not None:
                follows = change.sequence == last + 1 and _not_in(lost, last, last) is not None
                fault = _fault_in(change, salt, texts_digest, seal if follows else change.previous_seal)
                if fault:
                    return ChainWalk(count, seal, _at(change.sequence, fault), asked_at, declared)
                count += 1
                if asked and asked_at is None and change.seal.startswith(asked):
                    asked_at = change.sequence
            last, seal = change.sequence, change.seal
            advance()
    except (ValueError, TypeError, UnicodeError):
        fault = _at(last + 1, _("it holds something that can't be read"))
        return ChainWalk(count, seal, fault, asked_at)
    return ChainWalk(count, seal, "", asked_at, declared)


def broken_changes(connection: Connection, advance: Advance) -> list[Span]:
    """Return the changes that are missing, or are not as they were sealed."""
    broken: list[Span] = []
    last, seal, held = 0, FIRST_SEAL, True
    for change, salt, texts_digest in chain(connection):
        advance()
        if change.sequence > last + 1:
            broken.append((last + 1, change.sequence - 1))
        follows = held and change.sequence == last + 1
        try:
            held = not _fault_in(change, salt, texts_digest, seal if follows else change.previous_seal)
        except (ValueError, TypeError):
            held = False
        if not held:
            broken.append((change.sequence, change.sequence))
        last, seal = change.sequence, change.seal
    return merged(broken)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans of numbers in ascending order, those that touch made one."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and joined[-1][1] >= first - 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def told_spans(spans: Iterable[Span]) -> str:
    """Return spans as they stand in the history, such as *3-5, 9*."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _not_in(spans: Sequence[Span], first: int, last: int) -> int | None:
    """Return the first number from `first` to `last` that is in none of `spans`; None where all are."""
    number = first
    while number <= last:
        place = bisect_right(spans, (number, sys.maxsize)) - 1
        if place < 0 or spans[place][1] < number:
            return number
        number = spans[place][1] + 1
    return None


def _span_from(told: str, most: int) -> Span:
    first, _dash, last = told.partition("-")
    return int(first), min(int(last or first), most)


def _declared_lost(connection: Connection) -> tuple[list[Span], tuple[str, ...]]:
    """Return the changes that rescues declare lost, each earlier than itself, and a sentence for each rescue."""
    lost: list[Span] = []
    declared = []
    rows = connection.execute(
        "SELECT h.sequence, h.at, v.field, v.new_value FROM history h JOIN history_values v USING (sequence) WHERE h.action = ?"
        " AND v.\"table\" = 'history' ORDER BY h.sequence, v.position",
        (Action.RESCUE.value,),
    ).fetchall()
    for sequence, at, field, told in rows:
        day = datetime.fromisoformat(at).strftime("%d/%m/%Y")
        if field == "lost-after":
            declared.append(
                _("More changes after number {number} may have been lost before the rescue of {day}.").format(
                    number=int(told), day=day
                )
            )
            continue
        spans = [_span_from(part, sequence - 1) for part in str(told or "").split(", ") if part]
        lost += spans
        count = sum(last - first + 1 for first, last in spans)
        if count:
            declared.append(
                ngettext(
                    "{count} change was lost before the rescue of {day}: number {numbers}.",
                    "{count} changes were lost before the rescue of {day}: numbers {numbers}.",
                    count,
                ).format(count=count, day=day, numbers=told)
            )
    return merged(lost), tuple(declared)


def last_seal_holds(connection: Connection) -> bool:
    """Return whether the last change is sealed onto the one before it, as after a change that was made wholly or not at all.

    A change of very many values (an import) is taken at its word here; `walk_chain` reads those too.
    """
    lines = connection.execute(
        "SELECT sequence, at, person_identity, action, case_identity, texts_digest, previous_seal, seal FROM history"
        " ORDER BY sequence DESC LIMIT 2"
    ).fetchall()
    if not lines:
        return connection.execute("SELECT 1 FROM history_values LIMIT 1").fetchone() is None
    sequence, at, person, action, case, texts, previous_seal, seal = lines[0]
    before = (lines[1][0], lines[1][7]) if len(lines) > 1 else (0, FIRST_SEAL)
    if (sequence - 1, previous_seal) != before:
        return False
    values = connection.execute(
        'SELECT "table", "row", field, operation, "offset", old_digest, new_digest FROM history_values WHERE sequence = ?'
        " ORDER BY position LIMIT ?",
        (sequence, _SHORT_CHANGE + 1),
    ).fetchall()
    if len(values) > _SHORT_CHANGE:
        return True
    told = [
        ValueChange(table, row, field, Operation(operation), None, None, offset, "", old, new)
        for table, row, field, operation, offset, old, new in values
    ]
    return seal_of(previous_seal, sequence, at, person, action, case, texts, told) == str(seal)


def _fault_in(change: Change, salt: str, texts_digest: str, previous_seal: str) -> str:
    if change.previous_seal != previous_seal:
        return _("it does not follow from the change before it")
    words = (change.person, change.case_reference, change.detail, change.reason)
    # Words and values that were taken out took their salt with them; their digests stay and are still sealed.
    if salt and texts_digest_of(salt, *words) != texts_digest:
        return _("its words were altered")
    for value in change.values:
        if not value.salt:
            continue
        kept_in_table = value.operation is Operation.ADD and value.new is None
        if value_digest(value.salt, value.old) != value.old_digest or (
            not kept_in_table and value_digest(value.salt, value.new) != value.new_digest
        ):
            return _("a value that it keeps was altered")
    at = to_text(change.at)
    identities = (change.person_identity, change.action, change.case_identity)
    if seal_of(previous_seal, change.sequence, at, *identities, texts_digest, change.values) != change.seal:
        return _("its seal does not fit what it says")
    return ""


def _at(sequence: int, fault: str) -> str:
    return _("The history is broken at change {number}: {fault}. What stands before it holds.").format(
        number=sequence, fault=fault
    )


def altered_cases(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each case, or own grade of the force, that is not as it was brought in."""
    rows = connection.execute(
        f"SELECT v.salt, v.new_digest, c.id, c.reference, c.area, c.added_at = h.at FROM history_values v JOIN history h USING (sequence)"
        f' LEFT JOIN cases c ON c.identity = v."row" WHERE {_KEPT}',
        ("cases",),
    ).fetchall()
    for salt, digest, key, reference, area, same_moment in rows:
        if key is None:
            yield _("A case that was brought in is no longer in the file.")
        elif (
            not same_moment or value_digest(salt, _canonical(_case_record(connection, key, reference, area))) != digest
        ):
            yield _("Case {reference} is not as it was brought in.").format(reference=reference)
    for table, sentence in (
        ("cases", _("The file holds another number of cases than the history tells.")),
        ("own_grades", _("The file holds another number of the force's own grades than the history tells.")),
    ):
        added, held = connection.execute(
            "SELECT (SELECT count(*) FROM history_values WHERE \"table\" = ? AND operation = 'add'),"
            f" (SELECT count(*) FROM {table})",
            (table,),
        ).fetchone()
        if added != held:
            yield sentence
    owns = connection.execute(
        'SELECT v.salt, v.new_digest, v."row", o.grade, o.rationale FROM history_values v LEFT JOIN cases c ON c.reference = v."row"'
        f" LEFT JOIN own_grades o ON o.case_id = c.id WHERE {_KEPT}",
        ("own_grades",),
    ).fetchall()
    for salt, digest, reference, grade, rationale in owns:
        if value_digest(salt, _canonical({"grade": grade, "rationale": rationale})) != digest:
            yield _("The force's own grade of case {reference} is not as it was brought in.").format(
                reference=reference
            )


def altered_methodology(connection: Connection) -> Iterator[str]:
    """Yield a sentence where the scale, areas, stages or reasons are not those that the file was made with."""
    rows = connection.execute(f"SELECT v.salt, v.new_digest FROM history_values v WHERE {_KEPT}", ("methodology",))
    for salt, digest in rows.fetchall():
        if value_digest(salt, _canonical(record_of(read_methodology(connection)))) != digest:
            yield _("The methodology is not the one that the file was made with.")


def altered_entries(connection: Connection, advance: Advance) -> Iterator[str]:
    """Yield a sentence for each entry of a record that is not as it was brought in; linear in the text."""
    matched = 0
    rows = connection.execute(
        "SELECT v.salt, v.new_digest, e.id, e.day, e.time, e.kind, e.heading, e.text, e.position, c.reference FROM history_values v"
        f' LEFT JOIN entries e ON e.identity = v."row" LEFT JOIN cases c ON c.id = e.case_id WHERE {_KEPT}',
        ("entries",),
    )
    for salt, digest, key, day, time, kind, heading, text, position, reference in rows:
        advance()
        if key is None:
            yield _("An entry of a record that was brought in is no longer in the file.")
            continue
        matched += 1
        record: dict[str, object] = {"day": day, "time": time, "kind": kind, "heading": heading, "text": text}
        strategy = read_strategy(connection, key, kind) if kind == EntryKind.STRATEGY_DISCUSSION else None
        if strategy is not None:
            answers = (strategy.in_time, strategy.rationale_recorded, strategy.actions_recorded)
            record["strategy"] = [list(strategy.invited), list(strategy.present), *answers]
        if value_digest(salt, _canonical(record)) != digest:
            yield _("Entry {position} of case {reference} is not as it was brought in.").format(
                position=position, reference=reference
            )
    redacted = connection.execute(
        "SELECT count(*) FROM history_values WHERE \"table\" = 'entries' AND operation = 'add' AND (redacted_because IS NOT NULL OR salt = '')"
    ).fetchone()[0]
    if connection.execute("SELECT count(*) FROM entries").fetchone()[0] != matched + redacted:
        yield _("The file holds another number of entries than the history tells.")


def _case_record(connection: Connection, key: int, reference: str, area: str) -> dict[str, object]:
    tags = connection.execute("SELECT tag FROM case_tags WHERE case_id = ? ORDER BY position", (key,))
    children = connection.execute("SELECT pseudonym, age FROM children WHERE case_id = ? ORDER BY position", (key,))
    return {
        "reference": reference,
        "area": area,
        "tags": [tag for (tag,) in tags],
        "children": [list(child) for child in children],
    }


def _canonical(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True)
