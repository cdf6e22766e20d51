"""Looks at an installation and says what could lose or show data: each check by name, what it found, what to do.

It changes nothing: no table is made, no migration run.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from assessments.doctor import door, folder, hosting, postgresql, sqlite, versions, whole
from assessments.doctor.check import Check
from assessments.store import place, upkeep
from assessments.store.database import Engine

ROOT = Path(__file__).resolve().parents[2]


def checks(engine: Engine, now: datetime) -> Iterator[Check]:
    file = upkeep.sqlite_file(engine)
    yield from (sqlite.checks(engine) if file else postgresql.checks(engine))
    yield from whole.checks(engine, now)
    yield from folder.checks(place.data_dir(), file, now, trail=whole.newest_entry(engine) is not None)
    yield from door.checks(ROOT)
    yield from hosting.checks()
    yield from versions.checks(ROOT)
