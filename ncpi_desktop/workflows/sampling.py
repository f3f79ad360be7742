"""Draws the cases that are read a second time, and gives them to readers."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.follow_up import QualitySample
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.moderation.blindness import reads_blind
from ncpi_desktop.domain.moderation.sample_text import frame_text, rules_text
from ncpi_desktop.domain.moderation.sampling import (
    Draw,
    Every,
    Frame,
    SampleRules,
    check_rules,
    count_every,
    draw,
    remarks_on,
    tells_grades,
    why_nothing,
)
from ncpi_desktop.domain.moderation.second_reading import Seen
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import sample_repository as samples
from ncpi_desktop.storage.blindness_repository import note_sighting
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.giving_out import give_second_reading, readers_for
from ncpi_desktop.workflows.session import AuditSession, Changed

LARGEST_FIRST_SEED = 1_000_000
MOST_UNKNOWN = 5
"""So many unknown references are named in a refusal."""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case that is drawn: who would read it (their key; None: nobody can), and why not those who may not.

    `tells_grade`: it is drawn by a rule that tells something of its first grade.
    """

    case: CaseKey
    reference: str
    identity: str
    reader: int | None
    why_nobody: str = ""
    tells_grade: bool = False


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """What a draw would do; nothing is written.

    `cases` are new to the sample, in the order in which they are drawn. `matched` says for how many cases each rule in use holds, `every`
    for how many each rule would hold that takes cases whole. `why_nothing` says why no case is added; empty where some are.
    Where the plan `is_closed`, whoever asks must not be told which cases these are: the rules go by grades that are closed to them.
    """

    rules: SampleRules
    seed: int
    frame_size: int
    matched: Mapping[str, int]
    every: Mapping[Every, int]
    before: int
    cases: tuple[PlannedCase, ...]
    remarks: tuple[str, ...]
    why_nothing: str
    is_closed: bool = False

    @property
    def by_reader(self) -> dict[int, int]:
        """How many cases each reader (their key) is given."""
        counts: dict[int, int] = {}
        for case in self.cases:
            if case.reader is not None:
                counts[case.reader] = counts.get(case.reader, 0) + 1
        return counts

    @property
    def unallocated(self) -> tuple[PlannedCase, ...]:
        """The cases that nobody can be given."""
        return tuple(case for case in self.cases if case.reader is None)


@dataclass(frozen=True, slots=True)
class Drawn(Changed):
    """A sample that was drawn, with the plan that was carried out."""

    plan: SamplePlan | None = None


def seed_to_begin_with(session: AuditSession) -> int:
    """Return the seed drawn with last, so that a share is topped up rather than drawn beside the first one; a fresh one before the first."""
    held = samples.last_seed(session.file.connection)
    return secrets.randbelow(LARGEST_FIRST_SEED) if held is None else held


def rules_naming(session: AuditSession, rules: SampleRules, references: Collection[str]) -> SampleRules:
    """Return `rules` with the cases of these references named in them.

    Raises:
        WrongUseError: a case of that reference is not here, or its first reading has not been submitted.
    """
    wanted = [reference for reference in dict.fromkeys(storable(text).strip() for text in references) if reference]
    if not wanted:
        return rules
    with session.file.reading() as connection:
        found = samples.cases_called(connection, wanted)
        known = {case.identity for case in _frame(session, connection).cases}
    unknown = [reference for reference in wanted if reference not in found]
    if unknown:
        raise WrongUseError(
            ngettext("There is no case {cases} here.", "There are no cases {cases} here.", len(unknown)).format(
                cases=_listed(unknown)
            ),
            safe=_("Nothing was drawn."),
            todo=_("Check the references."),
        )
    waiting = [reference for reference in wanted if found[reference] not in known]
    if waiting:
        raise WrongUseError(
            ngettext(
                "{cases} can't be drawn: its first reading has not been submitted.",
                "{cases} can't be drawn: their first readings have not been submitted.",
                len(waiting),
            ).format(cases=_listed(waiting)),
            safe=_("Nothing was drawn."),
            todo=_("Leave them out, or wait until they are submitted."),
        )
    return SampleRules(rules.every, rules.share, rules.number, rules.named | {found[name] for name in wanted})


def count_rules(session: AuditSession) -> tuple[int, dict[Every, int]]:
    """Return how many cases could be drawn, and how many each rule would take whole; linear in the file."""
    with session.file.reading() as connection:
        frame = _frame(session, connection)
    return frame.size, count_every(frame)


def plan_sample(session: AuditSession, rules: SampleRules, seed: int) -> SamplePlan:
    """Return what would be drawn and who would read it, without writing; linear in the file: under a second for 100,000 reviews.

    Raises:
        WrongUseError: rules or seed make no sense.
    """
    check_rules(rules, seed)
    with session.file.reading() as connection:
        return _planned(session, connection, rules, seed)[0]


def draw_sample(session: AuditSession, rules: SampleRules, seed: int) -> Drawn:
    """Draw a sample, or top one up, and give its cases to quality assurers; what was drawn before stays as it is.

    Sample, frame, cases and allocations are written in one transaction. Each quality assurer who works here is given as many as the others,
    nobody their own cases nor those of a unit they declared. Where nobody is free the case is in the sample and nobody's.

    Where somebody draws by grades what they read again themselves, it is kept that they could know the grade.

    Raises:
        WrongUseError: rules or seed make no sense.
        RefusedError: it is not this person's to do, or the draw would add no case.
    """
    check_rules(rules, seed)
    with session.change(Action.DRAW_SAMPLE) as change:
        plan, frame = _planned(session, change.connection, rules, seed)
        if plan.why_nothing:
            raise RefusedError(plan.why_nothing, safe=_("Nothing was changed."), todo=_("Choose other rules."))
        count = len(plan.cases)
        told = ngettext("{count} case, seed {seed}", "{count} cases, seed {seed}", count)
        change.detail = told.format(count=count, seed=seed)
        drawn = [case.case for case in plan.cases]
        before = samples.count_sampled(change.connection, drawn)
        sample = QualitySample(rules_text(rules), seed, frame.size, tuple(drawn))
        samples.keep_sample(change, sample, frame_text(frame))
        for case in plan.cases:
            if case.reader is not None:
                give_second_reading(session, change, case.case, case.reader)
            if case.tells_grade and session.person is not None and case.reader == session.person.key:
                note_sighting(change, case.case, case.reader, Seen.GRADE)
        samples.follow_sampled(change.connection, drawn, before)
    return Drawn(None, change.at if change.sequence else None, plan=plan)


def _planned(session: AuditSession, connection: Connection, rules: SampleRules, seed: int) -> tuple[SamplePlan, Frame]:
    frame = _frame(session, connection)
    drawn: Draw = draw(rules, seed, frame)
    held = samples.cases_to_read(connection, drawn.cases)
    readers = readers_for(session.people, connection, held, drawn.cases)
    cases = tuple(
        PlannedCase(
            held[identity].key, held[identity].reference, identity, *readers[identity], identity in drawn.by_grade
        )
        for identity in drawn.cases
    )
    plan = SamplePlan(
        *(rules, seed, frame.size, drawn.matched, count_every(frame), drawn.before, cases),
        remarks=(*remarks_on(rules, drawn, frame), *_remark_on_blindness(session, rules, cases)),
        why_nothing=why_nothing(drawn, frame),
        is_closed=tells_grades(rules) and (session.person is None or reads_blind(session.person)),
    )
    return plan, frame


def _remark_on_blindness(session: AuditSession, rules: SampleRules, cases: Sequence[PlannedCase]) -> tuple[str, ...]:
    """Say it where who draws by grades would read some of these cases: they would know what the first reader found."""
    reads = session.person is not None and any(case.reader == session.person.key for case in cases)
    if not (reads and tells_grades(rules)):
        return ()
    known = _(
        "These rules go by the grade, and you would read some of these cases again: that you could know it is kept."
    )
    return (f"{known} {_('Better let somebody draw who re-reads none.')}",)


def _frame(session: AuditSession, connection: Connection) -> Frame:
    return samples.read_frame(connection, session.methodology.scale.worst.code)


def _listed(references: Sequence[str]) -> str:
    shown = ", ".join(references[:MOST_UNKNOWN])
    return shown if len(references) <= MOST_UNKNOWN else _("{names} and others").format(names=shown)
