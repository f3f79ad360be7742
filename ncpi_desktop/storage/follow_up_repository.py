"""Keeps quality samples and recommendations."""

from __future__ import annotations

from ncpi_desktop.domain.casework.follow_up import QualitySample, Recommendation
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.moments import to_text


def add_sample(change: ChangeInProgress, sample: QualitySample) -> int:
    """Keep a drawn sample with its rules and seed; return its key."""
    identity = fresh_identity()
    key = change.connection.execute(
        "INSERT INTO samples (identity, purpose, rules, seed, frame_size, drawn_at) VALUES (?, 'quality', ?, ?, ?, ?)",
        (identity, sample.rules, sample.seed, sample.frame_size, to_text(change.at)),
    ).lastrowid
    change.connection.executemany(
        "INSERT INTO sample_cases (sample_id, case_id, position) VALUES (?, ?, ?)",
        [(key, case, place) for place, case in enumerate(sample.cases)],
    )
    change.add_standing("samples", identity)
    return int(key or 0)


def add_recommendation(change: ChangeInProgress, recommendation: Recommendation, comment: str) -> None:
    """Keep a recommendation and the first line of its log."""
    identity, first_line = fresh_identity(), fresh_identity()
    key = change.connection.execute(
        "INSERT INTO recommendations (identity, number, origin, text, particulars, finding, deadline, status, progress)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(identity, recommendation.number, recommendation.origin, recommendation.text, recommendation.particulars),
            *(recommendation.finding, recommendation.deadline, recommendation.status, recommendation.progress),
        ),
    ).lastrowid
    change.connection.execute(
        "INSERT INTO recommendation_log (identity, recommendation_id, at, status, comment) VALUES (?, ?, ?, ?, ?)",
        (first_line, key, to_text(change.at), recommendation.status, comment),
    )
    change.add_standing("recommendations", identity)
    change.add_standing("recommendation_log", first_line)


def read_recommendations(connection: Connection) -> tuple[Recommendation, ...]:
    """Return every recommendation by origin and number."""
    rows = connection.execute(
        "SELECT number, origin, text, particulars, finding, deadline, status, progress FROM recommendations ORDER BY origin, number"
    )
    return tuple(Recommendation(*row) for row in rows)
