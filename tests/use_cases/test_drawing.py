"""The draw: after the rules, once, repeatable; and who takes whose place."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, AlreadyThere, BadInput, Conflict, ToolkitError
from assessments.rules.moments import Moments
from assessments.rules.ratings import State
from assessments.rules.sampling import in_turn
from assessments.store import database
from assessments.store.tables import Assessment
from assessments.use_cases.assessments import archive_assessment
from assessments.use_cases.clocks import set_clocks
from assessments.use_cases.drawing import draw_records, put_record_aside
from assessments.use_cases.record_ratings import rate_record
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import write_review_rules
from assessments.use_cases.sheets import Answer
from tests.use_cases.cast import everything
from tests.use_cases.reviewed import Reviewed, as_listed, reviewed
from tests.use_cases.test_records import BORN, RULES, drawn, line, many, rows, to_read, trail

YES = Answer(State.LEVEL, 4)
FORTY = ["2025-Q4"] * 10 + ["2026-Q1"] * 20 + ["2026-Q2"] * 10
STRATIFIED = replace(RULES, margin=15, stratify="quarter")


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def codes(lines: list[RecordLine]) -> list[str]:
    return [one.details.code for one in lines]


def put(review: Reviewed, code: str, why: str) -> str:
    one = next(one for one in rows(review) if one.details.code == code)
    other: str = review.house.write(put_record_aside, review.review, one.id, why, one.version)
    return other


def read(review: Reviewed, code: str) -> None:
    one = next(one for one in rows(review) if one.details.code == code)
    name = next(one.id for one in review.checklist.indicators if one.ladder == "yes-no" and one.id != "POP-01")
    review.house.write(rate_record, review.house.assessment, one.id, name, YES, 0)


def test_nothing_is_drawn_before_the_rules_are_written(review: Reviewed) -> None:
    with pytest.raises(BadInput, match="Write down first"):
        review.house.write(draw_records, review.review, 1, as_listed(review.house, review.review))
    review.house.write(write_review_rules, review.review, RULES, 1)
    with pytest.raises(BadInput, match="The list is empty"):
        review.house.write(draw_records, review.review, 2, as_listed(review.house, review.review))
    many(review, ["2026-Q1"])
    with pytest.raises(Conflict):
        review.house.write(draw_records, review.review, 1, as_listed(review.house, review.review))
    assert line(review).drawn_at is None


def test_when_few_all_are_read_and_five_of_them_twice(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 12)
    found = drawn(review, replace(RULES, margin=15))
    assert codes(found) == in_turn(sorted(codes(rows(review))), "2601")
    assert sum(one.second for one in found) == 5


def test_a_stratified_draw_can_be_repeated_from_list_and_seed(review: Reviewed) -> None:
    many(review, FORTY)
    found = drawn(review, STRATIFIED)
    quarters = {one.details.code: one.details.quarter for one in rows(review)}
    by_hand: list[str] = []
    for quarter, share in (("2025-Q4", 5), ("2026-Q1", 11), ("2026-Q2", 5)):
        by_hand += in_turn([code for code in quarters if quarters[code] == quarter], "2601")[:share]
    assert codes(found) == in_turn(by_hand, "2601")
    assert {one.details.code for one in found if one.second} == set(in_turn(by_hand, "2601:second")[:5])
    assert [one.turn for one in found] == list(range(1, 22))
    assert (line(review).seed, line(review).drawn) == ("2601", 21)
    assert "21 of 40, 5 of them for two readers, seed 2601" in trail(review)


def test_without_a_seed_one_is_made_that_nobody_could_know(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 2)
    drawn(review, seed="")
    assert len(line(review).seed) == 32


@pytest.mark.parametrize("seed", ["123", "Anna", "1" * 41, "2601a", "-2601", "１２３４"])
def test_a_seed_is_of_digits(review: Reviewed, seed: str) -> None:
    many(review, ["2026-Q1"] * 2)
    review.house.write(write_review_rules, review.review, RULES, 1)
    with pytest.raises(BadInput, match="4 to 40 digits"):
        review.house.write(draw_records, review.review, 2, as_listed(review.house, review.review), seed)
    assert not to_read(review)


def test_no_more_than_the_list_and_no_fewer_than_the_rules(review: Reviewed) -> None:
    many(review, FORTY)
    review.house.write(write_review_rules, review.review, STRATIFIED, 1)
    with pytest.raises(BadInput, match="The list has 40 records, so 41 cannot be drawn"):
        review.house.write(draw_records, review.review, 2, as_listed(review.house, review.review), "2601", 41)
    for few in (20, -1):
        with pytest.raises(BadInput, match="at least 21 of 40"):
            review.house.write(draw_records, review.review, 2, as_listed(review.house, review.review), "2601", few)
    assert not to_read(review)
    assert review.house.write(draw_records, review.review, 2, as_listed(review.house, review.review), "2601", 24) == 24
    assert len(to_read(review)) == 24


def test_of_two_who_draw_at_once_one_does(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 30)
    review.house.write(write_review_rules, review.review, STRATIFIED, 1)
    gate = Barrier(2)

    def draw(seed: str) -> int | type[ToolkitError]:
        gate.wait()
        try:
            found: int = review.house.write(
                draw_records, review.review, 2, as_listed(review.house, review.review), seed
            )
        except ToolkitError as refused:
            return type(refused)
        return found

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(draw, ("1111", "2222")))
    assert sorted(map(str, results)) == ["18", str(AlreadyThere)]
    assert len(to_read(review)) == 18
    assert line(review).seed == ("1111", "2222")[results.index(18)]


def test_clocks_set_before_the_draw_are_answers_after_it(review: Reviewed) -> None:
    many(review, ["2026-Q2"] * 2)
    review.house.write(set_clocks, review.review, rows(review)[0].id, Moments(born=BORN, began=date(2026, 4, 7)), 1)
    assert not rows(review)[0].read
    drawn(review)
    assert [sum(count for count, *_ in one.read.values()) > 0 for one in rows(review)] == [True, False]


def test_the_next_in_turn_of_the_same_part_takes_its_place(review: Reviewed) -> None:
    many(review, FORTY)
    found = drawn(review, STRATIFIED)
    first = next(one for one in found if one.second)
    same = [one.details.code for one in rows(review) if one.details.quarter == first.details.quarter]
    expected = next(code for code in in_turn(same, "2601") if code not in codes(found))
    assert put(review, first.details.code, "not-found") == expected
    now = to_read(review)
    assert now[-1].details.code == expected and now[-1].second and len(now) == 21
    assert sum(one.second for one in now) == 5
    assert put(review, first.details.code, "") == expected
    assert [replace(one, version=0) for one in to_read(review)] == [replace(one, version=0) for one in found]


def test_it_is_not_taken_back_once_what_stands_in_for_it_is_read(review: Reviewed) -> None:
    many(review, FORTY)
    code = drawn(review, STRATIFIED)[0].details.code
    other = put(review, code, "not-readable")
    read(review, other)
    before = everything(review.house.engine)
    with pytest.raises(BadInput, match=f"{other} took its place and has been read"):
        put(review, code, "")
    assert everything(review.house.engine) == before


def test_where_none_is_left_one_fewer_is_read_and_another_one_twice(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 8)
    found = drawn(review)
    twice = next(one for one in found if one.second)
    assert put(review, twice.details.code, "not-eligible") == ""
    now = to_read(review)
    assert len(now) == 7 and sum(one.second for one in now) == 5
    assert put(review, twice.details.code, "") == ""
    assert len(to_read(review)) == 8


def test_five_are_read_by_two_whatever_is_put_aside_and_taken_back(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 8)
    found = drawn(review)
    for gone in range(1, 8):
        put(review, found[gone].details.code, "not-found")
        now = to_read(review)
        assert sum(one.second for one in now) == min(5, len(now))
    assert not any(one.second for one in rows(review) if one.put_aside)
    for back in range(1, 8):
        put(review, found[back].details.code, "")
        now = to_read(review)
        assert sum(one.second for one in now) >= min(5, len(now))


def test_a_list_that_was_changed_since_it_was_shown_is_not_drawn(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 3)
    review.house.write(write_review_rules, review.review, RULES, 1)
    shown = {one.id: one.version for one in rows(review)}
    for stale in (dict(list(shown.items())[:2]), {name: version + 1 for name, version in shown.items()}):
        with pytest.raises(Conflict, match="The list was changed"):
            review.house.write(draw_records, review.review, 2, stale, "2601")
    assert review.house.write(draw_records, review.review, 2, shown, "2601") == 3


def test_what_was_compared_is_not_read_a_second_time_by_anybody_new(review: Reviewed) -> None:
    many(review, FORTY)
    found = drawn(review, STRATIFIED)
    review.change(compared_at=line(review).drawn_at)
    put(review, next(one.details.code for one in found if one.second), "not-found")
    assert not to_read(review)[-1].second


def test_what_was_submitted_stays_as_it_was_drawn(review: Reviewed) -> None:
    many(review, ["2026-Q1"] * 2)
    code = drawn(review)[0].details.code
    with database.writing(review.house.engine) as db:
        db.get_one(Assessment, (review.house.actor.agency_id, review.house.assessment)).status = "submitted"
    with pytest.raises(AlreadySubmitted, match="Reopen it first"):
        put(review, code, "not-found")
    review.house.write(archive_assessment, review.house.assessment)
    with pytest.raises(AlreadySubmitted, match="in the archive"):
        put(review, code, "not-found")


def test_only_what_was_drawn_is_put_aside_with_a_reason_of_the_list(review: Reviewed) -> None:
    many(review, FORTY)
    found = drawn(review, STRATIFIED)
    resting = next(one.details.code for one in rows(review) if one.turn is None)
    with pytest.raises(BadInput, match="was not drawn"):
        put(review, resting, "not-found")
    with pytest.raises(BadInput, match="choose a reason"):
        put(review, found[0].details.code, "it would look bad")
    with pytest.raises(AlreadyThere, match="is not put aside"):
        put(review, found[0].details.code, "")
    with pytest.raises(Conflict):
        review.house.write(put_record_aside, review.review, found[0].id, "not-found", 1)


@pytest.mark.parametrize("chance", [1, 2])
def test_whatever_is_put_aside_and_taken_back_as_many_are_read_as_were_drawn(review: Reviewed, chance: int) -> None:
    """Unless a part of the list has no more."""
    many(review, FORTY)
    first = drawn(review, STRATIFIED)
    dice = Random(chance)
    for _ in range(40):
        one = dice.choice([one for one in rows(review) if one.turn])
        with suppress(BadInput):
            put(review, one.details.code, "" if one.put_aside else "not-found")
        now, listed = to_read(review), rows(review)
        for quarter, share in (("2025-Q4", 5), ("2026-Q1", 11), ("2026-Q2", 5)):
            left = [one for one in listed if one.details.quarter == quarter and not one.turn]
            count = sum(one.details.quarter == quarter for one in now)
            assert count == share or (count < share and not left)
        assert sum(one.second for one in now) == 5
        turns = [one.turn for one in listed if one.turn]
        assert len(set(turns)) == len(turns)
    for one in [one for one in rows(review) if one.put_aside and (one.turn or 0) <= 21]:
        put(review, one.details.code, "")
    assert set(codes(to_read(review))) == set(codes(first)), "all taken back: as it was drawn"
