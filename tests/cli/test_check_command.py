"""`check`: sound or not, in words and as JSON."""

from __future__ import annotations


def test_the_sample_is_sound(program, sample_path) -> None:
    before = sample_path.read_bytes()
    answer = program("check", sample_path)
    assert answer.code == 0
    assert "“Northshire.ncpi” is sound." in answer.out
    assert answer.err == ""
    assert sample_path.read_bytes() == before


def test_as_json_with_a_seal_of_the_past(program, sample_path) -> None:
    seal = program("summary", sample_path, "--json").form["seal"]
    form = program("check", sample_path, "--seal", seal[:12].upper(), "--json").form
    assert form["sound"] is True
    assert form["problems"] == []
    assert form["asked"] == {"seal": seal[:12], "change": form["changes"]}


def test_a_strange_seal(program, sample_path) -> None:
    answer = program("check", sample_path, "--seal", "0123456789abcdef")
    assert answer.code == 1
    assert "is not of this file's history" in answer.out


def test_what_is_no_seal(program, sample_path) -> None:
    assert program("check", sample_path, "--seal", "page 3").code == 2
    assert program("check", sample_path, "--seal", "abc").code == 2


def test_a_truncated_file_is_reported_on(program, sample_path) -> None:
    sample_path.write_bytes(sample_path.read_bytes()[:200_000])
    answer = program("check", sample_path, "--json")
    assert answer.code == 1
    assert answer.form["sound"] is False
    assert "cut short" in answer.form["problems"][0]
