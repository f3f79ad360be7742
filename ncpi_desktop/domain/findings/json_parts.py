"""The pieces that every JSON form shares."""

from __future__ import annotations

from ncpi_desktop.domain.findings.statistics import Interval

Json = dict[str, object]

RECOMMENDATION_STATUSES = ("awaiting-review", "will-be-progressed", "being-progressed", "complete")


def interval_form(interval: Interval | None) -> Json | None:
    """Return the two ends of an interval, or null."""
    return None if interval is None else {"low": interval.low, "high": interval.high}
