"""The written findings as JSON, under published names: they stay.

`findings` is a list in report order: `subject`, `stage` (null beyond casework), `kind`, `title`, `text` (plain words, the live figures in
place), `reasons` (codes), `cases` (references), `illustrations` (list of `case`, `text`; `text` is null where it is held back, because it
holds words that look like an identifier and nobody has cleared them), `withheld` (how many of the last two are left out because their first
reading is closed to whoever asked).
"""

from __future__ import annotations

from ncpi_desktop.domain.findings.finding_text import told_text
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.json_parts import Json


def written_form(findings: Findings) -> list[Json]:
    """Return the findings that the team lead wrote."""
    return [
        {
            "subject": written.subject.value,
            "stage": written.stage,
            "kind": written.kind.value,
            "title": written.title,
            "text": told_text(written, findings),
            "reasons": list(written.reasons),
            "cases": [linked.reference for linked in written.cases],
            "illustrations": [
                {"case": told.reference, "text": None if told.is_held_back else told.text}
                for told in written.illustrations
            ],
            "withheld": written.withheld,
        }
        for written in findings.written
    ]
