"""Draws the cases that are read a second time: by rules that are combined, and by a seed that draws the same cases everywhere.

Each case has a rank, the SHA-256 of seed and identity, and a share takes the lowest ranks. A rank is a property of the case alone: no
generator of random numbers goes through the frame in some order, so neither the order of cases, nor the machine, nor the version of Python
changes who is drawn, and a case that comes in later moves nobody else's rank. That is what lets a sample be topped up without being drawn
anew. Source: permanent random numbers, K. R. W. Brewer, L. J. Early and S. F. Joyce, *Selecting several samples from a single population*,
1972; E. Ohlsson, *Coordination of samples using permanent random numbers*, 1995.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.findings.statistics import percent
from ncpi_desktop.words import _, ngettext

LARGEST_SEED: Final = 2**63 - 1
"""The largest whole number that the file holds."""


class Every(StrEnum):
    """What is drawn whole; kept in the file and typed on the command line, so the codes stay."""

    INADEQUATE = "inadequate"
    REFERRAL = "referral"
    TWO_APART = "two-apart"
    CHANGED = "changed"
    NOT_SURE = "not-sure"


class Flag(StrEnum):
    """What is noted of a case in the frame beside its grade; one letter each, kept in the file, so the letters stay."""

    REFERRAL = "r"
    TWO_APART = "t"
    CHANGED = "c"
    NOT_SURE = "n"
    DRAWN_BEFORE = "d"


_FLAG_OF: Final[Mapping[Every, Flag]] = {
    Every.REFERRAL: Flag.REFERRAL,
    Every.TWO_APART: Flag.TWO_APART,
    Every.CHANGED: Flag.CHANGED,
    Every.NOT_SURE: Flag.NOT_SURE,
}
_BY_GRADE: Final = frozenset({Every.INADEQUATE, Every.TWO_APART})
SHARE, NAMED = "share", "named"
"""How the other two rules are called beside the codes of `Every`."""


class FrameCase(NamedTuple):
    """A case that could be drawn, with all that the rules look at: case and inspector by identity, codes, and the letters of `Flag`.

    `inspector` gave the first reading (empty: nobody had signed in); `grade` is the one handed in last.
    """

    identity: str
    inspector: str
    area: str
    grade: str
    flags: str = ""


@dataclass(frozen=True)
class Frame:
    """Every case that could be drawn; `worst` is the lowest grade of the scale (a code)."""

    worst: str
    cases: tuple[FrameCase, ...]

    @property
    def size(self) -> int:
        """How many cases could be drawn, those drawn before among them."""
        return len(self.cases)


@dataclass(frozen=True, slots=True)
class SampleRules:
    """What is drawn: the union of all that is asked.

    `share` is a percentage of each inspector's cases in each area, rounded up; `number` so many cases of them instead. `named` holds the
    identities of cases.
    """

    every: frozenset[Every] = frozenset()
    share: int | None = None
    number: int | None = None
    named: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.every or self.named) and self.share is None and self.number is None

    @property
    def codes(self) -> tuple[str, ...]:
        """The rules in use, in the order in which they are listed."""
        asked = [every.value for every in Every if every in self.every]
        asked += [SHARE] if self.share is not None or self.number is not None else []
        return (*asked, *([NAMED] if self.named else []))


@dataclass(frozen=True, slots=True)
class Draw:
    """What the rules draw from a frame.

    `cases` are new to the sample, by identity in the order of their ranks. `matched` says of how many cases each rule in use holds, those
    drawn before included, `before` how many of all these were drawn before. `short` counts the inspectors' cases in an area of which
    there are fewer than the number asked: all of them are taken. Of the cases `by_grade` a rule tells something of the first grade.
    """

    cases: tuple[str, ...]
    matched: Mapping[str, int]
    before: int
    short: int
    by_grade: frozenset[str] = frozenset()


def check_rules(rules: SampleRules, seed: int) -> None:
    """Let rules and seed through where they make sense.

    Raises:
        WrongUseError: nothing is asked, a share is no percentage from 1 to 100, a number is below 1, both are given, or the seed is none.
    """
    if rules.is_empty:
        raise WrongUseError(
            _("No rule says which cases to draw."), todo=_("Choose at least one rule, a share, or name cases.")
        )
    if rules.share is not None and rules.number is not None:
        raise WrongUseError(_("A share and a number don't go together."), todo=_("Give one of them."))
    if rules.share is not None and not 1 <= rules.share <= 100:
        raise WrongUseError(_("A share is a whole percentage from 1 to 100."))
    if rules.number is not None and rules.number < 1:
        raise WrongUseError(_("A number of cases is at least 1."))
    if not 0 <= seed <= LARGEST_SEED:
        raise WrongUseError(_("A seed is a whole number that is not negative."))


def seed_from(text: str) -> int:
    """Return the seed that somebody typed.

    Raises:
        WrongUseError: it is no whole number from 0 on.
    """
    typed = text.strip()
    if not (typed.isascii() and typed.isdecimal()) or len(typed) > 19 or int(typed) > LARGEST_SEED:
        raise WrongUseError(
            _("The seed is not a number: “{text}”.").format(text=typed[:40]),
            todo=_("Any whole number will do, such as 4127."),
        )
    return int(typed)


def rank(seed: int, identity: str) -> bytes:
    """Return where a case stands under `seed`: the SHA-256 of both, in 32 bytes that sort the same on every machine."""
    return _ranks_under(seed)(identity)


def _ranks_under(seed: int) -> Callable[[str], bytes]:
    """Return what ranks an identity: one call for each of very many."""
    sha256, beginning = hashlib.sha256, f"{seed}\n".encode()
    return lambda identity: sha256(beginning + identity.encode()).digest()


def draw(rules: SampleRules, seed: int, frame: Frame) -> Draw:
    """Draw the union of `rules` from `frame`, whatever the order of its cases; what was drawn before is not drawn again.

    Raises:
        WrongUseError: the rules or the seed make no sense.
    """
    check_rules(rules, seed)
    chosen: dict[str, set[str]] = {every.value: _every(every, frame) for every in Every if every in rules.every}
    short = 0
    if rules.share is not None or rules.number is not None:
        chosen[SHARE], short = _share(rules, seed, frame)
    if rules.named:
        chosen[NAMED] = {case.identity for case in frame.cases if case.identity in rules.named}
    union = set().union(*chosen.values())
    before = {case.identity for case in frame.cases if Flag.DRAWN_BEFORE in case.flags} & union
    new = sorted(union - before, key=_ranks_under(seed))
    by_grade = frozenset().union(*(chosen.get(every.value, ()) for every in _BY_GRADE))
    return Draw(tuple(new), {code: len(held) for code, held in chosen.items()}, len(before), short, by_grade)


def redraw(rules: SampleRules, seed: int, frame: Frame) -> tuple[str, ...]:
    """Return the cases that a kept sample must hold, by identity in their order: the proof that nobody chose them."""
    return draw(rules, seed, frame).cases


def count_every(frame: Frame) -> dict[Every, int]:
    """Return how many cases of the frame each rule would take whole."""
    counts = dict.fromkeys(Every, 0)
    for case in frame.cases:
        if case.grade == frame.worst:
            counts[Every.INADEQUATE] += 1
        if case.flags:
            for every, flag in _FLAG_OF.items():
                counts[every] += flag in case.flags
    return counts


def remarks_on(rules: SampleRules, drawn: Draw, frame: Frame) -> tuple[str, ...]:
    """Return what whoever draws should know: too few cases for the number asked, rules that nothing fits, cases drawn before."""
    said = []
    if drawn.short:
        groups = ngettext(
            "In {count} group of an inspector's cases in an area there are fewer than {number}: all of them are taken.",
            "In {count} groups of an inspector's cases in an area there are fewer than {number}: all of them are taken.",
            drawn.short,
        )
        said.append(groups.format(count=drawn.short, number=rules.number))
        if drawn.matched[SHARE] == frame.size:
            said.append(_("The sample asked for is larger than what it is drawn from: every case is taken."))
    if rules.share is not None and 2 * drawn.matched[SHARE] * 100 > 3 * rules.share * frame.size:
        comes_to = _("Rounded up for each inspector and area, the share comes to {share} per cent of all cases.")
        said.append(comes_to.format(share=percent(drawn.matched[SHARE], frame.size)))
    if drawn.before:
        again = ngettext(
            "{count} case that the rules choose is in the sample already and stays as it is.",
            "{count} cases that the rules choose are in the sample already and stay as they are.",
            drawn.before,
        )
        said.append(again.format(count=drawn.before))
    return tuple(said)


def why_nothing(drawn: Draw, frame: Frame) -> str:
    """Return why a draw adds no case; empty where it adds some."""
    if drawn.cases:
        return ""
    if not frame.cases:
        return _("No case can be drawn yet: no first reading has been submitted.")
    if drawn.before:
        return _("Every case that the rules choose is in the sample already.")
    return _("No case fits the rules.")


def tells_grades(rules: SampleRules) -> bool:
    """Return whether being drawn tells something of the grade that the first reader gave."""
    return bool(rules.every & _BY_GRADE)


def _every(every: Every, frame: Frame) -> set[str]:
    flag = _FLAG_OF.get(every)
    if flag is None:
        return {case.identity for case in frame.cases if case.grade == frame.worst}
    return {case.identity for case in frame.cases if flag in case.flags}


def _share(rules: SampleRules, seed: int, frame: Frame) -> tuple[set[str], int]:
    """Return the cases of the lowest ranks of each inspector's cases by area, and how often there were fewer than the number asked."""
    strata: dict[tuple[str, str], list[str]] = {}
    for case in frame.cases:
        strata.setdefault((case.inspector, case.area), []).append(case.identity)
    taken: set[str] = set()
    short = 0
    for held in strata.values():
        wanted = rules.number if rules.number is not None else _per_cent(rules.share or 0, len(held))
        short += wanted > len(held)
        taken.update(_lowest(held, wanted, seed))
    return taken, short


def _per_cent(share: int, cases: int) -> int:
    """Return `share` per cent of `cases`, rounded up: at least one wherever there is a case."""
    return -(-share * cases // 100)


def _lowest(held: Iterable[str], wanted: int, seed: int) -> list[str]:
    return heapq.nsmallest(wanted, held, key=_ranks_under(seed))
