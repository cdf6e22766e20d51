"""A cut of the power loses nothing that was called saved, wherever it falls, and leaves a database that is whole."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DatabaseError

from assessments.store import audit, database, place
from assessments.store.access import Actor
from assessments.use_cases import ratings, sheets, trail
from tests.store.power import TRACED, Disk, recorded
from tests.use_cases.cast import NOW, House, level, riverbend

pytestmark = pytest.mark.slow

LONG = bool(os.environ.get("PLUMBLINE_LONG"))
SAVES = 400 if LONG else 16
BETWEEN = 1 / 16
"""The share of single writes and syncs after which there is a cut too."""
INDICATOR = "ORG-01"
SETTINGS = ("FULL", "NORMAL", "OFF")
KEY = "the key of the house whose power is cut"
PAGES_TO_CHECKPOINT = 50
"""By SQLite's own 1,000 the log would go back into the database once in a hundred saves; here every few."""
STRACE = shutil.which("strace")


@dataclass
class Cuts:
    """By how many acknowledged saves each cut was short, and what was broken."""

    lost: list[int] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    """Of one process that saved in three copies of a house, one for each setting; `before` is what the copies were."""

    house: House
    before: bytes
    log: Path

    def cuts(self, synchronous: str, folder: Path) -> Cuts:
        """One at each acknowledgement, and some on the way to the next."""
        file = self.log.parent / synchronous / "plumbline.db"
        disk, chance, found, saved = Disk({str(file): self.before}), Random(7), Cuts(), 0
        later = replace(self.house, engine=database.connect(place.sqlite_url(folder / "after")))
        for happened in recorded(self.log, file):
            disk.take(happened)
            saved = happened.at if happened.kind == "saved" else saved
            if happened.kind == "saved" or chance.random() < BETWEEN:
                for dice in (None, chance):  # with nothing of what was under way, and with some
                    look(disk.after_a_cut(dice), later, saved, found)
        later.engine.dispose()
        assert saved == SAVES
        return found


@pytest.fixture(scope="module")
def record(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("power")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIT_KEY", KEY)
        file = Path(shutil.copy(sqlite_template, folder))
        engine = database.connect(place.sqlite_url(folder))
        house = riverbend(engine)
        engine.dispose()  # with that its log is empty
        for synchronous in SETTINGS:
            (folder / synchronous).mkdir()
            shutil.copy(file, folder / synchronous)
        save_watched(house, folder)
    return Record(house, file.read_bytes(), folder / "strace.log")


def save_watched(house: House, folder: Path) -> None:
    command = [str(STRACE), "-y", "-xx", "-s", "65536", "-e", TRACED, "-o", str(folder / "strace.log"), sys.executable]
    arguments = [str(folder), house.actor.person_id, house.actor.agency_id, house.assessment]
    saving = [*command, "-m", __name__, *arguments]
    done = subprocess.run(saving, check=False, capture_output=True, text=True, timeout=300)
    if "ptrace" in done.stderr:
        pytest.skip("this system does not let a process be watched")
    assert done.returncode == 0, done.stderr


@pytest.fixture(autouse=True)
def same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_KEY", KEY)


def look(files: dict[str, bytes], house: House, saved: int, found: Cuts) -> None:
    """At what the next start finds."""
    folder = Path(str(house.engine.url.database)).parent
    shutil.rmtree(folder, ignore_errors=True)
    place.private_folder(folder)
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
    try:
        with database.reading(house.engine) as db:
            wrong = db.execute(text("PRAGMA integrity_check")).scalars().all()
            if wrong != ["ok"]:
                found.broken.append(str(wrong[0]))
                return
            row = sheets.sheet(db, house.actor, house.assessment, [INDICATOR]).row(INDICATOR)
            faults = audit.faults(db, house.actor.agency_id)
            entries = trail.audit_trail(db, house.actor, act="rate", most=0).total
        found.lost.append(saved - row.answer_version)
        if faults or entries != row.answer_version or (entries and row.answer != level(entries % 5)):
            found.broken.append(f"{row.answer_version} saved, {entries} in the trail, {faults}")
    except DatabaseError as error:
        found.broken.append(str(error.orig))
    finally:
        house.engine.dispose()  # and keeps the statements that it has compiled


watched = pytest.mark.skipif(STRACE is None, reason="strace is not installed; test_database.py asserts the settings")


@watched
def test_no_cut_loses_what_was_called_saved_or_breaks_anything(record: Record, tmp_path: Path) -> None:
    cuts = record.cuts("FULL", tmp_path)
    assert cuts.broken == []
    assert len(cuts.lost) > SAVES * 2
    assert max(cuts.lost) == 0
    assert min(cuts.lost) == -1, "control: one more may be there, saved and not yet called so"


@watched
def test_control_with_a_weaker_setting_saves_are_lost_and_it_shows(record: Record, tmp_path: Path) -> None:
    cuts = record.cuts("NORMAL", tmp_path)
    assert cuts.broken == [], "it forgets whole saves, and stays sound"
    assert max(cuts.lost) > 0


@watched
def test_control_without_any_sync_the_database_breaks_and_it_shows(record: Record, tmp_path: Path) -> None:
    assert record.cuts("OFF", tmp_path).broken != []


def main(folder: str, person: str, agency: str, assessment: str) -> None:
    """Run as a process of its own, under the eyes of strace."""
    for synchronous in SETTINGS:
        engine = database.connect(place.sqlite_url(Path(folder) / synchronous))
        settings = (f"wal_autocheckpoint = {PAGES_TO_CHECKPOINT}", f"synchronous = {synchronous}")
        event.listen(engine, "connect", partial(also, settings))
        for number in range(SAVES):
            with database.writing(engine) as db:
                ratings.rate(db, Actor(person, agency), NOW, assessment, INDICATOR, level((number + 1) % 5), number)
            os.write(1, f"saved {synchronous} {number + 1}\n".encode())
    os._exit(0)  # no tidy end


def also(settings: tuple[str, ...], connection: Any, _record: object) -> None:
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")


if __name__ == "__main__":
    main(*sys.argv[1:])
