"""What happens when something stands in the way: the old export stays, and people get a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.exports.workbook import read_back, row_stream, workbook
from ncpi_desktop.exports.workbook.workbook import write_workbook
from tests.exports.workbook.conftest import Handed
from tests.exports.workbook.lines import findings_on, make_line


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "Northshire.xlsx"
    path.write_bytes(b"the export of yesterday")
    return path


def is_as_it_was(target: Path) -> bool:
    return target.read_bytes() == b"the export of yesterday" and [p.name for p in target.parent.iterdir()] == [
        target.name
    ]


@pytest.mark.parametrize("missing", [1, -1])
def test_cases_that_are_not_as_many_as_in_the_findings_are_not_handed_over(target: Path, missing: int) -> None:
    lines = [make_line(f"DA-{n}") for n in range(3)]
    told = lines[:-1] if missing > 0 else [*lines, make_line("DA-9")]
    with pytest.raises(OutputNotWrittenError, match="“Cases” did not show the findings"):
        write_workbook(target, findings_on(lines), told)
    assert is_as_it_was(target)


def test_cases_graded_otherwise_than_the_headline_are_not_handed_over(target: Path) -> None:
    with pytest.raises(OutputNotWrittenError, match="“Cases”"):
        write_workbook(target, findings_on([make_line(grade="good")]), [make_line(grade="inadequate")])
    assert is_as_it_was(target)


@pytest.mark.parametrize("sheet", ["Summary", "Areas", "Stages", "Reasons", "Own grades"])
def test_a_figure_that_reads_back_otherwise_is_not_handed_over(
    target: Path, monkeypatch: pytest.MonkeyPatch, sheet: str
) -> None:
    fill = workbook._fill

    def wrongly(stream: row_stream.RowStream) -> None:
        if stream.sheet.name != sheet:
            return fill(stream)
        for row in stream.sheet.rows:
            stream.add([value + 1 if isinstance(value, int) else value for value in row])
        return None

    monkeypatch.setattr(workbook, "_fill", wrongly)
    lines = [make_line(own_grade="good")]
    with pytest.raises(OutputNotWrittenError, match=f"“{sheet}” did not show the findings"):
        write_workbook(target, findings_on(lines), lines)
    assert is_as_it_was(target)


@pytest.mark.parametrize("at", [0.2, 0.5, 0.8, 0.9, 0.99])
def test_a_file_damaged_on_the_disk_is_not_handed_over(
    target: Path, monkeypatch: pytest.MonkeyPatch, at: float
) -> None:
    assemble = workbook.assemble

    def damaged(book: Any, streams: Any, part: Path) -> None:
        assemble(book, streams, part)
        data = bytearray(part.read_bytes())
        place = int(at * len(data))
        data[place : place + 200] = bytes(200)
        part.write_bytes(data)

    monkeypatch.setattr(workbook, "assemble", damaged)
    lines = [make_line(f"DA-{n}") for n in range(300)]
    with pytest.raises(OutputNotWrittenError):
        write_workbook(target, findings_on(lines), lines)
    assert is_as_it_was(target)


def test_what_stops_the_cases_passes_through_and_leaves_nothing(target: Path) -> None:
    class CancelledError(Exception):
        pass

    def stopped() -> Iterator[CaseLine]:
        yield make_line()
        raise CancelledError

    with pytest.raises(CancelledError):
        write_workbook(target, findings_on([make_line()]), stopped())
    assert is_as_it_was(target)


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(OutputNotWrittenError, match="there is no such folder"):
        write_workbook(tmp_path / "nowhere" / "w.xlsx", findings_on([]), [])


def test_a_full_disk_while_rows_wait_aside_gets_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk:
        def __init__(self, **_how: Any) -> None: ...

        def write(self, _data: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None: ...

    monkeypatch.setattr(row_stream, "SpooledTemporaryFile", FullDisk)
    with pytest.raises(OutputNotWrittenError, match="No space left on device"):
        write_workbook(target, findings_on([make_line()]), [make_line()])
    assert is_as_it_was(target)


def test_more_rows_than_a_sheet_holds_get_a_sentence(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_stream, "LAST_ROW", 60)
    lines = [make_line(f"DA-{n}") for n in range(56)]
    with pytest.raises(OutputNotWrittenError, match="“Cases” would need more than 60 rows"):
        write_workbook(target, findings_on(lines), lines)
    assert is_as_it_was(target)


def test_cases_are_taken_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than a page of rows waits in memory; the others lie in a file."""
    monkeypatch.setattr(row_stream, "IN_MEMORY", 10_000)
    waiting: list[int] = []
    add = row_stream.RowStream.add

    def noted(stream: row_stream.RowStream, values: Any) -> None:
        add(stream, values)
        waiting.append(len(stream._waiting))

    monkeypatch.setattr(row_stream.RowStream, "add", noted)
    lines = [make_line(f"DA-{n}") for n in range(900)]
    write_workbook(tmp_path / "w.xlsx", findings_on(lines), iter(lines))
    assert len(waiting) > 900
    assert max(waiting) < 200


def test_the_old_export_is_replaced_by_a_whole_one(target: Path, handed: Handed) -> None:
    write_workbook(target, handed.findings, handed.lines)
    assert target.read_bytes()[:2] == b"PK"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_missing_sheet_is_noticed(handed: Handed) -> None:
    class Stream:
        sheet = replace(workbook.areas_sheet(handed.findings), name="Nowhere")

    with pytest.raises(read_back.MismatchError):
        read_back.check_tables(handed.path, [Stream()])  # type: ignore[list-item]
