"""`practice`: sets brought in and results told on the command line, and no answer with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.workflows.session import AuditSession
from tests.cli.conftest import Answer
from tests.practice import AGREED, answer, bring_set_in, own_set

AS_LEAD = ("--person", "Team lead")


def test_the_shipped_set_is_brought_in_once(program: Callable[..., Answer], sample_path: Path) -> None:
    brought = program("practice", sample_path, *AS_LEAD)
    assert (brought.code, brought.out) == (0, "6 practice cases were brought in, with their agreed answers.\n")
    again = program("practice", sample_path, *AS_LEAD)
    assert (again.code, again.out) == (5, "")
    assert "in this audit already" in again.err


def test_a_set_of_one_s_own_is_brought_in(program: Callable[..., Answer], sample_path: Path, tmp_path: Path) -> None:
    source = own_set(tmp_path, ("OWN-1", "good"), ("OWN-2", "inadequate"))
    assert program("practice", sample_path, source, "--json", *AS_LEAD).form == {"cases": 2}
    faulty = program("practice", sample_path, source, *AS_LEAD)
    assert (faulty.code, faulty.out) == (5, "")
    assert "has 2 faults: row 2, column “case”: The audit holds a case of this reference already" in faulty.err


@pytest.mark.parametrize("person", [(), ("--person", "Inspector 1"), ("--person", "Quality assurer 1")])
def test_only_a_lead_brings_a_set_in(
    program: Callable[..., Answer], sample_path: Path, person: tuple[str, ...]
) -> None:
    refused = program("practice", sample_path, *person)
    assert (refused.code, refused.out) == (5, "")
    assert "Only a team lead may bring practice cases in" in refused.err


def test_results_go_to_the_lead_and_to_whose_they_are(
    program: Callable[..., Answer], sample: AuditSession, sample_path: Path
) -> None:
    bring_set_in(sample)
    answer(sample, ("good", "inadequate", *AGREED[2:]))
    sample.close()
    before = sample_path.read_bytes()
    form = program("practice", sample_path, "--results", "--json", *AS_LEAD).form
    found = {held["reader"]: held for held in form["results"]}
    assert set(found) >= {"Inspector 1", "Inspector 2", "Quality assurer 1", "Team lead"}
    mine = found["Inspector 2"]
    assert (mine["round"], mine["cases"], mine["handed_in"], mine["missing"]) == (1, 6, 6, 0)
    assert (mine["same"], mine["percent_same"], mine["harsher"], mine["kinder"]) == (5, 83, 1, 0)
    assert mine["agreement"]["n"] == 6
    assert mine["kappa"]["value"] < 1
    assert mine["timing"] == "after-live"
    assert found["Inspector 1"]["kappa"] == {"n": 0, "value": None, "interval": None, "unknown": "nothing-compared"}
    words = program("practice", sample_path, "--results", "--person", "Inspector 2")
    assert "Inspector 2, round 1\n  5 of 6 overall grades are as agreed (83 per cent). 1 is harsher" in words.out
    assert "Inspector 1" not in words.out
    nobody = program("practice", sample_path, "--results")
    assert (nobody.code, nobody.out) == (0, "")
    assert "say who you are with --person" in nobody.err
    assert sample_path.read_bytes() == before


def test_a_source_does_not_go_with_results(program: Callable[..., Answer], sample_path: Path) -> None:
    wrong = program("practice", sample_path, "set.csv", "--results")
    assert (wrong.code, wrong.out) == (2, "")
    assert "SOURCE does not go with --results." in wrong.err


def test_summary_and_check_tell_nothing_of_practice(program: Callable[..., Answer], sample_path: Path) -> None:
    def counted() -> dict[str, object]:
        form = program("summary", sample_path, "--json").form
        return {name: value for name, value in form.items() if name not in ("changes", "seal", "drawn_up_at")}

    before = counted()
    program("practice", sample_path, *AS_LEAD)
    assert counted() == before
    assert program("check", sample_path).code == 0
