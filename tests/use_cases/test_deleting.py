"""Deleting an assessment of records: said beforehand, and what others read stays."""

import pytest
from sqlalchemy import Engine

from assessments.errors import NotFound
from assessments.use_cases.assessments import archive_assessment, start_assessment
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.deleting import Going, delete_assessment, goes_with
from tests.use_cases.cast import NOW, House, everything
from tests.use_cases.reviewed import PLANS, RULE, Reviewed, reviewed

NAME = "Plans of Safe Care: the plan"


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    """Of four records three are drawn; for one there are clocks, for one it is marked who took part."""
    made = reviewed(engine)
    first, second, *_ = made.lists(4, drawn=3)
    made.finds(first, {"POC-01": 3, "POC-02": "?", "POC-03": ""})
    made.finds(first, {"POC-01": 2}, "second")
    made.clocked(first, "start", "met", 3)
    made.clocked(first, "service", "met", 5)
    given = {"agency_id": made.house.actor.agency_id, "given_at": NOW, "given_by": made.house.actor.person_id}
    made.put("took_part", [{**given, "record_id": second, "indicator_id": "POT-01", "state": "took-part"}])
    return made


def test_the_last_to_read_takes_the_list_along_and_says_so(review: Reviewed) -> None:
    house = review.house
    assert house.read(goes_with, house.assessment) == Going(3, records=4, drawn=3, clocked=1, attended=1)
    house.write(delete_assessment, house.assessment, NAME)
    left = everything(house.engine)
    gone = ("record", "record_clock", "record_rating", "took_part", "review")
    assert not any(left[table] for table in gone)


@pytest.mark.parametrize("archived", [False, True])
def test_what_another_reads_stays_in_the_archive_too(review: Reviewed, archived: bool) -> None:
    house = review.house
    house.write(choose_pack, *RULE)
    other = house.write(start_assessment, house.site, house.cycle, *RULE)
    if archived:
        house.write(archive_assessment, other)
    going = house.read(goes_with, house.assessment)
    assert (going.answers, going.records, len(going.read_by)) == (3, 0, 1)
    before = everything(house.engine)
    house.write(delete_assessment, house.assessment, NAME)
    left = everything(house.engine)
    for table in ("record", "record_clock", "took_part", "review"):
        assert left[table] == before[table], table
    assert house.read(goes_with, other).records == 4
    assert PLANS[0] not in str(left["assessment"])


def test_only_an_assessment_of_records_has_them(house: House) -> None:
    with pytest.raises(NotFound):
        house.read(goes_with, house.assessment)
