"""Two readers: each alone, then laid side by side, and from then on what each gave stays."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, AlreadyThere, BadInput
from assessments.use_cases.readers import ReadersCompared, Unlike, compare_readers, readers_compared, readers_differ
from assessments.use_cases.record_ratings import rate_record
from assessments.use_cases.sheets import UNRATED
from tests.use_cases.cast import CANNOT_JUDGE, everything, level
from tests.use_cases.reviewed import RULE, Found, Reviewed, reviewed

BEDS = ("safe-sleep", "1.0")
NOTHING: Mapping[str, Found] = {}


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine, BEDS)


def both_read(review: Reviewed, records: list[str], second: Mapping[str, Found] = NOTHING) -> None:
    """Everything a yes by both, but for what the second found in the first record."""
    names = [one.id for one in review.checklist.indicators]
    for place, record in enumerate(records):
        review.finds(record, dict.fromkeys(names, 4))
        review.finds(record, {name: 4 if place else second.get(name, 4) for name in names}, "second")


def compared(review: Reviewed) -> ReadersCompared:
    found: ReadersCompared = review.house.read(readers_compared, review.review)
    return found


def differ(review: Reviewed) -> list[Unlike]:
    found: list[Unlike] = review.house.read(readers_differ, review.house.assessment)
    return found


def names(review: Reviewed) -> list[str]:
    return [one.id for one in review.checklist.indicators]


def test_only_once_both_are_through(review: Reviewed) -> None:
    records = review.lists(5, second=True)
    both_read(review, records[:4])
    review.finds(records[4], {one.id: 4 for one in review.checklist.indicators})
    first, *rest = review.checklist.indicators
    review.finds(records[4], {one.id: 0 for one in rest}, "second")
    before = everything(review.house.engine)
    (found,) = compared(review).by
    assert (found.asked, found.first, found.second, found.done) == (50, 50, 49, False)
    assert found.agreement is None and differ(review) == [], "nothing of the other before"
    with pytest.raises(BadInput, match="both readers first answer everything"):
        review.house.write(compare_readers, review.review)
    assert everything(review.house.engine) == before
    review.house.write(rate_record, review.house.assessment, records[4], first.id, level(4), 0, "second")
    review.house.write(compare_readers, review.review)
    assert compared(review).by[0].differ == 9


def test_what_was_compared_stays_and_what_is_agreed_comes_beside(review: Reviewed) -> None:
    records = review.lists(5, second=True)
    one, other, *_ = names(review)
    both_read(review, records, {one: 0, other: "?"})
    review.house.write(compare_readers, review.review)
    with pytest.raises(AlreadyThere):
        review.house.write(compare_readers, review.review)
    assert [(each.code, each.first, each.second, each.agreed) for each in differ(review)] == [
        ("P-001", level(4), level(0), UNRATED),
        ("P-001", level(4), CANNOT_JUDGE, UNRATED),
    ]
    draft = review.house.assessment
    for reader in ("first", "second"):
        with pytest.raises(AlreadySubmitted, match="compared and stays"):
            review.house.write(rate_record, draft, records[0], one, level(0), 1, reader)
    review.house.write(rate_record, draft, records[0], one, level(0), 0, "agreed")
    (found,) = compared(review).by
    assert (found.differ, found.settled) == (2, 1)
    assert differ(review)[0].agreed == level(0)


def test_how_far_they_agree(review: Reviewed) -> None:
    records = review.lists(5, second=True)
    one, other, *_ = names(review)
    both_read(review, records, {one: 0, other: "?"})
    review.house.write(compare_readers, review.review)
    found = compared(review)
    agreement = found.by[0].agreement
    assert agreement is not None
    assert (agreement.compared, agreement.exact, agreement.within_one, agreement.apart) == (49, 48, 48, 4)
    assert agreement.chance is None and "two levels" in agreement.why_not
    assert not found.few


def test_under_five_they_are_few(review: Reviewed) -> None:
    both_read(review, review.lists(4, second=True))
    assert compared(review).few


def test_what_follows_from_the_clocks_is_nobodys_reading(engine: Engine) -> None:
    review = reviewed(engine, RULE)
    records = review.lists(5, second=True)
    clock = "ADD-W22"
    others = {one.id: 4 for one in review.checklist.indicators if one.id != clock}
    for record in records:
        review.finds(record, others)
        review.finds(record, others, "second")
        row = {**review._rating(record, clock, 4, "first"), "clocked": True}
        review.put("record_rating", [row])
    (found,) = compared(review).by
    assert found.asked == 24 * 5 and found.done
    review.house.write(compare_readers, review.review)
    (found,) = compared(review).by
    assert found.agreement is not None and found.agreement.compared == 24 * 5


def test_a_record_put_aside_is_not_waited_for(review: Reviewed) -> None:
    records = review.lists(5, second=True)
    review.lists(1, second=True, put_aside="not-found")
    both_read(review, records)
    review.house.write(compare_readers, review.review)
    assert compared(review).records == 5


def test_nothing_to_compare(review: Reviewed) -> None:
    review.lists(3)
    with pytest.raises(BadInput, match="No record of this review is read by two"):
        review.house.write(compare_readers, review.review)
