"""What the dialog of samples says: what would be drawn and who would read it, what to know before, what was drawn."""

from __future__ import annotations

from typing import Final

from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.sampling import SamplePlan
from ncpi_desktop.workflows.session import AuditSession

MOST_NAMED: Final = 12
MOST_REMARKED: Final = 3


def plan_sentence(session: AuditSession, plan: SamplePlan) -> str:
    """Return what would be drawn, the first cases by their references where these may be told, and how many go to whom."""
    if plan.why_nothing:
        return plan.why_nothing
    count, frame = len(plan.cases), plan.frame_size
    if plan.is_closed:
        would = ngettext("Would draw {count} of {frame} cases.", "Would draw {count} of {frame} cases.", count).format(
            count=count, frame=frame
        )
    else:
        shown = ", ".join(case.reference for case in plan.cases[:MOST_NAMED])
        if count > MOST_NAMED:
            shown = _("{cases} and {more} more").format(cases=shown, more=count - MOST_NAMED)
        would = ngettext(
            "Would draw {count} of {frame} cases: {cases}.", "Would draw {count} of {frame} cases: {cases}.", count
        ).format(count=count, frame=frame, cases=shown)
    readers = _readers(session, plan)
    return f"{would} {readers}" if readers else would


def remarks_sentence(plan: SamplePlan) -> str:
    """Return what whoever draws should know, and which cases nobody can be given."""
    said = list(plan.remarks)
    held = plan.unallocated
    if plan.is_closed:
        return " ".join([*said, *_counted(len(held))])
    said += [
        _("{case} can be given to nobody: {why}.").format(case=case.reference, why=case.why_nobody)
        for case in held[:MOST_REMARKED]
    ]
    more = len(held) - MOST_REMARKED
    if more > 0:
        others = ngettext("Nor can {count} more.", "Nor can {count} more.", more)
        said.append(others.format(count=more))
    return " ".join(said)


def outcome_of(session: AuditSession, plan: SamplePlan) -> str:
    """Return what was drawn."""
    count = len(plan.cases)
    drawn = ngettext("{count} case was drawn with seed {seed}.", "{count} cases were drawn with seed {seed}.", count)
    said = [drawn.format(count=count, seed=plan.seed)]
    readers = _readers(session, plan)
    if readers:
        said.append(readers)
    if plan.unallocated and plan.is_closed:
        said += _counted(len(plan.unallocated))
    elif plan.unallocated:
        left = ngettext(
            "{count} could be given to nobody: {cases}.",
            "{count} could be given to nobody: {cases}.",
            len(plan.unallocated),
        )
        names = ", ".join(case.reference for case in plan.unallocated[:MOST_NAMED])
        said.append(left.format(count=len(plan.unallocated), cases=names))
    return " ".join(said)


def _counted(count: int) -> list[str]:
    said = ngettext("{count} can be given to nobody.", "{count} can be given to nobody.", count)
    return [said.format(count=count)] if count else []


def _readers(session: AuditSession, plan: SamplePlan) -> str:
    counts = [
        _("{count} to {name}").format(name=session.person_named(reader), count=count)
        for reader, count in plan.by_reader.items()
    ]
    return f"{', '.join(counts)}." if counts else ""
