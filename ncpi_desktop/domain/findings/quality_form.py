"""The second reading as JSON, under published names: they stay.

`quality`: `sampled`, `read_twice`, `to_settle` (those with the team lead included), `same` and `agreement` (overall grades given twice the
same, over every case that two people read); `missing` (sampled, not read twice yet), `with_lead`, `settled`, `agreed`, `states` (state to
sampled cases); `compared` (the n of agreement), `per_cent_same`, `kappa` (Cohen's, quadratic weights), `ac2` (Gwet's, quadratic weights),
`grades`, `matrix` (a row to each grade of the first reader, a column to each of the second's), `harsher`, `kinder` (the second reader),
`steps` (steps of the scale apart to cases), `applies_or_not`; `stages` (list of `stage`, `label`), `areas` (list of `area`, `label`) and
`readers` (list of `first`, `second`: names, null where not known), each entry with `same`, `agreement` and the names from `compared` to
`applies_or_not`; `reasons` (`compared`, `same`, `given`: list of `code`, `both`, `first_only`, `second_only`); `seen` (what the second reader
had seen before to cases), `not_blind`; `settled_grades` (`settled`, `changed`, `up`, `down`, `matrix`: a row to each grade handed in, a column
to each settled).

A figure of agreement is `n`, `value`, `interval`, `unknown`: why there is no value or no interval, else null. `applies_or_not` counts the cases
in which one reader alone found a stage not applicable; they enter no figure.
"""

from __future__ import annotations

from ncpi_desktop.domain.findings.json_parts import Json, interval_form
from ncpi_desktop.domain.findings.quality import Compared, QualityFindings, SettledGrades
from ncpi_desktop.domain.moderation.agreement import Agreement, AgreementTable
from ncpi_desktop.domain.moderation.second_reading import SecondState


def quality_form(quality: QualityFindings) -> Json:
    """Return every figure of the second reading."""
    return {
        "sampled": quality.sampled,
        "read_twice": quality.read_twice,
        "to_settle": quality.to_settle,
        "same": quality.same,
        "agreement": agreement_form(quality.agreement),
        "missing": quality.missing,
        "with_lead": quality.with_lead,
        "settled": quality.state_count(SecondState.SETTLED),
        "agreed": quality.state_count(SecondState.AGREED),
        "states": {state.value: count for state, count in quality.states},
        **_compared_form(quality.overall),
        "stages": [
            {"stage": found.stage.code, "label": found.stage.label, **_with_share(found.compared)}
            for found in quality.stages
        ],
        "areas": [
            {"area": found.area.code, "label": found.area.label, **_with_share(found.compared)}
            for found in quality.areas
        ],
        "readers": [
            {
                "first": found.first.name if found.first else None,
                "second": found.second.name if found.second else None,
                **_with_share(found.compared),
            }
            for found in quality.readers
        ],
        "reasons": {
            "compared": quality.reasons.n,
            "same": quality.reasons.same,
            "given": [
                {
                    "code": found.reason.code,
                    "both": found.both,
                    "first_only": found.first_only,
                    "second_only": found.second_only,
                }
                for found in quality.reasons.reasons
            ],
        },
        "seen": {seen.value: count for seen, count in quality.seen},
        "not_blind": quality.not_blind,
        "settled_grades": _settled_form(quality.settled_grades),
    }


def agreement_form(agreement: Agreement) -> Json:
    """Return one figure of agreement with its n and interval, or why it lacks them."""
    return {
        "n": agreement.n,
        "value": agreement.value,
        "interval": interval_form(agreement.interval),
        "unknown": agreement.unknown.value if agreement.unknown else None,
    }


def _compared_form(compared: Compared) -> Json:
    table = compared.table
    return {
        "compared": table.n,
        "per_cent_same": table.per_cent_same,
        "kappa": agreement_form(compared.kappa),
        "ac2": agreement_form(compared.ac2),
        "grades": list(table.grades),
        "matrix": _matrix(table),
        "harsher": table.second_harsher,
        "kinder": table.second_kinder,
        "steps": {str(steps): cases for steps, cases in table.steps_apart},
        "applies_or_not": compared.applies_or_not,
    }


def _with_share(compared: Compared) -> Json:
    return {"same": compared.table.same, "agreement": agreement_form(compared.same), **_compared_form(compared)}


def _settled_form(grades: SettledGrades) -> Json:
    return {
        "settled": grades.settled,
        "changed": grades.changed,
        "up": grades.up,
        "down": grades.down,
        "matrix": _matrix(grades.table),
    }


def _matrix(table: AgreementTable) -> list[list[int]]:
    return [list(row) for row in table.counts]
