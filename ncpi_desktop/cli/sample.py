"""`sample`: draws the cases that are read a second time, shows what would be drawn, and proves what was drawn."""

from __future__ import annotations

import argparse

from ncpi_desktop.cli.output import remark, say, say_json, table
from ncpi_desktop.cli.parser import add_person, existing_or_new
from ncpi_desktop.cli.passphrase import add_passphrase, key_of
from ncpi_desktop.domain.errors import ExitCode, WrongUseError
from ncpi_desktop.domain.methodology.lookup import plain_form
from ncpi_desktop.domain.moderation.sampling import Every, SampleRules, check_rules, seed_from
from ncpi_desktop.domain.moderation.sampling_words import rule_lines
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import sampling
from ncpi_desktop.workflows.handing_on import HandedOn, hand_on_second_readings
from ncpi_desktop.workflows.proving import Proof, prove_sample
from ncpi_desktop.workflows.sampling import SamplePlan
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.staffing import person_called


def describe(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.description = _(
        "Draws the cases that are read a second time and gives them to the quality assurers. Rules are combined: a case is drawn where any"
        " of them fits. What was drawn before stays; the same seed draws the same cases on every machine."
    )
    codes = ",".join(every.value for every in Every)
    parser.add_argument("file", metavar="FILE", type=existing_or_new, help=_("the audit file"))
    parser.add_argument(
        "--every", metavar="RULES", default="", help=_("every case of these: {codes}").format(codes=codes)
    )
    parser.add_argument(
        "--share", metavar="PER_CENT", help=_("so many per cent of each inspector's cases in each area, rounded up")
    )
    parser.add_argument("--number", metavar="N", help=_("so many of each inspector's cases in each area"))
    parser.add_argument("--case", metavar="REF", action="append", default=[], help=_("this case; may be given again"))
    parser.add_argument(
        "--seed", metavar="N", help=_("a whole number; without one that of the last draw, or a fresh one")
    )
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--plan", action="store_true", help=_("say what would be drawn, and write nothing"))
    choice.add_argument("--prove", action="store_true", help=_("draw every kept sample again and compare"))
    choice.add_argument(
        "--hand-on", metavar="NAME", help=_("give the second readings that wait with somebody to the other assurers")
    )
    add_person(parser)
    parser.add_argument("--json", action="store_true", help=_("as JSON, under published names"))
    add_passphrase(parser)


def run(arguments: argparse.Namespace) -> int:
    """Draw and say what was drawn; 1 where a proof fails or a case could be given to nobody."""
    asked = bool(arguments.every or arguments.share or arguments.number or arguments.case or arguments.seed)
    if asked and (arguments.prove or arguments.hand_on is not None):
        raise WrongUseError(_("Rules and a seed go with a draw or with --plan alone."))
    rules, seed = _rules(arguments), None if arguments.seed is None else seed_from(arguments.seed)
    reads_only = arguments.plan or arguments.prove
    if not arguments.prove and arguments.hand_on is None and not arguments.case:
        check_rules(rules, seed or 0)
    key = key_of(arguments.file, arguments.passphrase_from)
    session = AuditSession.open(arguments.file, person=arguments.person, read_only=reads_only, key=key)
    try:
        if arguments.prove:
            return _say_proofs(prove_sample(session), arguments.json)
        if arguments.hand_on is not None:
            done = hand_on_second_readings(session, person_called(session, arguments.hand_on))
            return _say_handed_on(session, done, arguments.json)
        rules = sampling.rules_naming(session, rules, arguments.case)
        seed = sampling.seed_to_begin_with(session) if seed is None else seed
        if arguments.plan:
            plan, drawn = sampling.plan_sample(session, rules, seed), False
        else:
            made = sampling.draw_sample(session, rules, seed).plan
            plan, drawn = made or sampling.plan_sample(session, rules, seed), True
        return _say_plan(session, plan, drawn, arguments.json)
    finally:
        session.close()


def _rules(arguments: argparse.Namespace) -> SampleRules:
    every = {_every(word) for word in arguments.every.split(",") if word.strip()}
    share = None if arguments.share is None else _figure(arguments.share.removesuffix("%"), "--share")
    number = None if arguments.number is None else _figure(arguments.number, "--number")
    return SampleRules(frozenset(every), share, number)


def _every(word: str) -> Every:
    found = next((every for every in Every if plain_form(every.value) == plain_form(word)), None)
    if found is None:
        raise WrongUseError(
            _("“{word}” is no rule.").format(word=word.strip()),
            todo=_("The rules are {codes}.").format(codes=", ".join(every.value for every in Every)),
        )
    return found


def _figure(text: str, name: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise WrongUseError(_("{name} needs a whole number, not “{text}”.").format(name=name, text=text)) from None


def _say_plan(session: AuditSession, plan: SamplePlan, drawn: bool, as_json: bool) -> int:
    if as_json:
        say_json(_form(session, plan, drawn))
    else:
        _say_words(session, plan, drawn)
    for text in (*plan.remarks, *([plan.why_nothing] if plan.why_nothing else [])):
        remark(text)
    if plan.is_closed and plan.cases:
        remark(_("Which cases these are is not told: their first grades are closed to who asks."))
    for case in () if plan.is_closed else plan.unallocated:
        remark(_("{case} can be given to nobody: {why}.").format(case=case.reference, why=case.why_nobody))
    return ExitCode.FOUND_SOMETHING if plan.unallocated else ExitCode.DONE


def _form(session: AuditSession, plan: SamplePlan, drawn: bool) -> dict[str, object]:
    rules, told = plan.rules, () if plan.is_closed else plan.cases
    return {
        "drawn": drawn,
        "seed": plan.seed,
        "frame": plan.frame_size,
        "rules": {
            "every": [every.value for every in Every if every in rules.every],
            "share": rules.share,
            "number": rules.number,
            "named": len(rules.named),
        },
        "matched": dict(plan.matched),
        "sampled_before": plan.before,
        "new": len(plan.cases),
        "cases": [{"case": case.reference, "reader": session.person_named(case.reader) or None} for case in told],
        "readers": {session.person_named(reader): count for reader, count in plan.by_reader.items()},
        "unallocated": [{"case": case.reference, "why": case.why_nobody} for case in told if case.reader is None],
        "remarks": list(plan.remarks),
    }


def _say_words(session: AuditSession, plan: SamplePlan, drawn: bool) -> None:
    count = len(plan.cases)
    done = ngettext(
        "{count} of {frame} cases is drawn, with seed {seed}:",
        "{count} of {frame} cases are drawn, with seed {seed}:",
        count,
    )
    would = ngettext(
        "{count} of {frame} cases would be drawn, with seed {seed}:",
        "{count} of {frame} cases would be drawn, with seed {seed}:",
        count,
    )
    said = (done if drawn else would).format(count=count, frame=plan.frame_size, seed=plan.seed)
    say(said if count and not plan.is_closed else said.rstrip(":") + ".")
    for case in () if plan.is_closed else plan.cases:
        say(f"  {case.reference}  {session.person_named(case.reader)}".rstrip())
    say(_("The rules hold for:"))
    rows = [[words, str(held)] for words, held in rule_lines(plan.matched, plan.rules, session.methodology.scale)]
    for line in table(rows):
        say(line)


def _say_proofs(proofs: tuple[Proof, ...], as_json: bool) -> int:
    if as_json:
        held = [
            {
                "drawn_at": proof.drawn_at,
                "seed": proof.seed,
                "cases": proof.cases,
                "holds": proof.holds,
                "said": proof.sentence,
            }
            for proof in proofs
        ]
        say_json({"samples": held})
    else:
        for proof in proofs:
            cases = ngettext("{count} case", "{count} cases", proof.cases).format(count=proof.cases)
            say(f"{proof.drawn_at[:10]}  {cases}, " + _("seed {seed}").format(seed=proof.seed) + f": {proof.sentence}")
        if not proofs:
            remark(_("No sample has been drawn."))
    return ExitCode.FOUND_SOMETHING if any(proof.holds is False for proof in proofs) else ExitCode.DONE


def _say_handed_on(session: AuditSession, done: HandedOn, as_json: bool) -> int:
    given = [(reference, session.person_named(reader)) for reference, reader in done.given]
    if as_json:
        say_json(
            {
                "given": [{"case": reference, "reader": name} for reference, name in given],
                "unallocated": [{"case": reference, "why": why} for reference, why in done.nobody],
            }
        )
    else:
        for reference, name in given:
            say(f"  {reference}  {name}")
    if not given and not done.nobody:
        remark(_("No second reading waits there."))
    for reference, why in done.nobody:
        remark(_("{case} can be given to nobody: {why}.").format(case=reference, why=why))
    return ExitCode.FOUND_SOMETHING if done.nobody else ExitCode.DONE
