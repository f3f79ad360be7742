"""`import`: all rows or none, and a report of what was refused."""

from __future__ import annotations

import pytest

PUBLISHED = [
    ("Nottinghamshire", "post-inspection-review", 0, 1, 5, 0),
    ("Dorset", "inspection", 20, 35, 28, 24),
    ("Dorset", "post-inspection-review", 10, 10, 11, 32),
    ("Derbyshire", "inspection", 20, 31, 28, 25),
    ("Warwickshire", "inspection", 23, 23, 28, 31),
    ("Warwickshire", "post-inspection-review", 9, 15, 10, 26),
]


@pytest.fixture
def audit(program, tmp_path):
    path = tmp_path / "a.ncpi"
    program("new", path, "--force", "Dorset", "--kind", "inspection", "--methodology", "ncpi-2018")
    return path


def _write(path, *rows: str) -> None:
    path.write_text("\n".join(("case,area,grade", *rows)) + "\n", encoding="utf-8")


@pytest.mark.parametrize(("force", "kind", "good", "improve", "inadequate", "percent"), PUBLISHED)
def test_published_results_are_rebuilt_to_the_digit(
    program, tmp_path, force, kind, good, improve, inadequate, percent
) -> None:
    audit, source = tmp_path / "a.ncpi", tmp_path / "s.csv"
    program("new", audit, "--force", force, "--kind", kind, "--methodology", "ncpi-2018")
    grades = ["Good"] * good + ["requires improvement"] * improve + ["INADEQUATE"] * inadequate
    _write(source, *(f"C-{number},s47,{grade}" for number, grade in enumerate(grades)))
    assert program("import", audit, source).code == 0
    form = program("summary", audit, "--json").form
    assert form["grades"] == {"good": good, "requires-improvement": improve, "inadequate": inadequate}
    assert form["percent_good"] == percent
    assert program("check", audit).code == 0


def test_a_dry_run_writes_nothing(program, audit, tmp_path) -> None:
    _write(tmp_path / "s.csv", "C-1,s47,good", "C-2,missing,")
    before = audit.read_bytes()
    answer = program("import", audit, tmp_path / "s.csv", "--dry-run", "--json")
    assert answer.code == 0
    form = answer.form
    assert (form["rows"], form["cases"], form["reviews"], form["brought_in"]) == (2, 2, 1, False)
    assert audit.read_bytes() == before


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_refused_rows_are_told_by_row_and_column_and_nothing_comes_in(program, audit, tmp_path, dry) -> None:
    _write(tmp_path / "s.csv", "C-1,s47,good", "C-2,moonlight,good", "C-3,s47,splendid")
    answer = program("import", audit, tmp_path / "s.csv", *dry)
    assert answer.code == 5
    assert answer.out == ""
    assert "row 3, column “area”" in answer.err
    assert "row 4, column “grade”" in answer.err
    assert program("summary", audit, "--json").form["cases"] == 0


def test_refusals_as_json(program, audit, tmp_path) -> None:
    _write(tmp_path / "s.csv", "C-2,moonlight,good")
    answer = program("import", audit, tmp_path / "s.csv", "--json")
    assert answer.code == 5
    assert answer.err == ""
    assert answer.form["brought_in"] is False
    assert [(refusal["row"], refusal["column"]) for refusal in answer.form["refusals"]] == [(2, "area")]


def test_many_refusals_are_counted_in_words(program, audit, tmp_path) -> None:
    _write(tmp_path / "s.csv", *(f"C-{number},moonlight,good" for number in range(80)))
    answer = program("import", audit, tmp_path / "s.csv")
    assert "and 30 more" in answer.err
    assert len(program("import", audit, tmp_path / "s.csv", "--json").form["refusals"]) == 80


def test_a_source_that_is_missing(program, audit, tmp_path) -> None:
    assert program("import", audit, tmp_path / "nowhere.xlsx").code == 3
