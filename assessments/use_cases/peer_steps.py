"""Where an ask for help stands, how it gets on, and whose the word is that comes with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session, col

from assessments.errors import Conflict, NotFound
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import PeerAsk
from assessments.use_cases.told import say

AskState = Literal["asked", "passed-on", "agreed", "declined", "withdrawn"]
OPEN: tuple[AskState, ...] = ("asked", "passed-on", "agreed")
THING = "ask for help"
NO_WORD = {"word": "", "word_by": ""}
NOT_THERE = "This is not there any more, or not at this point: somebody may have taken it back. Open the page again."
CHANGED = "Somebody else changed this after it was shown. Look at it again."


@allowed
def withdraw_word(db: Session, actor: Actor, now: datetime, ask_id: str, shown: int) -> None:
    """Of whoever wrote it, the lead or who offers. What was agreed or declined stays so."""
    mine = or_(col(PeerAsk.agency_id) == actor.agency_id, col(PeerAsk.offered_by_agency) == actor.agency_id)
    row = found_at(db, ask_id, (*OPEN, "declined"), mine)
    wrote = {"lead": row.agency_id, "offerer": row.offered_by_agency}
    if wrote.get(row.word_by) != actor.agency_id:
        raise NotFound(NOT_THERE)
    before = row.word
    move(db, now, row, shown, cast(AskState, row.state), NO_WORD)
    say(db, actor, now, audit.Change("withdraw", THING, ask_id, before=before))


def said_by(side: Literal["lead", "offerer"], word: str) -> dict[str, str]:
    return {"word": word, "word_by": side if word else ""}


def found_at(db: Session, ask_id: str, states: Sequence[AskState], whose: ColumnElement[bool]) -> PeerAsk:
    row = db.execute(select(PeerAsk).where(col(PeerAsk.id) == ask_id, whose)).scalar_one_or_none()
    if row is None or row.state not in states:
        raise NotFound(NOT_THERE)
    return row


def move(db: Session, now: datetime, row: PeerAsk, shown: int, state: AskState, values: Mapping[str, Any]) -> None:
    """Three agencies may be at it at the same time, each in its own turn: so by compare and swap."""
    mine = (col(PeerAsk.agency_id) == row.agency_id, col(PeerAsk.id) == row.id, col(PeerAsk.version) == shown)
    new = {**values, "state": state, "changed_at": now, "version": shown + 1}
    moved = db.connection().execute(update(PeerAsk).where(*mine).values(**new))
    if moved.rowcount != 1:
        raise Conflict(CHANGED, "ask")
    db.expire(row)
