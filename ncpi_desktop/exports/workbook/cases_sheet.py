"""The cases: one row a case, with what was judged and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity, Reason
from ncpi_desktop.exports.workbook.table_sheet import Column, GradeWord, TableSheet, Value, grade_words
from ncpi_desktop.words import _, ngettext

GRADE_COLUMN = 8
"""Where the overall grade stands, counted from 0; it is read back and counted against the headline."""


def cases_sheet(findings: Findings, cases: Iterable[CaseLine]) -> TableSheet:
    """Return the cases in the order given; they are taken one by one, while the sheet is written."""
    stages = tuple(stage for stage in findings.methodology.stages if stage.case_level)
    return TableSheet(
        name=_("Cases"),
        table="Cases",
        title=_("The cases"),
        sentence=ngettext("{n} case, in the order of the queue.", "{n} cases, in the order of the queue.", findings.cases).format(
            n=findings.cases
        ),
        columns=(
            Column(_("Reference"), 11),
            Column(_("Area"), 17),
            Column(_("Tags"), 15),
            Column(_("Children"), 14),
            Column(_("Entries"), 9, figures=True),
            Column(_("Record length (days)"), 9, figures=True),
            Column(_("Inspector"), 13),
            Column(_("State"), 11),
            Column(_("Grade"), 14),
            *(Column(_("Stage: {stage}").format(stage=stage.short), 14) for stage in stages),
            Column(_("Weaknesses"), 46),
            Column(_("Strengths"), 46),
            Column(_("Cited passages"), 68),
            Column(_("Rationale"), 84),
            Column(_("Own grade of the force"), 14),
            Column(_("The force’s rationale"), 44),
            *(Column(_("Force: {stage}").format(stage=stage.short), 14) for stage in stages),
            Column(_("Not sure"), 7),
            Column(_("Submitted (UTC)"), 18),
        ),
        rows=CaseRows(findings.methodology, [stage.code for stage in stages], cases),
        nothing=_("No case has been added yet"),
        frozen_columns=1,
        pages_wide=2,
    )  # fmt: skip


class CaseRows:
    """Makes the row of each case; the words of the methodology are looked up once."""

    def __init__(self, methodology: Methodology, stages: Sequence[str], cases: Iterable[CaseLine]) -> None:
        self._cases = cases
        self._stages = stages
        self._areas = {area.code: area.label for area in methodology.areas}
        self._grades = grade_words(methodology.scale)
        self._reasons = methodology.reason_by_code
        self._states = {state: state.label for state in CaseState}
        self._not_applicable = _("Not applicable")
        self._yes = _("Yes")
        self._unjudged: tuple[Value, ...] = (None,) * len(stages)

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for line in self._cases:
            yield self._row(line)

    def _row(self, line: CaseLine) -> Sequence[Value]:
        case, review = line.case, line.review
        return (
            case.reference,
            self._areas.get(case.area, case.area),
            "; ".join(case.tags),
            "; ".join(child.words for child in case.children),
            len(case.entries),
            case.record_length,
            line.inspector,
            self._states[line.state],
            *(
                self._judged(line, review)
                if review is not None
                else (None, *self._unjudged, None, None, None, self._why(line))
            ),
            self._grade(line.own_grade),
            line.own_rationale,
            *(self._grade(dict(line.own_stages).get(stage)) for stage in self._stages),
            self._yes if review is not None and review.not_sure else None,
            review.submitted_at if review is not None else None,
        )

    def _why(self, line: CaseLine) -> str | None:
        return _("Closed until the second reading is handed in") if line.is_closed else None

    def _judged(self, line: CaseLine, review: Review) -> tuple[Value, ...]:
        found = {
            judged.stage: self._not_applicable if judged.not_applicable else self._grade(judged.grade)
            for judged in review.stages
        }
        return (
            self._grade(review.grade),
            *(found.get(stage) for stage in self._stages),
            self._given(review, Polarity.WEAKNESS),
            self._given(review, Polarity.STRENGTH),
            "\n".join(self._passages(line, review)),
            review.rationale,
        )

    def _grade(self, code: str | None) -> GradeWord | str | None:
        return None if code is None else self._grades.get(code, code)

    def _given(self, review: Review, polarity: Polarity) -> str:
        found = (self._reasons.get(given.code) for given in review.reasons)
        return "\n".join(reason_words(reason) for reason in found if reason is not None and reason.polarity is polarity)

    def _passages(self, line: CaseLine, review: Review) -> Iterator[str]:
        for given in review.reasons:
            for citation in given.citations:
                place = line.entry_words.get(citation.entry, "")
                yield f"{given.code}, {place}: “{citation.passage}”"


def reason_words(reason: Reason) -> str:
    """Return a reason with the code that names it everywhere."""
    return f"{reason.code}: {reason.wording}"
