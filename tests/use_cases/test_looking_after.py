"""Who looks after the installation, whom they shut out, and roles that change: what ends, and who may do it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from assessments.errors import BadInput, Conflict, NotAllowed, NotFound
from assessments.store import audit, database
from assessments.store.tables import BrowserSession, HostRole, LaunchLink, Membership, Person
from assessments.use_cases import looking_after, sessions
from assessments.use_cases.identities import end_access, persons_here, revise_roles, roles_to_give
from assessments.use_cases.invitations import invite, welcome
from assessments.use_cases.looking_after import Known, end_looking_after, everybody, let_back_in, shut_out
from assessments.use_cases.sessions import hash_of
from assessments.use_cases.signing_in import Refused, Who, enter
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, House, joins
from tests.use_cases.test_signing_in import at_once, entered

HAL, IDA = Who("https://login.example", "hal-1"), Who("https://login.example", "ida-7")


def link(engine: Engine) -> str:
    with database.writing(engine) as db:
        return sessions.make_link(db, NOW)


def comes(engine: Engine, who: Who, token: str = "") -> str:
    """The id of whoever comes in."""
    found = entered(engine, who, token)
    assert isinstance(found, str), found
    with database.reading(engine) as db:
        known = sessions.session_of(db, NOW, found, sessions.HOSTED)
        assert known
        person = sessions.person_of(db, known.id)
        assert person
        return person.id


def act(engine: Engine, use_case: object, by: str, *args: object) -> object:
    assert callable(use_case)
    with database.writing(engine) as db:
        return use_case(db, by, NOW, *args)


def is_in(engine: Engine, person_id: str) -> bool:
    with database.reading(engine) as db:
        table = BrowserSession
        open_ones = select(col(table.id)).where(col(table.person_id) == person_id, col(table.ended_at).is_(None))
        return db.execute(open_ones).first() is not None


def known(engine: Engine, by: str, named: str = "") -> list[Known]:
    with database.reading(engine) as db:
        return everybody(db, by, named).shown


@pytest.fixture
def hal(house: House) -> str:
    """Not Ann: the first to come takes over who was here alone, so Hal is the second."""
    ann = comes(house.engine, Who("https://login.example", "ann-1"), link(house.engine))
    assert ann == house.actor.person_id
    token = act(house.engine, looking_after.invite_administrator, ann)
    assert isinstance(token, str)
    return comes(house.engine, HAL, token)


@pytest.fixture
def ida(house: House) -> str:
    return comes(house.engine, IDA, house.write(invite, "Ida Ivy", ["assessor"]))


def test_the_second_to_look_after_it_is_invited_by_the_first(house: House, hal: str) -> None:
    assert hal != house.actor.person_id
    assert [one.looks_after for one in known(house.engine, hal)] == [True, True]
    spare = link(house.engine)
    assert comes(house.engine, HAL, spare) == hal, "a link does nothing for who is one already"
    assert comes(house.engine, IDA, spare) not in {hal, house.actor.person_id}
    assert entered(house.engine, Who(IDA.issuer, "eve-1"), spare) is Refused.SPENT


def test_of_two_who_are_first_at_once_one_is(house: House) -> None:
    links = [link(house.engine), link(house.engine)]
    found = at_once(lambda place: entered(house.engine, Who(HAL.issuer, f"h-{place}"), links[place]), 2)
    assert sum(isinstance(one, str) for one in found) == 1
    with database.reading(house.engine) as db:
        assert len(db.execute(select(HostRole)).all()) == 1


def test_one_account_in_two_browsers_with_two_invitations_is_one_person(house: House, neighbor: House) -> None:
    tokens = [one.write(invite, "Ida Ivy", ["assessor"]) for one in (house, neighbor)]
    found = at_once(lambda place: entered(house.engine, IDA, tokens[place]), 2)
    assert all(isinstance(one, str) for one in found)
    with database.reading(house.engine) as db:
        assert len(db.execute(select(Person).where(col(Person.name) == "Ida Ivy")).all()) == 1


def test_one_account_in_two_browsers_with_one_invitation_comes_in_in_both(house: House) -> None:
    token = house.write(invite, "Ida Ivy", ["assessor"])
    assert all(isinstance(one, str) for one in at_once(lambda _: entered(house.engine, IDA, token), 3))


def test_who_is_shut_out_is_out_of_every_agency(house: House, neighbor: House, hal: str, ida: str) -> None:
    assert comes(house.engine, IDA, neighbor.write(invite, "I. Ivy", ["agency-administrator"])) == ida
    hers = neighbor.seen_by(type(neighbor.actor)(ida, neighbor.actor.agency_id)).write(invite, "A friend", ["assessor"])
    act(house.engine, shut_out, hal, ida)
    assert not is_in(house.engine, ida)
    assert entered(house.engine, IDA) is Refused.SHUT_OUT
    with database.reading(house.engine) as db:
        assert welcome(db, NOW, hers) is None
        for one in (house, neighbor):
            assert audit.faults(db, one.actor.agency_id) == []
    for one in (house, neighbor):
        assert next(entry for entry in one.read(audit_trail).entries if entry.act == "shut out").after == "Ida Ivy"
        assert [person.is_shut_out for person in one.read(persons_here) if person.id == ida] == [True]
    act(house.engine, let_back_in, hal, ida)
    assert comes(house.engine, IDA) == ida


def test_a_sign_in_beside_it_is_ended_or_refused(house: House, hal: str, ida: str) -> None:
    def do(place: int) -> object:
        return entered(house.engine, IDA) if place else act(house.engine, shut_out, hal, ida)

    at_once(do, 4)
    assert not is_in(house.engine, ida)


def test_a_sign_in_beside_the_end_of_access_is_ended_or_refused(house: House, ida: str) -> None:
    at_once(lambda place: entered(house.engine, IDA) if place else house.write(end_access, ida), 4)
    assert not is_in(house.engine, ida)


def test_nobody_else_looks_after_it(house: House, hal: str, ida: str) -> None:
    for use_case in (shut_out, let_back_in, end_looking_after):
        with pytest.raises(NotAllowed):
            act(house.engine, use_case, ida, hal)
    with pytest.raises(NotAllowed):
        act(house.engine, looking_after.invite_administrator, ida)
    with pytest.raises(NotAllowed):
        known(house.engine, ida)
    with pytest.raises(NotFound):
        act(house.engine, shut_out, hal, "nobody")


def test_somebody_stays_who_looks_after_it(house: House, hal: str) -> None:
    for use_case in (shut_out, end_looking_after):
        with pytest.raises(BadInput):
            act(house.engine, use_case, hal, hal)
    spare = link(house.engine)
    act(house.engine, end_looking_after, house.actor.person_id, hal)
    assert not is_in(house.engine, hal)
    assert entered(house.engine, Who(IDA.issuer, "eve-1"), spare) is Refused.SPENT, "Hal may know it"
    assert entered(house.engine, HAL) is Refused.ENDED
    with pytest.raises(NotFound):
        act(house.engine, end_looking_after, house.actor.person_id, hal)
    with pytest.raises(NotAllowed):
        act(house.engine, shut_out, hal, house.actor.person_id)


def test_people_are_found_by_a_part_of_their_name(house: House, hal: str, ida: str) -> None:
    assert [one.name for one in known(house.engine, hal, "iVy")] == ["Ida Ivy"]
    (found,) = known(house.engine, hal, "ida")
    assert (found.agencies, found.looks_after, found.is_shut_out) == (("Riverbend Recovery",), False, False)
    assert known(house.engine, hal, "%") == []
    with database.reading(house.engine) as db:
        crowd = everybody(db, hal, most=1)
    assert crowd.total == 3 and len(crowd.shown) == 1


def test_a_link_lasts_twelve_hours(house: House) -> None:
    token = link(house.engine)
    with database.writing(house.engine) as db:
        db.execute(update(LaunchLink).values(expires_at=NOW - timedelta(seconds=1)))
        assert enter(db, NOW, HAL, hash_of(token)) is Refused.SPENT


def test_roles_that_are_added_close_nothing_and_those_taken_close_everything(house: House, ida: str) -> None:
    house.write(revise_roles, ida, ["assessor", "agency-administrator"], ["assessor"])
    assert is_in(house.engine, ida)
    hers = house.seen_by(type(house.actor)(ida, house.actor.agency_id))
    token = hers.write(invite, "My other self", ["agency-administrator"])
    house.write(revise_roles, ida, ["assessor"], ["agency-administrator", "assessor"])
    assert not is_in(house.engine, ida)
    with database.reading(house.engine) as db:
        assert welcome(db, NOW, token) is None
    said = [(entry.before, entry.after) for entry in house.read(audit_trail).entries if entry.act == "change roles"]
    assert said[0] == ("Ida Ivy: Agency administrator, Assessor", "Ida Ivy: Assessor")


def test_roles_are_changed_as_they_were_shown(house: House, ida: str) -> None:
    with pytest.raises(Conflict):
        house.write(revise_roles, ida, ["trainer"], ["auditor"])
    with pytest.raises(BadInput):
        house.write(revise_roles, ida, [], ["assessor"])
    with pytest.raises(BadInput):
        house.write(revise_roles, ida, ["host-administrator"], ["assessor"])
    before = house.read(audit_trail).total
    house.write(revise_roles, ida, ["assessor"], ["assessor"])
    assert house.read(audit_trail).total == before and is_in(house.engine, ida)


def test_an_administrator_makes_and_unmakes_no_owner(house: House, ida: str) -> None:
    ada = house.seen_by(joins(house.engine, house.actor.agency_id, "agency-administrator", "Ada Able"))
    assert "owner" not in ada.read(roles_to_give) and "owner" in house.read(roles_to_give)
    with pytest.raises(NotAllowed):
        ada.write(revise_roles, ida, ["owner"], ["assessor"])
    with pytest.raises(NotAllowed):
        ada.write(revise_roles, house.actor.person_id, ["assessor"], ["owner"])
    with pytest.raises(BadInput, match="only owner"):
        house.write(revise_roles, house.actor.person_id, ["assessor"], ["owner"])
    house.write(revise_roles, ida, ["owner"], ["assessor"])
    house.write(revise_roles, house.actor.person_id, ["assessor"], ["owner"])


def test_of_two_owners_who_unmake_each_other_at_once_one_stays(house: House, ida: str) -> None:
    house.write(revise_roles, ida, ["owner"], ["assessor"])
    two = [house.actor.person_id, ida]

    def unmakes(place: int) -> bool:
        by = house.seen_by(type(house.actor)(two[place], house.actor.agency_id))
        try:
            by.write(revise_roles, two[1 - place], ["assessor"], ["owner"])
        except (NotAllowed, BadInput, Conflict):
            return False
        return True

    assert sum(at_once(unmakes, 2)) == 1
    with database.reading(house.engine) as db:
        owners = select(col(Membership.person_id)).where(col(Membership.role) == "owner")
        assert len(db.execute(owners.where(col(Membership.agency_id) == house.actor.agency_id)).all()) == 1


def test_the_neighbor_changes_nobody_here(house: House, neighbor: House, ida: str) -> None:
    with pytest.raises(NotFound):
        neighbor.write(revise_roles, ida, ["auditor"], ["assessor"])
