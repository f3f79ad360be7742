"""What can be done with a case that is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.settlement import Choice, Part, PartKind, PartLine
from ncpi_desktop.words import _
from ncpi_desktop.workflows import settling
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.settling import SettlingDesk


class Act(StrEnum):
    """What needs a reason."""

    DECIDE = "decide"
    TO_LEAD = "to-lead"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done once its reason is there."""

    act: Act
    choice: Choice = Choice.FIRST
    other: str | None = None


def first_part(desk: SettlingDesk) -> Part | None:
    """Return the first part that waits for who works here; else the first that is open, differs, or is there."""
    settled = desk.settling
    waiting = [line for line in settled.open if line.decision is None or desk.may_agree(line)]
    for lines in (waiting, settled.open, settled.differences, settled.lines):
        if lines:
            return lines[0].part
    return None


def parts_to_agree(desk: SettlingDesk, part: Part | None, *, all_at_once: bool) -> list[Part]:
    """Return the parts to whose proposals who works here may agree: `part` alone, or all."""
    if desk.is_settled:
        return []
    return [line.part for line in desk.settling.open if desk.may_agree(line) and (all_at_once or line.part == part)]


def other_grades(line: PartLine, methodology: Methodology) -> list[tuple[str, str]]:
    """Return code and label of each grade that neither reader gave."""
    if line.part.kind is PartKind.REASON:
        return []
    grades = [(grade.code, grade.label) for grade in methodology.scale.grades]
    if line.part.kind is PartKind.STAGE:
        grades.append((NOT_APPLICABLE, _("Not applicable")))
    return [(code, label) for code, label in grades if code not in (line.first, line.second)]


def take_step(session: AuditSession, case: CaseKey, wanted: Wanted, parts: Sequence[Part], because: str) -> Changed:
    """Do what was wanted, for the reason given. `Raises:` as the workflows of settling."""
    if wanted.act is Act.TO_LEAD:
        return settling.pass_to_lead(session, case, because)
    if wanted.act is Act.REOPEN:
        return settling.reopen_settlement(session, case, because)
    return settling.decide_all(session, case, parts, wanted.choice, because, wanted.other)
