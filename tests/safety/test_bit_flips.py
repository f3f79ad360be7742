"""One bit flipped anywhere: it is refused at opening, found by the check, or nothing of what the program shows is other than before."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError, KnownError
from ncpi_desktop.domain.record.file_key import FileKey, derive_key
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.storage.kept_tables import KEPT_TABLES
from ncpi_desktop.storage.refusal import salt_of
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.redacting import redact
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_case, make_inspection
from tests.casework import bring_in, complete, hand_in, key_of
from tests.conftest import FIRST_MOMENT, TickingClock
from tests.safety.pages import used_bytes_by_table
from tests.safety.report import tell_fault

FAULT = "one bit flipped"
SLOWEST = 5.0
PAGE = 4096
HEADER = range(100)

RECORDS = {
    "cases",
    "case_tags",
    "children",
    "entries",
    "strategy_discussions",
    "strategy_agencies",
    "own_grades",
    "own_stage_grades",
    "inspection",
}
REVIEWS = {
    "reviews",
    "stage_grades",
    "given_reasons",
    "citations",
    "allocations",
    "samples",
    "sample_cases",
    "referrals",
}
HISTORY = {"history", "history_values"}
REGIONS = ("records", "reviews", "history", "search index", "header", "everything else")


def region_of(table: str) -> str:
    if table in RECORDS:
        return "records"
    if table in REVIEWS:
        return "reviews"
    if table in HISTORY:
        return "history"
    return "search index" if "_search" in table else "everything else"


@pytest.fixture(scope="module")
def small_audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An audit as small as it gets with something in it: what is flipped in it mostly matters."""
    path = tmp_path_factory.mktemp("small") / "Small.ncpi"
    create_audit(path, make_inspection(), person="Team lead", at=FIRST_MOMENT)
    session = AuditSession.open(path, person="Inspector 1", clock=TickingClock())
    bring_in(session, make_case("DA-9", tags=("Repeat",)), make_case("DA-10"), own_grades={"DA-9": "good"})
    hand_in(session, key_of(session, "DA-9"))
    reviewing.reopen(session, key_of(session, "DA-9"), "a new page came")
    complete(session, key_of(session, "DA-10"))
    reviewing.write_text(session, key_of(session, "DA-10"), "notes", "Ring 07700 900123 first.")
    session.sign_in("Team lead")
    redact(session, "07700 900123", "a telephone number")
    session.sign_in("Inspector 1")
    reviewing.park(session, key_of(session, "DA-10"), "waiting")
    session.close()
    return path


def everything(path: Path, key: FileKey | None = None) -> tuple[object, ...]:
    """Everything that the program shows of the file, whatever bytes it stands in."""
    session = AuditSession.open(path, read_only=True, clock=lambda: FIRST_MOMENT, key=key)
    try:
        findings = findings_of(session)
        steps = list(_steps(session))
        with session.file.reading() as connection:
            kept = [list(table.rows(connection)) for table in KEPT_TABLES]
            counts = connection.execute("SELECT * FROM tallies").fetchall()
        return (
            *(findings, session.methodology, session.people, kept, counts, steps),
            tuple(map(repr, case_lines(session, findings))),
            browsing.queue_page(session, 1, 100),
            [browsing.search(session, words) for words in ("child", "sergeant", "notes", "repeat")],
        )
    finally:
        session.close()


def _steps(session: AuditSession) -> Iterator[object]:
    before = None
    while page := browsing.history(session, before):
        for change in page:
            yield change, browsing.values_of_step(session, change.step)
        before = page[-1].sequence


def outcome(path: Path, sound: tuple[object, ...], key: FileKey | None = None) -> str:
    """Return what becomes of the file: refused, found, harmless or silent. Any other error than a sentence fails the test."""
    begun = time.process_time()
    try:
        session = AuditSession.open(path, read_only=True, key=key)
        session.close()
    except KnownError:
        found = "refused at opening"
    else:
        found = ""
    try:
        report = check(path, key=key)
        found = found or ("harmless" if report.sound else "found by check")
    except FileRefusedError:
        found = found or "found by check"
    assert time.process_time() - begun < SLOWEST
    if found == "harmless" and everything(path, key) != sound:
        return "silent"
    return found


def flip_region(source: Path, folder: Path, region: str, times: int, seed: int) -> Counter[str]:
    if region == "header":
        places = list(HEADER)
    else:
        held_by = used_bytes_by_table(source)
        places = [place for table in sorted(held_by) if region_of(table) == region for place in held_by[table]]
    chance, bytes_before, sound = random.Random(f"{region} {seed}"), source.read_bytes(), everything(source)
    told: Counter[str] = Counter()
    for number in range(times):
        place = chance.choice(places)
        held = bytearray(bytes_before)
        held[place] ^= 1 << chance.randrange(8)
        path = folder / f"{region.replace(' ', '-')}-{number}.ncpi"
        path.write_bytes(held)
        became = outcome(path, sound)
        told[became] += 1
        assert became != "silent", (region, seed, number, divmod(place, PAGE))
        path.unlink()
    return told


def _tell(region: str, tried: int, told: Counter[str]) -> None:
    sys.stdout.write(
        f"{region}: {tried} tried, {told['refused at opening']} refused at opening, {told['found by check']} found by check,"
        f" {told['harmless']} harmless, silent {told['silent']}\n"
    )
    tell_fault(f"{FAULT}: {region}", tried, told["silent"], **{name: told[name] for name in sorted(told)})


@pytest.mark.parametrize("region", REGIONS)
def test_a_flipped_bit_is_noticed_or_harmless(small_audit: Path, tmp_path: Path, region: str) -> None:
    told = flip_region(small_audit, tmp_path, region, 40, 1)
    assert told["refused at opening"] + told["found by check"] >= 12
    _tell(region, 40, told)


@pytest.mark.long
@pytest.mark.parametrize("region", REGIONS)
def test_a_thousand_flipped_bits_of_the_sample(sample_path: Path, tmp_path: Path, region: str) -> None:
    _tell(region, 1000, flip_region(sample_path, tmp_path, region, 1000, 2))


def test_every_byte_of_the_header_is_tried(small_audit: Path, tmp_path: Path) -> None:
    chance, sound = random.Random(3), everything(small_audit)
    for place in HEADER:
        held = bytearray(small_audit.read_bytes())
        held[place] ^= 1 << chance.randrange(8)
        path = tmp_path / "header.ncpi"
        path.write_bytes(held)
        assert outcome(path, sound) != "silent", place


@pytest.fixture(scope="module")
def protected_audit(small_audit: Path) -> Path:
    """The small audit behind a passphrase."""
    path = small_audit.with_name("Protected.ncpi")
    key = derive_key("correct horse battery", bytes(range(16)))
    plain = connect(str(small_audit))
    plain.execute("ATTACH ? AS closed KEY ?", (str(path), key.as_words()))
    plain.execute("SELECT sqlcipher_export('closed')")
    for pragma in ("application_id", "user_version"):
        (value,) = plain.execute(f"PRAGMA main.{pragma}").fetchone()
        plain.execute(f"PRAGMA closed.{pragma} = {value}")
    plain.execute("DETACH closed")
    plain.close()
    return path


def flip_protected(source: Path, folder: Path, times: int) -> Counter[str]:
    salt = salt_of(source)
    key = derive_key("correct horse battery", salt)
    chance, bytes_before, sound = random.Random(4), source.read_bytes(), everything(source, key)
    told: Counter[str] = Counter()
    for number in range(times):
        held = bytearray(bytes_before)
        place = chance.randrange(len(held)) if number % 10 else chance.randrange(PAGE)
        held[place] ^= 1 << chance.randrange(8)
        path = folder / f"protected-{number}.ncpi"
        path.write_bytes(held)
        of_file = key if salt_of(path) == salt else derive_key("correct horse battery", salt_of(path))
        became = outcome(path, sound, of_file)
        told[became] += 1
        assert became in ("refused at opening", "found by check"), (number, divmod(place, PAGE))
        path.unlink()
    return told


def test_a_flipped_bit_of_a_protected_file_is_never_read(protected_audit: Path, tmp_path: Path) -> None:
    _tell("protected", 60, flip_protected(protected_audit, tmp_path, 60))


@pytest.mark.long
def test_a_thousand_flipped_bits_of_a_protected_file(protected_audit: Path, tmp_path: Path) -> None:
    _tell("protected", 1000, flip_protected(protected_audit, tmp_path, 1000))
