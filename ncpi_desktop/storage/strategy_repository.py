"""Counts how strategy discussions were held, and says which cases stand behind those counts.

Both are linear in the discussions. With 100,000 discussions in as many cases of 269 MiB, on two busy cores, counting took 1.2 s of the processor
and a page of the cases 0.1 to 0.4 s: no index of their own is needed. Cases for practice have no line in the queue and are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from ncpi_desktop.domain.casework.case import StrategyDiscussion
from ncpi_desktop.domain.findings.strategy import (
    HELD,
    PARTNER_WORDS,
    Answer,
    StrategyAspect,
    TookPart,
    strategy_contributions,
)
from ncpi_desktop.domain.findings.tally import Measure, TallyKey
from ncpi_desktop.storage.engine import Connection

MOST_AGENCIES: Final = 100
"""So many spellings of agencies are counted by name; a strange file may hold a new one in every discussion."""

_OF_ENTRY: Final = (
    "FROM strategy_discussions d JOIN entries e ON e.id = d.entry_id JOIN worklist w ON w.case_id = e.case_id"
)
_COUNTED: Final = (
    "SELECT w.position, w.area, d.in_time, d.rationale_recorded, d.actions_recorded, (SELECT json_group_array(json_array(g.agency, g.invited,"
    f" g.present) ORDER BY g.position) FROM strategy_agencies g WHERE g.entry_id = d.entry_id) {_OF_ENTRY} ORDER BY w.position, e.position"
)
_CASES_WITH: Final = "SELECT e.case_id FROM strategy_discussions d CROSS JOIN entries e ON e.id = d.entry_id"
_ANY_PRESENT: Final = "EXISTS (SELECT 1 FROM strategy_agencies g WHERE g.entry_id = d.entry_id AND g.present = 1)"
_RECORDED: Final = {
    StrategyAspect.IN_TIME: "d.in_time",
    StrategyAspect.RATIONALE: "d.rationale_recorded",
    StrategyAspect.ACTIONS: "d.actions_recorded",
}


def count_strategy(connection: Connection) -> Counter[TallyKey]:
    """Count all strategy discussions anew; agencies beyond the `MOST_AGENCIES` most frequent are counted without their names."""
    counted: Counter[TallyKey] = Counter()
    # Cases whose discussions were held alike are counted together: in a large file that is most of them.
    for (area, discussions), cases in Counter(_discussions_by_case(connection)).items():
        for key in strategy_contributions(area, discussions):
            counted[key] += cases
    mentions: Counter[str] = Counter()
    for key, count in counted.items():
        if key.measure == Measure.AGENCY:
            mentions[key.one] += count
    rare = sorted(mentions, key=lambda agency: (-mentions[agency], agency))[MOST_AGENCIES:]
    if rare:
        _without_names(counted, frozenset(rare))
    return counted


def with_strategy(what: str, answer: str) -> str:
    """Return the condition on a line of the queue `t` that its case has a discussion of which the record gives `answer`.

    `what` is an aspect, or `strategy.HELD`: of that *yes* means at least one discussion and *no* none at all. Empty for codes that are none of
    these. The condition is made of the program's own words alone.
    """
    if what == HELD and answer == Answer.NO:
        return f"t.case_id NOT IN ({_CASES_WITH} WHERE 1)"
    condition = _condition(what, answer)
    return f"t.case_id IN ({_CASES_WITH} WHERE {condition})" if condition else ""


def with_agency(took: str) -> str:
    """Return the condition on a line of the queue `t` that its case has a discussion in which an agency took part like `took`.

    It takes the agency as its value twice; spellings that differ in capital letters are one agency. Empty where `took` is no code.
    """
    invited, present = (_agency(f"g.agency = ? COLLATE NOCASE AND g.{side} = 1") for side in ("invited", "present"))
    conditions = {
        TookPart.PRESENT.value: f"{invited} AND {present}",
        TookPart.ABSENT.value: f"{invited} AND NOT {present} AND {_ANY_PRESENT}",
        TookPart.UNKNOWN.value: f"{invited} AND NOT {present} AND NOT {_ANY_PRESENT}",
        TookPart.UNINVITED.value: f"NOT {invited} AND {present}",
    }
    return f"t.case_id IN ({_CASES_WITH} WHERE {conditions[took]})" if took in conditions else ""


def _discussions_by_case(connection: Connection) -> Iterator[tuple[str, tuple[StrategyDiscussion, ...]]]:
    rows = connection.execute(_COUNTED)
    for (_position, area), of_case in groupby(rows, key=itemgetter(0, 1)):
        yield str(area), tuple(_discussion(*row[2:]) for row in of_case)


@lru_cache(maxsize=4096)
def _discussion(in_time: int | None, rationale: int | None, actions: int | None, agencies: str) -> StrategyDiscussion:
    named = json.loads(agencies)
    return StrategyDiscussion(
        tuple(agency for agency, invited, _present in named if invited),
        tuple(agency for agency, _invited, present in named if present),
        *(None if answer is None else bool(answer) for answer in (in_time, rationale, actions)),
    )


def _without_names(counted: Counter[TallyKey], rare: frozenset[str]) -> None:
    for key in [key for key in counted if key.measure == Measure.AGENCY and key.one in rare]:
        counted[key._replace(one="")] += counted.pop(key)


def _condition(what: str, answer: str) -> str | None:
    """Return the condition on a discussion `d`; made of the program's own words alone."""
    if answer not in set(Answer):
        return None
    if what == HELD:
        return "1" if answer == Answer.YES else None
    if what not in set(StrategyAspect):
        return None
    aspect = StrategyAspect(what)
    if aspect in _RECORDED:
        column = _RECORDED[aspect]
        return {Answer.YES: f"{column} <> 0", Answer.NO: f"{column} = 0", Answer.UNKNOWN: f"{column} IS NULL"}[
            Answer(answer)
        ]
    if aspect is StrategyAspect.ATTENDED:
        known = f"{_ANY_PRESENT} AND {_agency('g.invited = 1')}"
        so = f"NOT {_agency('g.invited = 1 AND g.present = 0')}"
    else:
        words = " OR ".join(f"g.agency LIKE '%{word.replace(chr(39), chr(39) * 2)}%'" for word in PARTNER_WORDS[aspect])
        known, so = _ANY_PRESENT, _agency(f"g.present = 1 AND ({words})")
    return {Answer.YES: f"{known} AND {so}", Answer.NO: f"{known} AND NOT {so}", Answer.UNKNOWN: f"NOT ({known})"}[
        Answer(answer)
    ]


def _agency(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM strategy_agencies g WHERE g.entry_id = d.entry_id AND {condition})"
