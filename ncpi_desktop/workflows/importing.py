"""Brings cases, the force's own grades and finished reviews in from a stranger's table: planned first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ncpi_desktop.domain.casework.case import Case, CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.backup import Occasion
from ncpi_desktop.imports.brought_case import BroughtCase, BroughtReview, CaseGatherer
from ncpi_desktop.imports.case_row import RowReader
from ncpi_desktop.imports.column_mapping import KNOWN_HEADINGS, OWN_STAGE, map_columns
from ncpi_desktop.imports.tables.open_table import open_table
from ncpi_desktop.imports.tables.source_row import Refusal, SourceRow, SourceTable
from ncpi_desktop.imports.vocabulary import Vocabulary
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.allocation_repository import allocate, is_for_practice
from ncpi_desktop.storage.case_repository import (
    add_case,
    find_case,
    read_own_grade,
    read_own_stage_grades,
    seal_own_grade,
    seal_own_stage_grades,
)
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.inspection_repository import add_person
from ncpi_desktop.storage.practice_repository import area_of
from ncpi_desktop.storage.worklist_repository import worklist_row
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.keeping_backups import BackupNotMadeError
from ncpi_desktop.workflows.kept_backups import back_up_before, needs_backup
from ncpi_desktop.workflows.session import AuditSession, Changed, ReadingError

Tick = Callable[[int, int], None]
"""Told how much is done, of how much; raises to stop the work, of which nothing is then kept."""

WHOLE = 1000
"""What `Tick` counts up to."""

MOST_REFUSALS = 1000
"""Refusals beyond so many are counted and not listed."""

_TOLD_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `cases` are new ones; `entries`, `reviews`, `own_grades`, `own_stage_grades` and `people` are what would
    be added.

    `refused` counts every refusal, `refusals` lists the first thousand. Where there is any, nothing can be brought in.
    """

    source: str
    rows: int
    cases: int
    entries: int
    reviews: int
    own_grades: int
    people: int
    refused: int
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]
    own_stage_grades: int = 0


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was brought in, and when it was committed; `warning` says why there is no backup of what was before."""

    plan: ImportPlan
    changed: Changed
    warning: str = ""


class ImportRefusedError(RefusedError):
    """Rows of the source are refused, so nothing was brought in; `plan` lists them."""

    def __init__(self, plan: ImportPlan) -> None:
        self.plan = plan
        told = "; ".join(_told(refusal) for refusal in plan.refusals[:_TOLD_AT_ONCE])
        more = _("; and more") if plan.refused > _TOLD_AT_ONCE else ""
        happened = ngettext(
            "“{name}” has {count} fault: {faults}", "“{name}” has {count} faults: {faults}", plan.refused
        ).format(name=plan.source, count=plan.refused, faults=(told.rstrip(".") + more + "."))
        super().__init__(
            happened,
            safe=_("Nothing was brought in; the audit is as it was."),
            todo=_("Correct the rows and bring the whole file in again."),
        )


def plan_import(session: AuditSession, source: Path, tick: Tick = lambda done, total: None) -> ImportPlan:
    """Read `source` through and return what an import would do and every row it would refuse; nothing is written.

    Raises:
        FileRefusedError: the source is no table or can't be read soundly.
    """
    survey = Survey(session, source)
    try:
        for _case, _held in survey.cases(tick):
            pass
    except ReadingError as error:
        raise session.file.not_read(error) from None
    return survey.plan()


def run_import(session: AuditSession, source: Path, tick: Tick = lambda done, total: None) -> ImportResult:
    """Bring everything in `source` into the audit in one change, or nothing. An audit that has cases is backed up before.

    An import only adds, all of it or nothing: where no backup can be made it goes on, and says so.

    Raises:
        RefusedError: bringing in is a team lead's act, once the file has one.
        ImportRefusedError: a row is refused; its `plan` says which and why.
        FileRefusedError: the source is no table or can't be read soundly.
        NotSavedError: the audit can't be written.
    """
    session.refuse_unless_may(Action.ADD_CASES)
    plan = plan_import(session, source, lambda done, total: tick(done // 2, total))
    if plan.refused:
        raise ImportRefusedError(plan)
    warning = _back_up_first(session, tick)
    action = Action.ADD_CASES if plan.cases else Action.ADD_REVIEWS
    with session.change(
        action, detail=str(plan.cases or plan.reviews or plan.own_grades or plan.own_stage_grades)
    ) as change:
        survey = Survey(session, source)
        arrival = _Arrival(change)
        for case, held in survey.cases(lambda done, total: tick((total + done) // 2, total)):
            arrival.bring(case, held)
        # Whoever works here may have been written into the file in between, which changes who is new to it.
        if replace(survey.plan(), people=plan.people) != plan:
            raise RefusedError(
                _("“{name}” was changed while it was read.").format(name=plan.source),
                safe=_("Nothing was brought in; the audit is as it was."),
                todo=_("Bring it in again when nobody is writing to it."),
            )
        rebuild_derived(change.connection)
    session.read_people_again()
    return ImportResult(plan, Changed(None, change.at if change.sequence else None), warning)


def _back_up_first(session: AuditSession, tick: Tick) -> str:
    """Back up what there is; return in words why that could not be done, or nothing."""
    if not needs_backup(session):
        return ""
    try:
        back_up_before(session, Occasion.BEFORE_IMPORT, lambda _done, _total: tick(WHOLE // 2, WHOLE))
    except BackupNotMadeError as error:
        return str(error)
    return ""


class Survey:
    """Reads a source through once and counts what it brings."""

    def __init__(self, session: AuditSession, source: Path) -> None:
        self._session = session
        self._source = source
        self._words = Vocabulary(session.methodology)
        self._rows = self._cases = self._entries = self._reviews = self._own_grades = self._own_stages = 0
        self._refused = self._unzoned = self._undated = self._unnamed = 0
        self._refusals: list[Refusal] = []
        self._newcomers: set[str] = set()
        self._known_people = {person.name for person in session.people}
        self._notes: list[str] = []

    def cases(self, tick: Tick) -> Iterator[tuple[BroughtCase, CaseKey | None]]:
        """Yield each sound case with its key where the audit holds it already."""
        with open_table(self._source, KNOWN_HEADINGS) as table:
            mapping, refusals = map_columns(table.headings, table.heading_row, self._words)
            for refusal in refusals:
                self._refuse(refusal)
            if refusals:
                return
            reader = RowReader(mapping, self._words)
            gatherer = CaseGatherer(mapping, self._words, self._refuse, self._area_of)
            for case in gatherer.cases(reader.read(row) for row in self._counted(table, tick)):
                held = find_case(self._session.file.connection, case.reference)
                if self._takes(case, held):
                    self._count(case, held)
                    yield case, held
            self._notes.extend(table.notes)
            if mapping.ignored:
                ignored = ", ".join(mapping.ignored[:20])
                self._notes.append(_("Columns that mean nothing here were left out: {names}.").format(names=ignored))
        if not self._rows:
            self._refuse(Refusal(table.heading_row, "", _("There are no rows below the headings.")))

    def plan(self) -> ImportPlan:
        """Return what was counted."""
        return ImportPlan(
            source=self._source.name,
            rows=self._rows,
            cases=self._cases,
            entries=self._entries,
            reviews=self._reviews,
            own_grades=self._own_grades,
            people=len(self._newcomers),
            refused=self._refused,
            refusals=tuple(self._refusals),
            notes=(*self._notes, *self._notes_on_reviews()),
            own_stage_grades=self._own_stages,
        )

    def _counted(self, table: SourceTable, tick: Tick) -> Iterator[SourceRow]:
        for row in table.rows():
            self._rows += 1
            if self._rows % 100 == 1:
                tick(int(table.share_read * WHOLE), WHOLE)
            yield row
        tick(WHOLE, WHOLE)

    def _count(self, case: BroughtCase, held: CaseKey | None) -> None:
        self._cases += held is None
        self._entries += len(case.entries)
        self._own_grades += case.own_grade is not None
        self._own_stages += len(case.own_stages)
        if case.reviewer and case.reviewer not in self._known_people:
            self._newcomers.add(case.reviewer)
        if case.review is not None:
            self._reviews += 1
            self._undated += case.review.submitted_at is None
            self._unzoned += case.review.submitted_at is not None and not case.review.zoned
            self._unnamed += not case.reviewer

    def _area_of(self, reference: str) -> str | None:
        connection = self._session.file.connection
        held = find_case(connection, reference) if reference else None
        return None if held is None else area_of(connection, held)

    def _takes(self, case: BroughtCase, held: CaseKey | None) -> bool:
        """Return whether `case` can be brought in; refuse it otherwise."""
        return held is None or self._adds_to(case, held)

    def _adds_to(self, case: BroughtCase, held: CaseKey) -> bool:
        """Return whether `case` only adds an own grade or a review that the held case has not got; refuse it otherwise."""
        before = self._refused
        connection = self._session.file.connection
        if is_for_practice(connection, held):
            reason = _("A practice case has this reference. Nothing is added to it: give the case another reference.")
            self._refuse(Refusal(case.row, "case", reason))
            return False
        review = reviews.current_review(connection, held)
        brings = case.own_grade is not None or case.own_stages or case.review is not None
        if case.entries or case.tags or case.children or not brings:
            self._refuse(Refusal(case.row, "case", _("The audit holds a case of this reference already.")))
        if case.own_grade is not None and read_own_grade(connection, held) is not None:
            self._refuse(
                Refusal(case.row, "own_grade", _("The audit holds the force's own grade of this case already."))
            )
        if case.own_stages and read_own_stage_grades(connection, held):
            reason = _("The audit holds the force's own grades of this case's stages already.")
            self._refuse(Refusal(case.row, f"{OWN_STAGE}:{case.own_stages[0][0]}", reason))
        if case.review is not None and review is not None:
            begun = _("The review of this case has been begun in the audit; it is not replaced.")
            submitted = _("The review of this case has been submitted in the audit; it is not replaced.")
            self._refuse(Refusal(case.row, "grade", begun if review.is_editable else submitted))
        return self._refused == before

    def _refuse(self, refusal: Refusal) -> None:
        self._refused += 1
        if len(self._refusals) < MOST_REFUSALS:
            self._refusals.append(refusal)

    def _notes_on_reviews(self) -> Iterator[str]:
        if self._unzoned:
            yield ngettext(
                "{count} time of submission names no time zone; it was taken as UTC.",
                "{count} times of submission name no time zone; they were taken as UTC.",
                self._unzoned,
            ).format(count=self._unzoned)
        if self._undated:
            yield ngettext(
                "{count} review has no time of submission; it gets the time of the import.",
                "{count} reviews have no time of submission; they get the time of the import.",
                self._undated,
            ).format(count=self._undated)
        if self._unnamed:
            yield ngettext(
                "{count} review names no reviewer.", "{count} reviews name no reviewer.", self._unnamed
            ).format(count=self._unnamed)


class _Arrival:
    """Writes what is brought in, inside one change."""

    def __init__(self, change: ChangeInProgress) -> None:
        self._change = change
        self._people: dict[str, int] = {}

    def bring(self, case: BroughtCase, held: CaseKey | None) -> None:
        """Write one case, or what it adds to the case `held`."""
        person = self._person(case.reviewer)
        if held is None:
            key = add_case(self._change, new_case(case, person))
        else:
            key = held
            if person is not None and worklist_row(self._change.connection, key).allocated_to is None:
                allocate(self._change, key, person)
        if case.own_grade is not None:
            seal_own_grade(self._change, key, case.own_grade, case.own_rationale)
        seal_own_stage_grades(self._change, key, case.own_stages)
        if case.review is not None:
            self._bring_review(key, case.review, person)

    def _bring_review(self, case: CaseKey, brought: BroughtReview, person: int | None) -> None:
        change, at = self._change, brought.submitted_at
        draft = reviews.begin_review(change, case, person, at=at)
        judge_as_brought(change, draft, brought)
        reviews.submit(change, draft, at)

    def _person(self, name: str) -> int | None:
        if not name:
            return None
        if name not in self._people:
            self._people[name] = add_person(self._change, name, [Role.INSPECTOR]).key
        return self._people[name]


def judge_as_brought(change: ChangeInProgress, draft: Review, brought: BroughtReview) -> None:
    """Judge in `draft` what a file brings: grade, rationale, stages, reasons."""
    reviews.set_grade(change, draft, brought.grade)
    reviews.set_text(change, draft, "rationale", brought.rationale)
    for judgement in brought.stages:
        reviews.set_stage(change, draft, judgement)
    for reason in brought.reasons:
        reviews.add_reason(change, draft, reason)


def new_case(case: BroughtCase, person: int | None = None) -> Case:
    """Return a case as a file brings it, given to `person` (a key) or nobody."""
    return Case(
        key=CaseKey(0),
        identity="",
        reference=case.reference,
        area=case.area,
        tags=case.tags,
        children=case.children,
        entries=case.entries,
        allocated_to=person,
    )


def _told(refusal: Refusal) -> str:
    reason = refusal.reason.rstrip(".")
    if not refusal.column:
        return _("row {row}: {reason}").format(row=refusal.row, reason=reason)
    return _("row {row}, column “{column}”: {reason}").format(row=refusal.row, column=refusal.column, reason=reason)
