"""The second reading in words: the sentences that page, workbook, report and command line share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.findings.quality import Compared, QualityFindings, ReadersAgreement, SettledGrades
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.findings.statistics import Interval
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.moderation.agreement import Agreement, AgreementTable, Unknown
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.words import _, ngettext


def coefficient_words(agreement: Agreement) -> str:
    """Return kappa or AC2 to two digits, such as *0.71*, or *n/a*."""
    return _("n/a") if agreement.value is None else _two_digits(agreement.value)


def coefficient_interval_words(interval: Interval | None) -> str:
    """Return the interval of kappa or AC2, such as *0.35 to 1.00*; empty where there is none."""
    if interval is None:
        return ""
    return _("{low} to {high}").format(low=_two_digits(interval.low), high=_two_digits(interval.high))


def person_words(person: Person | None) -> str:
    """Return the name of a reader, or that there is none."""
    return person.name if person is not None else _("Not named")


def readers_words(readers: ReadersAgreement) -> str:
    """Return who read first and who second."""
    return _("{first}, then {second}").format(first=person_words(readers.first), second=person_words(readers.second))


def unknown_words(compared: Compared) -> str:
    """Return why kappa or AC2 or an interval of theirs can't be given; empty where nothing is lacking."""
    kappa, ac2 = compared.kappa.unknown, compared.ac2.unknown
    if kappa == ac2:
        return _("{reason}.").format(reason=kappa.sentence) if kappa is not None else ""
    told = ((_("{reason} (kappa)."), kappa), (_("{reason} (AC2)."), ac2))
    return " ".join(words.format(reason=unknown.sentence) for words, unknown in told if unknown is not None)


def rough_words(compared: Compared) -> str:
    """Return that there are too few cases for the intervals of kappa and AC2 to be exact; empty where there are enough, or no interval."""
    if not compared.table.is_rough or compared.kappa.interval is compared.ac2.interval is None:
        return ""
    return _("With fewer than {n} cases the intervals of kappa and AC2 are rough.").format(n=compared.table.enough)


def remarks_of(compared: Compared) -> tuple[str, ...]:
    """Return what has to be said beside a row of figures: what is lacking, rough or counted apart, and why."""
    told = (unknown_words(compared), rough_words(compared), applies_words(compared))
    return tuple(words for words in told if words)


def progress_sentence(quality: QualityFindings) -> str:
    """Return how far the second reading has come: drawn, read twice, missing, to settle, agreed."""
    if not quality.sampled:
        return _("No case was drawn for a second reading.")
    drawn = ngettext(
        "{sampled} case was drawn for a second reading: {read} read twice ({agreed} agreed, {settled} settled, "
        "{settle} to settle), {missing} not yet.",
        "{sampled} cases were drawn for a second reading: {read} read twice ({agreed} agreed, {settled} settled, "
        "{settle} to settle), {missing} not yet.",
        quality.sampled,
    )
    return drawn.format(
        sampled=quality.sampled,
        read=quality.read_twice,
        missing=quality.missing,
        settle=quality.to_settle,
        agreed=quality.state_count(SecondState.AGREED),
        settled=quality.state_count(SecondState.SETTLED),
    )


def agreement_sentence(quality: QualityFindings) -> str:
    """Return how far readers agree, so that a chief officer can't misread it: counts, direction, and what chance could do."""
    if not quality.compared:
        return _("No case has been read twice yet, so how far readers agree cannot be told.")
    overall = quality.overall
    sentences = [
        same_sentence(overall),
        chance_sentence(overall),
        blind_sentence(quality),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def same_sentence(compared: Compared) -> str:
    """Return in how many cases the grade was the same, with the interval, and in which direction the others differ and how far."""
    table = compared.table
    if not table.n:
        return _("No case has been read twice yet, so how far readers agree cannot be told.")
    words = ngettext(
        "Two readers gave the same grade in {same} of {n} case ({percent}, 95% interval {interval}).",
        "Two readers gave the same grade in {same} of {n} cases ({percent}, 95% interval {interval}).",
        table.n,
    )
    percent = percent_words(table.per_cent_same)
    same = words.format(same=table.same, n=table.n, percent=percent, interval=interval_words(compared.same.interval))
    return f"{same} {difference_sentence(table)}".strip()


def difference_sentence(table: AgreementTable) -> str:
    """Return in how many cases the second reader was harsher or kinder and by how many steps; empty where all grades are the same."""
    if table.n == table.same:
        return ""
    direction = _("The second reader was harsher in {harsher} and kinder in {kinder}").format(
        harsher=table.second_harsher, kinder=table.second_kinder
    )
    return _("{direction}: {steps}.").format(direction=direction, steps=steps_words(table))


def steps_words(table: AgreementTable) -> str:
    """Return how large the differences are, such as *2 by one step, 1 by two steps*; empty where all grades are the same."""
    told = _("{cases} by {steps}")
    return ", ".join(told.format(cases=cases, steps=step_words(apart)) for apart, cases in table.steps_apart if cases)


def step_words(apart: int) -> str:
    """Return a number of steps of the scale, such as *two steps*."""
    steps = (_("one step"), _("two steps"), _("three steps"), _("four steps"))
    return steps[apart - 1] if apart <= len(steps) else _("{n} steps").format(n=apart)


def chance_sentence(compared: Compared) -> str:
    """Return whether readers agree more than chance would bring, by weighted kappa, or why that can't be told."""
    kappa, interval = compared.kappa, compared.kappa.interval
    if kappa.unknown is Unknown.NOTHING_COMPARED:
        return _("No case was compared, so agreement beyond chance cannot be told.")
    if kappa.unknown is Unknown.TOO_FEW:
        return _("One case alone cannot tell agreement from chance.")
    if kappa.unknown is Unknown.ONE_GRADE:
        return _("Only one grade was given, so agreement beyond chance cannot be told.")
    if kappa.unknown is Unknown.ONE_READER:
        sentence = _("One reader gave a single grade throughout, so agreement beyond chance cannot be told.")
    elif interval is None:
        sentence = _(
            "How far that goes beyond chance cannot be told from readings so alike: weighted kappa {value}, no interval."
        )
        sentence = sentence.format(value=coefficient_words(kappa))
    else:
        sentence = _kappa_sentence(kappa, interval, compared.table.is_rough)
    robust = "" if interval is not None and interval.low > 0 else _robust_sentence(compared.ac2)
    return f"{sentence} {robust}".strip()


def _kappa_sentence(kappa: Agreement, interval: Interval, is_rough: bool) -> str:
    verdict = _("That could be chance")
    if interval.low > 0:
        verdict = _("That is more than chance would bring")
    elif interval.high < 0:
        verdict = _("That is less than chance would bring")
    words = _("{verdict}: weighted kappa {value}, 95% interval {interval}, where 0 is chance and 1 full agreement.")
    told = words.format(verdict=verdict, value=coefficient_words(kappa), interval=coefficient_interval_words(interval))
    return _("{told} With so few cases that interval is rough.").format(told=told) if is_rough else told


def _robust_sentence(ac2: Agreement) -> str:
    """Return AC2 where it says other than a kappa that could be chance: one grade prevails."""
    if ac2.interval is None or ac2.interval.low <= 0:
        return ""
    return _("Gwet's AC2, which holds up where one grade prevails, is {value} (95% interval {interval}).").format(
        value=coefficient_words(ac2), interval=coefficient_interval_words(ac2.interval)
    )


def blind_sentence(quality: QualityFindings) -> str:
    """Return how many second readings were not blind; empty where all were."""
    if not quality.not_blind:
        return ""
    return ngettext(
        "{n} of {compared} second readings was not blind: its reader had seen something of the first.",
        "{n} of {compared} second readings were not blind: their readers had seen something of the first.",
        quality.not_blind,
    ).format(n=quality.not_blind, compared=quality.compared)


def reasons_sentence(quality: QualityFindings) -> str:
    """Return in how many cases both readers gave the same reasons."""
    reasons = quality.reasons
    if not reasons.n:
        return _("No reasons have been compared yet.")
    return ngettext(
        "Both readers gave the same reasons in {same} of {n} case.",
        "Both readers gave the same reasons in {same} of {n} cases.",
        reasons.n,
    ).format(same=reasons.same, n=reasons.n)


def settled_sentence(grades: SettledGrades) -> str:
    """Return how many grades were changed when readers settled and in which direction; empty where no case is settled."""
    if not grades.settled:
        return ""
    if not grades.changed:
        return ngettext(
            "{n} case was settled; its grade was not changed.",
            "{n} cases were settled; no grade was changed.",
            grades.settled,
        ).format(n=grades.settled)
    return ngettext(
        "{n} grade was changed when readers settled: {up} up, {down} down (of {settled} settled).",
        "{n} grades were changed when readers settled: {up} up, {down} down (of {settled} settled).",
        grades.changed,
    ).format(n=grades.changed, up=grades.up, down=grades.down, settled=grades.settled)


def applies_words(compared: Compared) -> str:
    """Return in how many cases readers differed on whether a stage applies; empty where in none."""
    if not compared.applies_or_not:
        return ""
    return ngettext(
        "{n} case more, in which one reader alone found the stage not applicable, is in no figure.",
        "{n} cases more, in which one reader alone found the stage not applicable, are in no figure.",
        compared.applies_or_not,
    ).format(n=compared.applies_or_not)


def remarks_on(
    rows: Iterable[tuple[str, Compared]], remarks: Callable[[Compared], Iterable[str]] = remarks_of
) -> list[str]:
    """Return the remarks on `rows` (a name and its figures), each once with the names of its rows."""
    lacking: dict[str, list[str]] = {}
    for name, compared in rows:
        for words in remarks(compared):
            lacking.setdefault(words, []).append(name)
    return [_("{names}: {words}").format(names=", ".join(names), words=words) for words, names in lacking.items()]


def matrix_words(table: AgreementTable, scale: Scale) -> str:
    """Return the table of both grades in words, for whoever can't see it: *First reader good: second reader good 6, inadequate 1.*"""
    told = []
    for code, counts in zip(table.grades, table.counts, strict=True):
        cells = [
            _("{grade} {n}").format(grade=scale[other].label.lower(), n=n)
            for other, n in zip(table.grades, counts, strict=True)
            if n
        ]
        if cells:
            words = _("First reader {grade}: second reader {cells}.")
            told.append(words.format(grade=scale[code].label.lower(), cells=", ".join(cells)))
    return " ".join(told)


def _two_digits(value: float) -> str:
    shown = f"{value:.2f}"
    return "0.00" if shown == "-0.00" else shown.replace("-", "\u2212")
