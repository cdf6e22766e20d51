"""The database itself refuses to tie one agency's row to another's: every key, taken from the tables as they are."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, ForeignKeyConstraint, Row, Table, delete, select, update
from sqlalchemy.exc import IntegrityError

from assessments.store import database, tables
from assessments.use_cases import assessments, checklists
from assessments.use_cases.deliveries import File, deliver
from assessments.use_cases.evidence import add_evidence
from tests.store.full import counts_in, partners_in, plan_in, records_in, staff_in, together_in
from tests.use_cases.cast import NOW, POLICY, House
from tests.use_cases.files import BROUGHT, OWN

pytestmark = pytest.mark.slow

ALL = tables.Table.metadata.sorted_tables
OF_AN_AGENCY = [table for table in ALL if "agency_id" in table.c]
COMPOSITE = [
    key for table in OF_AN_AGENCY for key in table.foreign_key_constraints if {"agency_id"} < set(key.column_keys)
]

OF_A_COLLABORATIVE = {"collaborative", "collaborative_member", "peer_ask", "cohort", "cohort_member"} | {
    "count_release",
    "released_count",
}
ACROSS = {"fk_peer_ask_offered_by_agency_offer_id_peer_offer"}
"""An ask hangs on the collaborative and points at the offer of one of its members: at no other's, by its other key."""

Ids = tuple[str, str]
"""An agency, and the collaborative around it."""
Both = tuple[Connection, Ids, Ids]


def fill(house: House) -> Ids:
    """A row in every table."""
    house.rate("ORG-01", 3)
    house.write(add_evidence, house.assessment, "ORG-01", POLICY, file=BROUGHT)
    house.write(assessments.remember_place, house.assessment, "ORG-1")
    house.write(checklists.choose_pack, "confidentiality", "1.0")
    house.write(checklists.load_checklist, OWN.encode(), "ours.toml")
    house.write(deliver, "session", File("gaps.html", "text/html", b"<p>", "gap_report"), house.assessment)
    with database.writing(house.engine) as db:
        key = {"agency_id": house.actor.agency_id, "assessment_id": house.assessment}
        db.add(tables.Intake(**key, digest="0", changes=1, taken_at=NOW, taken_by=house.actor.person_id))
    plan_in(house)
    staff_in(house)
    partners_in(house)
    records_in(house)
    counts_in(house)
    house.submit()
    return house.actor.agency_id, together_in(house).actor.agency_id


@pytest.fixture
def both(house: House, neighbor: House) -> Iterator[Both]:
    mine, theirs = fill(house), fill(neighbor)
    for n in range(3):
        neighbor.write(assessments.rename_assessment, neighbor.assessment, f"Name {n}")
    with house.engine.execution_options(plumbline_writing=True).connect() as connection:
        yield connection, mine, theirs


def newest(connection: Connection, table: Table, whose: Ids, by: list[str]) -> Row[tuple[object, ...]]:
    """One row of the agency's, the first by these columns, so that it may well be tied already and breaks no rule of
    its own; of a chain, its end, which the shorter chain of the other agency does not have.
    """
    agency_id = whose[table.name in OF_A_COLLABORATIVE]
    order = [table.c.seq.desc()] if "seq" in table.c else [table.c[name].nulls_last() for name in by]
    found = connection.execute(select(table).where(table.c.agency_id == agency_id).order_by(*order)).first()
    assert found is not None, f"{table.name} has no row to try"
    return found


def tie(connection: Connection, key: ForeignKeyConstraint, mine: Ids, whose: Ids) -> None:
    """Points a row of mine at a row of theirs."""
    row = newest(connection, key.table, mine, [one.parent.name for one in key.elements])
    target = newest(connection, key.referred_table, whose, [one.column.name for one in key.elements])
    other = {
        element.parent.name: getattr(target, element.column.name)
        for element in key.elements
        if element.parent.name != "agency_id"
    }
    this = [column == getattr(row, column.name) for column in key.table.primary_key]
    assert connection.execute(update(key.table).where(*this).values(other)).rowcount == 1


def untie(connection: Connection, table: Table, moved: set[str]) -> None:
    """What hangs on columns that are about to change would be a reason of its own to refuse."""
    for other in ALL:
        for hung in other.foreign_key_constraints:
            if hung.referred_table is table and moved & {one.column.name for one in hung.elements}:
                untie(connection, other, {column.name for column in other.primary_key})
                connection.execute(delete(other))


def refuses(connection: Connection, key: ForeignKeyConstraint, mine: Ids, whose: Ids) -> bool:
    attempt = connection.begin_nested()
    try:
        untie(connection, key.table, {column.name for column in key.columns} - {"agency_id"})
        tie(connection, key, mine, whose)
    except IntegrityError:
        return True
    finally:
        attempt.rollback()
    return False


def test_a_row_of_one_agency_cannot_point_at_anothers_and_can_at_its_own(both: Both) -> None:
    connection, mine, theirs = both
    assert [key.name for key in COMPOSITE if not refuses(connection, key, mine, theirs)] == []
    assert [key.name for key in COMPOSITE if refuses(connection, key, mine, mine)] == []


def test_every_key_between_an_agencys_tables_is_composite() -> None:
    loose = [
        key.name
        for table in OF_AN_AGENCY
        for key in table.foreign_key_constraints
        if "agency_id" in key.referred_table.c and "agency_id" not in key.column_keys and key.name not in ACROSS
    ]
    assert loose == []
    assert len(COMPOSITE) >= 11


def test_few_tables_belong_to_no_agency() -> None:
    of_nobody = {table.name for table in ALL} - {table.name for table in OF_AN_AGENCY}
    assert of_nobody == {
        "agency",
        "person",
        "launch_link",
        "browser_session",
        "identity",
        "sign_in",
        "host_role",
    }
    assert all("agency_id" in table.primary_key.columns for table in OF_AN_AGENCY)


def test_rows_of_nobody_are_refused(engine: Engine) -> None:
    """Foreign keys are switched on: they are off in SQLite unless asked for."""
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            tables.Table.metadata.tables["cycle"].insert(),
            {"agency_id": "none", "id": "c", "name": "x", "name_key": "x", "starts": NOW.date()},
        )
