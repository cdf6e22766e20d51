"""The first start, the demonstration, and home with and without assessments."""

from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assessments.rules.competency import Given
from assessments.store import database, place
from assessments.store.tables import Table
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.job_roles import RoleProfile, add_job_role
from assessments.use_cases.staff import StaffDetails, add_member
from tests.pages.driven import app, fill, press, sound, written
from tests.use_cases.cast import NOW, STAFF, STARTED, House
from tests.use_cases.reviewed import reviewed


def set_up(name: str = "Riverbend", site: str = "Main street") -> AppTest:
    test = app()
    for label, value in {
        "Your name": "Ana",
        "Name of the agency": name,
        "State": "MA",
        "Time zone": "America/New_York",
        "Name of the site": site,
    }.items():
        fill(test, label, value)
    return press(test, "Set up")


def test_a_fresh_machine_opens_on_the_welcome_with_two_ways() -> None:
    test = sound(app())
    assert test.title[0].value == "Welcome to Plumbline"
    assert {"Set up", "Look around the demonstration"} <= {button.label for button in test.button}


def test_setting_up_leads_home_to_the_next_step() -> None:
    test = set_up()
    assert test.title[0].value == "Home"
    assert "Riverbend is set up" in test.success[0].value
    assert "1 site and 1 cycle" in written(test)


def test_what_is_missing_is_said_and_nothing_typed_is_lost() -> None:
    test = app()
    fill(test, "Your name", "Ana")
    fill(test, "Name of the agency", "Riverbend")
    test = press(test, "Set up")
    for missing in ("State", "Time zone", "Name of the site"):
        assert missing in test.error[0].value
    assert test.title[0].value == "Welcome to Plumbline"
    assert [field.value for field in test.text_input[:2]] == ["Ana", "Riverbend"]


def test_a_name_full_of_markdown_is_shown_as_it_was_typed() -> None:
    test = set_up(name="![x](http://h/p.png) *B*")
    assert "![x](http" not in written(test)
    assert r"\*B\*" in written(test)


@pytest.mark.usefixtures("furnished")
def test_the_demonstration_is_marked_kept_apart_and_left_again(data_folder: Path) -> None:
    test = press(app(), "Look around the demonstration")
    assert "invented" in test.info[0].value
    assert "Where you left off" in written(test)
    assert (data_folder / place.DEMONSTRATION / "plumbline.db").exists()
    test = press(test, "Leave the demonstration")
    assert test.title[0].value == "Welcome to Plumbline"


@pytest.mark.usefixtures("furnished")
def test_home_lists_the_assessments_with_how_far_they_are() -> None:
    test = written(press(app(), "Look around the demonstration"))
    assert "Draft · 25 of 33 answered" in test
    assert "Submitted on" in test
    assert "Harbor House, residential" in test


@pytest.mark.parametrize(("role", "told"), [("owner", True), ("assessor", False)])
def test_home_says_what_is_due_of_staff_to_those_who_see_them(house: House, role: str, told: bool) -> None:
    assert "Competencies of staff" not in written(sound(app())), "where nothing is due, nothing is said"
    nurse = house.write(add_job_role, STAFF, RoleProfile("Nurse", {"STF-01": 3, "STF-02": 3}))
    member = house.write(add_member, StaffDetails("R-1", house.site, STARTED, roles=frozenset({nurse})))
    house.write(rate_competency, member, STAFF, "STF-02", Given("self", NOW.date(), 2), None)
    with database.writing(house.engine) as db:
        db.execute(update(Table.metadata.tables["membership"]).values(role=role))
    test = sound(app())
    said = "**Competencies of staff**  \n1 waiting for a supervisor, 1 not rated by anybody yet."
    assert (said in written(test)) == told
    assert ("Look at them" in [link.proto.label for link in test.get("page_link")]) == told


def test_home_says_what_is_due_of_plans_with_a_way_to_each(data_folder: Path) -> None:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    made = reviewed(engine)
    home = sound(app())
    links = [link.proto.label for link in home.get("page_link")]
    assert "Read the records" not in links, "nothing is drawn"
    assert "Nothing counted yet for" in written(home) and "Enter the counts" in links
    first, *_ = made.lists(4, drawn=3)
    made.finds_all([first])
    home = sound(app())
    assert "2 of 3 records drawn not read to the end" in written(home)
    assert "Read the records" in [link.proto.label for link in home.get("page_link")]
    engine.dispose()


def test_home_says_what_it_holds_of_plans_and_partners() -> None:
    said = written(set_up())
    assert all(word in said for word in ("under a code", "partners", "role of the team", "counts by quarter"))


def test_home_never_claims_to_hold_nothing_about_clients() -> None:
    said = written(set_up())
    assert "treat it as confidential" in said
    assert "nothing about clients" not in said
