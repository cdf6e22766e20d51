"""The collaborative itself is rated, by its members, each blind; and where they differ shows."""

import pytest
from sqlalchemy import Engine

from assessments.errors import NotRatableHere
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import shelf
from assessments.use_cases.consensus import agree, comparison
from assessments.use_cases.raters import begin_rating, raters, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import sheet
from tests.use_cases import cast, together
from tests.use_cases.cast import PROGRAM, House, level

CAPACITY = ("collaborative-capacity", "1.0")
GIVEN = {"Ann Able": (3, 1), "Bea Bright": (3, 4)}


@pytest.fixture
def lead(engine: Engine) -> House:
    return together.plains(engine)


def test_a_collaborative_is_rated_itself_and_an_agency_its_sites(lead: House, house: House) -> None:
    assert [one.checklist.key for one in lead.read(shelf) if one.ratable] == [CAPACITY]
    assert CAPACITY not in [one.checklist.key for one in house.read(shelf) if one.ratable]
    with pytest.raises(NotRatableHere, match="rated by each agency"):
        lead.write(start_assessment, lead.site, lead.cycle, *PROGRAM)
    with pytest.raises(NotRatableHere, match="by its members"):
        house.write(start_assessment, house.site, house.cycle, *CAPACITY)


def test_members_rate_it_blind_and_their_differences_show(lead: House) -> None:
    draft = lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY)
    first, second = (one.id for one in lead.read(sheet, draft).place.checklist.indicators[:2])
    sheets = {}
    for name, given in GIVEN.items():
        rater = lead.seen_by(cast.joins(lead.engine, lead.actor.agency_id, "assessor", name))
        sheets[name] = rater, rater.write(begin_rating, draft, "peer", name)
        for indicator, value in zip((first, second), given, strict=True):
            rater.write(rate, draft, indicator, level(value), 0, sheet_id=sheets[name][1])
    ann, hers = sheets["Ann Able"]
    ann.write(submit_sheet, draft, hers)
    assert [one.name for one in ann.read(raters, draft).raters if one.seen] == ["Ann Able"]
    bea, his = sheets["Bea Bright"]
    bea.write(submit_sheet, draft, his)
    found = lead.read(comparison, draft)
    differ = {one.indicator for one in found.rows if one.group == "two or more apart"}
    assert differ == {second}
    lead.write(agree, draft, second, level(2), "Two agencies do, the others do not", 0)
    lead.write(agree, draft, first, level(3), "All of them", 0)
    assert lead.read(sheet, draft).row(second).answer == level(2)
