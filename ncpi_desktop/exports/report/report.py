"""The findings report: A4, from the headline to the seal of the history that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from reportlab.platypus import Flowable, PageBreak

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.exports.report.document import ReportDocument
from ncpi_desktop.exports.report.masthead import Masthead
from ncpi_desktop.exports.report.material import Material, gather
from ncpi_desktop.exports.report.sections.areas import areas_section
from ncpi_desktop.exports.report.sections.cases import cases_section
from ncpi_desktop.exports.report.sections.change import change_section
from ncpi_desktop.exports.report.sections.findings import findings_section
from ncpi_desktop.exports.report.sections.headline import headline_section
from ncpi_desktop.exports.report.sections.method import method_section
from ncpi_desktop.exports.report.sections.provenance import provenance_section
from ncpi_desktop.exports.report.sections.quality import quality_section
from ncpi_desktop.exports.report.sections.reasons import reasons_section, strengths_section
from ncpi_desktop.exports.report.sections.recommendations import recommendations_section
from ncpi_desktop.exports.report.sections.referrals import referrals_section
from ncpi_desktop.exports.report.sections.self_assessment import self_assessment_section
from ncpi_desktop.exports.report.sections.stages import stages_section

Section = Callable[[Material], Iterator[Flowable]]

_BODY: Final[dict[str, Section]] = {
    "change": change_section,
    "areas": areas_section,
    "findings": findings_section,
    "stages": stages_section,
    "reasons": reasons_section,
    "strengths": strengths_section,
    "self-assessment": self_assessment_section,
    "quality": quality_section,
}


def write_report(target: Path, findings: Findings, cases: Iterable[CaseLine], draft: bool = True) -> None:
    """Write the internal edition of the report: every figure from `findings`, every case from `cases`, gone through once.

    An earlier report at `target` stands until the new one is whole.

    Raises:
        OutputNotWrittenError: `target` can't be written.
    """
    with put_in_place(target) as part, part.open("wb") as stream:
        document = ReportDocument(stream, Masthead.of(findings.inspection, draft=draft))
        document.write(_flowables(gather(findings, cases)))


def _in_order(named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections to print. A file keeps its yardstick, and with it a layout that may be older than second readings or findings.

    Findings stand before the reasons that bear them out.
    """
    sections = list(named)
    if "findings" not in sections:
        sections.insert(sections.index("reasons") if "reasons" in sections else len(sections), "findings")
    if "quality" not in sections:
        sections.append("quality")
    return tuple(sections)


def _flowables(material: Material) -> Iterator[Flowable]:
    """Yield the report in the order of the methodology: the headline first, the annexes and the seal last."""
    yield from headline_section(material)
    yield PageBreak()
    named = material.findings.methodology.report_sections
    for name in _in_order(named):
        if name in _BODY:
            yield from _BODY[name](material)
    yield from referrals_section(material)
    yield from recommendations_section(material)
    yield from cases_section(material)
    yield from method_section(material)
    yield from provenance_section(material)
