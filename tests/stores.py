"""The two stores that every test of a use case runs on: a SQLite file, and a database on a server of our own.

A migrated template is built once and copied for each test; the PostgreSQL server is shared by all pytest workers.
"""

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event

from assessments.store import database, place, walls
from assessments.store.tables import Table

TEMPLATE = "template_plumbline"
APP = "plumbline_app"
"""A role as a server has it: it owns nothing, and row security binds it. `plumbline` is a superuser."""
INSTALLED_IN = ("/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt")
# Nothing in a test database is worth the wait for a disk.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "listen_addresses": "''"}

STATEMENTS = 5000
"""That an engine keeps compiled: more than all tests together ask."""

SHAPE = b"""
SELECT 'column', attrelid::regclass::text, attname || format_type(atttypid, atttypmod) || attnotnull
  FROM pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'version', 'alembic_version', version_num FROM alembic_version
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'policy', tablename, concat(policyname, roles, cmd, qual, with_check) FROM pg_policies
UNION ALL SELECT 'wall', relname, concat(relrowsecurity, relforcerowsecurity, relacl) FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
ORDER BY 1, 2, 3
"""


def of_one_kind(create: Callable[..., Engine]) -> Callable[..., Engine]:
    """Engines that share what the first of their kind to connect knows of its database, and the statements that it has
    compiled. Each test has an engine of its own, and would compile every statement anew; a server has one engine.
    """
    first: dict[tuple[str, str], Engine] = {}

    def created(*args: Any, **settings: Any) -> Engine:
        engine = create(*args, query_cache_size=STATEMENTS, **settings)
        kind = (engine.dialect.name, engine.dialect.driver)
        if kind in first:
            engine.dialect, engine._compiled_cache = first[kind].dialect, first[kind]._compiled_cache
        else:
            event.listen(engine, "connect", lambda *_: first.setdefault(kind, engine), once=True)
        return engine

    return created


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """For tests of what is saved, and not of whether it outlives a power cut: as PostgreSQL's SETTINGS, on SQLite."""
    careless = tuple("synchronous=OFF" if pragma == "synchronous=FULL" else pragma for pragma in database.PRAGMAS)
    assert careless != database.PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "PRAGMAS", careless)
        yield


def postgres_tools() -> Path | None:
    """The folder that holds initdb and pg_ctl, or None where no PostgreSQL server is installed."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    return max((tool.parent for folder in INSTALLED_IN for tool in Path(folder).glob("*/bin/initdb")), default=None)


def migrated(url: str) -> None:
    engine = database.connect(url)
    database.migrate(engine)
    engine.dispose()


def with_role_let_in(url: str, role: str) -> None:
    engine = database.connect(url)
    with engine.begin() as connection:
        walls.let_in(connection, role)
    engine.dispose()


def sqlite_template(folder: Path) -> Path:
    """One migrated, empty file; closed, so that nothing is left in its write-ahead log and a copy is whole."""
    migrated(place.sqlite_url(folder))
    return folder / "plumbline.db"


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL server that is reached through a socket in its own folder: no port to collide on."""

    tools: str
    folder: str
    spare: list[str] = field(default_factory=list)
    shape: list[object] = field(default_factory=list)

    def url(self, name: str, role: str = "plumbline") -> str:
        return f"postgresql://{role}@/{name}?host={self.folder}"

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a migrated, empty database of the test's own. It is emptied for the next one, which takes a third
        of the time that a new one would; one whose tables or triggers a test has changed is dropped.
        """
        name = self.spare.pop() if self.spare else self._new()
        try:
            yield self.url(name)
        finally:
            if self._emptied(name):
                self.spare.append(name)
            else:
                self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _new(self) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return name

    def _emptied(self, name: str) -> bool:
        names = [table.name for table in Table.metadata.sorted_tables]
        # Of few rows DELETE is quicker than TRUNCATE, which makes every file anew; as a replica it fires no trigger.
        delete = "; ".join(f"DELETE FROM {table}" for table in names)
        options = "-c lock_timeout=1000 -c session_replication_role=replica"
        try:
            with psycopg.connect(self.url(name), options=options) as connection:
                connection.execute(f"LOCK TABLE {', '.join(names)}; {delete}".encode())
                return _shape(connection) == self._shape_of_template()
        except psycopg.Error:  # a table is gone, or something still holds one
            return False

    def _shape_of_template(self) -> object:
        if not self.shape:
            with psycopg.connect(self.url(TEMPLATE)) as connection:
                self.shape.append(_shape(connection))
        return self.shape[0]

    def start(self) -> None:
        self._run("initdb", "--username=plumbline", "--auth=trust", "--encoding=UTF8", "--no-sync")
        settings = "".join(f" -c {name}={value}" for name, value in SETTINGS.items())
        options = f"--options=-c unix_socket_directories={self.folder}{settings}"
        self._run("pg_ctl", "start", "--wait", f"--log={self.folder}/log", options)
        self.execute(f"CREATE ROLE {APP} LOGIN NOSUPERUSER NOBYPASSRLS")
        self.execute(f"CREATE DATABASE {TEMPLATE}")
        migrated(self.url(TEMPLATE))
        with_role_let_in(self.url(TEMPLATE), APP)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--mode=immediate")
        shutil.rmtree(self.folder)

    def _run(self, tool: str, *arguments: str) -> None:
        command = [*as_ordinary_user(), f"{self.tools}/{tool}", f"--pgdata={self.folder}/data", *arguments]
        # The server inherits what it is started with: a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(command, check=False, stdout=output, stderr=output, stdin=subprocess.DEVNULL, cwd="/")
            output.seek(0)
            assert done.returncode == 0, f"{tool} failed:\n{output.read()}"


def _shape(connection: psycopg.Connection[tuple[object, ...]]) -> object:
    """All columns, constraints and triggers: what a test could have changed."""
    return connection.execute(SHAPE).fetchall()


def as_ordinary_user() -> list[str]:
    """What goes before a command so that root runs it as somebody else: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    nobody = pwd.getpwnam("nobody")
    return ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--"]


def new_cluster(tools: Path) -> Cluster:
    folder = tempfile.mkdtemp(prefix="plumbline-")
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    cluster = Cluster(str(tools), folder)
    cluster.start()
    return cluster


@contextmanager
def shared_cluster(tools: Path, folder: Path) -> Iterator[Cluster]:
    """The one server of this test run: the first worker to come starts it, the last one to leave stops it."""
    with _register(folder) as register:
        if not register.exists():
            register.write_text(json.dumps({"users": 0, "cluster": asdict(new_cluster(tools))}))
        cluster = _count(register, +1)
    try:
        yield cluster
    finally:
        with _register(folder) as register:
            _count(register, -1)


@contextmanager
def _register(folder: Path) -> Iterator[Path]:
    with (folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / "postgres.json"


def _count(register: Path, change: int) -> Cluster:
    record = json.loads(register.read_text())
    cluster = Cluster(**record["cluster"])
    record["users"] += change
    register.write_text(json.dumps(record))
    if record["users"] == 0:
        cluster.stop()
        register.unlink()
    return cluster
