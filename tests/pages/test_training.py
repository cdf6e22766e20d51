"""The training plan and the look at before and after, as a trainer meets them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.competency import Given
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.courses import CourseDetails, add_course
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.training_sessions import SessionDetails, add_session
from reports.competencies import PURPOSE
from tests.pages.driven import at, sound
from tests.pages.shown import acts, reads
from tests.use_cases.cast import RIVERBEND, STAFF, STARTED, House

PLAN, LEARNED = "staff/training.py", "staff/learned.py"
NOW = datetime.now(ZoneInfo(RIVERBEND.time_zone))
NASTY = "Talk *first* ![x](http://host/p.png)"


@pytest.fixture
def member(house: House) -> str:
    nurse = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3, "STF-07": 3}))
    details = StaffDetails("R-1", house.site, STARTED, name="Nell North", roles=frozenset({nurse}))
    found: str = house.write(add_member, details)
    return found


def rated(house: House, member: str, level: int) -> None:
    house.write(rate_competency, member, STAFF, "STF-01", Given("supervisor", day_before(), level), None, now=NOW)


def day_before(ago: int = 0) -> date:
    return NOW.date() - timedelta(days=ago)


def course(house: House, name: str = NASTY, hours: float = 2.0) -> str:
    found: str = house.write(add_course, STAFF, CourseDetails(name, hours, "in-person", teaches={"STF-01": 2}))
    return found


def said(test: AppTest) -> str:
    tables = " ".join(str(cell) for table in test.table for cell in table.value.to_numpy().ravel())
    kinds = (
        test.main.markdown,
        test.main.info,
        test.main.success,
        test.main.warning,
        test.main.caption,
        test.main.error,
    )
    return " ".join([tables, *(one.value for kind in kinds for one in kind)])


@pytest.mark.usefixtures("member")
def test_what_is_not_rated_is_to_be_rated_first() -> None:
    text = said(at(PLAN))
    assert "No gap is known" in text
    assert PURPOSE in text


def test_without_a_course_the_way_leads_to_the_courses(house: House, member: str) -> None:
    rated(house, member, 1)
    assert "no course yet" in said(at(PLAN))


@pytest.mark.usefixtures("house")
def test_without_staff_the_way_leads_to_the_roster() -> None:
    assert "nobody on the roster" in said(at(PLAN))


def test_the_plan_says_what_it_closes_what_stays_open_and_what_choices_cost(house: House, member: str) -> None:
    rated(house, member, 0)
    course(house)
    longer = course(house, "Longer", 5)
    test = at(PLAN)
    text = said(test)
    assert "1 course, 2 hours: closes 2 of 3 points of gap (66 %)" in text
    assert "Proven" in text
    assert "No course teaches it far enough (1 point)" in text
    assert "Rate first" in text
    assert "Nell" not in text
    name = str(test.table[0].value["Course"][0])
    assert reads(name) == NASTY
    assert not acts(name)
    without = sound(test.number_input(key="training-hours").set_value(1.0).run())
    assert "Not within the hours (2 points)" in said(without)
    assert "2 points less" in said(without)
    none = said(sound(test.number_input(key="training-hours").set_value(0.0).run()))
    assert "With 0 hours no course fits." in none and "0 courses" not in none and "Proven" not in none
    left_out = sound(test.number_input(key="training-hours").set_value(None).run())
    first = next(one for one in left_out.multiselect(key="training-left-out").options if one != "Longer")
    left_out = sound(left_out.multiselect(key="training-left-out").select(first).run())
    assert "1 course, 5 hours" in said(left_out)
    assert longer


@pytest.mark.parametrize("hours", [-3.0, 1e9])
def test_hours_that_make_no_sense_leave_no_plan_standing(house: House, member: str, hours: float) -> None:
    rated(house, member, 0)
    course(house)
    test = at(PLAN)
    field = test.number_input(key="training-hours")
    assert (field.proto.has_min, field.proto.has_max) == (False, False), "the browser sends nothing that lies outside"
    test = sound(field.set_value(hours).run())
    assert "Hours: give a number from 0 to 100,000" in test.error[0].value
    assert not test.table and "points of gap" not in said(test)


@pytest.mark.usefixtures("member")
def test_before_and_after_begins_with_a_session() -> None:
    assert "No training was held yet" in said(at(LEARNED))


@pytest.mark.parametrize(("there", "unlike"), [(1, False), (5, True)])
def test_beside_others_who_were_there_already_no_difference_is_in_bold(house: House, there: int, unlike: bool) -> None:
    role = house.write(add_job_role, STAFF, RoleProfile("Aide", {"STF-01": 2}))
    held = house.write(add_session, SessionDetails(course(house), day_before(30)), now=NOW)
    for number in range(10):
        details = StaffDetails(f"A-{number}", house.site, STARTED, roles=frozenset({role}))
        came, one = number < 5, house.write(add_member, details)
        before = 2 if number >= 10 - there else 1
        shown = None
        for days, level in ((60, before), (10, 2)):
            given = Given("supervisor", day_before(days), level)
            shown = house.write(rate_competency, one, STAFF, "STF-01", given, shown, now=NOW - timedelta(days=days))
        if came:
            house.write(mark_attendance, held, one, "attended", None)
    test = at(LEARNED)
    text = said(test)
    assert ("cannot well be compared" in text) == unlike
    assert ("**All competencies" in text) != unlike
    assert "those who attended stood at level 1.0" in text


def test_few_are_counted_and_nothing_more_is_said_of_them(house: House, member: str) -> None:
    rated(house, member, 1)
    held = house.write(add_session, SessionDetails(course(house), day_before(30)), now=NOW)
    house.write(mark_attendance, held, member, "attended", None)
    text = said(at(LEARNED))
    assert "1 person attended" in text
    assert "Too few to say" in text
    assert "1 of 1 not rated in the year before" in text
    assert "no proof" in text
    assert "interval" not in text.replace("An interval that includes 0", "")
