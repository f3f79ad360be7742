"""Who may do what in an audit. Names are no passwords: the rules keep colleagues out of each other's way, not strangers out.

Six rules, none of which can leave a file that nobody may work in:

- An observer changes nothing; neither does who no longer works on the inspection. Somebody with several roles may do what any of them may.
- A team lead's acts are the team lead's alone, once there is one. While a file has none (nobody was named, or it is an older file),
  everybody who may judge may do them too, so that an inspector alone is never stuck; doing them makes nobody a team lead. The first team
  lead is named under *People*, by any of these; from then on one must remain.
- A quality assurer's acts (drawing a sample, sending a review back) are a team lead's too.
- Somebody new who signs in is an inspector.
- A passphrase may be set and changed by whoever may judge: it protects what they work on. Removing it is a team lead's act.
- Nobody signed in: judging stays possible, for refusing it would lose words that are being typed, and the history says that no name was
  given. Bringing cases in and a final export stay possible too: those commands were published without a name and scripts rely on them.
  Every other act of a team lead needs a name once there is a team lead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum, auto
from typing import Final

from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.words import _, phrase

MOST_NAMED = 3
"""So many people are named in a refusal; of more it says that there are others."""

JUDGES: Final = frozenset({Role.INSPECTOR, Role.QUALITY_ASSURER, Role.TEAM_LEAD})
"""The roles that may judge a case."""


class Act(StrEnum):
    """What is done with an audit that leaves no line in its history, and yet is not everybody's to do."""

    EXPORT_FINAL = "export-final"
    SETTLE_ALONE = "settle-alone"


class Right(Enum):
    """What an act asks of whoever does it."""

    JUDGE = auto()
    ASSURE = auto()
    LEAD = auto()
    LEAD_BY_NAME = auto()


RIGHTS: Final[Mapping[Action | Act, Right]] = {
    Action.CREATE: Right.LEAD,
    Action.ADD_CASES: Right.LEAD,
    Action.ADD_REVIEWS: Right.LEAD,
    Action.ADD_FOLLOW_UP: Right.LEAD,
    Action.SET_PREVIOUS: Right.LEAD,
    Action.WITHDRAW_PREVIOUS: Right.LEAD,
    Act.EXPORT_FINAL: Right.LEAD,
    Act.SETTLE_ALONE: Right.LEAD,
    Action.SET_INSPECTION: Right.LEAD_BY_NAME,
    Action.ADD_PERSON: Right.LEAD_BY_NAME,
    Action.RENAME_PERSON: Right.LEAD_BY_NAME,
    Action.SET_ROLES: Right.LEAD_BY_NAME,
    Action.SET_ACTIVE: Right.LEAD_BY_NAME,
    Action.ALLOCATE: Right.LEAD_BY_NAME,
    Action.REDACT: Right.LEAD_BY_NAME,
    Action.TELL_THE_REST: Right.LEAD_BY_NAME,
    Action.RESCUE: Right.LEAD_BY_NAME,
    Action.SET_PASSPHRASE: Right.JUDGE,
    Action.CHANGE_PASSPHRASE: Right.JUDGE,
    Action.REMOVE_PASSPHRASE: Right.LEAD,
    Action.DRAW_SAMPLE: Right.ASSURE,
    Action.DECLARE_INTEREST: Right.JUDGE,
    Action.WITHDRAW_INTEREST: Right.JUDGE,
    Action.SEE: Right.JUDGE,
    Action.SETTLE_PART: Right.JUDGE,
    Action.AGREE_PART: Right.JUDGE,
    Action.PASS_TO_LEAD: Right.JUDGE,
    Action.SETTLE: Right.JUDGE,
    Action.SEND_BACK: Right.ASSURE,
    Action.COMMENT: Right.JUDGE,
    Action.SET_COMMENT: Right.JUDGE,
    Action.DELETE_COMMENT: Right.JUDGE,
    Action.ADD_PRACTICE: Right.LEAD_BY_NAME,
    Action.DRAFT_NOTICE: Right.LEAD,
    Action.WRITE_NOTICE: Right.LEAD,
    Action.RAISE_REFERRAL: Right.JUDGE,
    Action.ACKNOWLEDGE_REFERRAL: Right.JUDGE,
    Action.CLOSE_REFERRAL: Right.JUDGE,
    Action.FINISH: Right.LEAD_BY_NAME,
    Action.RESUME: Right.LEAD_BY_NAME,
    Action.EXPORT_DESPITE: Right.LEAD_BY_NAME,
    Action.ADD_RECOMMENDATION: Right.LEAD_BY_NAME,
    Action.WRITE_RECOMMENDATION: Right.LEAD_BY_NAME,
    Action.SET_RECOMMENDATION: Right.LEAD_BY_NAME,
    Action.MOVE_RECOMMENDATION: Right.LEAD_BY_NAME,
    Action.REMOVE_RECOMMENDATION: Right.LEAD_BY_NAME,
    Action.BRING_RECOMMENDATIONS: Right.LEAD_BY_NAME,
    Action.LOG_STATUS: Right.LEAD_BY_NAME,
    Action.ASK_COMPLETION: Right.LEAD_BY_NAME,
    Action.AUTHORISE_COMPLETION: Right.ASSURE,
    Action.SET_PUBLISHED: Right.LEAD_BY_NAME,
    Action.ADD_FINDING: Right.LEAD,
    Action.RETITLE_FINDING: Right.LEAD,
    Action.PLACE_FINDING: Right.LEAD,
    Action.MOVE_FINDING: Right.LEAD,
    Action.WRITE_FINDING: Right.LEAD,
    Action.LINK_FINDING: Right.LEAD,
    Action.ILLUSTRATE_FINDING: Right.LEAD,
    Action.WRITE_ILLUSTRATION: Right.LEAD,
    Action.CLEAR_IDENTIFIERS: Right.LEAD,
    Action.REMOVE_FINDING: Right.LEAD,
    Action.NAME_PERSON: Right.JUDGE,
    Action.GRADE: Right.JUDGE,
    Action.GRADE_STAGE: Right.JUDGE,
    Action.GIVE_REASON: Right.JUDGE,
    Action.WITHDRAW_REASON: Right.JUDGE,
    Action.CITE: Right.JUDGE,
    Action.WITHDRAW_CITATION: Right.JUDGE,
    Action.WRITE_RATIONALE: Right.JUDGE,
    Action.WRITE_NOTES: Right.JUDGE,
    Action.MARK_NOT_SURE: Right.JUDGE,
    Action.PARK: Right.JUDGE,
    Action.RESTORE: Right.JUDGE,
    Action.SUBMIT: Right.JUDGE,
    Action.REOPEN: Right.JUDGE,
    Action.UNDO: Right.JUDGE,
    Action.REDO: Right.JUDGE,
}
"""What each act asks. One that is not listed is a team lead's, by name: forgetting a line here never opens a door."""

_PEOPLE = phrase("change people and roles")
_RECOMMENDATIONS = phrase("write and answer recommendations")
_FINDINGS: Final = (
    Action.ADD_FINDING,
    Action.RETITLE_FINDING,
    Action.PLACE_FINDING,
    Action.MOVE_FINDING,
    Action.WRITE_FINDING,
    Action.LINK_FINDING,
    Action.ILLUSTRATE_FINDING,
    Action.WRITE_ILLUSTRATION,
    Action.CLEAR_IDENTIFIERS,
    Action.REMOVE_FINDING,
)
_WORDS: Final[Mapping[Action | Act, str]] = {
    **dict.fromkeys(_FINDINGS, phrase("write findings")),
    Action.ADD_CASES: phrase("bring cases in"),
    Action.ADD_REVIEWS: phrase("bring finished reviews in"),
    Action.SET_PREVIOUS: phrase("record what an earlier inspection found"),
    Action.WITHDRAW_PREVIOUS: phrase("take an earlier inspection out of the comparison"),
    Act.EXPORT_FINAL: phrase("export a final report"),
    Action.ADD_PERSON: _PEOPLE,
    Action.RENAME_PERSON: _PEOPLE,
    Action.SET_ROLES: _PEOPLE,
    Action.SET_ACTIVE: _PEOPLE,
    Action.ALLOCATE: phrase("allocate cases"),
    Action.REDACT: phrase("take words out"),
    Action.DRAW_SAMPLE: phrase("draw a quality sample"),
    Action.SEND_BACK: phrase("send a review back"),
    Action.ADD_PRACTICE: phrase("bring practice cases in"),
    Action.ADD_RECOMMENDATION: _RECOMMENDATIONS,
    Action.WRITE_RECOMMENDATION: _RECOMMENDATIONS,
    Action.SET_RECOMMENDATION: _RECOMMENDATIONS,
    Action.MOVE_RECOMMENDATION: _RECOMMENDATIONS,
    Action.REMOVE_RECOMMENDATION: _RECOMMENDATIONS,
    Action.BRING_RECOMMENDATIONS: phrase("bring recommendations in"),
    Action.LOG_STATUS: phrase("log how far a recommendation has come"),
    Action.ASK_COMPLETION: phrase("ask for the completion of a recommendation"),
    Action.AUTHORISE_COMPLETION: phrase("authorise the completion of a recommendation"),
    Action.SET_PUBLISHED: phrase("set the day of publication"),
    Action.DRAFT_NOTICE: phrase("write the press notice and the exit briefing"),
    Action.WRITE_NOTICE: phrase("write the press notice and the exit briefing"),
    Action.REMOVE_PASSPHRASE: phrase("remove the passphrase"),
    Action.FINISH: phrase("finish the inspection"),
    Action.RESUME: phrase("take the inspection up again"),
    Action.EXPORT_DESPITE: phrase("export a final report while a referral is open"),
}


def newcomer(name: str) -> Person:
    """Return what somebody is who signs in and is not in the file yet: an inspector."""
    return Person(0, "", name, frozenset({Role.INSPECTOR}))


def may_judge(person: Person) -> bool:
    """Return whether a person may change anything at all."""
    return person.active and bool(person.roles & JUDGES)


def team_leads(people: Iterable[Person]) -> tuple[Person, ...]:
    """Return those who lead the team now."""
    return tuple(person for person in people if person.active and Role.TEAM_LEAD in person.roles)


def may(person: Person | None, act: Action | Act, people: Iterable[Person]) -> bool:
    """Return whether `person` may do `act`, in an audit with these people; None is nobody signed in."""
    return _refusal(person, act, tuple(people)) is None


def refuse_unless_may(person: Person | None, act: Action | Act, people: Iterable[Person]) -> None:
    """Let `act` through only where `person` may do it; None is nobody signed in.

    Raises:
        RefusedError: the role does not allow it; says which role it is and who could do it.
    """
    refusal = _refusal(person, act, tuple(people))
    if refusal is not None:
        raise refusal


def refuse_without_lead(before: Iterable[Person], after: Iterable[Person]) -> None:
    """Let a change of people through only where a team lead remains, once there was one.

    Raises:
        RefusedError: nobody would lead any more.
    """
    if team_leads(before) and not team_leads(after):
        raise RefusedError(
            _("At least one team lead must remain."),
            safe=_("Nothing was changed."),
            todo=_("Make somebody else a team lead first."),
        )


def why_nothing_may_be_changed(person: Person) -> str:
    """Return why an observer, or who no longer works here, changes nothing."""
    if not person.active:
        return _("{name} no longer works on this inspection and may not change anything.").format(name=person.name)
    if Role.OBSERVER in person.roles:
        return _("{name} is an observer and may not change anything.").format(name=person.name)
    return _("{name} has no role here and may not change anything.").format(name=person.name)


def whom_to_ask(people: Iterable[Person]) -> str:
    """Return who could do what somebody may not."""
    held = tuple(people)
    leads = team_leads(held)
    if leads:
        return _("Ask a team lead: {names}.").format(names=_named(leads))
    judges = tuple(person for person in held if may_judge(person))
    if judges:
        return _("Ask somebody who works on it: {names}.").format(names=_named(judges))
    return _("Whoever reads the cases signs in with a name of their own.")


def _refusal(person: Person | None, act: Action | Act, people: tuple[Person, ...]) -> RefusedError | None:
    right = RIGHTS.get(act, Right.LEAD_BY_NAME)
    leads = team_leads(people)
    if person is None:
        if right in (Right.JUDGE, Right.LEAD) or not leads:
            return None
        return RefusedError(
            _("Only a team lead may {act}, and nobody has signed in.").format(act=_act_words(act)),
            todo=_("Say who is working. A team lead here: {names}.").format(names=_named(leads)),
        )
    if not may_judge(person):
        return RefusedError(why_nothing_may_be_changed(person), todo=whom_to_ask(people))
    if right is Right.JUDGE or not leads or Role.TEAM_LEAD in person.roles:
        return None
    if right is Right.ASSURE:
        return _only_assurers(person, act, people)
    return RefusedError(
        _("Only a team lead may {act}; {name} works here as {roles}.").format(
            act=_act_words(act), name=person.name, roles=role_words(person.roles).lower()
        ),
        todo=whom_to_ask(people),
    )


def _only_assurers(person: Person, act: Action | Act, people: tuple[Person, ...]) -> RefusedError | None:
    if Role.QUALITY_ASSURER in person.roles:
        return None
    return RefusedError(
        _("Only a quality assurer or a team lead may {act}; {name} works here as {roles}.").format(
            act=_act_words(act), name=person.name, roles=role_words(person.roles).lower()
        ),
        todo=whom_to_ask(people),
    )


def _act_words(act: Action | Act) -> str:
    return _(_WORDS.get(act, phrase("do this")))


def _named(people: tuple[Person, ...]) -> str:
    names = ", ".join(person.name for person in people[:MOST_NAMED])
    return names if len(people) <= MOST_NAMED else _("{names} and others").format(names=names)
