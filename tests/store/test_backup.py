"""A backup is whole while people write, holds what it should and nothing else, and goes back into either store."""

import fcntl
import json
import os
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, inspect, select, text
from sqlmodel import col

from assessments.store import audit, backup, database, files, manifest, place, restore, rows, soundness
from assessments.store.tables import Agency, LaunchLink, Table
from assessments.use_cases import sheets
from assessments.use_cases.submission import reopen
from assessments.verify import verify
from tests import stores
from tests.store import full
from tests.use_cases.cast import NOW, House
from tests.use_cases.files import PDF

pytestmark = pytest.mark.slow

NOTED = "PAR-02"
KEY = "the key of the furnished house in these tests"
LONG = bool(os.environ.get("PLUMBLINE_LONG"))
BACKUPS = 100 if LONG else 2
FLIPS = 500 if LONG else 8
KILLED_AT = range(1, 20) if LONG else (1, 9)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a furnished house, with its database and a backup of it."""
    folder = tmp_path_factory.mktemp("furnished")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIT_KEY", KEY)
        patch.setenv("DATA_DIR", str(folder))
        engine = full.empty(folder)
        database.migrate(engine)
        full.furnish(engine)
        backup.backup(engine, folder / "saved.backup", NOW)
        engine.dispose()
    return folder


@pytest.fixture(autouse=True)
def same_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_KEY", KEY)


@pytest.fixture
def house(engine: Engine) -> House:
    return full.furnish(engine)


@pytest.fixture
def on_a_file(made_once: Path, tmp_path: Path) -> Iterator[Engine]:
    """A furnished house on SQLite, for what does not depend on where a backup comes from."""
    shutil.copy(made_once / "plumbline.db", tmp_path)
    shutil.copytree(made_once / files.FOLDER, tmp_path / files.FOLDER)
    engine = database.connect(place.sqlite_url(tmp_path))
    yield engine
    engine.dispose()


@pytest.fixture
def saved(made_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made_once / "saved.backup", tmp_path))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Engine]:
    engine = full.empty(tmp_path / "another")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def another(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A second, empty installation on either kind of store."""
    if request.param == "sqlite":
        engine = full.empty(tmp_path / "another")
        yield engine
        engine.dispose()
        return
    cluster: stores.Cluster = request.getfixturevalue("cluster")
    with cluster.database() as url:
        engine = database.connect(url)
        yield engine
        engine.dispose()


def is_empty(engine: Engine) -> bool:
    restore.require_empty(engine)
    return True


def test_what_is_restored_is_what_was_backed_up_on_either_store(house: House, another: Engine, tmp_path: Path) -> None:
    before = full.data(house.engine)
    assert all(before.values()), "every table has a row to lose"
    made = backup.backup(house.engine, tmp_path / "saved.backup", NOW)
    assert full.data(house.engine) == before
    restore.restore(another, tmp_path / "saved.backup")
    assert full.data(another) == before
    assert verify(another, tuple(head.link for head in made.heads)).faults == []
    with rows.snapshot(another) as connection:
        assert rows.contents(connection) == made.tables
    assert {name: content.rows for name, content in made.tables.items()} == {k: len(v) for k, v in before.items()}
    with database.reading(another) as db:
        assert sheets.sheet(db, house.actor, house.assessment).row("ORG-01").note == full.NOTE


def test_there_and_back_is_the_same_backup(house: House, another: Engine, tmp_path: Path) -> None:
    first = backup.backup(house.engine, tmp_path / "first", NOW)
    restore.restore(another, tmp_path / "first")
    second = backup.backup(another, tmp_path / "second", NOW)
    assert (second.tables, second.heads) == (first.tables, first.heads)


def test_what_must_not_be_in_it_is_not(house: House, tmp_path: Path) -> None:
    file = tmp_path / "saved.backup"
    backup.backup(house.engine, file, NOW)
    with closing(sqlite3.connect(file)) as opened:
        counts = {t: opened.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in Table.metadata.tables}
    left_out = {name for name, count in counts.items() if not count}
    assert left_out == {"browser_session", "delivery", "launch_link", "sign_in"}
    content = file.read_bytes()
    assert full.SECRET.encode() not in content
    assert KEY.encode() not in content
    assert b"taken back" in content, "control: what the trail still holds is found"


def test_a_row_that_was_deleted_is_not_in_it(on_a_file: Engine, tmp_path: Path) -> None:
    with database.writing(on_a_file) as db:
        db.execute(text("DELETE FROM audit_value"))
        db.execute(text("UPDATE rating SET note = ''"))
    backup.backup(on_a_file, tmp_path / "saved.backup", NOW)
    assert full.DELETED.encode() not in (tmp_path / "saved.backup").read_bytes()


def test_the_file_is_its_owners_alone_and_nothing_else_is_left(on_a_file: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    backup.backup(on_a_file, folder / "saved.backup", NOW)
    assert [path.name for path in folder.iterdir()] == ["saved.backup"]
    assert stat.S_IMODE((folder / "saved.backup").stat().st_mode) == 0o600


def test_the_manifest_says_where_each_chain_ends_and_is_sealed(house: House, tmp_path: Path) -> None:
    backup.backup(house.engine, tmp_path / "saved.backup", NOW)
    with soundness.scratch(tmp_path / "saved.backup") as opened, opened.connect() as connection:
        held, sealed = manifest.read(connection)
    with database.reading(house.engine) as db:
        chains = db.execute(select(col(Agency.id))).scalars().all()
        assert {head.link for head in held.heads} == {audit.newest_link(db, chain) for chain in chains}
    assert sealed
    assert held.revision == database.newest_migration()
    assert json.loads((place.data_dir() / backup.NOTED).read_text())["file"] == str(tmp_path / "saved.backup")


def test_a_backup_never_replaces_anything(on_a_file: Engine, saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(backup.NoBackup, match="never replaces"):
        backup.backup(on_a_file, saved, NOW)
    assert saved.read_bytes() == before


@pytest.mark.parametrize("where", ["no/such/folder/x", "a file/x"])
def test_a_target_that_cannot_be_is_said(on_a_file: Engine, tmp_path: Path, where: str) -> None:
    (tmp_path / "a file").touch()
    with pytest.raises(backup.NoBackup, match="is not there"):
        backup.backup(on_a_file, tmp_path / where, NOW)


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [0, 4_096, 200_000])
def test_a_disk_that_does_not_take_it_is_said_and_nothing_stays(on_a_file: Engine, tmp_path: Path, size: int) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    full.data(on_a_file)  # the database has its files open before the disk is full
    with files_no_larger_than(size), pytest.raises(backup.NoBackup, match=r"that has room, then run this again\."):
        backup.backup(on_a_file, folder / "saved.backup", NOW)
    assert list(folder.iterdir()) == []
    backup.backup(on_a_file, folder / "saved.backup", NOW)


@dataclass
class Writer:
    """Saves without end, and knows how often it was told that it was saved."""

    house: House
    acknowledged: int = 0
    heard: threading.Condition = field(default_factory=threading.Condition)
    stop: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        while not self.stop.is_set():
            self.house.note(NOTED, f"save {self.acknowledged}", self.acknowledged)
            with self.heard:
                self.acknowledged += 1
                self.heard.notify()

    def wait_for_more(self) -> None:
        with self.heard:
            before = self.acknowledged
            assert self.heard.wait_for(lambda: self.acknowledged > before, timeout=30)


def test_while_people_write_every_backup_is_whole(house: House, tmp_path: Path) -> None:
    """All that was called saved before it began is in it, and each chain holds to its very end."""
    house.write(reopen, house.assessment, "More to rate")
    writer = Writer(house)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(writer.write)
        try:
            for number in range(BACKUPS):
                writer.wait_for_more()
                before, file = writer.acknowledged, tmp_path / f"{number}.backup"
                backup.backup(house.engine, file, NOW)
                assert before <= saves_in(file, tmp_path / f"restored {number}", house)
        finally:
            writer.stop.set()
        writing.result()


def test_the_files_of_evidence_are_in_it_and_come_back(house: House, another: Engine, tmp_path: Path) -> None:
    made = backup.backup(house.engine, tmp_path / "saved.backup", NOW)
    assert made.lost_files == ()
    restore.restore(another, tmp_path / "saved.backup")
    (row,) = full.data(another)["evidence_file"]
    found = stored_files(another)
    assert list(found.values()) == [PDF]
    assert set(found) <= set(row)
    assert verify(another) == replace(verify(house.engine), faults=[])
    assert verify(another).files == 1


def stored_files(engine: Engine) -> dict[str, bytes]:
    folder = files.folder_of(engine)
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != files.LOCK}


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b"%PDF-other")])
def test_a_file_that_was_lost_before_is_said_and_everything_else_comes_back(
    on_a_file: Engine, empty: Engine, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    (name,) = stored_files(on_a_file)
    harm(files.folder_of(on_a_file) / name)
    made = backup.backup(on_a_file, tmp_path / "lost.backup", NOW)
    assert made.lost_files == (name,)
    assert restore.restore(empty, tmp_path / "lost.backup") == made
    assert full.data(empty) == full.data(on_a_file)
    (fault,) = verify(empty).faults
    assert f"the file {name} of the evidence for ORG-01 is not there" in fault


def test_a_file_that_is_removed_meanwhile_is_in_it_still(on_a_file: Engine, tmp_path: Path) -> None:
    """The backup holds the folder from before it looks at the rows."""
    with files.held(files.folder_of(on_a_file)), database.writing(on_a_file) as db:
        files.remove_once_committed(db, list(stored_files(on_a_file)))
    assert len(stored_files(on_a_file)) == 1
    assert backup.backup(on_a_file, tmp_path / "x.backup", NOW).lost_files == ()


def test_without_room_for_its_files_nothing_is_restored(saved: Path, empty: Engine) -> None:
    files.folder_of(empty).touch()
    with pytest.raises(restore.NotRestored, match="The files of evidence cannot be written"):
        restore.restore(empty, saved)
    assert is_empty(empty)
    files.folder_of(empty).unlink()
    restore.restore(empty, saved)
    assert list(stored_files(empty).values()) == [PDF]


def saves_in(file: Path, folder: Path, house: House) -> int:
    """How often the note was saved, in a house restored from the file; which has to be whole."""
    engine = full.empty(folder)
    restore.restore(engine, file)
    assert verify(engine).faults == []
    with database.reading(engine) as db:
        found = sheets.sheet(db, house.actor, house.assessment).row(NOTED).note_version
        entries = db.execute(text("SELECT count(*) FROM audit_entry WHERE act = 'note'")).scalar_one()
    engine.dispose()
    assert entries == found + 2, "the two notes of the furnished house"
    return found


def test_control_copying_the_file_of_a_live_database_loses(on_a_file: Engine, tmp_path: Path) -> None:
    with database.writing(on_a_file) as db:
        db.execute(text("UPDATE rating SET note = 'the newest'"))
    shutil.copy(str(on_a_file.url.database), tmp_path / "copied.db")
    with closing(sqlite3.connect(tmp_path / "copied.db")) as copied:
        assert copied.execute("SELECT count(*) FROM rating WHERE note = 'the newest'").fetchone()[0] == 0
    with closing(sqlite3.connect(str(on_a_file.url.database))) as live:
        assert live.execute("SELECT count(*) FROM rating WHERE note = 'the newest'").fetchone()[0] > 0


def test_it_goes_into_an_empty_installation_only(on_a_file: Engine, saved: Path) -> None:
    before = full.data(on_a_file)
    with pytest.raises(restore.NotRestored, match="an empty installation only"):
        restore.restore(on_a_file, saved)
    assert full.data(on_a_file) == before


def test_it_waits_until_plumbline_is_closed(saved: Path, empty: Engine, on_a_file: Engine) -> None:
    """Open, it holds the key that it began with, and would sign what was restored under another."""
    with closing((place.data_dir() / "plumbline.lock").open("a+")) as running:
        fcntl.flock(running, fcntl.LOCK_EX)
        running.write("http://127.0.0.1:8501")
        running.flush()
        with pytest.raises(restore.NotRestored, match=r"is open on .*, at http://127\.0\.0\.1:8501.* Close it"):
            restore.restore(empty, saved)
    restore.restore(empty, saved)
    assert full.data(empty) == full.data(on_a_file)
    with (place.data_dir() / "plumbline.lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # Plumbline can be started now


def test_a_browser_that_was_let_in_already_does_not_make_it_full(saved: Path, empty: Engine, on_a_file: Engine) -> None:
    database.migrate(empty)
    with database.writing(empty) as db:
        db.add(LaunchLink(token_hash="mine", made_at=NOW, expires_at=NOW))
    restore.restore(empty, saved)
    assert full.data(empty) == full.data(on_a_file)


def altered(*statements: str) -> Callable[[Path], None]:
    def alter(file: Path) -> None:
        with closing(sqlite3.connect(file)) as opened:
            for statement in statements:
                opened.execute(statement)
            opened.commit()

    return alter


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def zipped(file: Path) -> None:
    with zipfile.ZipFile(file.with_suffix(".zip"), "w") as packed:
        packed.write(file, "../../plumbline.db")
    file.with_suffix(".zip").replace(file)


def with_hashes_made_to_fit(file: Path) -> None:
    """What somebody does who knows how a backup is made, and does not have the key."""
    altered("UPDATE rating SET note = 'forged'")(file)
    with soundness.scratch(file) as opened, opened.begin() as connection:
        held, _ = manifest.read(connection)
        written = {name: vars(content) for name, content in rows.contents(connection).items()}
        told = {**vars(held), "tables": written, "heads": [vars(head) for head in held.heads]}
        connection.execute(text("UPDATE plumbline_backup SET manifest = :told"), {"told": json.dumps(told)})


def another_database(file: Path) -> None:
    file.unlink()
    altered("CREATE TABLE agency (id TEXT)", "INSERT INTO agency VALUES ('x')")(file)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        pytest.param(Path.unlink, "cannot be read", id="not there"),
        pytest.param(lambda file: (file.unlink(), file.mkdir()), "cannot be read", id="a folder"),
        pytest.param(lambda file: file.write_bytes(b""), "not a backup", id="empty"),
        pytest.param(lambda file: file.write_text("Dear all, " * 999), "not a backup", id="a letter"),
        pytest.param(zipped, "not a backup", id="a zip that climbs out of its folder"),
        pytest.param(another_database, "not a backup", id="another database"),
        pytest.param(truncated, "damaged", id="truncated"),
        pytest.param(lambda file: file.write_bytes(restore.MAGIC + b"\xff" * 9999), "damaged", id="noise"),
        pytest.param(altered("DELETE FROM evidence"), "damaged", id="a row is gone"),
        pytest.param(altered("DELETE FROM plumbline_file"), "damaged", id="a file is gone"),
        pytest.param(altered("DROP TABLE plumbline_file"), "damaged", id="all files are gone"),
        pytest.param(altered("UPDATE plumbline_file SET content = x'25504446'"), "damaged", id="a file was changed"),
        pytest.param(altered("UPDATE plumbline_file SET content = 5"), "damaged", id="a file is a number"),
        pytest.param(altered("INSERT INTO plumbline_file VALUES ('../x', x'00')"), "damaged", id="a file climbs out"),
        pytest.param(altered("DROP TABLE plumbline_file", "CREATE TABLE plumbline_file (x)"), "holds things", id="x"),
        pytest.param(altered("UPDATE rating SET level = 4 WHERE level = 3"), "damaged", id="a level raised"),
        pytest.param(altered("UPDATE plumbline_backup SET manifest = '{}'"), "damaged", id="no manifest"),
        pytest.param(altered("UPDATE plumbline_backup SET manifest = '[[['"), "damaged", id="a broken manifest"),
        pytest.param(altered("DELETE FROM plumbline_backup"), "damaged", id="no manifest row"),
        pytest.param(with_hashes_made_to_fit, "damaged", id="changed, and the hashes made to fit"),
        pytest.param(
            altered("CREATE TRIGGER spy AFTER INSERT ON rating BEGIN DELETE FROM person; END"),
            "holds things",
            id="trigger",
        ),
        pytest.param(altered("DROP TRIGGER audit_entry_update"), "holds things", id="a trigger of ours is gone"),
        pytest.param(altered("CREATE VIEW peep AS SELECT * FROM rating"), "holds things", id="a view"),
        pytest.param(altered("CREATE TABLE more (x)"), "holds things", id="a further table"),
        pytest.param(altered("CREATE VIRTUAL TABLE more USING fts5(x)"), "holds things", id="a virtual table"),
        pytest.param(altered("CREATE INDEX more ON rating (abs(level))"), "holds things", id="a further index"),
        pytest.param(altered("ALTER TABLE person ADD COLUMN shoe_size"), "holds things", id="a further column"),
        pytest.param(altered("UPDATE alembic_version SET version_num = '9999'"), "newer Plumbline", id="newer"),
    ],
)
def test_a_file_that_is_no_sound_backup_is_refused_and_nothing_restored(
    harm: Callable[[Path], object], says: str, saved: Path, empty: Engine
) -> None:
    harm(saved)
    with pytest.raises(restore.NotRestored, match=says):
        restore.restore(empty, saved)
    assert is_empty(empty)
    assert list(place.data_dir().glob(f"{restore.LEFT}*")) == []


def test_a_changed_byte_is_seen_or_changes_nothing(on_a_file: Engine, saved: Path, tmp_path: Path) -> None:
    whole, chance, refused = saved.read_bytes(), Random(7), 0
    for number in range(FLIPS):
        place_ = chance.randrange(len(whole))
        saved.write_bytes(whole[:place_] + bytes([whole[place_] ^ (1 << chance.randrange(8))]) + whole[place_ + 1 :])
        engine = full.empty(tmp_path / f"flip {number}")
        try:
            restore.restore(engine, saved)
            assert full.data(engine) == full.data(on_a_file)
        except restore.NotRestored:
            refused += 1
            assert is_empty(engine)
        engine.dispose()
    assert refused > 0


def test_an_older_backup_is_brought_up_to_date(tmp_path: Path) -> None:
    old, new = full.empty(tmp_path / "old"), full.empty(tmp_path / "new")
    with old.begin() as connection:
        soundness.raise_to(connection, "0001")
        connection.execute(text("INSERT INTO person VALUES ('p', 'Ann Able', true, '2026-01-02 03:04:05.000006')"))
    assert "delivery" not in inspect(old).get_table_names()
    made = backup.backup(old, tmp_path / "old.backup", NOW)
    assert made.revision == "0001"
    restore.restore(new, tmp_path / "old.backup")
    assert verify(new).faults == []
    assert len(full.data(new)["person"]) == 1
    old.dispose()
    new.dispose()


def test_under_another_key_it_says_what_to_do(saved: Path, empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_KEY", "another key altogether, and a long one")
    with pytest.raises(restore.NotRestored, match=r"Put the audit\.key of that installation into"):
        restore.restore(empty, saved)
    assert is_empty(empty)
    restore.restore(empty, saved, without_key=True)
    assert any("does not follow" in fault for fault in verify(empty).faults)


def test_without_a_key_none_is_made_and_it_asks_for_the_right_one(
    saved: Path, empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new"
    folder.mkdir(mode=0o700)
    monkeypatch.delenv("AUDIT_KEY", raising=False)
    monkeypatch.setenv("DATA_DIR", str(folder))
    for _ in range(2):
        with pytest.raises(restore.NotRestored, match=r"There is no audit\.key in .*new"):
            restore.restore(empty, saved)
        assert is_empty(empty) and not (folder / "audit.key").exists()
    restore.restore(empty, saved, without_key=True)
    assert any("does not follow" in fault for fault in verify(empty).faults)


def killed_in_the_middle(engine: Engine, file: Path, at: int) -> int:
    url = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.store.restorer", url, str(file), str(at)]
    return subprocess.run(command, check=False, timeout=60).returncode


@pytest.mark.parametrize("at", KILLED_AT)
def test_a_restore_killed_in_the_middle_leaves_nothing(
    at: int, on_a_file: Engine, saved: Path, another: Engine
) -> None:
    assert killed_in_the_middle(another, saved, at) == -signal.SIGKILL
    assert is_empty(another)
    restore.restore(another, saved)
    assert full.data(another) == full.data(on_a_file)
