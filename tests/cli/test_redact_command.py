"""`redact`: the words come from standard input and are never said."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.cli.conftest import Answer

NUMBER = "07700 900123"


@pytest.fixture
def typed(sample: AuditSession, sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample with a number typed into a note, which stands on standard input too."""
    reviewing.write_text(sample, key_of(sample, "DA-06"), "notes", f"Ring {NUMBER}.")
    sample.close()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    return sample_path


def test_it_says_where_they_stand_and_writes_nothing(program: Callable[..., Answer], typed: Path) -> None:
    before = typed.read_bytes()
    answer = program("redact", typed, "--dry-run")
    assert answer.code == 0
    assert "The words stand in 2 places:" in answer.out
    assert NUMBER not in answer.out + answer.err
    assert typed.read_bytes() == before


def test_it_takes_them_out_and_the_file_is_sound(program: Callable[..., Answer], typed: Path) -> None:
    answer = program("redact", typed, "--because", "a telephone number", "--person", "Team lead", "--json")
    assert answer.code == 0
    assert answer.form["taken_out"] is True
    assert answer.form["cases"] == ["DA-06"]
    assert {"case": "DA-06", "kind": "judgement", "places": 1} in answer.form["counts"]
    assert NUMBER.encode() not in typed.read_bytes()
    assert program("check", typed).code == 0


@pytest.mark.parametrize(
    ("words", "options", "code"),
    [
        (f"{NUMBER}\n", [], 2),
        ("\n", ["--because", "x"], 5),
        ("nowhere at all\n", ["--because", "x"], 5),
        (f"{NUMBER}\n", ["--because", NUMBER], 5),
    ],
)
def test_what_is_refused(program, typed, monkeypatch, words, options, code) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))
    answer = program("redact", typed, *options, "--person", "Team lead")
    assert answer.code == code
    assert NUMBER not in answer.err
