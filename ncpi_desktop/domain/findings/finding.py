"""A finding as the team lead writes it: what worked well or fell short, at which stage, resting on which reasons and cases.

Not to be taken for the bundle of figures, `Findings`, which carries the written findings along.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _, ngettext

FindingKey = NewType("FindingKey", int)
IllustrationKey = NewType("IllustrationKey", int)

LONGEST_TITLE: Final = 300
LONGEST_TEXT: Final = 200_000
LONGEST_BECAUSE: Final = 10_000
"""Characters."""


class Subject(StrEnum):
    """What a finding is about, in the order of the report: the stages of the cases, or the force beyond them."""

    CASEWORK = "casework"
    LEADERSHIP = "leadership"
    TRAINING = "training"
    PARTNERSHIP = "partnership"


class FindingKind(StrEnum):
    """What a finding says, in the order of the report; effective practice is what other forces can copy."""

    STRENGTH = "strength"
    SHORTCOMING = "shortcoming"
    EFFECTIVE_PRACTICE = "effective-practice"


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where a finding stands: its kind, its subject, and for casework the code of its stage."""

    kind: FindingKind
    subject: Subject = Subject.CASEWORK
    stage: str | None = None


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case that a finding rests on."""

    case: CaseKey
    reference: str


@dataclass(frozen=True, slots=True)
class Illustration:
    """One case told in a few anonymous words beneath a finding.

    `cleared_because` says why words in it that look like an identifier are none; it is empty where nobody said so, and again as soon as the
    words change. `is_held_back` says that it holds such words and that nobody has cleared them: it goes into no document.
    """

    case: CaseKey
    reference: str
    text: str
    cleared_because: str = ""
    is_held_back: bool = False
    key: IllustrationKey = IllustrationKey(0)
    identity: str = ""


@dataclass(frozen=True, slots=True)
class WrittenFinding:
    """One finding. `reasons` holds codes in the methodology's order; `text` is prose (see `prose`) with live figures by their codes.

    `withheld` counts the cases and illustrations that are left out because their first reading is closed to whoever looks.
    """

    place: FindingPlace
    title: str
    text: str = ""
    reasons: tuple[str, ...] = ()
    cases: tuple[LinkedCase, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    position: int = 0
    key: FindingKey = FindingKey(0)
    identity: str = ""
    withheld: int = 0

    @property
    def subject(self) -> Subject:
        """What it is about."""
        return self.place.subject

    @property
    def stage(self) -> str | None:
        """The code of its stage; None beyond casework."""
        return self.place.stage

    @property
    def kind(self) -> FindingKind:
        """What it says."""
        return self.place.kind

    @property
    def told_cases(self) -> frozenset[CaseKey]:
        """The cases that it rests on or tells of."""
        return frozenset(held.case for held in self.cases) | frozenset(told.case for told in self.illustrations)


def fit_title(title: str) -> str:
    """Return a title on one line, without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `LONGEST_TITLE` characters.
    """
    said = " ".join(title.split())
    if not said:
        raise RefusedError(
            _("A finding has a title."),
            safe=_("The title is as it was."),
            todo=_("Say in one line what was found."),
        )
    return _fit(said, LONGEST_TITLE)


def fit_text(text: str) -> str:
    """Return the text of a finding or an illustration as it was typed.

    Raises:
        RefusedError: it has more than `LONGEST_TEXT` characters.
    """
    return _fit(text, LONGEST_TEXT)


def fit_because(because: str) -> str:
    """Return why words are no identifier, without the blanks around it.

    Raises:
        RefusedError: it says nothing, or more than `LONGEST_BECAUSE` characters.
    """
    said = because.strip()
    if not said:
        raise RefusedError(
            _("Words that look like an identifier are cleared with a reason."),
            safe=_("Nothing was changed."),
            todo=_("Say why nobody can be recognised by them, or write them otherwise."),
        )
    return _fit(said, LONGEST_BECAUSE)


def fit_place(place: FindingPlace, methodology: Methodology) -> FindingPlace:
    """Return `place` where a finding can stand there.

    Raises:
        RefusedError: a finding about casework has no stage.
        WrongUseError: one beyond casework has a stage, or the methodology has no such stage.
    """
    if place.subject is Subject.CASEWORK:
        if place.stage is None:
            raise RefusedError(
                _("A finding about casework belongs to a stage."),
                safe=_("Nothing was changed."),
                todo=_("Choose the stage, or say that it is about leadership, training or partnership."),
            )
        if place.stage not in methodology.stage_by_code:
            raise WrongUseError(_("There is no stage “{stage}”.").format(stage=place.stage))
    elif place.stage is not None:
        raise WrongUseError(_("Only a finding about casework belongs to a stage."))
    return place


def refuse_cases_beyond_casework(finding: WrittenFinding) -> None:
    """Let a case through to casework alone.

    Raises:
        RefusedError: the finding is about leadership, training or partnership, and so stands on no case.
    """
    if finding.subject is not Subject.CASEWORK:
        raise RefusedError(
            _("A finding about {subject} stands on no case.").format(subject=subject_words(finding.subject).lower()),
            safe=_("Nothing was changed."),
            todo=_("Make it a finding about casework first, or write what was seen in its text."),
        )


def refuse_leaving_cases(finding: WrittenFinding, place: FindingPlace, cases: int) -> None:
    """Let a finding go beyond casework only where it rests on no case; `cases` counts those, with the illustrations.

    Raises:
        RefusedError: it still rests on some.
    """
    if place.subject is Subject.CASEWORK or finding.subject is not Subject.CASEWORK or not cases:
        return
    words = ngettext(
        "This finding rests on {count} case or illustration; one about {subject} stands on none.",
        "This finding rests on {count} cases and illustrations; one about {subject} stands on none.",
        cases,
    )
    raise RefusedError(
        words.format(count=cases, subject=subject_words(place.subject).lower()),
        safe=_("Nothing was changed."),
        todo=_("Take them off the finding first."),
    )


def in_order(findings: Iterable[WrittenFinding], methodology: Methodology) -> tuple[WrittenFinding, ...]:
    """Return findings in report order: by stage, then leadership, training, partnership; within each by kind and place."""
    stages = {stage.code: place for place, stage in enumerate(methodology.stages)}
    subjects, kinds = list(Subject), list(FindingKind)

    def order(finding: WrittenFinding) -> tuple[int, int, int, int, int]:
        stage = stages.get(finding.stage or "", len(stages))
        return subjects.index(finding.subject), stage, kinds.index(finding.kind), finding.position, finding.key

    return tuple(sorted(findings, key=order))


def subject_words(subject: Subject) -> str:
    """Return what a finding is about, in words."""
    return {
        Subject.CASEWORK: _("Casework"),
        Subject.LEADERSHIP: _("Leadership"),
        Subject.TRAINING: _("Training"),
        Subject.PARTNERSHIP: _("Partnership"),
    }[subject]


def kind_words(kind: FindingKind) -> str:
    """Return what a finding says, in words."""
    return {
        FindingKind.STRENGTH: _("Strength"),
        FindingKind.SHORTCOMING: _("Shortcoming"),
        FindingKind.EFFECTIVE_PRACTICE: _("Effective practice"),
    }[kind]


def kinds_words(kind: FindingKind) -> str:
    """Return the heading over findings of a kind."""
    return {
        FindingKind.STRENGTH: _("Strengths"),
        FindingKind.SHORTCOMING: _("Shortcomings"),
        FindingKind.EFFECTIVE_PRACTICE: _("Effective practice that others can copy"),
    }[kind]


def withheld_words(count: int) -> str:
    """Return how many cases and illustrations of a finding are left out."""
    return ngettext(
        "{count} case or illustration is left out: its first reading is closed to you until the case has been read again.",
        "{count} cases or illustrations are left out: their first readings are closed to you until the cases have been read again.",
        count,
    ).format(count=count)


def held_back_words(told: Illustration) -> str:
    """Return what stands in the place of an illustration that is held back."""
    return _(
        "An illustration of {case} is held back: words in it look like something a person could be recognised by."
    ).format(case=told.reference)


def chapter_words(place: FindingPlace, methodology: Methodology) -> str:
    """Return the heading that a finding stands under: its stage, or its subject."""
    stage = methodology.stage_by_code.get(place.stage or "")
    return stage.label if stage is not None else subject_words(place.subject)


def _fit(said: str, most: int) -> str:
    if len(said) > most:
        raise RefusedError(
            _("These words have {count} characters; {most} fit.").format(count=f"{len(said):,}", most=f"{most:,}"),
            safe=_("The words are still in the box."),
            todo=_("Shorten them."),
        )
    return said
