"""The page Competencies: each view, for whom, and what leaves it."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from assessments.rules.competency import Given
from assessments.store import database
from assessments.store.tables import Membership, Table
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.holding import seen_staff
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.trail import audit_trail
from pages.shared import house as pages_house
from pages.staff import matrix_cells
from reports.competencies import PURPOSE
from tests.pages.driven import app, press, sound, written
from tests.use_cases.cast import NOW, STAFF, STARTED, House

PAGE = "staff/competencies.py"
DELIVERIES = Table.metadata.tables["delivery"]


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock is read in one place."""
    monkeypatch.setattr(pages_house, "now", lambda: NOW)


@dataclass(frozen=True)
class Team:
    house: House
    ann: str
    bo: str


@pytest.fixture
def team(house: House) -> Team:
    """Ann holds STF-01 alone, Bo is one level below; Ann's STF-02 has lapsed; nobody is rated on STF-09."""
    needs = {"STF-01": 3, "STF-02": 3, "STF-09": 3}
    nurse = house.write(add_job_role, STAFF, RoleProfile("Nurse", needs))
    aide = house.write(add_job_role, STAFF, RoleProfile("Aide", {"STF-09": 2}))
    details = StaffDetails("N-1", house.site, STARTED, name="Ann Able", roles=frozenset({nurse}))
    ann = house.write(add_member, details)
    bo = house.write(add_member, replace(details, code="N-2", name="Bo *Bell*"))
    house.write(add_member, replace(details, code="A-9", name="", roles=frozenset({aide})))
    found = Team(house, ann, bo)
    rate(found, ann, "STF-01", 3)
    rate(found, bo, "STF-01", 2)
    rate(found, ann, "STF-02", 3, days_ago=400)
    return found


def rate(team: Team, staff: str, name: str, level: int, days_ago: int = 1) -> None:
    given = Given("supervisor", (NOW - timedelta(days=days_ago)).date(), level, "note" if level > 2 else "")
    team.house.write(rate_competency, staff, STAFF, name, given, None)


def opened() -> AppTest:
    """By its door: a file is found under an address of another name only once the doors are known."""
    return sound(app().switch_page(PAGE).run())


def html(test: AppTest) -> str:
    return "\n".join(node.proto.body for node in test.get("html"))


def look(test: AppTest, view: str) -> AppTest:
    return sound(test.button_group(key="matrix-view").set_value(view).run())


def choose(test: AppTest, label: str, value: str) -> AppTest:
    (found,) = [one for one in test.selectbox if one.label == label]
    return sound(found.set_value(value).run())


def test_the_matrix_holds_everybody_by_code_with_level_and_sign(team: Team) -> None:
    test = opened()
    shown = html(test)
    assert shown.index("A-9") < shown.index("N-1") < shown.index("N-2")
    assert "3 ✓<i>at target</i>" in shown and "2→3<i>below target</i>" in shown and "3 ↻<i>lapsed</i>" in shown
    assert PURPOSE in [one.value for one in test.caption]


def test_filters_narrow_it_to_a_role_and_a_topic(team: Team) -> None:
    test = choose(opened(), "Topic", "REL")
    assert "STF-09" in html(test) and "STF-01" not in html(test)
    (role,) = [one for one in test.selectbox if one.label == "Role"]
    assert role.options == ["All roles", "Aide", "Nurse"]
    roles = team.house.read(seen_staff, NOW.date()).roles
    test = sound(role.set_value(next(key for key, name in roles.items() if name == "Aide")).run())
    assert "A-9" in html(test) and "N-1" not in html(test)


def test_only_a_page_of_people_is_read(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix_cells, "A_PAGE", 2)
    shown = html(opened())
    assert "A-9" in shown and "N-1" in shown and "N-2" not in shown and "1 to 2 of 3" in shown


def test_what_one_holds_alone_names_them_and_who_is_next(team: Team) -> None:
    test = look(opened(), "held")
    assert "Held by one (1)" in written(test)
    (folded,) = test.main.expander
    assert folded.label == "Held by nobody yet (2)" and "STF-01" not in str(folded.markdown)
    doors = [(link.proto.label, link.proto.query_string) for link in test.get("page_link")]
    assert ("Ann Able (N-1)", f"staff={team.ann}") in doors
    assert ("Bo \\*Bell\\* (N-2)", f"staff={team.bo}") in doors
    assert ("Rate it", "competency=STF-01") in doors


def test_what_has_lapsed_leads_to_rating_it_again(team: Team) -> None:
    test = look(opened(), "again")
    assert "1 lapsed, 0 lapse soon" in written(test) and "STF-02" in written(test)
    assert f"staff={team.ann}&competency=STF-02" in [link.proto.query_string for link in test.get("page_link")]


def test_each_competency_says_how_many_are_where(team: Team) -> None:
    test = look(opened(), "counts")
    lines = [one.value for one in test.markdown if one.value.startswith("**STF-")]
    assert lines[0].startswith("**STF-01**") and "1 of 2 at target**, 1 below target, 1 level short in all." in lines[0]
    assert any("0 of 2 at target**, 1 lapsed, 1 not rated." in line for line in lines)
    assert "No role of these people needs the other 28 competencies." in written(test)


@pytest.mark.parametrize("named", [False, True])
def test_names_leave_only_where_asked_and_the_trail_keeps_that(team: Team, named: bool) -> None:
    test = opened()
    if named:
        test = sound(test.checkbox(key="matrix-named").check().run())
    test = press(test, "Matrix to print")
    with Session(team.house.engine) as db:
        (file,) = db.execute(select(DELIVERIES))
    assert (b"Ann Able" in file.content, PURPOSE.encode() in file.content) == (named, True)
    assert re.fullmatch(r"competencies-perinatal-staff-\d{4}-\d{2}-\d{2}\.html", file.file_name)
    acts = [entry.act for entry in team.house.read(audit_trail).entries]
    assert ("export names" in acts) is named and "export" in acts


def becomes(team: Team, role: str) -> None:
    with database.writing(team.house.engine) as db:
        mine = {"agency_id": team.house.actor.agency_id, "person_id": team.house.actor.person_id}
        db.execute(delete(Membership).filter_by(**mine))
        db.add(Membership(**mine, role=role))


def test_a_trainer_sees_codes_alone_and_has_no_names_to_take(team: Team) -> None:
    becomes(team, "trainer")
    test = opened()
    assert "N-1" in html(test) and "Able" not in html(test) and not test.checkbox


def test_an_administrator_sees_shares_and_is_told_why(team: Team) -> None:
    becomes(team, "agency-administrator")
    test = opened()
    assert "no single person" in written(test) and "N-1" not in html(test)
    told = [cell for table in test.table for cell in table.value["Staff"]]
    assert len(told) == 31 and "Not shown: fewer than 5 people need it for their role." in told


def test_an_empty_roster_says_the_way_on(house: House) -> None:
    test = opened()
    assert "nobody on the roster" in written(test)
    assert "Go to the staff" in [link.proto.label for link in test.get("page_link")]
