"""Which cases stand behind a figure: named so that a window can list them, a link can carry it, and a query can answer it.

| kind | codes | the cases |
|---|---|---|
| `cases` | – | every case of the audit |
| `state` | state, or `still-to-review` | those whose first reading has come so far |
| `area` | area | every case of the area |
| `graded` | grades | by the grade that counts (settled, else submitted) |
| `area-graded` | area, grades | the same within an area |
| `stage` | stage, grades | by the grade of a stage; `not-applicable` stands for those where it did not apply |
| `reason` | reason | those given the reason |
| `reason-in-area` | reason, area | the same within an area |
| `own` | own grade, inspectors' grade | one cell of the force's grades against the inspectors' |
| `own-in-area`, `own-at-stage` | area or stage, own grade, inspectors' grade | the same within an area; by the grades of a stage |
| `own-against` | `both` `same` `kinder` `harsher` `inspectors-only` | graded by both; by the force the same, better, worse; not by the force |
| `referred` | `any` `open` `closed` | those referred back to the force (a case may be referred more than once, and is listed once) |
| `second` | `any` `read-twice` `unsettled`, or a state | those drawn to be read again, by how far that has come |
| `strategy` | aspect, answer | those with a strategy discussion of which the record answers so; `held` `yes`: with one, `held` `no`: with none |
| `strategy-in-area` | area, aspect, answer | the same within an area |
| `agency` | agency, how it took part | those with a strategy discussion to which the agency stands so |
| `compared` | `any` `same` `differ` | those read twice, by the overall grades as they were first handed in |

*grades* is a grade's code or a `GradeGroup`. Only the judgement that counts is meant, as in every figure. Whoever lists the cases leaves out
what is closed to the person who looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self
from urllib.parse import quote, unquote

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.words import _

_BETWEEN: Final = ":"


class SelectionKind(StrEnum):
    """What a selection chooses by; the codes stay, for they stand in links that are kept in texts."""

    CASES = "cases"
    STATE = "state"
    AREA = "area"
    GRADED = "graded"
    AREA_GRADED = "area-graded"
    STAGE = "stage"
    REASON = "reason"
    REASON_IN_AREA = "reason-in-area"
    OWN = "own"
    OWN_IN_AREA = "own-in-area"
    OWN_AT_STAGE = "own-at-stage"
    OWN_AGAINST = "own-against"
    REFERRED = "referred"
    SECOND = "second"
    COMPARED = "compared"
    STRATEGY = "strategy"
    STRATEGY_IN_AREA = "strategy-in-area"
    AGENCY = "agency"

    @property
    def takes(self) -> int:
        """How many codes it goes with."""
        if self is SelectionKind.CASES:
            return 0
        if self in (SelectionKind.OWN_IN_AREA, SelectionKind.OWN_AT_STAGE, SelectionKind.STRATEGY_IN_AREA):
            return 3
        two = (SelectionKind.AREA_GRADED, SelectionKind.STAGE, SelectionKind.REASON_IN_AREA, SelectionKind.OWN)
        return 2 if self in (*two, SelectionKind.STRATEGY, SelectionKind.AGENCY) else 1


class Reviewed(StrEnum):
    """Several states of the first reading at once; stands where the code of a state can stand."""

    STILL_TO_REVIEW = "still-to-review"


class GradeGroup(StrEnum):
    """Several grades at once; stands where a grade's code can stand, and no scale has a grade of that code."""

    ANY = "any"
    GOOD = "counted-good"
    NOT_GOOD = "not-good"


class OwnAgainst(StrEnum):
    """How the force's own grade stands to the inspectors'."""

    BOTH = "both"
    SAME = "same"
    KINDER = "kinder"
    HARSHER = "harsher"
    INSPECTORS_ONLY = "inspectors-only"


class Referred(StrEnum):
    """How far a referral has come."""

    ANY = "any"
    OPEN = "open"
    CLOSED = "closed"


class Drawn(StrEnum):
    """Several states of the second reading at once; stands where the code of a state can stand."""

    ANY = "any"
    READ_TWICE = "read-twice"
    UNSETTLED = "unsettled"


class ReadTwiceAs(StrEnum):
    """How the two overall grades of a case stand to each other, as they were first handed in."""

    ANY = "any"
    SAME = "same"
    DIFFER = "differ"


@dataclass(frozen=True, slots=True)
class Selection:
    """Some cases of an audit, named by what they have in common (see the table of this module).

    Raises:
        ValueError: as many codes as the kind goes with are not given, or one is empty.
    """

    kind: SelectionKind
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.codes) != self.kind.takes or not all(self.codes):
            raise ValueError(f"a selection by {self.kind} takes {self.kind.takes} codes")

    @property
    def code(self) -> str:
        """The stable text form, such as `area-graded:s47:inadequate`."""
        return _BETWEEN.join((self.kind.value, *(quote(code, safe=" ") for code in self.codes)))

    @classmethod
    def from_code(cls, text: str) -> Self:
        """Return the selection whose `code` is `text`. Whether the audit knows its area, grade or reason is not asked here.

        Raises:
            WrongUseError: no selection has this code.
        """
        kind, *codes = text.split(_BETWEEN)
        try:
            return cls(SelectionKind(kind), tuple(unquote(code, errors="strict") for code in codes))
        except ValueError as error:
            raise WrongUseError(
                _("That does not name any cases of an audit."),
                todo=_("Choose a figure, and open its cases from there."),
            ) from error


def grades_meant(scale: Scale, grades: str) -> tuple[str, ...]:
    """Return the codes of the scale that `grades`, a grade's code or a `GradeGroup`, stands for, best first; none where it has no such grade.

    *Not applicable* is no grade of a scale and stands for itself alone: whoever selects by stage asks for it before.
    """
    if grades == GradeGroup.ANY:
        return scale.codes
    if grades in (GradeGroup.GOOD, GradeGroup.NOT_GOOD):
        wanted = grades == GradeGroup.GOOD
        return tuple(grade.code for grade in scale.grades if grade.counts_as_good is wanted)
    return (grades,) if grades in scale else ()
