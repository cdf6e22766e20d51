"""A draw is undone while nothing is read of it, never after; and the trail tells."""

from datetime import date

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadyThere, BadInput, Conflict
from assessments.rules.moments import Moments
from assessments.rules.ratings import State
from assessments.store import database
from assessments.store.tables import Review
from assessments.use_cases.drawing import draw_records, put_record_aside
from assessments.use_cases.record_ratings import rate_record
from assessments.use_cases.reviews import write_review_rules
from assessments.use_cases.sheets import Answer
from assessments.use_cases.took_part import mark_took_part
from assessments.use_cases.undrawing import undo_draw, undone_draws
from tests.use_cases.cast import everything
from tests.use_cases.reviewed import Reviewed, as_listed, reviewed
from tests.use_cases.test_records import RULES, add, drawn, line, rows, trail

YES = Answer(State.LEVEL, 4)


@pytest.fixture
def review(engine: Engine) -> Reviewed:
    """Two of three records have dates, and so clocks; all are drawn, and nothing is read."""
    made = reviewed(engine)
    for code, day in (("P-001", 1), ("P-002", 2)):
        add(made, code, moments=Moments(born=date(2026, 2, day), completed=date(2026, 2, 3)))
    add(made, "P-003")
    drawn(made)
    return made


def undo(review: Reviewed) -> None:
    review.house.write(undo_draw, review.review, line(review).version)


def test_what_was_not_read_is_drawn_anew_and_the_trail_has_both(review: Reviewed) -> None:
    answers = everything(review.house.engine)["record_rating"]
    assert answers, "the clocks answer for the drawn"
    undo(review)
    after = line(review)
    assert (after.drawn_at, after.drawn, after.second, after.seed) == (None, 0, 0, "")
    assert not any(one.turn or one.second for one in rows(review))
    assert not everything(review.house.engine)["record_rating"]
    assert "2601" in trail(review), "the seed of the draw that was undone"
    assert review.house.read(undone_draws, review.review) == 1
    review.house.write(write_review_rules, review.review, RULES, after.version)
    listed = as_listed(review.house, review.review)
    assert review.house.write(draw_records, review.review, line(review).version, listed, "2602") == 3
    assert len(everything(review.house.engine)["record_rating"]) == len(answers)
    with database.reading(review.house.engine) as db:
        assert db.get_one(Review, (review.house.actor.agency_id, review.review)).seed == "2602"


def test_after_reading_the_draw_stays(review: Reviewed) -> None:
    one = rows(review)[0]
    name = next(one.id for one in review.checklist.indicators if one.ladder == "yes-no" and one.id != "POP-01")
    review.house.write(rate_record, review.house.assessment, one.id, name, YES, 0)
    before = everything(review.house.engine)
    with pytest.raises(BadInput, match=f"{one.details.code} has been read, at least in part, so this draw stays"):
        undo(review)
    assert everything(review.house.engine) == before


def test_who_took_part_is_reading_too(review: Reviewed) -> None:
    review.house.write(mark_took_part, review.review, rows(review)[1].id, {"POT-01": "took-part"}, {})
    with pytest.raises(BadInput, match="has been read"):
        undo(review)


def test_what_was_put_aside_was_looked_at(review: Reviewed) -> None:
    one = rows(review)[0]
    review.house.write(put_record_aside, review.review, one.id, "not-found", one.version)
    with pytest.raises(BadInput, match="was put aside"):
        undo(review)


def test_only_what_was_drawn_and_shown_is_undone(review: Reviewed) -> None:
    with pytest.raises(Conflict):
        review.house.write(undo_draw, review.review, 1)
    undo(review)
    with pytest.raises(AlreadyThere):
        undo(review)
