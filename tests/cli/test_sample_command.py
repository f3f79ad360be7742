"""`sample`: plans, draws, proves and hands on; each bad word on the line is a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.workflows.session import AuditSession

AS_LEAD = ("--person", "Team lead")


def seal_of(path: Path) -> str:
    session = AuditSession.open(path, read_only=True)
    seal = session.file.last_seal()
    session.close()
    return seal


def test_a_plan_is_printed_and_nothing_is_written(program, sample_path: Path) -> None:
    before = sample_path.read_bytes()
    answer = program("sample", sample_path, "--every", "inadequate,referral", "--seed", "7", "--plan", *AS_LEAD)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0] == "4 of 30 cases would be drawn, with seed 7:"
    assert all(line.endswith("  Quality assurer 1") for line in lines[1:5])
    assert lines[5] == "The rules hold for:"
    assert [line.split()[-1] for line in lines[6:]] == ["5", "1"]
    assert answer.err.startswith("1 case that the rules choose is in the sample already")
    assert sample_path.read_bytes() == before


def test_a_plan_and_the_draw_are_the_same_as_json(program, sample_path: Path) -> None:
    asked = ("sample", sample_path, "--share", "20%", "--case", "DA-02", "--seed", "7", "--json")
    plan = program(*asked, "--plan").form
    drawn = program(*asked, *AS_LEAD).form
    assert (plan["drawn"], drawn["drawn"]) == (False, True)
    assert {**plan, "drawn": True} == drawn
    assert (drawn["seed"], drawn["frame"], drawn["rules"]["share"], drawn["rules"]["named"]) == (7, 30, 20, 1)
    assert "DA-02" in [case["case"] for case in drawn["cases"]]
    assert drawn["readers"] == {"Quality assurer 1": len(drawn["cases"])}
    again = program(*asked, *AS_LEAD)
    assert (again.code, again.out) == (5, "")
    assert "Every case that the rules choose is in the sample already." in again.err


def test_what_was_drawn_is_proved(program, sample_path: Path) -> None:
    assert program("sample", sample_path, "--number", "1", *AS_LEAD).code == 0
    answer = program("sample", sample_path, "--prove")
    assert answer.code == 0
    old, _second, new = answer.out.splitlines()
    assert (
        old
        == "2018-05-18  9 cases, seed 4127: This can't be proved: no frame was kept, or its rules are in free words."
    )
    assert new.endswith("seed 4128: Seed and rules draw exactly these cases.")
    session = AuditSession.open(sample_path)
    session.file.connection.execute("UPDATE samples SET seed = 5 WHERE id = 3")
    session.close()
    told = program("sample", sample_path, "--prove", "--json")
    assert told.code == 1
    assert [held["holds"] for held in told.form["samples"]] == [None, None, False]


def test_the_cases_of_who_left_are_handed_on(program, sample_path: Path) -> None:
    program("people", sample_path, "--add", "Quality assurer 2", "--role", "quality-assurer", *AS_LEAD)
    drawn = program("sample", sample_path, "--every", "inadequate", "--json", *AS_LEAD).form
    program("people", sample_path, "--inactive", "Quality assurer 1", *AS_LEAD)
    done = program("sample", sample_path, "--hand-on", "Quality assurer 1", "--json", *AS_LEAD).form
    assert done["unallocated"] == []
    assert {case["reader"] for case in done["given"]} == {"Quality assurer 2"}
    assert drawn["readers"] == {"Quality assurer 2": 4}  # fewer waited there
    assert (
        "No second reading waits there."
        in program("sample", sample_path, "--hand-on", "Quality assurer 1", *AS_LEAD).err
    )


def test_what_nobody_can_read_is_named(program, sample_path: Path) -> None:
    program("people", sample_path, "--inactive", "Quality assurer 1", *AS_LEAD)
    answer = program("sample", sample_path, "--case", "DA-02", *AS_LEAD)
    assert answer.code == 1
    assert "DA-02 can be given to nobody: nobody at work is a quality assurer." in answer.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ((), 2, "No rule says which cases to draw."),
        (("--every", "inadequate,else"), 2, "“else” is no rule. The rules are inadequate, referral, two-apart"),
        (("--share", "0"), 2, "A share is a whole percentage from 1 to 100."),
        (("--share", "101"), 2, "A share is a whole percentage from 1 to 100."),
        (("--share=-5",), 2, "A share is a whole percentage from 1 to 100."),
        (("--share", "few"), 2, "--share needs a whole number, not “few”."),
        (("--number", "0"), 2, "A number of cases is at least 1."),
        (("--share", "5", "--number", "5"), 2, "A share and a number don't go together."),
        (("--share", "5", "--seed", "four"), 2, "The seed is not a number: “four”."),
        (("--case", "DA-99"), 2, "There is no case DA-99 here."),
        (("--case", "DA-06"), 2, "DA-06 can't be drawn: its first reading has not been submitted."),
        (("--prove", "--share", "5"), 2, "Rules and a seed go with a draw or with --plan alone."),
        (("--every", "changed"), 5, "No case fits the rules."),
    ],
)
def test_what_makes_no_sense_is_refused(
    program, sample_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    before = seal_of(sample_path)
    answer = program("sample", sample_path, *words, *AS_LEAD)
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err
    assert seal_of(sample_path) == before


def test_a_number_beyond_what_there_is_takes_all_and_says_so(program, sample_path: Path) -> None:
    answer = program("sample", sample_path, "--number", "500", "--plan")
    assert answer.code == 0
    assert "every case is taken" in answer.err
    assert answer.out.startswith("18 of 30 cases would be drawn")


def test_an_inspector_draws_nothing(program, sample_path: Path) -> None:
    answer = program("sample", sample_path, "--share", "20", "--person", "Inspector 2")
    assert answer.code == 5
    assert "Only a quality assurer or a team lead may draw a quality sample" in answer.err


def test_a_plan_by_grades_names_no_case_to_who_may_re_read_it(program, sample_path: Path) -> None:
    asked = ("sample", sample_path, "--every", "inadequate", "--plan")
    for signed in ((), ("--person", "Quality assurer 1")):
        answer = program(*asked, *signed)
        assert answer.code == 0
        assert answer.out.splitlines()[0].startswith("4 of 30 cases would be drawn")
        assert "EX-02" not in answer.out + answer.err
        assert "Which cases these are is not told" in answer.err
        form = program(*asked, *signed, "--json").form
        assert (form["new"], form["cases"], form["unallocated"]) == (4, [], [])
    assert "EX-02" in program(*asked, *AS_LEAD).out
