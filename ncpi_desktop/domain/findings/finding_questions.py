"""Questions about a written finding that a lead sees before it is published. Most only ask; some keep a final report back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import FindingKind, Illustration, WrittenFinding
from ncpi_desktop.domain.findings.finding_text import unknown_figures
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.looked_through import counts_typed_in, suspects_in
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.words import _


class CaseStanding(StrEnum):
    """Whether the judgement of a linked case stands."""

    STANDS = "stands"
    REOPENED = "reopened"
    NOT_SUBMITTED = "not-submitted"


class FindingQuestion(StrEnum):
    """What a question is about."""

    NO_WORDS = "no-words"
    TYPED_COUNT = "typed-count"
    UNKNOWN_FIGURE = "unknown-figure"
    CASE_REOPENED = "case-reopened"
    CASE_NOT_SUBMITTED = "case-not-submitted"
    REASON_NOT_GIVEN = "reason-not-given"
    ONLY_WEAKNESSES = "only-weaknesses"
    IDENTIFIER = "identifier"
    IDENTIFIER_IN_ILLUSTRATION = "identifier-in-illustration"


@dataclass(frozen=True, slots=True)
class Question:
    """One question, as a sentence. `illustration` counts from 1 where it is about one."""

    about: FindingQuestion
    sentence: str
    illustration: int | None = None

    @property
    def keeps_final_back(self) -> bool:
        """Whether no final document is written before it is answered."""
        return self.about in (FindingQuestion.UNKNOWN_FIGURE, FindingQuestion.IDENTIFIER_IN_ILLUSTRATION)


def questions_about_finding(
    finding: WrittenFinding,
    findings: Findings,
    standings: Mapping[CaseKey, CaseStanding],
    known: Collection[str],
) -> tuple[Question, ...]:
    """Return the questions that a finding raises.

    `standings` tells of each of its cases; one that is missing is taken to stand. `known` holds what is no identifier: the force's name, the
    references of cases.
    """
    return (
        *_about_the_words(finding, findings, known),
        *_about_the_reasons(finding, findings),
        *_about_the_cases(finding, standings),
        *_about_the_illustrations(finding, standings, known),
    )


def _about_the_words(finding: WrittenFinding, findings: Findings, known: Collection[str]) -> Iterator[Question]:
    if not finding.text.strip():
        yield Question(FindingQuestion.NO_WORDS, _("Nothing is written below the title yet."))
    for code in unknown_figures(finding.text, findings):
        yield Question(
            FindingQuestion.UNKNOWN_FIGURE,
            _(
                "The figure “{code}” is not known. Choose another, or take it out: a final report is refused with it."
            ).format(code=code),
        )
    for text in (finding.title, finding.text):
        for typed in counts_typed_in(text):
            yield Question(
                FindingQuestion.TYPED_COUNT,
                _("“{words}” was typed. Would a live figure say it, so that it can’t go out of date?").format(
                    words=typed
                ),
            )
        for found in suspects_in(text, known):
            yield Question(
                FindingQuestion.IDENTIFIER,
                _("“{words}”: {what}. Could a person be recognised by it? {todo}").format(
                    words=found.words, what=_lowered(found.identifier.kind.label), todo=found.identifier.kind.todo
                ),
            )


def _about_the_reasons(finding: WrittenFinding, findings: Findings) -> Iterator[Question]:
    given = {found.reason.code for found in findings.reasons if found.cases}
    linked = [findings.methodology.reason_by_code[code] for code in finding.reasons]
    for reason in linked:
        if reason.code not in given:
            yield Question(
                FindingQuestion.REASON_NOT_GIVEN,
                _("The reason “{reason}” is no longer given in any case. Does the finding still rest on it?").format(
                    reason=reason.wording
                ),
            )
    good = finding.kind is not FindingKind.SHORTCOMING
    if good and linked and all(reason.polarity is Polarity.WEAKNESS for reason in linked):
        yield Question(
            FindingQuestion.ONLY_WEAKNESSES,
            _("This is what worked well, yet every reason it rests on is a weakness. Is that what you mean?"),
        )


def _about_the_cases(finding: WrittenFinding, standings: Mapping[CaseKey, CaseStanding]) -> Iterator[Question]:
    sentences = {
        CaseStanding.REOPENED: (
            FindingQuestion.CASE_REOPENED,
            _("{case} was reopened and may be judged otherwise. Does the finding still rest on it?"),
        ),
        CaseStanding.NOT_SUBMITTED: (
            FindingQuestion.CASE_NOT_SUBMITTED,
            _("{case} has not been submitted. Does the finding already rest on it?"),
        ),
    }
    for linked in finding.cases:
        found = sentences.get(standings.get(linked.case, CaseStanding.STANDS))
        if found is not None:
            about, sentence = found
            yield Question(about, sentence.format(case=linked.reference))


def _about_the_illustrations(
    finding: WrittenFinding, standings: Mapping[CaseKey, CaseStanding], known: Collection[str]
) -> Iterator[Question]:
    for number, told in enumerate(finding.illustrations, start=1):
        if standings.get(told.case, CaseStanding.STANDS) is not CaseStanding.STANDS:
            yield Question(
                FindingQuestion.CASE_NOT_SUBMITTED,
                _("Illustration {number} tells of {case}, whose judgement is not submitted.").format(
                    number=number, case=told.reference
                ),
                number,
            )
        for found in () if told.cleared_because else suspects_in(told.text, known):
            yield Question(
                FindingQuestion.IDENTIFIER_IN_ILLUSTRATION,
                _(
                    "“{words}” in illustration {number}: {what}. It goes into no document until it is written otherwise, or cleared with a"
                    " reason. {todo}"
                ).format(
                    words=found.words,
                    number=number,
                    what=_lowered(found.identifier.kind.label),
                    todo=found.identifier.kind.todo,
                ),
                number,
            )


def holds_back(told: Illustration, known: Collection[str]) -> bool:
    """Return whether an illustration has to stay out of documents: it holds words that look like an identifier, not cleared."""
    return not told.cleared_because and any(True for _found in suspects_in(told.text, known))


def _lowered(label: str) -> str:
    """Return a label as it stands within a sentence; one that begins with capitals, such as *NHS*, stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
