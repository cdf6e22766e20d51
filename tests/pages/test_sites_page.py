"""Sites side by side, as a member of a collaborative meets them, and as its lead does."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from assessments.rules.shared_sites import How
from assessments.store import database
from assessments.store.tables import Membership
from tests.pages.driven import at, fill, sound
from tests.use_cases import together
from tests.use_cases.cast import House, riverbend

SITES = "together/sites.py"
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


def further(lead: House, name: str, how: How, level: int) -> House:
    house = together.agency(lead.engine, name, f"{name} person")
    together.joins(lead, house)
    house.rate("ORG-01", level)
    house.submit()
    together.shares(house, lead, how)
    return house


def said(test: AppTest) -> str:
    tables = " ".join(str(cell) for table in test.main.table for cell in table.value.to_numpy().ravel())
    kinds = (test.main.header, test.main.markdown, test.main.info, test.main.warning)
    return " ".join([tables, *(one.value for kind in kinds for one in kind)])


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
    assert not any(name in text for name in ("Aspen", "Birch", "Elm"))
    assert "Yours is low: somebody here can help" in text and "1 of 33 (3 %)" in text


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
