"""Ratings on a sheet: given and explained. Each act is one small transaction.

Answer and note are compared with the version that the page showed and then swapped: who comes second is told, and
nothing is overwritten unseen.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session

from assessments.errors import AlreadySubmitted, BadInput, Conflict, NotFound
from assessments.rules import blindness
from assessments.rules.ratings import State, level_of_share
from assessments.rules.rolled_up import WHAT_IS_COUNTED, From, counted_of
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Table
from assessments.use_cases.sheets import (
    UNRATED,
    Answer,
    OpenSheet,
    Place,
    Row,
    blind_sheets,
    place_of,
    rows_of,
    ruled,
    sheet_at,
)
from assessments.use_cases.told import say
from assessments.use_cases.typed import body, line, searched
from standards.model import Indicator, Ladder

COUNT_AGAIN: Mapping[From, str] = {
    "staff": "Rate staff on the page Rate staff, then have them counted again.",
    "record": "Read the records on the page Read a plan, then have them counted again.",
}
ONE = ("agency_id", "sheet_id", "subject_id", "indicator_id")

# Built once: with every save, building a statement takes longer than running it.
RATINGS, PEOPLE = Table.metadata.tables["rating"], Table.metadata.tables["person"]
PUT_THERE = insert(RATINGS)
NAME = select(PEOPLE.c.name).where(PEOPLE.c.id == bindparam("id"))
SWAP = {
    part: update(RATINGS).where(
        *(RATINGS.c[name] == bindparam(f"this_{name}") for name in ONE),
        RATINGS.c[f"{part}_version"] == bindparam("shown"),
    )
    for part in ("answer", "note")
}


@allowed
def rate(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    answer: Answer,
    shown: int,
    keep_because: str = "",
    sheet_id: str = "",
) -> Row:
    """The row as stored, on the team's sheet or a rater's own. `shown` is the version of the answer that the rater saw;
    Conflict where it moved on.
    """
    place = open_place(db, actor, assessment_id, sheet_id)
    return put_answer(db, actor, now, place, indicator_id, answer, shown, keep_because)


@allowed
def rate_and_read(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    answer: Answer,
    shown: int,
    keep_because: str = "",
    sheet_id: str = "",
    beside: Collection[str] = (),
) -> OpenSheet:
    """As `rate`; the sheet as it then stands, with the rows of that indicator and those beside it: a page shows both
    after each rating, and a second transaction would take nearly as long as the first.
    """
    place = open_place(db, actor, assessment_id, sheet_id)
    before = sheet_at(db, place, {indicator_id, *beside})
    row = before.row(indicator_id)
    return before.with_row(
        indicator_id, put_answer(db, actor, now, place, indicator_id, answer, shown, keep_because, before=row)
    )


@allowed
def write_note(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    note: str,
    shown: int,
    keep_because: str = "",
    sheet_id: str = "",
) -> Row:
    place = _unsubmitted(rated_by_hand(open_assessment(db, actor, assessment_id, sheet_id)))
    _refuse_noted_early(db, place)
    return put_note(db, actor, now, place, indicator_id, note, shown, keep_because)


def put_answer(
    db: Session,
    actor: Actor,
    now: datetime,
    place: Place,
    indicator_id: str,
    answer: Answer,
    shown: int,
    keep_because: str = "",
    because: str = "",
    before: Row | None = None,
) -> Row:
    """`because` is the line of reason of a consensus, and empty on any other sheet; `before`, what was read of it in
    this transaction.
    """
    given = checked(indicator_of(place, indicator_id), place.checklist.ladder_of[indicator_id], answer)
    thing, before = _thing(place, indicator_id), before or _row(db, place, indicator_id)
    if (given, because) == (before.answer, before.because):
        return before
    searched(db, actor, now, given.reason, f"The reason for {indicator_id}", keep_because, thing)
    values = {**vars(given), "state": given.state.value, "because": because}
    after = _swap(db, actor, now, place, indicator_id, before, "answer", shown, values)
    _say(db, actor, now, place, thing, "rate", "answer", said(before.answer, before.because), said(given, because))
    return replace(after, answer=given, because=because)


def put_note(
    db: Session,
    actor: Actor,
    now: datetime,
    place: Place,
    indicator_id: str,
    note: str,
    shown: int,
    keep_because: str = "",
) -> Row:
    indicator_of(place, indicator_id)
    note = body(note, "Note")
    thing, before = _thing(place, indicator_id), _row(db, place, indicator_id)
    if note == before.note:
        return before
    searched(db, actor, now, note, f"The note on {indicator_id}", keep_because, thing)
    after = _swap(db, actor, now, place, indicator_id, before, "note", shown, {"note": note})
    _say(db, actor, now, place, thing, "note", "note", before.note, note)
    return replace(after, note=note)


def _say(
    db: Session, actor: Actor, now: datetime, place: Place, thing: str, act: str, field: str, before: str, after: str
) -> None:
    """On a rater's own sheet as a thing of another kind: the trail shows its values no sooner than all else."""
    kind = BLIND if place.sheet.kind == "blind" else "rating"
    say(db, actor, now, audit.Change(act, kind, thing, field, before, after))


def said(answer: Answer, because: str = "") -> str:
    """An answer in a few words, for the trail; empty where there is none."""
    return f"{_said(answer)}, because: {because}" if because else _said(answer)


def _said(answer: Answer) -> str:
    match answer.state:
        case State.LEVEL if answer.of is not None:
            out_of = f", {answer.out_of} in all" if answer.out_of is not None else ""
            return f"{answer.level} ({answer.met} of {answer.of}{out_of})"
        case State.LEVEL:
            return str(answer.level)
        case State.NOT_APPLICABLE:
            return f"not applicable: {answer.reason}"
        case State.CANNOT_JUDGE:
            return "cannot judge"
    return ""


def open_place(db: Session, actor: Actor, assessment_id: str, sheet_id: str = "") -> Place:
    """To rate on: a consensus comes from the comparison alone, and what a rater submitted stays as it is."""
    place = rated_by_hand(open_assessment(db, actor, assessment_id, sheet_id))
    if place.is_rated_apart and not place.rater_sheet:
        raise BadInput(
            "Several raters rate here, each on a sheet of their own. Add yours on the page Raters, or choose it there; "
            "what they agree on is written on the page Comparison."
        )
    return _unsubmitted(place)


def _refuse_noted_early(db: Session, place: Place) -> None:
    """A note on the sheet of record is read by all, so it waits until nobody rates blind any more."""
    if not place.is_rated_apart or place.rater_sheet:
        return
    if not blindness.comparison_open(map(ruled, blind_sheets(db, place.assessment.agency_id, place.assessment.id))):
        raise BadInput(
            "The raters have not all submitted their sheets, and what is noted here is read by all of them. Write it "
            "on a sheet of your own, or wait until all are in."
        )


def rated_by_hand(place: Place) -> Place:
    if counted := counted_of(place.checklist):
        what = WHAT_IS_COUNTED[counted]
        raise BadInput(f"Nobody rates here: each level is counted from {what}. {COUNT_AGAIN[counted]}")
    return place


def _unsubmitted(place: Place) -> Place:
    if place.sheet.submitted_at:
        raise AlreadySubmitted(f"{place.sheet.rater} has submitted this sheet, so nothing on it changes.")
    return place


def open_assessment(db: Session, actor: Actor, assessment_id: str, sheet_id: str = "") -> Place:
    place = place_of(db, actor, assessment_id, sheet_id)
    if place.assessment.status == "submitted":
        raise AlreadySubmitted(
            "This assessment was submitted, so nothing in it changes. Reopen it with a reason to go on rating."
        )
    if place.assessment.archived_at:
        raise AlreadySubmitted("This assessment is archived. Take it out of the archive to go on rating.")
    return place


def indicator_of(place: Place, indicator_id: str) -> Indicator:
    indicator = place.checklist.indicator.get(indicator_id)
    if indicator is None:
        raise NotFound(f"{indicator_id} is not in {place.checklist.title} {place.checklist.edition}.")
    return indicator


def checked(indicator: Indicator, ladder: Ladder, answer: Answer) -> Answer:
    """The answer as it can be stored: only what its state needs, the level of counts computed."""
    match answer.state:
        case State.NOT_APPLICABLE:
            return _not_applicable(indicator, answer)
        case State.LEVEL if ladder.kind == "counts":
            return _counted(indicator, ladder, answer)
        case State.LEVEL:
            if type(answer.level) is not int or answer.level not in ladder.values:
                raise BadInput(f"{indicator.id} has no level {answer.level}. Choose one of the levels shown.")
            return Answer(State.LEVEL, level=answer.level)
    return Answer(answer.state)


def _not_applicable(indicator: Indicator, answer: Answer) -> Answer:
    if not indicator.na:
        raise BadInput(
            f"{indicator.id} applies to every site. What lies outside your control is a level too: choose the one that "
            "describes what is there, or “cannot judge”."
        )
    return Answer(State.NOT_APPLICABLE, reason=line(answer.reason, f"The reason why {indicator.id} does not apply"))


def _counted(indicator: Indicator, ladder: Ladder, answer: Answer) -> Answer:
    met, of, out_of = answer.met, answer.of, answer.out_of
    if met is None or of is None:
        raise BadInput(f"{indicator.id}: give two whole numbers, how many met it of how many looked at: 7 of 9.")
    if any(type(number) is not int for number in (met, of, out_of or 0)):
        raise BadInput(f"{indicator.id}: give whole numbers.")
    if of <= 0:
        raise BadInput(f"{indicator.id}: nothing was looked at, so there is no level. Choose “cannot judge” instead.")
    if not 0 <= met <= of:
        raise BadInput(f"{indicator.id}: {met} of {of} cannot be. At most as many can meet it as were looked at.")
    if out_of is not None and out_of < of:
        raise BadInput(f"{indicator.id}: {of} were looked at, but there are only {out_of} in all. Change one of them.")
    if max(of, out_of or 0) > 1_000_000:
        raise BadInput(f"{indicator.id}: numbers go up to 1,000,000.")
    return Answer(State.LEVEL, level_of_share(ladder, met, of), met, of, out_of)


def _row(db: Session, place: Place, indicator_id: str) -> Row:
    return rows_of(db, place, (indicator_id,)).get(indicator_id, Row())


def _swap(
    db: Session,
    actor: Actor,
    now: datetime,
    place: Place,
    indicator_id: str,
    before: Row,
    part: str,
    shown: int,
    values: dict[str, Any],
) -> Row:
    """Puts the row there if it is not, then changes it only if its version is still the one that was shown. The row
    with its new version, when and by whom.
    """
    key = {**place.key, "indicator_id": indicator_id}
    if not before.answer_version and not before.note_version:
        db.execute(PUT_THERE, {**key, **BLANK})
    stamp = {f"{part}_version": shown + 1, f"{part}_at": now}
    this = {f"this_{name}": value for name, value in key.items()}
    new = {**stamp, f"{part}_by": actor.person_id, **values}
    if db.connection().execute(SWAP[part], {**this, "shown": shown, **new}).rowcount != 1:
        raise Conflict(
            f"{indicator_id} was changed after you opened it. Look at both and choose which one stands.", part
        )
    return replace(before, **stamp, **{f"{part}_by": db.execute(NAME, {"id": actor.person_id}).scalar_one()})


BLIND = "blind rating"
BLANK = {
    **vars(UNRATED),
    "because": "",
    "state": State.UNRATED.value,
    "answer_version": 0,
    "note": "",
    "note_version": 0,
}


def thing_of(place: Place, indicator_id: str) -> str:
    """By which the trail names a rating and its evidence."""
    return f"{place.assessment.id}/{indicator_id}"


def _thing(place: Place, indicator_id: str) -> str:
    """A rater's own has its sheet at the end."""
    thing = thing_of(place, indicator_id)
    return f"{thing}/{place.sheet_id}" if place.sheet.kind == "blind" else thing
