"""Many writers at once: none is refused, nothing is lost, and the audit trail stays one chain."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, Conflict
from assessments.store import database
from assessments.use_cases import ratings, sheets, submission, trail
from assessments.use_cases.gap_report import gap_report
from tests.use_cases.cast import NOW, House, hilltop, level, riverbend

WRITERS = 8
SAVES = 1_000 if os.environ.get("PLUMBLINE_LONG") else 20
INDICATORS = tuple(f"PAR-0{n}" for n in range(1, 9))


@pytest.fixture
def postgres_house(postgres_url: str) -> Iterator[House]:
    engine = database.connect(postgres_url)
    yield riverbend(engine)
    engine.dispose()


def save_often(house: House, writer: int) -> int:
    """How many saves were acknowledged; a conflict is looked at and repeated, as a person would."""
    saved = 0
    while saved < SAVES:
        indicator = INDICATORS[(writer + saved) % len(INDICATORS)]
        row = house.row(indicator)
        try:
            house.note(indicator, f"save {saved} of writer {writer}", row.note_version)
            saved += 1
        except Conflict:
            continue
    return saved


def test_no_save_is_refused_or_lost(house: House) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        acknowledged = sum(pool.map(lambda writer: save_often(house, writer), range(WRITERS)))
    rows = house.read(sheets.sheet, house.assessment).rows
    assert acknowledged == WRITERS * SAVES
    assert sum(row.note_version for row in rows.values()) == acknowledged
    assert house.read(trail.audit_trail, act="note", most=1).total == acknowledged
    assert house.read(trail.verify_trail) == []


def test_control_a_plain_begin_is_refused_on_sqlite(sqlite_url: str) -> None:
    """Two that read and then write: without BEGIN IMMEDIATE the second fails at once, whatever the timeout."""
    engine = database.connect(sqlite_url)
    count, write = text("SELECT count(*) FROM agency"), text("UPDATE audit_head SET seq = seq")
    with Session(engine) as first, Session(engine) as second:
        first.execute(count)
        second.execute(count)
        first.execute(write)
        with pytest.raises(OperationalError, match="database is locked"):
            second.execute(text("UPDATE audit_head SET seq = seq + 1"))
    engine.dispose()


@pytest.mark.postgres
def test_submitting_waits_for_a_rating_that_is_under_way(postgres_house: House) -> None:
    """Between processes only the database can make them wait: what is submitted is what stands."""
    house, begun = postgres_house, threading.Event()

    def submit() -> None:
        begun.set()
        house.submit()

    house.rate("ORG-01", 1)
    with ThreadPoolExecutor(1) as pool:
        with database.writing(house.engine) as db:
            ratings.rate(db, house.actor, NOW, house.assessment, "ORG-01", level(4), 1)
            submitting = pool.submit(submit)
            begun.wait()
            wait_until_blocked(house.engine)
        submitting.result()
    report = house.read(gap_report, house.assessment)
    assert report.assessment.ratings_hash == report.receipt.ratings_hash


@pytest.mark.postgres
def test_a_rating_waits_for_a_submission_that_is_under_way(postgres_house: House) -> None:
    house = postgres_house
    house.rate("ORG-01", 1)
    with ThreadPoolExecutor(1) as pool:
        with database.writing(house.engine) as db:
            submission.submit(db, house.actor, NOW, house.assessment)
            rating = pool.submit(house.rate, "ORG-01", 4, 1)
            wait_until_blocked(house.engine)
        with pytest.raises(AlreadySubmitted):
            rating.result()
    assert house.row("ORG-01").answer == level(1)


@pytest.mark.postgres
def test_agencies_do_not_wait_for_one_another(postgres_house: House) -> None:
    other = hilltop(postgres_house.engine)
    with database.writing(postgres_house.engine) as db:
        ratings.rate(db, postgres_house.actor, NOW, postgres_house.assessment, "ORG-01", level(4), 0)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(other.rate, "ORG-01", 2).result(timeout=10).answer == level(2)


def wait_until_blocked(engine: Engine) -> None:
    """Until some connection to this database waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for _ in range(10_000):
            if connection.execute(waiting).scalar_one():
                return
    pytest.fail("nobody had to wait")
