"""The history in words: values about people are told by name, and who was renamed keeps what they did."""

from __future__ import annotations

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.moderation.sampling import Every, SampleRules
from ncpi_desktop.ui.models.history_model import HistoryModel
from ncpi_desktop.ui.models.history_words import value_lines
from ncpi_desktop.workflows import browsing, reviewing, staffing
from ncpi_desktop.workflows.allocating import allocate_case
from ncpi_desktop.workflows.declaring import declare_interest
from ncpi_desktop.workflows.sampling import draw_sample
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of


def test_people_and_allocations_are_told_by_name(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    person = staffing.person_called(sample, "Inspector 2")
    staffing.give_roles(sample, person, [Role.TEAM_LEAD, Role.INSPECTOR])
    assert last_lines(sample) == [("Roles", "Inspector", "Inspector and team lead")]
    staffing.set_active(sample, person, False)
    assert last_lines(sample) == [("At work", "yes", "no")]
    staffing.rename(sample, person, "A. Nother")
    assert last_lines(sample) == [("Name", "Inspector 2", "A. Nother")]
    case = key_of(sample, "DA-06")
    allocate_case(sample, case, staffing.person_called(sample, "Inspector 3"))
    assert last_lines(sample) == [("Allocation", "A. Nother", ""), ("Allocation", "", "Inspector 3")]
    reviewing.give_grade(sample, case, "good")
    allocate_case(sample, case, staffing.person_called(sample, "Inspector 1"))
    assert last_lines(sample)[0] == ("Reader", "Team lead", "Inspector 1")


def last_lines(session: AuditSession) -> list[tuple[str, str, str]]:
    values = browsing.values_of_step(session, browsing.history(session)[0].step)
    lines = value_lines(values, session.methodology, session.people)
    return [(line.field, line.before, line.after) for line in lines]


def test_who_was_renamed_is_found_with_all_they_did(sample: AuditSession) -> None:
    model = HistoryModel(sample)
    model.show("", "Inspector 2")
    before = model.rowCount()
    assert before > 0
    sample.sign_in("Team lead")
    staffing.rename(sample, staffing.person_called(sample, "Inspector 2"), "A. Nother")
    model.show("", "A. Nother")
    assert model.rowCount() == before
    model.deleteLater()


def test_samples_and_interests_are_told_in_words(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    draw_sample(sample, SampleRules(frozenset({Every.REFERRAL}), share=10), 7)
    lines = last_lines(sample)
    told = "Every case referred to the force; 10 per cent of each inspector's cases in each area"
    assert lines[0] == ("Sample", "", told)
    assert lines[1][0] == "Frame of a sample"
    assert lines[2] == ("Allocation", "", "Quality assurer 1")
    declare_interest(sample, None, "Harbour team", "Served there.")
    assert last_lines(sample) == [("Declared interest", "", "Harbour team")]
