"""What the rules of a sample are called: in the dialog, on the command line, and where a drawn sample is described."""

from __future__ import annotations

from collections.abc import Mapping

from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.moderation.sample_text import rules_from
from ncpi_desktop.domain.moderation.sampling import NAMED, SHARE, Every, SampleRules
from ncpi_desktop.words import _, ngettext


def words_for_every(every: Every, scale: Scale) -> str:
    """Return a rule in words; the worst grade is called as the scale calls it."""
    return {
        Every.INADEQUATE: _("Every case graded {grade}").format(grade=scale.worst.label.lower()),
        Every.REFERRAL: _("Every case referred to the force"),
        Every.TWO_APART: _("Every case where own grade and inspector differ by two or more"),
        Every.CHANGED: _("Every case changed after it was submitted"),
        Every.NOT_SURE: _("Every case marked not sure"),
    }[every]


def words_for_rule(code: str, rules: SampleRules, scale: Scale) -> str:
    """Return one of `rules.codes` in words."""
    if code == NAMED:
        count = len(rules.named)
        return ngettext("{count} named case", "{count} named cases", count).format(count=count)
    if code != SHARE:
        return words_for_every(Every(code), scale)
    if rules.number is not None:
        per_group = ngettext(
            "{count} of each inspector's cases in each area",
            "{count} of each inspector's cases in each area",
            rules.number,
        )
        return per_group.format(count=rules.number)
    return _("{share} per cent of each inspector's cases in each area").format(share=rules.share)


def describe_rules(kept: str, scale: Scale) -> str:
    """Return the rules of a kept sample in one phrase; free text, which older files hold, is returned as it is."""
    rules = rules_from(kept)
    if rules is None:
        return kept
    words = [words_for_rule(code, rules, scale) for code in rules.codes]
    return "; ".join([words[0], *(word[:1].lower() + word[1:] for word in words[1:])])


def rule_lines(matched: Mapping[str, int], rules: SampleRules, scale: Scale) -> list[tuple[str, int]]:
    """Return each rule in use with the number of cases that it holds for."""
    return [(words_for_rule(code, rules, scale), matched[code]) for code in rules.codes]
