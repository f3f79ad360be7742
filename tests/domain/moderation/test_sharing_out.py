"""Cases are given to readers evenly, and to nobody who is barred from them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.moderation.sharing_out import CaseToGive, share_out


def cases(*barred: set[int]) -> list[CaseToGive]:
    return [CaseToGive(f"case-{n}", dict.fromkeys(who, "why")) for n, who in enumerate(barred)]


@given(st.lists(st.sets(st.integers(1, 3)), max_size=30), st.dictionaries(st.integers(1, 3), st.integers(0, 5)))
def test_nobody_is_given_what_they_are_barred_from(barred: list[set[int]], waiting: dict[int, int]) -> None:
    given_to = share_out(cases(*barred), waiting)
    for case in cases(*barred):
        free = set(waiting) - set(case.barred)
        assert (given_to.get(case.identity) in free) if free else case.identity not in given_to
    assert given_to == share_out(cases(*barred), waiting)


@given(st.integers(0, 50), st.integers(1, 5))
def test_where_nobody_is_barred_no_one_has_two_more_than_another(count: int, readers: int) -> None:
    given_to = list(share_out(cases(*[set()] * count), dict.fromkeys(range(readers), 0)).values())
    counts = [given_to.count(reader) for reader in range(readers)]
    assert sum(counts) == count
    assert max(counts) - min(counts) <= 1


def test_what_waits_already_counts() -> None:
    assert sorted(share_out(cases(set(), set()), {1: 2, 2: 0}).values()) == [2, 2]


def test_who_may_read_little_gets_that_first() -> None:
    assert share_out(cases(set(), {2}), {1: 0, 2: 0}) == {"case-1": 1, "case-0": 2}
