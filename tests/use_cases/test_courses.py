"""Courses, their sessions, and who was there: what can be kept, and who sees whom."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from assessments.errors import (
    AlreadyThere,
    BadInput,
    Conflict,
    LooksLikeClientData,
    NotAllowed,
    NotFound,
)
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import StaffMember
from assessments.use_cases import attendance, courses, training_sessions
from assessments.use_cases.attendance import Done, mark_attendance
from assessments.use_cases.courses import CourseDetails, CourseLine
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.trail import OF_STAFF, audit_trail
from assessments.use_cases.training_sessions import SessionDetails, SessionLine
from tests.use_cases.cast import NOW, PROGRAM, STAFF, STARTED, House, joins
from tests.use_cases.test_priorities import refused

TODAY = NOW.date()
TALKS = CourseDetails("First talks", 1.5, "in-person", "The county", 12, {"STF-01": 3, "STF-07": 2})


@dataclass
class School:
    """Riverbend with a course, a session of it held a month ago, and five people; Dee supervises the first two."""

    house: House
    course: str
    held: str
    members: list[str]
    dee: str

    def mark(self, member: str, state: str | None, session: str = "", **more: Any) -> None:
        """As who has just looked, unless it is said what they were shown."""
        at = session or self.held
        shown = more["shown"] if more else self.line(at).attendance.get(member)
        self.house.write(mark_attendance, at, member, state, shown)

    def line(self, session: str = "") -> SessionLine:
        lines: list[SessionLine] = self.house.read(training_sessions.training_sessions)
        return next(one for one in lines if one.id == (session or self.held))

    def done(self, member: str) -> list[Done]:
        found: dict[str, list[Done]] = self.house.read(attendance.trained, [member])
        return found[member]

    def is_member(self, staff_id: str, role: str) -> House:
        """The house as somebody sees it who signs in as this member."""
        actor = joins(self.house.engine, self.house.actor.agency_id, role)
        with database.writing(self.house.engine) as db:
            row = db.get(StaffMember, (actor.agency_id, staff_id))
            assert row
            row.person_id = actor.person_id
            db.add(row)
        return self.house.seen_by(actor)


@pytest.fixture
def school(house: House) -> School:
    role = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    dee = house.write(add_member, StaffDetails("R-0", house.site, STARTED, roles=frozenset({role})))
    members = [
        house.write(
            add_member,
            StaffDetails(f"R-{n}", house.site, STARTED, roles=frozenset({role}), supervisor_id=dee if n < 3 else ""),
        )
        for n in range(1, 6)
    ]
    course = house.write(courses.add_course, STAFF, TALKS)
    held = house.write(training_sessions.add_session, SessionDetails(course, TODAY - timedelta(days=30)))
    return School(house, course, held, members, dee)


def listed(house: House, **more: Any) -> list[CourseLine]:
    found: list[CourseLine] = house.read(courses.courses, STAFF, **more)
    return found


def test_a_course_is_added_revised_and_archived(house: House) -> None:
    course = house.write(courses.add_course, STAFF, TALKS)
    assert [(one.details, one.archived) for one in listed(house)] == [(TALKS, False)]
    longer = replace(TALKS, hours=2.25, valid_months=None, teaches={"STF-02": 4})
    house.write(courses.revise_course, course, STAFF, longer, 1)
    refused(house, Conflict, courses.revise_course, course, STAFF, TALKS, 1)
    refused(house, Conflict, courses.archive_course, course, 1)
    assert listed(house)[0].details == longer
    house.write(courses.archive_course, course, 2)
    assert listed(house) == []
    assert [one.archived for one in listed(house, archived=True)] == [True]
    house.write(courses.archive_course, course, 3, archived=False)
    assert listed(house)[0].version == 4
    told = [(entry.act, entry.field, entry.before, entry.after) for entry in house.read(audit_trail, most=6).entries]
    assert told[::-1] == [
        ("add", "", "", "First talks: STF-01 3, STF-07 2"),
        ("revise", "length", "1.5", "2.25"),
        ("revise", "valid_months", "12", ""),
        ("revise", "teaches", "STF-01 3, STF-07 2", "STF-02 4"),
        ("archive", "", "", "First talks"),
        ("take out of the archive", "", "", "First talks"),
    ]


def test_a_course_that_teaches_nothing_is_refused_with_a_remedy(house: House) -> None:
    with pytest.raises(BadInput, match="choose at least one competency"):
        house.write(courses.add_course, STAFF, replace(TALKS, teaches={}))
    course = house.write(courses.add_course, STAFF, TALKS)
    refused(house, BadInput, courses.revise_course, course, STAFF, replace(TALKS, teaches={}), 1)


WRONG: tuple[dict[str, Any], ...] = (
    {"name": " "},
    {"hours": 0},
    {"hours": -1},
    {"hours": 400.5},
    {"hours": 1.005},
    {"hours": float("nan")},
    {"hours": float("inf")},
    {"hours": True},
    {"valid_months": 0},
    {"valid_months": 121},
    {"valid_months": 1.5},
    {"format": "by post"},
    {"teaches": {"STF-99": 2}},
    {"teaches": {"STF-01": 0}},
    {"teaches": {"STF-01": 5}},
    {"teaches": {"STF-01": True}},
)
EDGES: tuple[dict[str, Any], ...] = ({"hours": 0.25}, {"hours": 400}, {"hours": 0.1}, {"valid_months": 120})


def test_what_no_course_can_be_is_refused_and_what_lies_at_the_edge_is_kept(house: House) -> None:
    for wrong in WRONG:
        refused(house, BadInput, courses.add_course, STAFF, replace(TALKS, **wrong))
    course = house.write(courses.add_course, STAFF, TALKS)
    for shown, good in enumerate(EDGES, start=1):
        house.write(courses.revise_course, course, STAFF, replace(TALKS, **good), shown)
        assert listed(house)[0].details == replace(TALKS, **good)


def test_all_that_is_wrong_is_said_at_once(house: House) -> None:
    with pytest.raises(BadInput) as wrong:
        house.write(courses.add_course, STAFF, CourseDetails("", 0, "in-person"))
    assert len(str(wrong.value).splitlines()) == 3


def test_a_name_stands_once_also_in_the_archive(house: House) -> None:
    course = house.write(courses.add_course, STAFF, TALKS)
    refused(house, AlreadyThere, courses.add_course, STAFF, replace(TALKS, name="first  TALKS"))
    house.write(courses.archive_course, course, 1)
    refused(house, AlreadyThere, courses.add_course, STAFF, TALKS)
    other = house.write(courses.add_course, STAFF, replace(TALKS, name="Second talks"))
    refused(house, AlreadyThere, courses.revise_course, other, STAFF, TALKS, 1)


def test_a_checklist_of_a_site_is_taught_to_nobody(house: House) -> None:
    refused(house, BadInput, courses.add_course, PROGRAM, replace(TALKS, teaches={"ORG-01": 3}))


def test_client_data_stops_a_course_and_a_session(school: School) -> None:
    told = replace(TALKS, name="Second talks", provider="Ask 555-12-3456")
    refused(school.house, LooksLikeClientData, courses.add_course, STAFF, told)
    school.house.write(courses.add_course, STAFF, told, keep_because="It is the number of the county")
    noted = SessionDetails(school.course, TODAY, "Her number is 555-12-3456")
    refused(school.house, LooksLikeClientData, training_sessions.add_session, noted)
    refused(school.house, LooksLikeClientData, training_sessions.revise_session, school.held, noted, 1)


def test_sessions_stand_newest_first_and_are_revised(school: School) -> None:
    planned = school.house.write(
        training_sessions.add_session, SessionDetails(school.course, TODAY + timedelta(days=9))
    )
    lines: list[SessionLine] = school.house.read(training_sessions.training_sessions)
    assert [(one.id, one.course) for one in lines] == [(planned, "First talks"), (school.held, "First talks")]
    later = SessionDetails(school.course, TODAY + timedelta(days=10), "In room 2")
    school.house.write(training_sessions.revise_session, planned, later, 1)
    refused(school.house, Conflict, training_sessions.revise_session, planned, later, 1)
    assert school.line(planned).details == later
    school.house.write(training_sessions.delete_session, planned, 2)
    refused(school.house, NotFound, training_sessions.delete_session, planned, 2)
    far = SessionDetails(school.course, date(9999, 12, 31))
    refused(school.house, BadInput, training_sessions.add_session, far)


def test_an_archived_course_takes_no_new_session_and_keeps_its_old(school: School) -> None:
    school.house.write(courses.archive_course, school.course, 1)
    refused(school.house, BadInput, training_sessions.add_session, SessionDetails(school.course, TODAY))
    school.mark(school.members[0], "attended")
    noted = replace(school.line().details, note="In room 2")
    school.house.write(training_sessions.revise_session, school.held, noted, 1)
    assert [done.course for done in school.done(school.members[0])] == ["First talks"]


def test_marks_are_given_changed_and_taken_back(school: School) -> None:
    first = school.members[0]
    for state in ("expected", "attended", "absent"):
        school.mark(first, state)
        assert school.line().attendance == {first: state}
    school.mark(first, None)
    assert school.line().attendance == {}
    refused(school.house, BadInput, mark_attendance, school.held, first, "late", None)
    refused(school.house, NotFound, mark_attendance, school.held, "nobody", "attended", None)


def test_a_mark_that_moved_on_is_a_conflict(school: School) -> None:
    first = school.members[0]
    school.mark(first, "attended", shown=None)
    refused(school.house, Conflict, mark_attendance, school.held, first, "absent", None)
    school.mark(first, "attended", shown=None)  # what both wanted
    school.mark(first, "absent", shown="attended")
    assert school.line().attendance == {first: "absent"}


def test_before_its_day_people_are_expected_and_no_more(school: School) -> None:
    tomorrow = SessionDetails(school.course, TODAY + timedelta(days=1))
    planned, first = school.house.write(training_sessions.add_session, tomorrow), school.members[0]
    for state in ("attended", "absent"):
        refused(school.house, BadInput, mark_attendance, planned, first, state, None)
    school.mark(first, "expected", planned)
    school.house.write(training_sessions.revise_session, planned, replace(tomorrow, on=TODAY), 1)
    school.mark(first, "attended", planned)
    refused(school.house, BadInput, training_sessions.revise_session, planned, tomorrow, 2)


def test_nobody_attends_before_they_came_or_after_they_left(school: School) -> None:
    house, first = school.house, school.members[0]
    early = house.write(training_sessions.add_session, SessionDetails(school.course, STARTED - timedelta(days=1)))
    refused(house, BadInput, mark_attendance, early, first, "attended", None)
    (role,) = house.read(attendance.attenders, school.held)[0].details.roles
    left = StaffDetails("L-1", house.site, STARTED, TODAY - timedelta(days=31), roles=frozenset({role}))
    gone = house.write(add_member, left)
    refused(house, BadInput, mark_attendance, school.held, gone, "attended", None)
    assert gone not in {one.id for one in house.read(attendance.attenders, school.held)}
    on_the_last_day = SessionDetails(school.course, TODAY - timedelta(days=31))
    last = house.write(training_sessions.add_session, on_the_last_day)
    school.mark(gone, "attended", last)
    later = replace(on_the_last_day, on=TODAY - timedelta(days=20))
    refused(house, BadInput, training_sessions.revise_session, last, later, 1)


def test_a_session_that_somebody_attended_is_not_deleted(school: School) -> None:
    school.mark(school.members[0], "attended")
    refused(school.house, BadInput, training_sessions.delete_session, school.held, 1)
    school.mark(school.members[0], "expected")
    school.house.write(training_sessions.delete_session, school.held, 1)
    assert school.house.read(training_sessions.training_sessions) == []


def test_what_somebody_has_done_lapses(school: School) -> None:
    first, absent = school.members[:2]
    school.mark(first, "attended")
    school.mark(absent, "absent")
    before = school.house.write(training_sessions.add_session, SessionDetails(school.course, date(2025, 2, 28)))
    school.mark(first, "attended", before)
    assert [(done.on, done.holds_until) for done in school.done(first)] == [
        (date(2026, 10, 23), date(2027, 10, 23)),
        (date(2025, 2, 28), date(2026, 2, 28)),
    ]
    assert school.done(absent) == []
    school.house.write(courses.revise_course, school.course, STAFF, replace(TALKS, valid_months=None), 1)
    assert {done.holds_until for done in school.done(first)} == {None}


def test_who_keeps_the_courses_knows_how_many_attended_from_five_on(school: School) -> None:
    """Whose last day moves with the months that it holds; whoever came twice is one."""
    again = school.house.write(training_sessions.add_session, SessionDetails(school.course, TODAY))
    for member in school.members[:4]:
        school.mark(member, "attended")
        school.mark(member, "attended", again)
    assert [one.people for one in listed(school.house)] == [None]
    school.mark(school.members[4], "attended")
    assert [one.people for one in listed(school.house)] == [5]
    as_own = school.is_member(school.members[0], "staff-member")
    assert [one.people for one in listed(as_own)] == [None]


def test_a_supervisor_sees_and_marks_their_team_alone(school: School) -> None:
    mine, other = school.members[0], school.members[4]
    for member in (mine, other, school.dee):
        school.mark(member, "attended")
    as_dee = replace(school, house=school.is_member(school.dee, "supervisor"))
    assert set(as_dee.line().attendance) == {mine, school.dee}
    assert {one.id for one in as_dee.house.read(attendance.attenders, school.held)} == set(school.members[:2])
    as_dee.mark(mine, "absent")
    refused(as_dee.house, NotFound, mark_attendance, school.held, other, "absent", None)
    refused(as_dee.house, NotAllowed, mark_attendance, school.held, school.dee, "absent", None)
    with pytest.raises(NotFound):
        as_dee.house.read(attendance.trained, [other])
    refused(as_dee.house, NotAllowed, courses.add_course, STAFF, replace(TALKS, name="Mine"))


def test_a_staff_member_sees_what_they_did_themselves(school: School) -> None:
    for member in school.members:
        school.mark(member, "attended")
    own = school.members[0]
    as_own = replace(school, house=school.is_member(own, "staff-member"))
    assert as_own.line().attendance == {own: "attended"}
    assert as_own.line().attended is None
    assert as_own.house.read(attendance.attenders, school.held) == []
    assert len(as_own.done(own)) == 1
    refused(as_own.house, NotAllowed, mark_attendance, school.held, own, None, "attended")


def test_an_administrator_sees_how_many_from_five_on_and_never_who(school: School) -> None:
    office = school.house.seen_by(joins(school.house.engine, school.house.actor.agency_id, "agency-administrator"))
    at_the_office = replace(school, house=office)
    for member in school.members[:4]:
        school.mark(member, "attended")
    assert (at_the_office.line().attended, at_the_office.line().attendance) == (None, {})
    school.mark(school.members[4], "attended")
    assert (at_the_office.line().attended, at_the_office.line().attendance) == (5, {})
    assert office.read(attendance.attenders, school.held) == []
    with pytest.raises(NotAllowed):
        office.read(attendance.trained, school.members)
    told = [entry for entry in office.read(audit_trail).entries if entry.act == "mark attendance"]
    assert {(entry.before, entry.after) for entry in told} == {(OF_STAFF, OF_STAFF)}


def test_no_agency_reaches_another(school: School, neighbor: House) -> None:
    refused(neighbor, NotFound, courses.archive_course, school.course, 1)
    refused(neighbor, NotFound, training_sessions.add_session, SessionDetails(school.course, TODAY))
    refused(neighbor, NotFound, mark_attendance, school.held, school.members[0], "attended", None)
    assert listed(neighbor) == []
    assert neighbor.read(training_sessions.training_sessions) == []


def test_control_a_trainer_marks_everybody(school: School, engine: Engine) -> None:
    trainer: Actor = joins(engine, school.house.actor.agency_id, "trainer")
    school.house.seen_by(trainer).write(mark_attendance, school.held, school.members[4], "attended", None)
    assert school.line().attendance == {school.members[4]: "attended"}
