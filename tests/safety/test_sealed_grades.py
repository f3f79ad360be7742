"""The force's own grades stay sealed until the inspectors' grade is submitted: every way they might be seen before is looked along."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from ncpi_desktop.cli.main import Desktop, run
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.domain.record.actions import words_for
from ncpi_desktop.storage.tally_repository import rebuild_tallies
from ncpi_desktop.ui.models.history_words import value_lines
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.comparing import compare
from ncpi_desktop.workflows.exporting import ExportOrder, case_lines, export
from ncpi_desktop.workflows.importing import ImportRefusedError, plan_import, run_import
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from ncpi_desktop.workflows.tracing import cases_behind
from tests.builders import make_case
from tests.casework import bring_in, complete, hand_in, key_of

SEALED, OPENED = "DA-9", "DA-10"
STAGES = (("investigation", "inadequate"),)
WORDS = {SEALED: "Zanzibarwards", OPENED: "Quixotically"}
"""Words of the force's own rationale that stand nowhere else."""


@pytest.fixture
def audit(fresh_path: Path, opener: Callable[..., AuditSession], tmp_path: Path) -> AuditSession:
    """Two cases that the force graded inadequate itself: one half-judged, one submitted; a third that it did not grade."""
    session = opener(fresh_path, "Inspector 1")
    bring_in(session, make_case(SEALED), make_case(OPENED), make_case("S47-01", area="s47"))
    grades = tmp_path / "own.csv"
    rows = [f"{reference},domestic-abuse,inadequate,{words},inadequate" for reference, words in WORDS.items()]
    grades.write_text("\n".join(["case,area,own_grade,own_rationale,own_stage:investigation", *rows]) + "\n")
    run_import(session, grades)
    complete(session, key_of(session, SEALED), "good", "INI-S01")
    hand_in(session, key_of(session, OPENED), "good")
    hand_in(session, key_of(session, "S47-01"), "good")
    return session


def test_the_desk(audit: AuditSession) -> None:
    sealed = reviewing.lay_on_desk(audit, key_of(audit, SEALED))
    assert (sealed.own_grade, sealed.own_stages, sealed.is_sealed) == (None, (), True)
    assert WORDS[SEALED] not in repr(sealed)
    opened = reviewing.lay_on_desk(audit, key_of(audit, OPENED))
    assert (opened.own_grade, opened.is_sealed) == (("inadequate", WORDS[OPENED]), False)
    assert opened.own_stages == STAGES


def test_the_desk_of_an_observer_and_of_a_reader_only(audit: AuditSession, opener: Callable[..., AuditSession]) -> None:
    for person in ("", "Somebody new", "Inspector 1"):
        looking = opener(audit.path, person, read_only=True)
        desk = reviewing.lay_on_desk(looking, key_of(looking, SEALED))
        assert (desk.own_grade, desk.own_stages) == (None, ())


def test_reopening_seals_nothing_that_was_seen_and_keeps_what_was_given_without_it(audit: AuditSession) -> None:
    case = key_of(audit, OPENED)
    reviewing.reopen(audit, case, "The force told us more.")
    reviewing.give_grade(audit, case, "inadequate")
    desk = reviewing.lay_on_desk(audit, case)
    assert (desk.own_grade, desk.is_sealed) == (("inadequate", WORDS[OPENED]), False)
    assert [review.grade for review in desk.earlier] == ["good"]
    # While it is reopened no figure counts it.
    assert (
        dict(audit.file.connection.execute("SELECT one, cases FROM tallies WHERE measure LIKE 'own%' AND cases <> 0"))
        == {}
    )


def test_the_search(audit: AuditSession) -> None:
    for words in WORDS.values():
        assert browsing.search(audit, words).hits == ()


def history_texts(session: AuditSession) -> Iterator[str]:
    for change in browsing.history(session):
        yield words_for(change.action, change.detail) + change.reason
        for line in value_lines(browsing.values_of_step(session, change.step), session.methodology):
            yield " ".join((line.field, line.before, line.after))


def test_the_history_and_its_values(audit: AuditSession) -> None:
    told = list(history_texts(audit))
    assert any("own grade" in text for text in told)  # that there are such grades is told
    assert not [text for text in told if any(words in text for words in WORDS.values())]
    assert not [text for text in told if "own grade" in text and "nadequate" in text]
    stored = audit.file.connection.execute(
        "SELECT old_value, new_value FROM history_values WHERE \"table\" IN ('own_grades', 'own_stage_grades')"
    )
    assert stored.fetchall() == [(None, None)] * 4


def test_what_undo_names(audit: AuditSession, opener: Callable[..., AuditSession]) -> None:
    for session in (audit, opener(audit.path, "Inspector 1", beside=audit)):
        step = session.ledger.to_undo
        assert step is not None
        assert "own" not in step.words


def test_the_matrix_of_self_assessment(audit: AuditSession) -> None:
    def counted() -> tuple[int, int]:
        found = findings_of(audit).self_assessment
        assert [area.compared.table.n for area in found.areas] == [found.both]
        assert [stage.compared.table.n for stage in found.stages] == [found.both]
        return found.both, sum(map(sum, found.matrix))

    assert counted() == (1, 1)
    hand_in(audit, key_of(audit, SEALED), "good")
    assert counted() == (2, 2)


def test_every_figure_is_the_same_whatever_a_sealed_grade_says(audit: AuditSession) -> None:
    def figures() -> dict[str, object]:
        return {name: told for name, told in findings_form(findings_of(audit)).items() if name != "drawn_up_at"}

    before = figures()
    for case, same in ((SEALED, True), (OPENED, False)):
        for table in ("own_grades", "own_stage_grades"):
            sql = f"UPDATE {table} SET grade = 'good' WHERE case_id = ?"
            audit.file.connection.execute(sql, (key_of(audit, case),))
        rebuild_tallies(audit.file.connection)
        assert (figures() == before) is same


def test_summary_and_compare_on_the_command_line(
    audit: AuditSession, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    nowhere = Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)
    previous = tmp_path / "previous.csv"
    previous.write_text("grade,cases\ngood,22\nrequires-improvement,30\ninadequate,24\n")
    for words in (["summary"], ["summary", "--json"], ["compare", str(previous)], ["check"], ["people"]):
        run([words[0], str(audit.path), *words[1:]], nowhere)
        told = capsys.readouterr()
        assert not [word for word in WORDS.values() if word in told.out + told.err]
    assert WORDS[SEALED] not in repr(compare(audit.path, previous))


def test_the_sheet_of_a_case(audit: AuditSession) -> None:
    lines = {line.case.reference: line for line in case_lines(audit, findings_of(audit))}
    assert (lines[SEALED].own_grade, lines[SEALED].own_rationale, lines[SEALED].own_stages) == (None, "", ())
    assert (lines[OPENED].own_grade, lines[OPENED].own_stages) == ("inadequate", STAGES)
    reviewing.reopen(audit, key_of(audit, OPENED), "Because.")
    reopened = {line.case.reference: line for line in case_lines(audit, findings_of(audit))}[OPENED]
    assert (reopened.own_grade, reopened.own_rationale, reopened.own_stages) == (None, "", ())


def test_the_workbook_and_the_report(audit: AuditSession, tmp_path: Path) -> None:
    order = ExportOrder(workbook=tmp_path / "audit.xlsx", report=tmp_path / "audit.pdf")
    export(audit.path, order)
    book = load_workbook(tmp_path / "audit.xlsx", read_only=True)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    book.close()
    document = pypdfium2.PdfDocument(tmp_path / "audit.pdf")
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    for text in ("\n".join(cells), "\n".join(pages)):
        assert WORDS[SEALED] not in text
        assert SEALED in text
    (row,) = [row for row in rows_of(tmp_path / "audit.xlsx", "Cases") if row and SEALED in row]
    assert "Inadequate" not in row


def test_the_cases_behind_a_figure(audit: AuditSession) -> None:
    def own_of(code: str) -> dict[str, str | None]:
        return {line.reference: line.own_grade for line in cases_behind(audit, Selection.from_code(code)).cases}

    assert own_of("cases") == {SEALED: None, OPENED: "inadequate", "S47-01": None}
    assert own_of("own:inadequate:good") == own_of("own-against:both") == {OPENED: "inadequate"}
    assert own_of("own-at-stage:investigation:inadequate:good") == {OPENED: "inadequate"}
    reviewing.reopen(audit, key_of(audit, OPENED), "Because.")
    assert own_of("own-against:both") == own_of("own-at-stage:investigation:inadequate:good") == {}


def rows_of(path: Path, name: str) -> list[tuple[object, ...]]:
    book = load_workbook(path, read_only=True)
    rows = list(book[name].iter_rows(values_only=True))
    book.close()
    return rows


def test_a_plan_of_an_import_and_its_refusals(audit: AuditSession, tmp_path: Path) -> None:
    again = tmp_path / "again.csv"
    again.write_text(f"case,area,own_grade,own_stage:investigation\n{SEALED},domestic-abuse,good,good\n")
    plan = plan_import(audit, again)
    assert plan.refused == 2
    told = repr(plan)
    with pytest.raises(ImportRefusedError) as refused:
        run_import(audit, again)
    for text in (told, str(refused.value)):
        assert "the force's own grade of this case already" in text
        assert "nadequate" not in text
        assert WORDS[SEALED] not in text
