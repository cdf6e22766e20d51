"""Migrations and tables say the same, on both databases; a migration is done once, and whole or not at all."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, Engine, UniqueConstraint, event, inspect, text
from sqlalchemy.exc import IntegrityError

from assessments.rules.shared_sites import Period
from assessments.store import database, place, walls
from assessments.store.tables import Table
from assessments.use_cases.counting_together import count_together
from assessments.use_cases.shared import Question
from standards import catalogue
from tests import stores
from tests.use_cases import cast, together

pytestmark = pytest.mark.slow

TRIGGERS = {
    "sqlite": ["audit_entry_delete", "audit_entry_update"],
    "postgresql": ["audit_entry_change"],
}


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    return place.sqlite_url(place.private_folder(tmp_path / "bare"))


@pytest.fixture
def bare_postgres_url(cluster: stores.Cluster) -> Iterator[str]:
    name = f"bare_{uuid.uuid4().hex}"
    cluster.execute(f"CREATE DATABASE {name}")
    yield cluster.url(name)
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def bare_url(request: pytest.FixtureRequest) -> str:
    url: str = request.getfixturevalue(f"bare_{request.param}_url")
    return url


@pytest.fixture
def bare(bare_url: str) -> Iterator[Engine]:
    """A database in which nothing is."""
    engine = database.connect(bare_url)
    yield engine
    engine.dispose()


def schema(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys, constraints, indexes; and the triggers."""
    look = inspect(engine)
    found: dict[str, Any] = {
        name: [
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(name)],
            look.get_pk_constraint(name),
            sorted(map(str, look.get_foreign_keys(name))),
            sorted(map(str, look.get_check_constraints(name))),
            sorted(map(str, look.get_unique_constraints(name))),
            sorted((i["name"] or "", i["column_names"], i["unique"]) for i in look.get_indexes(name)),
        ]
        for name in look.get_table_names()
    }
    return {**found, "triggers": triggers(engine)}


def triggers(engine: Engine) -> list[str]:
    catalog = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if engine.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with engine.connect() as connection:
        return sorted(connection.execute(text(catalog)).scalars())


def down(engine: Engine) -> None:
    with engine.execution_options(plumbline_writing=True).connect() as connection:
        command.downgrade(database.alembic(connection), "base")
        connection.commit()


def test_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []


def test_control_a_difference_is_found(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE person ADD COLUMN shoe_size INTEGER"))
    with engine.connect() as connection:
        (found,) = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert found[0] == "remove_column"


def test_checks_uniques_indexes_and_triggers_are_there(engine: Engine) -> None:
    """Alembic does not compare checks, and loses them where SQLite has to rebuild a table."""
    look = inspect(engine)
    for table in Table.metadata.sorted_tables:
        checks = {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
        uniques = {c.name for c in table.constraints if isinstance(c, UniqueConstraint)}
        assert {c["name"] for c in look.get_check_constraints(table.name)} == checks
        assert {c["name"] for c in look.get_unique_constraints(table.name)} == uniques
        assert {index.name for index in table.indexes} <= {index["name"] for index in look.get_indexes(table.name)}
    assert triggers(engine) == TRIGGERS[engine.dialect.name]


@pytest.mark.parametrize(
    "wrong",
    [
        "level = 5",
        "level = -1",
        "level = NULL",
        "state = 'maybe'",
        "state = 'unrated'",
        "state = 'not-applicable', level = NULL",
        "met = 3, of_ = 2",
        "met = -1, of_ = 2",
        "met = 0, of_ = 0",
        "met = 1, of_ = 4, out_of = 3",
    ],
)
def test_the_checks_are_the_last_wall(house: cast.House, wrong: str) -> None:
    house.rate("ORG-01", 2)
    with house.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(text(f"UPDATE rating SET {wrong.replace('of_', chr(34) + 'of' + chr(34))}"))


def test_up_down_and_up_again_is_the_same(bare: Engine) -> None:
    database.migrate(bare)
    first = schema(bare)
    down(bare)
    assert set(inspect(bare).get_table_names()) == {"alembic_version"}
    assert triggers(bare) == []
    database.migrate(bare)
    assert schema(bare) == first


SHARED = text("SELECT submission, first_day, last_day FROM shared_assessment")
COUNTED = text("SELECT submission FROM cohort_member")


def test_what_was_shared_before_stands_as_it_would_be_written_now(engine: Engine) -> None:
    """0009: also in its cohort. Back again it stands as it did, but for the days."""
    lead = together.plains(engine)
    for number in range(5):
        house = together.agency(engine, f"Agency {number}", f"Person {number}")
        together.joins(lead, house)
        house.rate("ORG-01", number)
        house.submit()
        together.shares(house, lead, "aggregate")
    library = catalogue.library()[cast.PROGRAM]
    question = Question(library.id, library.hash, library.form)
    lead.write(count_together, question, Period(cast.BASELINE.starts, date.max))
    with engine.connect() as connection:
        now, counted = connection.execute(SHARED).all(), set(connection.execute(COUNTED).scalars())
    assert {row.submission for row in now} == counted
    with engine.execution_options(plumbline_writing=True).connect() as connection:
        walls.keep_house(connection)
        command.downgrade(database.alembic(connection), "0008")
        links = connection.execute(text("SELECT id, audit_link FROM assessment")).all()
        before = {f"{row.id}.{row.audit_link[:16]}" for row in links}
        assert {row.submission for row in connection.execute(SHARED)} == before
        assert set(connection.execute(COUNTED).scalars()) == before
        connection.execute(text("UPDATE shared_assessment SET first_day = '2026-10-12', last_day = '2026-12-11'"))
        connection.commit()
    database.migrate(engine)
    with engine.connect() as connection:
        assert sorted(connection.execute(SHARED).all()) == sorted(now)
        assert set(connection.execute(COUNTED).scalars()) == counted


@pytest.mark.parametrize("thing", ["site", "cycle", "agency"])
def test_what_was_archived_before_is_shown_no_more(engine: Engine, thing: str) -> None:
    """0009; and what was not, is."""
    lead = together.plains(engine)
    for name in ("Hilltop", "Riverside"):
        house = together.agency(engine, name, f"{name} person")
        together.joins(lead, house)
        house.rate("ORG-01", 2)
        house.submit()
        together.shares(house, lead, "named")
    with engine.execution_options(plumbline_writing=True).connect() as connection:
        walls.keep_house(connection)
        command.downgrade(database.alembic(connection), "0008")
        key = "id" if thing == "agency" else "agency_id"
        archived = text(f"UPDATE {thing} SET archived_at = '2026-11-01' WHERE {key} = :id")
        connection.execute(archived, {"id": house.actor.agency_id})
        connection.commit()
    database.migrate(engine)
    with engine.connect() as connection:
        for table in ("shared_assessment", "shared_score", "shared_stand"):
            left = set(connection.execute(text(f"SELECT agency_id FROM {table}")).scalars())
            assert len(left - {house.actor.agency_id}) == len(left) == 1


def test_a_second_time_nothing_happens(house: cast.House) -> None:
    before = cast.everything(house.engine)
    shape = schema(house.engine)
    database.migrate(house.engine)
    assert cast.everything(house.engine) == before
    assert schema(house.engine) == shape
    with house.engine.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == database.newest_migration()


class PowerCut(BaseException):
    pass


@pytest.mark.parametrize("at", [1, 3, 10, 20])
def test_cut_off_in_the_middle_it_leaves_nothing_and_can_be_done_again(bare: Engine, at: int) -> None:
    seen = 0

    def cut(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        nonlocal seen
        if statement.lstrip().startswith(("CREATE", "INSERT")):
            seen += 1
            if seen == at:
                raise PowerCut

    event.listen(bare, "before_cursor_execute", cut)
    with pytest.raises(PowerCut):
        database.migrate(bare)
    event.remove(bare, "before_cursor_execute", cut)
    assert inspect(bare).get_table_names() == []
    database.migrate(bare)
    assert triggers(bare) == TRIGGERS[bare.dialect.name]


MIGRATE = "import sys; from assessments.store import database; database.migrate(database.connect(sys.argv[1]))"


def test_several_processes_at_once_migrate_once(bare_url: str) -> None:
    running = [subprocess.Popen([sys.executable, "-c", MIGRATE, bare_url]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    engine = database.connect(bare_url)
    assert set(inspect(engine).get_table_names()) == {*Table.metadata.tables, "alembic_version"}
    engine.dispose()


def test_foreign_keys_are_on_again_after_a_migration(sqlite_url: str) -> None:
    engine = database.connect(sqlite_url)
    down(engine)
    database.migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_a_migration_that_leaves_a_row_pointing_nowhere_is_undone(bare_sqlite_url: str) -> None:
    engine = database.connect(bare_sqlite_url)
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("CREATE TABLE parent (id TEXT PRIMARY KEY)")
        raw.execute("CREATE TABLE child (parent_id TEXT REFERENCES parent (id))")
        raw.execute("INSERT INTO child VALUES ('nowhere')")
    with pytest.raises(RuntimeError, match="point nowhere"):
        database.migrate(engine)
    assert inspect(engine).get_table_names() == ["child", "parent"]
    engine.dispose()
