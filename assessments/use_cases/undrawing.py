"""A draw taken back while nobody has read anything of it; the trail keeps that it was made, with its seed."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, Conflict
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import RecordRating, Review, Table
from assessments.use_cases.drawing import Listed, is_read, listed_of
from assessments.use_cases.reviewing import find_review, refuse_submitted
from assessments.use_cases.told import say

ENTRY = Table.metadata.tables["audit_entry"].c
UNDO = "undo the draw"


@allowed
def undo_draw(db: Session, actor: Actor, now: datetime, review_id: str, shown: int) -> None:
    """BadInput once anything is read: who has seen what was drawn could wish for another."""
    review = find_review(db, actor, review_id)
    if review.drawn_at is None:
        raise AlreadyThere("Nothing is drawn. Look at the page again.")
    if review.version != shown:
        raise Conflict("This review was changed after you opened it. Look at it again.", "rules")
    refuse_submitted(db, review)
    listed = listed_of(db, review)
    _refuse_read(db, listed)
    told = f"{review.size} of {len(listed.rows)}"
    for row in map(listed.rows.__getitem__, listed.drawn):
        row.turn, row.second, row.version = None, False, row.version + 1
        # What follows from the clocks alone is nobody's reading; it comes again where the record is drawn again.
        db.execute(delete(RecordRating).filter_by(agency_id=row.agency_id, record_id=row.id))
    review.seed, review.size, review.drawn_at, review.drawn_by = "", 0, None, None
    review.version += 1
    db.flush()
    say(db, actor, now, audit.Change(UNDO, "review", review.id, before=told))


@allowed
def undone_draws(db: Session, actor: Actor, review_id: str) -> int:
    """How many times a draw of this review was undone, as the trail tells."""
    review: Review = find_review(db, actor, review_id)
    mine = (ENTRY.agency_id == actor.agency_id, ENTRY.act == UNDO, ENTRY.thing_id == review.id)
    return db.execute(select(func.count()).where(*mine)).scalar_one()


def _refuse_read(db: Session, listed: Listed) -> None:
    drawn = [listed.rows[code] for code in listed.drawn]
    if aside := next((row.code for row in drawn if row.put_aside), ""):
        raise BadInput(f"{aside} was put aside, so somebody has looked at what was drawn. Take it back first.")
    if read := [row.code for row in drawn if is_read(db, row)]:
        which = f"{read[0]} and {len(read) - 1} more have" if read[1:] else f"{read[0]} has"
        raise BadInput(
            f"{which} been read, at least in part, so this draw stays: nobody can choose another after "
            "looking. A record that cannot be read is put aside instead."
        )
