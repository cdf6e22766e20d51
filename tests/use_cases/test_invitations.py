"""Who may invite whom to what, and how access ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from assessments.errors import BadInput, NotAllowed, NotFound
from assessments.store import database
from assessments.store.tables import BrowserSession, Collaborative
from assessments.use_cases import sessions
from assessments.use_cases.identities import end_access, leave_agency, persons_here
from assessments.use_cases.invitations import invitations, invite, welcome, withdraw_invitation
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, House, joins


@pytest.fixture
def administrator(house: House) -> House:
    return house.seen_by(joins(house.engine, house.actor.agency_id, "agency-administrator", "Ada Able"))


def test_the_token_is_told_once_and_stored_nowhere(house: House) -> None:
    token = house.write(invite, "  Ida   Ivy ", ["assessor", "auditor"])
    with database.reading(house.engine) as db:
        found = welcome(db, NOW, token)
        assert found and (found.agency, found.name) == ("Riverbend Recovery", "Ida Ivy")
        assert welcome(db, NOW + timedelta(days=7), token) is None
    (line,) = house.read(invitations, NOW)
    assert line.roles == ("assessor", "auditor") and line.state == "open" and line.made_by == "Ann Able"
    assert house.read(invitations, NOW + timedelta(days=7))[0].state == "ended"
    assert token not in str(line) + str(house.read(audit_trail).entries)


@pytest.mark.parametrize("roles", [[], ["host-administrator"], ["collaborative-lead"], ["assessor", "king"]])
def test_roles_that_cannot_be_given(house: House, roles: list[str]) -> None:
    with pytest.raises(BadInput, match="choose one or more from the list"):
        house.write(invite, "Ida", roles)


def test_a_collaborative_gives_the_role_of_its_lead(house: House) -> None:
    with database.writing(house.engine) as db:
        db.add(Collaborative(agency_id=house.actor.agency_id))
    assert house.write(invite, "Ida", ["collaborative-lead"])


@pytest.mark.parametrize("days", [0, -1, 31])
def test_how_long_it_waits(house: House, days: int) -> None:
    with pytest.raises(BadInput, match="from 1 to 30 days"):
        house.write(invite, "Ida", ["assessor"], timedelta(days=days))


def test_all_that_is_wrong_is_said_at_once(house: House) -> None:
    with pytest.raises(BadInput) as wrong:
        house.write(invite, " ", [])
    assert "Name is empty" in str(wrong.value) and "Roles" in str(wrong.value)


def test_nobody_makes_an_owner_but_an_owner(house: House, administrator: House) -> None:
    with pytest.raises(NotAllowed, match="Only an owner"):
        administrator.write(invite, "Ida", ["owner"])
    assert administrator.write(invite, "Ida", ["agency-administrator"])
    assert house.write(invite, "Ida", ["owner"])


def test_nobody_ends_an_owner_but_an_owner_and_never_the_last(house: House, administrator: House) -> None:
    with pytest.raises(NotAllowed, match="Only an owner"):
        administrator.write(end_access, house.actor.person_id)
    with pytest.raises(BadInput, match="only owner"):
        house.write(end_access, house.actor.person_id)
    second = joins(house.engine, house.actor.agency_id, "owner", "Olu Own")
    house.write(end_access, second.person_id)
    house.write(end_access, administrator.actor.person_id)
    assert [one.name for one in house.read(persons_here)] == ["Ann Able"]
    assert {entry.before for entry in house.read(audit_trail).entries if entry.act == "end access"} == {
        "Olu Own: Owner",
        "Ada Able: Agency administrator",
    }


def test_people_end_their_own_access_and_what_goes_with_it(house: House, administrator: House) -> None:
    """The invitation that they made and the browser that they have open; nobody else's."""
    token, others = administrator.write(invite, "Ida", ["assessor"]), house.write(invite, "Oda", ["assessor"])
    with database.writing(house.engine) as db:
        for one in (administrator, house):
            sessions.begin_session(db, NOW, one.actor.person_id)
    administrator.write(leave_agency)
    with pytest.raises(NotAllowed):
        administrator.write(leave_agency)
    with database.reading(house.engine) as db:
        assert welcome(db, NOW, token) is None and welcome(db, NOW, others)
        still_open = select(col(BrowserSession.person_id)).where(col(BrowserSession.ended_at).is_(None))
        assert db.execute(still_open).scalars().all() == [house.actor.person_id]
    (told,) = [entry for entry in house.read(audit_trail).entries if entry.act == "leave"]
    assert (told.person, told.before) == ("Ada Able", "Ada Able: Agency administrator")


def test_the_only_owner_does_not_leave(house: House) -> None:
    with pytest.raises(BadInput, match="only owner"):
        house.write(leave_agency)
    joins(house.engine, house.actor.agency_id, "owner", "Olu Own")
    house.write(leave_agency)


def test_access_ends_in_one_agency_and_in_every_browser(house: House, neighbor: House) -> None:
    cam = joins(house.engine, house.actor.agency_id, "assessor")
    with database.writing(house.engine) as db:
        sessions.begin_session(db, NOW, cam.person_id)
        sessions.begin_session(db, NOW, cam.person_id)
        sessions.begin_session(db, NOW, house.actor.person_id)
    house.write(end_access, cam.person_id)
    with database.reading(house.engine) as db:
        rows = db.execute(select(BrowserSession)).scalars().all()
    assert sorted((row.person_id == cam.person_id, row.ended_at is not None) for row in rows) == [
        (False, False),
        (True, True),
        (True, True),
    ]
    with pytest.raises(NotFound):
        house.write(end_access, cam.person_id)
    with pytest.raises(NotFound):
        house.write(end_access, neighbor.actor.person_id)


def test_who_goes_leaves_no_way_back(house: House, administrator: House) -> None:
    """They know the tokens of the invitations that they made."""
    token = administrator.write(invite, "My other self", ["agency-administrator"])
    kept = house.write(invite, "Ida", ["assessor"])
    house.write(end_access, administrator.actor.person_id)
    with database.reading(house.engine) as db:
        assert welcome(db, NOW, token) is None and welcome(db, NOW, kept)
    assert {one.name: one.state for one in house.read(invitations, NOW)} == {
        "My other self": "withdrawn",
        "Ida": "open",
    }


def test_an_invitation_is_withdrawn_by_its_own_agency(house: House, neighbor: House) -> None:
    token = house.write(invite, "Ida", ["assessor"])
    (line,) = house.read(invitations, NOW)
    with pytest.raises(NotFound):
        neighbor.write(withdraw_invitation, line.id)
    house.write(withdraw_invitation, line.id)
    house.write(withdraw_invitation, line.id)
    with database.reading(house.engine) as db:
        assert welcome(db, NOW, token) is None
    assert [entry.act for entry in house.read(audit_trail).entries].count("withdraw") == 1
