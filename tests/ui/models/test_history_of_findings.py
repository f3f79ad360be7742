"""What was changed in a finding, as the history page says it."""

from __future__ import annotations

from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject
from ncpi_desktop.storage.history_repository import step_changes
from ncpi_desktop.ui.models.history_words import value_lines
from ncpi_desktop.workflows import finding_writing
from ncpi_desktop.workflows.finding_reading import read_findings
from ncpi_desktop.workflows.session import AuditSession, Changed
from tests.casework import key_of


def told(session: AuditSession, changed: Changed) -> list[tuple[str, str, str]]:
    assert changed.step is not None
    values = [value for change in step_changes(session.file.connection, changed.step) for value in change.values]
    return [(line.field, line.before, line.after) for line in value_lines(values, session.methodology)]


def test_each_change_of_a_finding_is_told_in_words(sample: AuditSession) -> None:
    sample.sign_in("Team lead")
    place = FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, "decision-making")
    finding_writing.add_finding(sample, place, "Late decisions", "", ["DEC-W01"])
    key = max(held.key for held in read_findings(sample))
    wording = sample.methodology.reason_by_code["DEC-W01"].wording
    assert told(sample, finding_writing.link_case(sample, key, key_of(sample, "DA-01"))) == [
        ("Cases of the finding", "0 cases", "1 case")
    ]
    assert told(sample, finding_writing.unlink_reason(sample, key, "DEC-W01")) == [
        ("Reasons of the finding", wording, "")
    ]
    moved = FindingPlace(FindingKind.STRENGTH, Subject.CASEWORK, "investigation")
    assert told(sample, finding_writing.place_finding(sample, key, moved)) == [
        ("Kind of finding", "Shortcoming", "Strength"),
        ("Stage of the finding", "Decision-making", "Investigation"),
    ]
    assert told(sample, finding_writing.write_finding(sample, key, "So.")) == [("Text of the finding", "", "So.")]
    ((field, before, after),) = told(sample, finding_writing.remove_finding(sample, key))
    assert (field, after) == ("Finding", "")
    assert before.startswith("Late decisions")
