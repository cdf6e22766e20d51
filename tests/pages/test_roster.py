"""The pages Staff and Roles, as those who keep the roster use them, and those who only read it."""

import ast
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.store.tables import Membership
from assessments.use_cases.agencies import agency_settings
from assessments.use_cases.job_roles import add_usual_roles, archive_job_role, job_roles
from assessments.use_cases.staff import StaffDetails, add_member, revise_member, roster
from assessments.use_cases.staff_intake import StaffTaken
from assessments.use_cases.trail import audit_trail
from pages.staff import roster_excel
from tests.pages.driven import app, at, fill, press, sound, written
from tests.pages.test_workbook import XLSX, tables
from tests.reports.rosters import Hands, roster_out
from tests.use_cases.cast import NOW, STAFF, STARTED, House

NEW = {"site": "Main Street", "roles": "Nurse", "starts": STARTED}


@pytest.fixture
def staffed(house: House) -> House:
    house.write(add_usual_roles, STAFF)
    house.write(
        add_member,
        StaffDetails("R-1", house.site, STARTED, name="Nell *North*", roles=frozenset({role_id(house, "Nurse")})),
    )
    return house


def role_id(house: House, name: str) -> str:
    found: dict[str, str] = {role.profile.name: role.id for role in house.read(job_roles, STAFF, archived=True)}
    return found[name]


def opened(page: str = "staff/roster.py") -> AppTest:
    """By the door: its address is not the name of its file."""
    return sound(app().switch_page(page).run())


def chosen(test: AppTest, label: str, value: str) -> AppTest:
    fill(test, label, value)
    return sound(test.run())


def test_without_roles_the_page_says_what_comes_first(house: House) -> None:
    test = opened()
    assert "Say first which roles there are" in written(test)
    assert "Nobody is on the roster yet" in written(test)


def test_somebody_is_added_changed_and_has_left(staffed: House) -> None:
    test = press(opened(), "Add a staff member")
    fill(test, "Code", "R-2")
    test = press(test, "Add this staff member")
    assert "First day: say since when" in written(test)
    test.date_input[0].set_value(date(2025, 2, 3))
    test.multiselect[0].set_value([role_id(staffed, "Front desk")])
    test = press(test, "Add this staff member")
    assert "The staff member is added." in written(test)
    assert "R-2" in tables(test) and "Front desk" in tables(test) and "February 3, 2025" in tables(test)
    member = next(one for one in staffed.read(roster) if one.details.code == "R-2")
    test = press(chosen(test, "Open one person", member.id), "Change")
    test.date_input[1].set_value(date(2025, 3, 3))
    test = press(test, "Save the changes")
    assert "R-2" not in tables(test)
    test = sound(test.toggle[0].set_value(True).run())
    assert "Have left" in written(test) and "March 3, 2025" in tables(test)


def test_all_that_is_wrong_with_somebody_new_is_told_at_once_in_the_order_of_the_fields(staffed: House) -> None:
    test = press(press(opened(), "Add a staff member"), "Add this staff member")
    said = written(test)
    places = [said.index(one) for one in ("Not saved:\n\n- Code", "Role: choose", "First day: say since")]
    assert places == sorted(places)
    fill(test, "Code", "r-1")
    assert "Code: r-1 is somebody else" in written(press(test, "Add this staff member"))


def test_a_first_day_far_ahead_is_asked_about(staffed: House) -> None:
    test = press(opened(), "Add a staff member")
    fill(test, "Code", "R-2")
    test.multiselect[0].set_value([role_id(staffed, "Front desk")])
    test.date_input[0].set_value(date(2062, 2, 3))
    test = press(test, "Add this staff member")
    assert "more than a year ahead" in written(test) and len(staffed.read(roster)) == 1
    next(box for box in test.checkbox if box.label == "This day is right").set_value(True)
    press(test, "Add this staff member")
    assert len(staffed.read(roster)) == 2


def test_a_code_that_looks_like_a_name_asks_for_a_reason(staffed: House) -> None:
    (member,) = staffed.read(roster)
    test = press(chosen(opened(), "Open one person", member.id), "Change")
    fill(test, "Code", "NORTH")
    test = press(test, "Save the changes")
    assert "This code looks like a name: it holds part of the name" in written(test)
    fill(test, "Keep this code, because:", "the north wing")
    press(test, "Save the changes")
    assert [one.details.code for one in staffed.read(roster)] == ["NORTH"]


def test_too_long_a_paste_is_refused_and_kept(staffed: House) -> None:
    (member,) = staffed.read(roster)
    test = press(chosen(opened(), "Open one person", member.id), "Change")
    assert {field.proto.max_chars for field in test.text_input if field.label in ("Code", "Name, if you like")} == {0}
    fill(test, "Code", "R" * 21)
    fill(test, "Name, if you like", "N" * 121)
    test = press(test, "Save the changes")
    assert "Code: It is 21 characters long; at most 20 fit" in written(test)
    assert "Name: It is 121 characters long; at most 120 fit" in written(test)
    assert {"R" * 21, "N" * 121} <= {field.value for field in test.text_input}


def test_who_supervises_others_leaves_only_with_a_word_on_them(staffed: House) -> None:
    (lead,) = staffed.read(roster)
    for code in ("R-2", "R-3"):
        staffed.write(add_member, replace(lead.details, code=code, name="", supervisor_id=lead.id))
    test = chosen(opened(), "Open one person", lead.id)
    assert "nobody supervises 2 staff members: R-2, R-3" in written(test)
    test = press(test, "Change")
    test.date_input[1].set_value(date(2025, 3, 3))
    test = press(test, "Save the changes")
    assert "this person supervises 2 staff members: R-2, R-3" in written(test)
    assert test.date_input[1].value == date(2025, 3, 3)
    next(box for box in test.checkbox if box.label.startswith("If they leave")).set_value(True)
    press(test, "Save the changes")
    assert next(one for one in staffed.read(roster) if one.id == lead.id).details.ends == date(2025, 3, 3)


def test_a_site_with_staff_is_archived_with_a_word_on_them_and_marked(staffed: House) -> None:
    test = sound(at("setup/agency.py").segmented_control(key="section").set_value("Sites").run())
    test = chosen(test, "Change a site", staffed.site)
    assert "At this site work 1 staff member: R-1." in written(test)
    assert "tick first" in written(press(test, "Archive it"))
    next(box for box in test.checkbox if box.label.startswith("Archive it, with")).set_value(True)
    press(test, "Archive it")
    assert "Main Street (archived): 1 staff member" in written(opened())


def test_a_long_roster_is_shown_a_page_at_a_time(staffed: House) -> None:
    (first,) = staffed.read(roster)
    with database.writing(staffed.engine) as db:
        for number in range(100, 160):
            add_member(db, staffed.actor, NOW, replace(first.details, code=f"S-{number}", name=""))
    test = opened()
    assert "Main Street: 61 staff members" in written(test)
    assert "R-1" in tables(test) and "S-123" in tables(test) and "S-124" not in tables(test)
    assert any("1 to 25 of 61" in caption.value for caption in test.caption)
    chooser = next(field for field in test.selectbox if field.label == "Open one person")
    assert len(chooser.options) == 61


def test_days_are_asked_for_in_one_form() -> None:
    """As on the other pages: a field without it would ask for the year first."""
    fields = [
        (path.name, call) for path in Path(roster_excel.__file__).parents[1].rglob("*.py") for call in date_inputs(path)
    ]
    assert len(fields) > 7
    without = {name for name, call in fields if not any(word.arg == "format" for word in call.keywords)}
    assert not without


def date_inputs(path: Path) -> list[ast.Call]:
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr == "date_input"]


def test_whoever_saves_second_is_told_and_keeps_what_was_typed(staffed: House) -> None:
    (member,) = staffed.read(roster)
    test = press(chosen(opened(), "Open one person", member.id), "Change")
    staffed.write(revise_member, member.id, replace(member.details, name="Nell South"), 1)
    fill(test, "Code", "R-7")
    test = press(test, "Save the changes")
    assert "Not saved. This staff member was changed" in written(test)
    assert [one.details.code for one in staffed.read(roster)] == ["R-1"]
    assert next(field for field in test.text_input if field.label == "Code").value == "R-7"


def test_a_mistake_is_deleted_with_its_code_and_a_person_is_tied(staffed: House) -> None:
    (member,) = staffed.read(roster)
    test = chosen(opened(), "Open one person", member.id)
    fill(test, "Signs in as", staffed.actor.person_id)
    test = press(test, "Save who signs in")
    assert staffed.read(roster)[0].person_id == staffed.actor.person_id
    assert "type the code exactly" in written(press(test, "Delete"))
    test.text_input[0].set_value("r-1")
    press(test, "Delete")
    assert staffed.read(roster) == []


def test_who_has_no_right_to_change_it_reads_it(staffed: House) -> None:
    with database.writing(staffed.engine) as db:
        mine = (staffed.actor.agency_id, staffed.actor.person_id)
        db.delete(db.get(Membership, (*mine, "owner")))
        db.add(Membership(agency_id=mine[0], person_id=mine[1], role="trainer"))
    for page in ("staff/roster.py", "staff/roles.py"):
        test = opened(page)
        labels = {button.label for button in test.button}
        assert not labels & {"Add a staff member", "Add a role", "Add the usual roles"}, page
    test = opened()
    assert "R-1" in tables(test) and "Nell" not in tables(test)
    test = sound(test.segmented_control[0].set_value("In Excel").run())
    assert not test.file_uploader and not test.checkbox
    assert "The roster, by code" in {button.label for button in test.button}


@pytest.mark.slow
def test_a_list_is_shown_and_taken_in(staffed: House) -> None:
    content = Hands(roster_out(staffed)).write(2, ends="2026-11-30").write(3, code="R-_2_", **NEW).content()
    test = brought(content)
    assert "1 new person" in written(test) and "1 change to people" in written(test)
    assert r"R-\_2\_" in tables(test) and "Last day: (empty) → November 30, 2026" in tables(test)
    assert len(staffed.read(roster)) == 1
    test = press(test, "Take in 2 rows")
    assert "1 person added, 1 changed" in written(test)
    assert len(staffed.read(roster)) == 2
    assert "nothing to do" in written(brought(content, test))


@pytest.mark.slow
def test_a_list_names_codes_that_look_like_names_and_whom_a_leaver_supervises(staffed: House) -> None:
    (lead,) = staffed.read(roster)
    staffed.write(add_member, replace(lead.details, code="R-2", name="", supervisor_id=lead.id))
    hands = Hands(roster_out(staffed)).write(2, ends="2026-11-30").write(4, code="Tess Hill", **NEW)
    test = brought(hands.content())
    assert "this person supervises 1 staff member: R-2" in tables(test)
    assert "Staff, A4" in tables(test) and "two words with capitals" in tables(test)
    test = press(test, "Take in 2 rows")
    assert "some codes look like names" in written(test) and len(staffed.read(roster)) == 2
    fill(test, "Keep this code, because:", "a made-up one")
    assert "1 person added, 1 changed" in written(press(test, "Take in 2 rows"))


@pytest.mark.slow
def test_what_is_wrong_with_a_list_is_told_with_its_cells(staffed: House) -> None:
    test = brought(Hands(roster_out(staffed)).write(3, code="R-2", **NEW | {"starts": "soon", "site": "Elm"}).content())
    assert "2 cells need mending" in written(test)
    assert "Staff, C3" in tables(test) and "Staff, E3" in tables(test)
    assert "Take in" not in {button.label[:7] for button in test.button}
    far = NEW | {"starts": "2062-03-31"}
    test = brought(Hands(roster_out(staffed)).write(3, code="R-3", **far).content())
    assert "R-3 on March 31, 2062" in written(test)
    assert "Nothing was written" in written(press(test, "Take in 1 row")) and len(staffed.read(roster)) == 1
    next(box for box in test.checkbox if box.label == "They are right").set_value(True)
    assert "1 person added" in written(press(test, "Take in 1 row"))
    assert "plain text" in written(brought(b"Code,Name\nR-1,Nell\n"))


def brought(content: bytes, test: AppTest | None = None) -> AppTest:
    test = test or opened()
    test = sound(test.segmented_control[0].set_value("In Excel").run())
    test.file_uploader[0].set_value(("staff.xlsx", content, XLSX))
    return sound(test.run())


def test_files_leave_by_code_unless_names_are_asked_for(staffed: House) -> None:
    test = sound(opened().segmented_control[0].set_value("In Excel").run())
    test = press(test, "The roster, by code")
    assert re.search(r"\*staff-\d{4}-\d{2}-\d{2}\.xlsx", written(test).replace("\\", ""))
    test = sound(test.checkbox[0].set_value(True).run())
    test = press(test, "The roster with names")
    assert re.search(r"staff-with-names-\d{4}-\d{2}-\d{2}\.xlsx", written(test).replace("\\", ""))
    acts = [entry.act for entry in staffed.read(audit_trail).entries[:3]]
    assert acts == ["export", "export names", "export"]


def test_a_list_that_another_tab_took_in_meanwhile_is_told_so() -> None:
    assert "taken in already" in roster_excel.outcome(StaffTaken())


def test_the_usual_roles_are_added_and_one_is_fitted(house: House) -> None:
    test = press(at("staff/roles.py"), "Add the usual roles")
    assert "7 roles added" in written(test)
    assert "Front desk" in tables(test) and "16\u00a0of\u00a031" in tables(test)
    assert "Add the usual roles" not in {button.label for button in test.button}
    nurse = role_id(house, "Nurse")
    test = press(chosen(test, "Open one role", nurse), "Change")
    levels = {radio.label[:6]: radio for radio in test.radio}
    assert len(levels) == 31
    levels["STF-01"].set_value(0)
    levels["STF-02"].set_value(4)
    test = press(test, "Save the role")
    (role,) = [role for role in house.read(job_roles, STAFF) if role.id == nurse]
    assert "STF-01" not in role.profile.needs and role.profile.needs["STF-02"] == 4
    assert role.profile.needs["STF-03"] == 3


def test_a_role_is_copied_and_archived(staffed: House) -> None:
    nurse = role_id(staffed, "Nurse")
    test = press(chosen(at("staff/roles.py"), "Open one role", nurse), "Copy to a new role")
    fill(test, "Name of the role", "Night nurse")
    press(test, "Add this role")
    found = {role.profile.name: role for role in staffed.read(job_roles, STAFF)}
    assert found["Night nurse"].profile.needs == found["Nurse"].profile.needs
    test = press(chosen(at("staff/roles.py"), "Open one role", nurse), "Archive it")
    assert "the role of 1 staff member: R-1." in written(test)
    assert "Nurse" in {role.profile.name for role in staffed.read(job_roles, STAFF)}
    test = press(test, "Archive it; they keep it")
    assert "Nurse" not in {role.profile.name for role in staffed.read(job_roles, STAFF)}
    assert "Show archived roles (1)" in {toggle.label for toggle in test.toggle}


def test_a_role_changed_by_somebody_else_meanwhile_is_not_overwritten(staffed: House) -> None:
    nurse = role_id(staffed, "Nurse")
    test = press(chosen(at("staff/roles.py"), "Open one role", nurse), "Change")
    staffed.write(archive_job_role, nurse, 1)
    staffed.write(archive_job_role, nurse, 2, archived=False)
    assert "Not saved. This role was changed" in written(press(test, "Save the role"))


def test_names_for_trainers_is_a_setting_of_the_agency(house: House) -> None:
    test = at("setup/agency.py")
    next(box for box in test.checkbox if box.label.startswith("Trainers see names")).set_value(True)
    press(test, "Save the agency")
    assert house.read(agency_settings).names_for_trainers
