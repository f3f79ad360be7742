"""Draws the cases that are read a second time, gives them to readers, and proves later that nobody chose them."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.follow_up import QualitySample
from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.conflict import why_barred
from ncpi_desktop.domain.moderation.sample_text import frame_from, frame_text, rules_from, rules_text
from ncpi_desktop.domain.moderation.sampling import (
    Draw,
    Every,
    Frame,
    SampleRules,
    check_rules,
    count_every,
    draw,
    redraw,
    remarks_on,
    tells_grades,
    why_nothing,
)
from ncpi_desktop.domain.moderation.sharing_out import CaseToGive, share_out
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import sample_repository as samples
from ncpi_desktop.storage.allocation_repository import allocate
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.interest_repository import read_interests
from ncpi_desktop.storage.review_repository import current_review, hand_over
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.session import AuditSession, Changed

LARGEST_FIRST_SEED = 1_000_000
MOST_UNKNOWN = 5
"""So many unknown references are named in a refusal."""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case that is drawn: who would read it (their key; None: nobody can), and why not those who may not."""

    case: CaseKey
    reference: str
    identity: str
    reader: int | None
    why_nobody: str = ""


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """What a draw would do; nothing is written.

    `cases` are new to the sample, in the order in which they are drawn. `matched` says for how many cases each rule in use holds, `every`
    for how many each rule would hold that takes cases whole. `why_nothing` says why no case is added; empty where some are.
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
                give_second_reading(change, case.case, case.reader)
        samples.follow_sampled(change.connection, drawn, before)
    return Drawn(None, change.at if change.sequence else None, plan=plan)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a kept sample holds exactly what its rules and seed draw from its frame; `holds` is None where that can't be told."""

    drawn_at: str
    seed: int
    cases: int
    holds: bool | None
    sentence: str


def prove_sample(session: AuditSession) -> tuple[Proof, ...]:
    """Draw every quality sample anew from what the file kept of it, and compare; oldest first. Nothing is written."""
    with session.file.reading() as connection:
        return tuple(_proof(kept) for kept in samples.kept_samples(connection))


def _proof(kept: samples.KeptSample) -> Proof:
    def said(holds: bool | None, sentence: str) -> Proof:
        return Proof(kept.drawn_at, kept.seed, len(kept.cases), holds, sentence)

    rules = rules_from(kept.rules)
    if rules is None or kept.lines is None:
        return said(None, _("This can't be proved: no frame was kept, or its rules are in free words."))
    try:
        frame = frame_from(kept.lines)
    except ValueError:
        return said(False, _("The frame that was kept can't be read."))
    again = redraw(rules, kept.seed, frame)
    if frame.size != kept.frame_size:
        return said(False, _("The frame that was kept is not as large as it was said to be."))
    if again == kept.cases:
        return said(True, _("Seed and rules draw exactly these cases."))
    differing = len(set(again) ^ set(kept.cases))
    if not differing:
        return said(False, _("Seed and rules draw these cases, in another order."))
    differ = ngettext(
        "Seed and rules draw other cases: {count} differs.",
        "Seed and rules draw other cases: {count} differ.",
        differing,
    )
    return said(False, differ.format(count=differing))


def active_assurers(people: Sequence[Person]) -> tuple[Person, ...]:
    """Return who gives second readings: quality assurers who work on the inspection."""
    return tuple(person for person in people if person.active and Role.QUALITY_ASSURER in person.roles)


def readers_for(
    people: Sequence[Person], connection: Connection, cases: Mapping[str, samples.CaseToRead], order: Sequence[str]
) -> dict[str, tuple[int | None, str]]:
    """Return for each case of `order` (identities) who is to give its second reading, or None and why nobody can.

    A case that has a reader at work keeps them, and so does one that was read.
    """
    assurers = active_assurers(people)
    interests = read_interests(connection)
    waiting = samples.second_readings_waiting(connection)
    at_work = {person.key for person in people if person.active}
    told: dict[str, tuple[int | None, str]] = {}
    to_give = []
    for identity in order:
        case = cases[identity]
        if case.is_read or case.second_reader in at_work:
            told[identity] = (case.second_reader, "")
            continue
        why = {person.key: why_barred(person, case.readings, case.tags, interests) for person in assurers}
        barred = {key: words for key, words in why.items() if words}
        to_give.append(CaseToGive(identity, barred))
        told[identity] = (None, "; ".join(barred.values()) or _("nobody at work is a quality assurer"))
    given = share_out(to_give, {person.key: waiting.get(person.key, 0) for person in assurers})
    return told | {identity: (reader, "") for identity, reader in given.items()}


def give_second_reading(change: ChangeInProgress, case: CaseKey, reader: int) -> None:
    """Give a second reading to a person (their key); a draft that somebody else began goes along."""
    draft = current_review(change.connection, case, ReviewPurpose.SECOND)
    if draft is not None and draft.is_editable and draft.reviewer != reader:
        hand_over(change, draft, reader)
    allocate(change, case, reader, ReviewPurpose.SECOND.value)


def _planned(session: AuditSession, connection: Connection, rules: SampleRules, seed: int) -> tuple[SamplePlan, Frame]:
    frame = _frame(session, connection)
    drawn: Draw = draw(rules, seed, frame)
    held = samples.cases_to_read(connection, drawn.cases)
    readers = readers_for(session.people, connection, held, drawn.cases)
    cases = tuple(
        PlannedCase(held[identity].key, held[identity].reference, identity, *readers[identity])
        for identity in drawn.cases
    )
    plan = SamplePlan(
        *(rules, seed, frame.size, drawn.matched, count_every(frame), drawn.before, cases),
        remarks=(*remarks_on(rules, drawn, frame), *_remark_on_blindness(session, rules, cases)),
        why_nothing=why_nothing(drawn, frame),
    )
    return plan, frame


def _remark_on_blindness(session: AuditSession, rules: SampleRules, cases: Sequence[PlannedCase]) -> tuple[str, ...]:
    """Say it where who draws by grades would read some of these cases: they would know what the first reader found."""
    reads = session.person is not None and any(case.reader == session.person.key for case in cases)
    if not (reads and tells_grades(rules)):
        return ()
    return (
        _(
            "These rules go by the grade, and you would read some of these cases again: let somebody draw who re-reads none of them."
        ),
    )


def _frame(session: AuditSession, connection: Connection) -> Frame:
    return samples.read_frame(connection, session.methodology.scale.worst.code)


def _listed(references: Sequence[str]) -> str:
    shown = ", ".join(references[:MOST_UNKNOWN])
    return shown if len(references) <= MOST_UNKNOWN else _("{names} and others").format(names=shown)
