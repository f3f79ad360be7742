"""Strategy discussions in words: what an answer to an aspect is called, alone and as a selection of cases."""

from __future__ import annotations

from ncpi_desktop.domain.findings.strategy import HELD, Answer, StrategyAspect, TookPart
from ncpi_desktop.words import _


def answer_words(aspect: StrategyAspect, answer: Answer) -> str:
    """Return a discussion of which the record gives `answer`, such as *held late*, to stand behind *strategy discussions*."""
    return {
        StrategyAspect.IN_TIME: (_("held in time"), _("held late"), _("not recorded whether in time")),
        StrategyAspect.RATIONALE: (
            _("with a rationale recorded"),
            _("without a rationale"),
            _("not recorded whether with a rationale"),
        ),
        StrategyAspect.ACTIONS: (
            _("with actions recorded"),
            _("without actions"),
            _("not recorded whether with actions"),
        ),
        StrategyAspect.ATTENDED: (
            _("with everybody invited"),
            _("with somebody invited missing"),
            _("not recorded who was missing"),
        ),
        StrategyAspect.POLICE: (_("with police"), _("without police"), _("not recorded whether with police")),
        StrategyAspect.SOCIAL_CARE: (
            _("with children's social care"),
            _("without children's social care"),
            _("not recorded whether with children's social care"),
        ),
        StrategyAspect.HEALTH: (_("with health"), _("without health"), _("not recorded whether with health")),
    }[aspect][list(Answer).index(answer)]


def strategy_cases_words(aspect: str, answer: str) -> str:
    """Return *cases with a strategy discussion held late*. Codes that are not known stand as they are."""
    if aspect == HELD:
        none = _("cases without a strategy discussion")
        return none if answer == Answer.NO else _("cases with a strategy discussion")
    if aspect not in set(StrategyAspect) or answer not in set(Answer):
        return f"{aspect}: {answer}"
    told = answer_words(StrategyAspect(aspect), Answer(answer))
    return _("cases with a strategy discussion {told}").format(told=told)


def agency_cases_words(agency: str, took: str) -> str:
    """Return *cases with a strategy discussion to which Health was invited and did not come*."""
    known = {
        TookPart.PRESENT.value: _("cases with a strategy discussion in which {agency} took part as invited"),
        TookPart.ABSENT.value: _("cases with a strategy discussion to which {agency} was invited and did not come"),
        TookPart.UNKNOWN.value: _(
            "cases with a strategy discussion to which {agency} was invited; who came is not recorded"
        ),
        TookPart.UNINVITED.value: _(
            "cases with a strategy discussion in which {agency} took part without being invited"
        ),
    }
    return known.get(took, "{agency}: " + took).replace("{agency}", agency)
