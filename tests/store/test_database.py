"""Committed means on the disk, refused means nothing is there, on every connection."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Engine, event, select, text
from sqlalchemy.exc import IntegrityError

from assessments.store import database
from assessments.store.tables import Person, Table

SQLITE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 10_000,
    "trusted_schema": 0,
    "secure_delete": 1,
}
POSTGRES = {"timezone": "UTC", "statement_timeout": "15s", "idle_in_transaction_session_timeout": "1min"}
PEOPLE = Table.metadata.tables["person"]
NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


class Stop(BaseException):
    """Streamlit stops a script with a BaseException."""


def names(engine: Engine) -> list[str]:
    with database.reading(engine) as db:
        return sorted(db.execute(select(PEOPLE.c.name)).scalars())


def person(name: str, at: datetime = NOON) -> Person:
    return Person(name=name, created_at=at)


def test_every_pooled_connection_has_our_settings(engine: Engine) -> None:
    command, wanted = ("PRAGMA", SQLITE) if engine.dialect.name == "sqlite" else ("SHOW", POSTGRES)
    together = threading.Barrier(7)

    def settings(_: int) -> dict[str, object]:
        with engine.connect() as connection:
            together.wait()
            return {name: connection.exec_driver_sql(f"{command} {name}").scalar_one() for name in wanted}

    for _ in range(2):
        with ThreadPoolExecutor(7) as pool:
            assert list(pool.map(settings, range(7))) == [wanted] * 7


def test_a_connection_is_opened_once_and_kept(engine: Engine) -> None:
    opened: list[object] = []
    event.listen(engine, "connect", lambda connection, _: opened.append(connection))
    for at_once in (1, 12, 12, 3, 12):
        held = [engine.connect() for _ in range(at_once)]
        for connection in held:
            connection.close()
    assert len(opened) <= 12


def test_what_ends_well_is_committed(engine: Engine) -> None:
    with database.writing(engine) as db:
        db.add(person("Ann"))
    assert names(engine) == ["Ann"]


@pytest.mark.parametrize("raised", [ValueError, Stop, KeyboardInterrupt, SystemExit])
def test_a_killed_transaction_leaves_nothing(engine: Engine, raised: type[BaseException]) -> None:
    def killed() -> None:
        with database.writing(engine) as db:
            db.add(person("Ann"))
            db.flush()
            db.add(person("Bea"))
            raise raised

    with pytest.raises(raised):
        killed()
    assert names(engine) == []
    with database.writing(engine) as db:
        db.add(person("Cam"))
    assert names(engine) == ["Cam"], "the next one can write"


def test_reading_takes_no_lock_and_keeps_nothing(engine: Engine) -> None:
    with database.reading(engine) as reader:
        assert reader.execute(select(PEOPLE.c.name)).all() == []
        with database.writing(engine) as db:
            db.add(person("Ann"))
    assert names(engine) == ["Ann"]
    with database.reading(engine) as reader:
        reader.add(person("Bea"))
        reader.flush()
    assert names(engine) == ["Ann"]


def test_writers_take_turns(engine: Engine) -> None:
    """Read, then write: eight at once, and each sees what the one before it wrote."""

    def count_up(_: int) -> None:
        with database.writing(engine) as db:
            if engine.dialect.name != "sqlite":
                db.execute(text("LOCK TABLE person IN EXCLUSIVE MODE"))
            db.add(person(str(len(db.execute(select(Person)).all()))))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(40)))
    assert sorted(map(int, names(engine))) == list(range(40))


def test_moments_are_utc_whatever_was_given(engine: Engine) -> None:
    with database.writing(engine) as db:
        db.add(person("Ann", NOON.astimezone(timezone(timedelta(hours=-7)))))
    with database.reading(engine) as db:
        stored = db.execute(select(PEOPLE.c.created_at)).scalar_one()
    assert (stored, stored.utcoffset()) == (NOON, timedelta(0))


def test_an_error_does_not_show_the_values(engine: Engine) -> None:
    secret = {"id": "same", "name": "very private", "local": False, "created_at": NOON}
    with database.writing(engine) as db:
        db.execute(PEOPLE.insert(), secret)
        with pytest.raises(IntegrityError) as raised:
            db.execute(PEOPLE.insert(), secret)
        db.rollback()
    assert "hide_parameters" in str(raised.value)
    assert "very private" not in str(raised.value)


def test_there_is_one_person_of_this_machine(engine: Engine) -> None:
    with database.writing(engine) as db:
        db.add_all([person("Ann"), person("Bea")])
    with database.writing(engine) as db:
        with pytest.raises(IntegrityError):
            db.execute(PEOPLE.update().values(local=True))
        db.rollback()
