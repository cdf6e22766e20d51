"""Who comes in, who is invited and whose access ends, as an administrator meets it where people sign in."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import col
from streamlit.testing.v1 import AppTest

from assessments.errors import NotAllowed
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import HostRole, Identity, Person
from assessments.use_cases import sessions
from assessments.use_cases.agencies import SiteDetails
from assessments.use_cases.guests import add_guest
from assessments.use_cases.identities import persons_here
from assessments.use_cases.invitations import invitations
from assessments.use_cases.looking_after import name_oneself
from pages.shared import house as composition
from tests.pages.driven import app, at, fill, press, sound, written
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, NOW, RIVERBEND, House, joins

PAGE = "setup/people.py"
SignIn = Callable[[str], None]


@pytest.fixture
def signs_in(house: House, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """Whose browser it is from now on: the guard, which would say so, does not stand before the pages here."""
    monkeypatch.setenv("PLUMBLINE_HOSTED", "hosted.toml")

    def sign_in(person_id: str) -> None:
        with database.writing(house.engine) as db:
            token = sessions.begin_session(db, composition.now(), person_id)
            known = sessions.session_of(db, composition.now(), token, sessions.HOSTED)
        assert known
        monkeypatch.setattr(composition, "session_id", lambda: known.id)

    sign_in(house.actor.person_id)
    return sign_in


@pytest.fixture
def cam(house: House) -> Actor:
    found = joins(house.engine, house.actor.agency_id, "assessor")
    identify(house, found.person_id)
    return found


def identify(house: House, person_id: str) -> None:
    with database.writing(house.engine) as db:
        subject = person_id[:6]
        db.add(Identity(issuer="https://login.example.org/x", subject=subject, person_id=person_id, bound_at=NOW))


def host(house: House, name: str) -> str:
    """Somebody who looks after the installation and belongs to no agency."""
    with database.writing(house.engine) as db:
        db.add(Person(id="hal", name=name, created_at=NOW))
    hosts(house, "hal")
    return "hal"


def hosts(house: House, person_id: str) -> None:
    with database.writing(house.engine) as db:
        db.add(HostRole(person_id=person_id, role="host-administrator", given_at=NOW))


def section(name: str) -> AppTest:
    return sound(at(PAGE).segmented_control(key="people-section").set_value(name).run())


def chosen(test: AppTest, key: str, person_id: str) -> AppTest:
    return sound(test.selectbox(key=key).set_value(person_id).run())


def test_on_one_machine_it_says_that_there_is_nobody_to_invite(house: House) -> None:
    assert "for one person" in at(PAGE).info[0].value


@pytest.mark.usefixtures("signs_in")
def test_who_has_access_and_as_what(cam: Actor) -> None:
    said = written(at(PAGE))
    assert "**Ann Able** (you) · Owner · has not signed in yet" in said
    assert "**Cam Cole** · Assessor · signs in at login.example.org" in said


@pytest.mark.usefixtures("signs_in")
def test_somebody_is_invited_by_a_link_that_is_shown_until_it_is_hidden(house: House) -> None:
    test = section("Invitations")
    fill(test, "Name", "Ida *Ivy*")
    test = press(test, "Make the link")
    assert "choose one or more" in test.error[0].value and not test.code
    test.multiselect[0].set_value(["assessor", "auditor"])
    test = press(test, "Make the link")
    assert "/invited?t=" in test.code[0].value
    assert r"**Ida \*Ivy\*** · Assessor, Auditor" in written(test)
    token = test.code[0].value.partition("t=")[2]
    test = press(test, "I have copied it. Hide the link")
    assert not test.code and token not in written(test)
    test = press(test, "Withdraw")
    assert "No invitation is waiting." in written(test) and "· withdrawn" in written(test)
    assert house.read(invitations, composition.now())[0].state == "withdrawn"


@pytest.mark.usefixtures("signs_in")
def test_roles_are_changed(house: House, cam: Actor) -> None:
    test = chosen(at(PAGE), "people-choice", cam.person_id)
    test.multiselect[0].set_value(["trainer"])
    test = press(test, "Save the roles")
    assert "Cam Cole is now: Trainer." in test.success[0].value
    assert next(one.roles for one in house.read(persons_here) if one.name == "Cam Cole") == ("trainer",)


@pytest.mark.usefixtures("signs_in", "cam")
def test_the_only_owner_stays_one(house: House) -> None:
    test = chosen(at(PAGE), "people-choice", house.actor.person_id)
    test.multiselect[0].set_value(["assessor"])
    test = press(test, "Save the roles")
    assert "only owner" in test.error[0].value


@pytest.mark.usefixtures("signs_in")
def test_access_ends_once_somebody_is_sure(house: House, cam: Actor) -> None:
    test = press(chosen(at(PAGE), "people-choice", cam.person_id), "End the access")
    assert "Nothing has ended yet" in test.error[0].value
    test.checkbox(key=f"sure-{cam.person_id}").check()
    test = press(test, "End the access")
    assert "The access of Cam Cole has ended." in test.success[0].value
    assert [one.name for one in house.read(persons_here)] == ["Ann Able"]


def test_others_are_told_that_it_is_not_theirs(signs_in: SignIn, cam: Actor) -> None:
    signs_in(cam.person_id)
    test = at(PAGE)
    assert "does not reach this page" in test.info[0].value
    assert not test.multiselect and "Ann" not in written(test)


def test_whoever_looks_after_it_shuts_somebody_out(signs_in: SignIn, house: House, cam: Actor) -> None:
    hosts(house, house.actor.person_id)
    identify(house, house.actor.person_id)
    test = chosen(section("This installation"), "host-choice", cam.person_id)
    assert "Nobody is shut out yet" in press(test, "Shut out").error[0].value
    test.checkbox(key=f"shut-sure-{cam.person_id}").check()
    test = press(test, "Shut out")
    assert "**shut out**" in written(test)
    test = press(test, "Let them back in")
    assert "**shut out**" not in written(test)
    test = chosen(test, "host-choice", house.actor.person_id)
    assert "somebody has to stay" in press(test, "They look after it no more").error[0].value
    assert "/invited?t=" in press(test, "Invite one more who looks after it").code[0].value


def test_who_belongs_nowhere_is_told_whom_to_ask(signs_in: SignIn, house: House) -> None:
    with database.writing(house.engine) as db:
        db.add(Person(id="stray", name="Stray", created_at=NOW))
    signs_in("stray")
    test = sound(app())
    assert "belong to no agency here" in test.info[0].value and not test.text_input


def test_whoever_looks_after_it_sets_an_agency_up_without_being_asked_a_name(signs_in: SignIn, house: House) -> None:
    signs_in(host(house, "Hal"))
    test = sound(app())
    assert "Your name" not in {field.label for field in test.text_input}
    for label, value in {
        "Name of the agency": "Riverbend Recovery",  # there is one, which Hal is not to learn
        "State": "MA",
        "Time zone": "America/New_York",
        "Name of the site": "Main",
    }.items():
        fill(test, label, value)
    test = press(test, "Set up")
    assert test.title[0].value == "Home" and "is set up" in test.success[0].value


def test_whoever_looks_after_it_and_has_no_name_is_asked_for_it_once(signs_in: SignIn, house: House) -> None:
    signs_in(host(house, "Host administrator"))
    test = sound(app())
    assert "Set up" not in {button.label for button in test.button}
    assert "Your name is empty" in press(test, "That is my name").error[0].value
    fill(test, "Your name", "host  administrator")
    assert "what people call you" in press(test, "That is my name").error[0].value
    fill(test, "Your name", "Hal Host")
    test = press(test, "That is my name")
    assert "Your name" not in {field.label for field in test.text_input}
    with database.reading(house.engine) as db:
        assert db.execute(select(col(Person.name)).where(col(Person.id) == "hal")).scalar_one() == "Hal Host"
    with pytest.raises(NotAllowed), database.writing(house.engine) as db:
        name_oneself(db, "hal", "Another")


def test_whoever_looks_after_it_sets_a_collaborative_up_and_leads_it(signs_in: SignIn, house: House) -> None:
    signs_in(host(house, "Hal"))
    test = press(sound(app()), "Set up this collaborative")
    assert "Nothing was set up yet" in test.error[0].value and "Name of the collaborative" in test.error[0].value
    test.text_input(key="begin-0-name").set_value("Plains Collaborative")
    test.selectbox(key="begin-0-state").set_value("MA")
    test.selectbox(key="begin-0-zone").set_value("America/New_York")
    test = press(test, "Set up this collaborative")
    assert "Plains Collaborative is set up" in test.success[0].value
    assert "Name of the agency" not in {field.label for field in test.text_input}


def test_in_a_guest_nobody_is_invited_and_it_says_whose_it_is(signs_in: SignIn, house: House) -> None:
    lead = together.plains(house.engine)
    guest = lead.write(add_guest, replace(RIVERBEND, name="Alder Clinic"), SiteDetails("Alder house"), BASELINE)
    pat = joins(house.engine, guest, "assessor", "Pat Private").person_id
    signs_in(lead.actor.person_id)
    there = sound(at(PAGE).selectbox(key="choose-agency").set_value(guest).run())
    test = sound(there.segmented_control(key="people-section").set_value("Invitations").run())
    assert "no people of its own" in test.info[0].value and "Keep it as well" in test.info[0].value
    assert not test.multiselect and not test.text_input
    test = sound(test.segmented_control(key="people-section").set_value("Who has access").run())
    test = chosen(test, "people-choice", pat)
    assert "no people of its own" in test.info[0].value and not test.multiselect
    test.checkbox(key=f"sure-{pat}").check()
    assert "The access of Pat Private has ended." in press(test, "End the access").success[0].value


def test_people_end_their_own_access_once_they_are_sure(signs_in: SignIn, house: House, cam: Actor) -> None:
    signs_in(cam.person_id)
    test = press(more(), "End my access")
    assert "Nothing has ended yet" in test.error[0].value
    test.checkbox(key="leave-sure").check()
    assert "Your access to Riverbend Recovery has ended" in press(test, "End my access").info[0].value
    assert [one.name for one in house.read(persons_here)] == ["Ann Able"]
    with database.reading(house.engine) as db:
        assert sessions.person_of(db, composition.session_id()) is None


@pytest.mark.usefixtures("signs_in")
def test_the_only_owner_is_told_why_they_stay_and_whose_name_they_have(house: House) -> None:
    test = more()
    assert "**Ann Able.** Your name is as it was written when you were let in" in written(test)
    assert "Your name" not in {field.label for field in test.text_input}
    test.checkbox(key="leave-sure").check()
    assert "only owner" in press(test, "End my access").error[0].value


def test_on_one_machine_the_name_can_be_changed_and_nobody_leaves(house: House) -> None:
    test = more()
    assert "Your name" in {field.label for field in test.text_input} and "End your own access" not in written(test)


def more() -> AppTest:
    return sound(at("setup/agency.py").segmented_control(key="section").set_value("More").run())


@pytest.mark.usefixtures("signs_in")
def test_signing_out_ends_the_session(house: House) -> None:
    test = at("setup/close.py")
    assert test.title[0].value == "Sign out"
    press(test, "Sign out")
    with database.reading(house.engine) as db:
        assert sessions.person_of(db, composition.session_id()) is None
