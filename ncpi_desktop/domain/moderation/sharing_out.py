"""Gives cases to readers evenly: who is barred from a case is passed over, and the same cases always go to the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseToGive:
    """A case by its identity, and who may not read it: readers (their keys) with the reason in words."""

    identity: str
    barred: Mapping[int, str]


def share_out(cases: Sequence[CaseToGive], waiting: Mapping[int, int]) -> dict[str, int]:
    """Return who is given which case: identity to reader. A case that nobody may read is not in it.

    `waiting` holds how many cases wait for each reader already, in the order in which readers are taken where they have the same. Cases
    that few may read are given first, so that whoever may read more does not take them away.
    """
    burden = dict(waiting)
    order = {reader: place for place, reader in enumerate(waiting)}
    choices = [(case, [reader for reader in order if reader not in case.barred]) for case in cases]
    given: dict[str, int] = {}
    for case, free in sorted(choices, key=lambda choice: len(choice[1])):
        if not free:
            continue
        reader = min(free, key=lambda who: (burden[who], order[who]))
        given[case.identity] = reader
        burden[reader] += 1
    return given
