"""Cases told in readable text under `resources`: what a table of a toml file says, as a case, its record and a judgement of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ncpi_desktop.domain.casework.case import Case, CaseKey, Child, Entry, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.review import Review, StageJudgement
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.change_log import ChangeInProgress

Told = dict[str, Any]
"""One table of the text: a case with its `entries`, or a judgement with `grade`, `stages`, `reasons` and `rationale`."""


def cases_in(path: Path) -> list[Told]:
    """Return the cases that a file tells, in its order."""
    with path.open("rb") as stream:
        found: list[Told] = tomllib.load(stream)["cases"]
    return found


def case_from(told: Told) -> Case:
    """Return a case with its record; it has no key and no reader yet."""
    return Case(
        key=CaseKey(0),
        identity="",
        reference=told["reference"],
        area=told["area"],
        tags=tuple(told.get("tags", ())),
        children=tuple(Child(child["pseudonym"], child.get("age")) for child in told["children"]),
        entries=tuple(_entry_from(entry) for entry in told["entries"]),
    )


def judge_as_told(change: ChangeInProgress, held: Case, draft: Review, told: Told) -> None:
    """Judge `held`, as it stands in the file, in `draft`: grade, rationale, stages, reasons with the passages quoted.

    Raises:
        ValueError: a passage does not stand in the entry that it is quoted from.
    """
    reviews.set_grade(change, draft, told["grade"])
    reviews.set_text(change, draft, "rationale", told["rationale"].strip())
    for stage, grade in told["stages"].items():
        not_applicable = grade in ("n/a", NOT_APPLICABLE)
        reviews.set_stage(change, draft, StageJudgement(stage, None if not_applicable else grade, not_applicable))
    for reason in told["reasons"]:
        _add_reason(change, held, draft, reason)


def _add_reason(change: ChangeInProgress, case: Case, review: Review, told: Told | str) -> None:
    if isinstance(told, str):
        reviews.add_reason(change, review, told)
        return
    given = reviews.add_reason(change, review, told["code"])
    for passage in told.get("passages", ()):
        entry = case.entries[passage["entry"] - 1]
        start = entry.text.index(passage["quote"])
        end = start + len(passage["quote"])
        reviews.add_citation(change, given, entry.key, start, end, passage["quote"])


def _entry_from(told: Told) -> Entry:
    kind = EntryKind(told["kind"])
    strategy = None
    if kind is EntryKind.STRATEGY_DISCUSSION:
        strategy = StrategyDiscussion(
            invited=tuple(told.get("invited", ())),
            present=tuple(told.get("present", ())),
            in_time=told.get("in_time"),
            rationale_recorded=told.get("rationale_recorded"),
            actions_recorded=told.get("actions_recorded"),
        )
    return Entry(0, "", told["day"], told.get("time", ""), kind, told["heading"], told["text"], strategy)
