"""What an agency gives of its quarterly counts to a collaborative: of each site and quarter all of them, or nothing.

What is given waits until the lead lets it out (`counts_together.py`). What is taken back is seen no more, at once.
It is given under the minimum that its giver read: nobody lowers that but the giver, who gives again. And it is given to
one collaborative: of two sums that have a small count in common, the difference tells what else is in them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.quarters import last_day
from assessments.rules.state_counts import MEASURES, StateCounts
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import QuarterCount, Release, ReleasedCount, SharedCount, Site
from assessments.use_cases.count_letters import draw_count_letters
from assessments.use_cases.membership import require_member
from assessments.use_cases.shared import require_in
from assessments.use_cases.staffing import today_of
from assessments.use_cases.told import say

THING = "shared count"
NO_SITE = "The collaborative itself has no site whose counts it could give. Choose an agency that is in it."
NOT_COUNTED = "Nothing is counted for this site and quarter. Count it on the page Quarterly counts first."
NOT_OVER = "This quarter is not over yet. Its counts can be given when it is: what is let out once stays as it was."
CHANGED = "These counts were changed after they were shown. Look at them again, then give them."
ELSEWHERE = (
    "The counts of this site and quarter are given to another collaborative, or are out there. Given to a second one, "
    "two sums together could tell a small count. Take them back there first; what was let out stays with that one."
)
OTHER_MINIMUM = (
    "Nothing is given: the lead has changed under which number counts are hidden here. Read the new one, then give."
)


@dataclass(frozen=True)
class ToGive:
    """What a site counted of a quarter that is over. `version` is that of the counts. `fewest` is the least that is
    shown there now, `under` what that was when this was given; None where it is not. `let_out`: something of it was let
    out; that stays as it was on that day, and is seen while it is given. `elsewhere`: another collaborative has it.
    """

    site_id: str
    site: str
    quarter: str
    counts: StateCounts
    version: int
    fewest: int
    under: int | None
    let_out: bool
    elsewhere: bool

    @property
    def given(self) -> bool:
        return self.under is not None


@allowed
def counts_to_give(db: Session, actor: Actor, collaborative_id: str, today: date) -> list[ToGive]:
    """The newest quarter first, then by site."""
    fewest = require_in(db, actor, collaborative_id).fewest
    given = select(SharedCount.site_id, SharedCount.quarter, SharedCount.fewest).filter_by(
        agency_id=actor.agency_id, collaborative_id=collaborative_id
    )
    under = {(site, quarter): least for site, quarter, least in db.execute(given)}
    out = _let_out(db, collaborative_id)
    counted = (
        select(QuarterCount, Site.name)
        .join(Site, (col(Site.agency_id) == QuarterCount.agency_id) & (col(Site.id) == QuarterCount.site_id))
        .where(col(QuarterCount.agency_id) == actor.agency_id)
        .order_by(col(QuarterCount.quarter).desc(), Site.name_key)
    )
    found = []
    for row, site in db.execute(counted):
        key, counts = (row.site_id, row.quarter), counts_of(row)
        if counts.given and last_day(row.quarter) < today:
            of, elsewhere = (row.site_id, site, row.quarter, counts), _is_elsewhere(row, collaborative_id)
            found.append(ToGive(*of, row.version, fewest, under.get(key), key in out, elsewhere))
    return found


@allowed
def give_counts(
    db: Session, actor: Actor, now: datetime, collaborative_id: str, site_id: str, quarter: str, shown: int, under: int
) -> None:
    """`shown` is the version of the counts that the page showed, `under` the least that it said is shown to others."""
    require_member(db, actor, collaborative_id, NO_SITE)
    counted = db.get(QuarterCount, (actor.agency_id, site_id, quarter), populate_existing=True)
    if counted is None or not counts_of(counted).given:
        raise NotFound(NOT_COUNTED)
    if last_day(quarter) >= today_of(db, actor, now):
        raise BadInput(NOT_OVER)
    if counted.version != shown:
        raise Conflict(CHANGED, "counts")
    if _is_elsewhere(counted, collaborative_id):
        raise BadInput(ELSEWHERE)
    if require_in(db, actor, collaborative_id).fewest != under:
        raise Conflict(OTHER_MINIMUM, "minimum")
    key = (actor.agency_id, collaborative_id, site_id, quarter)
    if db.get(SharedCount, key):
        return
    counted.given_to = collaborative_id
    row = SharedCount(
        agency_id=actor.agency_id,
        collaborative_id=collaborative_id,
        site_id=site_id,
        quarter=quarter,
        letters=draw_count_letters(db, actor.agency_id, collaborative_id, site_id),
        fewest=under,
        **_columns(counts_of(counted)),
        shared_at=now,
        shared_by=actor.person_id,
    )
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("share", THING, f"{site_id}/{quarter}", after=quarter))


@allowed
def withdraw_counts(
    db: Session, actor: Actor, now: datetime, collaborative_id: str, site_id: str, quarter: str
) -> None:
    require_in(db, actor, collaborative_id)
    row = db.get(SharedCount, (actor.agency_id, collaborative_id, site_id, quarter))
    if row is None:
        raise NotFound("These counts are not given to this collaborative, or not any more. Open the page again.")
    db.delete(row)
    counted = db.get(QuarterCount, (actor.agency_id, site_id, quarter), populate_existing=True)
    if counted and (site_id, quarter) not in _let_out(db, collaborative_id):
        counted.given_to = None
    db.flush()
    say(db, actor, now, audit.Change("withdraw", THING, f"{site_id}/{quarter}", before=quarter))


def _is_elsewhere(counted: QuarterCount, collaborative_id: str) -> bool:
    return counted.given_to not in (None, collaborative_id)


def follow_counts(db: Session, actor: Actor, site_id: str, quarter: str, counts: StateCounts) -> None:
    """Copies that wait to be let out are those of today; what is out already stands elsewhere, and stays."""
    mine = (col(SharedCount.agency_id) == actor.agency_id, col(SharedCount.site_id) == site_id)
    db.execute(update(SharedCount).where(*mine, col(SharedCount.quarter) == quarter).values(**_columns(counts)))


def counts_of(row: QuarterCount | SharedCount) -> StateCounts:
    return StateCounts(*(getattr(row, name) for name in MEASURES))


def _columns(counts: StateCounts) -> dict[str, Any]:
    return {name: counts.of(name) for name in MEASURES}


def _let_out(db: Session, collaborative_id: str) -> set[tuple[str, ...]]:
    """Sites with quarters."""
    out = (
        select(ReleasedCount.site_id, Release.quarter)
        .join(
            Release,
            (col(Release.agency_id) == ReleasedCount.agency_id) & (col(Release.id) == ReleasedCount.release_id),
        )
        .where(col(ReleasedCount.agency_id) == collaborative_id)
        .distinct()
    )
    return set(map(tuple, db.execute(out)))
