"""What one lead takes back never takes another's words along: undo of what was added, once somebody else has written in it."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, WrittenFinding
from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.storage.finding_repository import read_findings
from ncpi_desktop.workflows import finding_writing, notices, staffing, undoing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

LEAD, OTHER = "Team lead", "Inspector 1"
PLACE = FindingPlace(FindingKind.SHORTCOMING, stage="investigation")


@pytest.fixture
def lead(sample: AuditSession) -> AuditSession:
    """The sample with two team leads, one of them at work."""
    sample.sign_in(LEAD)
    staffing.give_roles(sample, staffing.person_called(sample, OTHER), [Role.INSPECTOR, Role.TEAM_LEAD])
    return sample


def last(session: AuditSession) -> WrittenFinding:
    return read_findings(session.file.connection)[-1]


def refuse_undo(session: AuditSession) -> None:
    """Undo is refused, nothing is changed, and the file is sound."""
    before = read_findings(session.file.connection)
    with pytest.raises(RefusedError, match="changed since"):
        undoing.undo(session)
    assert read_findings(session.file.connection) == before
    path = session.path
    session.close()
    assert check(path).problems == ()


def test_a_finding_that_another_has_written_in_stays(lead: AuditSession) -> None:
    finding_writing.add_finding(lead, PLACE, "Delay")
    lead.sign_in(OTHER)
    finding_writing.write_finding(lead, last(lead).key, "Words of another lead.")
    lead.sign_in(LEAD)
    refuse_undo(lead)


def test_a_finding_that_another_has_linked_stays(lead: AuditSession) -> None:
    finding_writing.add_finding(lead, PLACE, "Delay")
    lead.sign_in(OTHER)
    finding_writing.link_case(lead, last(lead).key, key_of(lead, "DA-01"))
    lead.sign_in(LEAD)
    refuse_undo(lead)


def test_an_illustration_that_another_has_written_in_stays(lead: AuditSession) -> None:
    finding_writing.add_finding(lead, PLACE, "Delay")
    finding_writing.illustrate(lead, last(lead).key, key_of(lead, "DA-01"), "")
    lead.sign_in(OTHER)
    finding_writing.write_illustration(lead, last(lead).illustrations[0].key, "Words of another lead.")
    lead.sign_in(LEAD)
    refuse_undo(lead)


def test_an_untouched_finding_goes_and_comes_back(lead: AuditSession) -> None:
    finding_writing.add_finding(lead, PLACE, "Delay", "A text.", cases=[key_of(lead, "DA-01")])
    added = last(lead)
    undoing.undo(lead)
    assert added.identity not in {held.identity for held in read_findings(lead.file.connection)}
    undoing.redo(lead)
    held = last(lead)
    assert (held.identity, held.text, [case.reference for case in held.cases]) == (added.identity, "A text.", ["DA-01"])


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_is_taken_back_and_put_in_place_again(lead: AuditSession, kind: NoticeKind) -> None:
    notices.write_notice(lead, kind, "")
    before = notices.notice_text(lead, kind)
    notices.write_notice(lead, kind, before + "Zanzibarwards.")
    undoing.undo(lead)
    assert notices.notice_text(lead, kind) == before
    undoing.redo(lead)
    assert notices.notice_text(lead, kind) == before + "Zanzibarwards."
    path = lead.path
    lead.close()
    assert check(path).problems == ()
