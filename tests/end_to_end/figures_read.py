"""The figures of an audit read off what a person sees or is handed: window, workbook, report, JSON. All under the same names."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import openpyxl
from PySide6.QtWidgets import QWidget

from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.widgets.cases_link import CasesLink
from tests.exports.report.audits import pages_of
from tests.exports.workbook.reading import table_of

Figures = dict[str, Any]

STATUSES: Final = {
    "awaiting-review": "Awaiting review",
    "will-be-progressed": "Will be progressed",
    "being-progressed": "Being progressed",
    "complete": "Complete",
}
SHOWN_WEAKNESSES, SHOWN_STRENGTHS = 5, 3


def of_json(form: Any) -> Figures:
    """Return what `summary --json` says."""
    own, strategy, referrals = form["self_assessment"], form["strategy_discussions"], form["referrals"]
    found: Figures = {
        "share": (form["good"], form["graded"], form["percent_good"]),
        "change": form["change"]["points"],
        "p": f"{form['change']['p']:.2g}",
        "own": (own["both"], own["same"], own["kinder"], own["harsher"]),
        "referrals": (referrals["raised"], referrals["closed"], referrals["open"]),
        "discussions": (strategy["discussions"], strategy["cases_with"]),
        "recommendations": {STATUSES[code]: n for code, n in form["recommendations"].items() if n},
    }
    for area in form["areas"]:
        counts = tuple(area["grades"].values())
        found[f"area {area['label']}"] = (counts, area["graded"], area["percent_good"])
    for reason in form["reasons"]:
        found[f"reason {reason['wording']}"] = reason["cases"]
    for aspect in strategy["aspects"]:
        found[f"aspect {aspect['aspect']}"] = (aspect["yes"], aspect["known"], aspect["percent"])
    return found


def of_workbook(path: Path, form: Any) -> Figures:
    """Return what the workbook says; `form` tells the names to look for alone."""
    book = openpyxl.load_workbook(path)
    summary = {row["Figure"]: row for row in table_of(book["Summary"])}
    value = {name: row["Value"] for name, row in summary.items()}
    overall = next(row for row in table_of(book["Comparison"]) if row["Of"] == "overall")
    own = table_of(book["Own grades agreement"])[0]
    held = re.search(
        r"(\d+) strategy discussions are recorded, in (\d+) of", str(book["Strategy discussions"]["A3"].value)
    )
    assert held is not None
    found: Figures = {
        "share": (value["Graded good"], value["Graded"], value["Per cent good"]),
        "change": value["Change since then"],
        "p": f"{float(overall['p by itself'].removeprefix('p = ')):.2g}",
        "own": tuple(
            own[name]
            for name in (
                *("Cases graded by both (n)", "Same grade"),
                *("Over-rated by the force", "Under-rated by the force"),
            )
        ),
        "referrals": (
            value["Referrals raised with the force"],
            value["Referrals resolved"],
            value["Referrals still open"],
        ),
        "discussions": tuple(map(int, held.groups())),
        "recommendations": dict(Counter(row["Status"] for row in table_of(book["Recommendations"]))),
    }
    assert len(table_of(book["Referrals"])) == found["referrals"][0]
    for row in table_of(book["Areas"]):
        counts = (row["Good"], row["Requires improvement"], row["Inadequate"])
        found[f"area {row['Area']}"] = (counts, row["Of graded (n)"], row["Per cent good"])
    for row in table_of(book["Reasons"]):
        found[f"reason {row['Reason']}"] = row["Cases"]
    aspects = [row for row in table_of(book["Strategy discussions"]) if row["Area"] == "All areas"]
    for code, row in zip([one["aspect"] for one in form["strategy_discussions"]["aspects"]], aspects, strict=False):
        found[f"aspect {code}"] = (row["Yes, or present"], row["Of known (n)"], row["Share yes"])
    return found


def of_report(path: Path, form: Any) -> Figures:
    """Return what the report prints; `form` tells the names to look for alone."""
    printed = " ".join(" ".join(page.split()) for page in pages_of(path))

    def numbers(pattern: str, start: str = "") -> tuple[int, ...]:
        found = re.search(pattern, printed[printed.index(start) :] if start else printed)
        assert found is not None, pattern
        return tuple(map(int, found.groups()))

    percent, good, graded = numbers(r"May 2018 (\d+)% (\d+) of (\d+)")
    higher, both, lower = numbers(r"The force graded (\d+) of (\d+) cases higher than the inspectors, (\d+) lower")
    (same,) = numbers(r"Force and inspectors gave the same grade in (\d+) of")
    p = re.search(r"two-sided p = ([\d.]+)", printed)
    assert p is not None
    statuses = re.findall(rf"Recommendation \d+ ({'|'.join(STATUSES.values())}) Deadline", printed)
    found: Figures = {
        "share": (good, graded, percent),
        "change": numbers(r"Change \+(\d+) points?")[0],
        "p": f"{float(p[1]):.2g}",
        "own": (both, same, higher, lower),
        "referrals": numbers(r"(\d+) referrals? to the force \(\d+ cases?\): (\d+) resolved, (\d+) open"),
        "discussions": numbers(r"(\d+) strategy discussions are recorded, in (\d+) of"),
        "recommendations": dict(Counter(statuses)),
    }
    for area in form["areas"]:
        told = numbers(
            rf"{re.escape(area['label'])} \d+ (\d+) (\d+) (\d+) (\d+) (\d+)%", "Breakdown of case file audit"
        )
        found[f"area {area['label']}"] = (told[1:4], told[0], told[4])
    for reason in form["reasons"]:
        found[f"reason {reason['wording']}"] = numbers(rf"{re.escape(reason['wording'])} (\d+) cases?\b")[0]
    table = printed[printed.index("Aspect Yes No Not recorded Share") :]
    rows = re.findall(r" (\d+) (\d+) (\d+) (\d+)% \((\d+)\) \d+% to \d+% ", table)
    for aspect, row in zip(form["strategy_discussions"]["aspects"], rows, strict=False):
        found[f"aspect {aspect['aspect']}"] = (int(row[0]), int(row[4]), int(row[3]))
    return found


def of_window(window: MainWindow, form_of_aspects: list[str]) -> Figures:
    """Return what the pages say, page after page."""
    audit = window.audit
    assert audit is not None
    window.show_page("referrals")
    listed: Any = audit.pages.currentWidget()
    still_open, raised = _numbers(r"(\d+) open, of (\d+) referral", listed.said.text())
    window.show_page("overview")
    overview: Any = audit.pages.currentWidget()
    said = {link.accessibleName().removesuffix("; show cases") for link in links_of(overview)}
    counted = _numbers(r"(\d+) of (\d+) graded cases", overview.good.note.text())
    found: Figures = {
        "share": (*counted, *_numbers(r"(\d+)%", overview.good.figure.text())),
        "change": _numbers(r"\+(\d+) points?", overview.change.figure.text())[0],
        "referrals": (raised, raised - still_open, still_open),
    }
    p = re.search(r"p\s=\s([\d.]+)", overview.change.note.text())
    assert p is not None
    found["p"] = f"{float(p[1]):.2g}"
    for area in audit.figures.findings.areas:
        label = area.area.label
        bar, graded, share = overview.areas._rows[area.area.code]
        words = bar.accessibleDescription()
        counts = tuple(
            sum(_all(rf"(\d+) {grade}\b", words)) for grade in ("good", "requires improvement", "inadequate")
        )
        found[f"area {label}"] = (counts, int(graded.text()), _numbers(r"(\d+)% good", share.text())[0])
        assert f"{label}: {graded.text()} graded cases of {area.cases}" in said
    bars = [bar for bar in overview.reasons.links if bar.isVisible()]
    assert len(bars) == SHOWN_WEAKNESSES + SHOWN_STRENGTHS
    for bar in bars:
        wording, _colon, cases = bar.accessibleName().rpartition(": ")
        found[f"reason {wording}"] = int(cases)
    return found | _of_compare(window) | _of_findings(window, form_of_aspects)


def _of_compare(window: MainWindow) -> Figures:
    assert window.audit is not None
    window.show_page("compare")
    page: Any = window.audit.pages.currentWidget()
    page.tabs.setCurrentIndex(1)
    same, kinder, harsher = (_numbers(r": (\d+)", link.text())[0] for link in page.own.against.values())
    both = sum(cell.count for row in page.own.matrix.cells for cell in row)
    page.tabs.setCurrentIndex(0)
    share = _numbers(r"May 2018: (\d+)% \((\d+) of (\d+)\)", page.earlier.shares.counts[-1].text())
    return {
        "own": (both, same, kinder, harsher),
        "share": (share[1], share[2], share[0]),
        "change": _numbers(r"\+(\d+) points?", page.earlier.shares.change.figure.text())[0],
    }


def _of_findings(window: MainWindow, aspects: list[str]) -> Figures:
    assert window.audit is not None
    window.show_page("findings")
    page: Any = window.audit.pages.currentWidget()
    page.show_pane("recommendations")
    model = page.pane("recommendations").model
    lines = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    statuses = [status for line in lines for status in STATUSES.values() if status.lower() in line.lower()]
    page.show_pane("partners")
    pane = page.pane("partners")
    found: Figures = {
        "recommendations": dict(Counter(statuses)),
        "discussions": _numbers(r"(\d+) strategy discussions are recorded, in (\d+) of", pane.held.text()),
    }
    for code, row in zip(aspects, pane.aspects.rows, strict=False):
        found[f"aspect {code}"] = _numbers(r"(\d+) of (\d+) · (\d+)%", row.words.counted)
    return found


def links_of(page: QWidget) -> list[CasesLink]:
    """Return what opens cases on a page."""
    return [link for link in page.findChildren(CasesLink) if not link.isHidden()]


def _numbers(pattern: str, words: str) -> tuple[int, ...]:
    found = re.search(pattern, words)
    assert found is not None, (pattern, words)
    return tuple(map(int, found.groups()))


def _all(pattern: str, words: str) -> list[int]:
    return [int(number) for number in re.findall(pattern, words)]
