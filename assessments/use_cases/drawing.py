"""The draw: which records of a list are read, which of them by two, and what takes the place of one put aside."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, Conflict
from assessments.rules import drawn as rules
from assessments.rules.sampling import sample_size, second_size
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Record, RecordRating, Review, Table, TookPart
from assessments.use_cases.clocks import put_clocked
from assessments.use_cases.readings_written import put_clocked_of
from assessments.use_cases.records import ROWS, THING, key_of
from assessments.use_cases.reviewing import find_record, find_review, refuse_submitted
from assessments.use_cases.reviews import ReviewRules, rules_of
from assessments.use_cases.told import say

ASIDE: Mapping[str, str] = {
    "not-found": "It cannot be found",
    "not-eligible": "It does not belong on the list",
    "not-readable": "It cannot be read",
}
"""Why a record is put aside; what it says, and whether it says it well, is no reason."""
TYPED_SEED = re.compile(r"[0-9]{4,40}")
RATING, TOOK_PART = (Table.metadata.tables[name].c for name in ("record_rating", "took_part"))
STRATUM: Mapping[str, Callable[[Record], str]] = {
    "": lambda _: "",
    "quarter": lambda row: row.quarter,
    "began": lambda row: row.began,
    "identified": lambda row: row.identified,
}
OF_RECORD: dict[str, Any] = {"agency_id": bindparam("agency_id"), "record_id": bindparam("record_id")}
BY_HAND = select(func.count()).select_from(RecordRating).filter_by(**OF_RECORD, clocked=False)
READ = BY_HAND.where(RATING.state != "unrated")
TOOK = select(func.count()).select_from(TookPart).filter_by(**OF_RECORD)


@dataclass(frozen=True)
class Listed:
    """The records of a review, as the draw sees them."""

    review: Review
    rows: dict[str, Record]
    """By code."""

    @property
    def strata(self) -> dict[str, str]:
        stratum = STRATUM[self.review.stratify]
        return {code: stratum(row) for code, row in self.rows.items()}

    @property
    def drawn(self) -> list[str]:
        """In the order of the draw, those put aside too."""
        turns = sorted((row.turn, code) for code, row in self.rows.items() if row.turn is not None)
        return [code for _, code in turns]

    @property
    def last_turn(self) -> int:
        return max(row.turn or 0 for row in self.rows.values())


@allowed
def draw_records(
    db: Session,
    actor: Actor,
    now: datetime,
    review_id: str,
    shown: int,
    listed_as: Mapping[str, int],
    seed: str = "",
    size: int = 0,
) -> int:
    """How many were drawn. `listed_as` has the version of each record as the page showed the list. `seed` may be thrown
    beforehand, with dice, and is made here where it is ""; `size` may be more than the rules ask for.
    """
    review = find_review(db, actor, review_id)
    _refuse_drawn(review, shown)
    listed = listed_of(db, review)
    if listed_as != {row.id: row.version for row in listed.rows.values()}:
        raise Conflict("The list was changed after you opened it. Look at it again, then draw.", "records")
    many = _size(len(listed.rows), rules_of(review), size)
    found = rules.draw(listed.strata, many, chosen := _seed(seed))
    for turn, code in enumerate(found.first, start=1):
        row = listed.rows[code]
        row.turn, row.second, row.version = turn, code in found.second, row.version + 1
    review.seed, review.size, review.drawn_at, review.drawn_by = chosen, many, now, actor.person_id
    review.version += 1
    db.flush()
    told = f"{many} of {len(listed.rows)}, {len(found.second)} of them for two readers, seed {chosen}"
    say(db, actor, now, audit.Change("draw", "review", review.id, after=told))
    put_clocked_of(db, actor, now, review, [listed.rows[code] for code in found.first])
    return many


@allowed
def put_record_aside(
    db: Session, actor: Actor, now: datetime, review_id: str, record_id: str, why: str, shown: int
) -> str:
    """The code of the one that takes its place, "" where none is left. `why` is one of ASIDE; "" takes it back, and is
    then the code of the one that is not read any more.
    """
    review = find_review(db, actor, review_id)
    row = find_record(db, actor, review, record_id)
    if row.version != shown:
        raise Conflict("This record was changed after you opened it. Look at it again.", "record")
    if row.turn is None:
        raise BadInput(f"{row.code} was not drawn, so there is nothing to put aside.")
    if why not in ("", *ASIDE):
        raise BadInput("Why it is put aside: choose a reason from the list.")
    if bool(row.put_aside) == bool(why):
        raise AlreadyThere(f"{row.code} {'was put aside already' if why else 'is not put aside'}. Look at it again.")
    refuse_submitted(db, review)
    before, row.put_aside = row.put_aside, why
    listed = listed_of(db, review)
    other = _replaced(listed, row) if why else _given_back(db, listed, row)
    if review.compared_at is None:
        _share_out(listed, row, other)
    row.version += 1
    db.flush()
    say(db, actor, now, audit.Change("put aside" if why else "take back", THING, row.id, "put_aside", before, why))
    if other:
        act = "draw" if why else "take out of the draw"
        say(db, actor, now, audit.Change(act, THING, other.id, after=other.code))
    put_clocked(db, actor, now, review, other if why and other else row)
    return other.code if other else ""


def _refuse_drawn(review: Review, shown: int) -> None:
    if review.drawn_at:
        raise AlreadyThere("The draw is done already. What was drawn stays; look at the page again.")
    if review.version != shown:
        raise Conflict("The rules were changed after you opened them. Look at them again, then draw.", "rules")
    if not review.replacement:
        raise BadInput(
            "Write down first what is done where a record cannot be read. Decided before anybody looks, it cannot be "
            "bent later."
        )


def _size(listed: int, asked: ReviewRules, size: int) -> int:
    if not listed:
        raise BadInput("The list is empty, so there is nothing to draw. Add records first.")
    least = sample_size(listed, asked.margin)
    if size > listed:
        raise BadInput(f"The list has {listed:,} records, so {size:,} cannot be drawn. Draw {listed:,} or fewer.")
    if 0 < size < least or size < 0:
        raise BadInput(f"By your rules at least {least:,} of {listed:,} are read. Draw so many, or change the rules.")
    return size or least


def _seed(typed: str) -> str:
    """Of digits alone, so that no words get in."""
    seed = "".join(typed.split())
    if seed and not TYPED_SEED.fullmatch(seed):
        raise BadInput("The seed: give 4 to 40 digits, as thrown with dice, or leave it empty and one is made.")
    return seed or secrets.token_hex(16)


def _replaced(listed: Listed, aside: Record) -> Record | None:
    """The next in turn of its stratum takes its place."""
    code = rules.next_in_turn(listed.strata, listed.drawn, aside.code, listed.review.seed)
    other = listed.rows[code] if code else None
    if other:
        other.turn, other.version = listed.last_turn + 1, other.version + 1
    return other


def _share_out(listed: Listed, moved: Record, other: Record | None) -> None:
    """The second reading of one put aside goes to the one that is read instead; then to the next in turn that one reads
    alone, while those for two are fewer than a tenth, or five.
    """
    live = [row for row in map(listed.rows.__getitem__, listed.drawn) if not row.put_aside]
    if moved.put_aside and moved.second:
        moved.second = False
        if other:
            other.second = True
    missing = second_size(len(live)) - sum(row.second for row in live)
    order = map(listed.rows.__getitem__, rules.in_second_turn([row.code for row in live], listed.review.seed))
    for row in [row for row in order if not row.second][: max(0, missing)]:
        row.second = True


def _given_back(db: Session, listed: Listed, back: Record) -> Record | None:
    """Who took its place is not read any more; None where all of the stratum are needed. What was read stays."""
    stratum = listed.strata[back.code]
    drawn = [listed.rows[code] for code in listed.drawn if listed.strata[code] == stratum]
    live = [row for row in drawn if not row.put_aside]
    if len(live) <= rules.shares(listed.strata, listed.review.size)[stratum]:
        return None
    later = live[live.index(back) + 1 :]
    instead = [row for row in later if (row.turn or 0) > listed.review.size]
    if not instead:
        raise BadInput(f"{back.code} stood in for a record that was taken back since, so it is not needed.")
    free = next((row for row in reversed(instead) if not is_read(db, row)), None)
    if free is None:
        raise BadInput(
            f"{instead[-1].code} took its place and has been read, at least in part. So it is read to the end, and "
            f"{back.code} stays put aside."
        )
    free.turn, free.version = None, free.version + 1
    if free.second:
        free.second, back.second = False, True
    # What follows from the clocks alone is nobody's reading; it comes again where the record is drawn again.
    db.execute(delete(RecordRating).filter_by(agency_id=free.agency_id, record_id=free.id))
    return free


def is_read(db: Session, row: Record) -> bool:
    key = {"agency_id": row.agency_id, "record_id": row.id}
    return any(db.execute(found, key).scalar_one() for found in (READ, TOOK))


def listed_of(db: Session, review: Review) -> Listed:
    return Listed(review, {row.code: row for row in db.execute(ROWS, key_of(review)).scalars()})
