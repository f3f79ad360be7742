"""Keeps quality samples."""

from __future__ import annotations

from ncpi_desktop.domain.casework.follow_up import QualitySample
from ncpi_desktop.storage.change_log import ChangeInProgress
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
