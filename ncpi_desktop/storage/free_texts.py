"""Where words of people stand in an audit: the columns that a redaction goes through, and those it must leave alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ncpi_desktop.domain.record.redaction import PlaceKind


@dataclass(frozen=True, slots=True)
class FreeTexts:
    """The columns of one table that hold words, and which kept row (`of`, its identity) they belong to.

    `key` are the columns that name a row in this file. `source` is the table, as `t`, with whatever leads to the case `c`.
    """

    table: str
    columns: tuple[str, ...]
    kind: PlaceKind
    of: str
    identity: str = "t.identity"
    source: str = ""
    key: tuple[str, ...] = ("id",)

    @property
    def select(self) -> str:
        """The statement that reads every row: identity, reference of the case, key, columns."""
        case = "c.reference" if " c " in f" {self.source} " else "''"
        named = [f't."{column}"' for column in (*self.key, *self.columns)]
        return f"SELECT {self.identity}, {case}, {', '.join(named)} FROM {self.table} t {self.source}"

    def update(self, columns: Iterable[str]) -> str:
        """Return the statement that replaces `columns` of one row, at once."""
        put = ", ".join(f'"{column}" = ?' for column in columns)
        return f"UPDATE {self.table} SET {put} WHERE " + " AND ".join(f'"{part}" = ?' for part in self.key)


_OF_CASE: Final = "JOIN cases c ON c.id = t.case_id"
_OF_ENTRY: Final = "JOIN entries e ON e.id = t.entry_id JOIN cases c ON c.id = e.case_id"

FREE_TEXTS: Final = (
    FreeTexts("cases", ("reference",), PlaceKind.CASE, "cases", source="JOIN cases c ON c.id = t.id"),
    FreeTexts("case_tags", ("tag",), PlaceKind.CASE, "cases", "c.identity", _OF_CASE, ("case_id", "position")),
    FreeTexts("children", ("pseudonym",), PlaceKind.CASE, "cases", "c.identity", _OF_CASE, ("case_id", "position")),
    FreeTexts("entries", ("heading", "text"), PlaceKind.RECORD, "entries", source=_OF_CASE),
    FreeTexts(
        "strategy_agencies", ("agency",), PlaceKind.RECORD, "entries", "e.identity", _OF_ENTRY, ("entry_id", "position")
    ),
    FreeTexts("own_grades", ("rationale",), PlaceKind.OWN_GRADE, "own_grades", "c.identity", _OF_CASE, ("case_id",)),
    FreeTexts(
        *("reviews", ("rationale", "notes", "parked_because", "reopened_because"), PlaceKind.JUDGEMENT, "reviews"),
        source=_OF_CASE,
    ),
    FreeTexts("citations", ("passage",), PlaceKind.PASSAGE, "citations", source=_OF_ENTRY),
    FreeTexts("samples", ("rules",), PlaceKind.FOLLOW_UP, "samples"),
    FreeTexts("comments", ("about", "text"), PlaceKind.FOLLOW_UP, "comments", source=_OF_CASE),
    FreeTexts("interests", ("unit", "because"), PlaceKind.FOLLOW_UP, "interests"),
    FreeTexts(
        *("settled_parts", ("because",), PlaceKind.JUDGEMENT, "settled_parts"),
        source="JOIN reviews r ON r.id = t.review_id JOIN cases c ON c.id = r.case_id",
    ),
    FreeTexts(
        "referrals",
        ("child", "risk", "told", "force_did", "outcome"),
        PlaceKind.FOLLOW_UP,
        "referrals",
        source=_OF_CASE,
    ),
    FreeTexts("findings", ("title", "text"), PlaceKind.FOLLOW_UP, "findings"),
    FreeTexts("illustrations", ("text", "cleared_because"), PlaceKind.FOLLOW_UP, "illustrations", source=_OF_CASE),
    FreeTexts("notices", ("text",), PlaceKind.FOLLOW_UP, "notices"),
    FreeTexts(
        "recommendations",
        ("text", "particulars", "finding", "progress", "summary", "detail"),
        *(PlaceKind.FOLLOW_UP, "recommendations"),
    ),
    FreeTexts("recommendation_log", ("comment",), PlaceKind.FOLLOW_UP, "recommendation_log"),
    FreeTexts("previous_results", ("label",), PlaceKind.FOLLOW_UP, "previous_results"),
)

FIXED_TEXTS: Final = (
    "SELECT name FROM people",
    "SELECT force FROM inspection",
    "SELECT force FROM previous_results",
    "SELECT title || char(10) || note FROM methodology",
    "SELECT label FROM grades",
    "SELECT label FROM areas",
    "SELECT label FROM stages",
    "SELECT question FROM criteria",
    "SELECT wording FROM reasons",
    # The first version told a force's own grade under the reference of its case, which is sealed.
    'SELECT DISTINCT "row" FROM history_values WHERE "table" = \'own_grades\' AND "row" NOT IN (SELECT identity FROM cases)',
)
"""What names the people who work here, the force and the yardstick: no text of a case, and not to be taken out."""
