"""What is due of plans: reviews that were drawn and are not read to the end, and a quarter that nobody counted."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, or_, select
from sqlmodel import Session

from assessments.rules.quarters import back_from, quarter_of
from assessments.rules.state_counts import MEASURES
from assessments.store import shelf
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.store.tables import QuarterCount, Review, Table
from assessments.use_cases.agencies import sites
from assessments.use_cases.records_answered import answered
from assessments.use_cases.reviewing import TO_READ, find_review
from assessments.use_cases.reviews import ReviewLine, reviews

COUNT = Table.metadata.tables["quarter_count"].c


@dataclass(frozen=True)
class Unread:
    """Of `drawn` records of a review, `left` are not read to the end by everybody who is to read them."""

    review: ReviewLine
    drawn: int
    left: int


@dataclass(frozen=True)
class PlansDue:
    """`quarter` is the last one that is over, `uncounted` the names of the sites without any count of it."""

    unread: tuple[Unread, ...] = ()
    quarter: str = ""
    uncounted: tuple[str, ...] = ()


@allowed
def plans_due(db: Session, actor: Actor, today: date) -> PlansDue:
    """Nothing for those who neither read records nor count."""
    if not RIGHTS["write_quarter_count"] & roles_of(db, actor):
        return PlansDue()
    unread = (_unread(db, actor, line) for line in reviews(db, actor) if line.drawn_at)
    _, quarter = back_from(quarter_of(today), 2)
    return PlansDue(tuple(one for one in unread if one.left), quarter, _uncounted(db, actor, quarter))


def _unread(db: Session, actor: Actor, line: ReviewLine) -> Unread:
    """By the assessments that are open."""
    review = find_review(db, actor, line.id)
    rows = db.execute(TO_READ, {"agency_id": actor.agency_id, "review_id": line.id}).scalars().all()
    given = answered(db, review)
    asked = {
        read.assessment: len(shelf.find(db, actor.agency_id, *read.checklist).indicators)
        for read in line.reads
        if read.status != "submitted"
    }
    left = sum(
        any(min(given.get(row.id, {}).get(name, (0, 0, 0))[: 1 + row.second]) < many for name, many in asked.items())
        for row in rows
    )
    return Unread(line, len(rows), left)


def _uncounted(db: Session, actor: Actor, quarter: str) -> tuple[str, ...]:
    """None where the agency never counted and never reviewed a plan: it may have no need to."""
    mine = {"agency_id": actor.agency_id}
    in_use = (exists().where(table.agency_id == actor.agency_id) for table in (QuarterCount, Review))
    if not db.execute(select(or_(*in_use))).scalar():
        return ()
    given = or_(*(COUNT[name].is_not(None) for name in MEASURES))
    counted = set(db.execute(select(COUNT.site_id).filter_by(**mine, quarter=quarter).where(given)).scalars())
    return tuple(one.name for one in sites(db, actor) if one.id not in counted)
