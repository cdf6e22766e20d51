"""Two readers: each alone, then laid side by side, and from then on what each gave stays."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, AlreadyThere, BadInput, Conflict
from assessments.use_cases.readers import (
    FirstStands,
    ReadersCompared,
    Unlike,
    agree_on,
    compare_readers,
    first_stands,
    readers_compared,
    readers_differ,
)
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


def stands(review: Reviewed) -> FirstStands:
    found: FirstStands = review.house.read(first_stands, review.house.assessment)
    return found


def test_how_many_answers_still_stand_as_the_first_gave_them(review: Reviewed) -> None:
    records = review.lists(2, second=True)
    one, other, *_ = names(review)
    both_read(review, records, {one: 0, other: "?"})
    assert stands(review) == FirstStands(2), "nothing of how far they differ before they are compared"
    review.house.write(compare_readers, review.review)
    assert stands(review) == FirstStands(2, compared=True, apart=2)
    review.house.write(agree_on, review.house.assessment, records[0], {one: (level(4), 0)})
    assert stands(review).apart == 1


def test_nobody_reads_twice(review: Reviewed) -> None:
    review.lists(2)
    assert stands(review) == FirstStands()


def test_what_is_agreed_on_in_a_record_is_saved_whole_or_not_at_all(review: Reviewed) -> None:
    records = review.lists(1, second=True)
    one, other, third, *_ = names(review)
    both_read(review, records, {one: 0, other: "?", third: 0})
    draft, agreed = review.house.assessment, {one: (level(0), 0), other: (CANNOT_JUDGE, 0)}
    with pytest.raises(BadInput, match="read on their own first"):
        review.house.write(agree_on, draft, records[0], agreed)
    review.house.write(compare_readers, review.review)
    assert review.house.write(agree_on, draft, records[0], agreed) == 2
    before = everything(review.house.engine)
    for wrong, why in (({third: (level(0), 0), one: (level(4), 0)}, Conflict), ({third: (level(2), 0)}, BadInput)):
        with pytest.raises(why):
            review.house.write(agree_on, draft, records[0], wrong)
    assert everything(review.house.engine) == before
    assert review.house.write(agree_on, draft, records[0], {one: (level(0), 1), other: (level(4), 1)}) == 1
    assert [each.agreed for each in differ(review)] == [level(0), level(4), UNRATED]


def test_how_far_they_agree(review: Reviewed) -> None:
    records = review.lists(5, second=True)
    one, other, *_ = names(review)
    both_read(review, records, {one: 0, other: "?"})
    review.house.write(compare_readers, review.review)
    found = compared(review)
    agreement = found.by[0].agreement
    assert agreement is not None and agreement.levels.compared == 0
    assert (agreement.yes_no.compared, agreement.yes_no.exact) == (49, 48)
    assert agreement.yes_no.chance is None and "AC1 need raters who each gave both answers" in agreement.yes_no.why_not
    assert not found.few


def test_levels_and_plain_answers_are_not_mixed(engine: Engine) -> None:
    """Of 53 elements 35 have levels; the second is one level off in two and says no to three of the others."""
    review = reviewed(engine)
    ladders = review.checklist.ladder_of
    plain = [name for name in names(review) if len(ladders[name].levels) == 2]
    levels = [name for name in names(review) if name not in plain]
    for record in review.lists(1, second=True):
        first: dict[str, Found] = {name: 4 - 4 * (place % 2) for place, name in enumerate(plain)}
        first |= {name: place % 5 for place, name in enumerate(levels)}
        review.finds(record, first)
        off = dict.fromkeys(plain[1:6:2], 4) | {levels[0]: 1, levels[1]: 2}
        review.finds(record, first | off, "second")
    review.house.write(compare_readers, review.review)
    agreement = compared(review).by[0].agreement
    assert agreement is not None
    found = agreement.levels
    assert (found.compared, found.exact, found.within_one, found.apart) == (35, 33, 35, 2)
    assert found.chance is not None and found.chance.kappa < 1
    assert (agreement.yes_no.compared, agreement.yes_no.exact) == (18, 15)
    assert agreement.yes_no.why_not == "Kappa and AC1 need 20 answers that both gave; here are 18."


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
    assert found.agreement is not None and found.agreement.yes_no.compared == 24 * 5


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
