"""Takes words out of an audit: out of every text, the search index and the history, where their digests and the reason stay.

First everything is found, nothing written; then all of it is replaced in one change, which tells how each row stands from then on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from ncpi_desktop.domain.record.change import WHOLE_ROW, Operation, ValueChange
from ncpi_desktop.domain.record.redaction import PlaceKind, Places, Sought, Span, TypedText, moved
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.free_texts import FIXED_TEXTS, FREE_TEXTS, FreeTexts
from ncpi_desktop.storage.kept_table import as_value
from ncpi_desktop.storage.kept_tables import TABLE_CALLED, stands_once

Advance = Callable[[], None]
"""Called after each row looked at; raises to stop."""

_TYPED: Final = ("rationale", "notes")
"""The fields of a review that the history keeps as splices."""

_VALUES: Final = (
    'SELECT v.sequence, v.position, v."table", v."row", v.field, v.operation, v.old_value, v.new_value, v.salt, v.redacted_because,'
    " h.case_reference FROM history_values v JOIN history h ON h.sequence = v.sequence ORDER BY v.sequence, v.position"
)
_TYPING: Final = (
    'SELECT "row", field, sequence, position, operation, old_value, new_value, "offset", salt FROM history_values'
    " WHERE \"table\" = 'reviews' AND field IN ('rationale', 'notes') ORDER BY \"row\", field, sequence, position"
)


@dataclass(frozen=True, slots=True)
class _Edit:
    """The columns of one row to be replaced, by their names; `case` is the reference of its case."""

    texts: FreeTexts
    identity: str
    case: str
    key: tuple[Any, ...]
    new: dict[str, Any]


@dataclass
class Found:
    """Everything that holds the words or a part of them; nothing of it is written yet."""

    edits: list[_Edit] = field(default_factory=list)
    values: dict[tuple[int, int], tuple[str, str, str]] = field(default_factory=dict)
    lines: dict[int, dict[str, str]] = field(default_factory=dict)
    counts: dict[tuple[str, PlaceKind], int] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)

    @property
    def places(self) -> Places:
        """How much was found, and where."""
        return Places(tuple((case, kind, count) for (case, kind), count in sorted(self.counts.items())))

    def count(self, case: str, kind: PlaceKind, by: int = 1) -> None:
        """Count places of a kind."""
        self.counts[case, kind] = self.counts.get((case, kind), 0) + by


def is_fixed(connection: Connection, sought: Sought) -> bool:
    """Return whether the words stand in what is no text of a case: the name of a person who works here, the force, the methodology."""
    return any(sought.is_in(text) for sql in FIXED_TEXTS for (text,) in connection.execute(sql))


def find_places(connection: Connection, sought: Sought, advance: Advance) -> Found:
    """Return everything that holds the words, or a part of them where they were typed in pieces; linear in the file."""
    found = Found()
    _find_in_texts(connection, sought, found, advance)
    _find_citations_of_entries(connection, found)
    _find_typing(connection, sought, found, advance)
    _find_in_lines(connection, sought, found, advance)
    _find_in_values(connection, sought, found, advance)
    return found


def take_out(change: ChangeInProgress, found: Found, because: str) -> None:
    """Replace everything that was found, and tell how it stands from now on. `because` stays with each value that goes."""
    run = change.connection
    for edit in found.edits:
        new = edit.new | ({"reference": _unused_reference(run, edit)} if "reference" in edit.new else {})
        run.execute(edit.texts.update(new), (*new.values(), *edit.key))
    run.executemany(
        "UPDATE history_values SET old_value = NULL, new_value = NULL, salt = '', redacted_because = ? WHERE sequence = ? AND position = ?",
        ((because, *place) for place in found.values),
    )
    run.executemany(
        "UPDATE history SET person = ?, case_reference = ?, detail = ?, reason = ?, salt = '' WHERE sequence = ?",
        (
            (words["person"], words["case_reference"], words["detail"], words["reason"], line)
            for line, words in found.lines.items()
        ),
    )
    for table in ("entry_search", "review_search"):
        run.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    if any("reference" in edit.new or "agency" in edit.new for edit in found.edits):
        rebuild_derived(run)  # the queue holds references, the counts hold the names of agencies
    _tell_rows(change, found)
    _tell_blanks(change, found, because)


def _find_in_texts(connection: Connection, sought: Sought, found: Found, advance: Advance) -> None:
    for texts in FREE_TEXTS:
        keys = len(texts.key)
        for identity, case, *rest in connection.execute(texts.select):
            advance()
            new = {}
            for column, text in zip(texts.columns, rest[keys:], strict=True):
                spans = sought.spans(text)
                if spans:
                    found.count(sought.taken_out_of(case), texts.kind, len(spans))
                    new[column] = sought.taken_out_of(text)
                    if (texts.table, column) == ("entries", "text"):
                        found.spans[identity] = spans
            if new:
                found.edits.append(_Edit(texts, identity, case, tuple(rest[:keys]), new))


def _find_citations_of_entries(connection: Connection, found: Found) -> None:
    """Move the citations of an entry with its text, and cite the mark where they cited of the words."""
    texts = next(texts for texts in FREE_TEXTS if texts.table == "citations")
    found.edits = [
        edit for edit in found.edits if edit.texts is not texts or _entry_of(connection, edit) not in found.spans
    ]
    new_texts = {edit.identity: edit.new["text"] for edit in found.edits if edit.identity in found.spans}
    for entry, spans in found.spans.items():
        rows = connection.execute(
            'SELECT t.id, t.identity, t.start, t."end", t.passage FROM citations t JOIN entries e ON e.id = t.entry_id WHERE e.identity = ?',
            (entry,),
        ).fetchall()
        for key, identity, start, end, passage in rows:
            begin, stop = moved(start, spans, end=False), moved(end, spans, end=True)
            new = {"start": begin, "end": stop, "passage": new_texts[entry][begin:stop]}
            if new != {"start": start, "end": end, "passage": passage}:
                found.edits.append(_Edit(texts, identity, "", (key,), new))


def _entry_of(connection: Connection, edit: _Edit) -> str:
    (entry,) = connection.execute(
        "SELECT e.identity FROM citations t JOIN entries e ON e.id = t.entry_id WHERE t.id = ?", edit.key
    ).fetchone()
    return str(entry)


def _find_typing(connection: Connection, sought: Sought, found: Found, advance: Advance) -> None:
    """Find the pieces of typing that wrote or took away a part of the words."""
    rows = connection.execute(_TYPING)
    for (row, name), pieces in groupby(rows, key=lambda piece: (piece[0], piece[1])):
        typed = TypedText(sought)
        for _row, _name, sequence, position, operation, old, new, offset, salt in pieces:
            advance()
            if not salt:
                typed.lose(offset)
            elif operation == Operation.SPLICE:
                typed.splice((sequence, position), offset or 0, str(old or ""), str(new or ""))
            else:
                typed.tell((sequence, position), str(new or ""))
        for key in typed.tellers:
            found.values[key] = ("reviews", row, name)  # type: ignore[index]


def _find_in_lines(connection: Connection, sought: Sought, found: Found, advance: Advance) -> None:
    names = ("person", "case_reference", "detail", "reason")
    for sequence, *texts in connection.execute(f"SELECT sequence, {', '.join(names)} FROM history ORDER BY sequence"):
        advance()
        if any(sought.is_in(text) for text in texts):
            found.lines[sequence] = {name: sought.taken_out_of(text) for name, text in zip(names, texts, strict=True)}
            found.count(found.lines[sequence]["case_reference"], PlaceKind.HISTORY)


def _find_in_values(connection: Connection, sought: Sought, found: Found, advance: Advance) -> None:
    """Find the values that hold the words, and those whose digest is of a row that held them."""
    changed = {(edit.texts.of, edit.identity) for edit in found.edits}
    # The first version told a force's own grade by the reference of its case.
    changed |= {("own_grades", edit.case) for edit in found.edits if edit.texts.of == "own_grades"}
    changed |= {("history", _line_name(sequence)) for sequence in found.lines}
    for sequence, position, table, row, name, operation, old, new, salt, because, case in connection.execute(_VALUES):
        advance()
        if not salt and not sought.is_in(because):
            continue
        of_digest = name == WHOLE_ROW and new is None and operation != Operation.REMOVE and (table, row) in changed
        told = [text for value in (old, new) if value is not None for text in _texts_in(value, name)]
        if (
            of_digest
            or any(map(sought.is_in, (*told, because)))
            or ((table, name) == ("citations", WHOLE_ROW) and _cites(sought, found, old or new))
        ):
            found.values[sequence, position] = (table, row, name)
        if (sequence, position) in found.values:
            found.count(sought.taken_out_of(case), PlaceKind.HISTORY)


def _texts_in(value: object, name: str) -> Iterator[str]:
    """Yield the texts that a value of the history holds: of a row as JSON its values, not their names."""
    if not isinstance(value, str):
        return
    if name != WHOLE_ROW:
        yield value
        return
    waiting: list[object] = [json.loads(value)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _cites(sought: Sought, found: Found, value: object) -> bool:
    """Return whether a citation that the history tells of cites a part of the words."""
    if not isinstance(value, str):
        return False
    told = json.loads(value)
    if not isinstance(told, dict) or "passage" not in told:
        return False
    spans = found.spans.get(told.get("entry", ""), [])
    return any(told["start"] < stop and start < told["end"] for start, stop in spans) or (
        bool(spans) and sought.shares_an_end_with(told["passage"])
    )


def _unused_reference(run: Connection, edit: _Edit) -> str:
    """Return a reference with the mark in it that no other case has."""
    reference, number = str(edit.new["reference"]), 1
    while run.execute("SELECT 1 FROM cases WHERE reference = ? AND id <> ?", (reference, edit.key[0])).fetchone():
        number += 1
        reference = f"{edit.new['reference']} {number}"
    return reference


def _tell_rows(change: ChangeInProgress, found: Found) -> None:
    """Tell how each row stands of which something was taken out: whole, or the fields alone."""
    whole: set[tuple[str, str]] = set()
    fields: dict[tuple[str, str], set[str]] = {}
    for edit in found.edits:
        of = (edit.texts.of, edit.identity)
        if stands_once(edit.texts.of):
            whole.add(of)
        else:
            fields.setdefault(of, set()).update(edit.new)
    for table, row, name in found.values.values():
        if table in ("history", "history_values"):
            continue
        if name == WHOLE_ROW:
            whole.add((table, row))
        else:
            fields.setdefault((table, row), set()).add(name)
    for table, row in sorted(whole | fields.keys()):
        standing = TABLE_CALLED[table].row(change.connection, row)
        if standing is None:
            continue  # It was taken away since: nothing stands there to be told.
        if (table, row) in whole:
            change.tell_anew(table, row)
            continue
        for name in sorted(fields[table, row]):
            held = TABLE_CALLED[table].field_called[name]
            told = ValueChange(table, row, name, Operation.SET, None, as_value(held, standing[name]))
            change.values.append(told)


def _tell_blanks(change: ChangeInProgress, found: Found, because: str) -> None:
    """Tell each blank in the history, so that one which no redaction made is not taken for one."""
    for sequence, position in sorted(found.values):
        change.add("history_values", f"{sequence:012d}.{position:06d}", {"redacted_because": because})
    for sequence in sorted(found.lines):
        change.add("history", _line_name(sequence), found.lines[sequence], kept_in_table=True)


def _line_name(sequence: int) -> str:
    return f"{sequence:012d}"
