"""In which agency one stands, also after a reload; and which doors one's roles open there."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, insert
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Table
from assessments.use_cases import sessions
from assessments.use_cases.collaboratives import set_up_collaborative
from assessments.use_cases.guests import add_guest
from pages.shared import hallway
from pages.shared import house as composition
from tests.pages.driven import app, at, sound, written
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, MAIN_STREET, NOW, RIVERBEND, House

MEMBERSHIP = Table.metadata.tables["membership"]
DOORS = {
    "auditor": "Standards Collaborative Agency, sites, cycles Checklists Audit trail Close in this browser",
    "staff-member": (
        "Standards Staff Roles Rate staff Competencies One person Courses Collaborative Agency, sites, cycles "
        "Checklists Close in this browser"
    ),
}
SHUT = {
    "auditor": ("insight/gaps", "together/sites", "together/sharing", "staff/roster"),
    "staff-member": ("together/peers", "together/counts_together", "setup/trail", "staff/training"),
}


@pytest.fixture
def plains(house: House) -> Actor:
    """Led by Ann, who owns Riverbend."""
    with database.writing(house.engine) as db:
        return set_up_collaborative(db, NOW, "", together.PLAINS, together.FIRST_YEAR)


@pytest.fixture
def browser(house: House, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let in by the guard, which does not stand before the pages here."""
    with database.writing(house.engine) as db:
        token = sessions.open_session(db, NOW, sessions.make_link(db, NOW))
        assert token
        known = sessions.session_of(db, NOW, token)
    assert known
    monkeypatch.setattr(composition, "session_id", lambda: known.id)
    return known.id


def only(house: House, actor: Actor, *roles: str) -> None:
    """The person of this machine, in this agency alone and as nothing else."""
    with database.writing(house.engine) as db:
        db.execute(delete(MEMBERSHIP).where(MEMBERSHIP.c.person_id == actor.person_id))
        rows = [{"agency_id": actor.agency_id, "person_id": actor.person_id, "role": role} for role in roles]
        db.execute(insert(MEMBERSHIP), rows)


def stands(test: AppTest) -> str:
    return str(sound(test).selectbox(key="choose-agency").value)


def doors(test: AppTest, *held: str, together: bool = False) -> list[str]:
    """In the bar, as they were made for these roles."""
    made = sound(test).session_state[hallway.made_for(frozenset(held), together)]
    return [page.title for section in made.values() for page in section if page.visibility == "visible"]


@pytest.mark.usefixtures("plains", "browser")
def test_a_reload_a_typed_address_and_a_restart_stay_where_one_was(house: House, plains: Actor) -> None:
    first = app()
    assert stands(first) == plains.agency_id
    first.selectbox(key="choose-agency").set_value(house.actor.agency_id).run()
    assert stands(app()) == house.actor.agency_id
    assert stands(at("together/collaborative.py")) == house.actor.agency_id
    assert stands(first.selectbox(key="choose-agency").set_value(plains.agency_id).run()) == plains.agency_id
    assert stands(app()) == plains.agency_id


@pytest.mark.usefixtures("plains")
def test_what_was_chosen_opens_no_agency_that_is_not_ones_own(house: House, browser: str) -> None:
    stranger = together.agency(house.engine, "Elsewhere", "Eli")
    with database.writing(house.engine) as db:
        sessions.stand_in(db, NOW, browser, stranger.actor.agency_id)
    test = app()
    assert stands(test) != stranger.actor.agency_id
    assert "Elsewhere" not in written(test)


def test_whoever_signs_in_again_stands_where_they_were(house: House) -> None:
    person = house.actor.person_id
    with database.writing(house.engine) as db:
        first = sessions.session_of(db, NOW, sessions.begin_session(db, NOW, person), sessions.HOSTED)
        assert first and not sessions.stands_in(db, first.id)
        sessions.stand_in(db, NOW, first.id, house.actor.agency_id)
        sessions.end_session(db, NOW, first.id)
        again = sessions.session_of(db, NOW, sessions.begin_session(db, NOW, person), sessions.HOSTED)
        assert again and sessions.stands_in(db, again.id) == house.actor.agency_id


def test_nobody_begins_in_a_guest(house: House, plains: Actor) -> None:
    with database.writing(house.engine) as db:
        add_guest(db, plains, NOW, replace(RIVERBEND, name="Aardvark"), MAIN_STREET, BASELINE)
    test = app()
    assert test.selectbox(key="choose-agency").options[0] == "Aardvark"
    assert stands(test) == plains.agency_id


@pytest.mark.usefixtures("plains")
@pytest.mark.parametrize("page", ["assess/rate", "setup/trail", "together/sites"])
def test_where_one_stands_is_said_over_each_page(page: str) -> None:
    assert "Plains Collaborative" in at(f"{page}.py").main.markdown[0].value


def test_in_one_agency_alone_nothing_is_said(house: House) -> None:
    test = at("assess/rate.py")
    assert not [box for box in test.selectbox if box.key == "choose-agency"]
    assert "Riverbend" not in test.main.markdown[0].value


@pytest.mark.parametrize("role", list(DOORS))
def test_nobody_sees_a_door_that_does_not_open(house: House, role: str) -> None:
    owner = doors(app(), "owner")
    only(house, house.actor, role)
    assert " ".join(doors(app(), role)) == f"Home {DOORS[role]}"
    assert {"Gaps", "Sites side by side", "Sharing", "Audit trail"} <= set(owner)


@pytest.mark.parametrize("role", list(SHUT))
def test_a_typed_address_is_refused_in_plain_words_alone(house: House, role: str) -> None:
    only(house, house.actor, role)
    for page in SHUT[role]:
        test = at(f"{page}.py")
        said = "\n".join(one.value for kind in (test.markdown, test.info, test.error, test.warning) for one in kind)
        assert "does not reach this page" in said
        assert len(said.splitlines()) == 1


@pytest.mark.parametrize("role", ["auditor", "staff-member", "assessor"])
def test_home_offers_what_the_roles_reach(house: House, role: str) -> None:
    only(house, house.actor, role)
    test = app()
    assert not test.error
    assert ("You are here as" in written(test)) == (role != "assessor")


def test_doors_follow_the_roles_within_a_session(house: House) -> None:
    test = app()
    only(house, house.actor, "auditor")
    assert "Gaps" in doors(test, "owner")
    assert "Gaps" not in doors(test.run(), "auditor")
    assert "does not reach" in written(sound(test.switch_page("insight/gaps.py").run()))


def test_in_a_collaborative_who_rates_it_sees_no_doors_of_its_lead(house: House, plains: Actor) -> None:
    only(house, plains, "collaborative-lead")
    led = set(doors(app(), "collaborative-lead", together=True))
    only(house, plains, "assessor")
    rates = set(doors(app(), "assessor", together=True))
    assert {"Sites side by side", "Help among peers", "Collaborative"} <= led - rates
    for page in ("sites", "peers", "collaborative"):
        assert "does not reach this page" in written(at(f"together/{page}.py"))
