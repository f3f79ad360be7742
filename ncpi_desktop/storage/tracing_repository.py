"""Finds the cases that stand behind a figure, page by page in queue order.

By grade, area, state and own grade a page is one stretch of an index, or a few that are merged. By stage and reason the index knows the reviews
and not the queue: where few cases match they are all found and put in order, where many do the queue is walked until the page is full.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import OPEN_STATES
from ncpi_desktop.domain.findings.case_behind import CaseBehind
from ncpi_desktop.domain.findings.selection import (
    Drawn,
    OwnAgainst,
    ReadTwiceAs,
    Referred,
    Reviewed,
    Selection,
    SelectionKind,
    grades_meant,
)
from ncpi_desktop.domain.findings.tally import BETWEEN, NOT_APPLICABLE
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.moderation.second_reading import UNSETTLED, SecondState
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.strategy_repository import with_agency, with_strategy


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Cases as rows of `tables`, whose *t* has position and case: those of each of `wheres` (clause, values), no case in two of them.

    `walked` are the same rows joined from the queue on, for a page of many; `index` (table and clause, values) is what tells how many, about.
    """

    tables: str
    wheres: Sequence[tuple[str, tuple[str, ...]]]
    walked: str = ""
    index: tuple[str, tuple[str, ...]] = ("", ())


_QUEUE: Final = "worklist t"
_RESULTS: Final = "results t"
_WALKED: Final = "worklist t CROSS JOIN results f ON f.case_id = t.case_id"
_BY_STAGE: Final = "stage_grades s CROSS JOIN results t ON t.review_id = s.review_id"
_BY_STAGE_WALKED: Final = f"{_WALKED} CROSS JOIN stage_grades s ON s.review_id = f.review_id"
_BY_REASON: Final = "given_reasons g CROSS JOIN results t ON t.review_id = g.review_id"
_BY_REASON_WALKED: Final = f"{_WALKED} CROSS JOIN given_reasons g ON g.review_id = f.review_id"
_OWN: Final = "CROSS JOIN own_stage_grades o ON o.case_id = t.case_id AND o.stage = s.stage"
_MANY: Final = 4
"""Where more than one graded case in so many matches, the queue is walked."""


def cases_behind(
    connection: Connection, selection: Selection, scale: Scale, after: int = 0, count: int = 200
) -> list[CaseBehind]:
    """Return up to `count` cases that `selection` names behind queue position `after`, whoever may see them."""
    found = _stretches(selection, scale)
    if not found.wheres:
        return []
    page, values = (_walk if _match_many(connection, found) else _merge)(found, after, count)
    rows = connection.execute(
        "SELECT p.case_id, p.position, w.reference, w.area, r.grade, r.own_grade FROM"
        f" ({page} ORDER BY 1 LIMIT ?) p CROSS JOIN worklist w ON w.case_id = p.case_id"
        " LEFT JOIN results r ON r.case_id = p.case_id ORDER BY p.position",
        (*values, count),
    )
    return [CaseBehind(CaseKey(case), *told) for case, *told in rows]


def _merge(found: _Stretches, after: int, count: int) -> tuple[str, list[object]]:
    """Return the SQL of a page taken from each stretch in order, and its values."""
    part = (
        "SELECT * FROM (SELECT t.position, t.case_id FROM {} WHERE {} AND t.position > ? ORDER BY t.position LIMIT ?)"
    )
    page = " UNION ALL ".join(part.format(found.tables, where) for where, _values in found.wheres)
    return f"SELECT * FROM ({page})", [value for _where, given in found.wheres for value in (*given, after, count)]


def _walk(found: _Stretches, after: int, _count: int) -> tuple[str, list[object]]:
    """Return the SQL of a page taken from the queue, and its values."""
    any_of = " OR ".join(f"({where})" for where, _values in found.wheres)
    page = f"SELECT t.position, t.case_id FROM {found.walked} WHERE t.position > ? AND ({any_of})"
    return page, [after, *(value for _where, given in found.wheres for value in given)]


def _match_many(connection: Connection, found: _Stretches) -> bool:
    """Return whether a large share of the graded cases match, as far as the index of the reviews alone tells."""
    if not found.walked:
        return False
    table, values = found.index
    sql = f"SELECT (SELECT count(*) FROM {table}) * {_MANY} > (SELECT count(*) FROM results)"
    return bool(connection.execute(sql, values).fetchone()[0])


def count_behind(connection: Connection, selection: Selection, scale: Scale) -> int:
    """Return how many cases `selection` names."""
    found = _stretches(selection, scale)
    counts = (
        connection.execute(f"SELECT count(*) FROM {found.tables} WHERE {where}", values).fetchone()
        for where, values in found.wheres
    )
    return sum(int(cases) for (cases,) in counts)


def keys_behind(connection: Connection, selection: Selection, scale: Scale) -> list[CaseKey]:
    """Return all cases that `selection` names, in no order."""
    found = _stretches(selection, scale)
    return [
        CaseKey(case)
        for where, values in found.wheres
        for (case,) in connection.execute(f"SELECT t.case_id FROM {found.tables} WHERE {where}", values)
    ]


def _stretches(selection: Selection, scale: Scale) -> _Stretches:
    return _BY_KIND[selection.kind](scale, *selection.codes)


def _state(_scale: Scale, state: str) -> _Stretches:
    meant = OPEN_STATES if state == Reviewed.STILL_TO_REVIEW else (state,)
    return _Stretches(_QUEUE, [("t.state = ?", (one,)) for one in meant])


def _graded(scale: Scale, grades: str) -> _Stretches:
    return _Stretches(_RESULTS, [("t.grade = ?", (grade,)) for grade in grades_meant(scale, grades)])


def _area_graded(scale: Scale, area: str, grades: str) -> _Stretches:
    return _Stretches(
        _RESULTS, [("t.area = ? AND t.grade = ?", (area, grade)) for grade in grades_meant(scale, grades)]
    )


def _stage(scale: Scale, stage: str, grades: str) -> _Stretches:
    meant = (NOT_APPLICABLE,) if grades == NOT_APPLICABLE else grades_meant(scale, grades)
    wheres = [("s.stage = ? AND s.grade = ?", (stage, grade)) for grade in meant]
    marks = ", ".join("?" * len(meant))
    index = f"stage_grades WHERE stage = ? AND grade IN ({marks})"
    return _Stretches(_BY_STAGE, wheres, _BY_STAGE_WALKED, (index, (stage, *meant)))


def _own_at_stage(_scale: Scale, stage: str, own: str, ours: str) -> _Stretches:
    return _Stretches(
        f"{_BY_STAGE} {_OWN}",
        [("s.stage = ? AND s.grade = ? AND o.grade = ?", (stage, ours, own))],
        f"{_BY_STAGE_WALKED} {_OWN}",
        ("stage_grades WHERE stage = ? AND grade = ?", (stage, ours)),
    )


def _reason(_scale: Scale, reason: str, area: str = "") -> _Stretches:
    where = ("g.reason = ? AND t.area = ?", (reason, area)) if area else ("g.reason = ?", (reason,))
    return _Stretches(_BY_REASON, [where], _BY_REASON_WALKED, ("given_reasons WHERE reason = ?", (reason,)))


def _own_against(scale: Scale, against: str) -> _Stretches:
    if against == OwnAgainst.INSPECTORS_ONLY:
        return _Stretches("results t NOT INDEXED", [("t.own_grade IS NULL", ())])
    place = {grade: number for number, grade in enumerate(scale.codes)}
    wanted: Mapping[str, Callable[[str, str], bool]] = {
        OwnAgainst.BOTH: lambda _own, _ours: True,
        OwnAgainst.SAME: lambda own, ours: own == ours,
        OwnAgainst.KINDER: lambda own, ours: place[own] < place[ours],
        OwnAgainst.HARSHER: lambda own, ours: place[own] > place[ours],
    }
    holds = wanted.get(against)
    pairs = [pair for pair in product(scale.codes, repeat=2) if holds is not None and holds(*pair)]
    return _Stretches(_RESULTS, [("t.own_grade = ? AND t.grade = ?", pair) for pair in pairs])


def _referred(_scale: Scale, state: str) -> _Stretches:
    known = {
        Referred.ANY.value: "",
        Referred.OPEN.value: " WHERE closed_at IS NULL",
        Referred.CLOSED.value: " WHERE closed_at IS NOT NULL",
    }
    wheres = [(f"t.case_id IN (SELECT case_id FROM referrals{known[state]})", ())] if state in known else []
    return _Stretches(_QUEUE, wheres)


def _second(_scale: Scale, state: str) -> _Stretches:
    several = {
        Drawn.ANY.value: tuple(SecondState),
        Drawn.READ_TWICE.value: tuple(one for one in SecondState if one.is_read_twice),
        Drawn.UNSETTLED.value: UNSETTLED,
    }
    return _Stretches(
        "second_readings t", [("t.sampled = 1 AND t.state = ?", (one,)) for one in several.get(state, (state,))]
    )


def _compared(scale: Scale, alike: str) -> _Stretches:
    pairs = [
        (first, second)
        for first, second in product(scale.codes, repeat=2)
        if alike == ReadTwiceAs.ANY or alike == (ReadTwiceAs.SAME if first == second else ReadTwiceAs.DIFFER)
    ]
    return _Stretches("second_readings t", [("t.originals = ?", (BETWEEN.join(pair),)) for pair in pairs])


def _strategy(_scale: Scale, what: str, answer: str, area: str = "") -> _Stretches:
    where = with_strategy(what, answer)
    wheres = [(f"{where} AND t.area = ?", (area,)) if area else (where, ())] if where else []
    return _Stretches(_QUEUE, wheres)


_BY_KIND: Final[Mapping[SelectionKind, Callable[..., _Stretches]]] = {
    SelectionKind.CASES: lambda _scale: _Stretches(_QUEUE, [("1", ())]),
    SelectionKind.STATE: _state,
    SelectionKind.AREA: lambda _scale, area: _Stretches(_QUEUE, [("t.area = ?", (area,))]),
    SelectionKind.GRADED: _graded,
    SelectionKind.AREA_GRADED: _area_graded,
    SelectionKind.STAGE: _stage,
    SelectionKind.REASON: _reason,
    SelectionKind.REASON_IN_AREA: _reason,
    SelectionKind.OWN: lambda _scale, own, ours: _Stretches(
        _RESULTS, [("t.own_grade = ? AND t.grade = ?", (own, ours))]
    ),
    SelectionKind.OWN_IN_AREA: lambda _scale, area, own, ours: _Stretches(
        _RESULTS, [("t.own_grade = ? AND t.grade = ? AND t.area = ?", (own, ours, area))]
    ),
    SelectionKind.OWN_AT_STAGE: _own_at_stage,
    SelectionKind.OWN_AGAINST: _own_against,
    SelectionKind.REFERRED: _referred,
    SelectionKind.SECOND: _second,
    SelectionKind.COMPARED: _compared,
    SelectionKind.STRATEGY: _strategy,
    SelectionKind.STRATEGY_IN_AREA: lambda scale, area, what, answer: _strategy(scale, what, answer, area),
    SelectionKind.AGENCY: lambda _scale, agency, took: _Stretches(
        _QUEUE, [(where, (agency, agency))] if (where := with_agency(took)) else []
    ),
}
