"""`compare`: overall and by area, with what chance could do, and warnings where the two differ in kind."""

from __future__ import annotations

import pytest


@pytest.fixture
def audit_of(program, tmp_path):
    def make(name: str, kind: str, methodology: str, **grades: str):
        path, source = tmp_path / f"{name}.ncpi", tmp_path / f"{name}.csv"
        program("new", path, "--force", "Dorset", "--kind", kind, "--methodology", methodology)
        rows = [f"{area}-{n},{area},{grade}" for area, row in grades.items() for n, grade in enumerate(row.split())]
        source.write_text("case,area,grade\n" + "\n".join(rows), encoding="utf-8")
        assert program("import", path, source).code == 0
        return path

    return make


def test_like_with_like(program, audit_of) -> None:
    before = audit_of("before", "inspection", "ncpi-2018", s47="good " + "inadequate " * 19, missing="good " * 3)
    now = audit_of("now", "inspection", "ncpi-2018", s47="good " * 18 + "inadequate " * 2, missing="good " * 2)
    answer = program("compare", now, before, "--json")
    assert answer.code == 0
    form = answer.form
    assert form["warnings"] == []
    assert (form["now"]["good"], form["previous"]["good"], form["previous"]["total"]) == (20, 4, 23)
    by_area = {area["area"]: area for area in form["areas"]}
    assert by_area["s47"]["change"]["points"] == 85
    assert by_area["s47"]["change"]["verdict"] == "unlikely to be chance"
    assert by_area["missing"]["change"]["verdict"] == "could be chance"
    words = program("compare", now, before).out
    assert "corrected for asking about 2 at once" in words
    assert "+85 points" in words


def test_scales_of_2014_and_2018_side_by_side_warn(program, audit_of) -> None:
    before = audit_of("before", "inspection", "ncpi-2014", s47="good adequate inadequate")
    now = audit_of("now", "inspection", "ncpi-2018", s47="good good inadequate")
    answer = program("compare", now, before)
    assert answer.code == 1
    assert "The methodologies differ" in answer.out


def test_other_kinds_and_other_areas_warn(program, audit_of) -> None:
    before = audit_of("before", "inspection", "ncpi-2018", s47="good inadequate", missing="good")
    now = audit_of("now", "post-inspection-review", "ncpi-2018", s47="good good", online="good")
    answer = program("compare", now, before, "--json")
    assert answer.code == 1
    assert len(answer.form["warnings"]) == 3
    assert [area["area"] for area in answer.form["areas"]] == ["s47"]


def test_published_figures(program, audit_of, tmp_path) -> None:
    now = audit_of("now", "inspection", "ncpi-2018", s47="good inadequate")
    (tmp_path / "p.csv").write_text(
        "force,good,requires_improvement,inadequate,total\nDorset,20,35,28,83\n", encoding="utf-8"
    )
    form = program("compare", now, tmp_path / "p.csv", "--json").form
    assert (form["previous"]["good"], form["previous"]["total"], form["previous"]["percent_good"]) == (20, 83, 24)
    assert form["areas"] == []


def test_an_audit_without_grades_is_nothing_to_compare_with(program, audit_of, fresh_path) -> None:
    now = audit_of("now", "inspection", "ncpi-2018", s47="good inadequate")
    assert program("compare", now, fresh_path).code == 5
