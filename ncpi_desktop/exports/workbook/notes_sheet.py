"""The notes: how the figures were made, what the words mean, and what to be careful with."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.safe_text import LONGEST
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet
from ncpi_desktop.words import _


def notes_sheet(findings: Findings) -> TableSheet:
    """Return the notes that belong to these figures."""
    return TableSheet(
        name=_("Notes"),
        table="Notes",
        title=_("Notes on method and words"),
        sentence=_("What stands behind the figures of the other sheets."),
        columns=(Column(_("Subject"), 30), Column(_("Note"), 110)),
        rows=[*_method(findings), *_cautions(findings), *_words_used(findings), *_workbook()],
    )


def _method(findings: Findings) -> Iterator[tuple[str, str]]:
    methodology = findings.methodology
    yield _("Methodology"), f"{methodology.title}. {methodology.note}".strip()
    yield (
        _("Which judgement counts"),
        _("The settled judgement where there is one, else the submitted one. Drafts do not count."),
    )
    yield (
        _("Per cent good"),
        _(
            "Good cases of all graded cases ({good}), in whole per cent, halves rounded up; n/a where nothing "
            "is graded. Its n stands in the same row."
        ).format(good=", ".join(grade.label.lower() for grade in methodology.scale.grades if grade.counts_as_good)),
    )
    yield (
        _("95% interval"),
        _(
            "Wilson’s score interval: the range in which the share of all such cases would plausibly lie. "
            "With few cases it is wide."
        ),
    )
    yield (
        _("Change"),
        _(
            "In percentage points, from the exact shares. Its interval is Newcombe’s; the test is Fisher’s "
            "exact test, two-sided. Below p = 0.05 a change is called unlikely to be chance. Where the counts "
            "of either inspection are not known, chance cannot be told."
        ),
    )
    yield _("Reasons"), _("Counted once a case, however many passages are cited for them.")
    yield (
        _("Own grades"),
        _(
            "The force graded its cases before the inspectors did. Its grade stays sealed, and out of this "
            "workbook, until the inspectors’ review of that case is submitted."
        ),
    )
    yield (
        _("Referrals"),
        _(
            "A case is referred back to the force because a child may still be at risk, whatever its grade. The clock runs from when "
            "the force was told until the referral was closed, or until this workbook was drawn up. Resolved means closed with what "
            "the force did and what came of it."
        ),
    )
    yield (
        _("Second reading"),
        _(
            "A second reader grades a sample without seeing the first grade. Settling a difference does not "
            "alter the agreement, which is reckoned from both readings as first handed in."
        ),
    )
    yield (
        _("Agreement"),
        _(
            "Per cent the same with Wilson’s interval; Cohen’s kappa and Gwet’s AC2, both with quadratic weights: two steps "
            "apart weigh four times one step. 0 is what chance would bring, 1 is full agreement. Kappa falls where one grade "
            "prevails; AC2 holds up. Their intervals are for large samples and rough with fewer than {n} cases. A figure "
            "that is not defined is n/a, and the remark says why."
        ).format(n=findings.quality.overall.table.enough),
    )


def _cautions(findings: Findings) -> Iterator[tuple[str, str]]:
    if findings.change is not None:
        for number, warning in enumerate(findings.change.warnings, start=1):
            yield _("Caution {number} on that change").format(number=number), warning
    if findings.overall.graded < findings.cases:
        yield (
            _("Unfinished"),
            _("{graded} of {cases} cases are graded; the figures will move.").format(
                graded=findings.overall.graded, cases=findings.cases
            ),
        )


def _words_used(findings: Findings) -> Iterator[tuple[str, str]]:
    scale = ", ".join(grade.label.lower() for grade in findings.methodology.scale.grades)
    yield _("Grades"), _("Best first: {grades}. Colour repeats the word and says nothing more.").format(grades=scale)
    yield _("Record length"), _("Days from the first to the last dated entry of a case’s record.")
    yield _("Day"), _("Days are counted from the first report, which is Day 0.")
    yield (
        _("Empty cells"),
        _(
            "On “Cases”: not judged yet, not judged at that stage, or nothing recorded. On “Summary”: no "
            "such figure for that row."
        ),
    )


def _workbook() -> Iterator[tuple[str, str]]:
    yield _("Times"), _("Coordinated Universal Time (UTC).")
    yield (
        _("Text"),
        _(
            "Text from records is text even where it looks like a formula. A control character is shown by "
            "its picture (such as ␇), a broken one by �."
        ),
    )
    yield (
        _("Long texts"),
        _(
            "A cell holds {n} characters. A longer text begins in its cell and stands in full on the sheet "
            "“Long texts”, which is there only when needed."
        ).format(n=f"{LONGEST:,}"),
    )
    yield (
        _("Checked"),
        _("After writing, this workbook was read back and compared with the findings before it was handed over."),
    )
