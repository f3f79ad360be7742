"""Builds the sample audit of an invented force from readable text under `resources/sample`."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.follow_up import QualitySample
from ncpi_desktop.domain.casework.inspection import (
    Inspection,
    InspectionKind,
    Marking,
    Person,
    PreviousResults,
    Role,
)
from ncpi_desktop.domain.casework.recommendation import Origin
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.resources import resource_path
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.allocation_repository import allocate
from ncpi_desktop.storage.audit_file import AuditFile, refuse_if_taken
from ncpi_desktop.storage.case_repository import add_case, read_case, seal_own_grade, seal_own_stage_grades
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.finding_repository import add_finding, add_illustration, read_finding
from ncpi_desktop.storage.follow_up_repository import add_sample
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.inspection_repository import add_person, write_previous
from ncpi_desktop.storage.recommendation_repository import add_recommendation
from ncpi_desktop.storage.referral_repository import add_referral
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.told_cases import Told, case_from, cases_in, judge_as_told
from ncpi_desktop.workflows.told_recommendations import recommendation_from


def build_sample(path: Path) -> Path:
    """Make the sample audit: 36 cases, 30 submitted, 6 to do. It is put at `path` once it is whole; return `path`.

    Raises:
        OutputNotWrittenError: something stands there already, or the folder can't be written.
    """
    refuse_if_taken(path)
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    part.unlink(missing_ok=True)
    try:
        _build(part)
        refuse_if_taken(path)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _build(path: Path) -> None:
    about = _read("inspection.toml")
    start, end = date.fromisoformat(about["fieldwork_start"]), date.fromisoformat(about["fieldwork_end"])
    opening = datetime(start.year, start.month, start.day, 8, 30, tzinfo=UTC)
    inspection = Inspection(
        identity=fresh_identity(),
        force=about["force"],
        kind=InspectionKind(about["kind"]),
        methodology=about["methodology"],
        marking=Marking(about["marking"]),
        fieldwork_start=start,
        fieldwork_end=end,
        is_sample=True,
    )
    create_audit(path, inspection, person="Team lead", roles={Role.TEAM_LEAD}, at=opening)
    file = AuditFile.open(path)
    try:
        _fill(file, about, opening)
    finally:
        file.close()


def _fill(file: AuditFile, about: Told, opening: datetime) -> None:
    told = [case for area in sorted(resource_path("sample", "cases").glob("*.toml")) for case in cases_in(area)]
    lead = "Team lead"
    with file.change(
        Action.ADD_CASES, at=opening + timedelta(minutes=10), detail=str(len(told)), person=lead, person_identity=""
    ) as change:
        people = {p["name"]: add_person(change, p["name"], [Role(p["role"])]) for p in about["people"]}
        keys = {case["reference"]: _add_case(change, case, people) for case in told}
    acts = [
        act
        for case in told
        if "review" in case
        for act in _review_acts(
            file, keys[case["reference"]], case["reference"], case["review"], people[case["inspector"]]
        )
    ]
    for second in about["second_reviews"]:
        first = next(case["review"] for case in told if case["reference"] == second["case"])
        told_second = {**first, **second} if second.get("same_as_first") else second
        person = people[second["reviewer"]]
        acts += _review_acts(file, keys[second["case"]], second["case"], told_second, person, ReviewPurpose.SECOND)
    for _moment, act in sorted(acts, key=lambda act: act[0]):
        act()
    closing = opening + timedelta(days=4, hours=4)
    with file.change(Action.ADD_FOLLOW_UP, at=closing, person=lead, person_identity="") as change:
        _add_follow_up(change, about, keys, people)
        rebuild_derived(change.connection)


def _add_case(change: ChangeInProgress, told: Told, people: dict[str, Person]) -> CaseKey:
    key = add_case(change, replace(case_from(told), allocated_to=people[told["inspector"]].key))
    if "own_grade" in told:
        seal_own_grade(change, key, told["own_grade"], told.get("own_rationale", ""))
        seal_own_stage_grades(change, key, told.get("own_stages", {}).items())
    return key


def _review_acts(
    file: AuditFile,
    case: CaseKey,
    reference: str,
    told: Told,
    person: Person,
    purpose: ReviewPurpose = ReviewPurpose.FIRST,
) -> list[tuple[datetime, Callable[[], None]]]:
    """Return the two acts of a review, judging and handing in, each with its moment: those of all inspectors go in order of time."""
    submitted = datetime.fromisoformat(str(told["submitted"])).replace(tzinfo=UTC)
    begun = submitted - timedelta(minutes=int(told.get("minutes", 40)))
    held = read_case(file.connection, case)

    def signed(action: Action, at: datetime) -> AbstractContextManager[ChangeInProgress]:
        return file.change(
            action,
            at=at,
            person=person.name,
            person_identity=person.identity,
            case_identity=held.identity,
            case_reference=reference,
        )

    def judge() -> None:
        with signed(Action.ADD_REVIEWS, begun) as change:
            if purpose is not ReviewPurpose.FIRST:
                allocate(change, case, person.key, purpose.value)
            judge_as_told(change, held, reviews.begin_review(change, case, person.key, purpose), told)

    def hand_in() -> None:
        with signed(Action.SUBMIT, submitted) as change:
            draft = reviews.current_review(change.connection, case, purpose)
            if draft is not None:
                reviews.submit(change, draft)

    return [(begun, judge), (submitted, hand_in)]


def _add_follow_up(change: ChangeInProgress, about: Told, keys: dict[str, CaseKey], people: dict[str, Person]) -> None:
    previous = about["previous"]
    split = tuple(previous["counts"].items())
    write_previous(
        change,
        PreviousResults(
            identity=fresh_identity(),
            label=previous["label"],
            kind=InspectionKind(previous["kind"]),
            methodology=previous["methodology"],
            counts=split,
            good=previous["good"],
            total=previous["total"],
        ),
    )
    for sample in about["samples"]:
        cases = tuple(keys[reference] for reference in sample["cases"])
        add_sample(change, QualitySample(sample["rule"], sample["seed"], len(keys), cases))
        for case in cases if "reader" in sample else ():
            allocate(change, case, people[sample["reader"]].key, ReviewPurpose.SECOND.value)
    for referral in about["referrals"]:
        raised_at = datetime.fromisoformat(str(referral["raised"])).replace(tzinfo=UTC)
        by = people[referral["raised_by"]].key
        told = {"told": referral["told"], "told_at": raised_at}
        words = {"risk": referral["risk"].strip(), "child": referral["child"]}
        add_referral(change, Referral(keys[referral["case"]], by, raised_at, **words, **told))
    published = date.fromisoformat(previous["published_on"])
    for held in about["recommendations"]:
        add_recommendation(change, recommendation_from(held, Origin.PREVIOUS, keys, published_on=published))
    for held in about["own_recommendations"]:
        add_recommendation(change, recommendation_from(held, Origin.THIS, keys))
    for held in about["findings"]:
        _add_finding(change, held, keys)


def _add_finding(change: ChangeInProgress, told: Told, keys: dict[str, CaseKey]) -> None:
    place = FindingPlace(FindingKind(told["kind"]), Subject(told.get("subject", "casework")), told.get("stage"))
    cases = [keys[reference] for reference in told.get("cases", ())]
    key = add_finding(change, place, told["title"], told["text"].strip(), told.get("reasons", ()), cases)
    for shown in told.get("illustrations", ()):
        finding = read_finding(change.connection, key)
        if finding is not None:
            add_illustration(change, finding, keys[shown["case"]], shown["text"])


def _read(name: str) -> Told:
    with resource_path("sample", name).open("rb") as stream:
        return tomllib.load(stream)
