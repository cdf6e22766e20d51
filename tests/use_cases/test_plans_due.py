"""What Home says of plans: what is drawn and unread, and which quarter nobody counted."""

import pytest
from sqlalchemy import Engine, update

from assessments.rules.state_counts import StateCounts
from assessments.store import database
from assessments.store.tables import Assessment
from assessments.use_cases.plans_due import PlansDue, plans_due
from assessments.use_cases.quarter_counts import write_quarter_count
from tests.use_cases.cast import NOW, House, joins
from tests.use_cases.reviewed import Reviewed, reviewed

LAST = "2026-Q3"


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def due(house: House) -> PlansDue:
    found: PlansDue = house.read(plans_due, NOW.date())
    return found


def left(house: House) -> list[tuple[int, int]]:
    return [(one.left, one.drawn) for one in due(house).unread]


def test_who_has_nothing_to_do_with_plans_is_told_nothing(house: House) -> None:
    assert due(house) == PlansDue(quarter=LAST)


def test_a_review_is_due_until_everybody_has_read_all_that_was_drawn(review: Reviewed) -> None:
    assert left(review.house) == [], "nothing is drawn"
    first, second, _ = review.lists(3, drawn=2)
    (twice,) = review.lists(1, second=True)
    assert left(review.house) == [(3, 3)]
    review.finds_all([first, second, twice])
    assert left(review.house) == [(1, 3)], "one is read by two"
    review.finds(twice, {one.id: 3 for one in review.checklist.indicators}, "second")
    assert left(review.house) == []


def test_what_was_submitted_is_not_due(review: Reviewed) -> None:
    review.lists(2)
    with database.writing(review.house.engine) as db:
        db.execute(update(Assessment).values(status="submitted"))
    assert left(review.house) == []


def test_the_last_quarter_that_is_over_is_due_once_an_agency_counts(house: House) -> None:
    house.write(write_quarter_count, house.site, "2026-Q1", StateCounts(3), 0)
    assert due(house).uncounted == ("Main Street",)
    house.write(write_quarter_count, house.site, LAST, StateCounts(0), 0)
    assert due(house).uncounted == ()
    house.write(write_quarter_count, house.site, LAST, StateCounts(), 1)
    assert due(house).uncounted == ("Main Street",), "emptied again"


def test_who_cannot_read_records_is_told_nothing(review: Reviewed) -> None:
    review.lists(2)
    trainer = review.house.seen_by(joins(review.house.engine, review.house.actor.agency_id, "trainer"))
    assert due(trainer) == PlansDue()
