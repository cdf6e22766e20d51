"""Several raters on one assessment, each on a sheet that nobody else sees before both have submitted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from assessments.errors import AlreadySubmitted, AlreadyThere, BadInput
from assessments.rules import blindness
from assessments.rules.blindness import RaterKind
from assessments.rules.ratings import State
from assessments.rules.rolled_up import WHAT_IS_COUNTED, counted_of
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Rating, Sheet
from assessments.use_cases.ratings import open_assessment, open_place
from assessments.use_cases.sheets import ANSWERED, Place, blind_sheets, place_of, ruled
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, line, searched

KINDS: tuple[RaterKind, ...] = get_args(RaterKind)
VOICE_NAMES = {"client": "Client", "front-line": "Front-line staff", "leadership": "Leadership"}
"""How those who speak as a group are told apart: by a number. No client's name is ever asked for."""


@dataclass(frozen=True)
class Rater:
    """One blind sheet: `mine` where the actor holds it, `seen` where the actor may see its ratings now, `returnable`
    where the actor may take it back.
    """

    sheet: str
    name: str
    kind: RaterKind
    answered: int
    begun_at: datetime
    submitted_at: datetime | None
    mine: bool
    seen: bool
    returnable: bool = False

    @property
    def is_voice(self) -> bool:
        return self.kind in blindness.VOICES


@dataclass(frozen=True)
class Raters:
    """In the order in which they began; `open`: the actor may compare what they gave."""

    raters: tuple[Rater, ...]
    open: bool

    @property
    def compared(self) -> tuple[Rater, ...]:
        return tuple(rater for rater in self.raters if not rater.is_voice)

    @property
    def mine_open(self) -> dict[str, Rater]:
        """By the id of the sheet: those that the actor still rates."""
        return {one.sheet: one for one in self.raters if one.mine and not one.submitted_at}

    @property
    def waited_for(self) -> tuple[Rater, ...]:
        """Before the comparison opens for the actor: all who are compared, and a voice whose sheet the actor holds."""
        return tuple(one for one in self.raters if not one.submitted_at and (one.mine or not one.is_voice))


@dataclass(frozen=True)
class InOf:
    """How many raters have submitted, of how many; those who speak as groups are not waited for."""

    submitted: int
    raters: int

    @property
    def open(self) -> bool:
        return self.raters >= blindness.FEWEST_TO_COMPARE and self.submitted == self.raters


@allowed
def raters(db: Session, actor: Actor, assessment_id: str) -> Raters:
    place = place_of(db, actor, assessment_id)
    rows = blind_sheets(db, actor.agency_id, assessment_id)
    answered = _answered(db, actor, rows)
    sheets = [ruled(row) for row in rows]
    return Raters(
        tuple(
            Rater(
                row.id,
                row.rater,
                sheet.rater,
                answered[row.id],
                row.begun_at or place.assessment.created_at,
                row.submitted_at,
                row.person_id == actor.person_id,
                blindness.may_see(actor.person_id, sheet, sheets),
                blindness.may_take_back(actor.person_id, sheet, sheets),
            )
            for row, sheet in zip(rows, sheets, strict=True)
        ),
        blindness.may_compare(actor.person_id, sheets),
    )


@allowed
def blind_progress(db: Session, actor: Actor) -> dict[str, InOf]:
    """By the id of an assessment, of those that several raters rate."""
    query = (
        select(Sheet.assessment_id, func.count(Sheet.submitted_at), func.count())
        .where(
            col(Sheet.agency_id) == actor.agency_id,
            col(Sheet.kind) == "blind",
            col(Sheet.rater_kind).not_in(blindness.VOICES),
        )
        .group_by(Sheet.assessment_id)
    )
    return {assessment_id: InOf(*counted) for assessment_id, *counted in db.execute(query)}


def next_voice(kind: RaterKind, taken: Iterable[str]) -> str:
    """What the next of a group is called: by the first number that nobody of it has."""
    keys = set(map(name_key, taken))
    numbered = (f"{VOICE_NAMES[kind]} {number}" for number in range(1, len(keys) + 2))
    return next(found for found in numbered if name_key(found) not in keys)


@allowed
def begin_rating(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    kind: RaterKind,
    name: str = "",
    keep_because: str = "",
) -> str:
    """The id of the new sheet. The assessment's sheet of record becomes the consensus of its raters."""
    place = open_assessment(db, actor, assessment_id)
    if kind not in KINDS:
        raise BadInput("Kind of rater: choose one from the list.")
    rows = blind_sheets(db, actor.agency_id, assessment_id)
    _refuse_rated_together(db, place)
    if not blindness.may_begin(kind, map(ruled, rows)):
        raise AlreadySubmitted(
            "All raters of this assessment have submitted, and their ratings can be seen, so nobody can rate blind any "
            "more."
        )
    name = _name(rows, kind, name)
    if kind not in blindness.VOICES:
        searched(db, actor, now, name, "The rater's name", keep_because, assessment_id)
    if blindness.rates_twice(name_key(name), map(ruled, rows)):
        raise AlreadyThere(
            f"{name} rates this assessment already. Choose that sheet from the list, or give another name."
        )
    place.sheet.kind = "consensus"
    row = Sheet(
        agency_id=actor.agency_id,
        assessment_id=assessment_id,
        kind="blind",
        person_id=actor.person_id,
        rater=name,
        rater_key=name_key(name),
        rater_kind=kind,
        begun_at=now,
    )
    db.add(row)
    db.flush()
    _say(db, actor, now, "begin rating", row, kind)
    return row.id


@allowed
def submit_sheet(db: Session, actor: Actor, now: datetime, assessment_id: str, sheet_id: str) -> None:
    """What is unrated stays so. From now on nothing on the sheet changes; the ratings on it are kept for good."""
    place = open_place(db, actor, assessment_id, sheet_id)
    if not db.execute(ANSWERED, place.key).first():
        raise BadInput("Nothing has been rated on this sheet yet. Rate at least one indicator first.")
    place.sheet.submitted_at = now
    _say(db, actor, now, "submit sheet", place.sheet)


@allowed
def take_back_sheet(db: Session, actor: Actor, now: datetime, assessment_id: str, sheet_id: str) -> None:
    """To go on rating, as long as no other rater has submitted."""
    row, rows = _mine(db, actor, assessment_id, sheet_id)
    if not blindness.may_take_back(actor.person_id, ruled(row), map(ruled, rows)):
        raise AlreadySubmitted(
            "This sheet cannot be taken back: another rater has submitted too, so both can have been seen."
            if row.submitted_at
            else "This sheet is still open. Go on rating."
        )
    row.submitted_at = None
    _say(db, actor, now, "take back sheet", row)


@allowed
def discard_sheet(
    db: Session, actor: Actor, now: datetime, assessment_id: str, sheet_id: str, because: str, keep_because: str = ""
) -> None:
    """Of a rater who does not go on: an open sheet with all that is on it. What was submitted stays for good."""
    row, rows = _mine(db, actor, assessment_id, sheet_id)
    if row.submitted_at:
        raise AlreadySubmitted(f"{row.rater} has submitted this sheet, so it is kept.")
    because = line(because, "Why this sheet is discarded")
    searched(db, actor, now, because, "Why this sheet is discarded", keep_because, assessment_id)
    db.execute(delete(Rating).where(col(Rating.agency_id) == actor.agency_id, col(Rating.sheet_id) == row.id))
    db.delete(row)
    if len(rows) == 1:
        place_of(db, actor, assessment_id).sheet.kind = "shared"
    _say(db, actor, now, "discard sheet", row, because)


def _mine(db: Session, actor: Actor, assessment_id: str, sheet_id: str) -> tuple[Sheet, list[Sheet]]:
    open_assessment(db, actor, assessment_id)
    rows = blind_sheets(db, actor.agency_id, assessment_id)
    row = next((row for row in rows if row.id == sheet_id and row.person_id == actor.person_id), None)
    if row is None:
        raise BadInput("This sheet is not yours. Choose your own from the list of raters.")
    return row, rows


def _refuse_rated_together(db: Session, place: Place) -> None:
    if counted := counted_of(place.checklist):
        raise BadInput(f"Nobody rates here: each level is counted from {WHAT_IS_COUNTED[counted]}.")
    if place.sheet.kind == "shared" and db.execute(ANSWERED, place.key).first():
        raise BadInput(
            "This assessment is rated by the team together already. To have several raters rate without seeing each "
            "other, start another assessment and add the raters before anything is rated."
        )


def _name(rows: list[Sheet], kind: RaterKind, name: str) -> str:
    if kind not in blindness.VOICES:
        return line(name, "The rater's name", NAME)
    return next_voice(kind, (row.rater for row in rows))


def _answered(db: Session, actor: Actor, rows: list[Sheet]) -> Counter[str]:
    """By sheet: how many indicators have an answer."""
    counted = (
        select(Rating.sheet_id, func.count())
        .where(
            col(Rating.agency_id) == actor.agency_id,
            col(Rating.sheet_id).in_([row.id for row in rows]),
            col(Rating.state) != State.UNRATED.value,
        )
        .group_by(Rating.sheet_id)
    )
    return Counter(cast(dict[str, int], dict(db.execute(counted).all())))


def _say(db: Session, actor: Actor, now: datetime, act: str, row: Sheet, after: str = "") -> None:
    said = f"{row.rater}: {after}" if after else row.rater
    change = audit.Change(act, "sheet", f"{row.assessment_id}/{row.id}", "rater", after=said)
    say(db, actor, now, change)
