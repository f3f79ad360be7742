"""What every command shares: the way to it, sentences for whatever goes wrong, and exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ncpi_desktop.cli import summary
from ncpi_desktop.storage.engine import OperationalError


def test_no_words_open_the_window(program, windows) -> None:
    assert program().code == 0
    assert windows.opened == [(None, False)]


def test_a_file_opens_in_the_window(program, windows, tmp_path) -> None:
    program(tmp_path / "a.ncpi")
    assert windows.opened == [(tmp_path / "a.ncpi", False)]


def test_the_sample_opens_in_the_window(program, windows) -> None:
    program("--sample")
    assert windows.opened == [(None, True)]


def test_a_file_and_the_sample_are_refused(program, windows) -> None:
    answer = program("a.ncpi", "--sample")
    assert answer.code == 2
    assert windows.opened == []


def test_tour_is_handed_to_the_windows(program, windows, tmp_path) -> None:
    assert program("tour", tmp_path / "pictures").code == 0
    assert windows.toured == [tmp_path / "pictures"]


def test_a_mistyped_command_is_not_taken_as_a_file(program, windows) -> None:
    answer = program("sumary")
    assert answer.code == 2
    assert "“summary”" in answer.err
    assert windows.opened == []


def test_a_file_called_nearly_as_a_command_opens(program, windows, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("sumary").touch()
    assert program("sumary").code == 0
    assert windows.opened == [(Path("sumary"), False)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["summary"], "Missing: FILE."),
        (["summary", "a", "--jason"], "Not understood: --jason."),
        (["new", "a", "--force"], "--force needs a value behind it."),
        (["new", "a", "--force", "F", "--kind", "visit", "--methodology", "ncpi-2018"], "“visit” is not one of"),
        (
            ["new", "a", "--force", "F", "--kind", "inspection", "--methodology", "m", "--fieldwork-start", "May"],
            "“May”",
        ),
        (["check", ""], "a file name is missing"),
        (["export", "a", "--edition", "secret"], "--edition"),
    ],
)
def test_wrong_use_gets_a_sentence(program, words, told) -> None:
    answer = program(*words)
    assert answer.code == 2
    assert told in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    "command", ["new", "import", "summary", "export", "check", "compare", "backup", "protect", "tour"]
)
def test_each_command_has_help_and_is_listed(program, command) -> None:
    answer = program(command, "--help")
    assert answer.code == 0
    assert f"ncpi-desktop {command}" in answer.out
    assert command in program("--help").out


def test_version(program) -> None:
    assert program("--version").out.startswith("ncpi-desktop 0.")


@pytest.mark.parametrize("command", ["summary", "check", "backup", "export", "import", "compare"])
@pytest.mark.parametrize("made", ["missing", "folder", "text", "zip", "jpeg", "empty", "other database", "newer"])
def test_a_file_that_is_no_audit_is_refused_and_untouched(program, tmp_path, sample_path, command, made) -> None:
    path = tmp_path / "strange.ncpi"
    contents = {
        "text": b"dear reader",
        "zip": b"PK\x03\x04" + bytes(200),
        "jpeg": b"\xff\xd8\xff\xe0" + bytes(200),
        "empty": b"",
        "other database": b"SQLite format 3\0" + bytes(4080),
        "newer": sample_path.read_bytes()[:60] + b"\0\0\0\x63" + sample_path.read_bytes()[64:],
    }
    if made == "folder":
        path.mkdir()
    elif made != "missing":
        path.write_bytes(contents[made])
    behind = {"export": ["--report", tmp_path / "r.pdf"], "import": [sample_path], "compare": [sample_path]}
    answer = program(command, path, *behind.get(command, []))
    assert answer.code == 3
    assert "strange.ncpi" in answer.err
    assert answer.out == ""
    if made in contents:
        assert path.read_bytes() == contents[made]


def test_a_fault_of_our_own_tells_kind_and_place_and_no_values(program, sample_path, monkeypatch) -> None:
    def fail(_findings: object) -> None:
        raise RuntimeError("Child A told the officer")

    monkeypatch.setattr(summary, "findings_form", fail)
    answer = program("summary", sample_path, "--json")
    assert answer.code == 70
    assert "RuntimeError" in answer.err
    assert "Child A" not in answer.err


def test_damage_met_while_reading_is_no_fault_of_our_own(program, sample_path, monkeypatch) -> None:
    def fail(_session: object) -> None:
        raise OperationalError("Could not decode to UTF-8 column 'text' with text 'Child A'")

    monkeypatch.setattr(summary, "findings_of", fail)
    answer = program("summary", sample_path)
    assert answer.code == 3
    assert "Child A" not in answer.err


def test_ctrl_c_is_quiet(program, sample_path, monkeypatch) -> None:
    def stop(_session: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(summary, "findings_of", stop)
    assert program("summary", sample_path).code == 130


def _called(*words: object, **named: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ncpi_desktop", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2], **named)  # type: ignore[call-overload,no-any-return]


def test_the_real_program_writes_utf_8_into_a_plain_terminal_without_qt(sample_path) -> None:
    bare = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "DISPLAY": ""}
    command = (
        "import sys\n"
        "sys.modules['PySide6'] = None\n"
        "from ncpi_desktop.__main__ import main\n"
        f"sys.exit(main(['summary', {str(sample_path)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, check=False, env=bare)
    assert done.returncode == 0, done.stderr
    assert "Northshire Police · Post-inspection review" in done.stdout.decode("utf-8")
    assert done.stderr == b""


def test_a_reader_that_goes_away_leaves_no_complaint(sample_path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        command = [sys.executable, "-m", "ncpi_desktop", "summary", str(sample_path)]
        done = subprocess.run(
            command, stdout=nobody, stderr=subprocess.PIPE, check=False, cwd=Path(__file__).parents[2]
        )
    assert done.returncode == 141
    assert done.stderr == b""


def test_the_real_program_refuses_with_its_exit_code(tmp_path) -> None:
    done = _called("check", tmp_path / "nowhere.ncpi")
    assert done.returncode == 3
    assert "There is no file “nowhere.ncpi”" in done.stderr.decode("utf-8")
