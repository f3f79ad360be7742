"""Searches records, rationales and notes. Hits come in the order of the record, which the index gives without ranking."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.hit import Hit, HitPage, Place
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage.engine import Connection, OperationalError

PAGE = 50
SHORTEST_BEGINNING = 3
"""A word of fewer letters must stand whole: all words that begin with one letter are a tenth of the index."""
MOST_WORDS = 30
"""Words beyond these are left out: a page pasted into the search would keep everybody waiting for seconds."""
_MARKS = ("\x02", "\x03")


def query_from(words: str) -> str:
    """Return the index query for what a person typed: every word must occur, the last one perhaps only begun.

    Words are quoted, so that AND, NEAR, brackets and quotation marks are looked for and not obeyed. What divides a word (*and/or*,
    *21:40*) is left in it: the index divides it as it divided the text.
    """
    parts = [word for word in words.replace('"', " ").replace("\0", " ").split() if any(map(str.isalnum, word))]
    parts, left_out = parts[:MOST_WORDS], parts[MOST_WORDS:]
    begun = bool(parts) and not left_out and not words.endswith(" ") and len(parts[-1]) >= SHORTEST_BEGINNING
    return " ".join(f'"{part}"' for part in parts) + ("*" if begun else "")


def search_cases(connection: Connection, words: str, place: Place | None = None, person: int | None = None) -> HitPage:
    """Return a page of hits for `words`: first a case of that reference, then entries in record order, then rationales and notes.

    Of second readings those alone are looked through that `person` (their key) gives. Callers decide which first ones may be seen.
    """
    words = storable(words)
    query = query_from(words)
    if not query:
        return HitPage((), None)
    at = place or Place(0, 0)
    hits = [] if place else _reference_hits(connection, words)
    try:
        entries = _entry_hits(connection, query, at.entry)
        reviews = [] if len(entries) == PAGE else _review_hits(connection, query, at.review, person)
    except OperationalError:
        return HitPage(tuple(hits), None)
    hits += [hit for _key, hit in entries + reviews]
    if len(entries) == PAGE:
        return HitPage(tuple(hits), Place(entries[-1][0], 0))
    if len(reviews) == PAGE:
        return HitPage(tuple(hits), Place(2**62, reviews[-1][0]))
    return HitPage(tuple(hits), None)


def _reference_hits(connection: Connection, words: str) -> list[Hit]:
    typed = words.strip()
    rows = connection.execute(
        "SELECT w.case_id, w.position, w.reference FROM cases c JOIN worklist w ON w.case_id = c.id"
        " WHERE c.reference IN (?, ?, ?) LIMIT 5",
        (typed, typed.upper(), typed.lower()),
    )
    return [Hit(CaseKey(case), position, reference, "reference", None, reference) for case, position, reference in rows]


def _entry_hits(connection: Connection, query: str, after: int) -> list[tuple[int, Hit]]:
    rows = connection.execute(
        "SELECT f.rowid, w.case_id, w.position, w.reference, snippet(entry_search, 1, ?, ?, '…', 12) FROM entry_search f"
        " JOIN entries e ON e.id = f.rowid JOIN worklist w ON w.case_id = e.case_id"
        " WHERE entry_search MATCH ? AND f.rowid > ? ORDER BY f.rowid LIMIT ?",
        (*_MARKS, query, after, PAGE),
    )
    return [
        (key, Hit(CaseKey(case), position, reference, "entry", key, text))
        for key, case, position, reference, text in rows
    ]


def _review_hits(connection: Connection, query: str, after: int, person: int | None) -> list[tuple[int, Hit]]:
    rows = connection.execute(
        "SELECT f.rowid, w.case_id, w.position, w.reference, snippet(review_search, -1, ?, ?, '…', 12), r.reviewer_id IS ? FROM review_search f"
        " JOIN reviews r ON r.id = f.rowid JOIN worklist w ON w.case_id = r.case_id"
        " WHERE review_search MATCH ? AND f.rowid > ? AND (r.purpose = 'first' OR r.purpose = 'second' AND r.reviewer_id = ?)"
        " AND r.state <> 'superseded' ORDER BY f.rowid LIMIT ?",
        (*_MARKS, person, query, after, person, PAGE),
    )
    return [
        (key, Hit(CaseKey(case), position, reference, "rationale", None, text, is_own=bool(own)))
        for key, case, position, reference, text, own in rows
    ]
