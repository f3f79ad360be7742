"""Keeps the methodology in the file, so that an old audit keeps its own yardstick."""

from __future__ import annotations

import json
from typing import Any

from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Grade, Scale
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity, Reason
from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection


def write_methodology(change: ChangeInProgress, methodology: Methodology) -> None:
    """Copy `methodology` into a new file."""
    put_methodology(change.connection, methodology)
    change.add_standing("methodology", methodology.code)


def put_methodology(run: Connection, methodology: Methodology) -> None:
    """Put the rows of `methodology` in place, without history: for a new file, and for one that is rescued."""
    run.execute(
        "INSERT INTO methodology (code, title, year, note, report_sections) VALUES (?, ?, ?, ?, ?)",
        (
            *(methodology.code, methodology.title, methodology.year, methodology.note),
            json.dumps(methodology.report_sections),
        ),
    )
    run.executemany(
        "INSERT INTO grades (code, position, label, short, letter, shape, tone, counts_as_good, key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (g.code, place, g.label, g.short, g.letter, g.shape, g.tone, int(g.counts_as_good), g.key)
            for place, g in enumerate(methodology.scale.grades)
        ],
    )
    run.executemany(
        "INSERT INTO areas (code, position, label, prefix, retired) VALUES (?, ?, ?, ?, ?)",
        [(a.code, place, a.label, a.prefix, int(a.retired)) for place, a in enumerate(methodology.areas)],
    )
    run.executemany(
        "INSERT INTO stages (code, position, label, short, areas, optional, case_level) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (s.code, place, s.label, s.short, ",".join(sorted(s.areas)), int(s.optional), int(s.case_level))
            for place, s in enumerate(methodology.stages)
        ],
    )
    run.executemany(
        "INSERT INTO criteria (stage, position, question) VALUES (?, ?, ?)",
        [(s.code, place, question) for s in methodology.stages for place, question in enumerate(s.criteria)],
    )
    run.executemany(
        "INSERT INTO reasons (code, position, stage, polarity, wording, retired) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (r.code, place, r.stage, r.polarity.value, r.wording, int(r.retired))
            for place, r in enumerate(methodology.reasons)
        ],
    )


def read_methodology(connection: Connection) -> Methodology:
    """Return the methodology that this file was made with."""
    code, title, year, note, sections = connection.execute(
        "SELECT code, title, year, note, report_sections FROM methodology"
    ).fetchone()
    grades = connection.execute(
        "SELECT code, label, short, letter, shape, tone, counts_as_good, key FROM grades ORDER BY position"
    )
    areas = connection.execute("SELECT code, label, prefix, retired FROM areas ORDER BY position")
    stages = connection.execute("SELECT code, label, short, areas, optional, case_level FROM stages ORDER BY position")
    criteria: dict[str, list[str]] = {}
    for stage, question in connection.execute("SELECT stage, question FROM criteria ORDER BY stage, position"):
        criteria.setdefault(stage, []).append(question)
    reasons = connection.execute("SELECT code, stage, polarity, wording, retired FROM reasons ORDER BY position")
    return Methodology(
        code=code,
        title=title,
        year=year,
        note=note,
        scale=Scale(tuple(_grade_from(row) for row in grades)),
        areas=tuple(Area(row[0], row[1], row[2], bool(row[3])) for row in areas),
        stages=tuple(
            Stage(
                code=row[0],
                label=row[1],
                short=row[2],
                criteria=tuple(criteria.get(row[0], ())),
                areas=frozenset(row[3].split(",")) if row[3] else frozenset(),
                optional=bool(row[4]),
                case_level=bool(row[5]),
            )
            for row in stages
        ),
        reasons=tuple(Reason(row[0], row[1], Polarity(row[2]), row[3], bool(row[4])) for row in reasons),
        report_sections=tuple(json.loads(sections)),
    )


def _grade_from(row: tuple[Any, ...]) -> Grade:
    code, label, short, letter, shape, tone, counts_as_good, key = row
    return Grade(code, label, short, letter, shape, tone, bool(counts_as_good), key)
