"""Where too many sites share to stand beside one another, as a member meets them, and as the lead does."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, delete, insert, select
from streamlit.testing.v1 import AppTest

from assessments.store import database
from assessments.store.tables import Membership, SharedAssessment, SharedScore, Table
from assessments.use_cases.agencies import CycleDetails
from bench.collaborative_data import Filled, tables
from standards import catalogue
from tests.pages.driven import at
from tests.pages.test_sites_page import said
from tests.use_cases import together
from tests.use_cases.cast import PROGRAM, House, riverbend

SITES = "together/sites.py"
FROM_THEN = CycleDetails("All five years", date(2022, 1, 1))


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    opened = database.connect(sqlite_url)
    yield opened
    opened.dispose()


@pytest.fixture
def lead(engine: Engine) -> House:
    """Of a collaborative in which fifty sites share five years each."""
    made = together.plains(engine)
    filled = Filled(made.actor.agency_id, made.actor.person_id, catalogue.library()[PROGRAM], 50)
    with database.writing(engine) as db:
        for name, rows in tables(filled):
            db.execute(insert(Table.metadata.tables[name]), list(rows))
    return made


@pytest.fixture
def mine(engine: Engine, lead: House) -> House:
    """Of the person of this machine, submitted."""
    house = riverbend(engine).begin(FROM_THEN)
    together.rated(house, 2)
    together.joins(lead, house)
    return house


def charts(test: AppTest) -> int:
    return len(test.get("vega_lite_chart"))


def test_a_member_sees_how_they_are_spread_and_its_own_place(mine: House) -> None:
    test = at(SITES)
    assert not test.exception
    text = said(test)
    assert "More than 200 sites" in text and "Diamond: yours" in text
    table = test.main.table[0].value
    seen = ["Domain", "Yours", "Target", "Median", "Middle half", "Sites in it"]
    assert list(table.columns) == [*seen, "Counted together"]
    assert set(table["Yours"]) == {"2.0"}
    assert set(table["Sites in it"]) <= {"38", "39", "40"}, "eight agencies of ten are seen, with five sites each"
    assert charts(test) == 1
    assert "Site 000" not in text and "Agency 000" not in text


def test_what_is_withdrawn_is_gone_on_the_next_look(engine: Engine, mine: House) -> None:
    before = said(at(SITES))
    with database.writing(engine) as db:
        of = {"agency_id": db.execute(select(SharedAssessment).limit(1)).scalar_one().agency_id}
        db.execute(delete(SharedScore).filter_by(**of))
        db.execute(delete(SharedAssessment).filter_by(**of))
    after = said(at(SITES))
    assert "More than 200 sites" in after
    assert after != before


def test_the_lead_has_no_place_of_its_own(engine: Engine, lead: House, mine: House) -> None:
    with database.writing(engine) as db:
        db.execute(delete(Membership).filter_by(person_id=mine.actor.person_id))
        for role in ("owner", "collaborative-lead"):
            db.add(Membership(agency_id=lead.actor.agency_id, person_id=mine.actor.person_id, role=role))
        db.execute(
            Table.metadata.tables["cycle"]
            .update()
            .filter_by(agency_id=lead.actor.agency_id)
            .values(starts=FROM_THEN.starts)
        )
    test = at(SITES)
    assert not test.exception
    assert "More than 200 sites" in said(test) and "Diamond" not in said(test)
    assert "Yours" not in test.main.table[0].value.columns
