"""An inspector's day in small: grades, stages, reasons, typing, handing in, reopening, undo, through the program's own workflows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import StageJudgement
from ncpi_desktop.workflows import browsing, reviewing, undoing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete

Act = Callable[[AuditSession], object]

WORDS = (
    "The officer saw both children, spoke to the younger one alone and told the duty sergeant before midnight. ".split()
)
GRADES = ("good", "requires-improvement", "inadequate", None)
REASONS = ("DEC-W01", "INI-S01", "INV-W01", "INI-W04")
STAGES = ("initial-contact", "investigation", "decision-making")


def acts(session: AuditSession, random: Random, count: int) -> Iterator[Act]:
    """Yield `count` acts on the cases of `session`, each of which changes something or is refused by a rule."""
    cases = [row.case for row in browsing.queue_page(session, 1, 100)]
    open_cases = [case for case in cases if reviewing.lay_on_desk(session, case).review.is_editable]
    for _act in range(count):
        yield _act_on(random, open_cases, cases)


def do(session: AuditSession, act: Act) -> None:
    """Do one act; what a rule forbids is left."""
    try:
        act(session)
    except RefusedError:
        pass


def _act_on(random: Random, open_cases: list[CaseKey], cases: list[CaseKey]) -> Act:
    case = random.choice(open_cases)
    kind = random.choices(
        ("grade", "stage", "reason", "withdraw", "type", "unsure", "park", "hand in", "reopen", "undo", "redo"),
        (20, 14, 10, 4, 30, 4, 3, 4, 4, 8, 3),
    )[0]
    text = " ".join(random.choices(WORDS, k=random.randint(1, 60)))
    grade, reason, stage = random.choice(GRADES), random.choice(REASONS), random.choice(STAGES)
    field = random.choice(("rationale", "notes"))
    told: dict[str, Act] = {
        "grade": lambda session: reviewing.give_grade(session, case, grade),
        "stage": lambda session: reviewing.judge_stage(session, case, StageJudgement(stage, grade)),
        "reason": lambda session: reviewing.give_reason(session, case, reason),
        "withdraw": lambda session: reviewing.withdraw_reason(session, case, reason),
        "type": lambda session: reviewing.write_text(session, case, field, text),  # type: ignore[arg-type]
        "unsure": lambda session: reviewing.mark_not_sure(session, case, grade is None),
        "park": lambda session: reviewing.park(session, case, text[:40]),
        "hand in": lambda session: _hand_in(session, case),
        "reopen": lambda session: reviewing.reopen(session, random.choice(cases), "Read again."),
        "undo": undoing.undo,
        "redo": undoing.redo,
    }
    return told[kind]


def _hand_in(session: AuditSession, case: CaseKey) -> None:
    complete(session, case)
    reviewing.submit(session, case)
