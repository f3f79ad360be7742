"""Promise 7: a file is opened soundly or refused in a sentence, and what is refused is left as it was, byte for byte."""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from ncpi_desktop.domain.errors import FileRefusedError, KnownError, NotSavedError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.migrations import SCHEMA_VERSION
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.browsing import history, queue_counts, queue_page, search
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of


def refusal(path: Path) -> FileRefusedError:
    """Open what has to be refused; check that it was not touched and that the sentence is whole."""
    before = path.read_bytes() if path.is_file() else None
    around = sorted(path.parent.iterdir()) if path.parent.is_dir() else None
    with pytest.raises(FileRefusedError) as refused:
        AuditSession.open(path, person="Inspector 2").close()
    assert (path.read_bytes() if path.is_file() else None) == before
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else None) == around
    assert path.name in refused.value.happened
    assert refused.value.todo
    assert refused.value.exit_code == 3
    return refused.value


def make_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")


def make_database(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in ("CREATE TABLE mine (a)", *statements):
        connection.execute(statement)
    connection.close()


WRONG_KINDS: dict[str, tuple[Any, str]] = {
    "text": (lambda path: path.write_text("Not an audit.\n" * 50), "is not an audit file"),
    "short text": (lambda path: path.write_text("a"), "is not an audit file"),
    "zip": (make_zip, "zip archive or a workbook"),
    "jpeg": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(300)), "is a picture"),
    "png": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(300)), "is a picture"),
    "pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(300)), "is a PDF document"),
    "noise": (lambda path: path.write_bytes(random.Random(1).randbytes(5000)), "is not an audit file"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "zeros": (lambda path: path.write_bytes(bytes(4096)), "is not an audit file"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "missing": (lambda path: None, "There is no file"),
    "magic alone": (lambda path: path.write_bytes(b"SQLite format 3\x00"), "is cut short"),
    "other database": (make_database, "database of another program"),
    "pipe": (os.mkfifo, "is not an audit file"),
    "dangling link": (lambda path: path.symlink_to("nowhere"), "There is no file"),
}


@pytest.mark.parametrize("kind", WRONG_KINDS)
def test_a_wrong_kind_of_file(tmp_path: Path, kind: str) -> None:
    make, words = WRONG_KINDS[kind]
    make(tmp_path / "audit.ncpi")
    assert words in refusal(tmp_path / "audit.ncpi").happened


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "There is no file" in refusal(tmp_path / "none" / "audit.ncpi").happened


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "You are not allowed to read"),
        (OSError(errno.EIO, "Input/output error"), "can't be read: Input/output error"),
    ],
)
def test_a_file_that_can_t_be_read(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)  # whoever runs the tests may be allowed everything
    with pytest.raises(FileRefusedError, match=words):
        AuditSession.open(sample_path)


def patched(path: Path, offset: int, data: bytes) -> Path:
    held = bytearray(path.read_bytes())
    held[offset : offset + len(data)] = data
    path.write_bytes(held)
    return path


@pytest.mark.parametrize("version", [SCHEMA_VERSION + 1, SCHEMA_VERSION + 2, 2**31 - 1])
def test_a_newer_version_is_named_as_such(sample_path: Path, version: int) -> None:
    refused = refusal(patched(sample_path, 60, version.to_bytes(4, "big")))
    assert "newer version of this program" in refused.happened
    assert "untouched" in refused.safe


def test_an_older_version_than_the_first_is_damage(sample_path: Path) -> None:
    assert "damaged" in refusal(patched(sample_path, 60, bytes(4))).happened


def test_another_application_s_database_with_our_tables(sample_path: Path) -> None:
    assert "another program" in refusal(patched(sample_path, 68, b"NCPX")).happened


@pytest.mark.parametrize("share", [0.0001, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999])
def test_a_file_cut_short_at_any_length(sample_path: Path, share: float) -> None:
    whole = sample_path.read_bytes()
    sample_path.write_bytes(whole[: int(len(whole) * share)])
    refusal(sample_path)


@pytest.mark.parametrize("length", [1, 15, 16, 17, 99, 100, 101, 4095, 4096, 4097])
def test_a_file_cut_short_at_the_edges_of_its_header(sample_path: Path, length: int) -> None:
    sample_path.write_bytes(sample_path.read_bytes()[:length])
    refusal(sample_path)


def test_more_after_the_end_is_no_harm(sample_path: Path) -> None:
    sample_path.write_bytes(sample_path.read_bytes() + b"\x00" * 5000)
    AuditSession.open(sample_path).close()


def test_damage_that_shows_only_when_it_is_read_is_refused_before_anything_is_written(sample_path: Path) -> None:
    """A moment that is none, in the history that signing in looks through: the file says who opens it only after it was read."""
    held = sample_path.read_bytes().replace(b"2018-05-16T10:42:", b"2018-05-1wT10:42:")
    sample_path.write_bytes(held)
    with pytest.raises(FileRefusedError):
        AuditSession.open(sample_path, person="Inspector 2")
    assert sample_path.read_bytes() == held
    assert list(sample_path.parent.glob(".*.lock")) == []


def read_everything(session: AuditSession) -> None:
    findings = findings_of(session)
    list(case_lines(session, findings))
    for row in queue_page(session, 1, 50):
        reviewing.lay_on_desk(session, row.case)
    search(session, "child")
    history(session)
    queue_counts(session)


def flip(path: Path, whole: bytes, pick: random.Random, reach: int) -> bytes:
    held = bytearray(whole)
    for _bit in range(pick.choice((1, 1, 3, 20))):
        held[pick.randrange(reach)] ^= 1 << pick.randrange(8)
    path.write_bytes(held)
    return bytes(held)


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 20))])
@pytest.mark.parametrize("header", [True, False])
def test_flipped_bits_are_refused_or_harmless_and_never_a_traceback(sample_path: Path, seed: int, header: bool) -> None:
    whole, pick, refused = sample_path.read_bytes(), random.Random(seed), 0
    for _round in range(25):
        held = flip(sample_path, whole, pick, 100 if header else len(whole))
        try:
            session = AuditSession.open(sample_path, person="Inspector 2")
        except FileRefusedError:
            refused += 1
            assert sample_path.read_bytes() == held
            continue
        try:
            read_everything(session)
        except KnownError:
            refused += 1
        finally:
            session.close()
    assert refused > 0
    assert [held.name for held in sample_path.parent.iterdir()] == [sample_path.name]


def test_a_file_in_use_elsewhere_is_said(sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN EXCLUSIVE');"
        " print('locked', flush=True); sys.stdin.read(); c.close()"
    )
    set_up = "ncpi_desktop.storage.opening.set_up"
    monkeypatch.setattr(set_up, lambda connection: connection.execute("PRAGMA busy_timeout = 0"))
    with subprocess.Popen(
        [sys.executable, "-c", script, str(sample_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(FileRefusedError, match="in use by another program"):
            AuditFile.open(sample_path)
        other.communicate("")


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_can_t_be_written_is_opened_for_reading(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    locked = sample_path if what == "file" else sample_path.parent
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: allowed(path, mode) and not (mode == os.W_OK and Path(path) == locked)
    )
    before = sample_path.read_bytes()
    session = AuditSession.open(sample_path, person="Inspector 2")
    try:
        assert session.read_only
        read_everything(session)
        with pytest.raises(NotSavedError, match="open for reading only"):
            reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    finally:
        session.close()
    assert sample_path.read_bytes() == before
