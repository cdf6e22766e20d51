"""The doctor sees each thing that is wrong: every check is broken once."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import metadata
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, text

from assessments import doctor
from assessments.doctor import door, folder, hosting, postgresql, versions
from assessments.doctor.check import Check
from assessments.store import backup, database, place, soundness
from tests.stores import APP
from tests.use_cases.cast import NOW, riverbend

CONFIG = (doctor.ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
PINS = (doctor.ROOT / "requirements.txt").read_text(encoding="utf-8")


@dataclass
class Installation:
    """A sound one, on SQLite, to be broken."""

    engine: Engine
    folder: Path
    root: Path

    def states(self) -> dict[str, str]:
        return {one.name: one.state for one in doctor.checks(self.engine, NOW)}

    def setting(self, pragma: str) -> None:
        self.engine.dispose()
        event.listen(self.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA {pragma}"))

    def write(self, *statements: str) -> None:
        with database.writing(self.engine) as db:
            for statement in statements:
                db.execute(text(statement))

    def configure(self, key: str, value: str) -> None:
        """The last of the lines of that key is the one that stands."""
        section, name = key.split(".")
        kept = [line for line in CONFIG.splitlines() if line.split(" =")[0] != name]
        kept.insert(kept.index(f"[{section}]") + 1, f"{name} = {value}")
        self.config("\n".join(kept))

    def config(self, content: str) -> None:
        (self.root / ".streamlit" / "config.toml").write_text(content, encoding="utf-8")

    def require(self, name: str, version: str) -> None:
        with (self.root / "requirements.txt").open("a", encoding="utf-8") as file:
            file.write(f"{name}=={version}\n")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Path:
    """The data folder of a house."""
    data = tmp_path_factory.mktemp("house")
    shutil.copy(sqlite_template, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATA_DIR", str(data))
        engine = database.connect(place.database_url())
        riverbend(engine)
        backup.backup(engine, data / "saved.backup", NOW)
        engine.dispose()
    return data


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, made_once: Path) -> Iterator[Installation]:
    data, root = tmp_path / "data", tmp_path / "root"
    monkeypatch.setenv("DATA_DIR", str(data))
    monkeypatch.setattr(doctor, "ROOT", root)
    shutil.copytree(made_once, data)
    data.chmod(0o700)
    (data / "plumbline.db").chmod(0o600)
    (root / ".streamlit").mkdir(parents=True)
    made = Installation(database.connect(place.database_url()), data, root)
    made.config(CONFIG)
    (root / "requirements.txt").write_text(PINS, encoding="utf-8")
    yield made
    made.engine.dispose()


def test_a_sound_installation_has_nothing_wrong(here: Installation) -> None:
    found = list(doctor.checks(here.engine, NOW))
    assert [one for one in found if one.state != "ok"] == []
    assert len(found) >= 40
    assert len({one.name for one in found}) == len(found)


def a_new_file(name: str, mode: int = 0o600) -> Callable[[Installation], None]:
    def make(here: Installation) -> None:
        (here.folder / name).write_bytes(b"")
        (here.folder / name).chmod(mode)

    return make


def aged(here: Installation) -> None:
    note = {"at": (NOW - timedelta(days=8)).isoformat(), "file": "x"}
    (here.folder / backup.NOTED).write_text(json.dumps(note), encoding="utf-8")


def file_for_all(here: Installation) -> None:
    place.private_folder(here.folder / "evidence")
    a_new_file("evidence/x", 0o644)(here)


def demonstration_for_all(here: Installation) -> None:
    place.demonstration_dir().chmod(0o755)


def zeroed(here: Installation) -> None:
    with here.engine.connect() as connection:
        page = connection.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'intake'")).scalar_one()
    here.engine.dispose()
    with (here.folder / "plumbline.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(64))


BREAKS: list[tuple[str, Callable[[Installation], object]]] = [
    ("sqlite journal_mode", lambda here: here.setting("journal_mode = DELETE")),
    ("sqlite synchronous", lambda here: here.setting("synchronous = NORMAL")),
    ("sqlite foreign_keys", lambda here: here.setting("foreign_keys = OFF")),
    ("sqlite busy_timeout", lambda here: here.setting("busy_timeout = 0")),
    ("sqlite trusted_schema", lambda here: here.setting("trusted_schema = ON")),
    ("sqlite secure_delete", lambda here: here.setting("secure_delete = OFF")),
    ("sqlite pages", zeroed),
    ("migration", lambda here: here.write("UPDATE alembic_version SET version_num = '0001'")),
    ("clock", lambda here: here.write("DROP TRIGGER audit_entry_update", "UPDATE audit_entry SET at = '2031-01-01'")),
    ("data folder", lambda here: here.folder.chmod(0o755)),
    ("database files", lambda here: (here.folder / "plumbline.db").chmod(0o644)),
    ("database files", lambda here: (here.folder / "plumbline.db-wal").chmod(0o640)),
    ("demonstration", demonstration_for_all),
    ("files of evidence", lambda here: (here.folder / "evidence").mkdir(mode=0o755)),
    ("files of evidence", file_for_all),
    ("audit key", lambda here: (here.folder / "audit.key").chmod(0o644)),
    ("audit key", lambda here: (here.folder / "audit.key").unlink()),
    ("last backup", lambda here: (here.folder / backup.NOTED).unlink()),
    ("last backup", a_new_file(backup.NOTED)),
    ("last backup", aged),
    ("left over", a_new_file("restoring-abc")),
    ("config.toml", lambda here: here.config("address = ")),
    ("config.toml", lambda here: (here.root / ".streamlit" / "config.toml").unlink()),
    ("server.address", lambda here: here.configure("server.address", '"0.0.0.0"')),
    ("server.address", lambda here: here.config("")),
    ("server.allowedHosts", lambda here: here.configure("server.allowedHosts", '["localhost", "evil.example"]')),
    ("server.enableAgentApi", lambda here: here.configure("server.enableAgentApi", "true")),
    ("server.enableStaticServing", lambda here: here.configure("server.enableStaticServing", "true")),
    ("server.enableCORS", lambda here: here.configure("server.enableCORS", "false")),
    ("server.enableXsrfProtection", lambda here: here.configure("server.enableXsrfProtection", "false")),
    ("server.trustedUserHeaders", lambda here: here.configure("server.trustedUserHeaders", '"{}"')),
    ("server.baseUrlPath", lambda here: here.configure("server.baseUrlPath", '"elsewhere"')),
    ("server.maxUploadSize", lambda here: here.configure("server.maxUploadSize", "200")),
    ("server.fileWatcherType", lambda here: here.configure("server.fileWatcherType", '"auto"')),
    ("server.headless", lambda here: here.configure("server.headless", "0")),
    ("browser.gatherUsageStats", lambda here: here.configure("browser.gatherUsageStats", "true")),
    ("browser.serverAddress", lambda here: here.configure("browser.serverAddress", '"plumbline.example"')),
    ("client.showErrorDetails", lambda here: here.configure("client.showErrorDetails", '"full"')),
    ("client.allowedOrigins", lambda here: here.configure("client.allowedOrigins", '["https://evil.example"]')),
    ("client.toolbarMode", lambda here: here.configure("client.toolbarMode", '"auto"')),
    ("client.disableDataExport", lambda here: here.configure("client.disableDataExport", "false")),
    ("global.developmentMode", lambda here: here.config(f"{CONFIG}\n[global]\ndevelopmentMode = true\n")),
    ("logger.enableRich", lambda here: here.configure("logger.enableRich", "true")),
    ("runner.magicEnabled", lambda here: here.configure("runner.magicEnabled", "true")),
    ("runner.postScriptGC", lambda here: here.configure("runner.postScriptGC", "true")),
    ("streamlit-of-tomorrow", lambda here: here.require("streamlit-of-tomorrow", "2.0")),
]
BY_SURROUNDINGS = {"disk", "room", "environment", "python", "hosted mode"}
"""Broken below, each in its own way."""


@pytest.mark.parametrize(("name", "damage"), BREAKS, ids=[f"{n} {name}" for n, (name, _) in enumerate(BREAKS)])
def test_what_is_wrong_is_seen(here: Installation, name: str, damage: Callable[[Installation], object]) -> None:
    held = here.engine.connect()  # the log beside the database is there as long as somebody works
    here.write("UPDATE rating SET note = note")
    if name == "database files":
        damage(here)
        assert here.states()[name] != "ok"
        held.close()
        return
    held.close()
    damage(here)
    (found,) = (one for one in doctor.checks(here.engine, NOW) if one.name == name)
    assert found.state != "ok"
    assert found.remedy


def test_every_check_is_broken_once(here: Installation) -> None:
    libraries = {name for name, _ in versions.pins(PINS)}
    assert here.states().keys() - libraries - BY_SURROUNDINGS == {name for name, _ in BREAKS} - {
        "streamlit-of-tomorrow"
    }


def test_each_pinned_library_is_compared(here: Installation) -> None:
    loosened = PINS.replace("==", "==0.")
    (here.root / "requirements.txt").write_text(loosened, encoding="utf-8")
    states = here.states()
    names = [name for name, _ in versions.pins(PINS)]
    assert len(names) >= 14
    assert {states[name] for name in names} == {"wrong"}
    assert metadata.version("streamlit") in [one.found for one in doctor.checks(here.engine, NOW)]


def test_an_older_python_is_seen(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "OLDEST", (9, 0))
    assert here.states()["python"] == "wrong"


@pytest.mark.parametrize(
    ("kind", "where", "state"),
    [("ext4", "/", "ok"), ("nfs4", "/", "wrong"), ("cifs", "/", "wrong"), ("9p", "/", "wrong"), ("", "", "warning")],
)
def test_a_network_share_is_seen(
    here: Installation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str, where: str, state: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"device {where} {kind} rw 0 0\n" if kind else "")
    monkeypatch.setattr(folder, "MOUNTS", mounts)
    assert here.states()["disk"] == state


def test_the_nearest_mount_counts() -> None:
    mounts = "a / ext4 rw\nb /srv nfs4 rw\nc /srv/own xfs rw\nd /a\\040b cifs rw\n"
    found = [folder.mounted_as(Path(path), mounts) for path in ("/home/x", "/srv/x", "/srv/own/x", "/srvx", "/a b/c")]
    assert found == ["ext4", "nfs4", "xfs", "ext4", "cifs"]


def test_little_room_is_seen(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LITTLE", 10**18)
    assert here.states()["room"] == "warning"
    monkeypatch.setattr(folder, "HARDLY_ANY", 10**18)
    assert here.states()["room"] == "wrong"


@pytest.mark.parametrize("name", ["STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_MAX_UPLOAD_SIZE"])
def test_what_the_environment_overrides_is_seen(here: Installation, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "anything")
    assert here.states()["environment"] == "wrong"


def test_every_setting_has_a_variable_that_streamlit_reads() -> None:
    assert os.environ.get(door._variable("runner.postScriptGC")) is None
    assert door._variable("server.maxUploadSize") == "STREAMLIT_SERVER_MAX_UPLOAD_SIZE"


def test_a_clock_that_stands_before_this_was_written_is_seen(here: Installation) -> None:
    found = {one.name: one.state for one in doctor.checks(here.engine, NOW.replace(year=2001))}
    assert found["clock"] == "wrong"


def test_a_short_key_is_seen(here: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDIT_KEY", "short")
    assert here.states()["audit key"] == "wrong"


def test_it_changes_nothing(tmp_path: Path) -> None:
    engine = database.connect(place.sqlite_url(tmp_path))
    with engine.begin() as connection:
        soundness.raise_to(connection, "0001")
        before = soundness.shape(connection)
    list(doctor.checks(engine, NOW))
    with engine.connect() as connection:
        assert soundness.shape(connection) == before
    engine.dispose()


def by_name(found: Iterator[Check]) -> dict[str, str]:
    return {one.name: one.state for one in found}


@pytest.mark.postgres
def test_on_postgresql_what_the_server_does_not_keep_is_seen(postgres_url: str) -> None:
    """The tests' own server is quick and careless, and its role may do everything."""
    engine = database.connect(postgres_url)
    found = by_name(postgresql.checks(engine))
    careless = {"fsync", "full_page_writes", "synchronous_commit", "role"}
    assert {name for name, state in found.items() if state == "wrong"} == {f"postgresql {name}" for name in careless}
    engine.dispose()


@pytest.mark.postgres
def test_the_role_that_the_server_has_is_looked_at(postgres_url: str) -> None:
    """Though it is not the one that asks, which owns the tables wherever docs/hosting.md was followed."""
    engine = database.connect(postgres_url)
    (found,) = (one for one in postgresql.checks(engine) if one.name == "postgresql owner")
    assert (found.state, APP in found.found) == ("ok", True)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {APP}")
    (found,) = (one for one in postgresql.checks(engine) if one.name == "postgresql owner")
    assert (found.state, "no other role" in found.found) == ("warning", True)
    engine.dispose()


@pytest.mark.parametrize(
    ("let_in", "state"), [({"daily": True}, "ok"), ({}, "warning"), ({"daily": True, "reaches": False}, "wrong")]
)
def test_a_role_that_reaches_over_the_walls_is_wrong(let_in: dict[str, bool], state: str) -> None:
    assert postgresql._of_server(let_in).state == state


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("name", "statement"),
    [
        ("TimeZone", "SET TimeZone = 'America/Denver'"),
        ("statement_timeout", "SET statement_timeout = 0"),
        ("idle_in_transaction_session_timeout", "SET idle_in_transaction_session_timeout = 0"),
    ],
)
def test_a_setting_of_our_own_that_is_lost_is_seen(postgres_url: str, name: str, statement: str) -> None:
    engine = database.connect(postgres_url)
    event.listen(engine, "connect", lambda raw, _: (raw.execute(statement), raw.commit()))
    assert by_name(postgresql.checks(engine))[f"postgresql {name}"] == "wrong"
    engine.dispose()


@pytest.mark.parametrize(
    ("role", "state"),
    [((False, False), "ok"), ((True, False), "wrong"), ((False, True), "wrong")],
)
def test_a_role_that_may_do_too_much_is_seen(role: tuple[bool, bool], state: str) -> None:
    assert postgresql._role(*role).state == state


@pytest.mark.parametrize(
    ("encrypted", "address", "state"),
    [(False, None, "ok"), (False, "127.0.0.1", "ok"), (True, "192.0.2.7", "ok"), (False, "192.0.2.7", "wrong")],
)
def test_clear_text_over_a_network_is_seen(encrypted: bool, address: str | None, state: str) -> None:
    assert postgresql._way(encrypted, address).state == state


SETTINGS = 'address = "https://plumbline.example"\n[[providers]]\nid = "county"\nclient_secret_file = "county.secret"\n'


@pytest.fixture
def hosted(here: Installation, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, str]]:
    """What is said of hosted mode, sound until a test breaks it."""
    (here.folder / "county.secret").write_text("secret", encoding="utf-8")
    (here.folder / "county.secret").chmod(0o600)
    (here.folder / "hosted.toml").write_text(SETTINGS, encoding="utf-8")
    (here.folder / "hosted.toml").chmod(0o644)
    monkeypatch.setenv("PLUMBLINE_HOSTED", str(here.folder / "hosted.toml"))
    return lambda: {one.name: one.state for one in hosting.checks()}


def test_hosted_mode_is_sound(hosted: Callable[[], dict[str, str]]) -> None:
    assert hosted() == {"hosted mode": "ok", "secrets of providers": "ok"}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (SETTINGS.replace("https", "http"), "hosted mode"),
        ('address = "https://plumbline.example"', "hosted mode"),
        ("address = ", "hosted mode"),
        (SETTINGS.replace("county.secret", "other.secret"), "secrets of providers"),
    ],
)
def test_settings_of_hosted_mode_that_are_wrong(
    here: Installation, hosted: Callable[[], dict[str, str]], told: str, wrong: str
) -> None:
    (here.folder / "hosted.toml").write_text(told, encoding="utf-8")
    assert hosted()[wrong] == "wrong"


@pytest.mark.parametrize(
    ("name", "mode", "wrong"),
    [("county.secret", 0o644, "secrets of providers"), ("hosted.toml", 0o664, "hosted mode")],
)
def test_files_of_hosted_mode_that_others_may_open(
    here: Installation, hosted: Callable[[], dict[str, str]], name: str, mode: int, wrong: str
) -> None:
    (here.folder / name).chmod(mode)
    assert hosted()[wrong] == "wrong"


def test_a_file_of_hosted_mode_that_is_not_there(here: Installation, hosted: Callable[[], dict[str, str]]) -> None:
    (here.folder / "hosted.toml").unlink()
    assert hosted() == {"hosted mode": "wrong"}
