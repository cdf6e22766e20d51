"""Who took part in making a plan, marked role by role."""

import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput, Conflict, NotFound
from assessments.use_cases.took_part import mark_took_part, team_marks
from tests.use_cases import cast
from tests.use_cases.reviewed import Reviewed, reviewed


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def test_marks_are_stored_and_taken_off(review: Reviewed) -> None:
    house, records = review.house, review.lists(4)
    for record, state in zip(records, ("took-part", "took-part", "not-there", "not-relevant"), strict=True):
        house.write(mark_took_part, review.review, record, {"POT-01": state}, {})
    marks = house.read(team_marks, review.review, records)
    assert [marks[record]["POT-01"] for record in records[2:]] == ["not-there", "not-relevant"]
    house.write(mark_took_part, review.review, records[0], {"POT-01": None}, {"POT-01": "took-part"})
    assert house.read(team_marks, review.review, records[:2]) == {records[0]: {}, records[1]: {"POT-01": "took-part"}}


def test_a_mark_that_moved_on_is_a_conflict_and_nothing_is_written(review: Reviewed) -> None:
    (record,) = review.lists(1)
    review.house.write(mark_took_part, review.review, record, {"POT-02": "took-part"}, {})
    before = cast.everything(review.house.engine)
    with pytest.raises(Conflict, match="P-001"):
        review.house.write(mark_took_part, review.review, record, {"POT-01": "took-part", "POT-02": "not-there"}, {})
    assert cast.everything(review.house.engine) == before


def test_only_what_is_of_the_team_and_was_drawn(review: Reviewed) -> None:
    drawn, spare = review.lists(2, drawn=1)
    for record, marks, wrong in (
        (spare, {"POT-01": "took-part"}, BadInput),
        (drawn, {"POT-06": "took-part"}, NotFound),
        (drawn, {"POT-01": "was there"}, BadInput),
        ("elsewhere", {"POT-01": "took-part"}, NotFound),
    ):
        with pytest.raises(wrong):
            review.house.write(mark_took_part, review.review, record, marks, {})
