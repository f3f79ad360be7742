"""How each kept row of an audit stands as a record: every column but the local ids, other rows named by their identity.

The one place that says so. Repositories tell the history of a row through it, the replay compares with it, and what it does not name
is not part of the audit: a test holds it against the schema.
"""

from __future__ import annotations

from typing import Final

from ncpi_desktop.domain.record.change import Value
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.kept_table import Field, KeptTable, Kind


def _plain(*names: str, **defaults: Value) -> tuple[Field, ...]:
    return tuple(Field(name, f't."{name}"') for name in names) + tuple(
        Field(name, f't."{name}"', Kind.PLAIN, default) for name, default in defaults.items()
    )


def _row(name: str, alias: str) -> Field:
    return Field(name, f"{alias}.identity", Kind.REFERENCE)


def _list(name: str, of: str, source: str, order: str, kind: Kind = Kind.LIST) -> Field:
    """Return a list within a row: an array of `of` for each row of `source`; empty where there is none."""
    return Field(name, f"(SELECT json_group_array({of} ORDER BY {order}) FROM {source})", kind, [])


def _all_of(table: str, *columns: str) -> Field:
    named = ", ".join(f'"{column}"' for column in columns)
    return _list(table, f"json_array({named})", table, ", ".join(columns[:2]))


_STRATEGY: Final = Field(
    "strategy",
    "CASE WHEN d.entry_id IS NOT NULL THEN json_array(d.in_time, d.rationale_recorded, d.actions_recorded,"
    " (SELECT json_group_array(json_array(g.position, g.agency, g.invited, g.present) ORDER BY g.position, g.agency)"
    " FROM strategy_agencies g WHERE g.entry_id = t.id)) END",
    Kind.LIST,
    None,
)
_OF_CASE: Final = "LEFT JOIN cases c ON c.id = t.case_id"

KEPT_TABLES: Final[tuple[KeptTable, ...]] = (
    KeptTable(
        "inspection",
        "inspection t",
        _plain(
            *(
                "force",
                "kind",
                "methodology",
                "marking",
                "fieldwork_start",
                "fieldwork_end",
                "created_at",
                "published_on",
            ),
            "finished_at",
            is_sample=0,
            case_choice="",
        ),
    ),
    KeptTable(
        "people",
        "people t",
        (
            *_plain("name", active=1),
            _list("roles", "o.role", "roles o WHERE o.person_id = t.id", "o.role"),
        ),
        within=("roles",),
    ),
    KeptTable(
        "previous_results",
        "previous_results t",
        (
            *_plain("label", "kind", "methodology", "good", "total", "percent_good", "fieldwork_start", "published_on"),
            *_plain(force="", inspection_identity="", case_choice=""),
            _list(
                *("counts", "json_array(o.area, o.grade, o.cases)"),
                *("previous_counts o WHERE o.previous_id = t.id", "o.area, o.grade"),
            ),
            _list(
                *("breakdown", "json_array(o.measure, o.code, o.grade, o.cases)"),
                *("previous_breakdown o WHERE o.previous_id = t.id", "o.measure, o.code, o.grade"),
            ),
        ),
        within=("previous_counts", "previous_breakdown"),
    ),
    KeptTable(
        "methodology",
        "methodology t",
        (
            *_plain("code", "title", "year", "note", "report_sections"),
            _all_of("grades", "code", "position", "label", "short", "letter", "shape", "tone", "counts_as_good", "key"),
            _all_of("areas", "code", "position", "label", "prefix", "retired"),
            _all_of("stages", "code", "position", "label", "short", "areas", "optional", "case_level"),
            _all_of("criteria", "stage", "position", "question"),
            _all_of("reasons", "code", "position", "stage", "polarity", "wording", "retired"),
        ),
        identity="t.code",
        within=("grades", "areas", "stages", "criteria", "reasons"),
        stands_once=True,
    ),
    KeptTable(
        "cases",
        "cases t",
        (
            *_plain("reference", "area", "added_at"),
            _list("tags", "json_array(o.position, o.tag)", "case_tags o WHERE o.case_id = t.id", "o.position"),
            _list(
                *("children", "json_array(o.position, o.pseudonym, o.age)"),
                *("children o WHERE o.case_id = t.id", "o.position"),
            ),
        ),
        within=("case_tags", "children"),
        stands_once=True,
        about_case="t.reference",
    ),
    KeptTable(
        "entries",
        f"entries t {_OF_CASE} LEFT JOIN strategy_discussions d ON d.entry_id = t.id",
        (_row("case", "c"), *_plain("position", "day", "time", "kind", "heading", "text"), _STRATEGY),
        within=("strategy_discussions", "strategy_agencies"),
        stands_once=True,
        about_case="c.reference",
    ),
    KeptTable(
        "own_grades",
        "cases c JOIN own_grades t ON t.case_id = c.id",
        _plain("grade", "rationale"),
        identity="c.identity",
        stands_once=True,
        about_case="c.reference",
    ),
    KeptTable(
        "own_stage_grades",
        f"own_stage_grades t {_OF_CASE}",
        (_row("case", "c"), *_plain("stage", "grade")),
        stands_once=True,
        about_case="c.reference",
    ),
    KeptTable(
        "allocations",
        f"allocations t {_OF_CASE} LEFT JOIN people p ON p.id = t.person_id",
        (_row("case", "c"), _row("person", "p"), *_plain("purpose")),
        about_case="c.reference",
    ),
    KeptTable(
        "reviews",
        f"reviews t {_OF_CASE} LEFT JOIN people p ON p.id = t.reviewer_id LEFT JOIN reviews s ON s.id = t.supersedes",
        (
            *(_row("case", "c"), _row("reviewer", "p"), _row("supersedes", "s")),
            *_plain("purpose", "grade", "started_at", "submitted_at", state="draft", not_sure=0),
            *_plain(rationale="", notes="", parked_because="", reopened_because=""),
            Field(
                "stages",
                "(SELECT json_group_object(o.stage, o.grade) FROM stage_grades o WHERE o.review_id = t.id)",
                *(Kind.NAMED, {}),
            ),
        ),
        within=("stage_grades",),
        about_case="c.reference",
    ),
    KeptTable(
        "given_reasons",
        "given_reasons t LEFT JOIN reviews r ON r.id = t.review_id LEFT JOIN cases c ON c.id = r.case_id",
        (_row("review", "r"), *_plain("reason")),
        about_case="c.reference",
    ),
    KeptTable(
        "citations",
        "citations t LEFT JOIN given_reasons g ON g.id = t.given_reason_id LEFT JOIN entries e ON e.id = t.entry_id"
        " LEFT JOIN cases c ON c.id = e.case_id",
        (_row("given_reason", "g"), _row("entry", "e"), *_plain("start", "end", "passage")),
        about_case="c.reference",
    ),
    KeptTable(
        "samples",
        "samples t",
        (
            *_plain("purpose", "rules", "seed", "frame_size", "drawn_at"),
            _list(
                *("cases", "json_array(o.position, k.identity, o.case_id)"),
                *("sample_cases o JOIN cases k ON k.id = o.case_id WHERE o.sample_id = t.id", "o.position, k.identity"),
                Kind.PLACES,
            ),
        ),
        within=("sample_cases",),
    ),
    KeptTable(
        "frames",
        "frames t LEFT JOIN samples s ON s.id = t.sample_id",
        (_row("sample", "s"), *_plain("lines")),
        stands_once=True,
    ),
    KeptTable(
        "interests",
        "interests t LEFT JOIN people p ON p.id = t.person_id",
        (_row("person", "p"), *_plain("unit", "declared_at", because="")),
    ),
    KeptTable(
        "sightings",
        f"sightings t {_OF_CASE} LEFT JOIN people p ON p.id = t.person_id",
        (_row("case", "c"), _row("person", "p"), *_plain("what", "seen_at")),
        about_case="c.reference",
    ),
    KeptTable(
        "settled_parts",
        "settled_parts t LEFT JOIN reviews r ON r.id = t.review_id LEFT JOIN cases c ON c.id = r.case_id"
        " LEFT JOIN people p ON p.id = t.decided_by LEFT JOIN people q ON q.id = t.agreed_by",
        (
            *(_row("review", "r"), _row("decided_by", "p"), _row("agreed_by", "q")),
            *_plain("part", "code", "choice", "value", "because", "decided_at"),
        ),
        about_case="c.reference",
    ),
    KeptTable(
        "practice_cases",
        f"practice_cases t {_OF_CASE}",
        (_row("case", "c"), *_plain("added_at")),
        about_case="c.reference",
    ),
    KeptTable(
        "comments",
        f"comments t {_OF_CASE} LEFT JOIN comments a ON a.id = t.answers LEFT JOIN people p ON p.id = t.person_id",
        (
            *(_row("case", "c"), _row("answers", "a"), _row("person", "p")),
            *_plain("about", "text", "state", "written_at"),
        ),
        about_case="c.reference",
    ),
    KeptTable(
        "referrals",
        f"referrals t {_OF_CASE} LEFT JOIN people p ON p.id = t.raised_by LEFT JOIN people q ON q.id = t.closed_by",
        (
            *(_row("case", "c"), _row("raised_by", "p"), _row("closed_by", "q")),
            *_plain(
                "raised_at",
                "risk",
                "told",
                "told_at",
                "acknowledged_at",
                "closed_at",
                outcome="",
                child="",
                force_did="",
            ),
        ),
        about_case="c.reference",
    ),
    KeptTable(
        "findings",
        "findings t",
        (
            *_plain("position", "stage", "kind", "title", "text", subject="casework"),
            _list("reasons", "o.reason", "finding_reasons o WHERE o.finding_id = t.id", "o.reason"),
            _list(
                *("cases", "k.identity"),
                *("finding_cases o JOIN cases k ON k.id = o.case_id WHERE o.finding_id = t.id", "k.identity"),
            ),
        ),
        within=("finding_reasons", "finding_cases"),
    ),
    KeptTable(
        "illustrations",
        f"illustrations t LEFT JOIN findings f ON f.id = t.finding_id {_OF_CASE}",
        (_row("finding", "f"), _row("case", "c"), *_plain("position", "text", cleared_because="")),
        about_case="c.reference",
    ),
    KeptTable("notices", "notices t", _plain("kind", "text")),
    KeptTable(
        "recommendations",
        "recommendations t LEFT JOIN recommendations s ON s.id = t.follows",
        (
            *_plain("number", "origin", "text", "deadline", "status", "published_on", particulars="", finding=""),
            *_plain(progress="", summary="", detail=""),
            _row("follows", "s"),
            _list(
                *("findings", "k.identity"),
                "recommendation_findings o JOIN findings k ON k.id = o.finding_id WHERE o.recommendation_id = t.id",
                "k.identity",
            ),
            _list(
                *("cases", "k.identity"),
                "recommendation_cases o JOIN cases k ON k.id = o.case_id WHERE o.recommendation_id = t.id",
                "k.identity",
            ),
        ),
        within=("recommendation_findings", "recommendation_cases"),
    ),
    KeptTable(
        "recommendation_log",
        "recommendation_log t LEFT JOIN recommendations r ON r.id = t.recommendation_id LEFT JOIN people p ON p.id = t.person_id"
        " LEFT JOIN people q ON q.id = t.authorised_by",
        (
            *(_row("recommendation", "r"), _row("person", "p"), _row("authorised_by", "q")),
            *_plain("at", "status", "comment"),
        ),
    ),
    # What was taken out of the history is told by the redaction that took it, so that a blank is not taken for one.
    KeptTable(
        "history",
        "history t WHERE t.salt = ''",
        _plain("person", "case_reference", "detail", "reason"),
        identity="printf('%012d', t.sequence)",
        stands_once=True,
    ),
    KeptTable(
        "history_values",
        "history_values t WHERE t.redacted_because IS NOT NULL",
        _plain("redacted_because"),
        identity="printf('%012d.%06d', t.sequence, t.position)",
    ),
)
"""In no particular order but that the inspection and its yardstick come first."""

TABLE_CALLED: Final = {table.name: table for table in KEPT_TABLES}


def stands_once(table: str) -> bool:
    """Return whether the history holds the digest of a row of `table` and not its text a second time."""
    return TABLE_CALLED[table].stands_once


def record_standing(connection: Connection, table: str, identity: str) -> dict[str, object]:
    """Return how a row of `table` stands now, as the history tells it.

    Raises:
        LookupError: there is no such row.
    """
    kept = TABLE_CALLED[table]
    found = kept.row(connection, identity)
    if found is None:
        raise LookupError(f"{table} {identity}")
    return kept.record(found)
