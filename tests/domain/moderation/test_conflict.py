"""Nobody re-reviews or settles their own case."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.conflict import Interest, refuse_declared_unit, refuse_own_case, why_barred
from tests.builders import make_person

FIRST, SECOND, SETTLEMENT, PRACTICE = ReviewPurpose


@pytest.mark.parametrize(
    ("read", "now", "sentence"),
    [
        (FIRST, SECOND, "Inspector 1 gave the first reading of DA-01 and may not give its second reading."),
        (FIRST, SETTLEMENT, "Inspector 1 gave the first reading of DA-01 and may not settle it."),
        (SECOND, SETTLEMENT, "Inspector 1 gave the second reading of DA-01 and may not settle it."),
        (SECOND, FIRST, "Inspector 1 gave the second reading of DA-01 and may not give its first reading."),
        (SETTLEMENT, SECOND, "Inspector 1 settled DA-01 and may not give its second reading."),
    ],
)
def test_own_cases_are_refused(read: ReviewPurpose, now: ReviewPurpose, sentence: str) -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_own_case(make_person(1), now, [(PRACTICE, 1), (read, 1), (FIRST, 2)], "DA-01")
    assert refused.value.happened == sentence
    assert refused.value.todo


@pytest.mark.parametrize("now", ReviewPurpose)
def test_others_cases_are_open_and_so_is_one_s_own_reading(now: ReviewPurpose) -> None:
    others = [(purpose, 2) for purpose in ReviewPurpose]
    refuse_own_case(make_person(1), now, others, "DA-01")
    refuse_own_case(make_person(1), now, [*others, (now, 1), (PRACTICE, 1)], "DA-01")


def test_practice_is_open_to_everybody() -> None:
    refuse_own_case(make_person(1), PRACTICE, [(FIRST, 1), (SECOND, 1)], "DA-01")


@pytest.mark.parametrize("purpose", [FIRST, SECOND, SETTLEMENT])
def test_nobody_reads_the_cases_of_a_unit_they_declared(purpose: ReviewPurpose) -> None:
    declared = [Interest(1, "Northshire  CID"), Interest(2, "Harbour team")]
    with pytest.raises(RefusedError) as refused:
        refuse_declared_unit(make_person(1), purpose, ["Night", "northshire cid"], declared, "DA-01")
    assert refused.value.happened == ("Inspector 1 declared an interest in “northshire cid” and may not read DA-01.")
    refuse_declared_unit(make_person(1), purpose, ["Harbour team", "Northshire"], declared, "DA-01")
    refuse_declared_unit(make_person(1), PRACTICE, ["Northshire CID"], declared, "DA-01")


def test_why_somebody_may_not_read_a_case_again() -> None:
    declared = [Interest(1, "CID")]
    assert why_barred(make_person(1), [(FIRST, 1)], [], []) == "Inspector 1 gave the first reading"
    assert why_barred(make_person(1), [(SETTLEMENT, 1)], [], []) == "Inspector 1 settled it"
    assert why_barred(make_person(1), [(FIRST, 2)], ["cid"], declared) == "Inspector 1 declared an interest in “cid”"
    assert why_barred(make_person(1), [(FIRST, 2), (SECOND, 1)], ["else"], declared) == ""
