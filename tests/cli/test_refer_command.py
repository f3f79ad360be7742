"""`refer`: referrals listed, raised, acknowledged and closed; what is refused says why and changes nothing."""

from __future__ import annotations

import pytest

RAISE = ("--raise", "DA-06", "--child", "Child A (10)", "--risk", "Goes home tonight.", "--told", "Duty inspector")
AS_LEAD = ("--person", "Team lead")


def test_the_referrals_are_listed_in_words_and_as_json(program, sample_path) -> None:
    answer = program("refer", sample_path)
    assert answer.code == 0
    assert answer.out.startswith("1  EX-02  open for ")
    assert "    Told: Head of public protection, 2018-05-16 15:20 UTC" in answer.out.splitlines()
    (held,) = program("refer", sample_path, "--json").form["referrals"]
    assert (held["number"], held["case"], held["open"], held["acknowledged_at"]) == (1, "EX-02", True, None)
    assert (held["told_at"], held["closed_by"]) == ("2018-05-16T15:20:00+00:00", "")
    assert held["raised_by"] == "Inspector 1"


def test_one_is_raised_acknowledged_and_closed(program, sample_path) -> None:
    answer = program("refer", sample_path, *RAISE, "--told-at", "2018-05-15T09:30", *AS_LEAD, "--json")
    assert answer.code == 0, answer.err
    raised = next(one for one in answer.form["referrals"] if one["case"] == "DA-06")
    assert raised["told_at"].startswith("2018-05-15T")
    assert (raised["child"], raised["raised_by"], raised["open"]) == ("Child A (10)", "Team lead", True)
    number = raised["number"]
    assert program("refer", sample_path, "--acknowledge", number, *AS_LEAD).code == 0
    closing = ("--close", number, "--did", "Officers went.", "--outcome", "She is safe.")
    done = program("refer", sample_path, *closing, *AS_LEAD, "--json").form["referrals"][-1]
    assert (done["force_did"], done["outcome"], done["closed_by"], done["open"]) == (
        *("Officers went.", "She is safe.", "Team lead", False),
    )
    assert program("summary", sample_path, "--json").form["referrals"] == {
        "raised": 2,
        "open": 1,
        "acknowledged": 1,
        "closed": 1,
    }
    again = program("refer", sample_path, *closing, *AS_LEAD)
    assert again.code == 5
    assert "This referral is closed, and is not changed any more." in again.err
    assert program("check", sample_path).code == 0


@pytest.mark.parametrize(
    ("words", "code", "because"),
    [
        (("--risk", "Alone."), 2, "--risk goes with --raise."),
        (("--did", "Went."), 2, "--did goes with --close."),
        (("--raise", "DA-06", "--risk", "Alone."), 2, "--raise needs --child, --risk, --told."),
        (("--close", "1", "--did", "Went."), 2, "--close needs --did, --outcome."),
        ((*RAISE, "--told-at", "yesterday"), 5, "That is no date and time."),
        ((*RAISE, "--told-at", "2999-01-01T10:00"), 5, "in the future"),
        ((*RAISE, "--told-at", "2008-01-01T10:00"), 5, "long before this inspection"),
        (("--raise", "NO-01", *RAISE[2:]), 5, "There is no case with that reference"),
        (("--acknowledge", "9" * 30), 5, "This referral is not there any more."),
        (("--acknowledge", "-1"), 5, "This referral is not there any more."),
        (("--acknowledge", "99"), 5, "This referral is not there any more."),
        (("--close", "1", "--did", " ", "--outcome", "Safe."), 5, "closed with what the force did"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(program, sample_path, words, code, because) -> None:
    before = program("refer", sample_path, "--json").out.split('"open_for"')[0]
    answer = program("refer", sample_path, *words, *AS_LEAD)
    assert (answer.code, answer.out) == (code, "")
    assert because in answer.err
    assert program("refer", sample_path, "--json").out.split('"open_for"')[0] == before


def test_without_a_name_nothing_is_raised(program, sample_path) -> None:
    answer = program("refer", sample_path, *RAISE)
    assert answer.code == 5
    assert "needs the name of who makes it" in answer.err


def test_a_file_without_referrals(program, fresh_path) -> None:
    answer = program("refer", fresh_path)
    assert (answer.code, answer.out) == (0, "")
    assert "No case has been referred" in answer.err
