"""What is broken off leaves nothing half done, at whichever of its statements it happens."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, select
from sqlmodel import col

from assessments import demo
from assessments.demo_cast import CAST, Invented
from assessments.store import database
from assessments.store.tables import Agency
from assessments.use_cases import agencies, assessments, deleting, evidence, submission
from tests.use_cases.cast import BASELINE, HILLTOP, MAIN_STREET, NOW, POLICY, House, everything, level

pytestmark = pytest.mark.slow

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
FURNISHED_AT = 100 if LONG else 4
"""At how many of its statements the demonstration is broken off."""
CASTS = (CAST[-1:], CAST) if LONG else (CAST[-1:],)
Act = Callable[[House], object]


class Interrupted(Exception):
    pass


@contextmanager
def statements(engine: Engine, at: Callable[[Connection, int], None]) -> Iterator[list[int]]:
    """Calls `at` after each statement, with its number; how many there were is the one item of the list."""
    seen = [0]

    def executed(connection: Connection, *_: Any) -> None:
        seen[0] += 1
        at(connection, seen[0])

    event.listen(engine, "after_cursor_execute", executed)
    try:
        yield seen
    finally:
        event.remove(engine, "after_cursor_execute", executed)


def broken_off(house: House, act: Act, at: int) -> None:
    """After so many statements: what was written is with the database, and not yet committed."""

    def stop(_connection: Connection, number: int) -> None:
        if number == at:
            raise Interrupted

    with statements(house.engine, stop), pytest.raises(Interrupted):
        act(house)


def long(house: House, act: Act) -> int:
    """Of how many statements it is, by doing it and undoing it."""

    class Undone(Exception):
        pass

    def undo(session: Any) -> None:
        raise Undone

    with statements(house.engine, lambda *_: None) as seen:
        event.listen(database.Session, "before_commit", undo)
        try:
            with pytest.raises(Undone):
                act(house)
        finally:
            event.remove(database.Session, "before_commit", undo)
    return seen[0]


def _submit(house: House) -> object:
    return house.submit()


def _reopen(house: House) -> None:
    house.write(submission.reopen, house.assessment, "One rating was wrong")


def _delete(house: House) -> None:
    house.write(deleting.delete_assessment, house.assessment, "Care of pregnant and postpartum women: the program")


def _set_up(house: House) -> None:
    with database.writing(house.engine) as db:
        agencies.set_up(db, NOW, "Ann Able", HILLTOP, MAIN_STREET, BASELINE)


def _nothing(_house: House) -> None:
    pass


ACTS: dict[str, tuple[Act, Act]] = {
    "submit": (_nothing, _submit),
    "reopen": (_submit, _reopen),
    "delete an assessment": (_nothing, _delete),
    "set up": (_nothing, _set_up),
}
"""What comes first, and what is broken off."""


@pytest.fixture
def rated(house: House) -> House:
    """With a row in each table that hangs on an assessment."""
    house.rate("ORG-01", 3)
    house.rate("PAR-01", level(2))
    house.note("ORG-01", "Seen")
    house.write(evidence.add_evidence, house.assessment, "ORG-01", POLICY)
    house.write(assessments.remember_place, house.assessment, "ORG-1")
    return house


@pytest.mark.parametrize("name", ACTS)
def test_it_is_done_whole_or_not_at_all(rated: House, name: str) -> None:
    first, act = ACTS[name]
    first(rated)
    before, count = everything(rated.engine), long(rated, act)
    assert count > 5
    for at in range(1, count + 1):
        broken_off(rated, act, at)
        assert everything(rated.engine) == before, f"after statement {at} of {count}"
    act(rated)
    assert everything(rated.engine) != before


@pytest.mark.parametrize("name", ACTS)
def test_control_where_each_statement_is_committed_a_half_is_found(rated: House, name: str) -> None:
    """On either store, for each act: with one transaction a statement, broken off before its last."""
    first, act = ACTS[name]
    first(rated)
    before, count = everything(rated.engine), long(rated, act)

    def commit(connection: Connection, number: int) -> None:
        connection.connection.dbapi_connection.commit()  # type: ignore[union-attr] # there is one
        if number == count - 1:
            raise Interrupted

    with statements(rated.engine, commit), pytest.raises(Interrupted):
        act(rated)
    assert everything(rated.engine) != before


def _furnish(house: House) -> None:
    demo.furnish(house.engine, NOW)


@pytest.mark.parametrize("cast", CASTS)
def test_the_demonstration_is_furnished_whole_or_not_at_all(
    engine: Engine, cast: tuple[Invented, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "CAST", cast)
    empty = House(engine, *[None] * 4)  # type: ignore[arg-type] # nobody is there yet
    before, count = everything(engine), long(empty, _furnish)
    assert not any(before.values())
    chance = Random(7)
    for at in {count, *(chance.randrange(1, count) for _ in range(FURNISHED_AT // len(cast)))}:
        broken_off(empty, _furnish, at)
        assert everything(engine) == before, f"after statement {at} of {count}"
    _furnish(empty)
    with database.reading(engine) as db:
        assert {one.agency.name for one in cast} <= set(db.execute(select(col(Agency.name))).scalars())
