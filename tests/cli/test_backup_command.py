"""`backup`: a checked copy that never replaces anything."""

from __future__ import annotations

from pathlib import Path

import pytest


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
