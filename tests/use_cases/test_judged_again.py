"""The site's own standards in days, written after dates were taken in: the days that passed are judged by them."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted
from assessments.rules.clocks import Clock, Moments
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.tables import Assessment
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.clocks import record_clocks, set_clocks
from assessments.use_cases.record_ratings import rate_record, record_ratings
from assessments.use_cases.reviews import reviews, write_review_rules
from assessments.use_cases.sheets import Answer
from assessments.use_cases.trail import audit_trail, verify_trail
from tests.use_cases.cast import NOW, everything
from tests.use_cases.reviewed import RULE, Reviewed, reviewed

DATES = Moments(
    identified=date(2026, 3, 1),
    began=date(2026, 3, 6),
    referred=date(2026, 3, 2),
    first_service=date(2026, 3, 12),
    infant_stays=True,
)
YES, NO, OPEN = Answer(State.LEVEL, 4), Answer(State.LEVEL, 0), Answer(State.CANNOT_JUDGE)


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def writes(review: Reviewed, start: int | None = None, service: int | None = None) -> None:
    (line,) = review.house.read(reviews)
    rules = replace(line.rules, start_days=start, service_days=service)
    if rules != line.rules:
        review.house.write(write_review_rules, review.review, rules, line.version)


def dated(review: Reviewed, record: str, moments: Moments = DATES) -> None:
    review.house.write(set_clocks, review.review, record, moments, 1)


def clock(review: Reviewed, record: str, name: Clock) -> tuple[str, int | None]:
    found = review.house.read(record_clocks, review.review, [record])[record][name].came_to
    return found.state, found.elapsed


def answer(review: Reviewed, record: str, assessment: str = "") -> Answer:
    of = assessment or review.house.assessment
    found: Answer = review.house.read(record_ratings, of, [record])[record][
        "ADD-W21" if assessment else "POP-15"
    ].answer
    return found


def test_what_passed_before_the_standard_was_written_is_judged_by_it(review: Reviewed) -> None:
    house = review.house
    house.write(choose_pack, *RULE)
    rule = house.write(start_assessment, house.site, house.cycle, *RULE)
    drawn, other = review.lists(2, drawn=1, quarter="2026-Q1")
    for record in (drawn, other):
        dated(review, record)
    assert clock(review, drawn, "first-service") == ("cannot-judge", 10) and answer(review, drawn) == OPEN
    writes(review, start=5, service=9)
    for record in (drawn, other):
        assert clock(review, record, "first-service") == ("not-met", 10)
        assert clock(review, record, "started-when-known") == ("met", 5)
    assert answer(review, drawn) == NO and answer(review, drawn, rule) == YES
    assert not review.house.read(record_ratings, house.assessment, [other]), "what is not drawn is not answered"
    writes(review, start=4, service=10)
    assert answer(review, drawn) == YES and answer(review, drawn, rule) == NO
    writes(review)
    assert answer(review, drawn) == OPEN and clock(review, drawn, "first-service") == ("cannot-judge", 10)
    told = repr(house.read(audit_trail, most=1_000).entries)
    assert "first-service: not-met" in told and "2026-03" not in told
    assert house.read(verify_trail, "") == []


def test_an_answer_given_by_hand_stays_and_so_does_the_clock_beside_it(review: Reviewed) -> None:
    by_hand, other = review.lists(2, quarter="2026-Q1")
    for record in (by_hand, other):
        dated(review, record)
    version = review.house.read(record_ratings, review.house.assessment, [by_hand])[by_hand]["POP-15"].version
    review.house.write(rate_record, review.house.assessment, by_hand, "POP-15", YES, version)
    writes(review, service=9)
    assert (answer(review, by_hand), clock(review, by_hand, "first-service")) == (YES, ("cannot-judge", 10))
    assert answer(review, other) == NO


def test_other_answers_given_by_hand_are_left_alone(review: Reviewed) -> None:
    (record,) = review.lists(1, quarter="2026-Q1")
    dated(review, record)
    review.put("record_rating", [review._rating(record, "POP-05", 0, "first")])
    review.clocked(record, "complete-before-mother-home", "met", -1)
    writes(review, service=9)
    found = review.house.read(record_ratings, review.house.assessment, [record])[record]
    assert found["POP-05"].answer == NO and not found["POP-05"].clocked


def test_what_two_readers_compared_stays(review: Reviewed) -> None:
    (twice,) = review.lists(1, second=True, quarter="2026-Q1")
    (once,) = review.lists(1, quarter="2026-Q1")
    for record in (twice, once):
        dated(review, record)
    review.change(compared_at=NOW)
    writes(review, service=10)
    assert clock(review, twice, "first-service") == ("cannot-judge", 10)
    assert clock(review, once, "first-service") == ("met", 10)


def test_while_a_checklist_is_submitted_the_standards_stay(review: Reviewed) -> None:
    (record,) = review.lists(1, quarter="2026-Q1")
    dated(review, record)
    with database.writing(review.house.engine) as db:
        db.get_one(Assessment, (review.house.actor.agency_id, review.house.assessment)).status = "submitted"
    before = everything(review.house.engine)
    with pytest.raises(AlreadySubmitted, match="Reopen it first"):
        writes(review, service=10)
    assert everything(review.house.engine) == before


def test_where_a_date_was_missing_nothing_is_made_up(review: Reviewed) -> None:
    (record,) = review.lists(1, quarter="2026-Q1")
    dated(review, record, replace(DATES, first_service=None))
    before = review.house.read(record_clocks, review.review, [record])
    writes(review, service=10)
    assert clock(review, record, "first-service") == ("cannot-judge", None)
    assert review.house.read(record_clocks, review.review, [record]) == before


def test_what_names_no_plan_is_not_met_by_any_standard(review: Reviewed) -> None:
    (record,) = review.lists(1, began="no-plan")
    dated(review, record, Moments(identified=date(2026, 3, 1)))
    writes(review, start=3_000)
    assert clock(review, record, "started-when-known") == ("not-met", None)
