"""The pages Collaborative and Sharing, as an agency and as the lead of a collaborative use them, on one machine."""

from dataclasses import replace

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from assessments.rules.shared_sites import How
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import OwnChecklist
from assessments.use_cases import collaboratives, sharing
from assessments.use_cases.agencies import archive_cycle, cycles, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import load_checklist
from assessments.use_cases.trail import audit_trail
from tests.pages.driven import at, fill, press, sound, written
from tests.use_cases import together
from tests.use_cases.cast import NOW, PROGRAM, House
from tests.use_cases.files import OWN

COLLABORATIVE, SHARING = "together/collaborative.py", "together/sharing.py"


@pytest.fixture
def lead(house: House) -> House:
    """Plains, which Ann leads, who owns Riverbend too."""
    with database.writing(house.engine) as db:
        made = collaboratives.set_up_collaborative(db, NOW, "", together.PLAINS, together.FIRST_YEAR)
    return house_of(house, made)


@pytest.fixture
def member(house: House, lead: House) -> House:
    together.joins(lead, house)
    return house


def house_of(house: House, made: Actor) -> House:
    with database.reading(house.engine) as db:
        return House(house.engine, made, sites(db, made)[0].id, cycles(db, made)[0].id, "")


def standing(test: AppTest, house: House) -> AppTest:
    """In the agency, as it is chosen in the sidebar."""
    return sound(test.selectbox(key="choose-agency").set_value(house.actor.agency_id).run())


def led(lead: House, section: str = "") -> AppTest:
    test = standing(at(COLLABORATIVE), lead)
    return sound(test.segmented_control(key="together-section").set_value(section).run()) if section else test


def ways(test: AppTest, how: How | None) -> AppTest:
    found = next(one for one in test.radio if one.label == "What others see")
    return sound(found.set_value(how or "").run())


def test_in_no_collaborative_each_page_says_what_to_do(house: House) -> None:
    for page in (COLLABORATIVE, SHARING):
        assert "ask its lead for a code" in written(at(page))


def test_one_is_set_up_lets_an_agency_in_by_code_and_takes_it_out(house: House) -> None:
    test = at(COLLABORATIVE)
    fill(test, "Name of the collaborative", "Plains *County*")
    fill(test, "State", "WY")
    fill(test, "Time zone", "America/Denver")
    test = press(test, "Set up this collaborative")
    assert r"Plains \*County\* is set up" in test.success[0].value
    assert "Collaborative: Plains *County*" in test.selectbox(key="choose-agency").options
    assert "No agency is in it yet" in written(test)
    test = sound(test.segmented_control(key="together-section").set_value("Codes").run())
    fill(test, "Name of the agency", "Riverbend")
    test = press(test, "Make a code")
    code = test.code[0].value
    assert "cannot be shown again" in written(test)
    assert not press(test, "I have copied it. Hide the code").code
    test = standing(test, house)
    fill(test, "The code that its lead gave you", "nonsense")
    assert "no code of a collaborative" in press(test, "Come in").error[0].value
    fill(test, "The code that its lead gave you", code)
    test = press(test, "Come in")
    assert r"You are in Plains \*County\* now" in test.success[0].value


def test_a_member_is_taken_out_and_told(member: House, lead: House) -> None:
    test = led(lead)
    test = sound(test.selectbox(key="member-choice").set_value(member.actor.agency_id).run())
    assert "Tick the box" in press(test, "Take it out").error[0].value
    next(box for box in test.checkbox if box.label.startswith("Yes, take")).check()
    test = press(test, "Take it out")
    assert "is not in the collaborative any more" in test.success[0].value
    assert "not in it any more since" in written(standing(test, member))


def test_a_member_leaves(member: House, lead: House) -> None:
    test = standing(at(COLLABORATIVE), member)
    test = sound(test.selectbox(key="leave-choice").set_value(lead.actor.agency_id).run())
    assert "You share nothing there now" in written(test)
    next(box for box in test.checkbox if box.label.startswith("Yes, leave")).check()
    assert "You have left" in press(test, "Leave").success[0].value
    assert member.read(collaboratives.collaboratives) == []


def test_small_counts_take_an_agreement(lead: House) -> None:
    test = led(lead, "Small counts")
    test.number_input[0].set_value(7)
    assert "agreement" in press(test, "Save").error[0].value
    fill(test, "The agreement that allows fewer than eleven, with its date", "Data use agreement of May 2026")
    assert "under 7 are hidden" in press(test, "Save").success[0].value


def test_what_is_shared_is_previewed_shared_and_withdrawn(member: House, lead: House) -> None:
    together.rated(member, 2, ORG_01=3)
    test = standing(at(SHARING), member)
    assert "**nothing**" in written(test)
    test = ways(test, "named")
    assert "Riverbend Recovery · Main Street" in written(test)
    assert any("ORG-01" in str(table.value) for table in test.table)
    assert not any(
        "Riverbend" in text for text in (one.value for one in ways(test, "blinded").markdown) if "Site" in text
    )
    assert "No line." in written(ways(test, "aggregate"))
    test = press(ways(test, "blinded"), "Share it: under letters")
    assert "Shared with Plains Collaborative, under letters, from now on" in test.success[0].value
    (one,) = member.read(sharing.sharings, lead.actor.agency_id)
    assert one.how == "blinded"
    test = press(ways(test, None), "Withdraw it")
    assert "sees nothing of it any more" in test.success[0].value
    assert member.read(sharing.sharings, lead.actor.agency_id)[0].how is None


def test_what_is_not_submitted_is_seen_later(member: House, lead: House) -> None:
    test = ways(standing(at(SHARING), member), "named")
    assert "None of it is submitted yet" in written(test)
    assert "as soon as it is submitted" in press(test, "Share it: by name").success[0].value


def test_what_is_archived_is_said_to_be_hidden(member: House, lead: House) -> None:
    together.rated(member, 2)
    together.shares(member, lead, "named")
    assert "not seen by others" not in written(standing(at(SHARING), member))
    member.write(archive_cycle, member.cycle)
    test = standing(at(SHARING), member)
    assert "In the archive, and not seen by others while it is there: cycle Baseline" in written(test)
    assert "Others see nothing of it for now" in written(test)
    test = press(ways(test, "aggregate"), "Share it: in the aggregate")
    assert "Others see nothing of it yet" in test.success[0].value
    press(ways(test, None), "Withdraw it")
    assert member.read(sharing.sharings, lead.actor.agency_id)[0].how is None


def test_what_has_lost_its_edition_is_named_and_withdrawn(member: House, lead: House) -> None:
    member.write(load_checklist, OWN.encode(), "ours.toml")
    ours = replace(member, assessment=member.write(start_assessment, member.site, member.cycle, "our-door", "1.0"))
    ours.rate("DOOR-01", 2)
    ours.submit()
    together.shares(ours, lead, "named", checklist="our-door")
    with database.writing(member.engine) as db:
        db.execute(delete(OwnChecklist))
    test = standing(at(SHARING), member)
    assert "Not seen by others: Main Street, because the edition" in written(test)
    press(ways(test, None), "Withdraw it")
    assert not any(one.how for one in member.read(sharing.sharings, lead.actor.agency_id))


def test_a_forged_address_is_refused_and_told_once(member: House, lead: House) -> None:
    test = sound(standing(at(SHARING), member))
    test.query_params["collaborative"] = "0" * 32
    test = sound(test.run())
    assert "not in this collaborative" in test.error[0].value
    sound(test.run())
    refused = [one for one in member.read(audit_trail).entries if one.act == "refuse share"]
    assert [one.thing_id for one in refused] == ["0" * 32]


def test_a_guest_is_added_and_shares_with_its_word(lead: House) -> None:
    test = led(lead, "Guests")
    for label, value in (("Name of the agency", "Lakeside"), ("State", "WY"), ("Time zone", "America/Denver")):
        fill(test, label, value)
    fill(test, "Name of the site", "Lake house")
    test = press(test, "Add this guest")
    assert "Lakeside is a guest now" in test.success[0].value
    test = press(test, "Go to its place")
    guest = house_of(lead, replace(lead.actor, agency_id=str(test.selectbox(key="choose-agency").value)))
    draft = guest.write(start_assessment, guest.site, guest.cycle, *PROGRAM)
    together.rated(replace(guest, assessment=draft), 2)
    test = ways(standing(at(SHARING), guest), "named")
    assert "agreed" in press(test, "Share it: by name").error[0].value
    fill(test, "How the guest agreed to this", "By mail")
    assert "Shared with" in press(test, "Share it: by name").success[0].value


def test_sites_in_the_aggregate_wait_and_are_counted_together(lead: House, member: House) -> None:
    assert "nothing waits" in written(led(lead, "Counting together"))
    for number in range(5):
        house = together.agency(lead.engine, f"Agency {number}", f"Person {number}")
        together.joins(lead, house)
        together.rated(house, 2)
        together.shares(house, lead, "aggregate")
    test = led(lead, "Counting together")
    assert "5 sites wait." in written(test)
    test = press(test, "Count these 5 together")
    assert "5 sites count together" in test.success[0].value
    assert "No site waits" in written(test)


def test_the_collaborative_has_its_own_checklist_and_no_staff(lead: House) -> None:
    test = standing(at("assess/assessments.py"), lead)
    offered = next(box for box in test.selectbox if box.label == "Checklist").options
    assert len(offered) == 1
    assert offered[0].startswith("Working together: the collaborative")
    assert "stand in the collaborative itself" in written(standing(at(SHARING), lead))


@pytest.mark.parametrize("page", ["rate", "raters", "review", "compare", "workbook"])
def test_the_collaborative_is_rated_on_sheets_of_ones_own_alone(lead: House, page: str) -> None:
    lead.write(start_assessment, lead.site, lead.cycle, "collaborative-capacity", "1.0")
    test = standing(at(f"assess/{page}.py"), lead)
    assert "each on a sheet of their own that nobody else sees" in written(test)
    assert "together" not in {button.label.split()[-1] for button in test.button}
    assert not {"Submit this assessment", "Rating workbook, blank"} & {button.label for button in test.button}
    if page == "raters":
        fill(test, "Name of the rater", "Lou")
        test = press(test, "Add this rater")
        assert "**0 of 1 rater has submitted.**" in written(test)
