"""Counts how strategy discussions were held, and finds the cases behind those counts.

Linear in the discussions: measured at 100,000 cases, see the functions. Cases for practice have no line in the queue and are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final

from ncpi_desktop.domain.casework.case import CaseKey, StrategyDiscussion
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


def cases_with_strategy(
    connection: Connection, what: str, answer: str, after: int = 0, count: int = 500, *, area: str | None = None
) -> list[tuple[int, CaseKey]]:
    """Return up to `count` (queue position, case) after position `after`, of `area` or of all, in queue order.

    `what` is `strategy.HELD` or an aspect: the cases with at least one discussion of which the record answers `answer`; of `HELD` *yes* means
    at least one discussion and *no* none at all. Nothing comes back for codes that are none of these.
    """
    if what == HELD and answer == Answer.NO:
        found = f"SELECT w.position, w.case_id FROM worklist w WHERE NOT EXISTS (SELECT 1 {_of_this_case()})"
        return _page(connection, found, {}, area, after, count)
    condition = _condition(what, answer)
    if condition is None:
        return []
    return _page(
        connection, f"SELECT DISTINCT w.position, w.case_id {_OF_ENTRY} WHERE {condition}", {}, area, after, count
    )


def cases_with_agency(
    connection: Connection, agency: str, took: str, after: int = 0, count: int = 500
) -> list[tuple[int, CaseKey]]:
    """Return up to `count` (queue position, case) after position `after` with a discussion in which `agency` took part like `took`.

    Spellings that differ in capital letters are one agency.
    """
    invited, present = (
        _agency(f"g.agency = :agency COLLATE NOCASE AND g.{side} = 1") for side in ("invited", "present")
    )
    conditions = {
        TookPart.PRESENT: f"{invited} AND {present}",
        TookPart.ABSENT: f"{invited} AND NOT {present} AND {_ANY_PRESENT}",
        TookPart.UNKNOWN: f"{invited} AND NOT {_ANY_PRESENT}",
        TookPart.UNINVITED: f"{present} AND NOT {invited}",
    }
    if took not in set(TookPart):
        return []
    found = f"SELECT DISTINCT w.position, w.case_id {_OF_ENTRY} WHERE {conditions[TookPart(took)]}"
    return _page(connection, found, {"agency": agency}, None, after, count)


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


def _of_this_case() -> str:
    return "FROM entries e JOIN strategy_discussions d ON d.entry_id = e.id WHERE e.case_id = w.case_id"


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


def _page(
    connection: Connection, found: str, values: dict[str, object], area: str | None, after: int, count: int
) -> list[tuple[int, CaseKey]]:
    within = " AND w.area = :area" if area is not None else ""
    rows = connection.execute(
        f"{found} AND w.position > :after{within} ORDER BY w.position LIMIT :count",
        {"after": after, "count": count, "area": area, **values},
    )
    return [(position, CaseKey(case)) for position, case in rows]
