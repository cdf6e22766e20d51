"""What a review comes to, from its rows."""

from fractions import Fraction

import pytest
from sqlalchemy import Engine

from assessments.errors import NotAllowed, NotFound
from assessments.use_cases.review_results import (
    Course,
    Results,
    Unmet,
    course_of_element,
    reads_records,
    review_results,
    unmet_cases,
)
from assessments.use_cases.reviews import reviews
from tests.use_cases.cast import NOW, joins
from tests.use_cases.reviewed import RULE, Found, Reviewed, reviewed

GIVEN: tuple[Found, ...] = (4, 0, "na", 4, 0)


@pytest.fixture
def plans(engine: Engine) -> Reviewed:
    return reviewed(engine)


def results(of: Reviewed) -> Results:
    found: Results = of.house.read(review_results, of.house.assessment)
    return found


def test_nothing_is_known_before_anything_is_read(plans: Reviewed) -> None:
    found = results(plans)
    assert found.read.listed == found.read.drawn == found.read.begun == 0 and not found.critical.of
    plans.lists(6)
    found = results(plans)
    assert (found.read.listed, found.read.drawn, found.read.read) == (6, 6, 0)
    one = found.elements["POC-01"]
    assert (one.met, one.of, one.unread, one.level, one.interval) == (0, 0, 6, None, None)
    assert found.critical.not_known == found.headings["BAS"].not_known == 6 and found.critical.interval is None


def test_what_is_not_known_is_never_not_met(plans: Reviewed) -> None:
    first, second, third, fourth, *_ = plans.lists(6)
    for record, found in ((first, 4), (second, 2), (third, "?"), (fourth, "na")):
        plans.finds(record, {"POC-32": found})
    one = results(plans).elements["POC-32"]
    assert (one.met, one.of, one.not_applicable, one.cannot_judge, one.unread) == (1, 2, 1, 1, 2)
    assert one.provisional and one.level is None  # judged in two of the five to which it may apply
    assert one.interval and one.interval.kind == "exact" and one.interval.out_of == 5


def test_all_records_leave_nothing_uncertain(plans: Reviewed) -> None:
    records = plans.lists(6)
    plans.finds_all(records[:5])
    plans.finds_all(records[5:], POC_01=1)
    found = results(plans)
    one = found.elements["POC-01"]
    assert one.interval and one.interval.kind == "all" and (one.met, one.of, one.level) == (5, 6, 3)
    assert (found.critical.met, found.critical.not_met, found.critical.not_known) == (5, 1, 0)
    assert found.read.read == found.read.begun == 6


def test_a_draw_speaks_of_its_list(plans: Reviewed) -> None:
    records = plans.lists(12, drawn=10)
    plans.finds_all(records[:10])
    one = results(plans).elements["POC-01"]
    assert one.interval and one.interval.kind == "exact" and one.interval.low == Fraction(11, 12)


def test_records_put_aside_are_not_read_and_stay_in_the_list(plans: Reviewed) -> None:
    records = plans.lists(8)
    plans.lists(1, put_aside="not-found")
    plans.lists(1, put_aside="not-eligible")
    plans.finds_all([*records, *plans.ids()[8:]])
    found = results(plans)
    assert (found.read.listed, found.read.belonging, found.read.drawn, found.read.put_aside) == (10, 9, 8, 2)
    one = found.elements["POC-01"]
    assert (one.met, one.of) == (8, 8) and one.interval and one.interval.out_of == 9


def test_one_known_gap_fails_a_plan_and_an_open_question_does_not(plans: Reviewed) -> None:
    whole, gap, doubt, begun, _ = plans.lists(5)
    plans.finds_all([whole])
    plans.finds_all([gap], POC_01=0, POC_02="?")
    plans.finds_all([doubt], POC_02="?")
    plans.finds(begun, {"POC-01": 4})
    found = results(plans).critical
    assert (found.met, found.not_met, found.not_known) == (1, 1, 3)


def test_a_heading_is_addressed_by_one_topic_that_applies(plans: Reviewed) -> None:
    one, none, open_, empty = plans.lists(4)
    basics = [indicator.id for indicator in plans.checklist.by_domain["BAS"]]
    missed: dict[str, Found] = dict.fromkeys((name.replace("-", "_") for name in basics), 0)
    plans.finds_all([one], **{**missed, "POC_06": 3})
    plans.finds_all([none], **missed)
    plans.finds_all([open_], **{**missed, "POC_06": "?"})
    plans.finds_all([empty], **dict.fromkeys(missed, "na"))
    found = results(plans)
    basic = found.headings["BAS"]
    assert (basic.met, basic.not_met, basic.not_known, basic.not_applicable) == (1, 1, 1, 1)
    whole = found.all_headings
    assert whole and (whole.met, whole.not_met, whole.not_known) == (2, 1, 1)


def test_a_plan_without_an_end_fails_once(engine: Engine) -> None:
    rule = reviewed(engine, RULE)
    first, second = rule.lists(2)
    rule.finds_all([first], ADD_W07=0, ADD_W08="?")
    rule.finds_all([second])
    found = results(rule)
    assert (found.critical.met, found.critical.not_met, found.critical.not_known) == (1, 1, 0)
    assert (found.elements["ADD-W08"].of, found.elements["ADD-W08"].cannot_judge) == (1, 1)
    assert not found.headings and found.all_headings is None


def test_what_two_agreed_on_stands_for_what_the_first_found(plans: Reviewed) -> None:
    both, alone = plans.lists(1, second=True) + plans.lists(1)
    plans.finds_all([both, alone])
    plans.finds(both, dict.fromkeys(plans.checklist.indicator, 4) | {"POC-01": 0}, "second")
    plans.finds(both, {"POC-01": 1}, "agreed")
    assert results(plans).elements["POC-01"].met == 2
    plans.change(compared_at=NOW)
    found = results(plans)
    assert found.elements["POC-01"].met == 1 and found.elements["POC-02"].met == 2
    assert plans.house.read(unmet_cases, plans.house.assessment) == [Unmet("POC-01", "P-001")]


def course(of: Reviewed, indicator: str) -> Course:
    found: Course = of.house.read(course_of_element, of.house.assessment, indicator)
    return found


def test_quarters_hold_what_was_judged(plans: Reviewed) -> None:
    records = plans.lists(8)
    plans.finds_all(records[1:], POC_03="na")
    plans.finds_all(records[:1], POC_03=0)
    assert course(plans, "POC-03").quarters == {"2026-Q1": (0, 1)}
    assert course(plans, "POC-04").quarters == {f"2026-Q{number}": (2, 2) for number in (1, 2, 3, 4)}


def test_clocks_count_elapsed_time_of_five_and_more(plans: Reviewed) -> None:
    records = plans.lists(6)
    for record, days in zip(records, (1, 2, 3, 4, 100), strict=False):
        plans.clocked(record, "completed", "met" if days < 100 else "not-met", days)
    for record in records[:4]:
        plans.clocked(record, "interim", "met", 60)
    found = results(plans).clocks
    assert (found["completed"].met, found["completed"].of) == (4, 5)
    assert found["completed"].median == 3
    assert found["interim"].known == 4 and found["interim"].median is None


def test_a_quarter_after_the_other_for_what_happens_rarely(plans: Reviewed) -> None:
    """Of records drawn one after the other, the quarters of four in turn."""
    for place, record in enumerate(plans.lists(8)):
        plans.finds(record, {"POC-01": 4 if place in (0, 3, 5, 6) else 0})
    assert course(plans, "POC-01").met == (True, False, False, True, False, True, True, False)
    with pytest.raises(NotFound):
        course(plans, "ABC-01")


def test_codes_are_for_those_who_read_records(plans: Reviewed) -> None:
    trainer = plans.house.seen_by(joins(plans.house.engine, plans.house.actor.agency_id, "trainer"))
    (record,) = plans.lists(1)
    plans.finds(record, {"POC-01": 0})
    found = trainer.read(review_results, plans.house.assessment)
    assert found.read.listed == 1 and not trainer.read(reads_records)
    assert record not in repr(found) and "P-001" not in repr(found)
    assert [one.seed for one in trainer.read(reviews)] == [""]
    assert [one.seed for one in plans.house.read(reviews)] == ["7"], "control"
    with pytest.raises(NotAllowed):
        trainer.read(unmet_cases, plans.house.assessment)


def test_neither_another_agency_nor_another_kind_of_assessment(plans: Reviewed) -> None:
    with pytest.raises(NotFound):
        plans.house.read(review_results, "elsewhere")
