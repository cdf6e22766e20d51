"""A full disk, a lock, a server gone: nothing acknowledged is lost, and what happened is a sentence.

SQLite's own limit of pages stands for the disk: it can be moved while the house is in use.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import Engine, QueuePool, event, text

from assessments.errors import StoreAway, StoreBusy, StoreFull
from assessments.store import database, place, trouble
from assessments.use_cases import trail
from assessments.verify import verify
from pages.shared import house as pages_house
from tests import stores
from tests.pages.driven import at, written
from tests.use_cases.cast import House, level, riverbend

pytestmark = pytest.mark.slow

FILL_POINTS = 200 if os.environ.get("PLUMBLINE_LONG") else 20
SAID_WITHIN = 2.0
"""Seconds, as promised; it takes some hundredths. Waiting for a lock, or trying again, would take ten."""
LONG_NOTE = "What the policy says, and since when. " * 40


@dataclass
class Disk:
    """How many pages the database may grow to; None: as many as it likes."""

    engine: Engine
    pages: int | None = None

    def __post_init__(self) -> None:
        event.listen(self.engine, "begin", self._limit)

    def _limit(self, connection: Any) -> None:
        cursor = connection.connection.dbapi_connection
        cursor.execute(f"PRAGMA max_page_count = {self.pages or 1_000_000_000}")

    def has(self, more: int) -> None:
        """So many pages are left."""
        with self.engine.connect() as connection:
            self.pages = connection.execute(text("PRAGMA page_count")).scalar_one() + more


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    engine = database.connect(sqlite_url)
    yield riverbend(engine)
    engine.dispose()


def save_until_full(house: House, first: int) -> int:
    """The version of the last note that was called saved; the sentence came in the time that is promised."""
    saved, began = first, 0.0

    def save_on() -> None:
        nonlocal saved, began
        while saved < first + 500:
            began = time.monotonic()
            house.note("PAR-01", f"{saved} {LONG_NOTE}", saved)
            saved += 1

    with pytest.raises(StoreFull, match=r"The disk is full, and nothing was saved\..*no restart is needed\."):
        save_on()
    assert time.monotonic() - began < SAID_WITHIN
    return saved


def test_on_a_full_disk_nothing_acknowledged_is_lost(house: House) -> None:
    disk, saved = Disk(house.engine), 0
    for fill_point in range(FILL_POINTS):
        disk.has(more=fill_point % 20)
        saved = save_until_full(house, saved)
        row = house.row("PAR-01")
        assert row.note_version == saved, "what was refused left nothing, and reading works"
        disk.pages = None
        house.note("PAR-01", f"{saved} {LONG_NOTE}", saved)
        saved += 1
    assert saved > FILL_POINTS
    assert house.read(trail.audit_trail, act="note", most=1).total == saved
    assert verify(house.engine).faults == []


def test_control_with_room_nothing_is_refused(house: House) -> None:
    disk = Disk(house.engine)
    disk.has(more=100_000)
    house.note("PAR-01", LONG_NOTE)
    assert house.row("PAR-01").note_version == 1


def test_the_page_says_so_keeps_what_was_chosen_and_saves_it_once_there_is_room(
    monkeypatch: pytest.MonkeyPatch, house: House
) -> None:
    monkeypatch.setenv("DATA_DIR", str(Path(str(house.engine.url.database)).parent))
    st.cache_resource.clear()
    test = at("assess/rate.py", part="ORG-1")
    disk = Disk(pages_house._connected(place.database_url()))
    disk.has(more=0)
    fill_up(house, disk)
    key = f"levels-{house.assessment}-ORG-01"
    test = test.radio(key=key).set_value("2").run()
    assert [error.value for error in test.exception] == []
    assert any("The disk is full, and nothing was saved" in error.value for error in test.error)
    assert house.row("ORG-01").answer_version == 0
    assert test.radio(key=key).value == "2"
    other = at("assess/rate.py", part="PAR-1")
    assert any("PAR-01" in radio.label for radio in other.radio), "another part can be read"
    disk.pages = None
    test = test.radio(key=key).set_value("3").run()
    assert house.row("ORG-01").answer.level == 3
    assert "Saved" in written(test)
    st.cache_resource.clear()


def fill_up(house: House, disk: Disk) -> None:
    """To the last page, so that not even one rating fits."""
    other = Disk(house.engine, disk.pages)
    assert other.pages
    save_until_full(house, 0)
    for number in range(200):
        try:
            house.rate("PAR-02", number % 5, number)
        except StoreFull:
            return
    pytest.fail("the disk did not fill up")


def run(engine: Engine, *statements: str) -> None:
    with database.writing(engine) as db:
        for statement in statements:
            db.execute(text(statement))


def test_a_database_that_another_program_holds_is_said(house: House) -> None:
    other = sqlite3.connect(str(house.engine.url.database), isolation_level=None)
    event.listen(house.engine.pool, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout = 1"))
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreBusy, match=r"nothing was saved\. Wait a moment"):
        house.rate("ORG-01", 1)
    other.close()
    house.rate("ORG-01", 1)
    assert house.row("ORG-01").answer == level(1)


def test_when_nobody_leaves_room_in_the_pool_it_is_said(sqlite_url: str) -> None:
    engine = database.connect(sqlite_url)
    assert isinstance(engine.pool, QueuePool)
    engine.pool._timeout = 0.01  # SQLAlchemy has no setter
    held = [engine.connect() for _ in range(engine.pool.size())]
    with pytest.raises(StoreBusy):
        run(engine, "SELECT 1")
    for connection in held:
        connection.close()
    engine.dispose()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    engine = database.connect(place.sqlite_url(tmp_path / "unplugged"))
    with pytest.raises(StoreAway, match="cannot be reached"):
        run(engine, "SELECT 1")
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("setting", "statement", "raised"),
    [
        ("statement_timeout = 20", "SELECT pg_sleep(5)", StoreBusy),
        ("transaction_read_only = on", "CREATE TABLE x (y INTEGER)", StoreAway),
    ],
)
def test_a_server_that_refuses_is_said(
    postgres_url: str, setting: str, statement: str, raised: type[Exception]
) -> None:
    engine = database.connect(postgres_url)
    with pytest.raises(raised):
        run(engine, f"SET LOCAL {setting}", statement)
    engine.dispose()


@pytest.mark.postgres
def test_a_server_that_goes_away_in_the_middle_is_said_and_comes_back(
    cluster: stores.Cluster, postgres_url: str
) -> None:
    engine = database.connect(postgres_url)
    house = riverbend(engine)
    gone = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{engine.url.database}'"

    def cut_off() -> None:
        with database.writing(engine) as db:
            db.execute(text("SELECT 1"))
            cluster.execute(gone)
            db.execute(text("SELECT 1"))

    with pytest.raises(StoreAway, match="may not be saved"):
        cut_off()
    house.rate("ORG-01", 2)
    assert house.row("ORG-01").answer == level(2)
    engine.dispose()


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_said(tmp_path: Path) -> None:
    engine = database.connect(f"postgresql://plumbline@/nothing?host={tmp_path}")
    with pytest.raises(StoreAway):
        run(engine, "SELECT 1")
    engine.dispose()


def test_every_kind_of_trouble_has_its_sentence() -> None:
    kinds = {*trouble.SQLITE.values(), *trouble.POSTGRESQL.values()}
    assert kinds == set(trouble.SAYS)
