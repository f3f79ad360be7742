"""`recommendations`: listed with due dates, logged, completed by two people, and carried in with `new --previous`."""

from __future__ import annotations

import pytest

LEAD = ("--person", "Team lead")
ASSURER = ("--person", "Quality assurer 1")
NEW = ("--kind", "re-inspection", "--methodology", "ncpi-2018")


def listed(program, path, number: int, origin: str = "previous") -> dict[str, object]:
    form = program("recommendations", path, "--json").form["recommendations"]
    return next(one for one in form if (one["origin"], one["number"]) == (origin, number))


def test_they_are_listed_with_due_dates_and_the_overdue_named(program, sample_path) -> None:
    answer = program("recommendations", sample_path)
    assert answer.code == 0
    assert "Recommendations of the previous inspection" in answer.out
    assert "  2  Being progressed    immediately          due 18 May 2017, overdue by " in answer.out
    assert "due date not known yet" in answer.out
    assert "Overdue: recommendations 1, 2, 4, 6, 7, 9." in answer.err
    assert "Recommendation 2: Progress is given without a summary of what was found." in answer.err
    ours = program("recommendations", sample_path, "--of", "this")
    assert "previous inspection" not in ours.out


def test_as_json(program, sample_path) -> None:
    held = listed(program, sample_path, 3)
    assert (held["due"], held["overdue"], held["status"], held["deadline"]) == (
        "2017-08-18",
        False,
        "complete",
        "three-months",
    )
    assert [line["status"] for line in held["log"]] == ["will-be-progressed", "being-progressed", "complete"]
    assert listed(program, sample_path, 1, "this")["cases"] == ["EX-02", "MIS-02"]
    assert program("summary", sample_path, "--json").form["recommendation_list"][2] == held


def test_completion_takes_two_people(program, sample_path) -> None:
    logged = program("recommendations", sample_path, "--log", "4", "being-progressed", "Cover agreed.", *LEAD)
    assert logged.code == 0
    assert program("recommendations", sample_path, "--ask", "previous:4", "All done.", *LEAD).code == 0
    assert listed(program, sample_path, 4)["waits"] is True
    alone = program("recommendations", sample_path, "--authorise", "4", "Yes.", *LEAD)
    assert (alone.code, "can’t authorise it" in alone.err) == (5, True)
    assert program("recommendations", sample_path, "--authorise", "4", "Seen.", *ASSURER).code == 0
    held = listed(program, sample_path, 4)
    assert (held["status"], held["waits"], held["log"][-1]["authorised_by"]) == ("complete", False, "Quality assurer 1")
    assert program("check", sample_path).code == 0


def test_publication_and_one_of_our_own(program, sample_path) -> None:
    added = ("--add", "Train them.", "--deadline", "within six months")
    assert program("recommendations", sample_path, *added, *LEAD).code == 0
    assert program("recommendations", sample_path, "--published", "2018-08-31", *LEAD).code == 0
    held = listed(program, sample_path, 3, "this")
    assert (held["text"], held["published"], held["due"]) == ("Train them.", "2018-08-31", "2019-02-28")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--log", "1", "done", "So."), 5, "“done” is not a status"),
        (("--log", "1", "being-progressed", "So."), 2, "Both inspections have a recommendation 1"),
        (("--log", "77", "being-progressed", "So."), 2, "There is no recommendation “77”"),
        (("--log", "4", "being-progressed", " "), 5, "needs a comment"),
        (("--log", "4", "being-progressed", "So.", "--on", "2017-01-01"), 5, "was published on 18/05/2017"),
        (("--log", "4", "being-progressed", "So.", "--on", "2100-01-01"), 5, "in the future"),
        (("--log", "4", "complete", "So."), 5, "completed in two acts"),
        (("--add", "Train them."), 5, "needs its deadline"),
        (("--on", "2018-01-01"), 2, "--on goes with --log, --ask or --authorise"),
        (("--deadline", "immediately"), 2, "--deadline goes with --add"),
        (("--other-force",), 2, "--other-force goes with --import"),
        (("--published", "2017-01-01"), 5, "before the fieldwork began"),
        (("--published", "9999-12-31"), 5, "more than 10 years ahead"),
    ],
)
def test_what_is_refused_changes_nothing(program, sample_path, words, code, said) -> None:
    before = program("recommendations", sample_path, "--json").out
    answer = program("recommendations", sample_path, *words, *LEAD)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert program("recommendations", sample_path, "--json").out == before


def test_a_table_is_brought_in(program, sample_path, tmp_path) -> None:
    table = tmp_path / "r.csv"
    table.write_text("number,text,deadline,published\n10,See them.,immediately,2017-05-18\n")
    assert program("recommendations", sample_path, "--import", table, *LEAD).code == 0
    assert listed(program, sample_path, 10)["text"] == "See them."
    again = program("recommendations", sample_path, "--import", table, *LEAD)
    assert (again.code, "has a previous recommendation 10 already" in again.err) == (5, True)


@pytest.mark.parametrize(
    ("day", "said"),
    [("0001-01-01", "lies before 1900"), ("31/12/1899", "lies before 1900"), ("2999-01-01", "in the future")],
)
def test_a_day_of_publication_that_can_t_be_is_named_with_its_row(program, sample_path, tmp_path, day, said) -> None:
    table = tmp_path / "r.csv"
    table.write_text(f"number,text,deadline,published\n10,See them.,immediately,{day}\n")
    answer = program("recommendations", sample_path, "--import", table, *LEAD)
    assert (answer.code, "row 2" in answer.err, said in answer.err) == (5, True, True)


def test_an_earlier_audit_hands_its_recommendations_on(program, sample_path, tmp_path) -> None:
    path = tmp_path / "review.ncpi"
    made = program("new", path, "--force", "Northshire Police", *NEW, "--previous", sample_path, *LEAD)
    assert made.code == 0
    assert "8 recommendations come along from it, to be answered." in made.err
    assert listed(program, path, 1)["text"].startswith("Northshire Police should ensure that a strategy discussion")
    assert program("check", path).code == 0


def test_another_force_makes_no_file_unless_it_is_meant(program, sample_path, tmp_path) -> None:
    path = tmp_path / "review.ncpi"
    line = ("new", path, "--force", "Southshire Police", *NEW, "--previous", sample_path)
    refused = program(*line)
    assert (refused.code, path.exists()) == (5, False)
    assert "is an inspection of Northshire Police, not of Southshire Police" in refused.err
    assert program(*line, "--other-force").code == 0


def test_a_protected_earlier_audit_needs_its_passphrase(program, protected_path, tmp_path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("correct horse battery staple\n")
    path = tmp_path / "review.ncpi"
    line = ("new", path, "--force", "Northshire Police", *NEW, "--previous", protected_path)
    assert program(*line, "--previous-passphrase-from", words).code == 0
    assert len(program("recommendations", path, "--json").form["recommendations"]) == 8
