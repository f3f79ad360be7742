"""Sentences of the review page that are put together from several facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from ncpi_desktop.domain.casework.case import Case, StrategyDiscussion
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.grading.completeness import Gap, Missing
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.second_reading import UNSETTLED, SecondState
from ncpi_desktop.words import _, ngettext


def strategy_words(held: StrategyDiscussion) -> Iterator[tuple[str, bool]]:
    """Yield the parts of the line that says how a strategy discussion was held, and whether each stands out."""
    yield _("Invited: {agencies}").format(agencies=_agencies(held.invited)), False
    yield " · " + _("Present: {agencies}").format(agencies=_agencies(held.present)), False
    if held.missing:
        yield " · ", False
        yield _("Missing: {agencies}").format(agencies=", ".join(held.missing)), True
    for words, answer in (
        (_("In time: {answer}"), held.in_time),
        (_("Rationale recorded: {answer}"), held.rationale_recorded),
        (_("Actions recorded: {answer}"), held.actions_recorded),
    ):
        yield " · ", False
        yield words.format(answer=_answer(answer)), answer is False


def _agencies(names: Sequence[str]) -> str:
    return ", ".join(names) or _("not recorded")


def _answer(answer: bool | None) -> str:
    if answer is None:
        return _("not recorded")
    return _("yes") if answer else _("no")


def day_words(day: int) -> str:
    """Return a day of the record, counted from the first report."""
    return _("Day {day}").format(day=day)


def reported_words(case: Case) -> str:
    """Return when the case was first reported, such as *Day 0, 21:40*."""
    first = case.entries[0] if case.entries else None
    if first is None or (first.day is None and not first.time):
        return _("Not recorded")
    parts = [] if first.day is None else [day_words(first.day)]
    return ", ".join([*parts, first.time] if first.time else parts)


def record_length_words(case: Case) -> str:
    """Return over how many days the record goes."""
    days = case.record_length
    if days is None:
        return _("Not recorded")
    return ngettext("{count} day", "{count} days", days).format(count=days)


def children_words(case: Case) -> str:
    """Return the children of a case by pseudonym and age."""
    return ", ".join(child.words for child in case.children) or _("Not recorded")


def moment_words(at: datetime) -> str:
    """Return date and time of day where the program runs, such as *16 May 2018 10:42*."""
    months = [_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")]
    months += [_("September"), _("October"), _("November"), _("December")]
    here = at.astimezone()
    return f"{here.day} {months[here.month - 1]} {here.year} {here:%H:%M}"


def missing_names(missing: Sequence[Missing], methodology: Methodology) -> str:
    """Return what is missing in a few words each: *Investigation, overall grade, rationale*."""
    names = {
        Gap.GRADE: _("overall grade"),
        Gap.REASONS: _("a reason"),
        Gap.RATIONALE: _("rationale"),
        Gap.PARKED: _("the case is parked"),
    }
    found = [
        methodology.stage_by_code[lack.stage].label if lack.gap is Gap.STAGE else names[lack.gap] for lack in missing
    ]
    words = ", ".join(found)
    return words[:1].upper() + words[1:]


def missing_sentences(missing: Sequence[Missing], methodology: Methodology, most: int = 20) -> str:
    """Return what is missing in sentences, the stages together in one; at `most` so many of them by name."""
    stages = [methodology.stage_by_code[lack.stage].label for lack in missing if lack.gap is Gap.STAGE]
    found = [f"{lack.sentence}." for lack in missing if lack.gap is not Gap.STAGE]
    if len(stages) > most:
        rest = len(stages) - most
        stages[most:] = [ngettext("{count} more", "{count} more", rest).format(count=rest)]
    if stages:
        found.insert(0, _("Neither graded nor marked not applicable: {stages}.").format(stages=", ".join(stages)))
    return " ".join([_("Not submitted yet."), *found])


def missing_count(count: int) -> str:
    """Return how many things are missing."""
    if not count:
        return _("Nothing is missing")
    return ngettext("{count} thing missing", "{count} things missing", count).format(count=count)


def purpose_words(purpose: ReviewPurpose, *, is_closed: bool) -> str:
    """Return why the case is read, as it stands beside its reference; empty for a first reading."""
    if is_closed:
        return _("Closed to you")
    return {ReviewPurpose.SECOND: _("Second reading"), ReviewPurpose.PRACTICE: _("Practice")}.get(purpose, "")


def referred_words(referrals: Sequence[Referral]) -> str:
    """Return whether a case was referred to the force, and whether that is open; empty where it was not."""
    if not referrals:
        return ""
    return _("Referred, open") if any(one.is_open for one in referrals) else _("Referred, closed")


def second_words(state: SecondState | None) -> str:
    """Return what follows once a second reading is handed in; empty while the first reading is not."""
    if state is SecondState.AGREED:
        return _("Both readings agree.")
    if state in UNSETTLED:
        return _("The two readings differ: what differs is settled under Quality.")
    return _("What differed is settled.") if state is SecondState.SETTLED else ""
