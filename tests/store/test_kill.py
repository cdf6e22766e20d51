"""A process that is killed while it saves loses nothing that it called saved, and leaves nothing half done."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine, text

from assessments.store import database
from assessments.use_cases import trail
from tests.store.saver import INDICATOR
from tests.use_cases.cast import House, level, riverbend

pytestmark = pytest.mark.slow

KILLS = 500 if os.environ.get("PLUMBLINE_LONG") else 10


@pytest.fixture
def house_on_disk(sqlite_url: str) -> Iterator[House]:
    engine = database.connect(sqlite_url)
    yield riverbend(engine)
    engine.dispose()


@contextmanager
def saver(house: House, workers: int, when: str) -> Iterator[subprocess.Popen[str]]:
    actor = house.actor
    arguments = [str(house.engine.url), actor.person_id, actor.agency_id, house.assessment, str(workers), when]
    command = [sys.executable, "-m", "tests.store.saver", *arguments]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def acknowledged_until_killed(process: subprocess.Popen[str], after: int) -> int:
    """The last version that the next worker called saved; it is killed when it has said so `after` times."""
    assert process.stdout is not None
    worker, last, heard = 0, 0, 0
    for line in process.stdout:
        word, *number = line.split()
        if word == "ended":
            return last
        if word == "worker":
            worker = int(number[0])
            continue
        last, heard = int(number[0]), heard + 1
        if heard == after:
            os.kill(worker, signal.SIGKILL)
    pytest.fail("the process ended by itself")


def is_whole(engine: Engine) -> bool:
    with engine.connect() as connection:
        return str(connection.execute(text("PRAGMA integrity_check")).scalar_one()) == "ok"


def test_no_acknowledged_rating_is_lost(house_on_disk: House) -> None:
    house, chance = house_on_disk, random.Random(7)
    with saver(house, KILLS, "after-commit") as process:
        for _ in range(KILLS):
            last = acknowledged_until_killed(process, after=chance.randint(1, 15))
            stored = house.row(INDICATOR)
            assert stored.answer_version in (last, last + 1), "one more may be committed and not yet called saved"
            assert stored.answer == level(stored.answer_version % 5)
            assert house.read(trail.audit_trail, act="rate", most=1).total == stored.answer_version
    assert is_whole(house.engine)
    assert house.read(trail.verify_trail) == []


def test_control_what_is_called_saved_too_early_is_lost(house_on_disk: House) -> None:
    with saver(house_on_disk, 1, "too-early") as process:
        last = acknowledged_until_killed(process, after=1)
    assert last == 1
    assert house_on_disk.row(INDICATOR).answer_version == 0
    assert is_whole(house_on_disk.engine)
