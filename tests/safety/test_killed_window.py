"""SIGKILL at random moments while somebody grades and types by key events in the real window."""

from __future__ import annotations

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.safety.conftest import HowMany
from tests.safety.faults.killing import Killed, kill_after
from tests.safety.report import tell_fault

TYPING_AT_RISK = 2000
MARGIN = 1500
"""Milliseconds: what may be missing of typing, and how late the timers of a busy machine may come on top of it."""

SHORT_LIFE, LONG_LIFE = 2.0, 7.0
"""Seconds after which a window is killed at the latest; some live long enough for typing that is never saved to show."""

AT_ONCE = 2


@dataclass
class Outcome:
    """What the kills came to; `missing` is, in milliseconds, the age of the oldest key that was not in the file."""

    kills: int = 0
    acknowledged: int = 0
    keys: int = 0
    missing: float = 0
    faults: Counter[str] = field(default_factory=Counter)


def test_killed_while_grading_and_typing_nothing_acknowledged_is_lost(
    built_sample: Path, swift_folder: Path, how_many: HowMany
) -> None:
    outcome = Outcome()

    def once(seed: int) -> tuple[Path, Killed]:
        audit = swift_folder / f"{seed}" / "audit.ncpi"
        audit.parent.mkdir()
        shutil.copy(built_sample, audit)
        random = Random(seed)
        life = random.uniform(SHORT_LIFE, LONG_LIFE) if seed % 8 == 0 else random.uniform(0.0, SHORT_LIFE)
        return audit, kill_after(["-m", "tests.safety.driven_window", str(audit), str(seed)], life)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for audit, killed in pool.map(once, range(how_many(8, 1000))):
            examine(audit, killed, outcome)
            shutil.rmtree(audit.parent)
    tell_fault(
        "SIGKILL while grading and typing in the window",
        outcome.kills,
        sum(outcome.faults.values()),
        acknowledged=outcome.acknowledged,
        keys=outcome.keys,
        oldest_key_missing_ms=round(outcome.missing),
        margin_ms=MARGIN,
    )
    assert outcome.faults == {}
    assert outcome.acknowledged > 0
    assert outcome.keys > 0


def examine(audit: Path, killed: Killed, outcome: Outcome) -> None:
    """Open what the killed window left, as the next start does, and note what is missing."""
    outcome.kills += 1
    outcome.acknowledged += sum(line["what"] == "saved" for line in killed.told)
    if killed.complaint:
        outcome.faults[f"the window complained: {killed.complaint[-200:]}"] += 1
    try:
        session = AuditSession.open(audit, person="Inspector 2")
    except KnownError as error:
        outcome.faults[f"the next start was refused: {error.happened}"] += 1
        return
    try:
        if session.read_only:
            outcome.faults["the next start could only read"] += 1
        if session.file.last_sequence() < killed.last("saved", "sequence", 0):
            outcome.faults["an acknowledged change is missing"] += 1
        note_missing_typing(session, killed, outcome)
    finally:
        session.close()
    if not check(audit).sound:
        outcome.faults["unsound"] += 1
    if [held.name for held in audit.parent.iterdir()] != [audit.name]:
        outcome.faults["something was left beside the file"] += 1


def note_missing_typing(session: AuditSession, killed: Killed, outcome: Outcome) -> None:
    """Hold what was typed last in each case against the file; an undo takes back what was typed before it."""
    typed: dict[int, list[tuple[float, str]]] = {}
    for line in killed.told:
        if line["what"] == "typed":
            outcome.keys += 1
            typed.setdefault(line["case"], []).append((line["at"], line["text"]))
        elif line["what"] == "undo":
            typed.clear()
    for case, texts in typed.items():
        held = reviewing.lay_on_desk(session, CaseKey(case)).review.rationale
        # Each key came at the end of the text, so the file holds all that is as long as its text.
        missing = [at for at, text in texts if not held.startswith(text)]
        if not missing:
            continue
        age = killed.at - missing[0]
        outcome.missing = max(outcome.missing, age)
        if age > TYPING_AT_RISK + MARGIN:
            outcome.faults["typing older than two seconds is missing"] += 1
