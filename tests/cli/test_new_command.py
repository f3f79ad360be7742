"""`new`: an audit file with its methodology and what an earlier inspection found."""

from __future__ import annotations

import pytest

NEW = ("--force", "Northshire", "--kind", "post-inspection-review", "--methodology", "ncpi-2018")


def test_a_new_file_opens(program, tmp_path) -> None:
    path = tmp_path / "a.ncpi"
    assert program("new", path, *NEW, "--fieldwork-start", "2018-05-14", "--fieldwork-end", "2018-05-18").code == 0
    form = program("summary", path, "--json").form
    assert (form["force"], form["kind"], form["methodology"]) == ("Northshire", "post-inspection-review", "ncpi-2018")
    assert form["fieldwork"] == {"start": "2018-05-14", "end": "2018-05-18"}
    assert form["marking"] == "OFFICIAL-SENSITIVE"


def test_kind_methodology_and_marking_are_understood_by_label_too(program, tmp_path) -> None:
    path = tmp_path / "a.ncpi"
    words = ("--kind", "Post inspection review", "--methodology", "NCPI 2014", "--marking", "official")
    assert program("new", path, "--force", "N", *words).code == 0
    form = program("summary", path, "--json").form
    assert (form["kind"], form["methodology"], form["marking"]) == ("post-inspection-review", "ncpi-2014", "OFFICIAL")


def test_what_stands_there_is_never_overwritten(program, sample_path) -> None:
    before = sample_path.read_bytes()
    assert program("new", sample_path, *NEW).code == 4
    assert sample_path.read_bytes() == before


@pytest.mark.parametrize(
    "wrong",
    [
        ("--methodology", "ncpi-1999"),
        ("--fieldwork-start", "2018-05-14", "--fieldwork-end", "2018-05-13"),
        ("--fieldwork-end", "2018-05-13"),
        ("--previous-percent", "101"),
        ("--previous-percent", "nan"),
        ("--previous-label", "January 2017"),
        ("--previous", "x.csv", "--previous-percent", "29"),
    ],
)
def test_wrong_use_leaves_no_file(program, tmp_path, wrong) -> None:
    assert program("new", tmp_path / "a.ncpi", *NEW, *wrong).code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("force", ["", "  "])
def test_a_force_needs_a_name(program, tmp_path, force) -> None:
    answer = program("new", tmp_path / "a.ncpi", *NEW, "--force", force)
    assert answer.code == 5
    assert list(tmp_path.iterdir()) == []


def test_earlier_results_that_cannot_be_read_leave_no_file(program, tmp_path) -> None:
    answer = program("new", tmp_path / "a.ncpi", *NEW, "--previous", tmp_path / "nowhere.csv")
    assert answer.code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_percentage_alone_cannot_tell(program, tmp_path) -> None:
    path = tmp_path / "a.ncpi"
    program("new", path, *NEW, "--previous-percent", "29%", "--previous-label", "January 2017")
    form = program("summary", path, "--json").form
    assert form["previous"] == {
        "label": "January 2017",
        "good": None,
        "total": None,
        "percent_good": 29,
        "interval": None,
    }
    assert form["change"]["verdict"] == "cannot tell: the counts are not known"


def test_an_earlier_audit_gives_its_counts(program, tmp_path, sample_path) -> None:
    path = tmp_path / "a.ncpi"
    assert program("new", path, *NEW, "--previous", sample_path).code == 0
    previous = program("summary", path, "--json").form["previous"]
    assert (previous["good"], previous["total"]) == (16, 30)
    assert program("check", path).code == 0


def test_a_folder_that_is_not_there(program, tmp_path) -> None:
    assert program("new", tmp_path / "nowhere" / "a.ncpi", *NEW).code == 4


def test_a_percentage_of_another_methodology_warns(program, tmp_path) -> None:
    path = tmp_path / "a.ncpi"
    earlier = ("--previous-percent", "29", "--previous-methodology", "NCPI 2014", "--previous-kind", "inspection")
    assert program("new", path, *NEW, *earlier).code == 0
    assert "The methodologies differ (ncpi-2014 and ncpi-2018)" in program("summary", path).out


def test_a_methodology_without_a_percentage_is_refused(program, tmp_path) -> None:
    path = tmp_path / "a.ncpi"
    assert program("new", path, *NEW, "--previous-methodology", "ncpi-2014").code == 2
    assert not path.exists()
