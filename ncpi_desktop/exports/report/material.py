"""What every section is given: the findings, the cases without their records, and the passages cited for each reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.methodology.grade import Scale


@dataclass(frozen=True, slots=True)
class CitedPassage:
    """A passage cited for a reason: in which case, where in its record, and its words."""

    reference: str
    entry: str
    passage: str


@dataclass
class Material:
    """The findings with what the cases add to them in words. `figure_numbers` counts the charts as they are set."""

    findings: Findings
    cases: list[CaseLine] = field(default_factory=list)
    passages: dict[str, list[CitedPassage]] = field(default_factory=dict)
    figure_numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def scale(self) -> Scale:
        """The scale of the methodology."""
        return self.findings.methodology.scale


def gather(findings: Findings, cases: Iterable[CaseLine]) -> Material:
    """Go through `cases` once. Their records, by far the most of them, are let go: the report prints only what was cited."""
    material = Material(findings)
    for line in cases:
        for given in line.review.reasons if line.review is not None else ():
            cited = material.passages.setdefault(given.code, [])
            for citation in given.citations:
                entry = line.entry_words.get(citation.entry, "")
                cited.append(CitedPassage(line.case.reference, entry, citation.passage))
        material.cases.append(replace(line, case=replace(line.case, entries=()), entry_words={}))
    return material
