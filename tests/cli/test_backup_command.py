"""`backup`: a checked copy that never replaces anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.workflows import reviewing
from tests.casework import key_of


def test_beside_the_file_with_the_date(program, sample_path) -> None:
    answer = program("backup", sample_path)
    assert answer.code == 0
    copy = Path(answer.out.strip())
    assert copy.parent == sample_path.parent
    assert copy.name.startswith("Northshire 20")
    assert copy.suffix == ".ncpi"
    assert program("summary", copy).out == program("summary", sample_path).out
    assert program("check", copy).code == 0


def test_into_a_folder(program, sample_path, tmp_path) -> None:
    (tmp_path / "stick").mkdir()
    answer = program("backup", sample_path, tmp_path / "stick")
    assert Path(answer.out.strip()).parent == tmp_path / "stick"


def test_while_someone_works_in_it(program, sample, sample_path, tmp_path) -> None:
    assert program("backup", sample_path, tmp_path / "copy.ncpi").code == 0
    assert program("check", tmp_path / "copy.ncpi").code == 0


@pytest.mark.parametrize("content", [b"", b"another inspection"])
def test_nothing_is_replaced(program, sample_path, tmp_path, content) -> None:
    (tmp_path / "copy.ncpi").write_bytes(content)
    assert program("backup", sample_path, tmp_path / "copy.ncpi").code == 4
    assert (tmp_path / "copy.ncpi").read_bytes() == content


def test_nor_the_file_itself(program, sample_path) -> None:
    before = sample_path.read_bytes()
    assert program("backup", sample_path, sample_path).code == 4
    assert sample_path.read_bytes() == before


def test_a_damaged_file_gives_no_backup(program, sample_path, tmp_path) -> None:
    held = bytearray(sample_path.read_bytes())
    place = held.index(b"Drawn up") if b"Drawn up" in held else held.index(b"Child A")
    held[place + 2] ^= 1
    sample_path.write_bytes(held)
    answer = program("backup", sample_path, tmp_path / "copy.ncpi")
    assert answer.code == 3
    assert "no backup was made" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [sample_path.name]


def test_a_folder_that_is_not_there(program, sample_path, tmp_path) -> None:
    assert program("backup", sample_path, tmp_path / "nowhere" / "copy.ncpi").code == 4


def test_one_is_kept_and_listed(program, sample_path, tmp_path) -> None:
    made = Path(program("backup", sample_path, "--keep").out.strip())
    assert program("check", made).code == 0
    assert sample_path.parent not in made.parents
    told = program("backup", sample_path, "--list")
    assert told.code == 0
    assert made.name in told.out
    assert "asked for" in told.out
    (held,) = program("backup", sample_path, "--list", "--json").form["backups"]
    assert (held["path"], held["occasion"], held["changes_since"]) == (str(made), "asked-for", 0)


def test_another_folder_is_used_where_one_is_given(program, sample_path, tmp_path) -> None:
    made = Path(program("backup", sample_path, "--to", tmp_path / "stick").out.strip())
    assert tmp_path / "stick" in made.parents
    assert len(program("backup", sample_path, "--list", "--to", tmp_path / "stick", "--json").form["backups"]) == 1
    assert program("backup", sample_path, "--list", "--json").form["backups"] == []
    assert "no backup" in program("backup", sample_path, "--list").err


def test_what_differs_is_said_case_by_case(program, sample_path, opener) -> None:
    made = program("backup", sample_path, "--keep").out.strip()
    same = program("backup", sample_path, "--compare", made)
    assert (same.code, "hold the same judgements" in same.out) == (0, True)
    assert program("backup", sample_path, "--compare", made, "--json").form["differences"] == []
    session = opener(sample_path)
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    told = program("backup", sample_path, "--compare", made)
    assert told.code == 1
    assert told.out.splitlines() == [
        "DA-06: State of the review: now draft, in the backup not begun",
        "DA-06: Overall grade: now Good, in the backup nothing",
    ]
    form = program("backup", sample_path, "--compare", made, "--json").form
    assert form["differences"][1] == {"case": "DA-06", "what": "grade", "code": "", "now": "good", "then": None}


def test_comparing_with_another_inspection_is_refused(program, sample_path, fresh_path) -> None:
    for json in ((), ("--json",)):
        answer = program("backup", sample_path, "--compare", fresh_path, *json)
        assert (answer.code, answer.out) == (5, "")
        assert "another inspection" in answer.err


def test_what_does_not_go_together_is_said(program, sample_path, tmp_path) -> None:
    assert program("backup", sample_path, tmp_path / "copy.ncpi", "--list").code == 2
    assert program("backup", sample_path, "--keep", "--list").code == 2
