"""The collaborative itself is rated, by its members, each blind; and where they differ shows."""

import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput, NotRatableHere
from assessments.store import database
from assessments.store.tables import Rating
from assessments.use_cases.assessments import archive_assessment, assessment_summary, start_assessment
from assessments.use_cases.checklists import shelf
from assessments.use_cases.consensus import agree, comparison
from assessments.use_cases.intake import Base, Preview, Returned, ReturnedRow, preview, take_in
from assessments.use_cases.raters import begin_rating, discard_sheet, raters, submit_sheet
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import sheet
from assessments.use_cases.submission import submit
from standards import catalogue
from tests.use_cases import cast, together
from tests.use_cases.cast import NOW, PROGRAM, House, level

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
    lead.write(submit, draft)
    assert lead.read(assessment_summary, draft).status == "submitted"


def test_it_is_rated_in_no_other_way(lead: House) -> None:
    draft = lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY)
    place = lead.read(sheet, draft).place
    first = place.checklist.indicators[0].id
    returned = Returned(
        draft, *CAPACITY, catalogue.library()[CAPACITY].hash, (ReturnedRow(first, Base(), level(3), "Ratings, D7"),)
    )

    def refused() -> None:
        with pytest.raises(BadInput, match="on the page Raters"):
            lead.write(rate, draft, first, level(3), 0)
        with pytest.raises(BadInput, match="on a sheet of your own"):
            lead.write(write_note, draft, first, "It goes well", 0)
        with pytest.raises(BadInput, match="on the page Raters"):
            lead.read(preview, draft, returned, "digest")
        with pytest.raises(BadInput, match="on the page Raters"):
            lead.write(take_in, draft, returned, "digest", Preview())
        with pytest.raises(BadInput, match="not all submitted"):
            lead.write(submit, draft)
        assert lead.read(assessment_summary, draft).by_raters

    refused()
    mine = lead.write(begin_rating, draft, "self", "Lou Lead")
    lead.write(rate, draft, first, level(3), 0, sheet_id=mine)
    lead.write(write_note, draft, first, "It goes well", 0, sheet_id=mine)
    refused()
    lead.write(submit_sheet, draft, mine)
    refused()


def test_it_stays_so_when_the_last_sheet_was_discarded(lead: House) -> None:
    draft = lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY)
    first = lead.read(sheet, draft).place.checklist.indicators[0].id
    lead.write(discard_sheet, draft, lead.write(begin_rating, draft, "self", "Lou Lead"), "Begun by mistake")
    with pytest.raises(BadInput, match="on the page Raters"):
        lead.write(rate, draft, first, level(3), 0)
    lead.write(begin_rating, draft, "self", "Lou Lead")


def test_what_was_rated_openly_before_is_neither_submitted_nor_lost(lead: House) -> None:
    draft = lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY)
    place = lead.read(sheet, draft).place
    first = place.checklist.indicators[0].id
    with database.writing(lead.engine) as db:
        openly = {**place.key, "indicator_id": first, "state": "level", "level": 3, "answer_version": 1}
        db.add(Rating(**openly, answer_at=NOW, answer_by=lead.actor.person_id))
    with pytest.raises(BadInput, match="not all submitted"):
        lead.write(submit, draft)
    with pytest.raises(BadInput, match="together already"):
        lead.write(begin_rating, draft, "self", "Lou Lead")
    assert lead.read(sheet, draft).row(first).answer == level(3)
    lead.write(archive_assessment, draft)
    lead.write(start_assessment, lead.site, lead.cycle, *CAPACITY)
