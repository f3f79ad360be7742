"""Roles: an observer changes nothing, through no workflow and no command, and each refusal is a sentence."""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import pkgutil
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import ncpi_desktop.workflows
from ncpi_desktop.cli import main as command_line
from ncpi_desktop.domain.casework.inspection import PreviousResults, Role
from ncpi_desktop.domain.casework.recommendation import RecommendationKey
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.casework.rights import RIGHTS, Act, Right
from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.domain.errors import ExitCode, RefusedError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, IllustrationKey, Subject, WrittenFinding
from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.domain.grading.difference import Difference, Facet
from ncpi_desktop.domain.grading.review import ReviewPurpose, StageJudgement
from ncpi_desktop.domain.moderation.comment import About, CommentKey
from ncpi_desktop.domain.moderation.sampling import SampleRules
from ncpi_desktop.domain.moderation.settlement import OVERALL_GRADE, Choice
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.workflows import (
    allocating,
    browsing,
    commenting,
    creating,
    declaring,
    earlier_inspections,
    finding_writing,
    finishing,
    following_up,
    handing_on,
    importing,
    notices,
    practice_sets,
    progressing,
    recommending,
    referring,
    restoring,
    reviewing,
    sampling,
    sending_back,
    settling,
    staffing,
    undoing,
)
from ncpi_desktop.workflows.finding_reading import read_findings
from ncpi_desktop.workflows.laying_beside import CaseDifference
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, hand_in, key_of
from tests.practice import own_set

CSV_OF_ONE_CASE = "case,area,day,time,heading,text\nDA-90,domestic-abuse,0,10:00,Call,A call came in.\n"
WRITES = ("Changed", "ImportResult", "Drawn", "Declared", "HandedOn", "PracticeBrought")
OBSERVER, LEAD = "Observer 1", "Team lead"
SAYS = "Observer 1 is an observer and may not change anything. Ask a team lead: Team lead."

# A case to do (DA-06), one that Observer 1 began while an inspector (EX-04), one that is submitted (DA-01).
WORKFLOWS: dict[str, Callable[[AuditSession, Path], object]] = {
    "give_grade": lambda s, _: reviewing.give_grade(s, key_of(s, "EX-04"), "good"),
    "judge_stage": lambda s, _: reviewing.judge_stage(s, key_of(s, "EX-04"), StageJudgement("investigation", "good")),
    "give_reason": lambda s, _: reviewing.give_reason(s, key_of(s, "EX-04"), "MGR-W05"),
    "withdraw_reason": lambda s, _: reviewing.withdraw_reason(s, key_of(s, "EX-04"), "DEC-W01"),
    "cite": lambda s, _: cite(s),
    "withdraw_citation": lambda s, _: withdraw_citation(s),
    "write_text": lambda s, _: reviewing.write_text(s, key_of(s, "EX-04"), "rationale", "Else."),
    "mark_not_sure": lambda s, _: reviewing.mark_not_sure(s, key_of(s, "EX-04"), True),
    "park": lambda s, _: reviewing.park(s, key_of(s, "EX-04"), "Waits."),
    "submit": lambda s, _: reviewing.submit(s, key_of(s, "EX-04")),
    "reopen": lambda s, _: reviewing.reopen(s, key_of(s, "DA-01"), "Because."),
    "put_back": lambda s, _: reviewing.put_back(
        s, key_of(s, "EX-04"), "a grade", "a backup", lambda change, review: reviews.set_grade(change, review, "good")
    ),
    "bring_back": lambda s, _: restoring.bring_back(s, difference_in(s), "a backup"),
    "restore_from_step": lambda s, _: restore_from_step(s),
    "undo": lambda s, _: undoing.undo(s),
    "redo": lambda s, _: redo(s),
    "record_previous": lambda s, _: creating.record_previous(s, PreviousResults("", "2017", percent_good=30)),
    "run_import": lambda s, source: importing.run_import(s, source),
    "allocate_case": lambda s, _: allocating.allocate_case(s, key_of(s, "DA-06"), s.people[1]),
    "bring_practice_set": lambda s, _: practice_sets.bring_practice_set(s),
    "bring_practice_from": lambda s, source: practice_sets.bring_practice_from(s, of_practice(source)),
    "add_person": lambda s, _: staffing.add_person(s, "Somebody", [Role.INSPECTOR]),
    "rename": lambda s, _: staffing.rename(s, s.people[1], "Somebody"),
    "give_roles": lambda s, _: staffing.give_roles(s, s.people[1], [Role.OBSERVER]),
    "set_active": lambda s, _: staffing.set_active(s, s.people[1], False),
    "draw_sample": lambda s, _: sampling.draw_sample(s, SampleRules(share=50), 7),
    "hand_on_second_readings": lambda s, _: hand_on(s),
    "declare_interest": lambda s, _: declaring.declare_interest(s, None, "Harbour team"),
    "withdraw_interest": lambda s, _: declaring.withdraw_interest(s, None, "Night shift"),
    "comment_on": lambda s, _: commenting.comment_on(s, key_of(s, "EX-04"), About(), "Why?"),
    "answer": lambda s, _: commenting.answer(s, comment_in(s, 0), "Because."),
    "resolve": lambda s, _: commenting.resolve(s, comment_in(s, 0)),
    "open_again": lambda s, _: commenting.open_again(s, comment_in(s, 1)),
    "take_away": lambda s, _: commenting.take_away(s, comment_in(s, 2)),
    "record_earlier": lambda s, _: earlier_inspections.record_earlier(
        s, earlier_inspections.typed_inspection(s, "March 2014", "5 of 70")
    ),
    "withdraw_earlier": lambda s, _: earlier_inspections.withdraw_earlier(
        s, earlier_inspections.earlier_inspections(s)[0].identity, "Typed wrongly."
    ),
    "raise_referral": lambda s, _: referring.raise_referral(
        s, key_of(s, "EX-04"), "A child goes home.", "The duty officer", child="Child A"
    ),
    "acknowledge": lambda s, _: referring.acknowledge(s, referring.all_referrals(s)[0].key),
    "close_referral": lambda s, _: referring.close_referral(
        s, referring.all_referrals(s)[0].key, "Officers went.", "Seen today."
    ),
    "send_back": lambda s, _: sending_back.send_back(s, key_of(s, "DA-01"), "Look again."),
    "decide": lambda s, _: settling.decide(s, key_of(s, "DA-03"), OVERALL_GRADE, Choice.SECOND, "So."),
    "decide_all": lambda s, _: settling.decide_all(s, key_of(s, "DA-03"), (OVERALL_GRADE,), Choice.SECOND, "So."),
    "agree_to": lambda s, _: settling.agree_to(as_reader(s), key_of(s, "DA-03"), (OVERALL_GRADE,)),
    "pass_to_lead": lambda s, _: settling.pass_to_lead(as_reader(s), key_of(s, "DA-03"), "We differ."),
    "reopen_settlement": lambda s, _: settling.reopen_settlement(s, key_of(s, "MIS-02"), "New facts."),
    "add_recommendation": lambda s, _: recommending.add_recommendation(s, Deadline.IMMEDIATELY, "See the children."),
    "write_recommendation": lambda s, _: recommending.write_recommendation(
        s, recommended(s, 0), "summary", "They did."
    ),
    "set_deadline": lambda s, _: recommending.set_deadline(s, recommended(s, -1), Deadline.SIX_MONTHS),
    "take_up": lambda s, _: recommending.take_up(s, recommended(s, -1), recommended(s, 1)),
    "rest_on_cases": lambda s, _: recommending.rest_on_cases(s, recommended(s, -1), [key_of(s, "DA-01")]),
    "follow_from_findings": lambda s, _: follow_from(s),
    "renumber": lambda s, _: recommending.renumber(s, recommended(s, -1), 1),
    "remove_recommendation": lambda s, _: recommending.remove_recommendation(s, recommended(s, -1)),
    "publish_on": lambda s, _: recommending.publish_on(s, date(2018, 9, 3)),
    "bring_recommendations": lambda s, source: following_up.bring_recommendations(s, of_recommendations(source)),
    "log_status": lambda s, _: progressing.log_status(s, recommended(s, 8), Status.BEING_PROGRESSED, "Begun."),
    "ask_completion": lambda s, _: progressing.ask_completion(s, recommended(s, 8), "Done."),
    "authorise_completion": lambda s, _: progressing.authorise_completion(s, recommended(s, 1), "Seen."),
    "add_finding": lambda s, _: finding_writing.add_finding(
        s, FindingPlace(FindingKind.STRENGTH, Subject.TRAINING), "Training reached everybody"
    ),
    "retitle_finding": lambda s, _: finding_writing.retitle_finding(s, finding_in(s).key, "Else"),
    "place_finding": lambda s, _: finding_writing.place_finding(
        s, finding_in(s).key, FindingPlace(FindingKind.STRENGTH, Subject.CASEWORK, "investigation")
    ),
    "write_finding": lambda s, _: finding_writing.write_finding(s, finding_in(s).key, "Else."),
    "move_finding": lambda s, _: finding_writing.move_finding(s, finding_in(s).key, "down"),
    "link_reason": lambda s, _: finding_writing.link_reason(s, finding_in(s).key, "INV-W01"),
    "unlink_reason": lambda s, _: finding_writing.unlink_reason(s, finding_in(s).key, "DEC-W01"),
    "link_case": lambda s, _: finding_writing.link_case(s, finding_in(s).key, key_of(s, "DA-02")),
    "unlink_case": lambda s, _: finding_writing.unlink_case(s, finding_in(s).key, key_of(s, "DA-01")),
    "illustrate": lambda s, _: finding_writing.illustrate(s, finding_in(s).key, key_of(s, "DA-01"), "Told."),
    "write_illustration": lambda s, _: finding_writing.write_illustration(s, illustration_in(s), "Else."),
    "remove_illustration": lambda s, _: finding_writing.remove_illustration(s, illustration_in(s)),
    "clear_identifiers": lambda s, _: finding_writing.clear_identifiers(s, illustration_in(s), "Made up."),
    "remove_finding": lambda s, _: finding_writing.remove_finding(s, finding_in(s).key),
    "draft_notice": lambda s, _: notices.draft_notice(s, NoticeKind.PRESS_NOTICE),
    "write_notice": lambda s, _: notices.write_notice(s, NoticeKind.EXIT_BRIEFING, "We thank everybody."),
    "refuse_unless_finished": lambda s, _: finishing.refuse_unless_finished(s),
    "finish_inspection": lambda s, _: finishing.finish_inspection(s, "The rest follows."),
    "resume_inspection": lambda s, _: resume(s),
    "allow_final": lambda s, _: finishing.allow_final(submitted(s), "The force knows."),
}

READING = {"summary", "check", "compare", "backup", "rescue", "tour", "new"}
"""Commands that change no audit; `new` makes one."""

COMMANDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "protect": (("protect", "FILE", "--new-passphrase-from", "WORDS"),),
    "redact": (("redact", "FILE", "--because", "a name"),),
    "import": (("import", "FILE", "SOURCE"),),
    "export": (
        ("export", "FILE", "--report", "REPORT", "--final"),
        ("export", "FILE", "--report", "REPORT", "--final", "--despite-open-referrals", "Because."),
    ),
    "sample": (
        ("sample", "FILE", "--share", "50"),
        ("sample", "FILE", "--hand-on", LEAD),
    ),
    "recommendations": (
        ("recommendations", "FILE", "--import", "RECOMMENDATIONS"),
        ("recommendations", "FILE", "--add", "See them.", "--deadline", "immediately"),
        ("recommendations", "FILE", "--log", "previous:2", "being-progressed", "Begun."),
        ("recommendations", "FILE", "--ask", "previous:1", "Done."),
        ("recommendations", "FILE", "--authorise", "previous:2", "Seen."),
        ("recommendations", "FILE", "--published", "2018-09-03"),
    ),
    "people": (
        ("people", "FILE", "--declare", "Harbour team"),
        ("people", "FILE", "--withdraw", "Night shift"),
        ("people", "FILE", "--add", "Somebody", "--role", "inspector"),
        ("people", "FILE", "--roles", OBSERVER, "--role", "team-lead"),
        ("people", "FILE", "--rename", LEAD, "Nobody"),
        ("people", "FILE", "--inactive", LEAD),
        ("people", "FILE", "--active", OBSERVER),
    ),
    "refer": (
        ("refer", "FILE", "--raise", "EX-04", "--child", "A", "--risk", "B", "--told", "C"),
        ("refer", "FILE", "--acknowledge", "1"),
        ("refer", "FILE", "--close", "1", "--did", "A", "--outcome", "B"),
    ),
    "practice": (("practice", "FILE"), ("practice", "FILE", "SOURCE")),
}


def resume(session: AuditSession) -> object:
    if session.may(Action.FINISH):
        finishing.finish_inspection(session, "The rest follows.")
    return finishing.resume_inspection(session, "A case came in.")


def submitted(session: AuditSession) -> AuditSession:
    """Every case handed in, where who works may do that and would be let through otherwise."""
    if session.may(Action.FINISH):
        for case in [
            row.case
            for row in browsing.queue_rows(
                session, browsing.filtered_positions(session, QueueFilter(QueueChoice.TO_DO), 0, 99)
            )
        ]:
            hand_in(session, case)
    return session


def of_practice(source: Path) -> Path:
    """A table of practice cases, beside another."""
    return own_set(source.parent, ("OWN-1", "good"))


def of_recommendations(source: Path) -> Path:
    """A table with one recommendation, beside another."""
    written = source.parent / "recommendations.csv"
    written.write_text("number,text,deadline\n40,See the children.,immediately\n")
    return written


def recommended(session: AuditSession, place: int) -> RecommendationKey:
    """One of the sample's recommendations: nine of the earlier inspection, then two of this."""
    return recommending.all_recommendations(session)[place].key


def follow_from(session: AuditSession) -> object:
    """The first finding of the file, linked to a recommendation."""
    (finding,) = session.file.connection.execute("SELECT min(id) FROM findings").fetchone()
    return recommending.follow_from_findings(session, recommended(session, -1), [finding])


def cite(session: AuditSession) -> object:
    desk = reviewing.lay_on_desk(session, key_of(session, "EX-04"))
    return reviewing.cite(session, desk.case.key, "DEC-W01", desk.case.entries[1].key, 0, 4)


def withdraw_citation(session: AuditSession) -> object:
    desk = reviewing.lay_on_desk(session, key_of(session, "EX-04"))
    given = desk.review.reasons[0]
    return reviewing.withdraw_citation(session, desk.case.key, given, given.citations[0])


def difference_in(session: AuditSession) -> CaseDifference:
    """The grade of EX-04, other in a backup."""
    case = reviewing.lay_on_desk(session, key_of(session, "EX-04")).case
    return CaseDifference(case.identity, case.reference, Difference(Facet.GRADE, "", "requires-improvement", "good"))


def comment_in(session: AuditSession, place: int) -> CommentKey:
    """One of the three comments on EX-04: open, resolved, the lead's own."""
    return commenting.threads_of(session, key_of(session, "EX-04"))[place].root.key


def finding_in(session: AuditSession) -> WrittenFinding:
    """The first of two findings on decisions, with an illustration."""
    return next(held for held in read_findings(session) if held.title == "Decisions were late")


def illustration_in(session: AuditSession) -> IllustrationKey:
    return finding_in(session).illustrations[0].key


def restore_from_step(session: AuditSession) -> object:
    """The grade of EX-04 as it was before it was given."""
    for change in browsing.history(session, None, difference_in(session).case_identity):
        for value in browsing.values_of_step(session, change.step):
            if (value.table, value.field) == ("reviews", "grade"):
                return restoring.restore_from_step(session, change.step, value, after=False)
    raise AssertionError


def hand_on(session: AuditSession) -> object:
    """The second readings of who has left, of which there is one in the observed file."""
    gone = next((person for person in session.people if not person.active), session.people[-1])
    return handing_on.hand_on_second_readings(session, gone)


def redo(session: AuditSession) -> object:
    assert session.ledger.to_redo is not None
    return undoing.redo(session)


def content_of(session: AuditSession) -> dict[str, list[object]]:
    """Every row of every table, but for the one that says who has the file open."""
    run = session.file.connection
    tables = run.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'writer'").fetchall()
    return {table: run.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables}


def ask_as_another_lead(session: AuditSession) -> None:
    """Completion of a recommendation, asked for by a lead who has left since."""
    staffing.add_person(session, "Team lead 2", [Role.TEAM_LEAD])
    session.sign_in("Team lead 2")
    progressing.ask_completion(session, recommended(session, 1), "Done since.", date(2018, 5, 14))
    session.sign_in(LEAD)
    staffing.set_active(session, staffing.person_called(session, "Team lead 2"), False)


@pytest.fixture(scope="module")
def observed(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with an observer who was an inspector before, with steps of theirs to undo and to redo."""
    path = Path(shutil.copy(built_sample, tmp_path_factory.mktemp("roles") / "Observed.ncpi"))
    session = AuditSession.open(path, person=OBSERVER)
    case = key_of(session, "EX-04")
    complete(session, case)
    entry = reviewing.lay_on_desk(session, case).case.entries[0].key
    reviewing.cite(session, case, "DEC-W01", entry, 0, 5)
    reviewing.mark_not_sure(session, case, True)
    undoing.undo(session)
    for words in ("Seen?", "Heard?"):
        commenting.comment_on(session, case, About(), words)
    commenting.resolve(session, comment_in(session, 1))
    session.sign_in("Quality assurer 1")
    settling.decide(session, key_of(session, "DA-03"), OVERALL_GRADE, Choice.SECOND, "Nobody spoke to her.")
    session.sign_in(LEAD)
    settled = key_of(session, "MIS-02")
    parts = [line.part for line in settling.lay_out(session, settled).settling.differences]
    settling.decide_all(session, settled, parts, Choice.FIRST, "It was seen.")
    declaring.declare_interest(session, None, "Night shift")
    staffing.add_person(session, "Quality assurer 2", [Role.QUALITY_ASSURER])
    gone = staffing.person_called(session, "Quality assurer 2")
    allocating.allocate_case(session, key_of(session, "DA-02"), gone, ReviewPurpose.SECOND)
    staffing.set_active(session, gone, False)
    commenting.comment_on(session, case, About(), "Known?")
    ask_as_another_lead(session)
    with session.change(Action.ADD_FOLLOW_UP) as change:
        change.connection.execute(
            "INSERT INTO findings (identity, position, kind, title, text) VALUES ('f1', 1, 'strength', 'Seen', 'They were.')"
        )
        change.add_standing("findings", "f1")
    on_decisions = FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, "decision-making")
    for title in ("Decisions were late", "Decisions were not written down"):
        finding_writing.add_finding(session, on_decisions, title, "", ["DEC-W01"], [key_of(session, "DA-01")])
    finding_writing.illustrate(session, finding_in(session).key, key_of(session, "DA-01"), "A child waited.")
    staffing.give_roles(session, staffing.person_called(session, OBSERVER), [Role.OBSERVER])
    session.close()
    return path


@pytest.fixture
def path(observed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(observed, tmp_path / "Observed.ncpi"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    written = tmp_path / "cases.csv"
    written.write_text(CSV_OF_ONE_CASE)
    return written


def as_reader(session: AuditSession) -> AuditSession:
    """Let the lead's place be taken by the reader whose act it is; an observer stays one."""
    if session.name == LEAD:
        session.sign_in("Inspector 2")
    return session


def writing_workflows() -> set[str]:
    """Every public function that is given a session and says what it changed."""
    found = set()
    for module in pkgutil.iter_modules(ncpi_desktop.workflows.__path__):
        held = importlib.import_module(f"ncpi_desktop.workflows.{module.name}")
        for name, function in vars(held).items():
            if inspect.isfunction(function) and function.__module__ == held.__name__ and not name.startswith("_"):
                told = function.__annotations__
                if told.get("session") == "AuditSession" and told.get("return") in WRITES:
                    found.add(name)
    return found


def test_every_workflow_that_writes_is_tried_here() -> None:
    assert len(writing_workflows()) > 15
    assert writing_workflows() <= set(WORKFLOWS)


def test_every_command_is_tried_here_or_reads_only() -> None:
    assert set(command_line._commands()) == READING | set(COMMANDS)


def test_every_act_has_a_rule_of_its_own() -> None:
    assert set(RIGHTS) == set(Action) | set(Act)


def test_workflows_write_through_the_session_alone() -> None:
    """Only making a file, and writing a newcomer into it, go past the door that asks for roles."""
    past = set()
    for file in Path(ncpi_desktop.workflows.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "change":
                whose = ast.unparse(node.func.value)
                if whose != "session":
                    past.add(file.name)
    # Those first ask by themselves, or make a file of their own: copies that take the place of the file, backups, a rescued one.
    assert past - {"key_change.py", "redacting.py", "rescuing.py"} == {"session.py", "creating.py", "sample.py"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_an_observer_changes_nothing_through_any_workflow(
    opener: Callable[..., AuditSession], path: Path, source: Path, name: str
) -> None:
    session = opener(path, OBSERVER)
    before = content_of(session)
    with pytest.raises(RefusedError) as refused:
        WORKFLOWS[name](session, source)
    assert str(refused.value) == SAYS
    assert refused.value.exit_code == ExitCode.REFUSED == 5
    assert content_of(session) == before


@pytest.mark.parametrize("name", sorted(set(WORKFLOWS) - {"undo", "redo"}))
def test_what_is_refused_to_an_observer_would_do_something_for_a_lead(
    opener: Callable[..., AuditSession], path: Path, source: Path, name: str
) -> None:
    session = opener(path, LEAD)
    if name == "refuse_unless_finished":
        with pytest.raises(RefusedError, match="not final yet"):
            WORKFLOWS[name](session, source)
        return
    before = content_of(session)
    WORKFLOWS[name](session, source)
    assert content_of(session) != before


@pytest.mark.parametrize("action", Action)
def test_no_act_of_an_observer_passes_the_door(opener: Callable[..., AuditSession], path: Path, action: Action) -> None:
    session = opener(path, OBSERVER)
    with pytest.raises(RefusedError), session.change(action):
        pytest.fail("the door was open")


@pytest.mark.parametrize("words", [words for forms in COMMANDS.values() for words in forms], ids=" ".join)
def test_an_observer_changes_nothing_through_any_command(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    opener: Callable[..., AuditSession],
    path: Path,
    source: Path,
    tmp_path: Path,
    words: tuple[str, ...],
) -> None:
    session = opener(path, OBSERVER)
    before = content_of(session)
    session.close()
    words_file = tmp_path / "words.txt"
    words_file.write_text("four plain words together\n")
    stands_for = {"FILE": path, "SOURCE": source, "REPORT": tmp_path / "report.pdf", "WORDS": words_file}
    stands_for["RECOMMENDATIONS"] = of_recommendations(source)
    monkeypatch.setattr("sys.stdin", io.StringIO("Child A\n"))
    line = [str(stands_for.get(word, word)) for word in words]
    nowhere = command_line.Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)
    assert command_line.run([*line, "--person", OBSERVER], nowhere) == 5
    told = capsys.readouterr()
    assert (told.out, told.err.splitlines()[-1]) == ("", SAYS)
    assert content_of(opener(path, OBSERVER)) == before
    assert not (tmp_path / "report.pdf").exists()


def test_an_inspector_does_no_lead_s_act_once_there_is_a_lead(
    sample: AuditSession, tmp_path: Path, source: Path
) -> None:
    judging = (reviewing, undoing, restoring, declaring, commenting, referring, sending_back, settling)
    acts = [name for name in WORKFLOWS if not any(name in vars(module) for module in judging)]
    acts = [
        name for name in acts if name == "add_finding" or name not in vars(finding_writing)
    ]  # these need findings of the observed file
    assert len(acts) == 33
    before = content_of(sample)
    for name in acts:
        with pytest.raises(
            RefusedError,
            match=r"Only a (quality assurer or a )?team lead may .*; Inspector 2 works here as inspector. Ask a team lead: Team lead",
        ):
            WORKFLOWS[name](sample, source)
    assert content_of(sample) == before


def test_somebody_new_is_not_written_into_the_file_by_what_is_refused(
    opener: Callable[..., AuditSession], path: Path, source: Path
) -> None:
    session = opener(path, "Somebody new")
    before = content_of(session)
    with pytest.raises(RefusedError, match="Only a team lead may bring cases in; Somebody new works here as inspector"):
        importing.run_import(session, source)
    assert content_of(session) == before


def test_without_a_lead_whoever_judges_leads(fresh_audit: AuditSession, source: Path) -> None:
    assert not any(Role.TEAM_LEAD in person.roles for person in fresh_audit.people)
    importing.run_import(fresh_audit, source)
    staffing.add_person(fresh_audit, "Lead 1", [Role.TEAM_LEAD])
    with pytest.raises(RefusedError, match="Ask a team lead: Lead 1"):
        staffing.add_person(fresh_audit, "Lead 2", [Role.TEAM_LEAD])


def test_nobody_signed_in_brings_in_and_judges_but_does_not_lead(
    opener: Callable[..., AuditSession], path: Path, source: Path
) -> None:
    session = opener(path, "")
    importing.run_import(session, source)
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    for act, right in RIGHTS.items():
        assert session.may(act) is (right not in (Right.LEAD_BY_NAME, Right.ASSURE)), act
    with pytest.raises(RefusedError, match=r"nobody has signed in. Say who is working. A team lead here: Team lead"):
        staffing.add_person(session, "Somebody", [Role.TEAM_LEAD])


def test_who_has_left_changes_nothing_and_their_cases_go_to_others(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    staffing.set_active(sample, staffing.person_called(sample, "Inspector 2"), False)
    sample.sign_in("Inspector 2")
    case = key_of(sample, "DA-06")
    assert not sample.may_change
    with pytest.raises(
        RefusedError, match="Inspector 2 no longer works on this inspection and may not change anything"
    ):
        hand_in(sample, case)
    sample.sign_in(LEAD)
    assert allocating.allocate_case(sample, case, staffing.person_called(sample, "Inspector 3")).saved_at is not None
