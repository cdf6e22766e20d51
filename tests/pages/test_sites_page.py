"""Sites side by side, as a member of a collaborative meets them, and as its lead does."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, delete
from streamlit.testing.v1 import AppTest

from assessments.rules.shared_sites import How, Period
from assessments.store import database
from assessments.store.tables import Membership
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import load_checklist
from assessments.use_cases.counting_together import count_together
from assessments.use_cases.shared import Question
from assessments.use_cases.sharing import share
from assessments.use_cases.submission import reopen
from standards import catalogue
from tests.pages.driven import at, fill, sound
from tests.use_cases import together
from tests.use_cases.cast import BASELINE, PROGRAM, House, riverbend
from tests.use_cases.files import OWN

SITES = "together/sites.py"
COUNTING = "together/collaborative.py"
CHECKLIST = catalogue.library()[PROGRAM]
QUESTION = Question(CHECKLIST.id, CHECKLIST.hash, CHECKLIST.form)
SUPERVISION = {f"SUP_0{number}": 4 for number in range(1, 8)}
MINE = "Riverbend Recovery · Main Street"


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    opened = database.connect(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def mine(engine: Engine) -> House:
    """Of the person of this machine, submitted."""
    house = riverbend(engine)
    house.rate("ORG-01", 1)
    house.rate("ORG-02", 2)
    house.submit()
    return house


@pytest.fixture
def lead(engine: Engine, mine: House) -> House:
    made = together.plains(engine)
    together.joins(made, mine)
    return made


def further(lead: House, name: str, how: How, level: int, **others: int) -> House:
    house = together.agency(lead.engine, name, f"{name} person")
    together.joins(lead, house)
    for indicator, value in {"ORG_01": level, **others}.items():
        house.rate(indicator.replace("_", "-"), value)
    house.submit()
    together.shares(house, lead, how)
    return house


def said(test: AppTest) -> str:
    tables = " ".join(str(cell) for table in test.main.table for cell in table.value.to_numpy().ravel())
    kinds = (test.main.header, test.main.markdown, test.main.info, test.main.warning)
    return " ".join([tables, *(one.value for kind in kinds for one in kind)])


def counting() -> AppTest:
    return sound(at(COUNTING).segmented_control(key="together-section").set_value("Counting together").run())


def test_who_is_in_no_collaborative_is_told_how_to_come_in(mine: House) -> None:
    assert "is in no collaborative" in said(at(SITES))


def test_alone_so_far(mine: House, lead: House) -> None:
    text = said(at(SITES))
    assert "No other site can be seen beside yours yet" in text and "they do not see you" in text
    assert "There is no median yet" in text and "at least 5 sites" in text
    assert "There is no earlier cycle to compare with" in text


def test_the_blinded_have_letters_and_yours_its_name(mine: House, lead: House) -> None:
    together.shares(mine, lead, "blinded")
    for name in ("Aspen", "Birch"):
        further(lead, name, "blinded", 3)
    further(lead, "Cedar", "named", 0)
    further(lead, "Elm", "aggregate", 4)
    text = said(at(SITES))
    assert "Cedar · Cedar house" in text and "(yours)" in text and "Others see yours under letters" in text
    assert "**3 sites** can be seen beside yours" in text
    assert "Under letters, as " in text and "under letters, as **" in text, "one's own too, as others see it"
    assert not any(name in text for name in ("Aspen", "Birch", "Elm"))
    assert "Yours is low: somebody here can help" in text and "1 of 33 (3 %)" in text


def test_what_is_counted_together_stands_apart_and_the_lead_hears_when_a_group_does_not_count(
    engine: Engine, mine: House, lead: House
) -> None:
    hidden = [further(lead, name, "aggregate", 4, **SUPERVISION) for name in ("Aspen", "Birch", "Cedar", "Elm", "Fir")]
    lead.write(count_together, QUESTION, Period(BASELINE.starts, date.max))
    text = said(at(SITES))
    assert "none: no site has 80 % of it rated, and it takes 5  \nCounted together: 4.0" in text
    assert "of 5 sites, not yours" in text
    assert "Aspen" not in text and "are of the sites that are shown here" in text
    assert "Low nearly everywhere" in text and "Counted together: 0" not in text
    hidden[0].write(reopen, hidden[0].assessment, "To look again")
    assert "Counted together:" not in said(at(SITES))
    with database.writing(engine) as db:
        db.execute(delete(Membership).filter_by(person_id=mine.actor.person_id))
        for role in ("owner", "collaborative-lead"):
            db.add(Membership(agency_id=lead.actor.agency_id, person_id=mine.actor.person_id, role=role))
    text = said(counting())
    assert "1 group does not count at the moment" in text and "Aspen" not in text
    hidden[0].submit()
    assert "not count at the moment" not in said(counting())


def test_the_lead_is_told_what_to_do_with_a_checklist_that_it_is_not_to_know(
    engine: Engine, mine: House, lead: House
) -> None:
    own = mine.write(load_checklist, OWN.replace("our-door", "riverbend-door").encode(), "own.toml")
    rated = replace(mine, assessment=mine.write(start_assessment, mine.site, mine.cycle, *own.key))
    rated.rate("DOOR-01", 3)
    rated.submit()
    mine.write(share, lead.actor.agency_id, own.id, mine.cycle, "aggregate", 0)
    with database.writing(engine) as db:
        for role in ("owner", "collaborative-lead"):
            db.add(Membership(agency_id=lead.actor.agency_id, person_id=mine.actor.person_id, role=role))
    test = at(SITES)
    fill(test, "Agency", lead.actor.agency_id)
    test = sound(test.run())
    assert "Ask your members who rates on a checklist of their own" in said(test)
    assert test.selectbox(key="sites.question").options == ["A checklist of an agency's own"]
    assert "riverbend-door" not in said(test)


def test_the_lead_sees_by_checklist_and_cycle(engine: Engine, mine: House, lead: House) -> None:
    together.shares(mine, lead, "named")
    with database.writing(engine) as db:
        for role in ("owner", "collaborative-lead"):
            db.add(Membership(agency_id=lead.actor.agency_id, person_id=mine.actor.person_id, role=role))
    test = at(SITES)
    fill(test, "Agency", lead.actor.agency_id)
    text = said(sound(test.run()))
    assert "**1 site** can be seen" in text and "beside yours" not in text and "(yours)" not in text
    assert "Main Street" in text
