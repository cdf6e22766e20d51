"""What a review of records comes to, put on the sheet of its assessment.

It is counted on a day and then stands there like any rating, so that gaps, plans, receipts and comparison need to know
nothing of records. Computed, never typed.
"""

from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.plan_results import ElementResult
from assessments.rules.ratings import State
from assessments.rules.rolled_up import NO_RECORD_NEEDS_IT, counted_of
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Evidence
from assessments.use_cases.ratings import open_assessment, put_answer, put_note
from assessments.use_cases.review_results import Results, review_results
from assessments.use_cases.sheets import Answer, Row, rows_of
from assessments.use_cases.staffing import today_of
from assessments.use_cases.told import say

NOT_READ = "None of the records drawn is read for it yet."
NOT_JUDGED = "It could not be judged in any of the records that were read."
TOO_FEW = "A level needs 80 percent of them."
NOT_ALL = "It is critical, so it is met only where every one of them is known."


@allowed
def count_records(db: Session, actor: Actor, now: datetime, assessment_id: str) -> int:
    """Puts what is read by now on the sheet; how many indicators have another answer than before."""
    place = open_assessment(db, actor, assessment_id)
    if counted_of(place.checklist) != "record":
        raise BadInput("This assessment is not rated on records, so there is nothing read to count.")
    found = review_results(db, actor, assessment_id)
    if not found.read.begun:
        raise BadInput("No record is read yet, so there is nothing to count. Read on the page Read a plan, then count.")
    today, before = today_of(db, actor, now), rows_of(db, place)
    db.execute(delete(Evidence).filter_by(**place.record_key))
    changed = 0
    for name, one in found.elements.items():
        row, answer = before.get(name, Row()), answer_of(one)
        after = put_answer(db, actor, now, place, name, answer, row.answer_version)
        if (why := _why(one, answer)) != row.note:
            put_note(db, actor, now, place, name, why, row.note_version)
        changed += after.answer != row.answer
        if answer.state is State.LEVEL:
            stamp = {"added_at": now, "added_by": actor.person_id, **_line(found, one, today)}
            db.add(Evidence(**place.record_key, indicator_id=name, **stamp))
    db.flush()
    told_after = f"{changed} of {len(found.elements)} changed"
    change = audit.Change("count records", "assessment", assessment_id, after=told_after)
    say(db, actor, now, change)
    return changed


def answer_of(one: ElementResult) -> Answer:
    """`out_of` are the records on the list that could have been drawn for it."""
    if one.level is not None:
        return Answer(State.LEVEL, met=one.met, of=one.of, out_of=one.interval.out_of if one.interval else None)
    if one.not_applicable and not one.of and not one.not_known:
        return Answer(State.NOT_APPLICABLE, reason=NO_RECORD_NEEDS_IT)
    return Answer(State.CANNOT_JUDGE)


def told(found: Results, one: ElementResult) -> str:
    """For the line of evidence: what was read, and where the rest of the records drawn is."""
    left = (
        (one.not_applicable, "to which it does not apply"),
        (one.cannot_judge, "in which it could not be judged"),
        (one.unread, "not read for it yet"),
    )
    rest = "; ".join(f"{number} {why}" for number, why in left if number)
    return f"{one.of} of {found.read.drawn} records drawn{f'; {rest}' if rest else ''}"


def _why(one: ElementResult, answer: Answer) -> str:
    if answer.state is not State.CANNOT_JUDGE:
        return ""
    if not one.of:
        return NOT_JUDGED if one.cannot_judge else NOT_READ
    missed = f", and not met in {one.unmet}" if one.unmet else ""
    judged = f"Judged in {one.of} of {one.of + one.not_known} records drawn to which it may apply{missed}."
    return f"{judged} {NOT_ALL if one.is_covered else TOO_FEW}"


def _line(found: Results, one: ElementResult, today: date) -> dict[str, object]:
    return {"kind": "record", "what": told(found, one), "as_of": today}
