"""The second wall, on PostgreSQL: what a transaction may see is in the database's own row-level security (migration
0008), so that a forgotten filter shows nothing of another agency. SQLite has none.

A transaction says for whom it asks. What it said ends with it, and reaches nobody who is given the connection next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, bindparam, func, select, text
from sqlmodel import Session

from assessments.errors import ToolkitError
from assessments.store.tables import Table

SAID = "plumbline_asker"
TIDY, LOOK_AFTER, KNOWS = "tidy", "look after", "knows"
LOCAL = "local"
KEEPER = "plumbline.keeper"
"""Set to "on", it lets the owner of the tables see everything, as a backup must; to anybody else it says nothing."""
APPENDED = frozenset({"audit_entry"})

SAY = select(
    func.set_config("plumbline.agency", bindparam("agency_id"), True),
    func.set_config("plumbline.person", bindparam("person_id"), True),
    func.set_config("plumbline.known", bindparam("known"), True),
    func.set_config("plumbline.task", bindparam("task"), True),
)
SEES_ALL = text("""SELECT rolsuper OR rolbypassrls OR pg_has_role(relowner, 'usage') FROM pg_roles, pg_class
WHERE rolname = current_user AND pg_class.oid = to_regclass('agency')""")
FAULT = text("""SELECT rolsuper OR rolbypassrls OR pg_has_role(rolname, relowner, 'member') FROM pg_roles, pg_class
WHERE rolname = :role AND pg_class.oid = to_regclass('agency')""")
LET_IN = text("""SELECT rolname FROM pg_class, aclexplode(relacl), pg_roles WHERE pg_class.oid = to_regclass('agency')
AND privilege_type = 'INSERT' AND pg_roles.oid = grantee AND grantee <> relowner ORDER BY rolname""")


@dataclass(frozen=True)
class Asker:
    """For whom a transaction asks. `known` is what whoever asks knows exactly, the hash of a secret or the id of
    their session: it shows the row that holds it. `task` is TIDY for what the server clears away,
    LOOK_AFTER for what a host administrator sees of who belongs where, KNOWS for which members of a collaborative have
    a person in common.
    """

    agency_id: str = ""
    person_id: str = ""
    known: str = ""
    task: str = ""


@contextmanager
def seen_by(db: Session, asker: Asker) -> Iterator[None]:
    """One statement, none where the transaction has said it already. What acts for another agency within goes back to
    the one before.
    """
    if db.get_bind().dialect.name == "sqlite":
        yield
        return
    before = _said(db)
    _say(db, asker)
    try:
        yield
    except ToolkitError:
        _go_back(db, before)
        raise
    _go_back(db, before)


def _said(db: Session) -> Asker | None:
    transaction, asker = db.info.get(SAID, (None, None))
    return asker if transaction is not None and transaction is db.get_transaction() else None


def _say(db: Session, asker: Asker) -> None:
    said = _said(db)
    if said == asker:
        return
    if said:
        db.flush()  # what was added for the one before is written as theirs
    db.execute(SAY, vars(asker))
    db.info[SAID] = (db.get_transaction(), asker)


def _go_back(db: Session, before: Asker | None) -> None:
    if before and before.agency_id:
        _say(db, before)


def keep_house(connection: Connection) -> None:
    """For this transaction: what moves all rows, as a migration, has to see them."""
    if connection.dialect.name != "sqlite":
        connection.execute(select(func.set_config(KEEPER, "on", True)))


def sees_all(engine: Engine) -> bool:
    """Whether a backup by this role would be whole; also where there are no tables yet."""
    if engine.dialect.name == "sqlite":
        return True
    with engine.connect() as connection:
        return connection.execute(SEES_ALL).scalar() is not False


def is_behind(connection: Connection, role: str) -> bool | None:
    """Whether the walls stand before this role; None where there is no such role."""
    reaches_over: bool | None = connection.execute(FAULT, {"role": role}).scalar()
    return None if reaches_over is None else not reaches_over


def roles_let_in(connection: Connection) -> list[str]:
    """Who may write an agency's rows, beside the owner of the tables."""
    return list(connection.execute(LET_IN).scalars())


def let_in(connection: Connection, role: str) -> None:
    """Gives the role what the server does every day and nothing else, also on tables that later migrations make. To be
    called by the owner of the tables.
    """
    name = connection.dialect.identifier_preparer.quote_identifier(role)
    kept = ", ".join(table.name for table in Table.metadata.sorted_tables if table.name not in APPENDED)
    for grant in (
        f"USAGE ON SCHEMA public TO {name}",
        f"SELECT ON alembic_version TO {name}",
        f"SELECT, INSERT, UPDATE, DELETE ON {kept} TO {name}",
        f"SELECT, INSERT ON {', '.join(sorted(APPENDED))} TO {name}",
    ):
        connection.exec_driver_sql(f"GRANT {grant}")
    connection.exec_driver_sql(
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}"
    )
