"""A record without a plan: what is absent counts as not met, and nothing of a plan stands there."""

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, BadInput, NotAllowed
from assessments.rules.no_plan import NO_PLAN, OF_A_PLAN, is_absent, needs_a_plan
from assessments.use_cases.no_plan import answer_no_plan
from assessments.use_cases.readers import compare_readers
from assessments.use_cases.record_ratings import Reader, rate_record, record_ratings
from assessments.use_cases.review_results import review_results
from standards import catalogue
from tests.reports.readings import Pen, taken_out, wrong
from tests.use_cases.cast import CANNOT_JUDGE, everything, joins, level
from tests.use_cases.reviewed import PLANS, RULE, Reviewed, reviewed


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def answered(review: Reviewed, record: str, reader: Reader = "first") -> dict[str, object]:
    found = review.house.read(record_ratings, review.house.assessment, [record], reader).get(record, {})
    return {name: one.answer for name, one in found.items()}


def answer_all(review: Reviewed, record: str, reader: Reader = "first") -> int:
    given: int = review.house.write(answer_no_plan, review.house.assessment, record, reader)
    return given


def test_every_element_named_is_one_of_a_plan() -> None:
    plans, rule = (catalogue.library()[key] for key in (PLANS, RULE))
    assert plans.indicator.keys() | rule.indicator.keys() >= OF_A_PLAN
    assert all(plans.ladder_of[name].values == (0, 4) for name in OF_A_PLAN & plans.indicator.keys())
    without = {one.id for one in (*plans.indicators, *rule.indicators) if not needs_a_plan(one)}
    assert without == {f"POP-{n}" for n in (13, 14, 15, 16, 17)} | {f"ADD-W{n}" for n in (12, 13, 14, 15, 16, 19)}


def test_what_a_plan_would_hold_is_answered_once_and_counts_as_not_met(review: Reviewed) -> None:
    there, without = review.lists(1) + review.lists(1, began=NO_PLAN)
    review.finds_all([there])
    review.finds(without, {"POC-04": "?"})
    absent = {one.id for one in review.checklist.indicators if is_absent(one)}
    assert answer_all(review, without) == len(absent) - 1
    given = answered(review, without)
    assert given.keys() == absent and given["POC-04"] == CANNOT_JUDGE, "what somebody has answered stays"
    assert given["POC-01"] == level(0) and answer_all(review, without) == 0
    found = review.house.read(review_results, review.house.assessment)
    assert (found.elements["POC-01"].met, found.elements["POC-01"].of, found.read.no_plan) == (1, 2, 1)
    assert found.elements["POC-09"].unread == 1, "it may not apply, which only the record tells"


def test_nothing_of_a_plan_stands_where_there_is_none(review: Reviewed) -> None:
    without, there = review.lists(1, began=NO_PLAN) + review.lists(1)
    draft, before = review.house.assessment, everything(review.house.engine)
    for name, value in (("POC-01", 4), ("POC-01", 1), ("POP-08", 4)):
        with pytest.raises(BadInput, match=f"no plan in this record, so nothing that {name} asks"):
            review.house.write(rate_record, draft, without, name, level(value), 0)
    with pytest.raises(BadInput, match="does not say of P-002 that there is no plan"):
        answer_all(review, there)
    assert everything(review.house.engine) == before
    for record, name, value in ((without, "POC-01", 0), (without, "POP-13", 4), (there, "POC-01", 4)):
        review.house.write(rate_record, draft, record, name, level(value), 0)


def test_each_reader_answers_for_themselves_and_not_after_the_comparison(review: Reviewed) -> None:
    (record,) = review.lists(1, began=NO_PLAN, second=True)
    answer_all(review, record)
    assert answered(review, record, "second") == {}
    other = joins(review.house.engine, review.house.actor.agency_id, "assessor")
    with pytest.raises(NotAllowed):
        answer_all(review, record, "second")
    theirs = review.house.seen_by(other)
    theirs.write(answer_no_plan, review.house.assessment, record, "second")
    rest = {one.id: review.highest(one.id) for one in review.checklist.indicators if not is_absent(one)}
    for reader in ("first", "second"):
        review.finds(record, rest, reader)
    review.house.write(compare_readers, review.review)
    with pytest.raises(AlreadySubmitted):
        answer_all(review, record)


def test_what_follows_from_the_clocks_stays(engine: Engine) -> None:
    review = reviewed(engine, RULE)
    (record,) = review.lists(1, began=NO_PLAN, second=True)
    joins(engine, review.house.actor.agency_id, "assessor")
    review.put("record_rating", [{**review._rating(record, "ADD-W07", 0, "first"), "clocked": True}])
    answer_all(review, record, "second")
    given = answered(review, record, "second")
    assert "ADD-W07" not in given and given["ADD-W01"] == level(0) and "ADD-W19" not in given


def test_the_workbook_says_it_and_does_not_bring_what_the_screen_refuses(review: Reviewed) -> None:
    review.lists(1, began=NO_PLAN)
    review.lists(1)
    out = taken_out(review)
    pen = Pen(out)
    assert pen.cell("P-001", "Quarter").value == "2026-Q1, no plan" and pen.cell("P-002", "Quarter").value == "2026-Q2"
    assert pen.cell("P-001", "POC-01").value == "0 Absent" and pen.cell("P-001", "POC-09").value is None
    assert pen.cell("P-002", "POC-01").value is None
    assert "no plan" in "\n".join(str(row[0].value) for row in pen.book["Read me"].iter_rows())
    assert wrong(review, out) == []
    ((where, said),) = wrong(review, Pen(out).write("P-001", "POC-01", "4 Followed up").content())
    assert where.startswith("Reading") and "no plan in this record" in said
