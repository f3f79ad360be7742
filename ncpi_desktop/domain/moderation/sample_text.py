"""How the rules and the frame of a sample stand in the file: text that can be read, and that gives the same rules and frame back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from ncpi_desktop.domain.moderation.sampling import Every, Frame, FrameCase, SampleRules

_HEAD: Final = "frame 1"
_LISTS: Final = ("inspector", "area", "grade")


def rules_text(rules: SampleRules) -> str:
    """Return rules as JSON: codes, figures, and the identities of named cases. The same rules always give the same text."""
    form: dict[str, object] = {}
    if rules.every:
        form["every"] = [every.value for every in Every if every in rules.every]
    if rules.share is not None:
        form["share"] = rules.share
    if rules.number is not None:
        form["number"] = rules.number
    if rules.named:
        form["named"] = sorted(rules.named)
    return json.dumps(form, ensure_ascii=False)


def rules_from(text: str) -> SampleRules | None:
    """Return the rules that `text` holds; None where it is free text, as older files have it, or of a newer version."""
    try:
        form = json.loads(text)
    except ValueError:
        return None
    if not isinstance(form, dict) or set(form) - {"every", "share", "number", "named"}:
        return None
    every, named = form.get("every", []), form.get("named", [])
    share, number = form.get("share"), form.get("number")
    lists = isinstance(every, list) and isinstance(named, list) and all(isinstance(name, str) for name in named)
    if not (lists and _is_figure(share) and _is_figure(number) and all(code in list(Every) for code in every)):
        return None
    rules = SampleRules(frozenset(Every(code) for code in every), share, number, frozenset(named))
    return None if rules.is_empty else rules


def frame_text(frame: Frame) -> str:
    """Return a frame, one case a line: its identity, the places of inspector, area and grade in the lists above, and its flags.

    Cases are in the order of their identities and lists sorted, so that the same frame always gives the same text. No words of a case are
    in it, not even its reference. About 42 characters a case.
    """
    lists = {
        "inspector": sorted({case.inspector for case in frame.cases}),
        "area": sorted({case.area for case in frame.cases}),
        "grade": sorted({case.grade for case in frame.cases}),
    }
    places: list[Mapping[str, int]] = [{code: place for place, code in enumerate(lists[name])} for name in _LISTS]
    people, areas, grades = places
    lines = [_HEAD, f"worst {frame.worst}"]
    lines += [f"{name} {code}" for name in _LISTS for code in lists[name]]
    lines += [
        f"{case.identity} {people[case.inspector]} {areas[case.area]} {grades[case.grade]} {case.flags}"
        for case in sorted(frame.cases)
    ]
    return "\n".join(lines)


def frame_from(text: str) -> Frame:
    """Return the frame that `frame_text` wrote.

    Raises:
        ValueError: the text is no frame, or one of a newer version.
    """
    lines = text.split("\n")
    if lines[0] != _HEAD:
        raise ValueError("not a frame of this version")
    lists: dict[str, list[str]] = {"worst": [], **{name: [] for name in _LISTS}}
    place = 1
    while place < len(lines) and (named := lines[place].partition(" "))[0] in lists:
        lists[named[0]].append(named[2])
        place += 1
    people, areas, grades = (lists[name] for name in _LISTS)
    try:
        cases = []
        for line in lines[place:]:
            identity, person, area, grade, flags = line.split(" ")
            cases.append(FrameCase(identity, people[int(person)], areas[int(area)], grades[int(grade)], flags))
        return Frame(lists["worst"][0], tuple(cases))
    except IndexError:
        raise ValueError("a line of the frame points nowhere") from None


def _is_figure(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool))
