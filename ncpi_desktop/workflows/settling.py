"""Settling what two readings differ in. Neither original is touched: the settled judgement stands beside both, with every reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ncpi_desktop.domain.casework.case import Case, CaseKey
from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.rights import Act
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose, ReviewState
from ncpi_desktop.domain.moderation.second_reading import SecondLine
from ncpi_desktop.domain.moderation.settlement import Choice, Decision, Part, PartLine, Settling, settling_of, value_of
from ncpi_desktop.domain.moderation.settlement_words import because_words, decision_words, part_words
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.case_repository import names_of, read_case
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import brought_along
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.second_reading_repository import second_line
from ncpi_desktop.storage.settled_judgement import put_settled_judgement
from ncpi_desktop.storage.settlement_repository import agree, put_decision, read_decisions
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession, Changed


class Seat(StrEnum):
    """In which part somebody sits at the table where a case is settled."""

    FIRST = "first"
    SECOND = "second"
    LEAD = "lead"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class SettlingDesk:
    """A case read twice: record, both readings, what differs and what was decided, and what who works here may do about it.

    `passed_on` is why the readers gave it to a lead, empty where they did not. `settlement` is None while nothing was decided.
    """

    case: Case
    line: SecondLine
    first: Review
    second: Review
    settlement: Review | None
    settling: Settling
    first_reader: str
    second_reader: str
    seat: Seat
    passed_on: str = ""

    @property
    def is_settled(self) -> bool:
        """Whether the settlement stands."""
        return self.settlement is not None and self.settlement.state is ReviewState.SUBMITTED

    @property
    def may_decide(self) -> bool:
        """Whether who works here may decide anything of it now."""
        return self.seat is not Seat.NOBODY and not self.is_settled and bool(self.settling.open)

    def may_agree(self, line: PartLine) -> bool:
        """Whether a decision waits for who works here to agree to it."""
        decision = line.decision
        if decision is None or decision.stands or self.seat not in (Seat.FIRST, Seat.SECOND):
            return False
        return decision.decided_by != (self.first if self.seat is Seat.FIRST else self.second).reviewer


def lay_out(session: AuditSession, case: CaseKey) -> SettlingDesk:
    """Return both readings of a case side by side, as of one moment.

    Raises:
        RefusedError: they are not both handed in, or the first is closed to who works here.
    """
    with session.file.reading() as connection:
        return _desk(session, connection, case)


def decide(
    session: AuditSession, case: CaseKey, part: Part, choice: Choice, because: str, other: str | None = None
) -> Changed:
    """Decide what stands for one part, with a reason; `other` is the code of another grade than both readers'.

    A team lead who gave neither reading decides alone. What a reader decides stands once the other agrees, and at once where it is what the
    other reader found. With the last part the case is settled.

    Raises:
        RefusedError: no reason was given, there is nothing to settle, or it is not theirs to settle.
        WrongUseError: the grade is none of this methodology.
    """
    return decide_all(session, case, (part,), choice, because, other)


def decide_all(
    session: AuditSession,
    case: CaseKey,
    parts: Sequence[Part],
    choice: Choice,
    because: str,
    other: str | None = None,
) -> Changed:
    """Decide several parts alike, for one reason: all of them or none. `Raises:` as `decide`."""
    because = storable(because).strip()
    if not because:
        raise RefusedError(
            _("A difference is settled with a reason."),
            safe=_("Nothing was changed."),
            todo=_("Say in a few words why this is to stand."),
        )

    def act(change: ChangeInProgress, desk: SettlingDesk, settlement: Review) -> None:
        for part in parts:
            line = desk.settling.line(part)
            if line is None:
                raise RefusedError(_("Neither reading says anything of this."), safe=_("Nothing was changed."))
            _refuse_leads_word(desk, line)
            value = value_of(line, choice, other, session.methodology)
            decision = Decision(
                *(part, choice, value, because, _who(session).key, change.at), _agreed_by(session, desk, choice)
            )
            put_decision(change, settlement, decision)

    told = decision_words(tuple(parts), choice, other, session.methodology)
    return _settle(session, case, Action.SETTLE_PART, told, because, act)


def agree_to(session: AuditSession, case: CaseKey, parts: Sequence[Part]) -> Changed:
    """Agree to what the other reader decided of these parts; with the last open part the case is settled.

    Raises:
        RefusedError: there is no decision that waits for this person.
    """

    def act(change: ChangeInProgress, desk: SettlingDesk, settlement: Review) -> None:
        for part in parts:
            line = desk.settling.line(part)
            if line is None or not desk.may_agree(line):
                raise RefusedError(
                    _("No decision waits for you to agree to it here."),
                    safe=_("Nothing was changed."),
                    todo=_("Decide it yourself, with a reason."),
                )
            agree(change, settlement, part, _who(session).key)

    told = ", ".join(part_words(part, session.methodology) for part in parts)
    return _settle(session, case, Action.AGREE_PART, told, "", act)


def pass_to_lead(session: AuditSession, case: CaseKey, because: str) -> Changed:
    """Give a difference that two readers can't settle to a team lead, with a reason; what was decided so far stays.

    Raises:
        RefusedError: no reason was given, or who works here is neither reader.
    """
    because = storable(because).strip()
    if not because:
        raise RefusedError(
            _("A difference is passed to the team lead with a reason."),
            todo=_("Say in a few words what you differ in."),
        )

    def act(change: ChangeInProgress, desk: SettlingDesk, settlement: Review) -> None:
        if desk.seat is Seat.LEAD:
            raise RefusedError(_("You are the team lead: settle it."), safe=_("Nothing was changed."))
        reviews.set_parked(change, settlement, because)

    return _settle(session, case, Action.PASS_TO_LEAD, "", because, act)


def reopen_settlement(session: AuditSession, case: CaseKey, because: str) -> Changed:
    """Take a settled case up again, with a reason: the settlement stays in the file, its decisions are proposals again.

    Raises:
        RefusedError: no reason was given, nothing is settled, or who works here neither read it nor leads.
    """
    because = storable(because).strip()
    if not because:
        raise RefusedError(_("A settled case is reopened with a reason."), todo=_("Say in a few words why."))
    reference, identity = names_of(session.file.connection, case)
    with session.change(Action.REOPEN, case_identity=identity, case_reference=reference, reason=because) as change:
        desk = _desk(session, change.connection, case)
        if desk.settlement is None or not desk.is_settled:
            raise RefusedError(_("{case} is not settled.").format(case=reference), safe=_("Nothing was changed."))
        _refuse_outsider(desk)
        with brought_along(change.connection, case):
            draft = reviews.begin_after(change, desk.settlement, because)
            for decision in read_decisions(change.connection, desk.settlement.key):
                put_decision(
                    change,
                    draft,
                    Decision(
                        *(
                            decision.part,
                            decision.choice,
                            decision.value,
                            decision.because,
                            decision.decided_by,
                            change.at,
                        )
                    ),
                )
    return Changed(case, change.at)


def _settle(
    session: AuditSession,
    case: CaseKey,
    action: Action,
    told: str,
    because: str,
    act: Callable[[ChangeInProgress, SettlingDesk, Review], None],
) -> Changed:
    """Do `act` on the draft of the settlement, begun if need be; where nothing is open after it, the case is settled."""
    reference, identity = names_of(session.file.connection, case)
    with session.change(
        action, case_identity=identity, case_reference=reference, detail=told, reason=because
    ) as change:
        run = change.connection
        desk = _desk(session, run, case)
        if desk.is_settled:
            raise RefusedError(
                _("{case} is settled.").format(case=reference),
                safe=_("What was settled is unchanged."),
                todo=_("Reopen the settlement with a reason."),
            )
        _refuse_outsider(desk)
        with brought_along(run, case):
            settlement = desk.settlement or reviews.begin_review(change, case, None, ReviewPurpose.SETTLEMENT)
            act(change, desk, settlement)
            settled = settling_of(desk.first, desk.second, read_decisions(run, settlement.key), session.methodology)
            if not settled.open:
                _finish(session, change, desk, settlement, settled)
    return Changed(case, change.at if change.sequence else None)


def _finish(
    session: AuditSession, change: ChangeInProgress, desk: SettlingDesk, settlement: Review, settled: Settling
) -> None:
    """Put the settled judgement in place and hand it in. A lead who decided any of it answers for it; else both readers do."""
    if desk.seat is Seat.LEAD:
        reviews.hand_over(change, settlement, _who(session).key)
    because = because_words(settled, session.methodology)
    put_settled_judgement(change, settlement, (desk.first, desk.second), settled, because)
    reviews.submit(change, reviews.read_review(change.connection, settlement.key))


def _desk(session: AuditSession, connection: Connection, case: CaseKey) -> SettlingDesk:
    from ncpi_desktop.workflows.blinding import is_closed

    line = second_line(connection, case)
    first = reviews.current_review(connection, case)
    second = reviews.current_review(connection, case, ReviewPurpose.SECOND)
    if line is None or first is None or second is None or first.is_editable or second.is_editable:
        raise RefusedError(
            _("{case} has not been read twice.").format(case=names_of(connection, case)[0]),
            safe=_("Nothing was changed."),
            todo=_("Settle it once both readings are handed in."),
        )
    if is_closed(session, case):
        raise RefusedError(
            _("The first reading of {case} is closed to you.").format(case=names_of(connection, case)[0]),
            todo=_("Hand your own reading in first."),
        )
    settlement = reviews.current_review(connection, case, ReviewPurpose.SETTLEMENT)
    decisions = read_decisions(connection, settlement.key) if settlement is not None else ()
    return SettlingDesk(
        case=read_case(connection, case),
        line=line,
        first=first,
        second=second,
        settlement=settlement,
        settling=settling_of(first, second, decisions, session.methodology),
        first_reader=session.person_named(first.reviewer),
        second_reader=session.person_named(second.reviewer),
        seat=_seat(session, first, second),
        passed_on=settlement.parked_because if settlement is not None else "",
    )


def _seat(session: AuditSession, first: Review, second: Review) -> Seat:
    person = session.person
    if person is None:
        return Seat.NOBODY
    if person.key == first.reviewer:
        return Seat.FIRST
    if person.key == second.reviewer:
        return Seat.SECOND
    return Seat.LEAD if session.may(Act.SETTLE_ALONE) else Seat.NOBODY


def _refuse_outsider(desk: SettlingDesk) -> None:
    if desk.seat is Seat.NOBODY:
        names = " ".join(name for name in (desk.first_reader, desk.second_reader) if name)
        raise RefusedError(
            _("Who read a case settles it with the other reader; a team lead settles what they can't."),
            safe=_("Nothing was changed."),
            todo=_("Ask the readers or a team lead.")
            if not names
            else _("Ask {first} and {second}, or a team lead.").format(
                first=desk.first_reader or _("the first reader"), second=desk.second_reader or _("the second reader")
            ),
        )


def _refuse_leads_word(desk: SettlingDesk, line: PartLine) -> None:
    decision = line.decision
    if desk.seat is Seat.LEAD or decision is None or not decision.stands:
        return
    if decision.decided_by not in (desk.first.reviewer, desk.second.reviewer):
        raise RefusedError(
            _("A team lead has settled this."),
            safe=_("The decision is unchanged."),
            todo=_("Talk to the team lead: a comment on the case reaches them."),
        )


def _agreed_by(session: AuditSession, desk: SettlingDesk, choice: Choice) -> int | None:
    """Return who else holds what was chosen, so that it stands: the lead alone, or the other reader whose finding was taken."""
    if desk.seat is Seat.LEAD:
        return _who(session).key
    if desk.seat is Seat.FIRST and choice is Choice.SECOND:
        return desk.second.reviewer
    if desk.seat is Seat.SECOND and choice is Choice.FIRST:
        return desk.first.reviewer
    return None


def _who(session: AuditSession) -> Person:
    if session.person is None:
        raise RefusedError(_("Nobody has signed in."), todo=_("Say who is working first."))
    return session.person
