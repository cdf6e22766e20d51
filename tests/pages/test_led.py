"""A collaborative as its lead, a member who rates it, and a guest meet it: their homes, and what each is offered."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Table
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.collaboratives import invite_agency, remove_member, set_up_collaborative
from assessments.use_cases.guests import add_guest
from assessments.use_cases.raters import begin_rating, raters, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import sheet
from tests.pages.driven import app, at, fill, press, sound, written
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, MAIN_STREET, NOW, RIVERBEND, House, level

MEMBERSHIP = Table.metadata.tables["membership"]
CAPACITY = ("collaborative-capacity", "1.0")
COLLABORATIVE = "together/collaborative.py"


@pytest.fixture
def lead(house: House) -> House:
    """Plains, which Ann leads, who owns Riverbend too."""
    with database.writing(house.engine) as db:
        made = set_up_collaborative(db, NOW, "", together.PLAINS, together.FIRST_YEAR)
    return house_of(house, made)


def house_of(house: House, made: Actor) -> House:
    with database.reading(house.engine) as db:
        return House(house.engine, made, sites(db, made)[0].id, cycles(db, made)[0].id, "")


def guest(lead: House) -> House:
    with database.writing(lead.engine) as db:
        made = add_guest(db, lead.actor, NOW, replace(RIVERBEND, name="Lakeside"), MAIN_STREET, BASELINE)
    return house_of(lead, replace(lead.actor, agency_id=made))


def only(house: House, *roles: str) -> None:
    """The person of this machine, in this agency alone."""
    mine = MEMBERSHIP.c.person_id == house.actor.person_id
    with database.writing(house.engine) as db:
        db.execute(delete(MEMBERSHIP).where(mine))
        db.execute(insert(MEMBERSHIP), [{**vars(house.actor), "role": role} for role in roles])


def standing(test: AppTest, house: House) -> AppTest:
    return sound(test.selectbox(key="choose-agency").set_value(house.actor.agency_id).run())


def two_rate(lead: House) -> str:
    draft = str(lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY))
    first = lead.read(sheet, draft).place.checklist.indicators[0].id
    for name in ("Ann", "Bea"):
        mine = lead.write(begin_rating, draft, "peer", name)
        lead.write(rate, draft, first, level(3), 0, sheet_id=mine)
    for one in lead.read(raters, draft).raters:
        lead.write(submit_sheet, draft, one.sheet)
    return draft


def labels(test: AppTest) -> set[str]:
    return {link.proto.label for link in test.get("page_link")}


def test_home_of_a_collaborative_says_what_stands_and_what_waits(house: House, lead: House) -> None:
    test = standing(app(), lead)
    assert "No agency is in it yet." in written(test)
    assert "quick pulse" not in written(test)
    together.joins(lead, house)
    guest(lead)
    lead.write(invite_agency, "Hilltop")
    said = written(test.run())
    assert "2 agencies, 1 of them as a guest." in said
    assert "1 code waits to be used." in said
    assert "No ask waits." in said and "No site waits." in said and "No counts wait." in said
    assert {"See the members", "Let an agency in", "Go between them", "Count together", "Let out counts"} <= labels(
        test
    )


def test_home_tells_of_sites_that_can_be_counted_together(lead: House) -> None:
    for number in range(5):
        one = together.agency(lead.engine, f"Agency {number}", f"Person {number}")
        together.joins(lead, one)
        together.rated(one, 2)
        together.shares(one, lead, "aggregate")
    assert "5 sites wait and can be counted together." in written(standing(app(), lead))


def test_its_doors_lead_to_the_section_that_they_name(lead: House) -> None:
    test = standing(at(COLLABORATIVE), lead)
    test.query_params["section"] = "Codes"
    assert "Let an agency in" in written(sound(test.run()))
    assert test.segmented_control(key="together-section").value == "Codes"
    test.query_params["section"] = "nonsense"
    sound(test.run())


def test_who_is_invited_to_rate_it_finds_the_rating_alone(lead: House) -> None:
    only(lead, "assessor")
    assert "There is nothing to rate yet" in written(app())
    lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY)
    test = app()
    assert "no rater yet" in written(test) and "Members" not in written(test)
    assert labels(test) == {"See the raters"}


def test_what_is_started_leads_to_its_raters_and_they_are_of_a_collaborative(lead: House) -> None:
    test = press(standing(at("assess/assessments.py"), lead), "Start this assessment")
    assert test.title[0].value == "Raters"
    test = standing(at("assess/raters.py"), lead)
    (kinds,) = (one.options for one in test.radio if one.label == "Who rates")
    assert kinds == ["Leads the collaborative", "Member agency", "From outside"]
    fill(test, "Name of the rater", "Lou")
    assert "Lou** · Leads the collaborative" in written(press(test, "Add this rater"))


@pytest.mark.parametrize("page", ["insight/gaps", "insight/report", "improve/priorities"])
def test_what_two_have_rated_waits_to_be_agreed_on(lead: House, page: str) -> None:
    two_rate(lead)
    test = standing(at(f"{page}.py"), lead)
    assert "Rated by 2, not agreed on yet" in written(test)
    assert labels(test) == {"Compare and agree"}


def test_its_comparison_has_no_clients_and_nobody_is_added_any_more(lead: House) -> None:
    two_rate(lead)
    test = standing(at("assess/compare.py"), lead)
    assert test.segmented_control(key="view").options == ["Ratings", "How far the raters agree"]
    assert not [one for one in standing(at("assess/raters.py"), lead).radio if one.label == "Who rates"]


def test_a_guest_is_told_who_keeps_it_and_is_offered_nothing_else(lead: House) -> None:
    kept = guest(lead)
    test = standing(at(COLLABORATIVE), kept)
    assert "whoever leads the collaborative keeps it here" in written(test)
    assert not test.expander and "Come in" not in {button.label for button in test.button}
    assert "leave-choice" not in {box.key for box in test.selectbox}
    lead.write(remove_member, kept.actor.agency_id)
    assert "keeps it here" in written(test.run())


def test_an_assessor_is_told_who_may_and_fills_in_no_form(house: House, lead: House) -> None:
    only(house, "assessor")
    test = at(COLLABORATIVE)
    assert "An owner or an administrator of your agency brings it" in written(test)
    assert "Come in" not in {button.label for button in test.button}
    only(lead, "owner")
    only(house, "owner")
    assert "Come in" in {button.label for button in at(COLLABORATIVE).button}


def test_who_may_not_share_reads_who_may(house: House, lead: House) -> None:
    together.joins(lead, house)
    together.rated(house, 2)
    only(house, "supervisor")
    test = at("together/sharing.py")
    assert "decides what is shared" in written(test) and not test.radio


def test_what_is_said_of_a_guest_is_said_of_it(lead: House) -> None:
    test = standing(at(COLLABORATIVE), lead)
    test = sound(test.segmented_control(key="together-section").set_value("Guests").run())
    said = [box.label for box in test.checkbox]
    assert any(one.startswith("They receive federal block-grant") for one in said)
    assert not any(" us." in one or one.startswith("We ") for one in said)
    assert next(box.value for box in test.selectbox if box.label == "Time zone") == "America/Denver"
    own = [box.label for box in standing(at("setup/agency.py"), house_of(lead, lead.actor)).checkbox]
    assert not own


def test_a_number_too_small_is_refused_once(lead: House) -> None:
    test = standing(at(COLLABORATIVE), lead)
    test = sound(test.segmented_control(key="together-section").set_value("Small counts").run())
    test.number_input[0].set_value(3)
    test = press(test, "Save")
    assert [one.value for one in test.error] == ["The smallest count that is shown: choose a number from 5 to 100."]


def test_a_share_stands_in_the_trail_in_words(house: House, lead: House) -> None:
    together.joins(lead, house)
    together.rated(house, 2)
    together.shares(house, lead, "blinded")
    (table,) = standing(at("setup/trail.py"), house).table
    said = table.value.to_string()
    assert "Under letters" in said and "blinded" not in said
    assert "Shared: perinatal-program" not in said and "Nothing" in said
