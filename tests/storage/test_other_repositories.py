"""Inspection, people, previous results, methodology and follow-up come back as they were kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind, Marking, PreviousResults, Role
from ncpi_desktop.storage import referral_repository
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.inspection_repository import (
    add_person,
    find_person,
    read_inspection,
    read_people,
    read_previous,
    write_previous,
)
from ncpi_desktop.storage.methodology_repository import read_methodology
from ncpi_desktop.storage.migrations import statements_in
from ncpi_desktop.storage.recommendation_repository import read_recommendations
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_inspection, make_methodology
from tests.conftest import FIRST_MOMENT

WHO = {"at": FIRST_MOMENT, "person": "Team lead", "person_identity": ""}


@pytest.mark.parametrize("code", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_a_file_keeps_its_own_yardstick(tmp_path: Path, code: str) -> None:
    create_audit(tmp_path / "a.ncpi", make_inspection(methodology=code))
    file = AuditFile.open(tmp_path / "a.ncpi")
    assert read_methodology(file.connection) == make_methodology(code)
    file.close()


@pytest.mark.parametrize(
    "inspection",
    [
        make_inspection(),
        make_inspection(kind=InspectionKind.RE_INSPECTION, marking=Marking.OFFICIAL, is_sample=True),
        make_inspection(fieldwork_start=None, fieldwork_end=None, force="Heddlu'r Gogledd Ŵ"),
    ],
)
def test_an_inspection_comes_back(tmp_path: Path, inspection: Inspection) -> None:
    create_audit(tmp_path / "a.ncpi", inspection)
    file = AuditFile.open(tmp_path / "a.ncpi")
    assert read_inspection(file.connection) == inspection
    file.close()


def test_people_come_back_in_the_order_they_were_added(fresh_audit: AuditSession) -> None:
    with fresh_audit.file.change("name-person", **WHO) as change:
        added = add_person(change, "Zoë", [Role.TEAM_LEAD, Role.INSPECTOR])
        assert add_person(change, "Inspector 1", [Role.OBSERVER]).roles == {Role.INSPECTOR}
    people = read_people(fresh_audit.file.connection)
    assert [person.name for person in people] == ["Inspector 1", "Zoë"]
    assert people[1] == added == find_person(fresh_audit.file.connection, "Zoë")
    assert find_person(fresh_audit.file.connection, "zoë") is None


@pytest.mark.parametrize(
    "previous",
    [
        PreviousResults("1" * 32, "January 2017", good=22, total=76),
        PreviousResults("1" * 32, "June 2017", percent_good=30.5),
        PreviousResults(
            "1" * 32,
            "January 2017",
            kind=InspectionKind.INSPECTION,
            methodology="ncpi-2018",
            counts=(("good", 22), ("requires-improvement", 33), ("inadequate", 21)),
            area_counts=(("missing", (("good", 1), ("inadequate", 2))), ("s47", (("good", 4),))),
            good=22,
            total=76,
        ),
    ],
)
def test_previous_results_come_back_and_the_newest_counts(fresh_audit: AuditSession, previous: PreviousResults) -> None:
    assert read_previous(fresh_audit.file.connection) is None
    with fresh_audit.file.change("set-previous-results", **WHO) as change:
        write_previous(change, PreviousResults("0" * 32, "older", percent_good=1))
        write_previous(change, previous)
    assert read_previous(fresh_audit.file.connection) == previous
    assert fresh_audit.file.connection.execute("SELECT count(*) FROM previous_results").fetchone() == (2,)


def test_follow_up_of_the_sample_comes_back(sample: AuditSession) -> None:
    connection = sample.file.connection
    (referral,) = referral_repository.read_referrals(connection)
    assert (referral.reference, referral.told, referral.is_open) == ("EX-02", "Head of public protection", True)
    assert (referral.child, referral.told_at) == ("Child A (13) and Child B (15)", referral.raised_at)
    assert referral_repository.read_open(connection) == (referral,)
    assert referral_repository.count_open(connection) == 1
    recommendations = read_recommendations(connection)
    assert [(held.origin, held.number) for held in recommendations] == [
        *(("previous", number) for number in range(1, 10)),
        ("this", 1),
        ("this", 2),
    ]
    assert connection.execute("SELECT count(*) FROM recommendation_log").fetchone() == (19,)
    assert connection.execute("SELECT seed, frame_size FROM samples ORDER BY id").fetchone() == (4127, 36)


def test_statements_are_divided_but_a_trigger_stays_whole() -> None:
    script = "CREATE TABLE a (b);\nCREATE TRIGGER c BEFORE DELETE ON a BEGIN SELECT 1; END;\n\nCREATE TABLE d (e)\n"
    assert statements_in(script) == [
        "CREATE TABLE a (b)",
        "CREATE TRIGGER c BEFORE DELETE ON a BEGIN SELECT 1; END;",
        "CREATE TABLE d (e)",
    ]
