"""Where commands get a passphrase from, with every command that opens a file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from ncpi_desktop.cli import passphrase
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.workflows.protecting import is_protected, unlock
from tests.conftest import PASSPHRASE

CSV = "case,area,day,time,heading,text\nDA-90,domestic-abuse,0,10:00,Call,A call came in.\n"


@pytest.fixture
def words_file(tmp_path: Path) -> Path:
    """A file with the passphrase in its first line, as a Windows editor writes it."""
    path = tmp_path / "words.txt"
    path.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\nanother line\r\n")
    return path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A terminal at which these answers are typed, one after the other."""
    answers: list[str] = []
    monkeypatch.setattr(passphrase, "_at_terminal", lambda: True)
    monkeypatch.setattr(passphrase, "getpass", lambda _prompt: answers.pop(0))
    monkeypatch.setattr("builtins.input", lambda _prompt: answers.pop(0))
    yield answers
    assert answers == [], "more was expected to be asked"


def commands(path: Path, folder: Path) -> dict[str, list[object]]:
    source = folder / "cases.csv"
    source.write_text(CSV, encoding="utf-8")
    return {
        "summary": ["summary", path, "--json"],
        "check": ["check", path],
        "export": ["export", path, "--workbook", folder / "out.xlsx"],
        "import": ["import", path, source],
        "import --dry-run": ["import", path, source, "--dry-run"],
        "backup": ["backup", path, folder / "copy.ncpi"],
        "compare": ["compare", path, "--typed", "2017=22/76"],
    }


@pytest.mark.parametrize(
    "command", ["summary", "check", "export", "import", "import --dry-run", "backup", "compare", "protect"]
)
def test_without_a_passphrase_each_command_refuses_in_a_sentence(program, protected_path, tmp_path, command) -> None:
    before = protected_path.read_bytes()
    words = {**commands(protected_path, tmp_path), "protect": ["protect", protected_path]}[command]
    answer = program(*words)
    assert answer.code == 3
    assert "protected by a passphrase" in answer.err
    assert "--passphrase-from FILE" in answer.err
    assert answer.out == ""
    assert protected_path.read_bytes() == before


@pytest.mark.parametrize("command", ["summary", "check", "export", "import", "import --dry-run", "backup", "compare"])
def test_each_command_works_with_the_passphrase_from_a_file(
    program, protected_path, tmp_path, words_file, command
) -> None:
    answer = program(*commands(protected_path, tmp_path)[command], "--passphrase-from", words_file)
    assert answer.code == 0, answer.err
    assert is_protected(protected_path)


def test_a_backup_is_protected_too(program, protected_path, tmp_path, words_file) -> None:
    program("backup", protected_path, tmp_path / "copy.ncpi", "--passphrase-from", words_file)
    assert is_protected(tmp_path / "copy.ncpi")
    assert unlock(tmp_path / "copy.ncpi", PASSPHRASE).salt == unlock(protected_path, PASSPHRASE).salt


def test_a_wrong_passphrase_is_said(program, protected_path, tmp_path) -> None:
    (tmp_path / "wrong.txt").write_text("wrong\n")
    answer = program("summary", protected_path, "--passphrase-from", tmp_path / "wrong.txt")
    assert answer.code == 3
    assert "does not open with this passphrase" in answer.err


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00 no text"])
def test_a_file_that_holds_no_passphrase_is_said(program, protected_path, tmp_path, content) -> None:
    source = tmp_path / "words.bin"
    if content is not None:
        source.write_bytes(content)
    answer = program("summary", protected_path, "--passphrase-from", source)
    assert answer.code == 3
    assert "can't be read from" in answer.err


def test_standard_input_gives_one_line_after_the_other(program, protected_path, tmp_path, monkeypatch) -> None:
    earlier, source, words = tmp_path / "earlier.ncpi", tmp_path / "graded.csv", tmp_path / "earlier.txt"
    assert program("new", earlier, *NEW).code == 0
    source.write_text("case,area,grade\n" + "".join(f"A-{n},s47,good\n" for n in range(10)))
    assert program("import", earlier, source).code == 0
    words.write_text("a passphrase of its own, and long\n")
    assert program("protect", earlier, "--new-passphrase-from", words).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n{words.read_text()}"))
    answer = program(
        *("compare", protected_path, earlier, "--json"),
        *("--passphrase-from", "-", "--previous-passphrase-from", "-"),
    )
    assert [one["good"]["whole"] for one in answer.form["inspections"]] == [10, 30]
    assert answer.form["change"]["points"] == -47


def test_a_plain_file_asks_for_nothing(program, sample_path, terminal) -> None:
    assert program("summary", sample_path).code == 0


def test_at_a_terminal_it_is_asked_for_three_times(program, protected_path, terminal) -> None:
    terminal += ["wrong", PASSPHRASE]
    assert program("summary", protected_path).code == 0
    terminal += ["wrong", "wrong", "wrong"]
    assert program("summary", protected_path).code == 3


NEW = ("--force", "Northshire Police", "--kind", "inspection", "--methodology", "ncpi-2018")


def test_a_new_file_is_protected_from_its_first_byte(program, tmp_path, terminal, quick_keys) -> None:
    terminal += [PASSPHRASE, PASSPHRASE]
    answer = program("new", tmp_path / "a.ncpi", *NEW, "--protect")
    assert answer.code == 0
    assert "A lost passphrase is a lost file" in answer.err
    AuditFile.open(tmp_path / "a.ncpi", key=unlock(tmp_path / "a.ncpi", PASSPHRASE)).close()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ([""], "can't be empty"),
        ([PASSPHRASE, "another"], "not the same"),
        (["Northshire1", "Northshire1", "n"], "thought better of"),
    ],
)
def test_what_is_amiss_with_a_new_passphrase_makes_no_file(program, tmp_path, terminal, typed, said) -> None:
    terminal += typed
    answer = program("new", tmp_path / "a.ncpi", *NEW, "--protect")
    assert answer.code == 5
    assert said in answer.err
    assert not (tmp_path / "a.ncpi").exists()


def test_a_weak_one_is_questioned_and_not_forbidden(program, tmp_path, terminal, quick_keys) -> None:
    terminal += ["Northshire1", "Northshire1", "y"]
    answer = program("new", tmp_path / "a.ncpi", *NEW, "--protect")
    assert answer.code == 0
    assert "Weak:" in answer.err


def test_without_a_terminal_a_new_passphrase_comes_from_a_file(program, tmp_path, words_file, quick_keys) -> None:
    assert program("new", tmp_path / "a.ncpi", *NEW, "--protect").code == 2
    assert program("new", tmp_path / "a.ncpi", *NEW, "--passphrase-from", words_file).code == 0
    assert is_protected(tmp_path / "a.ncpi")


def test_an_earlier_audit_may_be_protected(program, protected_path, tmp_path, words_file) -> None:
    new = ["new", tmp_path / "b.ncpi", *NEW, "--previous", protected_path]
    assert program(*new).code == 3
    assert program(*new, "--previous-passphrase-from", words_file).code == 0
    assert program("summary", tmp_path / "b.ncpi", "--json").form["previous"]["percent_good"] == 53
