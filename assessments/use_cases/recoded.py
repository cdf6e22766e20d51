"""Whether the draw of a review can still be repeated from its list: not where a code was replaced since."""

from sqlalchemy import func, select
from sqlmodel import Session

from assessments.store.access import Actor, allowed
from assessments.store.tables import Table
from assessments.use_cases.records import THING
from assessments.use_cases.reviewing import find_review

ENTRY, RECORD = (Table.metadata.tables[name].c for name in ("audit_entry", "record"))


@allowed
def recoded(db: Session, actor: Actor, review_id: str) -> int:
    """Of how many records the code was replaced after the draw. The trail tells, also where its values were purged."""
    review = find_review(db, actor, review_id)
    if review.drawn_at is None:
        return 0
    mine = select(RECORD.id).where(RECORD.agency_id == actor.agency_id, RECORD.review_id == review.id)
    replaced = select(func.count(ENTRY.thing_id.distinct())).where(
        ENTRY.agency_id == actor.agency_id,
        ENTRY.act == "revise",
        ENTRY.thing == THING,
        ENTRY.field == "code",
        ENTRY.at >= review.drawn_at,
        ENTRY.thing_id.in_(mine),
    )
    return db.execute(replaced).scalar_one()
