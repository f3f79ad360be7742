"""Reads, for some cases at once, what stands between a person and their first readings; keeps what a second reader had seen before."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.moderation.blindness import ReadingFacts
from ncpi_desktop.domain.moderation.second_reading import Seen
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import to_text

_AT_ONCE = 400
_EACH_FACT = (
    "EXISTS (SELECT 1 FROM reviews WHERE case_id = c.id AND purpose = 'first' AND reviewer_id IS NOT ?1),"
    " EXISTS (SELECT 1 FROM allocations WHERE case_id = c.id AND purpose = 'first' AND person_id = ?1)"
    " OR EXISTS (SELECT 1 FROM reviews WHERE case_id = c.id AND purpose = 'first' AND reviewer_id = ?1),"
    " EXISTS (SELECT 1 FROM allocations WHERE case_id = c.id AND purpose = 'second' AND person_id = ?1)"
    " OR EXISTS (SELECT 1 FROM reviews WHERE case_id = c.id AND purpose = 'second' AND state = 'draft' AND reviewer_id = ?1),"
    " EXISTS (SELECT 1 FROM reviews WHERE case_id = c.id AND purpose = 'second' AND submitted_at IS NOT NULL AND reviewer_id = ?1),"
    " EXISTS (SELECT 1 FROM reviews WHERE case_id = c.id AND purpose = 'second' AND submitted_at IS NOT NULL),"
    " EXISTS (SELECT 1 FROM second_readings WHERE case_id = c.id)"
)
_FACTS = f"SELECT c.id, {_EACH_FACT} FROM cases c WHERE c.id IN ({{}})"
_COUNTED = f"SELECT count(*), facts FROM (SELECT json_array({_EACH_FACT}) AS facts FROM (SELECT value AS id FROM json_each(?2)) c) GROUP BY facts"


def reading_facts(connection: Connection, cases: Sequence[CaseKey], person: int | None) -> dict[CaseKey, ReadingFacts]:
    """Return the facts of each of `cases` for a person (their key)."""
    found: dict[CaseKey, ReadingFacts] = {}
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        marks = ", ".join(f"?{place}" for place in range(2, len(some) + 2))
        for case, *facts in connection.execute(_FACTS.format(marks), (person, *some)):
            found[CaseKey(case)] = ReadingFacts(*map(bool, facts))
    return found


def counted_facts(
    connection: Connection, cases: Sequence[CaseKey], person: int | None
) -> list[tuple[int, ReadingFacts]]:
    """Return in how many of `cases` the facts are these for a person (their key); for many cases at once."""
    rows = connection.execute(_COUNTED, (person, json.dumps(list(cases))))
    return [(count, ReadingFacts(*map(bool, json.loads(facts)))) for count, facts in rows]


def read_again_by(connection: Connection, cases: Sequence[CaseKey], person: int) -> list[CaseKey]:
    """Return those of `cases` whose second reading a person (their key) has to give, or has begun."""
    found: list[CaseKey] = []
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        marks = ", ".join(f"?{place}" for place in range(2, len(some) + 2))
        rows = connection.execute(
            f"SELECT case_id FROM allocations WHERE person_id = ?1 AND purpose = 'second' AND case_id IN ({marks}) UNION SELECT case_id"
            f" FROM reviews WHERE reviewer_id = ?1 AND purpose = 'second' AND case_id IN ({marks})",
            (person, *some),
        )
        found += [CaseKey(case) for (case,) in rows]
    return found


def cases_of_rows(connection: Connection, table: str, identities: Collection[str]) -> dict[str, CaseKey]:
    """Return the case that each row with words of a judgement is of; rows that are gone, or of none, are left out."""
    joins = {
        "reviews": "reviews t",
        "stage_grades": "reviews t",
        "given_reasons": "given_reasons g JOIN reviews t ON t.id = g.review_id",
        "comments": "comments t",
        "allocations": "allocations t",
        "illustrations": "illustrations t",
    }
    if table == "citations":
        joins["citations"] = (
            "citations i JOIN given_reasons g ON g.id = i.given_reason_id JOIN reviews t ON t.id = g.review_id"
        )
    if table not in joins:
        return {}
    row = {"given_reasons": "g", "citations": "i"}.get(table, "t")
    found: dict[str, CaseKey] = {}
    held = list(identities)
    for start in range(0, len(held), _AT_ONCE):
        some = held[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {row}.identity, t.case_id FROM {joins[table]} WHERE {row}.identity IN ({marks})"
        found.update((identity, CaseKey(case)) for identity, case in connection.execute(sql, some))
    return found


def own_rows(connection: Connection, cases: Collection[CaseKey], person: int | None) -> frozenset[str]:
    """Return the identities of what a person's own readings of `cases` consist of: reviews, reasons, citations that stand."""
    reasons = "reviews r JOIN given_reasons g ON g.review_id = r.id"
    rows = (
        "r.identity FROM reviews r",
        f"g.identity FROM {reasons}",
        f"i.identity FROM {reasons} JOIN citations i ON i.given_reason_id = g.id",
    )
    return frozenset(
        identity
        for case in cases
        for row in rows
        for (identity,) in connection.execute(f"SELECT {row} WHERE r.case_id = ? AND r.reviewer_id = ?", (case, person))
    )


def own_second_states(connection: Connection, cases: Sequence[CaseKey], person: int | None) -> dict[CaseKey, CaseState]:
    """Return how far a person's own second reading of each of `cases` has come; cases that are not theirs to read again are left out."""
    found: dict[CaseKey, CaseState] = {}
    for start in range(0, len(cases), _AT_ONCE):
        some = cases[start : start + _AT_ONCE]
        marks = ", ".join(f"?{place}" for place in range(2, len(some) + 2))
        rows = connection.execute(
            "SELECT s.case_id, r.parked_because <> '' FROM second_readings s LEFT JOIN reviews r ON r.case_id = s.case_id AND r.purpose ="
            f" 'second' AND r.state = 'draft' AND r.reviewer_id = ?1 WHERE s.reader IS ?1 AND s.case_id IN ({marks})",
            (person, *some),
        )
        for case, parked in rows:
            begun = CaseState.PARKED if parked else CaseState.IN_PROGRESS
            found[CaseKey(case)] = CaseState.TO_DO if parked is None else begun
    return found


def note_sighting(change: ChangeInProgress, case: CaseKey, person: int, seen: Seen) -> None:
    """Keep that a person had seen so much of a first reading; once for each."""
    identity = fresh_identity()
    inserted = change.connection.execute(
        "INSERT OR IGNORE INTO sightings (identity, case_id, person_id, what, seen_at) VALUES (?, ?, ?, ?, ?)",
        (identity, case, person, seen.value, to_text(change.at)),
    ).rowcount
    if inserted:
        change.add_standing("sightings", identity)


def has_seen(connection: Connection, case: CaseKey, person: int, seen: Seen) -> bool:
    """Return whether it is kept that a person had seen so much."""
    sql = "SELECT 1 FROM sightings WHERE case_id = ? AND person_id = ? AND what = ?"
    return connection.execute(sql, (case, person, seen.value)).fetchone() is not None
