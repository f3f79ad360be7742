"""An export reads pages as of one state of the file, and begins again when someone goes on grading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import FileRefusedError, KnownError, NotSavedError
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.workflows import exporting, reviewing
from ncpi_desktop.workflows.browsing import queue_page
from ncpi_desktop.workflows.exporting import ExportOrder, case_lines, export, words_of_entry
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_entry
from tests.casework import key_of

Write = Callable[[Path, Findings, Iterator[CaseLine]], None]


def writes(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """Put `write` in the place of the program's own writer of workbooks."""
    import ncpi_desktop.exports.workbook.workbook as workbook

    monkeypatch.setattr(workbook, "write_workbook", write)


def test_lines_come_in_queue_order_however_large_the_pages(
    sample: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = findings_of(sample)
    expected = [row.reference for row in queue_page(sample, 1, 100)]
    for page in (1, 7, 36, 500):
        monkeypatch.setattr(exporting, "PAGE", page)
        assert [line.case.reference for line in case_lines(sample, findings)] == expected
    assert not sample.file.connection.in_transaction


def test_a_line_holds_the_judgement_that_counts_and_the_own_grade_only_with_it(sample: AuditSession) -> None:
    case = key_of(sample, "DA-05")
    reviewing.reopen(sample, case, "Because.")
    lines = {line.case.reference: line for line in case_lines(sample, findings_of(sample))}
    for line in lines.values():
        assert (line.review is not None) == (line.state is CaseState.SUBMITTED)
        assert line.review is not None or (line.own_grade, line.own_rationale) == (None, "")
        assert set(line.entry_words) == {entry.key for entry in line.case.entries}
    assert lines["DA-05"].review is None
    assert lines["DA-03"].inspector == "Inspector 2"
    assert lines["DA-06"].inspector == "Inspector 2"
    assert lines["DA-03"].own_grade is not None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "Day 0, 21:40, Officers attend"),
        ({"time": ""}, "Day 0, Officers attend"),
        ({"day": None}, "21:40, Officers attend"),
        ({"day": None, "time": "", "heading": ""}, ""),
    ],
)
def test_where_an_entry_stands(changed: dict[str, object], words: str) -> None:
    assert words_of_entry(make_entry(**changed)) == words


def test_a_change_made_meanwhile_is_noticed_between_pages(
    sample: AuditSession, sample_path: Path, opener: Callable[..., AuditSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 10)
    other = opener(sample_path, "Inspector 1", beside=sample)
    lines = case_lines(sample, findings_of(sample))
    for _line in range(10):
        next(lines)
    reviewing.give_grade(other, key_of(other, "S47-06"), "good")
    with pytest.raises(exporting._ChangedMeanwhileError):
        next(lines)
    assert not sample.file.connection.in_transaction


def test_the_export_begins_again_and_ends_with_the_figures_of_then(
    sample: AuditSession, sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[list[str]] = []

    def write(target: Path, findings: Findings, lines: Iterator[CaseLine]) -> None:
        tries.append([])
        for line in lines:
            if len(tries) == 1 and not tries[0]:
                reviewing.reopen(sample, key_of(sample, "DA-05"), "Because.")
            tries[-1].append(line.case.reference)
        target.write_text(str(findings.overall.graded))

    monkeypatch.setattr(exporting, "PAGE", 10)
    writes(monkeypatch, write)
    findings = export(sample_path, ExportOrder(workbook=tmp_path / "out.xlsx"))
    assert [len(lines) for lines in tries] == [10, 36]
    assert (tmp_path / "out.xlsx").read_text() == "29"
    assert findings.provenance.sequence == sample.file.last_sequence()


def test_a_file_that_keeps_changing_is_given_up_with_a_sentence(
    sample: AuditSession, sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_target: Path, _findings: Findings, lines: Iterator[CaseLine]) -> None:
        grade = reviewing.lay_on_desk(sample, key_of(sample, "DA-06")).review.grade
        reviewing.give_grade(sample, key_of(sample, "DA-06"), None if grade else "good")
        list(lines)

    writes(monkeypatch, write)
    with pytest.raises(NotSavedError, match="kept changing"):
        export(sample_path, ExportOrder(workbook=tmp_path / "out.xlsx"))


def test_progress_is_told_and_can_stop_the_work(
    sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoppedError(Exception):
        pass

    told: list[tuple[int, int]] = []

    def tick(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > stop_after:
            raise StoppedError

    writes(monkeypatch, lambda _target, _findings, lines: list(lines) and None)
    stop_after = 1000
    export(sample_path, ExportOrder(workbook=tmp_path / "out.xlsx"), tick)
    assert told == [(0, 36), (20, 36), (36, 36)]
    stop_after = 4
    with pytest.raises(StoppedError):
        export(sample_path, ExportOrder(workbook=tmp_path / "out.xlsx"), tick)


def test_exporting_leaves_the_audit_as_it_is(
    sample_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes(monkeypatch, lambda _target, _findings, lines: list(lines) and None)
    before = sample_path.read_bytes()
    export(sample_path, ExportOrder(workbook=tmp_path / "out.xlsx"))
    assert sample_path.read_bytes() == before


def test_an_audit_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError):
        export(tmp_path / "none.ncpi", ExportOrder())
    assert issubclass(FileRefusedError, KnownError)
