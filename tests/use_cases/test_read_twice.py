"""What is kept from whom where two read the same record, and that no checklist is closed before both have read it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, AlreadyThere, NotAllowed
from assessments.rules.clocks import Moments
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.clocks import set_clocks
from assessments.use_cases.read_twice import two_readers
from assessments.use_cases.readers import ReadersCompared, compare_readers, readers_compared, readers_differ
from assessments.use_cases.record_ratings import rate_record, record_ratings
from assessments.use_cases.records import records
from assessments.use_cases.review_results import Unmet, review_results, unmet_cases
from standards import catalogue
from tests.reports.readings import Pen, taken_out, wrong
from tests.use_cases.cast import CANNOT_JUDGE, NOW, everything, joins, level
from tests.use_cases.reviewed import PLANS, RULE, Reviewed, reviewed

LATER = NOW + timedelta(days=1)
CLOCK = "ADD-W22"


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine, RULE)


def by_another(review: Reviewed) -> Reviewed:
    other = joins(review.house.engine, review.house.actor.agency_id, "assessor")
    return replace(review, house=review.house.seen_by(other))


def all_read(review: Reviewed, record: str, reader: str, **but: int | str) -> None:
    found = {name: review.highest(name) for name in review.checklist.indicator}
    review.finds(record, found | {name.replace("_", "-"): value for name, value in but.items()}, reader)


def compared(review: Reviewed) -> ReadersCompared:
    found: ReadersCompared = review.house.read(readers_compared, review.review)
    return found


def started(review: Reviewed, key: tuple[str, str]) -> Reviewed:
    """A further checklist on the same records."""
    house, checklist = review.house, catalogue.library()[key]
    if checklist.pack:
        house.write(choose_pack, *key)
    draft = house.write(start_assessment, house.site, house.cycle, *key, now=LATER)
    return Reviewed(replace(house, assessment=draft), review.review, checklist)


def test_whoever_reads_as_one_neither_sees_nor_reads_as_the_other(review: Reviewed) -> None:
    record, alone = review.lists(1, second=True) + review.lists(1)
    draft, other = review.house.assessment, by_another(review)
    review.house.write(rate_record, draft, record, "ADD-W05", level(4), 0)
    review.house.write(rate_record, draft, alone, "ADD-W05", level(4), 0)
    other.house.write(rate_record, draft, record, "ADD-W05", level(0), 0, "second")
    before = everything(review.house.engine)
    for house, not_theirs in ((review.house, "second"), (other.house, "first")):
        with pytest.raises(NotAllowed, match="as the other of its two readers"):
            house.read(record_ratings, draft, [alone, record], not_theirs)
        with pytest.raises(NotAllowed, match="as the other of its two readers"):
            house.write(rate_record, draft, record, "ADD-W06", level(4), 0, not_theirs)
        assert house.read(two_readers, draft).barred[not_theirs] == {record}
    assert everything(review.house.engine) == before
    assert other.house.read(record_ratings, draft, [alone], "first"), "what one reads alone is everybody's to see"
    assert review.house.read(record_ratings, draft, [record], "first")


def test_after_the_comparison_both_see_both(review: Reviewed) -> None:
    (record,) = review.lists(1, second=True)
    other = by_another(review)
    all_read(review, record, "first")
    all_read(other, record, "second")
    review.house.write(compare_readers, review.review)
    assert review.house.read(record_ratings, review.house.assessment, [record], "second")
    assert compared(review).by[0].by_one == 0


def test_who_cleared_what_they_gave_may_read_as_the_other(review: Reviewed) -> None:
    (record,) = review.lists(1, second=True)
    by_another(review)
    review.finds(record, {"ADD-W05": ""})
    review.house.write(rate_record, review.house.assessment, record, "ADD-W05", level(4), 0, "second")


def test_a_workbook_does_not_bring_what_the_screen_refuses(engine: Engine) -> None:
    review = reviewed(engine)
    (record,) = review.lists(1, second=True)
    out = Pen(taken_out(review, "second")).write("P-001", "POC-01", 1).content()
    assert wrong(review, out) == [], "control"
    by_another(review)
    review.house.write(rate_record, review.house.assessment, record, "POC-01", level(3), 0)
    assert "as the other of its two readers" in wrong(review, out)[0][1]


def test_one_person_alone_reads_as_both_and_it_is_told(review: Reviewed) -> None:
    joins(review.house.engine, review.house.actor.agency_id, "trainer", "Tia Trainer")
    records = review.lists(2, second=True)
    review.house.write(rate_record, review.house.assessment, records[0], "ADD-W05", level(4), 0)
    review.house.write(rate_record, review.house.assessment, records[0], "ADD-W05", level(4), 0, "second")
    for reader in ("first", "second"):
        review.finds(records[0], {one: 4 for one in review.checklist.indicator if one != "ADD-W05"}, reader)
        all_read(review, records[1], reader)
    review.house.write(compare_readers, review.review)
    assert (compared(review).several, compared(review).by[0].by_one) == (False, 2)


def test_what_is_unmet_in_a_record_read_twice_is_told_once_it_is_compared(review: Reviewed) -> None:
    twice, alone = review.lists(1, second=True) + review.lists(1)
    review.finds_all([twice, alone], ADD_W07=0)
    draft = review.house.assessment
    assert review.house.read(unmet_cases, draft) == [Unmet("ADD-W07", "P-002")]
    all_read(review, twice, "second")
    review.house.write(compare_readers, review.review)
    assert review.house.read(unmet_cases, draft) == [Unmet("ADD-W07", "P-001"), Unmet("ADD-W07", "P-002")]


@pytest.mark.parametrize("begun", [True, False], ids=["begun before the comparison", "started after it"])
def test_no_other_checklist_is_closed_unread(review: Reviewed, begun: bool) -> None:
    (record,) = review.lists(1, second=True)
    all_read(review, record, "first")
    all_read(review, record, "second", ADD_W05=0)
    if begun:
        plans = started(review, PLANS)
        plans.finds(record, {"POC-01": 4})
    review.house.write(compare_readers, review.review)
    if not begun:
        plans = started(review, PLANS)
    assert [one.title for one in compared(review).compared] == [review.checklist.title]
    with pytest.raises(AlreadyThere):
        review.house.write(compare_readers, review.review)
    for reader in ("first", "second"):
        review.house.write(rate_record, plans.house.assessment, record, "POC-02", level(4), 0, reader, now=LATER)
    assert review.house.read(readers_differ, plans.house.assessment) == []
    left = {"first": {"POC-02", "POC-01"} if begun else {"POC-02"}, "second": {"POC-02"}}
    for reader, given in left.items():
        plans.finds(record, {name: plans.highest(name) for name in plans.checklist.indicator.keys() - given}, reader)
    assert compared(review).can_be_compared
    review.house.write(compare_readers, review.review, now=LATER)
    assert len(compared(review).compared) == 2 and len(review.house.read(readers_differ, review.house.assessment)) == 1
    for reading, name in ((plans, "POC-02"), (review, "ADD-W05")):
        with pytest.raises(AlreadySubmitted, match="compared and stays"):
            review.house.write(rate_record, reading.house.assessment, record, name, level(0), 1, now=LATER)


def test_what_the_dates_leave_open_is_agreed_on_where_the_second_answered(review: Reviewed) -> None:
    (record,) = review.lists(1, second=True)
    review.finds(record, {name: 4 for name in review.checklist.indicator if name != CLOCK})
    review.put("record_rating", [{**review._rating(record, CLOCK, "?", "first"), "clocked": True}])
    all_read(review, record, "second")
    review.house.write(compare_readers, review.review)
    (found,) = review.house.read(readers_differ, review.house.assessment)
    assert (found.indicator, found.first, found.second) == (CLOCK, CANNOT_JUDGE, level(4))
    assert compared(review).by[0].differ == 1
    review.house.write(rate_record, review.house.assessment, record, CLOCK, level(4), 0, "agreed")
    assert compared(review).by[0].settled == 1


def test_nobody_has_ever_read_more_than_is_asked(engine: Engine) -> None:
    """What the dates leave open is answered by hand; where they are certain later, it is still one answer."""
    review = reviewed(engine)
    (record,) = review.lists(1, second=True)
    house, of, asked = review.house, review.house.assessment, len(review.checklist.indicator)

    def counted() -> list[int]:
        (line,) = house.read(records, review.review)
        by = compared(review).by[0]
        assert max(line.read[of]) <= asked and max(by.first, by.second) <= by.asked <= asked
        assert house.read(review_results, of).read.read <= 1
        return [*line.read[of]]

    born = date(2026, 3, 9)
    house.write(set_clocks, review.review, record, Moments(born, completed=born, mother_home=born, began=born), 1)
    open_still = {"POP-05"}
    given = house.read(record_ratings, of, [record])[record]
    left = {n: review.highest(n) for n in review.checklist.indicator if n not in given}
    review.finds(record, left)
    second = left | {n: 4 for n, one in given.items() if one.answer == CANNOT_JUDGE}
    assert open_still <= second.keys() & given.keys(), "the control: some are left open by the dates"
    review.finds(record, second, "second")
    assert counted()[:2] == [asked, asked]
    later = date(2026, 3, 12)
    house.write(set_clocks, review.review, record, Moments(born, completed=born, mother_home=later, began=born), 2)
    assert counted()[:2] == [asked, asked]
