"""How much of each record of a review its readers have answered."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from assessments.store.tables import Review, Table

Answered = Mapping[str, tuple[int, int, int]]
"""By assessment: by the first reader, the second, and both together."""
TABLES = Table.metadata.tables
RECORD, RATING, FOLLOWS = TABLES["record"].c, TABLES["record_rating"].c, TABLES["record_rating"].alias("follows")
OF_REVIEW = (RECORD.agency_id == bindparam("agency_id"), RECORD.review_id == bindparam("review_id"))
SAME_RECORD = (RECORD.agency_id == RATING.agency_id) & (RECORD.id == RATING.record_id)
SAME_ANSWER = (
    (FOLLOWS.c.reader == "first")
    & FOLLOWS.c.clocked
    & (FOLLOWS.c.state != "cannot-judge")
    & and_(
        *(FOLLOWS.c[name] == RATING[name] for name in ("agency_id", "assessment_id", "record_id", "indicator_id")),
    )
)
# What the second answered before the clocks became certain is one answer still.
READ = (
    select(
        RATING.record_id,
        RECORD.second,
        RATING.assessment_id,
        RATING.reader,
        func.count().filter((RATING.reader != "second") | FOLLOWS.c.record_id.is_(None)),
        func.count().filter(RATING.clocked, RATING.state != "cannot-judge"),
    )
    .join(Table.metadata.tables["record"], SAME_RECORD)
    .outerjoin(FOLLOWS, SAME_ANSWER & (RATING.reader == "second"))
    .where(*OF_REVIEW, RATING.state != "unrated")
    .group_by(RATING.record_id, RECORD.second, RATING.assessment_id, RATING.reader)
)


def answered(db: Session, review: Review) -> dict[str, Answered]:
    """By record; what nobody has answered anything of is left out. What follows from the clocks is given to both
    readers: stored for the first, it counts as the second's too.
    """
    key = {"agency_id": review.agency_id, "review_id": review.id}
    read: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for record, second, assessment, reader, count, clocked in db.execute(READ, key):
        read[record][assessment][reader] += count
        if reader == "first" and second:
            read[record][assessment]["second"] += clocked
    return {
        record: {one: (found["first"], found["second"], found["agreed"]) for one, found in by.items()}
        for record, by in read.items()
    }
