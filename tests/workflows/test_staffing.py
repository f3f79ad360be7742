"""People: added, renamed, given roles, noted as gone; nobody is lost and nobody is left without a lead."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.workflows import browsing, reviewing, staffing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.staffing import person_called
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_inspection
from tests.casework import key_of


@pytest.fixture
def led(sample: AuditSession) -> AuditSession:
    """The sample, opened by its team lead."""
    sample.sign_in("Team lead")
    return sample


def last_values(session: AuditSession) -> list[tuple[object, ...]]:
    step = browsing.history(session)[0].step
    return [(v.table, v.row, v.field, v.old, v.new) for v in browsing.values_of_step(session, step)]


def test_whoever_makes_an_audit_leads_it(tmp_path, opener: Callable[..., AuditSession]) -> None:
    session = opener(create_audit(tmp_path / "a.ncpi", make_inspection(), person=" Lead 1 "), "Lead 1")
    assert session.person is not None
    assert session.person.roles == {Role.TEAM_LEAD, Role.INSPECTOR}
    assert browsing.history(session)[0].person_identity == session.person.identity
    assert opener(create_audit(tmp_path / "b.ncpi", make_inspection()), "").people == ()


def test_somebody_is_added(led: AuditSession) -> None:
    staffing.add_person(led, "  Inspector   4 ", [Role.INSPECTOR, Role.QUALITY_ASSURER])
    added = person_called(led, "Inspector 4")
    assert (added.roles, added.active) == ({Role.INSPECTOR, Role.QUALITY_ASSURER}, True)
    line = browsing.history(led)[0]
    assert (line.action, line.detail) == (Action.ADD_PERSON, "Inspector 4, inspector and quality assurer")
    assert check(led.path).problems == ()


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_has_some_characters(led: AuditSession, name: str) -> None:
    with pytest.raises(WrongUseError, match="A name has 1 to 200 characters"):
        staffing.add_person(led, name, [Role.INSPECTOR])
    with pytest.raises(WrongUseError, match="A name has 1 to 200 characters"):
        staffing.rename(led, led.people[0], name)


def test_a_name_is_one_person_s(led: AuditSession) -> None:
    with pytest.raises(RefusedError, match="Somebody here is called “Inspector 1” already"):
        staffing.add_person(led, "Inspector 1", [Role.INSPECTOR])
    with pytest.raises(RefusedError, match="Somebody here is called “Inspector 1” already"):
        staffing.rename(led, person_called(led, "Inspector 2"), "Inspector 1")


def test_everybody_has_a_role(led: AuditSession) -> None:
    with pytest.raises(WrongUseError, match="at least one role"):
        staffing.add_person(led, "Inspector 4", [])
    with pytest.raises(WrongUseError, match="at least one role"):
        staffing.give_roles(led, led.people[1], [])


def test_a_rename_strands_no_case(led: AuditSession, opener: Callable[..., AuditSession]) -> None:
    person = person_called(led, "Inspector 2")
    staffing.rename(led, person, "A. Nother")
    assert last_values(led) == [("people", person.identity, "name", "Inspector 2", "A. Nother")]
    case = key_of(led, "DA-06")
    assert led.person_named(browsing.queue_row(led, case).allocated_to) == "A. Nother"
    assert any(change.person == "Inspector 2" for change in browsing.history(led))  # the history keeps the old name
    for name in ("A. Nother", "Inspector 2"):  # a laptop that was not told yet still signs in under the old name
        session = opener(led.path, name, beside=led)
        assert session.person is not None
        assert (session.name, session.person.identity) == ("A. Nother", person.identity)
        assert browsing.queue_counts(session)[QueueChoice.MINE] > 0
    assert "A. Nother" in [progress.person.name for progress in findings_of(led).people]
    assert check(led.path).problems == ()


def test_an_old_name_may_be_somebody_else_s(led: AuditSession) -> None:
    staffing.rename(led, person_called(led, "Inspector 2"), "A. Nother")
    staffing.add_person(led, "Inspector 2", [Role.INSPECTOR])
    led.sign_in("Inspector 2")
    assert led.person == person_called(led, "Inspector 2")


def test_renaming_oneself_keeps_one_signed_in_with_one_s_steps(sample: AuditSession) -> None:
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    sample.sign_in("Team lead")
    staffing.give_roles(sample, person_called(sample, "Inspector 2"), [Role.INSPECTOR, Role.TEAM_LEAD])
    sample.sign_in("Inspector 2")
    staffing.rename(sample, person_called(sample, "Inspector 2"), "A. Nother")
    assert sample.name == "A. Nother"
    sample.sign_in("A. Nother")
    assert sample.ledger.to_undo is not None


def test_roles_are_one_value_in_the_history(led: AuditSession) -> None:
    person = person_called(led, "Inspector 2")
    staffing.give_roles(led, person, [Role.TEAM_LEAD, Role.INSPECTOR])
    assert last_values(led) == [
        ("people", person.identity, "roles", json.dumps(["inspector"]), json.dumps(["inspector", "team-lead"]))
    ]
    assert person_called(led, "Inspector 2").roles == {Role.TEAM_LEAD, Role.INSPECTOR}
    assert (
        staffing.give_roles(led, person_called(led, "Inspector 2"), [Role.INSPECTOR, Role.TEAM_LEAD]).saved_at is None
    )


def test_one_lead_remains(led: AuditSession) -> None:
    lead = person_called(led, "Team lead")
    for act in (
        lambda: staffing.set_active(led, lead, False),
        lambda: staffing.give_roles(led, lead, [Role.INSPECTOR]),
    ):
        with pytest.raises(RefusedError, match="At least one team lead must remain"):
            act()
    staffing.give_roles(led, person_called(led, "Inspector 1"), [Role.TEAM_LEAD])
    staffing.set_active(led, lead, False)
    assert not led.may_change
    with pytest.raises(RefusedError, match="Team lead no longer works on this inspection"):
        staffing.set_active(led, lead, True)


def test_who_has_left_stays_with_their_cases(led: AuditSession) -> None:
    person = person_called(led, "Inspector 2")
    staffing.set_active(led, person, False)
    assert last_values(led) == [("people", person.identity, "active", 1, 0)]
    assert browsing.queue_row(led, key_of(led, "DA-06")).allocated_to == person.key
    assert "Inspector 2" in [progress.person.name for progress in findings_of(led).people]
    staffing.set_active(led, person_called(led, "Inspector 2"), True)
    assert person_called(led, "Inspector 2").active
    assert check(led.path).problems == ()


def test_nobody_is_made_up(led: AuditSession) -> None:
    with pytest.raises(WrongUseError, match="Nobody here is called “Nobody”"):
        person_called(led, "Nobody")
