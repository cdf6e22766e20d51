"""Clocks of records: set, stored without a date, and what follows from them in every checklist of the review."""

import logging
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, BadInput, Conflict, NotFound
from assessments.rules.clocks import Moments
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.tables import Assessment, Record, Table
from assessments.use_cases.assessments import archive_assessment, start_assessment
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.clocks import ClockLine, put_clocked, record_clocks, set_clocks
from assessments.use_cases.record_ratings import Found, rate_record, record_ratings
from assessments.use_cases.reviewing import find_record, find_review
from assessments.use_cases.sheets import Answer
from assessments.use_cases.submission import reopen
from assessments.use_cases.took_part import mark_took_part
from assessments.use_cases.trail import audit_trail, verify_trail
from tests.use_cases import cast
from tests.use_cases.reviewed import RULE, Reviewed, reviewed

BORN = datetime(2026, 3, 9, 4, 17)  # noqa: DTZ001 as it is typed, by the clock on the wall
MOMENTS = Moments(
    born=BORN,
    identified=date(2025, 11, 4),
    began=date(2025, 11, 8),
    completed=date(2026, 3, 10),
    mother_home=datetime(2026, 3, 11, 13, 47),  # noqa: DTZ001
    infant_home=date(2026, 3, 19),
    second_input=date(2026, 3, 14),
    after_birth=date(2026, 3, 10),
    ends=date(2027, 3, 10),
    updated=(date(2026, 1, 23),),
)
SPELLINGS = (
    "2026-03-0", "2026-03-1", "2026-01-23", "2025-11-0", "2027-03-10", "20260309", "3/9/2026", "3/19/2026",
    "03/09/2026", "9.3.2026", "March 9", "March 19", "November 4", "04:17", "4:17", "13:47", "1:47 pm",
)  # fmt: skip
YES, NO = Answer(State.LEVEL, 4), Answer(State.LEVEL, 0)


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    return reviewed(engine)


def set_all(review: Reviewed, record: str, moments: Moments = MOMENTS, shown: int = 1) -> int:
    version: int = review.house.write(set_clocks, review.review, record, moments, shown)
    return version


def clocks(review: Reviewed, record: str) -> dict[str, ClockLine]:
    found: dict[str, ClockLine] = review.house.read(record_clocks, review.review, [record]).get(record, {})
    return found


def found(review: Reviewed, record: str, assessment: str = "", reader: str = "first") -> dict[str, Found]:
    of = assessment or review.house.assessment
    by_record: dict[str, dict[str, Found]] = review.house.read(record_ratings, of, [record], reader)
    return by_record.get(record, {})


def rate(review: Reviewed, record: str, name: str, answer: Answer, shown: int = 0) -> Found:
    given: Found = review.house.write(rate_record, review.house.assessment, record, name, answer, shown)
    return given


def test_what_the_dates_come_to_is_stored_and_answers_every_checklist_of_the_review(review: Reviewed) -> None:
    house = review.house
    house.write(choose_pack, *RULE)
    rule = house.write(start_assessment, house.site, house.cycle, *RULE)
    (record,) = review.lists(1)
    assert set_all(review, record) == 2
    came_to = clocks(review, record)
    assert (came_to["complete-before-mother-home"].came_to.state, came_to["started-before-birth"].came_to.elapsed) == (
        "met",
        -121,
    )
    assert {line.by for line in came_to.values()} == {"Ann Able"}
    plans, rules = found(review, record), found(review, record, rule)
    assert {name: one.answer for name, one in plans.items()} == {
        "POP-01": YES,
        "POP-02": YES,
        "POP-03": NO,
        "POP-04": Answer(State.NOT_APPLICABLE),
        "POP-05": YES,
        "POP-06": NO,
        "POP-07": YES,
    }
    assert {name: one.answer for name, one in rules.items()} == {
        "ADD-W07": YES,
        "ADD-W08": YES,
        "ADD-W21": Answer(State.CANNOT_JUDGE),
        "ADD-W22": YES,
    }, "for the days until the start the site has no standard"


def test_what_follows_is_not_typed_and_what_is_left_open_is(review: Reviewed) -> None:
    (record,) = review.lists(1)
    set_all(
        review, record, Moments(BORN, completed=date(2026, 3, 10), mother_home=date(2026, 3, 10), began=BORN.date())
    )
    assert found(review, record)["POP-05"].answer.state is State.CANNOT_JUDGE
    assert found(review, record)["POP-05"].clocked
    by_hand = rate(review, record, "POP-05", YES, 1)
    assert (by_hand.answer, by_hand.clocked) == (YES, False)
    set_all(review, record, shown=2)
    with pytest.raises(BadInput, match="clocks"):
        rate(review, record, "POP-05", NO, 3)
    assert rate(review, record, "POP-08", YES).answer == YES


def test_dates_that_leave_it_open_take_back_no_answer_given_by_hand(review: Reviewed) -> None:
    (record,) = review.lists(1)
    rate(review, record, "POP-05", NO)
    rate(review, record, "POP-06", YES)
    set_all(review, record, Moments(BORN, completed=date(2026, 3, 10)))
    assert found(review, record)["POP-05"].answer == NO
    before = cast.everything(review.house.engine)
    with pytest.raises(Conflict, match="by hand: POP-05, POP-06"):
        set_all(review, record, shown=2)
    assert cast.everything(review.house.engine) == before
    review.house.write(set_clocks, review.review, record, MOMENTS, 2, True)
    assert (found(review, record)["POP-05"].answer, found(review, record)["POP-06"].answer) == (YES, NO)


def test_set_again_all_of_before_gives_way(review: Reviewed) -> None:
    (record,) = review.lists(1)
    set_all(review, record)
    set_all(review, record, Moments(unborn=True, began=date(2026, 3, 1)), 2)
    assert found(review, record)["POP-05"].answer.state is State.NOT_APPLICABLE
    set_all(review, record, Moments(), 3)
    assert clocks(review, record) == {}
    assert {one.answer.state for one in found(review, record).values()} == {State.UNRATED}
    assert not any(one.clocked for one in found(review, record).values())
    assert rate(review, record, "POP-05", YES, found(review, record)["POP-05"].version).answer == YES


def test_a_record_that_was_not_drawn_gets_its_answers_with_the_draw(review: Reviewed) -> None:
    _, record = review.lists(2, drawn=1, quarter="2026-Q1")
    set_all(review, record)
    assert clocks(review, record) and not found(review, record)
    with database.writing(review.house.engine) as db:
        row = db.get(Record, (review.house.actor.agency_id, record))
        assert row
        row.turn = 2
        listed = find_review(db, review.house.actor, review.review)
        put_clocked(db, review.house.actor, cast.NOW, listed, find_record(db, review.house.actor, listed, record))
    assert found(review, record)["POP-05"].answer == YES


def test_a_checklist_that_is_started_later_has_what_is_known(review: Reviewed) -> None:
    (record,) = review.lists(1)
    set_all(review, record)
    review.house.write(choose_pack, *RULE)
    rule = review.house.write(start_assessment, review.house.site, review.house.cycle, *RULE)
    assert found(review, record, rule)["ADD-W08"].answer == YES


def test_what_was_submitted_stays(review: Reviewed) -> None:
    (record,) = review.lists(1)
    before = cast.everything(review.house.engine)
    with database.writing(review.house.engine) as db:
        db.execute(Table.metadata.tables["assessment"].update().values(status="submitted", submitted_at=cast.NOW))
    with pytest.raises(AlreadySubmitted):
        set_all(review, record)
    assert cast.everything(review.house.engine)["record_clock"] == before["record_clock"]


def test_what_was_submitted_stays_while_another_checklist_reads_on(review: Reviewed) -> None:
    house, (record,) = review.house, review.lists(1)
    house.write(choose_pack, *RULE)
    house.write(start_assessment, house.site, house.cycle, *RULE)
    with database.writing(house.engine) as db:
        db.get_one(Assessment, (house.actor.agency_id, house.assessment)).status = "submitted"
    with pytest.raises(AlreadySubmitted, match="Reopen it first"):
        set_all(review, record)
    with pytest.raises(AlreadySubmitted, match="Reopen it first"):
        house.write(mark_took_part, review.review, record, {"POT-01": "took-part"}, {})
    house.write(archive_assessment, house.assessment)
    with pytest.raises(AlreadySubmitted, match="in the archive"):
        set_all(review, record)
    assert not clocks(review, record)


@pytest.mark.parametrize("back", ["reopen", "unarchive"])
def test_what_reads_again_has_what_the_clocks_came_to_meanwhile(review: Reviewed, back: str) -> None:
    house, (record,) = review.house, review.lists(1)
    house.write(choose_pack, *RULE)
    house.write(start_assessment, house.site, house.cycle, *RULE)
    house.write(archive_assessment, house.assessment)
    set_all(review, record)
    assert not found(review, record)
    if back == "reopen":
        with database.writing(house.engine) as db:
            db.get_one(Assessment, (house.actor.agency_id, house.assessment)).status = "submitted"
        house.write(reopen, house.assessment, "the dates were missing")
    else:
        house.write(archive_assessment, house.assessment, False)
    assert found(review, record)["POP-05"].answer == YES


def test_dates_of_another_quarter_than_that_of_the_list_are_refused(review: Reviewed) -> None:
    listed, early = review.lists(1, quarter="2026-Q2") + review.lists(1, quarter="2025-Q4")
    with pytest.raises(BadInput, match="Birth: The list says 2026-Q2, and this day lies in another"):
        set_all(review, listed)
    assert not clocks(review, listed)
    assert set_all(review, early) == 2, "listed before the birth, in the quarter of the plan's beginning"


def test_what_two_readers_compared_stays(review: Reviewed) -> None:
    (record,) = review.lists(1, second=True)
    review.change(compared_at=cast.NOW)
    with pytest.raises(AlreadySubmitted, match="compared"):
        set_all(review, record)


def test_impossible_dates_are_told_together_by_field_and_nothing_is_written(review: Reviewed) -> None:
    (record,) = review.lists(1)
    before = cast.everything(review.house.engine)
    wrong = replace(MOMENTS, mother_home=date(2026, 3, 1), ends=date(2025, 1, 1), second_input=date(2026, 12, 1))
    with pytest.raises(BadInput) as refused:
        set_all(review, record, wrong)
    said = str(refused.value)
    assert [line.split(":")[0] for line in said.splitlines()] == [
        "Mother's discharge",
        "Plan ends",
        "Plan ends",
        "Plan ends",
        "Input of a second discipline",
    ]
    assert not any(character.isdigit() for character in said)
    assert cast.everything(review.house.engine) == before


def test_what_the_list_says_goes_with_the_dates(review: Reviewed) -> None:
    (record,) = review.lists(1, began="after-birth")
    with pytest.raises(BadInput, match="the list says otherwise"):
        set_all(review, record)


def test_a_record_that_moved_on_or_is_not_there_is_refused(review: Reviewed) -> None:
    (record,) = review.lists(1)
    with pytest.raises(Conflict):
        set_all(review, record, shown=2)
    with pytest.raises(NotFound):
        set_all(review, "elsewhere")
    theirs = cast.hilltop(review.house.engine)
    with pytest.raises(NotFound):
        theirs.write(set_clocks, review.review, record, MOMENTS, 1)
    with pytest.raises(NotFound):
        theirs.read(record_clocks, review.review, [record])


def test_the_site_s_own_standard_in_days_is_what_judges(review: Reviewed) -> None:
    (record,) = review.lists(1)
    review.change(service_days=7)
    moments = Moments(referred=date(2026, 3, 12), first_service=date(2026, 3, 20))
    set_all(review, record, moments)
    assert found(review, record)["POP-15"].answer == NO
    review.change(service_days=8)
    set_all(review, record, moments, 2)
    assert found(review, record)["POP-15"].answer == YES


def test_the_agency_s_zone_counts_the_hours(review: Reviewed) -> None:
    """Riverbend lies where an hour was left out that night."""
    (record,) = review.lists(1)
    hours = [datetime(2026, 3, day, hour) for day, hour in ((7, 16), (9, 17))]  # noqa: DTZ001
    set_all(review, record, Moments(sought=hours[0], interim=hours[1]))
    came_to = clocks(review, record)["interim"].came_to
    assert (came_to.state, came_to.elapsed) == ("met", 48 * 60)


def told(review: Reviewed, logged: str) -> str:
    """The rows, and on SQLite every byte of the file and its log; what the trail shows; what was logged."""
    rows = repr({name: rows for name, rows in cast.everything(review.house.engine).items() if name != "own_checklist"})
    rows += repr(review.house.read(audit_trail, most=1_000)) + logged
    return rows + "".join(
        file.read_bytes().decode(errors="ignore")
        for file in Path(str(review.house.engine.url.database or "")).parent.glob("*.db*")
        if review.house.engine.dialect.name == "sqlite"
    )


def canaries(text: str) -> list[str]:
    return [spelling for spelling in SPELLINGS if spelling in text]


@pytest.fixture
def tried(review: Reviewed, caplog: pytest.LogCaptureFixture) -> Reviewed:
    """Set, set again, refused in every way, and taken out again."""
    caplog.set_level(logging.DEBUG)
    first, second = review.lists(2, quarter="2026-Q1")
    set_all(review, first)
    set_all(review, first, replace(MOMENTS, updated=()), 2)
    set_all(review, second)
    set_all(review, second, Moments(), 2)
    refused = []
    for moments, shown in ((MOMENTS, 9), (replace(MOMENTS, infant_home=date(2026, 3, 1)), 3)):
        with pytest.raises((BadInput, Conflict)) as wrong:
            set_all(review, second, moments, shown)
        refused.append(f"{wrong.value!r} {wrong.value}")
    assert canaries(" ".join(refused)) == []
    return review


def test_no_date_is_left_in_file_log_or_trail(tried: Reviewed, caplog: pytest.LogCaptureFixture) -> None:
    assert canaries(told(tried, caplog.text)) == []
    assert tried.house.read(verify_trail, "") == []


def test_control_a_date_that_was_stored_is_found(review: Reviewed, caplog: pytest.LogCaptureFixture) -> None:
    review.lists(1, code=f"{MOMENTS.infant_home:%B %-d}", quarter=f"{MOMENTS.born:%Y-%m-%d %H:%M}")
    logging.getLogger("a log").warning("3/9/2026")
    assert set(canaries(told(review, caplog.text))) == {"March 19", "2026-03-0", "04:17", "4:17", "3/9/2026"}
