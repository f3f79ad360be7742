"""The findings report: A4, from the headline to the seal of the history that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from reportlab.platypus import Flowable, PageBreak

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.exports.report.document import ReportDocument
from ncpi_desktop.exports.report.extent import Extent
from ncpi_desktop.exports.report.masthead import Masthead
from ncpi_desktop.exports.report.material import Material, gather
from ncpi_desktop.exports.report.sections.areas import areas_section
from ncpi_desktop.exports.report.sections.cases import cases_section
from ncpi_desktop.exports.report.sections.change import change_section
from ncpi_desktop.exports.report.sections.findings import findings_section
from ncpi_desktop.exports.report.sections.headline import headline_section
from ncpi_desktop.exports.report.sections.method import method_section
from ncpi_desktop.exports.report.sections.partnership import partnership_section
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
    "partnership": partnership_section,
    "quality": quality_section,
}
_ALWAYS: Final = ("partnership", "quality")
"""Printed at the end where the layout that a file keeps is older than these."""


def write_report(target: Path, findings: Findings, cases: Iterable[CaseLine], draft: bool = True) -> None:
    """Write the internal edition of the report: every figure from `findings`, every case from `cases`, gone through once.

    An earlier report at `target` stands until the new one is whole.

    Raises:
        OutputNotWrittenError: `target` can't be written.
    """
    with put_in_place(target) as part, part.open("wb") as stream:
        write_report_to(stream, gather(findings, cases), draft=draft)


def write_report_to(
    stream: BinaryIO,
    material: Material,
    *,
    draft: bool = True,
    extent: Extent = Extent.WHOLE,
    tick: Callable[[], None] = lambda: None,
) -> None:
    """Write as much of the report as `extent` says to an open `stream`, which may be memory; `tick` is called again and again meanwhile.

    Raises:
        OSError: the stream can't be written.
    """

    def told(flowables: Iterator[Flowable]) -> Iterator[Flowable]:
        for flowable in flowables:
            tick()
            yield flowable

    numbered = extent is not Extent.FIRST_PAGE
    document = ReportDocument(stream, Masthead.of(material.findings.inspection, draft=draft), numbered=numbered)
    document.write(told(headline_section(material) if not numbered else _flowables(material, extent)))


def _in_order(named: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections to print. A file keeps its yardstick, and with it a layout that may be older than some of them.

    Findings stand before the reasons that bear them out.
    """
    sections = list(named)
    if "findings" not in sections:
        sections.insert(sections.index("reasons") if "reasons" in sections else len(sections), "findings")
    sections += [name for name in _ALWAYS if name not in sections]
    return tuple(sections)


def _flowables(material: Material, extent: Extent) -> Iterator[Flowable]:
    """Yield the report in the order of the methodology: the headline first, the annexes and the seal last."""
    yield from headline_section(material)
    yield PageBreak()
    named = material.findings.methodology.report_sections
    for name in _in_order(named):
        if name in _BODY:
            yield from _BODY[name](material)
    yield from referrals_section(material)
    yield from recommendations_section(material)
    if extent is Extent.WHOLE:
        yield from cases_section(material)
    yield from method_section(material)
    yield from provenance_section(material)
