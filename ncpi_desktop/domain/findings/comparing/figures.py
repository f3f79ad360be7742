"""The figures of one inspection, as far as they are known: from an audit file, from a table, or typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ncpi_desktop.domain.casework.inspection import CaseChoice, InspectionKind, months_words
from ncpi_desktop.domain.findings.comparing.share import Share, counted_share
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts, Provenance
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.words import _


class FiguresSource(StrEnum):
    """Where figures come from; the codes are published."""

    AUDIT_FILE = "audit-file"
    TABLE = "table"
    TYPED = "typed"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            FiguresSource.AUDIT_FILE: _("Audit file"),
            FiguresSource.TABLE: _("Table of results"),
            FiguresSource.TYPED: _("Typed in"),
        }[self]


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area: the share graded good, and every grade where the split is known."""

    area: Area
    good: Share
    grades: GradeCounts | None = None


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One stage: the share graded good among the cases to which it applies, and every grade."""

    stage: Stage
    good: Share
    grades: GradeCounts
    not_applicable: int = 0


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """One reason: the share of the graded cases that it was given for, none too."""

    reason: Reason
    given: Share


@dataclass(frozen=True, slots=True)
class InspectionFigures:
    """One inspection with what is known of it; what is not known is empty or None.

    `good` is the share graded good over all cases, `grades` every grade where the split is known. `areas` and `stages` are those with figures,
    `reasons` every reason that could be given, each in report order; all empty where no such figures are known. `identity` is the audit's,
    the same in every copy. `source_name` is the file, with its row in a table. `chosen` says how the cases were chosen, `graded_by` who graded
    them, where that was told. `cases` counts those not graded too. The days are the fieldwork's, or those of publication.
    """

    label: str
    source: FiguresSource
    good: Share
    source_name: str = ""
    identity: str = ""
    force: str = ""
    kind: InspectionKind | None = None
    methodology: str = ""
    scale: Scale | None = None
    first_day: date | None = None
    last_day: date | None = None
    chosen: str = ""
    graded_by: str = ""
    cases: int | None = None
    grades: GradeCounts | None = None
    areas: tuple[AreaFigures, ...] = ()
    stages: tuple[StageFigures, ...] = ()
    reasons: tuple[ReasonFigures, ...] = ()
    provenance: Provenance | None = None

    @property
    def when(self) -> str:
        """The months of the fieldwork as words; empty where no day is known."""
        return months_words(self.first_day, self.last_day)


def figures_of(findings: Findings, *, label: str = "", source_name: str = "") -> InspectionFigures:
    """Return the figures of an audit; its label is its kind and fieldwork where none is given."""
    inspection, overall = findings.inspection, findings.overall
    given = {found.reason.code: found.cases for found in findings.reasons}
    return InspectionFigures(
        label=label or label_of(inspection.kind, inspection.fieldwork),
        source=FiguresSource.AUDIT_FILE,
        good=share_good(overall),
        source_name=source_name,
        identity=inspection.identity,
        force=inspection.force,
        kind=inspection.kind,
        methodology=findings.methodology.code,
        scale=findings.methodology.scale,
        first_day=inspection.fieldwork_start,
        last_day=inspection.fieldwork_end,
        chosen=chosen_words(inspection.case_choice),
        cases=findings.cases,
        grades=overall,
        areas=tuple(
            AreaFigures(found.area, share_good(found.grades), found.grades)
            for found in findings.areas
            if found.grades.graded
        ),
        stages=tuple(
            StageFigures(found.stage, share_good(found.grades), found.grades, found.not_applicable)
            for found in findings.stages
            if found.grades.graded
        ),
        reasons=tuple(
            ReasonFigures(reason, counted_share(given.get(reason.code, 0), overall.graded))
            for reason in findings.methodology.reasons
            if reason.code in given or not reason.retired
        ),
        provenance=findings.provenance,
    )


def chosen_words(choice: CaseChoice) -> str:
    """Return how cases were chosen as a comparison tells it; empty where it is not recorded."""
    return "" if choice is CaseChoice.UNKNOWN else choice.label.lower()


def share_good(grades: GradeCounts) -> Share:
    """Return the share graded good of counts by grade."""
    return Share(grades.good, grades.graded, grades.percent_good, grades.interval)


def label_of(kind: InspectionKind | None, when: str) -> str:
    """Return what an inspection is called where nobody named it, such as *Inspection, May 2018*."""
    if kind is None:
        return _("Previous inspection, {when}").format(when=when) if when else _("Previous inspection")
    return _("{kind}, {when}").format(kind=kind.label, when=when) if when else kind.label


def same_graders(one: str, other: str) -> bool:
    """Whether the same body graded, as far as was told: the inspectorate was HMIC until July 2017 and has been HMICFRS since."""
    inspectorate = {"hmic", "hmicfrs"}
    names = {plain_form(one), plain_form(other)}
    return not one or not other or len(names) == 1 or names == inspectorate
