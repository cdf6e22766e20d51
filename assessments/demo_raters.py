"""Two invented raters who rate one assessment without seeing each other, and agree on some of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from assessments.rules.blindness import RaterKind
from assessments.rules.ratings import State
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.consensus import agree, agree_where_alike, comparison
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import Answer
from standards.model import Checklist, Ladder

RATERS: tuple[tuple[str, RaterKind], ...] = (("Sam Ortiz (invented)", "self"), ("Robin Clay (invented)", "supervisor"))
SHIFTS = ((0, -1, 1, -2, None), (40, 34, 8, 14, 4))
"""How many levels the second rater is away from the first, and how often of a hundred; None: cannot judge it."""
AGREED = (
    "The text says so, but two of the night staff had not heard of it: the lower level, by its words.",
    "Referrals go both ways, but nothing is signed: the lower level, by its words.",
)
NOTES = (
    "We do this whenever somebody is there who knows how.",
    "I looked for the signed copy and did not find it.",
    "Day shift yes, night shift no.",
)


def rate_blind(
    db: Session,
    actor: Actor,
    began: datetime,
    assessment_id: str,
    checklist: Checklist,
    answers: Mapping[str, Answer],
    dice: Random,
) -> None:
    """The first rater gives these answers, the second ones that lie near them. Both submit; what they gave alike is
    agreed on, and the first of what they did not.
    """
    near = {name: _near(answer, checklist.ladder_of[name], dice) for name, answer in answers.items()}
    for number, (rater, given) in enumerate(zip(RATERS, (answers, near), strict=True)):
        _rate(db, actor, began + timedelta(hours=20 * number), assessment_id, rater, given, dice)
    met = began + timedelta(days=2)
    agree_where_alike(db, actor, met, assessment_id)
    differing = [row for row in comparison(db, actor, assessment_id).rows if row.to_discuss and row.spread]
    for row, because in zip(differing, AGREED, strict=False):
        lower = min((rated for rated in row.given if rated.level is not None), key=lambda rated: rated.level or 0)
        answer = Answer(lower.state, lower.level, lower.met, lower.of, lower.out_of)
        agree(db, actor, met, assessment_id, row.indicator, answer, because, shown=0)


def _rate(
    db: Session,
    actor: Actor,
    began: datetime,
    assessment_id: str,
    rater: tuple[str, RaterKind],
    given: Mapping[str, Answer],
    dice: Random,
) -> None:
    name, kind = rater
    sheet_id = begin_rating(db, actor, began, assessment_id, kind, name)
    for number, (indicator, answer) in enumerate(given.items(), start=1):
        moment = began + timedelta(minutes=2 * number)
        rate(db, actor, moment, assessment_id, indicator, answer, shown=0, sheet_id=sheet_id)
        if dice.random() < 0.25:
            write_note(db, actor, moment, assessment_id, indicator, dice.choice(NOTES), shown=0, sheet_id=sheet_id)
    submit_sheet(db, actor, began + timedelta(hours=2), assessment_id, sheet_id)


def _near(answer: Answer, ladder: Ladder, dice: Random) -> Answer:
    """Counts stay: both counted the same cases."""
    (shift,) = dice.choices(*SHIFTS)
    if shift is None:
        return Answer(State.CANNOT_JUDGE)
    if answer.level is None or not shift:
        return answer
    return replace(answer, level=min(ladder.values, key=lambda value: abs(value - (answer.level or 0) - shift)))
