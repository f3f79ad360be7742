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
    told = answer.form["warnings"]
    assert [words.split(":")[0].split(" ")[1] for words in told[:3]] == ["kinds", "areas", "areas"]
    assert told[3:] == [
        f"{label}: its share rests on 3 cases alone." for label in ("Inspection", "Post-inspection review")
    ]
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


def test_the_names(program, audit_of) -> None:
    before = audit_of("before", "inspection", "ncpi-2018", s47="good inadequate")
    now = audit_of("now", "inspection", "ncpi-2018", s47="good good")
    form = program("compare", now, before, "--json").form
    # Names stay once they are published: one may be added here, none changed or taken away.
    assert list(form) == (
        "force now previous change areas warnings grades stages reasons inspections series remarks".split()
    )
    assert list(form["now"]) == "graded good grades percent_good interval".split()
    assert list(form["previous"]) == "label good total percent_good interval".split()
    assert list(form["change"]) == "points interval p verdict warnings raw_p".split()
    assert list(form["areas"][0]) == "area label now previous change".split()
    changed = "code label before now points interval p corrected_p asked_together verdict few_cases sentence".split()
    assert list(form["grades"][0]) == changed
    assert list(form["series"][0]) == "before now overall grades areas stages reasons warnings remarks".split()
    assert list(form["series"][0]["overall"]) == changed
    assert list(form["series"][0]["overall"]["now"]) == "part whole percent interval".split()
    assert (
        list(form["inspections"][0])
        == (
            "label source source_name force kind methodology first_day last_day chosen graded_by cases good grades areas stages"
            " reasons changes seal"
        ).split()
    )
    assert len(form["inspections"][0]["seal"]) == 64


def test_the_newest_pair_stands_alike_under_the_old_names_and_the_new(program, audit_of, tmp_path) -> None:
    before = audit_of("before", "inspection", "ncpi-2018", s47="good " + "inadequate " * 19, missing="good " * 3)
    now = audit_of("now", "inspection", "ncpi-2018", s47="good " * 18 + "inadequate " * 2, missing="good " * 2)
    first = audit_of("first", "inspection", "ncpi-2018", s47="inadequate " * 12)
    form = program("compare", now, first, before, "--json").form
    assert [one["source_name"] for one in form["inspections"]] == ["first.ncpi", "before.ncpi", "now.ncpi"]
    assert form["inspections"][0]["label"] == "Inspection (first.ncpi)"
    assert [(pair["before"], pair["now"]) for pair in form["series"]] == [(0, 1), (1, 2), (0, 2)]
    latest = form["series"][1]
    assert form["change"]["points"] == latest["overall"]["points"]
    assert form["change"]["p"] == latest["overall"]["p"]
    assert form["previous"]["total"] == latest["overall"]["before"]["whole"]
    for old, new in zip(form["areas"], latest["areas"], strict=True):
        assert (old["area"], old["change"]["p"], old["change"]["raw_p"]) == (new["code"], new["corrected_p"], new["p"])
        assert (old["now"]["good"], old["previous"]["good"]) == (new["now"]["part"], new["before"]["part"])
    assert form["grades"] == latest["grades"]


def test_typed_figures(program, audit_of) -> None:
    now = audit_of("now", "inspection", "ncpi-2018", s47="good " * 12)
    answer = program(
        "compare", now, "--typed", "2015=22 good, 20 requires improvement, 34 inadequate", "--typed", "2017=29%"
    )
    assert answer.code == 0
    assert "22 of 76" in answer.out
    assert "Whether this is chance cannot be told: the counts are not known." in answer.out
    assert "From 2015 to Inspection" in answer.out
    for wrong in (
        "2017",
        "=3/4",
        "2017=5/4",
        "2017=22 good, 20 inadequate, 30 adequate, of 75",
        "2017=22/76, 40%",
        "2017=",
    ):
        answer = program("compare", now, "--typed", wrong)
        assert answer.code == 2
        assert "The typed figures can't be used" in answer.err
    assert program("compare", now).code == 2


def test_a_table_alone(program, tmp_path) -> None:
    table = tmp_path / "p.csv"
    rows = ["force,kind,fieldwork_date,good,requires_improvement,inadequate", "Dorset,inspection,2021-04,20,35,28"]
    table.write_text("\n".join([*rows, "Dorset,inspection,2022-04,10,10,11", "Kent,inspection,2022-04,1,2,3"]))
    answer = program("compare", table, "--force", "Dorset")
    assert answer.code == 0
    assert "+8 points" in answer.out
    assert program("compare", table).code == 2
    assert program("compare", table, "--force", "Essex").code == 5


def test_each_protected_file_has_its_passphrase(program, audit_of, tmp_path, quick_keys) -> None:
    paths = []
    for number in range(3):
        path = audit_of(str(number), "inspection", "ncpi-2018", s47="good " * 10)
        words = tmp_path / f"{number}.txt"
        words.write_text(f"a very long passphrase {number}\n")
        assert program("protect", path, "--new-passphrase-from", words).code == 0
        paths.append(path)
    sources = [tmp_path / f"{number}.txt" for number in range(3)]
    option = "--previous-passphrase-from"
    answer = program(
        "compare", *paths, "--passphrase-from", sources[0], option, sources[1], option, sources[2], "--json"
    )
    assert len(answer.form["inspections"]) == 3
    answer = program("compare", *paths, "--passphrase-from", sources[0], option, sources[2], option, sources[1])
    assert (answer.code, answer.out) == (3, "")
