"""`people`: who works on the inspection, listed and changed."""

from __future__ import annotations

import pytest

from ncpi_desktop.workflows.session import AuditSession


@pytest.fixture
def audit(program, tmp_path):
    path = tmp_path / "a.ncpi"
    words = ("--force", "Dorset", "--kind", "inspection", "--methodology", "ncpi-2018", "--person", "Lead 1")
    assert program("new", path, *words).code == 0
    return path


def test_people_are_listed_in_words_and_as_json(program, sample_path) -> None:
    answer = program("people", sample_path)
    assert answer.code == 0
    assert next(line.split("  ")[1:] for line in answer.out.splitlines())[0] == "Team lead"
    assert "Quality assurer 1  Quality assurer" in answer.out
    form = program("people", sample_path, "--json").form
    assert form["people"][1] == {"name": "Inspector 1", "roles": ["inspector"], "active": True, "interests": []}


def test_a_file_without_people(program, fresh_path) -> None:
    answer = program("people", fresh_path)
    assert (answer.code, answer.out) == (0, "")
    assert "Nobody has been named" in answer.err


def test_a_lead_adds_renames_and_changes(program, audit) -> None:
    as_lead = ("--person", "Lead 1")
    for words in (
        ("--add", "Inspector 1", "--role", "inspector"),
        ("--add", "Observer 1", "--role", "Observer"),
        ("--rename", "Inspector 1", "A. Nother"),
        ("--roles", "A. Nother", "--role", "inspector", "--role", "quality assurer"),
        ("--inactive", "A. Nother"),
    ):
        assert program("people", audit, *words, *as_lead).code == 0
    assert program("people", audit, "--json").form["people"] == [
        {"name": "Lead 1", "roles": ["inspector", "team-lead"], "active": True, "interests": []},
        {"name": "A. Nother", "roles": ["inspector", "quality-assurer"], "active": False, "interests": []},
        {"name": "Observer 1", "roles": ["observer"], "active": True, "interests": []},
    ]
    assert "no longer at work" in program("people", audit).out
    assert program("people", audit, "--active", "A. Nother", *as_lead, "--json").form["people"][1]["active"] is True
    again = program("people", audit, "--active", "A. Nother", *as_lead)
    assert "It was so already" in again.err
    assert program("check", audit).code == 0


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (
            ("--add", "X", "--role", "inspector"),
            5,
            "nobody has signed in. Say who is working. A team lead here: Lead 1",
        ),
        (
            ("--add", "X", "--role", "inspector", "--person", "Y"),
            5,
            "Y works here as inspector. Ask a team lead: Lead 1",
        ),
        (("--add", "X", "--person", "Lead 1"), 2, "at least one role"),
        (("--add", "X", "--role", "king"), 2, "“king” is not one of inspector, quality-assurer, team-lead, observer"),
        (("--inactive", "X", "--role", "inspector"), 2, "A role goes with --add or --roles"),
        (("--rename", "X", "Y", "--person", "Lead 1"), 2, "Nobody here is called “X”"),
        (("--inactive", "Lead 1", "--person", "Lead 1"), 5, "At least one team lead must remain"),
        (("--add", "X", "--inactive", "Lead 1"), 2, "does not go with"),
    ],
)
def test_refusals(program, audit, words, code, sentence) -> None:
    answer = program("people", audit, *words)
    assert answer.code == code
    assert sentence in answer.err
    assert [person["name"] for person in program("people", audit, "--json").form["people"]] == ["Lead 1"]


def test_cases_are_brought_in_with_a_name_and_without(program, audit, tmp_path) -> None:
    source = tmp_path / "s.csv"
    source.write_text("case,area,grade,reviewer\nC-1,s47,good,Inspector 1\n", encoding="utf-8")
    assert program("import", audit, source, "--person", "Inspector 9").code == 5
    assert program("import", audit, source, "--person", "Lead 1").code == 0
    source.write_text("case,area\nC-2,s47\n", encoding="utf-8")
    assert program("import", audit, source).code == 0
    assert [person["name"] for person in program("people", audit, "--json").form["people"]] == ["Lead 1", "Inspector 1"]


def test_a_final_report_is_a_lead_s(program, sample_path, tmp_path) -> None:
    words = ("export", sample_path, "--report", tmp_path / "r.pdf", "--final")
    for name in ("Inspector 1", "Somebody new"):
        answer = program(*words, "--person", name)
        assert answer.code == 5
        assert f"Only a team lead may export a final report; {name} works here as inspector" in answer.err
    assert "This is not final yet" in program(*words).err
    assert program(*words[:-1], "--person", "Inspector 1").code == 0


def test_interests_are_declared_and_withdrawn(program, sample_path) -> None:
    as_assurer = ("--person", "Quality assurer 1")
    answer = program("people", sample_path, "--declare", "Harbour team", "--because", "Served there.", *as_assurer)
    assert answer.code == 0
    assert "Quality assurer  reads no case of “Harbour team”" in answer.out
    assert "No case bears this unit as a tag so far." in answer.err
    listed = program("people", sample_path, "--json").form["people"]
    assert [person["interests"] for person in listed if person["name"] == "Quality assurer 1"] == [["Harbour team"]]
    refused = program("people", sample_path, "--declare", "CID", "--whose", "Inspector 1", *as_assurer)
    assert (refused.code, "Only a team lead declares" in refused.err) == (5, True)
    assert program("people", sample_path, "--withdraw", "harbour team", *as_assurer).code == 0
    assert program("people", sample_path, "--withdraw", "harbour team", *as_assurer).code == 2
    lead = ("--person", "Team lead")
    assert program("people", sample_path, "--declare", "CID", "--whose", "Inspector 1", *lead).code == 0
    assert program("people", sample_path, "--add", "N. N.", "--role", "inspector", "--whose", "N. N.", *lead).code == 2


def test_what_an_interest_takes_away_is_told(program, sample_path) -> None:
    session = AuditSession.open(sample_path)
    (tag,) = session.file.connection.execute(
        "SELECT tag FROM case_tags t JOIN worklist w USING (case_id) WHERE w.reference = 'DA-06'"
    ).fetchone()
    session.close()
    answer = program("people", sample_path, "--declare", tag, "--whose", "Inspector 2", "--person", "Team lead")
    assert answer.code == 0
    assert "These cases are nobody's now: DA-06" in answer.err
