"""The roster and its roles: who may put whom there, and what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assessments.errors import AlreadyThere, BadInput, Conflict, LooksLikeName, NotConfirmed, NotFound
from assessments.rules.competency import Given
from assessments.use_cases.agencies import SiteDetails, add_site, archive_site, delete_site, revise_agency
from assessments.use_cases.competencies import competency_ratings, rate_competency
from assessments.use_cases.job_roles import (
    RoleProfile,
    add_job_role,
    add_usual_roles,
    archive_job_role,
    job_roles,
    revise_job_role,
)
from assessments.use_cases.staff import (
    Member,
    StaffDetails,
    add_member,
    delete_member,
    export_names,
    keeps_roster,
    persons,
    revise_member,
    roster,
    sight_of,
    tie_person,
)
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, RIVERBEND, STAFF, STARTED, House, everything, joins

TODAY = NOW.date()


@pytest.fixture
def nurse(house: House) -> str:
    role: str = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    return role


def somebody(house: House, role: str, code: str = "R-1", **more: Any) -> StaffDetails:
    return StaffDetails(code, house.site, STARTED, roles=frozenset({role}), **more)


def one(house: House, code: str = "R-1") -> Member:
    found: Member = next(member for member in house.read(roster) if member.details.code == code)
    return found


def entries(house: House) -> list[tuple[str, str, str, str]]:
    return [(e.act, e.field, e.before, e.after) for e in house.read(audit_trail, most=1_000).entries]


def test_somebody_is_added_changed_and_leaves(house: House, nurse: str) -> None:
    lead = house.write(add_member, somebody(house, nurse, "R-0"))
    staff_id = house.write(add_member, somebody(house, nurse, " r-1 ", name="Nell North", supervisor_id=lead))
    member = one(house, "r-1")
    assert (member.label, member.supervisor, member.roles, member.site) == (
        "Nell North (r-1)",
        "R-0",
        ("Nurse",),
        "Main Street",
    )
    assert member.is_here(TODAY)
    house.write(revise_member, staff_id, replace(member.details, ends=date(2026, 11, 21)), member.version)
    assert not one(house, "r-1").is_here(TODAY)
    assert one(house, "r-1").details.supervisor_id == lead


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": " "}, "Code is empty"),
        ({"code": "Clear"}, "“clear”"),
        ({"name": "clear "}, "“clear”"),
        ({"code": "x" * 21}, "at most 20"),
        ({"ends": date(2024, 4, 30)}, "The last day, April 30, 2024, is before the first, May 1, 2024"),
        ({"starts": date(206, 5, 1)}, "between 1950 and 2100"),
        ({"ends": date(2206, 5, 1)}, "between 1950 and 2100"),
        ({"roles": frozenset()}, "at least one"),
    ],
)
def test_what_cannot_be_is_refused(house: House, nurse: str, change: dict[str, Any], says: str) -> None:
    before = everything(house.engine)
    with pytest.raises(BadInput, match=says):
        house.write(add_member, replace(somebody(house, nurse), **change))
    assert everything(house.engine) == before


def test_all_that_is_wrong_is_said_at_once(house: House) -> None:
    with pytest.raises(BadInput) as refused:
        house.write(add_member, StaffDetails("", house.site, STARTED, date(2020, 1, 1)))
    assert len(str(refused.value).splitlines()) == 3
    with pytest.raises(BadInput) as refused:
        house.write(add_member, StaffDetails("R-1", house.site, date(206, 1, 1), date(2206, 1, 1)))
    assert "First day: " in str(refused.value) and "Last day: " in str(refused.value)


@pytest.mark.parametrize("change", [{"site_id": "nowhere"}, {"roles": frozenset({"no"})}, {"supervisor_id": "nobody"}])
def test_what_is_not_there_is_not_found(house: House, nurse: str, change: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        house.write(add_member, replace(somebody(house, nurse), **change))


def test_a_code_is_one_persons(house: House, nurse: str) -> None:
    house.write(add_member, somebody(house, nurse))
    with pytest.raises(AlreadyThere, match="somebody else's"):
        house.write(add_member, somebody(house, nurse, "r-1"))
    other = house.write(add_member, somebody(house, nurse, "R-2"))
    with pytest.raises(AlreadyThere):
        house.write(revise_member, other, somebody(house, nurse, "R-1"), 1)


def test_a_code_that_looks_like_a_name_is_kept_only_with_a_reason(house: House, nurse: str) -> None:
    before = everything(house.engine)
    with pytest.raises(LooksLikeName, match="holds part of the name"):
        house.write(add_member, somebody(house, nurse, "NORTH-1", name="Nell North"))
    with pytest.raises(BadInput, match="the reason itself"):
        house.write(add_member, somebody(house, nurse, "Nell North"), "She was born on 3/4/1990")
    with pytest.raises(LooksLikeName, match="one word of letters"):
        house.write(add_member, somebody(house, nurse, "Garcia"))
    assert everything(house.engine) == before
    staff_id = house.write(add_member, somebody(house, nurse, "NORTH-1", name="Nell North"), "the north wing")
    assert ("keep text", "looks like a name", "", "the north wing") in entries(house)
    kept = one(house, "NORTH-1")
    house.write(revise_member, staff_id, replace(kept.details, ends=TODAY), kept.version)
    with pytest.raises(LooksLikeName, match="the name itself"):
        house.write(revise_member, staff_id, replace(kept.details, code="Nell North"), kept.version + 1)


def test_a_site_in_the_archive_is_marked(house: House, nurse: str) -> None:
    house.write(add_member, somebody(house, nurse))
    assert not one(house).site_archived
    house.write(archive_site, house.site)
    assert one(house).site_archived


def test_nobody_supervises_themselves_however_long_the_chain(house: House, nurse: str) -> None:
    above = ""
    ids = []
    for code in ("R-1", "R-2", "R-3"):
        above = house.write(add_member, somebody(house, nurse, code, supervisor_id=above))
        ids.append(above)
    with pytest.raises(BadInput, match="R-3 is supervised by this staff member"):
        house.write(revise_member, ids[0], somebody(house, nurse, "R-1", supervisor_id=ids[2]), 1)
    with pytest.raises(BadInput, match="Nobody supervises themselves"):
        house.write(revise_member, ids[0], somebody(house, nurse, "R-1", supervisor_id=ids[0]), 1)


def test_of_two_editors_the_second_is_told(house: House, nurse: str) -> None:
    staff_id = house.write(add_member, somebody(house, nurse))
    other = house.seen_by(joins(house.engine, house.actor.agency_id, "agency-administrator"))
    shown = one(other)
    house.write(revise_member, staff_id, somebody(house, nurse, name="Nell North"), shown.version)
    before = everything(house.engine)
    for act, *arguments in (
        (revise_member, staff_id, somebody(house, nurse, name="Ann Other"), shown.version),
        (tie_person, staff_id, house.actor.person_id, shown.version),
    ):
        with pytest.raises(Conflict, match="changed after you opened"):
            other.write(act, *arguments)
    assert everything(house.engine) == before


def test_who_was_put_there_by_mistake_goes_with_all_ratings(house: House, nurse: str) -> None:
    lead = house.write(add_member, somebody(house, nurse, "R-0"))
    led = house.write(add_member, somebody(house, nurse, "R-1", supervisor_id=lead))
    house.write(rate_competency, lead, STAFF, "STF-01", Given("observer", TODAY, 2), None)
    with pytest.raises(NotConfirmed, match="R-0"):
        house.write(delete_member, lead, "R-1")
    house.write(delete_member, lead, "r-0")
    assert [member.details.supervisor_id for member in house.read(roster)] == [""]
    assert house.read(competency_ratings, STAFF, [led]) is not None


def test_the_trail_says_names_of_sites_and_roles_and_no_name_of_staff(house: House, nurse: str) -> None:
    lead = house.write(add_member, somebody(house, nurse, "R-0"))
    staff_id = house.write(add_member, somebody(house, nurse, name="Nell North"))
    elm = house.write(add_site, SiteDetails("Elm Street"))
    revised = replace(somebody(house, nurse), site_id=elm, supervisor_id=lead, name="Nell South")
    house.write(revise_member, staff_id, revised, 1)
    said = entries(house)
    assert ("revise", "site_id", "Main Street", "Elm Street") in said
    assert ("revise", "supervisor_id", "", "R-0") in said
    assert [entry for entry in said if entry[1] == "name"]
    assert not [entry for entry in said if "Nell" in " ".join(entry)]


def test_one_signs_in_as_one_staff_member(house: House, nurse: str) -> None:
    first, second = (house.write(add_member, somebody(house, nurse, code)) for code in ("R-1", "R-2"))
    cam = joins(house.engine, house.actor.agency_id, "staff-member")
    assert house.read(persons) == {house.actor.person_id: "Ann Able", cam.person_id: "Cam Cole"}
    assert house.seen_by(cam).read(roster) == []
    house.write(tie_person, first, cam.person_id, 1)
    (mine,) = house.seen_by(cam).read(roster)
    assert (mine.id, mine.person_id) == (first, cam.person_id)
    assert house.seen_by(cam).read(sight_of).mine == first
    with pytest.raises(AlreadyThere, match="Cam Cole signs in as R-1 already"):
        house.write(tie_person, second, cam.person_id, 1)
    with pytest.raises(NotFound):
        house.write(tie_person, second, "a stranger", 1)
    house.write(tie_person, first, "", 2)
    assert house.seen_by(cam).read(roster) == []


def test_names_for_a_file_are_asked_for_in_the_trail_and_are_those_one_may_see(house: House, nurse: str) -> None:
    house.write(add_member, somebody(house, nurse, name="Nell North"))
    trainer = house.seen_by(joins(house.engine, house.actor.agency_id, "trainer"))
    assert [member.label for member in house.write(export_names)] == ["Nell North (R-1)"]
    assert [member.label for member in trainer.write(export_names)] == ["R-1"]
    house.write(revise_agency, replace(RIVERBEND, names_for_trainers=True))
    assert [member.label for member in trainer.write(export_names)] == ["Nell North (R-1)"]
    asked = [entry for entry in entries(house) if entry[0] == "export names"]
    assert [after for *_, after in asked] == ["names of 1: R-1", "no names", "names of 1: R-1"]
    assert (house.read(keeps_roster), trainer.read(keeps_roster)) == (True, False)


def test_a_site_where_staff_are_is_not_deleted(house: House, nurse: str) -> None:
    elm = house.write(add_site, SiteDetails("Elm Street"))
    gone = replace(somebody(house, nurse), site_id=elm, ends=STARTED)
    staff_id = house.write(add_member, gone)
    with pytest.raises(BadInput, match="1 staff member on the roster"):
        house.write(delete_site, elm, "Elm Street")
    house.write(revise_member, staff_id, replace(gone, site_id=house.site), 1)
    house.write(delete_site, elm, "Elm Street")


def test_the_usual_roles_are_added_once_and_leave_ones_own_alone(house: House) -> None:
    own = house.write(add_job_role, STAFF, RoleProfile("NURSE", {"STF-02": 1}))
    assert len(house.write(add_usual_roles, STAFF)) == 6
    assert house.write(add_usual_roles, STAFF) == []
    found = {role.profile.name: role for role in house.read(job_roles, STAFF)}
    assert found["NURSE"].id == own and dict(found["NURSE"].profile.needs) == {"STF-02": 1}
    assert found["Counselor"].profile.needs["STF-13"] == 3
    with pytest.raises(NotFound, match="no usual roles"):
        house.write(add_usual_roles, ("perinatal-program", "1.0"))


def test_a_role_is_revised_copied_and_archived_and_whoever_is_second_is_told(house: House, nurse: str) -> None:
    house.write(revise_job_role, nurse, STAFF, RoleProfile("Nurse", {"STF-02": 4}), 1)
    with pytest.raises(Conflict):
        house.write(revise_job_role, nurse, STAFF, RoleProfile("Nurse", {}), 1)
    (role,) = house.read(job_roles, STAFF)
    assert dict(role.profile.needs) == {"STF-02": 4}
    with pytest.raises(AlreadyThere):
        house.write(add_job_role, STAFF, RoleProfile("nurse", role.profile.needs))
    house.write(archive_job_role, nurse, role.version)
    assert house.read(job_roles, STAFF) == []
    assert [one.archived for one in house.read(job_roles, STAFF, archived=True)] == [True]


@pytest.mark.parametrize(
    ("profile", "refusal"),
    [
        (RoleProfile(" "), BadInput),
        (RoleProfile("Nurse; aide"), BadInput),
        (RoleProfile("Nurse", {"STF-01": 5}), BadInput),
        (RoleProfile("Nurse", {"ORG-01": 3}), NotFound),
    ],
)
def test_a_role_that_cannot_be_is_refused(house: House, profile: RoleProfile, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        house.write(add_job_role, STAFF, profile)
