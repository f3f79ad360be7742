"""`rescue`: 0 where all was saved, 1 where something is missing, 3 where nothing can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.storage.audit_file import AuditFile


def test_a_sound_file_is_saved_whole(program, sample_path: Path, tmp_path: Path) -> None:
    done = program("rescue", sample_path, tmp_path / "new.ncpi")
    assert done.code == 0
    assert "36 cases, 38 reviews, 79 changes of the history" in done.out
    assert "Nothing is missing." in done.out


def test_a_cut_file_is_saved_in_part(program, sample_path: Path, tmp_path: Path) -> None:
    sample_path.write_bytes(sample_path.read_bytes()[:800_000])
    with pytest.raises(FileRefusedError):
        AuditFile.open(sample_path)
    done = program("rescue", sample_path, tmp_path / "new.ncpi", "--json")
    assert done.code == 1
    told = done.form
    assert set(told) == {"file", "to", "whole", "cases", "reviews", "changes", "missing", "doubtful", "notes"}
    assert told["whole"] is False
    assert told["missing"]
    AuditFile.open(tmp_path / "new.ncpi").close()
    done = program("rescue", sample_path, tmp_path / "another.ncpi")
    assert "Missing:" in done.out


def test_nothing_to_save(program, tmp_path: Path) -> None:
    (tmp_path / "old.ncpi").write_bytes(bytes(8192))
    done = program("rescue", tmp_path / "old.ncpi", tmp_path / "new.ncpi")
    assert done.code == 3
    assert "Nothing of an audit can be read" in done.err
    assert not (tmp_path / "new.ncpi").exists()


def test_it_overwrites_nothing(program, sample_path: Path, tmp_path: Path) -> None:
    (tmp_path / "new.ncpi").write_bytes(b"mine")
    assert program("rescue", sample_path, tmp_path / "new.ncpi").code == 4
    assert (tmp_path / "new.ncpi").read_bytes() == b"mine"
