"""Courses, sessions and attendance, as a trainer meets them."""

from datetime import timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.store.tables import Membership
from assessments.use_cases import attendance, courses, training_sessions
from assessments.use_cases.attendance import mark_attendance
from assessments.use_cases.courses import CourseDetails, CourseLine
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.training_sessions import SessionDetails, SessionLine
from pages.shared import house as pages_house
from tests.pages.driven import at, fill, press, sound, written
from tests.use_cases.cast import NOW, STAFF, STARTED, House

COURSES = "staff/courses.py"
TALKS = CourseDetails("First *talks*", 1.5, "in-person", "The county", 12, {"STF-01": 3, "STF-07": 3})
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is read in one place."""
    monkeypatch.setattr(pages_house, "now", lambda: NOW)


@pytest.fixture
def nurses(house: House) -> list[str]:
    """Two, of whom the second has a name."""
    role = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3}))
    return [
        house.write(add_member, StaffDetails(code, house.site, STARTED, name=name, roles=frozenset({role})))
        for code, name in (("R-1", ""), ("R-2", "Nell <b>North</b>"))
    ]


@pytest.fixture
def course(house: House) -> str:
    found: str = house.write(courses.add_course, STAFF, TALKS)
    return found


def held(house: House, course: str, days: int = -3, note: str = "") -> str:
    found: str = house.write(training_sessions.add_session, SessionDetails(course, TODAY + timedelta(days=days), note))
    return found


def lines(house: House) -> list[SessionLine]:
    found: list[SessionLine] = house.read(training_sessions.training_sessions)
    return found


def known(house: House) -> list[CourseLine]:
    found: list[CourseLine] = house.read(courses.courses, STAFF, archived=True)
    return found


def look_at(view: str) -> AppTest:
    test = at(COURSES)
    return sound(pressed(test, "view", view))


def pressed(test: AppTest, key: str, value: Any) -> AppTest:
    found: AppTest = control(test, key).set_value(value).run()
    return found


def control(test: AppTest, key: str) -> Any:
    """Of a segmented control: its key ends so."""
    found = [one for one in test.button_group if one.key and one.key.endswith(key)]
    assert found, f"no control “{key}” among {[one.key for one in test.button_group]}"
    return found[0]


def choose(test: AppTest, label: str, value: str) -> AppTest:
    fill(test, label, value)
    return sound(test.run())


def shown(test: AppTest) -> str:
    return written(test) + "\n".join(one.value for one in test.caption)


def test_without_a_course_the_page_says_what_one_is_for_and_has_a_form(house: House) -> None:
    test = at(COURSES)
    assert "No course is here yet" in shown(test)
    test = press(test, "Add a course")
    test = press(test, "Add this course")
    (wrong,) = test.error
    first, *lines = wrong.value.split("\n")
    assert first == "Not saved:" and [line[:22] for line in lines if line] == [
        "- Name of the course i",
        "- Hours: give a number",
        "- What it teaches: cho",
    ]
    fill(test, "Name of the course", "Safe sleep")
    next(one for one in test.number_input if one.label == "Hours").set_value(0.25)
    control(test, "-STF-17").set_value(2)
    test = press(test, "Add this course")
    assert [one.details for one in known(house)] == [
        CourseDetails("Safe sleep", 0.25, "in-person", "", None, {"STF-17": 2})
    ]
    assert "**Safe sleep** · 0.25 hours · In person · does not lapse" in shown(test)


def test_a_course_is_opened_changed_and_archived(house: House, course: str) -> None:
    test = choose(at(COURSES), "Open one course", course)
    assert "**First \\*talks\\*** · 1.5 hours · In person · The county · holds for 12 months" in shown(test)
    assert "STF-07 The staff member tells mothers" in shown(test)
    assert "still watched" in shown(test)
    test = press(test, "Change")
    assert "Other months move the last day on which it holds for whoever has (fewer than 5 people)" in shown(test)
    fill(test, "Provider, if you like", "The state")
    control(test, "-STF-07").set_value(None)
    test = press(test, "Save the change")
    assert (known(house)[0].details.provider, known(house)[0].details.teaches) == ("The state", {"STF-01": 3})
    assert "still watched" not in shown(test)
    test = press(test, "Archive it")
    assert known(house)[0].archived
    assert "Every course is in the archive" in shown(test)


def test_a_change_of_somebody_else_is_not_written_over(house: House, course: str) -> None:
    test = press(choose(at(COURSES), "Open one course", course), "Change")
    house.write(courses.archive_course, course, 1)
    house.write(courses.archive_course, course, 2, archived=False)
    test = press(test, "Save the change")
    assert "was changed after you opened it" in shown(test)
    assert known(house)[0].version == 3


def test_a_session_is_added_and_deleted(house: House, course: str) -> None:
    test = press(look_at("sessions"), "Add a session")
    next(one for one in test.text_area if one.label.startswith("Note")).set_value("In [room](x) 2")
    test = press(test, "Add this session")
    (line,) = lines(house)
    assert line.details == SessionDetails(course, TODAY, "In [room](x) 2")
    assert "In \\[room\\](x) 2" in shown(test)
    test = press(choose(test, "Open one session", line.id), "Delete it")
    press(test, "Delete it, with who was expected")
    assert lines(house) == []


def test_every_mark_is_saved_at_once_and_taken_back(house: House, course: str, nurses: list[str]) -> None:
    session = held(house, course)
    test = choose(look_at("sessions"), "Open one session", session)
    assert [one.label for one in test.button_group if "mark-" in (one.key or "")] == [
        "R-1",
        "Nell \\<b\\>North\\</b\\> (R-2)",
    ]
    test = sound(pressed(test, nurses[0], "attended"))
    assert lines(house)[0].attendance == {nurses[0]: "attended"}
    assert "1 attended" in shown(test)
    test = sound(pressed(test, nurses[1], "absent"))
    assert lines(house)[0].attendance == {nurses[0]: "attended", nurses[1]: "absent"}
    sound(pressed(test, nurses[0], None))
    assert lines(house)[0].attendance == {nurses[1]: "absent"}


def test_a_mark_is_saved_on_the_way_to_another_page(house: House, course: str, nurses: list[str]) -> None:
    session = held(house, course)
    test = choose(look_at("sessions"), "Open one session", session)
    control(test, nurses[0]).set_value("attended")
    sound(test.switch_page("staff/roster.py").run())
    assert lines(house)[0].attendance == {nurses[0]: "attended"}


def test_a_mark_that_somebody_else_gave_is_shown_beside_ones_own(house: House, course: str, nurses: list[str]) -> None:
    session = held(house, course)
    test = choose(look_at("sessions"), "Open one session", session)
    house.write(mark_attendance, session, nurses[0], "absent", None)
    test = sound(pressed(test, nurses[0], "attended"))
    assert "Stored now: absent" in shown(test)
    assert lines(house)[0].attendance == {nurses[0]: "absent"}
    kept = press(test, "Leave what is stored")
    assert (control(kept, nurses[0]).value, "Not saved" in shown(kept)) == ("absent", False)
    house.write(mark_attendance, session, nurses[0], None, "absent")
    test = press(sound(pressed(kept, nurses[0], "attended")), "Save mine instead")
    assert lines(house)[0].attendance == {nurses[0]: "attended"}
    assert "Not saved" not in shown(test)


def test_what_somebody_else_marked_is_taken_over(house: House, course: str, nurses: list[str]) -> None:
    session = held(house, course)
    test = choose(look_at("sessions"), "Open one session", session)
    house.write(mark_attendance, session, nurses[0], "absent", None)
    test = sound(test.run())
    assert control(test, nurses[0]).value == "absent"
    assert "Not saved" not in shown(test)


def test_a_planned_session_knows_only_who_is_expected(house: House, course: str, nurses: list[str]) -> None:
    session = held(house, course, days=9)
    test = choose(look_at("sessions"), "Open one session", session)
    assert control(test, nurses[0]).options == ["Expected"]
    test = sound(pressed(test, nurses[0], "expected"))
    assert lines(house)[0].attendance == {nurses[0]: "expected"}
    assert "For the calendar" in [button.label for button in test.button]


def test_what_lapses_stands_first_and_each_person_and_course_can_be_looked_up(
    house: House, course: str, nurses: list[str]
) -> None:
    for nurse, days in zip(nurses, (-3, -340), strict=True):
        house.write(mark_attendance, held(house, course, days), nurse, "attended", None)
    test = look_at("done")
    (pressing,) = test.table
    assert list(pressing.value["Person"]) == ["Nell \\<b\\>North\\</b\\> (R-2)"]
    assert pressing.value["Holds"].iloc[0] == ":material/schedule: Holds until December 17, 2026"
    test = choose(test, "One person", nurses[0])
    assert list(test.table[1].value["Taken"]) == ["November 19, 2026"]
    test = choose(test, "One course", course)
    assert "2 of 2 staff members whom you see have done it" in shown(test)
    assert list(test.table[2].value["Person"]) == ["Nell \\<b\\>North\\</b\\> (R-2)", "R-1"]


def test_without_staff_each_view_says_where_to_begin(house: House, course: str) -> None:
    assert "nobody whose courses are yours to see" in shown(look_at("done"))
    session = held(house, course)
    test = choose(look_at("sessions"), "Open one session", session)
    assert "nobody who was here on this day" in shown(test)


def test_an_administrator_sees_how_many_and_not_who(house: House, course: str, nurses: list[str]) -> None:
    session = held(house, course)
    house.write(mark_attendance, session, nurses[0], "attended", None)
    key = (house.actor.agency_id, house.actor.person_id)
    with database.writing(house.engine) as db:
        db.delete(db.get(Membership, (*key, "owner")))
        db.add(Membership(agency_id=key[0], person_id=key[1], role="agency-administrator"))
    test = choose(look_at("sessions"), "Open one session", session)
    assert "fewer than 5 attended" in shown(test)
    assert [one.key for one in test.button_group] == ["view"]
    assert "R-1" not in shown(test)


def test_all_who_were_expected_are_marked_with_one_click(house: House, course: str, nurses: list[str]) -> None:
    planned = held(house, course, days=1)
    test = press(choose(look_at("sessions"), "Open one session", planned), "Expect everybody shown")
    assert lines(house)[0].attendance == dict.fromkeys(nurses, "expected")
    assert [control(test, nurse).value for nurse in nurses] == ["expected", "expected"]
    house.write(training_sessions.revise_session, planned, SessionDetails(course, TODAY), 1)
    test = press(sound(test.run()), "All who were expected attended")
    assert lines(house)[0].attendance == dict.fromkeys(nurses, "attended")
    sound(test.run())  # and what the fields showed before does not come back
    assert lines(house)[0].attendance == dict.fromkeys(nurses, "attended")
    assert "Saved: 2 attended" in shown(test)


def test_of_many_people_some_are_drawn_at_once(house: House, course: str, nurses: list[str]) -> None:
    (role,) = house.read(attendance.attenders, held(house, course))[0].details.roles
    for number in range(40):
        house.write(add_member, StaffDetails(f"S-{number:02}", house.site, STARTED, roles=frozenset({role})))
    test = choose(look_at("sessions"), "Open one session", lines(house)[0].id)
    assert len([one for one in test.button_group if (one.key or "").startswith("mark-")]) == 30
    fill(test, "People", 30)  # type: ignore[arg-type]
    test = sound(test.run())
    assert [one.label for one in test.button_group if (one.key or "").startswith("mark-")][-1] == "S-39"
