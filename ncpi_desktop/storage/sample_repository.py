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
_OF_REOPENED = (
    "SELECT max(s.id) FROM reviews s WHERE s.purpose = 'first' AND s.state = 'superseded' AND s.submitted_at IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM reviews t WHERE t.case_id = s.case_id AND t.purpose = 'first' AND t.state = 'submitted') GROUP BY s.case_id"
)
# CROSS JOIN goes through the readings: each case is then one look-up.
_FRAME = (
    "SELECT k.identity, r.reviewer_id, k.area, r.grade, k.id FROM reviews r CROSS JOIN cases k ON k.id = r.case_id WHERE {}"
    " AND r.grade IS NOT NULL AND k.id NOT IN (SELECT case_id FROM practice_cases)"
)
_FRAMES = (
    _FRAME.format("r.purpose = 'first' AND r.state = 'submitted'"),
    _FRAME.format(f"r.id IN ({_OF_REOPENED})"),
)
_TWO_APART = (
    "SELECT o.case_id FROM own_grades o JOIN grades h ON h.code = o.grade CROSS JOIN reviews r ON r.case_id = o.case_id AND r.purpose ="
    f" 'first' AND (r.state = 'submitted' OR (r.state = 'superseded' AND r.id IN ({_OF_REOPENED}))) JOIN grades g ON g.code = r.grade"
    " WHERE abs(g.position - h.position) >= 2"
)
# Few cases bear a flag: each is looked up by itself, so that a case without costs nothing.
_FLAGGED = (
    (Flag.REFERRAL, "SELECT DISTINCT case_id FROM referrals"),
    (
        Flag.TWO_APART,
        _TWO_APART,
    ),
    (
        Flag.CHANGED,
        "SELECT DISTINCT case_id FROM reviews WHERE purpose = 'first' AND state = 'superseded' AND submitted_at IS NOT NULL",
    ),
    (Flag.NOT_SURE, "SELECT case_id FROM worklist WHERE not_sure = 1"),
    (
        Flag.DRAWN_BEFORE,
        "SELECT DISTINCT c.case_id FROM samples s CROSS JOIN sample_cases c ON c.sample_id = s.id WHERE s.purpose = 'quality'",
    ),
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
    people: dict[int | None, str] = dict(connection.execute("SELECT id, identity FROM people").fetchall())
    flags: dict[int, str] = {}
    for flag, sql in _FLAGGED:
        for (case,) in connection.execute(sql):
            flags[case] = flags.get(case, "") + flag
    return Frame(
        worst,
        tuple(
            FrameCase(identity, people.get(reviewer, ""), area, grade, flags.get(case, ""))
            for sql in _FRAMES
            for identity, reviewer, area, grade, case in connection.execute(sql)
        ),
    )


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


def last_draw(connection: Connection) -> tuple[int, int, int] | None:
    """Return seed and frame size of the quality sample drawn last, and how many were drawn; None where none was."""
    row = connection.execute(
        "SELECT seed, frame_size, (SELECT count(*) FROM samples WHERE purpose = 'quality') FROM samples"
        " WHERE purpose = 'quality' ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return (int(row[0]), int(row[1]), int(row[2])) if row else None


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
