"""Findings in a real file: written, linked, illustrated, undone, read as far as somebody may, and held against the figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ncpi_desktop.domain.errors import ExitCode, RefusedError, WrongUseError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject, WrittenFinding
from ncpi_desktop.domain.findings.finding_questions import FindingQuestion
from ncpi_desktop.domain.findings.finding_text import told_text
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.change import Operation
from ncpi_desktop.storage.history_repository import step_changes
from ncpi_desktop.workflows import (
    allocating,
    browsing,
    checking,
    finding_writing,
    finishing,
    reviewing,
    staffing,
    undoing,
)
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.finding_reading import questions_of, read_findings
from ncpi_desktop.workflows.redacting import redact
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import hand_in, key_of
from tests.exports.report.audits import pages_of
from tests.exports.workbook.reading import table_of

PLACE = FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, "decision-making")
HOSTILE = "<b>bold</b> & {{}} %s =cmd|' /C calc'!A0 {{nothing}} \x01\u202e"


@pytest.fixture
def lead(sample: AuditSession) -> AuditSession:
    """The sample without the findings that it begins with."""
    sample.sign_in("Team lead")
    for held in read_findings(sample):
        finding_writing.remove_finding(sample, held.key)
    return sample


def write_one(
    session: AuditSession, text: str = "Decisions were poor.", title: str = "Poor decisions"
) -> WrittenFinding:
    finding_writing.add_finding(session, PLACE, title, text, ["DEC-W01"], [key_of(session, "DA-01")])
    return max(read_findings(session), key=lambda held: held.key)


def now(session: AuditSession, finding: WrittenFinding) -> WrittenFinding:
    return next(held for held in read_findings(session) if held.identity == finding.identity)


def test_a_finding_is_kept_with_all_that_it_rests_on(lead: AuditSession) -> None:
    held = write_one(lead)
    assert (held.title, held.text, held.place) == ("Poor decisions", "Decisions were poor.", PLACE)
    assert held.reasons == ("DEC-W01",)
    assert [linked.reference for linked in held.cases] == ["DA-01"]
    finding_writing.illustrate(lead, held.key, key_of(lead, "DA-02"), "A child waited two days.")
    (told,) = now(lead, held).illustrations
    assert (told.reference, told.text, told.cleared_because) == ("DA-02", "A child waited two days.", "")
    assert findings_of(lead).written == read_findings(lead)
    assert not checking.check(lead.path).problems


def test_what_cannot_stand_is_refused_and_nothing_is_kept(lead: AuditSession) -> None:
    leadership = FindingPlace(FindingKind.STRENGTH, Subject.LEADERSHIP)
    case = key_of(lead, "DA-01")
    with pytest.raises(RefusedError, match="has a title"):
        finding_writing.add_finding(lead, PLACE, " \n ")
    with pytest.raises(RefusedError, match="belongs to a stage"):
        finding_writing.add_finding(lead, FindingPlace(FindingKind.STRENGTH), "Title")
    with pytest.raises(WrongUseError, match="no stage"):
        finding_writing.add_finding(lead, replace(PLACE, stage="nowhere"), "Title")
    with pytest.raises(RefusedError, match="about leadership stands on no case"):
        finding_writing.add_finding(lead, leadership, "Title", cases=[case])
    with pytest.raises(WrongUseError, match="no reason"):
        finding_writing.add_finding(lead, PLACE, "Title", reasons=["DEC-X99"])
    with pytest.raises(RefusedError, match="300 fit"):
        finding_writing.add_finding(lead, PLACE, "x" * 301)
    before = len(read_findings(lead))
    finding_writing.add_finding(lead, leadership, "Leaders listen")
    held = max(read_findings(lead), key=lambda one: one.key)
    for act in (finding_writing.link_case, finding_writing.illustrate):
        with pytest.raises(RefusedError, match="stands on no case"):
            act(lead, held.key, case)
    assert len(read_findings(lead)) == before + 1


def test_a_finding_on_cases_stays_casework_until_they_are_taken_off(lead: AuditSession) -> None:
    held = write_one(lead)
    training = FindingPlace(FindingKind.SHORTCOMING, Subject.TRAINING)
    with pytest.raises(RefusedError, match="rests on 1 case"):
        finding_writing.place_finding(lead, held.key, training)
    finding_writing.unlink_case(lead, held.key, held.cases[0].case)
    finding_writing.place_finding(lead, held.key, training)
    assert now(lead, held).place == training


def test_typing_is_one_step_of_splices_and_undo_takes_it_back_whole(lead: AuditSession) -> None:
    held = write_one(lead, "")
    step = None
    for text in ("De", "Decisions", "Decisions were late."):
        step = finding_writing.write_finding(lead, held.key, text, step).step
    assert step is not None
    changes = step_changes(lead.file.connection, step)
    assert [value.operation for change in changes for value in change.values] == [Operation.SPLICE] * 3
    assert changes[-1].values[0].new == " were late."
    undoing.undo(lead)
    assert now(lead, held).text == ""
    undoing.redo(lead)
    assert now(lead, held).text == "Decisions were late."
    assert not checking.check(lead.path).problems


def test_typing_elsewhere_begins_a_step_of_its_own(lead: AuditSession) -> None:
    held = write_one(lead, "")
    step = finding_writing.write_finding(lead, held.key, "One.").step
    finding_writing.retitle_finding(lead, held.key, "Another title")
    assert finding_writing.write_finding(lead, held.key, "One. Two.", step).step != step
    undoing.undo(lead)
    assert now(lead, held).text == "One."


ACTS: dict[str, Callable[[AuditSession, WrittenFinding], object]] = {
    "title": lambda s, f: finding_writing.retitle_finding(s, f.key, "Else"),
    "place": lambda s, f: finding_writing.place_finding(s, f.key, replace(PLACE, stage="investigation")),
    "text": lambda s, f: finding_writing.write_finding(s, f.key, HOSTILE),
    "reason": lambda s, f: finding_writing.link_reason(s, f.key, "INV-W01"),
    "no reason": lambda s, f: finding_writing.unlink_reason(s, f.key, "DEC-W01"),
    "case": lambda s, f: finding_writing.link_case(s, f.key, key_of(s, "DA-02")),
    "no case": lambda s, f: finding_writing.unlink_case(s, f.key, key_of(s, "DA-01")),
    "illustration": lambda s, f: finding_writing.illustrate(s, f.key, key_of(s, "DA-02"), HOSTILE),
    "other words": lambda s, f: finding_writing.write_illustration(s, f.illustrations[0].key, HOSTILE),
    "no illustration": lambda s, f: finding_writing.remove_illustration(s, f.illustrations[0].key),
    "cleared": lambda s, f: finding_writing.clear_identifiers(s, f.illustrations[0].key, "A made-up name."),
    "removed": lambda s, f: finding_writing.remove_finding(s, f.key),
    "moved": lambda s, f: finding_writing.move_finding(s, f.key, "up"),
}


def without_keys(session: AuditSession) -> list[object]:
    return [
        replace(held, key=0, illustrations=tuple(replace(told, key=0) for told in held.illustrations))
        for held in read_findings(session)
    ]


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_taken_back_and_put_in_place_again(lead: AuditSession, act: str) -> None:
    write_one(lead, title="The one before")
    held = write_one(lead)
    finding_writing.illustrate(lead, held.key, key_of(lead, "DA-03"), "A child waited.")
    before = without_keys(lead)
    ACTS[act](lead, now(lead, held))
    after = without_keys(lead)
    assert after != before
    undoing.undo(lead)
    assert without_keys(lead) == before
    undoing.redo(lead)
    assert without_keys(lead) == after
    assert not checking.check(lead.path).problems


def test_undo_is_refused_where_it_was_changed_since(lead: AuditSession) -> None:
    held = write_one(lead)
    finding_writing.write_finding(lead, held.key, "Mine.")
    lead.sign_in("Second lead")
    lead.sign_in("Team lead")
    staffing.add_person(lead, "Second lead", [next(iter(lead.person.roles))] if lead.person else [])
    lead.sign_in("Second lead")
    finding_writing.write_finding(lead, held.key, "Theirs, altogether.")
    lead.sign_in("Team lead")
    with pytest.raises(RefusedError, match="has been changed since"):
        undoing.undo(lead)
    assert now(lead, held).text == "Theirs, altogether."


def test_words_that_change_are_not_cleared_any_more(lead: AuditSession) -> None:
    held = write_one(lead)
    finding_writing.illustrate(lead, held.key, key_of(lead, "DA-03"), "A child waited.")
    (told,) = now(lead, held).illustrations
    with pytest.raises(RefusedError, match="cleared with a reason"):
        finding_writing.clear_identifiers(lead, told.key, "  ")
    finding_writing.clear_identifiers(lead, told.key, "Made up.")
    finding_writing.write_illustration(lead, told.key, "A child waited.")
    assert now(lead, held).illustrations[0].cleared_because == "Made up."
    finding_writing.write_illustration(lead, told.key, "A child waited two days.")
    assert now(lead, held).illustrations[0].cleared_because == ""
    assert not checking.check(lead.path).problems


def test_observers_and_inspectors_may_read_and_not_write(lead: AuditSession) -> None:
    held = write_one(lead)
    for name, says in (
        ("Inspector 2", "Only a team lead may write findings"),
        ("Quality assurer 1", "Only a team lead"),
    ):
        lead.sign_in(name)
        assert read_findings(lead)
        for act in ACTS.values():
            with pytest.raises((RefusedError, IndexError), match=f"{says}|out of range"):
                act(lead, held)


def test_who_reads_a_case_again_sees_neither_link_nor_illustration_before(lead: AuditSession) -> None:
    case = key_of(lead, "DA-02")
    held = write_one(lead)
    finding_writing.link_case(lead, held.key, case)
    finding_writing.illustrate(lead, held.key, case, "A child waited two days.")
    reader = staffing.person_called(lead, "Inspector 2")
    allocating.allocate_case(lead, case, reader, ReviewPurpose.SECOND)
    lead.sign_in("Inspector 2")
    seen = now(lead, held)
    assert [linked.reference for linked in seen.cases] == ["DA-01"]
    assert (seen.illustrations, seen.withheld) == ((), 2)
    told = next(one for one in findings_form(findings_of(lead))["findings"] if one["title"] == held.title)  # type: ignore[attr-defined]
    assert (told["cases"], told["illustrations"], told["withheld"]) == (["DA-01"], [], 2)
    (final,) = (one for one in findings_of(lead, final=True).written if one.identity == held.identity)
    assert len(final.cases) == 2


def test_a_live_figure_follows_the_grades_and_a_reopened_case_is_asked_about(lead: AuditSession) -> None:
    graded = findings_of(lead).overall.graded
    held = write_one(lead, "In {{graded}} cases. {{nothing}} We saw 7 cases.")
    figures = findings_of(lead)
    told = next(one for one in findings_form(figures)["findings"] if one["title"] == held.title)  # type: ignore[attr-defined]
    assert told["text"] == f"In {graded} cases. [figure not known: nothing] We saw 7 cases."
    assert [question.about for question in questions_of(lead, held, figures)] == [
        FindingQuestion.UNKNOWN_FIGURE,
        FindingQuestion.TYPED_COUNT,
    ]
    lead.sign_in("Team lead")
    reviewing.reopen(lead, key_of(lead, "DA-01"), "New facts.")
    figures = findings_of(lead)
    questions = questions_of(lead, now(lead, held), figures)
    assert (
        questions[-1].sentence == "DA-01 was reopened and may be judged otherwise. Does the finding still rest on it?"
    )
    told = next(one for one in findings_form(figures)["findings"] if one["title"] == held.title)  # type: ignore[attr-defined]
    assert str(told["text"]).startswith(f"In {graded - 1} cases.")


def test_findings_move_within_their_stage_and_kind_only(lead: AuditSession) -> None:
    one = write_one(lead, title="One")
    other = write_one(lead, title="Other")
    finding_writing.move_finding(lead, other.key, "up")
    titles = [held.title for held in read_findings(lead) if held.place == PLACE]
    assert titles[-2:] == ["Other", "One"]
    assert finding_writing.move_finding(lead, one.key, "down").saved_at is None


def test_what_a_recommendation_rests_on_is_not_taken_away(lead: AuditSession) -> None:
    held = write_one(lead)
    with lead.file.change(Action.ADD_FOLLOW_UP, at=lead.clock(), person="", person_identity="") as change:
        run = change.connection
        key, identity = run.execute("SELECT id, identity FROM recommendations ORDER BY id LIMIT 1").fetchone()
        run.execute("INSERT INTO recommendation_findings VALUES (?, ?)", (key, held.key))
        change.tell_anew("recommendations", identity)
    with pytest.raises(RefusedError, match="rests on this finding"):
        finding_writing.remove_finding(lead, held.key)
    assert now(lead, held) == held


def test_a_final_document_is_refused_until_figures_are_known_and_illustrations_cleared(
    fresh_audit: AuditSession,
) -> None:
    fresh_audit.sign_in("Team lead")
    for reference in ("S47-01", "DA-9", "DA-10"):
        hand_in(fresh_audit, key_of(fresh_audit, reference))
    case = key_of(fresh_audit, "DA-9")
    finishing.refuse_unless_finished(fresh_audit)
    finding_writing.add_finding(fresh_audit, PLACE, "Poor decisions", "In {{nothing}} cases.")
    (held,) = read_findings(fresh_audit)
    finding_writing.illustrate(fresh_audit, held.key, case, "She rang 07700 900123.")
    with pytest.raises(RefusedError) as refused:
        finishing.refuse_unless_finished(fresh_audit)
    assert refused.value.exit_code == ExitCode.REFUSED == 5
    assert "1 finding asks for a figure that is not known (Poor decisions)" in str(refused.value)
    assert "1 finding has an illustration with words that look like an identifier (Poor decisions)" in str(
        refused.value
    )
    (told,) = now(fresh_audit, held).illustrations
    assert told.is_held_back
    (form,) = findings_form(findings_of(fresh_audit))["findings"]  # type: ignore[misc]
    assert form["illustrations"] == [{"case": "DA-9", "text": None}]
    finding_writing.write_finding(fresh_audit, held.key, "In {{graded}} cases.")
    finding_writing.clear_identifiers(fresh_audit, told.key, "A number kept for films.")
    finishing.refuse_unless_finished(fresh_audit)
    (told,) = now(fresh_audit, held).illustrations
    assert not told.is_held_back


def test_screen_report_workbook_and_json_tell_the_same_words(lead: AuditSession, tmp_path: Path) -> None:
    identity = write_one(lead, "# Seen\nIn {{reason:DEC-W01}} of {{graded}} cases, {{percent-good}} good.").identity
    order = ExportOrder(workbook=tmp_path / "w.xlsx", report=tmp_path / "r.pdf")
    findings = export(lead.path, order, person="Team lead")
    place = [held.identity for held in findings.written].index(identity)
    words = told_text(findings.written[place], findings)
    assert words == "Seen\n\nIn 4 of 30 cases, 53 per cent good."
    assert findings_form(findings)["findings"][place]["text"] == words  # type: ignore[index]
    assert table_of(load_workbook(tmp_path / "w.xlsx")["Findings"])[place]["Text"] == words
    assert "In 4 of 30 cases, 53 per cent good." in "\n".join(pages_of(tmp_path / "r.pdf"))


def test_the_history_tells_no_illustration_of_a_closed_case_nor_one_that_is_gone(lead: AuditSession) -> None:
    case = key_of(lead, "DA-02")
    held = write_one(lead)
    steps = [finding_writing.illustrate(lead, held.key, case, "A child waited.").step]
    (told,) = now(lead, held).illustrations
    steps.append(finding_writing.write_illustration(lead, told.key, "A child waited two days.").step)
    allocating.allocate_case(lead, case, staffing.person_called(lead, "Inspector 2"), ReviewPurpose.SECOND)

    def values() -> list[object]:
        return [value for step in steps for value in browsing.values_of_step(lead, step or 0)]

    assert len(values()) == 2
    lead.sign_in("Inspector 1")
    assert len(values()) == 2
    lead.sign_in("Inspector 2")
    assert values() == []
    lead.sign_in("Team lead")
    steps.append(finding_writing.remove_illustration(lead, told.key).step)
    assert len(values()) == 3
    for name in ("Inspector 1", "Inspector 2"):
        lead.sign_in(name)
        assert values() == []


def test_words_are_taken_out_of_findings_illustrations_and_their_history(lead: AuditSession) -> None:
    number = "07700 900123"
    held = write_one(lead, f"She rang {number}.", f"Who rang {number}")
    finding_writing.illustrate(lead, held.key, key_of(lead, "DA-03"), f"Then {number} rang back.")
    finding_writing.write_finding(lead, held.key, f"She rang {number} twice.")
    redact(lead, number, "a telephone number")
    after = now(lead, held)
    assert number not in after.title + after.text + after.illustrations[0].text
    kept_texts = lead.file.connection.execute("SELECT old_value, new_value FROM history_values").fetchall()
    assert not any(number in str(value) for values in kept_texts for value in values)
    assert lead.ledger.to_undo is None
    assert not checking.check(lead.path).problems
