"""The second wall, on PostgreSQL: each table has one, and behind it a statement without a filter shows own rows."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, ProgrammingError
from sqlmodel import Session

from assessments.__main__ import main
from assessments.store import database, files, soundness, upkeep, walls
from assessments.store.access import Actor
from assessments.store.tables import Delivery, LaunchLink, Table
from assessments.store.walls import Asker, seen_by
from assessments.use_cases.deliveries import File, delete_spent, deliver
from assessments.use_cases.evidence import add_evidence
from tests import stores
from tests.store import full
from tests.use_cases import cast
from tests.use_cases.files import BROUGHT

pytestmark = pytest.mark.postgres

OF_THE_DOOR = {"browser_session", "host_role", "identity", "launch_link", "sign_in"}
"""Open to whoever runs the server: they are asked before it is known who comes, and hold what no agency wrote."""
SITE = Table.metadata.tables["site"]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
CATALOG = text("""SELECT relname, relrowsecurity AND relforcerowsecurity,
EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND polwithcheck IS NOT NULL AND polcmd IN ('*', 'a')),
pg_has_role(:app, relowner, 'member') FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'""")


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    """As a superuser, who stands before no wall."""
    opened = database.connect(postgres_url)
    yield opened
    opened.dispose()


@pytest.fixture
def app(engine: Engine) -> Iterator[Engine]:
    """The same database, as the server opens it."""
    opened = behind(engine)
    yield opened
    opened.dispose()


def behind(engine: Engine) -> Engine:
    return database.connect(engine.url.set(username=stores.APP).render_as_string())


@dataclass(frozen=True)
class Town:
    """Riverbend, with a row in every table, and its neighbor; as a superuser, and as the server opens it."""

    engine: Engine
    app: Engine
    ours: cast.House
    theirs: cast.House


@pytest.fixture(scope="module")
def town(cluster: stores.Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Furnished once: whatever a test does to it is undone."""
    with pytest.MonkeyPatch.context() as patch, cluster.database() as url:
        patch.setenv("DATA_DIR", str(tmp_path_factory.mktemp("town")))
        engine = database.connect(url)
        app = behind(engine)
        yield Town(engine, app, full.furnish(engine), cast.hilltop(engine))
        engine.dispose()
        app.dispose()


def rows(db: Session, asker: Asker | None) -> dict[str, list[Any]]:
    """All that can be seen, without any filter."""
    if asker is None:
        return {table.name: list(db.execute(select(table))) for table in Table.metadata.sorted_tables}
    with seen_by(db, asker):
        return rows(db, None)


def changed(db: Session, statement: Any) -> int:
    """How many rows."""
    return db.connection().execute(statement).rowcount


def of(actor: Actor) -> Asker:
    return Asker(actor.agency_id, actor.person_id)


def test_every_table_has_its_wall(engine: Engine) -> None:
    with engine.connect() as connection:
        found = connection.execute(CATALOG, {"app": stores.APP}).all()
        assert walls.is_behind(connection, stores.APP)
    walled = {name for name, forced, checked, owned in found if forced and checked and not owned}
    assert walled == set(Table.metadata.tables)


def test_a_wall_that_was_taken_down_is_found_by_who_verifies(engine: Engine) -> None:
    with engine.begin() as connection:
        assert soundness.misshapen(connection) == []
        connection.execute(text("DROP POLICY own ON site"))
        connection.execute(text("ALTER TABLE cycle DISABLE ROW LEVEL SECURITY"))
        assert soundness.misshapen(connection) == [f"The wall of {name} is missing." for name in ("cycle", "site")]


def test_control_a_table_without_a_wall_is_found(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE site NO FORCE ROW LEVEL SECURITY"))
    with pytest.raises(AssertionError):
        test_every_table_has_its_wall(engine)


@pytest.mark.parametrize("reach", ["SUPERUSER", "BYPASSRLS"])
def test_control_a_role_that_reaches_over_is_found(cluster: stores.Cluster, engine: Engine, reach: str) -> None:
    role = f"reaches_{reach.lower()}"
    cluster.execute(f"CREATE ROLE {role} {reach}")
    try:
        with engine.connect() as connection:
            assert walls.is_behind(connection, role) is False
            assert walls.is_behind(connection, "nobody_of_ours") is None
    finally:
        cluster.execute(f"DROP ROLE {role}")


def test_without_a_filter_own_rows_alone_are_seen(town: Town) -> None:
    with Session(town.app) as db:
        seen = rows(db, of(town.theirs.actor))
    assert leaked(town, seen) == set()
    assert [row.name for row in seen["agency"]] == [cast.HILLTOP.name]
    assert town.ours.actor.person_id in {row.id for row in seen["person"]}  # set Hilltop up, and stands in its trail


def test_of_persons_those_of_the_agency_are_seen(engine: Engine, app: Engine) -> None:
    ours, theirs = cast.riverbend(engine), cast.hilltop(engine)
    stranger = cast.joins(engine, ours.actor.agency_id, "assessor", "Stella Strange")
    with Session(app) as db:
        assert stranger.person_id in {row.id for row in rows(db, of(ours.actor))["person"]}
        assert stranger.person_id not in {row.id for row in rows(db, of(theirs.actor))["person"]}


def test_control_a_superuser_sees_all_of_it(town: Town) -> None:
    with Session(town.engine) as db:
        assert len(leaked(town, rows(db, of(town.theirs.actor)))) > 50


def leaked(town: Town, seen: dict[str, list[Any]]) -> set[str]:
    """The tables that tell Hilltop of Riverbend."""
    return {name for name, found in seen.items() if any(town.ours.actor.agency_id in row for row in found)}


def test_own_rows_are_all_seen(town: Town) -> None:
    mine = town.ours.actor.agency_id
    with Session(town.app) as db, seen_by(db, of(town.ours.actor)), town.engine.connect() as before:
        for table in Table.metadata.sorted_tables:
            if "agency_id" in table.c:
                own = select(table).where(table.c.agency_id == mine)
                assert len(db.execute(own).all()) == len(before.execute(own).all()), table.name


def test_before_it_is_known_who_asks_nothing_is_seen(town: Town) -> None:
    with Session(town.app) as db:
        seen = rows(db, None)
    assert {name for name, found in seen.items() if found} == OF_THE_DOOR
    with Session(town.app) as db, pytest.raises(ProgrammingError, match="row-level security"):
        db.execute(insert(SITE).values(agency_id=town.ours.actor.agency_id, id="x", name="X", name_key="x"))


def test_nothing_is_written_changed_or_moved_into_another_agency(town: Town) -> None:
    ours, theirs, app = town.ours, town.theirs, town.app
    with Session(app) as db, seen_by(db, of(theirs.actor)):
        assert changed(db, SITE.update().where(SITE.c.agency_id == ours.actor.agency_id).values(name="x")) == 0
        assert changed(db, delete(SITE).where(SITE.c.agency_id == ours.actor.agency_id)) == 0
        with pytest.raises(DBAPIError, match="row-level security"):
            db.execute(SITE.update().values(agency_id=ours.actor.agency_id))


def test_what_was_said_ends_with_the_transaction(town: Town) -> None:
    """The pool has one connection to give, so the next transaction is given the same."""
    ours, pooled = town.ours, behind(town.engine)
    try:
        with Session(pooled) as db, seen_by(db, of(ours.actor)):
            first = _connection(db.connection())
            assert db.execute(select(SITE.c.id)).all()
        with Session(pooled) as db:
            assert _connection(db.connection()) == first
            assert not db.execute(select(SITE.c.id)).all()
            with seen_by(db, of(ours.actor)):
                assert db.execute(select(SITE.c.id)).all()
                db.rollback()
                assert not db.execute(select(SITE.c.id)).all()
            with seen_by(db, of(ours.actor)):
                assert db.execute(select(SITE.c.id)).all()
    finally:
        pooled.dispose()


def _connection(connection: Connection) -> object:
    return connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()


def test_what_acts_for_another_agency_goes_back(town: Town) -> None:
    ours, theirs, app = town.ours, town.theirs, town.app

    def here(db: Session) -> set[str]:
        return set(db.execute(select(SITE.c.agency_id)).scalars())

    with Session(app) as db, seen_by(db, of(ours.actor)):
        with seen_by(db, of(theirs.actor)):
            assert here(db) == {theirs.actor.agency_id}
        assert here(db) == {ours.actor.agency_id}


def test_who_has_said_it_does_not_say_it_again(app: Engine) -> None:
    said: list[str] = []
    event.listen(app, "before_cursor_execute", lambda *given: said.append(given[2]))
    with Session(app) as db:
        for _ in range(3):
            with seen_by(db, Asker("an agency", "a person")):
                db.execute(select(SITE.c.id))
    assert sum("set_config" in statement for statement in said) == 1


def test_the_server_tidies_for_all(engine: Engine, app: Engine) -> None:
    """Files without a row go, those with one stay; and so with what was taken."""
    house = cast.riverbend(engine)
    house.write(add_evidence, house.assessment, "ORG-01", cast.POLICY, file=BROUGHT)
    house.write(deliver, "a browser", File("a.txt", "text/plain", b"text", "sites"), house.site)
    folder = files.folder_of(engine)
    kept = {path.name for path in folder.iterdir()}
    (folder / f"{house.actor.agency_id}.{'0' * 32}").write_bytes(b"left over")
    assert files.sweep(app) == 1
    assert {path.name for path in folder.iterdir()} == kept
    with database.writing(app) as db:
        delete_spent(db, cast.NOW - timedelta(days=1))
    with Session(engine) as db:
        assert len(db.execute(select(Delivery)).all()) == 1
        db.execute(update(Delivery).values(expires_at=LONG_AGO))
        db.commit()
    with database.writing(app) as db:
        delete_spent(db, cast.NOW)
    with Session(engine) as db:
        assert not db.execute(select(Delivery)).all()


def test_a_backup_by_the_role_of_the_server_is_refused(engine: Engine, app: Engine) -> None:
    assert walls.sees_all(engine)
    assert not walls.sees_all(app)
    with pytest.raises(upkeep.CannotOpen, match="sees one agency at a time"):
        upkeep.looked_at(app.url.render_as_string, lambda _: None)


def test_the_door_needs_nobody(app: Engine) -> None:
    with database.writing(app) as db:
        db.add(LaunchLink(token_hash="0" * 64, made_at=cast.NOW, expires_at=cast.NOW))
    with Session(app) as db:
        assert db.get(LaunchLink, "0" * 64)


IN_ONE = ("shared_assessment", "shared_count", "shared_score", "shared_stand", "peer_offer")
OF_MEMBERS = ("collaborative", "cohort", "cohort_member", "count_release", "released_count")
LED = ("share", "site_letters")
WIPED = ("shared_stand", "shared_score", "shared_assessment", "shared_count", "share", "peer_offer", "site_letters")


@pytest.fixture
def shared(engine: Engine) -> None:
    """Agencies "a" and "b" are in the collaborative "c", "left" was; "a" has a line of everything. Keys are not asked,
    for it is the walls that are looked at.
    """
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for name in OF_MEMBERS:
            connection.execute(insert(Table.metadata.tables[name]).values(line(name, "c")))
        for name in (*IN_ONE, *LED):
            connection.execute(insert(Table.metadata.tables[name]).values(line(name, "a")))
        for member, left in (("a", None), ("b", None), ("left", cast.NOW)):
            values = {"member_id": member, "left_at": left, "joined_at": cast.NOW, "joined_by": "x", "version": 1}
            table = Table.metadata.tables["collaborative_member"]
            connection.execute(insert(table).values(agency_id="c", guest=False, **values))


def line(name: str, agency: str) -> dict[str, Any]:
    """Something in every column of the table, that its checks let in."""
    given = {"agency_id": agency, "collaborative_id": "c", "how": "named", "state": "unrated", "fewest": 11}
    of_kind = {str: "x", int: 11, bool: False, float: 1.0, date: cast.NOW.date()}
    columns = Table.metadata.tables[name].c
    return {
        column.name: given.get(column.name, of_kind.get(column.type.python_type, cast.NOW))
        for column in columns
        if not column.nullable
    }


def seen(app: Engine, name: str, agency: str) -> int:
    with Session(app) as db, seen_by(db, Asker(agency)):
        return len(db.execute(select(Table.metadata.tables[name])).all())


@pytest.mark.usefixtures("shared")
def test_what_crosses_is_seen_in_the_collaborative_alone(app: Engine) -> None:
    asking = ("a", "b", "c", "left", "elsewhere")
    found = {name: "".join(one[0] for one in asking if seen(app, name, one)) for name in (*IN_ONE, *OF_MEMBERS, *LED)}
    assert found == dict.fromkeys((*IN_ONE, *OF_MEMBERS), "abc") | dict.fromkeys(LED, "ac")
    assert [seen(app, "collaborative_member", one) for one in asking] == [1, 1, 3, 1, 0]


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("agency", "changes", "wipes"), [("a", True, True), ("b", False, False), ("c", False, True)])
def test_what_crosses_is_written_by_whose_it_is_and_wiped_by_the_lead(
    app: Engine, agency: str, changes: bool, wipes: bool
) -> None:
    with Session(app) as db, seen_by(db, Asker(agency)):
        for name in WIPED:  # what hangs on another one first
            table = Table.metadata.tables[name]
            assert changed(db, table.update().values(collaborative_id="c")) == changes, name
            assert changed(db, delete(table)) == wipes, name


@pytest.mark.usefixtures("shared")
def test_nobody_lets_itself_into_a_collaborative(engine: Engine, app: Engine) -> None:
    """Who knows the code does, and who leaves comes back by a code alone."""
    member = Table.metadata.tables["collaborative_member"]
    of = {"agency_id": "c", "guest": False, "joined_at": cast.NOW, "joined_by": "x", "version": 1}
    back = member.update().where(member.c.member_id == "left").values(left_at=None)
    with Session(app) as db, seen_by(db, Asker("elsewhere")), pytest.raises(DBAPIError, match="row-level security"):
        db.execute(insert(member).values(**of, member_id="elsewhere"))
    with Session(app) as db, seen_by(db, Asker("left")), pytest.raises(DBAPIError, match="row-level security"):
        db.execute(back)
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        row = line("invitation", "c") | {"token_hash": "the code"}
        connection.execute(insert(Table.metadata.tables["invitation"]).values(row))
    with Session(app) as db, seen_by(db, Asker("left", known="the code")):
        assert changed(db, back) == 1


@pytest.mark.usefixtures("shared")
def test_who_belongs_to_members_is_seen_for_one_task_alone(engine: Engine, app: Engine) -> None:
    """By the collaborative, of its members and no other agency; and nothing else is seen for it."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for agency in ("a", "b", "left", "c", "elsewhere"):
            connection.execute(insert(Table.metadata.tables["membership"]).values(line("membership", agency)))
    with Session(app) as db:
        plainly = {one: rows(db, Asker(one)) for one in ("a", "c", "elsewhere")}
        knowing = {one: rows(db, Asker(one, task=walls.KNOWS)) for one in plainly}
    for one, found in plainly.items():
        assert [row.agency_id for row in found.pop("membership")] == [one]
        of_members = {row.agency_id for row in knowing[one].pop("membership")}
        assert of_members == ({"a", "b", "left", "c"} if one == "c" else {one})
    assert knowing == plainly


@pytest.fixture
def plain(cluster: stores.Cluster) -> Iterator[str]:
    """The URL of a database that is owned, and was migrated, by a role that is no superuser."""
    name = f"plain_{uuid.uuid4().hex}"
    cluster.execute(f"CREATE ROLE {name} LOGIN")
    cluster.execute(f"CREATE DATABASE {name} OWNER {name}")
    url = cluster.url(name, name)
    stores.migrated(url)
    yield url
    cluster.execute(f"DROP DATABASE {name} WITH (FORCE)")
    cluster.execute(f"DROP ROLE {name}")


def test_the_owner_is_bound_too_unless_it_keeps_house(plain: str) -> None:
    """So an installation with one role has the wall as well; and its backup is whole."""
    daily, keeping = database.connect(plain), database.connect(plain, keeps_house=True)
    try:
        house = cast.riverbend(daily)
        with Session(daily) as db:
            assert not any(rows(db, None).values())
            assert rows(db, of(house.actor))["site"]
        with Session(keeping) as db:
            assert rows(db, None)["site"]
        assert walls.sees_all(keeping)
    finally:
        daily.dispose()
        keeping.dispose()


def test_to_say_so_helps_nobody_but_the_owner(town: Town) -> None:
    with Session(town.app) as db:
        db.execute(text("SET LOCAL plumbline.keeper = 'on'"))
        assert {name for name, found in rows(db, None).items() if found} == OF_THE_DOOR


def test_the_owner_lets_a_role_in(
    plain: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", plain)
    assert main(["let-in", stores.APP]) == 0
    assert main(["let-in", "nobody_of_ours"]) == 1
    assert "There is no role nobody_of_ours" in capsys.readouterr().err
    assert main(["let-in", plain.partition("//")[2].partition("@")[0]]) == 1
    assert "owns the tables" in capsys.readouterr().err
    server = database.connect(plain.replace(plain.partition("//")[2].partition("@")[0], stores.APP, 1))
    try:
        database.migrate(server)  # at the newest already, so there is nothing to do
        house = cast.riverbend(server)
        house.rate("ORG-01", 3)
        with Session(server) as db, pytest.raises(ProgrammingError, match="permission denied"):
            db.execute(text("DELETE FROM audit_entry"))
    finally:
        server.dispose()


def test_the_role_of_the_server_is_told_who_brings_a_database_up_to_date(plain: str) -> None:
    """It may not do so itself: not where it was let in, and the database is of before, nor where it was not."""
    owner = database.connect(plain, keeps_house=True)
    server = plain.replace(plain.partition("//")[2].partition("@")[0], stores.APP, 1)
    told = f"migrate` and then `python -m assessments let-in {stores.APP}`.*plumbline-migrate.service"
    try:
        with pytest.raises(upkeep.CannotOpen, match=told):
            upkeep.opened(lambda: server, upkeep.where, keeps_house=False)
        with owner.begin() as connection:
            walls.let_in(connection, stores.APP)
        assert upkeep.opened(lambda: server, upkeep.where, keeps_house=False), "control"
        with owner.begin() as connection:
            command.downgrade(database.alembic(connection), "0007")
        with pytest.raises(upkeep.CannotOpen, match=told):
            upkeep.opened(lambda: server, upkeep.where, keeps_house=False)
    finally:
        owner.dispose()
