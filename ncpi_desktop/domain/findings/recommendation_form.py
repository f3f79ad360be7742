"""A recommendation as JSON: the names are published and stay.

`number`, `origin` (*previous* or *this*), `text`, `particulars`, `finding`, `deadline`, `published`, `due`, `overdue`, `status`, `waits` (whether
completion was asked for and waits for another person), `progress`, `summary`, `detail`, `follows` (the number of the earlier recommendation
that it takes up), `cases` (references), `findings` (titles), `log` (list of `at`, `status`, `comment`, `by`, `authorised_by`). Days are ISO
days, moments UTC; what is not known is null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from ncpi_desktop.domain.casework.recommendation import Recommendation, RecommendationKey
from ncpi_desktop.domain.findings.json_parts import Json


def _form(
    held: Recommendation, today: date, numbers: Mapping[RecommendationKey, int], told: Callable[[str], str]
) -> Json:
    due = held.due_on
    return {
        "number": held.number,
        "origin": held.origin.value,
        "text": told(held.text),
        "particulars": told(held.particulars),
        "finding": told(held.finding),
        "deadline": held.deadline.value,
        "published": held.published_on.isoformat() if held.published_on else None,
        "due": due.isoformat() if due else None,
        "overdue": held.is_overdue(today),
        "status": held.status.value,
        "waits": held.asked is not None,
        "progress": held.progress,
        "summary": told(held.summary),
        "detail": told(held.detail),
        "follows": numbers.get(held.follows) if held.follows is not None else None,
        "cases": [case.reference for case in held.cases],
        "findings": [finding.title for finding in held.findings],
        "log": [
            {
                "at": line.at.isoformat(timespec="seconds"),
                "status": line.status.value,
                "comment": line.comment,
                "by": line.by or None,
                "authorised_by": line.authoriser or None,
            }
            for line in held.log
        ],
    }


def recommendation_list(
    held: Iterable[Recommendation], today: date, told: Callable[[str], str] = lambda text: text
) -> list[Json]:
    """Return every recommendation under the published names, as of `today`; `told` puts live figures into a text."""
    held = tuple(held)
    numbers = {one.key: one.number for one in held}
    return [_form(one, today, numbers, told) for one in held]
