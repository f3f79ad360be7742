"""Keeps quality samples: what they could be drawn from, by which rules and seed, and which cases were drawn."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.follow_up import QualitySample
from ncpi_desktop.domain.findings.tally import Measure, TallyKey
from ncpi_desktop.domain.grading.review import ReviewPurpose, ReviewState
from ncpi_desktop.domain.moderation.conflict import Reading
from ncpi_desktop.domain.moderation.sampling import Flag, Frame, FrameCase
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.follow_up_repository import add_sample
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.second_reading_repository import refresh_second_lines
from ncpi_desktop.storage.tally_repository import move_tallies

# The first reading that stands, or, where it was reopened and is a draft again, the one handed in last.
_HANDED_IN = (
    "SELECT case_id, reviewer_id, grade, supersedes IS NOT NULL AS changed FROM reviews WHERE purpose = 'first' AND state = 'submitted'"
    " UNION ALL SELECT case_id, reviewer_id, grade, 1 FROM reviews WHERE id IN (SELECT max(s.id) FROM reviews s WHERE s.purpose = 'first'"
    " AND s.state = 'superseded' AND s.submitted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reviews t WHERE t.case_id = s.case_id"
    " AND t.purpose = 'first' AND t.state = 'submitted') GROUP BY s.case_id)"
)
_SAMPLED = "SELECT c.case_id FROM sample_cases c JOIN samples s ON s.id = c.sample_id WHERE s.purpose = 'quality'"
# CROSS JOIN keeps the readings first: each of the others is then one look-up.
_FRAME = (
    f"SELECT k.identity, coalesce(p.identity, ''), k.area, r.grade,"
    f" CASE WHEN k.id IN (SELECT case_id FROM referrals) THEN '{Flag.REFERRAL}' ELSE '' END"
    f" || CASE WHEN abs(g.position - h.position) >= 2 THEN '{Flag.TWO_APART}' ELSE '' END"
    f" || CASE WHEN r.changed THEN '{Flag.CHANGED}' ELSE '' END"
    f" || CASE WHEN w.not_sure THEN '{Flag.NOT_SURE}' ELSE '' END"
    f" || CASE WHEN k.id IN ({_SAMPLED}) THEN '{Flag.DRAWN_BEFORE}' ELSE '' END"
    f" FROM ({_HANDED_IN}) r CROSS JOIN worklist w ON w.case_id = r.case_id CROSS JOIN cases k ON k.id = r.case_id"
    " LEFT JOIN people p ON p.id = r.reviewer_id LEFT JOIN own_grades o ON o.case_id = r.case_id"
    " LEFT JOIN grades g ON g.code = r.grade LEFT JOIN grades h ON h.code = o.grade WHERE r.grade IS NOT NULL"
)

_LISTED = (
    "WITH d AS (SELECT k.id, k.identity, k.reference FROM json_each(?) j CROSS JOIN cases k ON k.identity = j.value)"
)
_READERS = "SELECT d.id, r.purpose, r.reviewer_id, r.state FROM d CROSS JOIN reviews r ON r.case_id = d.id WHERE r.reviewer_id IS NOT NULL"
_TO_READ = "SELECT d.id, l.purpose, l.person_id FROM d CROSS JOIN allocations l ON l.case_id = d.id WHERE l.purpose <> 'practice'"
_TAGS = "SELECT d.id, t.tag FROM d CROSS JOIN case_tags t ON t.case_id = d.id ORDER BY d.id, t.position"


@dataclass(frozen=True, slots=True)
class KeptSample:
    """A sample as the file keeps it. `lines` is the frame as text, None where none was kept; `cases` are identities in their order."""

    identity: str
    rules: str
    seed: int
    frame_size: int
    drawn_at: str
    lines: str | None
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseToRead:
    """A case that is to be read a second time: who has read it or has its first reading, whose its second is, and its tags.

    `is_read` says that the second reading has been handed in.
    """

    key: CaseKey
    reference: str
    readings: tuple[Reading, ...]
    second_reader: int | None
    is_read: bool
    tags: tuple[str, ...]


def read_frame(connection: Connection, worst: str) -> Frame:
    """Return every case whose first reading was handed in, with what rules look at; linear in the file, and no text is read."""
    return Frame(worst, tuple(map(FrameCase._make, connection.execute(_FRAME))))


def cases_called(connection: Connection, references: Collection[str]) -> dict[str, str]:
    """Return the identities of the cases with these references; those that there are not are left out. Cases for practice do not count."""
    rows = connection.execute(
        "SELECT w.reference, k.identity FROM json_each(?) j CROSS JOIN cases k ON k.reference = j.value"
        " CROSS JOIN worklist w ON w.case_id = k.id",
        (json.dumps(list(references)),),
    )
    return dict(rows.fetchall())


def cases_to_read(connection: Connection, identities: Sequence[str]) -> dict[str, CaseToRead]:
    """Return what decides who may read each of these cases a second time."""
    listed = (json.dumps(list(identities)),)
    readings: dict[int, list[Reading]] = {}
    second: dict[int, int] = {}
    tags: dict[int, list[str]] = {}
    read: set[int] = set()
    for case, purpose, person, state in connection.execute(f"{_LISTED} {_READERS}", listed):
        readings.setdefault(case, []).append((ReviewPurpose(purpose), person))
        if purpose == ReviewPurpose.SECOND and state != ReviewState.SUPERSEDED:
            second[case] = person
            read.update([case] if state == ReviewState.SUBMITTED else [])
    for case, purpose, person in connection.execute(f"{_LISTED} {_TO_READ}", listed):
        if purpose == ReviewPurpose.SECOND:
            second.setdefault(case, person)
        else:
            readings.setdefault(case, []).append((ReviewPurpose(purpose), person))
    for case, tag in connection.execute(f"{_LISTED} {_TAGS}", listed):
        tags.setdefault(case, []).append(tag)
    return {
        identity: CaseToRead(
            *(CaseKey(case), reference, tuple(readings.get(case, ()))),
            *(second.get(case), case in read, tuple(tags.get(case, ()))),
        )
        for case, identity, reference in connection.execute(f"{_LISTED} SELECT id, identity, reference FROM d", listed)
    }


def second_readings_waiting(connection: Connection) -> dict[int, int]:
    """Return how many second readings wait for each person (their key): given to them, and not handed in."""
    rows = connection.execute(
        "SELECT reader, count(*) FROM second_readings WHERE state IN ('waiting', 'to-read', 'reading') AND reader IS NOT NULL GROUP BY 1"
    )
    return dict(rows.fetchall())


def last_seed(connection: Connection) -> int | None:
    """Return the seed of the quality sample drawn last; None before the first."""
    row = connection.execute("SELECT seed FROM samples WHERE purpose = 'quality' ORDER BY id DESC LIMIT 1").fetchone()
    return int(row[0]) if row else None


def keep_sample(change: ChangeInProgress, sample: QualitySample, lines: str) -> None:
    """Keep a sample with the frame that it was drawn from."""
    key = add_sample(change, sample)
    identity = fresh_identity()
    change.connection.execute(
        "INSERT INTO frames (identity, sample_id, lines) VALUES (?, ?, ?)", (identity, key, lines)
    )
    change.add_standing("frames", identity)


def kept_samples(connection: Connection) -> Iterator[KeptSample]:
    """Yield every quality sample, oldest first, each with its frame."""
    rows = connection.execute(
        "SELECT s.id, s.identity, s.rules, s.seed, s.frame_size, s.drawn_at, f.lines FROM samples s LEFT JOIN frames f"
        " ON f.sample_id = s.id WHERE s.purpose = 'quality' ORDER BY s.id"
    ).fetchall()
    for key, identity, rules, seed, size, at, lines in rows:
        cases = connection.execute(
            "SELECT k.identity FROM sample_cases c JOIN cases k ON k.id = c.case_id WHERE c.sample_id = ? ORDER BY c.position",
            (key,),
        )
        yield KeptSample(identity, rules, seed, size, at, lines, tuple(case for (case,) in cases))


def follow_sampled(connection: Connection, cases: Sequence[CaseKey], before: Mapping[TallyKey, int]) -> None:
    """Bring the second readings of many cases, and their counts, up to date: the queue and every other count are as they were.

    `before` is what `count_sampled` gave before the change. Time follows the number of cases, not the file.
    """
    refresh_second_lines(connection, cases)
    difference = dict(count_sampled(connection, cases))
    for key, count in before.items():
        difference[key] = difference.get(key, 0) - count
    move_tallies(connection, {key: by for key, by in difference.items() if by})


def count_sampled(connection: Connection, cases: Sequence[CaseKey]) -> dict[TallyKey, int]:
    """Return what these cases add to the counts that being sampled, or given to somebody, can move."""
    rows = connection.execute(
        "SELECT s.state, w.area, count(*) FROM json_each(?) j CROSS JOIN second_readings s ON s.case_id = j.value"
        " CROSS JOIN worklist w ON w.case_id = s.case_id WHERE s.sampled = 1 GROUP BY 1, 2",
        (json.dumps(list(cases)),),
    )
    return {TallyKey(Measure.SECOND, state, area): count for state, area, count in rows}
