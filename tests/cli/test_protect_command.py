"""`protect`: the passphrase of a file is set, changed and removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileProtectedError
from ncpi_desktop.workflows.protecting import is_protected, unlock
from tests.conftest import PASSPHRASE


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_text(PASSPHRASE)
    return path


@pytest.fixture
def new(tmp_path: Path) -> Path:
    path = tmp_path / "new.txt"
    path.write_text("another four words here")
    return path


def test_it_is_set(program, sample_path, new, quick_keys) -> None:
    answer = program("protect", sample_path, "--new-passphrase-from", new)
    assert answer.code == 0
    assert "lost file" in answer.err
    assert answer.out == ""
    assert unlock(sample_path, "another four words here")


def test_it_is_changed(program, protected_path, old, new) -> None:
    assert program("protect", protected_path, "--passphrase-from", old, "--new-passphrase-from", new).code == 0
    assert unlock(protected_path, "another four words here")
    with pytest.raises(FileProtectedError):
        unlock(protected_path, PASSPHRASE)


def test_it_is_removed(program, protected_path, old) -> None:
    assert program("protect", protected_path, "--remove", "--passphrase-from", old).code == 0
    assert not is_protected(protected_path)
    assert program("check", protected_path).code == 0


def test_what_makes_no_sense_is_refused(program, sample_path, old, new) -> None:
    assert program("protect", sample_path, "--remove").code == 5
    assert program("protect", sample_path, "--remove", "--new-passphrase-from", new).code == 2
    assert program("protect", sample_path).code == 2
    assert program("protect", sample_path.with_name("none.ncpi")).code == 3
    assert not is_protected(sample_path)


def test_a_wrong_passphrase_changes_nothing(program, protected_path, new) -> None:
    before = protected_path.read_bytes()
    assert program("protect", protected_path, "--passphrase-from", new, "--new-passphrase-from", new).code == 3
    assert protected_path.read_bytes() == before
