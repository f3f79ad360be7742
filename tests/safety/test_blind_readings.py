"""A second reader sees nothing of the first reading until theirs is handed in: every way it might be seen before is looked along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from ncpi_desktop.cli.main import Desktop, run
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.worklist import CaseState, QueueChoice, QueueFilter
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.second_reading import Seen
from ncpi_desktop.domain.record.actions import CLOSED, words_for
from ncpi_desktop.storage.blindness_repository import has_seen
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.ui.models.history_words import value_lines
from ncpi_desktop.workflows import blinding, browsing, restoring, reviewing, settling, staffing
from ncpi_desktop.workflows.allocating import allocate_case, reading_purpose
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.laying_beside import compare_with
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, hand_in, key_of

Opener = Callable[..., AuditSession]
ASSURER, LEAD = "Quality assurer 1", "Team lead"
TO_READ, UNSAMPLED, OPEN = "EX-03", "DA-02", "DA-01"
"""To be read again by the assurer; read by an inspector alone; read twice."""


@pytest.fixture
def blind(sample: AuditSession) -> AuditSession:
    """The sample with the assurer at work."""
    sample.sign_in(ASSURER)
    return sample


def rationale(session: AuditSession, reference: str) -> str:
    review = current_review(session.file.connection, key_of(session, reference))
    assert review is not None
    return review.rationale


def words_in(session: AuditSession, reference: str) -> tuple[str, ...]:
    """Some words of the first rationale, long enough to stand nowhere else."""
    text = rationale(session, reference)
    return (text[:40], text[-40:])


@pytest.mark.parametrize("reference", [TO_READ, UNSAMPLED])
def test_the_desk(blind: AuditSession, reference: str) -> None:
    desk = reviewing.lay_on_desk(blind, key_of(blind, reference))
    assert (desk.review.grade, desk.review.reasons, desk.review.rationale, desk.review.is_blank) == (None, (), "", True)
    assert (desk.own_grade, desk.earlier, desk.case.allocated_to, desk.row.grade) == (None, (), None, None)
    assert not any(words in repr(desk) for words in words_in(blind, reference))
    assert (desk.purpose, desk.is_closed) == (
        (ReviewPurpose.SECOND, False) if reference == TO_READ else (ReviewPurpose.FIRST, True)
    )


def test_the_reading_opens_once_theirs_is_handed_in(blind: AuditSession) -> None:
    case, first = key_of(blind, TO_READ), current_review(blind.file.connection, key_of(blind, TO_READ))
    hand_in(blind, case, "good")
    desk = reviewing.lay_on_desk(blind, case)
    assert (desk.purpose, desk.review.grade, desk.own_grade is not None) == (ReviewPurpose.SECOND, "good", True)
    laid = settling.lay_out(blind, case)
    assert laid.first == first
    assert browsing.queue_row(blind, case).grade == "requires-improvement"
    reviewing.reopen(blind, case, "A slip.")
    assert not blinding.is_closed(blind, case)


def test_two_readings_are_kept_apart(blind: AuditSession) -> None:
    before = current_review(blind.file.connection, key_of(blind, TO_READ))
    complete(blind, key_of(blind, TO_READ), "inadequate")
    assert current_review(blind.file.connection, key_of(blind, TO_READ)) == before
    blind.sign_in("Inspector 3")
    desk = reviewing.lay_on_desk(blind, key_of(blind, TO_READ))
    assert desk.review == before


def test_the_queue(blind: AuditSession) -> None:
    rows = {row.reference: row for row in browsing.queue_page(blind, 1, 1000)}
    for reference in (TO_READ, UNSAMPLED):
        assert (rows[reference].grade, rows[reference].not_sure, rows[reference].allocated_to) == (None, False, None)
    assert rows[TO_READ].state is CaseState.TO_DO
    assert rows[OPEN].grade == "good"
    reviewing.give_grade(blind, key_of(blind, TO_READ), "good")
    assert browsing.queue_row(blind, key_of(blind, TO_READ)).state is CaseState.IN_PROGRESS


def test_marks_are_not_told_by_the_filters(sample: AuditSession) -> None:
    reviewing.mark_not_sure(sample, key_of(sample, "DA-06"), True)
    sample.sign_in(LEAD)
    shown = browsing.filtered_positions(sample, QueueFilter(QueueChoice.NOT_SURE), 0, 50)
    assert len(shown) == 1
    sample.sign_in(ASSURER)
    assert browsing.filtered_positions(sample, QueueFilter(QueueChoice.NOT_SURE), 0, 50) == []


@pytest.mark.parametrize("reference", [TO_READ, UNSAMPLED])
def test_the_search(blind: AuditSession, reference: str) -> None:
    words = " ".join(rationale(blind, reference).split()[:4])
    assert [hit for hit in browsing.search(blind, words).hits if hit.where == "rationale"] == []
    blind.sign_in(LEAD)
    assert reference in [hit.reference for hit in browsing.search(blind, words).hits if hit.where == "rationale"]


def test_their_own_words_are_found_by_them_alone(blind: AuditSession) -> None:
    reviewing.write_text(blind, key_of(blind, TO_READ), "rationale", "Zanzibarwards it went.")
    assert [hit.reference for hit in browsing.search(blind, "Zanzibarwards").hits] == [TO_READ]
    blind.sign_in("Inspector 3")
    assert browsing.search(blind, "Zanzibarwards").hits == ()


def told_of(session: AuditSession, reference: str) -> Iterator[str]:
    identity = reviewing.lay_on_desk(session, key_of(session, reference)).case.identity
    for change in browsing.history(session, case_identity=identity):
        yield f"{words_for(change.action, change.detail)} {change.reason} {change.person}"
        for line in value_lines(browsing.values_of_step(session, change.step), session.methodology):
            yield " ".join((line.field, line.before, line.after))


def test_the_history(blind: AuditSession) -> None:
    told = list(told_of(blind, UNSAMPLED))
    assert words_for(CLOSED) in " ".join(told)
    assert not [text for text in told if "Inspector" in text or "mprovement" in text]
    assert not [text for text in told if any(words in text for words in words_in(blind, UNSAMPLED))]
    blind.sign_in(LEAD)
    assert [text for text in told_of(blind, UNSAMPLED) if "Inspector 3" in text]


def test_nothing_of_it_is_brought_into_the_own_reading(blind: AuditSession, tmp_path: Path) -> None:
    case = key_of(blind, TO_READ)
    identity = reviewing.lay_on_desk(blind, case).case.identity
    step = next(change.step for change in browsing.history(blind, case_identity=identity) if change.action == CLOSED)
    blind.sign_in(LEAD)
    values = browsing.values_of_step(blind, step)
    blind.sign_in(ASSURER)
    restorable = [value for value in values if restoring.can_be_restored(value)]
    assert restorable or values
    for value in restorable:
        with pytest.raises(RefusedError, match="closed to you"):
            restoring.restore_from_step(blind, step, value, after=True)
    assert reviewing.lay_on_desk(blind, case).review.is_blank


def test_comparing_with_a_backup(sample: AuditSession, tmp_path: Path) -> None:
    kept = back_up(sample.path, tmp_path / "kept.ncpi", sample.clock())
    for reference in (TO_READ, OPEN):
        sample.sign_in("Inspector 3")
        reviewing.reopen(sample, key_of(sample, reference), "A call was missed.")
    named = {
        person: {found.reference for found in compare_with(sample.path, kept, person=person)}
        for person in ("", ASSURER, LEAD)
    }
    assert named == {"": {OPEN}, ASSURER: {OPEN}, LEAD: {OPEN, TO_READ}}


@pytest.mark.parametrize("person", ["", ASSURER])
def test_what_is_exported(sample: AuditSession, tmp_path: Path, person: str) -> None:
    order = ExportOrder(workbook=tmp_path / "w.xlsx", report=tmp_path / "r.pdf")
    export(sample.path, order, person=person)
    book = load_workbook(tmp_path / "w.xlsx", read_only=True)
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    book.close()
    report = pypdfium2.PdfDocument(tmp_path / "r.pdf")
    printed = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in report)
    report.close()
    hidden = [TO_READ] if not person else [TO_READ, UNSAMPLED]
    for reference in hidden:
        for words in words_in(sample, reference):
            assert words not in cells
            assert " ".join(words.split()) not in printed
    assert words_in(sample, OPEN)[0] in cells
    assert "Closed until the second reading is handed in" in cells
    assert "Closed until read again" in printed


def test_a_lead_s_document_tells_of_all(sample: AuditSession, tmp_path: Path) -> None:
    export(sample.path, ExportOrder(workbook=tmp_path / "w.xlsx"), person=LEAD)
    book = load_workbook(tmp_path / "w.xlsx", read_only=True)
    cells = " ".join(str(row) for row in book["Cases"].iter_rows(values_only=True))
    book.close()
    assert words_in(sample, TO_READ)[0] in cells


def test_the_command_line(sample: AuditSession, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = [*words_in(sample, TO_READ), *words_in(sample, UNSAMPLED)]
    kept = back_up(sample.path, tmp_path / "kept.ncpi", sample.clock())
    path = str(sample.path)
    sample.close()
    nowhere = Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)
    for command in (["summary"], ["summary", "--json"], ["check"], ["people"], ["sample", "--prove"]):
        run([command[0], path, *command[1:]], nowhere)
    run(["backup", path, "--compare", str(kept)], nowhere)
    printed = "".join(capsys.readouterr())
    assert "Northshire" in printed
    assert not [text for text in words if text in printed]


def test_an_inspector_is_blind_to_what_they_read_again_and_to_nothing_else(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    reader = staffing.person_called(sample, "Inspector 1")
    allocate_case(sample, key_of(sample, UNSAMPLED), reader, ReviewPurpose.SECOND)
    sample.sign_in("Inspector 1")
    assert blinding.is_closed(sample, key_of(sample, UNSAMPLED))
    assert reading_purpose(sample, key_of(sample, UNSAMPLED)) is ReviewPurpose.SECOND
    assert not blinding.is_closed(sample, key_of(sample, "DA-05"))
    # The grade had stood in their queue until then, and that is kept.
    assert has_seen(sample.file.connection, key_of(sample, UNSAMPLED), reader.key, Seen.GRADE)


def test_what_a_leading_assurer_had_on_the_desk_is_kept(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    assurer = staffing.person_called(sample, ASSURER)
    staffing.give_roles(sample, assurer, [Role.QUALITY_ASSURER, Role.TEAM_LEAD])
    sample.sign_in(ASSURER)
    case = key_of(sample, UNSAMPLED)
    assert not blinding.is_closed(sample, case)
    for _again in range(2):
        blinding.note_sight(sample, case)
    kept = sample.file.connection.execute("SELECT what FROM sightings WHERE case_id = ?", (case,)).fetchall()
    assert kept == [("reading",)]
    assert browsing.history(sample)[0].action == "see"


def test_nobody_goes_on_with_a_first_reading_that_is_closed_to_them(blind: AuditSession) -> None:
    for act in (
        lambda: reviewing.give_grade(blind, key_of(blind, UNSAMPLED), "good"),
        lambda: reviewing.reopen(blind, key_of(blind, UNSAMPLED), "Why."),
    ):
        with pytest.raises(RefusedError, match="closed to you"):
            act()
