"""Recommendations told in readable text under `resources`: what a table of a toml file says, with its dated log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import LinkedCase, Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_log import LogLine, Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.workflows.told_cases import Told


def recommendation_from(
    told: Told, origin: Origin, cases: Mapping[str, CaseKey], *, published_on: date | None = None
) -> Recommendation:
    """Return a recommendation as it is told; `cases` are the keys of those it may name by reference."""
    return Recommendation(
        number=told["number"],
        origin=origin,
        text=told["text"].strip(),
        particulars=told.get("particulars", "").strip(),
        finding=told.get("finding", "").strip(),
        deadline=Deadline(told["deadline"]),
        status=Status(told.get("status", Status.AWAITING_REVIEW.value)),
        progress=told.get("progress", ""),
        published_on=published_on,
        summary=told.get("summary", "").strip(),
        detail=told.get("detail", "").strip(),
        log=tuple(_line(line) for line in told.get("log", ())),
        cases=tuple(LinkedCase(cases[reference], "", reference) for reference in told.get("cases", ())),
    )


def _line(told: Told) -> LogLine:
    at = datetime.fromisoformat(f"{told['on']}T12:00").replace(tzinfo=UTC)
    return LogLine(at, Status(told["status"]), told["comment"].strip())
