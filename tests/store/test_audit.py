"""The trail shows whatever was done to it, in either database."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from assessments.errors import BadInput
from assessments.store import audit, database, place
from assessments.use_cases import agencies, trail
from tests.use_cases.cast import NOW, RIVERBEND, House


@pytest.fixture
def written(house: House) -> House:
    """A trail of some ten entries."""
    for n in range(5):
        house.rate(f"ORG-0{n + 1}", n)
    assert house.read(trail.verify_trail) == []
    return house


def tampered(engine: Engine, *statements: str) -> None:
    """What someone does who can write to the database, and knows how to drop a trigger."""
    with engine.execution_options(plumbline_writing=True).begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_entry_update"))
            connection.execute(text("DROP TRIGGER audit_entry_delete"))
        else:
            connection.execute(text("DROP TRIGGER audit_entry_change ON audit_entry"))
        for statement in statements:
            connection.execute(text(statement))


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(written: House, statement: str) -> None:
    with written.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_value"))
        with pytest.raises(DBAPIError, match="append-only"):
            connection.execute(text(statement))
    assert written.read(trail.verify_trail) == []


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(["UPDATE audit_entry SET act = 'nothing' WHERE seq = 3"], id="edit"),
        pytest.param(["UPDATE audit_value SET after = '4' WHERE seq = 6"], id="edit a value"),
        pytest.param(
            [
                "INSERT INTO person (id, name, local, created_at) SELECT 'other', name, false, created_at FROM agency",
                "UPDATE audit_entry SET person_id = 'other' WHERE seq = 4",
            ],
            id="blame somebody else",
        ),
        pytest.param(["DELETE FROM audit_value WHERE seq = 3", "DELETE FROM audit_entry WHERE seq = 3"], id="delete"),
        pytest.param(
            [
                "DELETE FROM audit_value WHERE seq IN (3, 4)",
                "UPDATE audit_entry SET seq = 1000 WHERE seq = 3",
                "UPDATE audit_entry SET seq = 3 WHERE seq = 4",
                "UPDATE audit_entry SET seq = 4 WHERE seq = 1000",
            ],
            id="swap",
        ),
        pytest.param(
            [
                """INSERT INTO audit_entry (agency_id, seq, at, person_id, act, thing, thing_id, field, before_hash,
                after_hash, previous, link) SELECT e.agency_id, e.seq + 1, e.at, e.person_id, e.act, e.thing,
                e.thing_id, e.field, e.before_hash, e.after_hash, e.link, e.after_hash FROM audit_entry e
                JOIN audit_head h ON h.agency_id = e.agency_id AND h.seq = e.seq""",
                """UPDATE audit_head SET seq = seq + 1,
                link = (SELECT e.link FROM audit_entry e WHERE e.seq = audit_head.seq + 1)""",
            ],
            id="insert",
        ),
        pytest.param(["DELETE FROM audit_head"], id="take the head away"),
        pytest.param(["UPDATE audit_head SET seq = seq + 1"], id="move the head"),
    ],
)
def test_a_tampered_trail_shows(written: House, statements: list[str]) -> None:
    tampered(written.engine, *statements)
    assert written.read(trail.verify_trail) != []


CUT = [
    "DELETE FROM audit_value WHERE seq > 5",
    "DELETE FROM audit_entry WHERE seq > 5",
    "UPDATE audit_head SET seq = 5, link = (SELECT e.link FROM audit_entry e WHERE e.seq = 5)",
]


def test_a_cut_tail_shows_against_the_printed_link(written: House) -> None:
    printed = written.read(trail.audit_trail).newest_link[:12]
    assert written.read(trail.verify_trail, printed.upper()) == []
    written.rate("ORG-06", 1)
    assert written.read(trail.verify_trail, printed) == [], "an older link stays in the chain"
    tampered(written.engine, *CUT)
    assert written.read(trail.verify_trail) == [], "without the printed link it cannot be seen"
    assert written.read(trail.verify_trail, printed) != []


def test_a_cut_tail_shows_at_once_where_the_head_was_left(written: House) -> None:
    tampered(written.engine, *CUT[:2])
    assert written.read(trail.verify_trail) != []


@pytest.mark.parametrize("link", ["0", "0" * 11])
def test_a_few_characters_of_a_link_prove_nothing(written: House, link: str) -> None:
    with pytest.raises(BadInput, match="all 12"):
        written.read(trail.verify_trail, link)


def test_the_link_before_the_first_entry_is_none(written: House) -> None:
    assert written.read(trail.verify_trail, "0" * 12) != []


def test_a_chain_written_anew_without_the_key_shows(written: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: with the key it cannot be told, so the key lies beside the database."""
    entries = written.read(trail.audit_trail).entries[::-1]
    wipe = [
        "DELETE FROM audit_value",
        "DELETE FROM audit_entry",
        f"UPDATE audit_head SET seq = 0, link = '{audit.FIRST}'",
    ]
    tampered(written.engine, *wipe)

    def write_anew() -> None:
        with database.writing(written.engine) as db:
            for entry in entries:
                change = audit.Change(entry.act, entry.thing, entry.thing_id, entry.field, entry.before, "4")
                audit.record(db, written.actor.agency_id, written.actor.person_id, entry.at, change)

    monkeypatch.setenv("AUDIT_KEY", "a guess")
    write_anew()
    assert written.read(trail.verify_trail) == []
    monkeypatch.delenv("AUDIT_KEY")
    assert written.read(trail.verify_trail) != []


def test_values_can_be_purged_and_the_chain_still_verifies(written: House) -> None:
    with written.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_value WHERE seq = 3"))
    assert written.read(trail.verify_trail) == []
    purged = [entry for entry in written.read(trail.audit_trail).entries if entry.seq == 3]
    assert [(entry.before, entry.after) for entry in purged] == [("(purged)", "(purged)")]


def test_the_trail_holds_no_value_but_in_the_rows_that_can_be_purged(written: House) -> None:
    written.note("ORG-01", "a most particular sentence")
    with written.engine.begin() as connection:
        entries = connection.execute(text("SELECT * FROM audit_entry")).all()
        values = connection.execute(text("SELECT * FROM audit_value")).all()
    assert "a most particular sentence" not in repr(entries)
    assert "a most particular sentence" in repr(values)


def test_the_trail_says_who_what_when_from_and_to(written: House) -> None:
    written.rate("ORG-01", 4, shown=1)
    newest = written.read(trail.audit_trail).entries[0]
    assert (newest.person, newest.act, newest.at, newest.before, newest.after) == ("Ann Able", "rate", NOW, "0", "4")
    assert newest.thing_id == f"{written.assessment}/ORG-01"


def test_the_trail_is_narrowed_and_paged(written: House) -> None:
    acts, people = written.read(trail.trail_filters)
    assert acts == ["add", "rate", "set up", "start"]
    assert people == ["Ann Able"]
    rated = written.read(trail.audit_trail, act="rate", person="Ann Able", about=written.assessment, skip=1, most=2)
    assert (rated.total, [entry.seq for entry in rated.entries]) == (5, [8, 7])
    assert written.read(trail.audit_trail, about="%").total == 0
    assert written.read(trail.audit_trail, person="Nobody").total == 0


def test_a_change_outside_a_writing_transaction_is_refused(written: House) -> None:
    """It would be said to be saved, and never committed."""
    with pytest.raises(AssertionError, match=r"outside database\.writing"):
        written.read(agencies.revise_agency, NOW, replace(RIVERBEND, name="New name"))


def test_the_key_is_made_once_and_is_its_owners_alone(written: House) -> None:
    file = place.data_dir() / "audit.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_text()) == 64
    assert list(Path(place.data_dir()).glob("audit.key.*")) == []
