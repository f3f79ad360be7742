"""What the settle pane says, in words: parts and findings, decisions and proposals, and where a cited passage stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import Entry
from ncpi_desktop.domain.grading.review import GivenReason, Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.second_reading import Seen
from ncpi_desktop.domain.moderation.settlement import Choice, Part, PartKind, PartLine
from ncpi_desktop.domain.moderation.settlement_words import found_words, part_words
from ncpi_desktop.ui.pages.quality.part_row import ShownPart
from ncpi_desktop.ui.pages.quality.settle_steps import Act, Wanted
from ncpi_desktop.words import _
from ncpi_desktop.workflows.quality_list import ListedCase
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.settling import Seat, SettlingDesk


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage as it is shown: the reason it was cited for, where it stands, and its words."""

    reason: str
    where: str
    passage: str


def shown_part(session: AuditSession, desk: SettlingDesk, line: PartLine) -> ShownPart:
    """Return a part as a line of the table shows it and as it is read out."""
    methodology = session.methodology
    name = part_words(line.part, methodology)
    pending, stands = "", found_words(line.part, line.standing, methodology)
    if not line.is_settled:
        pending = stands = _("to settle")
        if line.decision is not None:
            value = found_words(line.part, line.decision.value, methodology)
            stands = _("proposed: {value}").format(value=value)
            code = line.decision.value
            short = methodology.scale[code].short if code is not None and code in methodology.scale else value
            pending = _("proposed: {value}").format(value=short)
    spoken = _("{part}: {one} {first}, {other} {second}, agreed: {stands}").format(
        part=name,
        one=desk.first_reader or _("first reader"),
        first=found_words(line.part, line.first, methodology).lower(),
        other=desk.second_reader or _("second reader"),
        second=found_words(line.part, line.second, methodology).lower(),
        stands=stands.lower(),
    )
    return ShownPart(line, name, spoken, pending)


def decision_sentence(session: AuditSession, desk: SettlingDesk, line: PartLine) -> str:
    """Return what was decided of a part, by whom and why; of a proposal, who is to agree. Empty where nothing was."""
    decision = line.decision
    if decision is None or not line.differs:
        return ""
    who = session.person_named(decision.decided_by) or _("Somebody")
    told = {"who": who, "value": found_words(line.part, decision.value, session.methodology), "why": decision.because}
    if not decision.stands:
        words = _("{who} proposes {value}: {why}").format(**told)
        if desk.may_agree(line):
            return words
        other = desk.second_reader if decision.decided_by == desk.first.reviewer else desk.first_reader
        return _("{words} {name} has not agreed yet.").format(words=_ended(words), name=other or _("The other reader"))
    if decision.agreed_by == decision.decided_by:
        return _("{who} settled on {value}: {why}").format(**told)
    other = session.person_named(decision.agreed_by) or _("the other reader")
    return _("{who} settled on {value}, which {other} holds too: {why}").format(other=other, **told)


def state_sentence(desk: SettlingDesk) -> str:
    """Return how far settling has come, and why it was passed on."""
    if not desk.settling.differences:
        return _("Both readings say the same: there is nothing to settle.")
    if desk.is_settled:
        return _("This case is settled. Neither reading was changed.")
    if desk.passed_on:
        return _("Passed to the team lead: {why}").format(why=desk.passed_on)
    if desk.seat is Seat.NOBODY:
        return _("Who read a case settles it with the other reader; a team lead settles what they can't.")
    return ""


def passages_of(review: Review, part: Part, desk: SettlingDesk, methodology: Methodology) -> Iterator[CitedPassage]:
    """Yield what a reading cites for a part: for a reason its own passages, for a grade those of every reason of that stage or of all."""
    entries = {entry.key: (place, entry) for place, entry in enumerate(desk.case.entries, 1)}
    for given in review.reasons:
        if _belongs(given, part, methodology):
            reason = methodology.reason_by_code.get(given.code)
            for citation in given.citations:
                place, entry = entries.get(citation.entry, (0, None))
                wording = reason.wording if reason is not None else given.code
                yield CitedPassage(wording, _where(place, entry), citation.passage)


def wanted_words(wanted: Wanted) -> str:
    """Return what the reason is asked for."""
    if wanted.act is Act.TO_LEAD:
        return _("Say what you differ in, then press Ctrl+Enter to pass it on.")
    if wanted.act is Act.REOPEN:
        return _("Say why it is to be settled anew, then press Ctrl+Enter.")
    return {
        Choice.FIRST: _("Say why the first reading is to stand, then press Ctrl+Enter."),
        Choice.SECOND: _("Say why the re-review is to stand, then press Ctrl+Enter."),
        Choice.OTHER: _("Say why another grade is to stand, then press Ctrl+Enter."),
    }[wanted.choice]


def seen_words(seen: Seen) -> str:
    """Return whether a case was read again blind."""
    if seen is Seen.NOTHING:
        return _("Re-reviewed blind: the first grade was hidden until submitted")
    return _("Not re-reviewed blind: {what}").format(what=seen.label.lower())


def is_readers(session: AuditSession, listed: ListedCase) -> bool:
    """Return whether a case waits for who works here to read it again."""
    person = session.person
    return person is not None and listed.line.reader == person.key and not listed.line.state.is_read_twice


def waiting_sentence(session: AuditSession, listed: ListedCase) -> str:
    """Return what a case waits for whose readings can't be shown."""
    if is_readers(session, listed):
        return _(
            "This case is yours to re-read, with the keys of Review. The first reading is hidden until yours is handed in."
        )
    if listed.is_closed:
        return _("The first reading of this case is closed to you.")
    reader = session.person_named(listed.line.reader)
    if reader:
        return _("{state}: {name} re-reads this case.").format(state=listed.line.state.label, name=reader)
    return _("{state}. Nobody has been given this case to re-read yet.").format(state=listed.line.state.label)


def _belongs(given: GivenReason, part: Part, methodology: Methodology) -> bool:
    if part.kind is PartKind.REASON:
        return given.code == part.code
    reason = methodology.reason_by_code.get(given.code)
    return part.kind is PartKind.GRADE or (reason is not None and reason.stage == part.code)


def _where(place: int, entry: Entry | None) -> str:
    if entry is None:
        return ""
    told = [_("Entry {n}").format(n=place)]
    if entry.day is not None:
        told.append(_("Day {n}").format(n=entry.day))
    if entry.time:
        told.append(entry.time)
    return " · ".join([*told, entry.heading.replace("\n", " ").strip() or entry.kind.label])


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
