"""Whose competencies somebody sees together, and under which names."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import StaffMember
from assessments.use_cases.agencies import SiteDetails, add_site
from assessments.use_cases.holding import Seen, seen_staff
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from tests.use_cases.cast import NOW, STAFF, STARTED, House, joins

TODAY = NOW.date()


@pytest.fixture
def staffed(house: House) -> House:
    """Ann leads b-2 and C-3; D-4 has left, E-5 is still to come, both on the same roster."""
    role = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    ann = StaffDetails("A-1", house.site, STARTED, roles=frozenset({role}), name="Ann Able")
    above = house.write(add_member, ann)
    led = replace(ann, supervisor_id=above)
    house.write(add_member, replace(led, code="C-3", name="Cy Clay"))
    house.write(add_member, replace(led, code="b-2", name="Bo Bell"))
    house.write(add_member, replace(ann, code="D-4", ends=date(2026, 1, 1)))
    house.write(add_member, replace(ann, code="E-5", starts=date(2027, 1, 1)))
    house.write(add_site, SiteDetails("Nobody works here"))
    return house


def codes(seen: Seen) -> list[str]:
    return [one.code for one in seen.members]


def as_member(house: House, role: str, code: str = "A-1") -> House:
    """Seen by somebody who signs in as that staff member."""
    actor: Actor = joins(house.engine, house.actor.agency_id, role)
    with database.writing(house.engine) as db:
        db.execute(update(StaffMember).filter_by(code=code).values(person_id=actor.person_id))
    return house.seen_by(actor)


def test_the_owner_sees_everybody_of_today_by_code_with_names(staffed: House) -> None:
    seen: Seen = staffed.read(seen_staff, TODAY)
    assert codes(seen) == ["A-1", "b-2", "C-3"] and seen.all_of_them
    assert seen.members[0].label == "Ann Able (A-1)"
    assert list(seen.sites.values()) == ["Main Street"] and list(seen.roles.values()) == ["Nurse"]
    assert seen.members[0].roles == frozenset(seen.roles)


def test_a_trainer_sees_codes_alone(staffed: House) -> None:
    trainer = staffed.seen_by(joins(staffed.engine, staffed.actor.agency_id, "trainer"))
    seen: Seen = trainer.read(seen_staff, TODAY)
    assert codes(seen) == ["A-1", "b-2", "C-3"] and seen.all_of_them
    assert {one.name for one in seen.members} == {""} and seen.members[1].label == "b-2"


def test_a_supervisor_sees_their_own_and_is_told_that_it_is_not_all(staffed: House) -> None:
    seen: Seen = as_member(staffed, "supervisor", "C-3").read(seen_staff, TODAY)
    assert codes(seen) == ["C-3"] and not seen.all_of_them
    seen = as_member(staffed, "supervisor", "A-1").read(seen_staff, TODAY)
    assert codes(seen) == ["A-1", "b-2", "C-3"] and {one.name for one in seen.members} == {
        "Ann Able",
        "Bo Bell",
        "Cy Clay",
    }


@pytest.mark.parametrize("role", ["agency-administrator", "assessor"])
def test_who_sees_nobody_sees_shares(staffed: House, role: str) -> None:
    seen: Seen = staffed.seen_by(joins(staffed.engine, staffed.actor.agency_id, role)).read(seen_staff, TODAY)
    assert (codes(seen), seen.shares, seen.all_of_them, seen.sites) == ([], True, False, {})


def test_a_staff_member_sees_themselves_and_no_shares(staffed: House) -> None:
    seen: Seen = as_member(staffed, "staff-member", "b-2").read(seen_staff, TODAY)
    assert (codes(seen), seen.shares) == (["b-2"], False)
