"""One agency's rows lie together, and can lie on a machine of their own: every table and every question keeps to
`agency_id`. Whoever spreads the tables by that key (docs/hosting.md) finds each question on one machine.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, event

from assessments.store import database, tables
from tests.use_cases import test_rights
from tests.use_cases.cast import House, riverbend
from tests.use_cases.test_rights import Full, attempt

ALL = tables.Table.metadata.sorted_tables
OF_AN_AGENCY = {table.name for table in ALL if "agency_id" in table.c}
OF_ALL = {"agency", "person", "launch_link", "browser_session", "identity", "sign_in", "host_role"}
"""Small, and asked before it is known whose they are: a copy on every machine."""

OF_MEMBERS = {"share", "shared_assessment", "shared_score", "shared_stand", "shared_count", "peer_offer"}
OTHERWISE = {
    **{table: {"collaborative_id"} for table in OF_MEMBERS},
    "collaborative_member": {"member_id"},
    "peer_ask": {"asked_by_agency", "offered_by_agency"},
    "membership": {"person_id"},
    "invitation": {"token_hash"},
    "delivery": {"token_hash", "expires_at"},
}
"""By which key else a table may be asked, and then every machine is: what the members of a collaborative share, in
which agencies a person is, what only the holder of a token knows, and what is cleared away.
"""

full = test_rights.full


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """The questions are the same on PostgreSQL, but for locks and for who asks (assessments/store/walls.py)."""
    opened = database.connect(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def house(engine: Engine) -> House:
    return riverbend(engine)


def astray(statement: str) -> set[str]:
    """The tables of an agency that a statement takes rows of without saying whose."""
    if statement.startswith("INSERT"):
        table, columns = re.findall(r"INTO (\w+) \(([^)]*)\)", statement)[0]
        return {table} & OF_AN_AGENCY if "agency_id" not in columns.split(", ") else set()
    aliases = dict(re.findall(r"(\w+) AS (\w+)", statement))
    named = {name: name for name in re.findall(r"(?:FROM|JOIN|UPDATE|,)\s+(\w+)\b(?!\.|\()(?! AS)", statement)}
    used = named | {alias: table for table, alias in aliases.items()}
    return {
        table
        for name, table in used.items()
        if table in OF_AN_AGENCY
        and not re.search(rf"\b{name}\.agency_id (=|IN)|(=|IN) \(?{name}\.agency_id\b", statement)
    }


def unknown(statement: str) -> set[str]:
    """Of those, the ones that it does not find by another key that is known."""
    return {
        table
        for table in astray(statement)
        if not any(re.search(rf"\b{table}\.{column} (=|IN|<=)", statement) for column in OTHERWISE.get(table, ()))
    }


def test_every_table_begins_its_key_with_the_agency() -> None:
    assert {table.name for table in ALL} - OF_AN_AGENCY == OF_ALL
    first = {table.name: next(iter(table.primary_key)).name for table in ALL if table.name in OF_AN_AGENCY}
    assert set(first.values()) == {"agency_id"}, first


def test_every_question_of_every_use_case_says_whose(full: Full) -> None:
    asked: set[str] = set()

    @event.listens_for(full.house.engine, "before_cursor_execute")
    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.add(" ".join(statement.split()))

    for name, arguments in full.calls.items():
        attempt(full.house.engine, full.house.actor, name, arguments)  # tests/use_cases/test_rights.py: they go well
    assert {one: tables for one in asked if (tables := unknown(one))} == {}
    assert sum("agency_id" in one for one in asked) > 200


@pytest.mark.parametrize(
    ("statement", "of"),
    [
        ("SELECT rating.agency_id, rating.level FROM rating WHERE rating.sheet_id = ?", {"rating"}),
        ("SELECT count(*) AS n FROM rating", {"rating"}),
        ("SELECT r.level FROM rating AS r JOIN sheet ON sheet.id = r.sheet_id WHERE r.agency_id = ?", {"sheet"}),
        ("SELECT r.level FROM rating AS r, sheet WHERE sheet.agency_id = ? AND r.sheet_id = sheet.id", {"rating"}),
        ("SELECT 1 FROM site WHERE site.agency_id = ? AND EXISTS (SELECT 1 FROM review)", {"review"}),
        ("UPDATE rating SET level=? WHERE rating.sheet_id = ?", {"rating"}),
        ("DELETE FROM delivery WHERE delivery.session_id = ?", {"delivery"}),
        ("INSERT INTO site (id, name) VALUES (?, ?)", {"site"}),
        ("SELECT person.name FROM person WHERE person.id = ?", set()),
        ("INSERT INTO site (agency_id, id) VALUES (?, ?)", set()),
        ("SELECT r.level FROM rating AS r JOIN sheet ON sheet.agency_id = r.agency_id WHERE r.agency_id = ?", set()),
        ("SELECT shared_score.low FROM shared_score WHERE shared_score.collaborative_id = ?", set()),
    ],
)
def test_control_a_question_that_does_not_say_whose_is_seen(statement: str, of: set[str]) -> None:
    assert unknown(statement) == of
