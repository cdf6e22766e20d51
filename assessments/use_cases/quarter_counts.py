"""What a state asks for, counted by quarter at each site, beside what the reviews of plans have of that quarter."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict
from assessments.rules.quarters import back_from, is_quarter, last_day, quarter_of
from assessments.rules.state_counts import MEASURES, MOST, NOT_COUNTED, PARTS, StateCounts
from assessments.rules.suppression import Cell
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import QuarterCount, Table
from assessments.use_cases.agencies import sites
from assessments.use_cases.counts_given import follow_counts
from assessments.use_cases.record_ratings import MET
from assessments.use_cases.reviewing import IS_TO_READ
from assessments.use_cases.staffing import today_of
from assessments.use_cases.team import require_site
from assessments.use_cases.told import say
from assessments.use_cases.typed import every

OFFERED = 8
"""Quarters that every site is asked for, the current one among them."""
CHECKLIST, REFERRAL, OF = "posc-record", "POC-02", "Plan of Safe Care"
PLANNED = ("before-birth", "after-birth")
TITLES: Mapping[str, str] = {
    "identified": "Infants identified",
    "with_plan": "Infants with a plan",
    "with_referral": "Infants with a referral",
    "caregivers_referred": "Caregivers referred",
    "received": "Families that received services",
}
TABLES = Table.metadata.tables
COUNT, REVIEW, RECORD, RATING, CYCLE, ASSESSMENT = (
    TABLES[name].c for name in ("quarter_count", "review", "record", "record_rating", "cycle", "assessment")
)
COUNTED = (
    select(QuarterCount).where(COUNT.agency_id == bindparam("agency_id")).execution_options(populate_existing=True)
)
OF_REVIEW = (REVIEW.agency_id == RECORD.agency_id) & (REVIEW.id == RECORD.review_id)
DRAWN = (
    select(RECORD.id, REVIEW.id, REVIEW.site_id, CYCLE.name, RECORD.quarter, RECORD.began)
    .join(TABLES["review"], OF_REVIEW)
    .join(TABLES["cycle"], (CYCLE.agency_id == REVIEW.agency_id) & (CYCLE.id == REVIEW.cycle_id))
    .where(REVIEW.agency_id == bindparam("agency_id"), REVIEW.of == OF, IS_TO_READ)
    .order_by(CYCLE.starts, REVIEW.id)
)
REFERRED = (
    select(RATING.record_id, RATING.state, RATING.level)
    .join(TABLES["assessment"], (ASSESSMENT.agency_id == RATING.agency_id) & (ASSESSMENT.id == RATING.assessment_id))
    .where(
        RATING.agency_id == bindparam("agency_id"),
        ASSESSMENT.checklist_id == CHECKLIST,
        ASSESSMENT.archived_at.is_(None),
        RATING.indicator_id == REFERRAL,
        RATING.reader.in_(("first", "agreed")),
        RATING.state != "unrated",
    )
    .order_by(RATING.reader.desc())  # what two readers agreed on comes last, and stands
)


@dataclass(frozen=True)
class Reviewed:
    """What a review has of one site and quarter: records drawn and not put aside, those of them of which the list says
    that there is a plan, and how many were judged on the referrals, with `referred` of them met.
    """

    cycle: str
    drawn: int = 0
    planned: int = 0
    judged: int = 0
    referred: int = 0


@dataclass(frozen=True)
class CountLine:
    """Version 0 where nothing was counted yet; `reviewed` is None where no review has a record of that quarter; `over`:
    the quarter is.
    """

    site_id: str
    site: str
    quarter: str
    counts: StateCounts = NOT_COUNTED
    version: int = 0
    reviewed: Reviewed | None = None
    over: bool = True


@allowed
def quarter_counts(db: Session, actor: Actor, today: date) -> list[CountLine]:
    """By site, its newest quarter first: the last eight, and what was counted before. Of a site in the archive, only
    what was counted.
    """
    mine = {"agency_id": actor.agency_id}
    counted = {(row.site_id, row.quarter): row for row in db.execute(COUNTED, mine).scalars()}
    found, offered = _reviewed(db, mine), back_from(quarter_of(today), OFFERED)
    lines = []
    for site in sites(db, actor, archived=True):
        asked = set() if site.archived_at else set(offered)
        for quarter in sorted(asked | {q for one, q in counted if one == site.id}, reverse=True):
            key = (site.id, quarter)
            row = counted.get(key)
            counts, version = (_counts(row), row.version) if row else (NOT_COUNTED, 0)
            over = last_day(quarter) < today
            lines.append(CountLine(site.id, site.name, quarter, counts, version, found.get(key), over))
    return lines


@allowed
def write_quarter_count(
    db: Session, actor: Actor, now: datetime, site_id: str, quarter: str, counts: StateCounts, shown: int
) -> int:
    """The new version. `shown` is the one that the page showed, 0 where nothing was counted."""
    require_site(db, actor, site_id)
    if not is_quarter(quarter) or quarter > quarter_of(today_of(db, actor, now)):
        raise BadInput("Choose a quarter that has begun.")
    every(*(lambda name=name: _refuse_impossible(counts, name) for name in MEASURES))
    key = {"agency_id": actor.agency_id, "site_id": site_id, "quarter": quarter}
    row = db.get(QuarterCount, tuple(key.values()), populate_existing=True)
    if (row.version if row else 0) != shown:
        raise Conflict("These counts were changed after you opened them. Look at them again.", "counts")
    before = _counts(row) if row else NOT_COUNTED
    if before == counts:
        return shown
    row = row or QuarterCount(**key, version=0, counted_at=now, counted_by=actor.person_id)
    for name in MEASURES:
        setattr(row, name, counts.of(name))
    row.version, row.counted_at, row.counted_by = row.version + 1, now, actor.person_id
    db.add(row)
    db.flush()
    follow_counts(db, actor, site_id, quarter, counts)
    change = audit.Change("revise", "quarterly count", f"{site_id}/{quarter}", "counts", _said(before), _said(counts))
    say(db, actor, now, change)
    return row.version


def _refuse_impossible(counts: StateCounts, name: str) -> None:
    value, whole = getattr(counts, name), counts.identified
    if value is None:
        return
    if not 0 <= value <= MOST:
        raise BadInput(f"{TITLES[name]}: give a whole number from 0 to {MOST:,}, or leave it empty.")
    if name in PARTS and whole is not None and value > whole:
        raise BadInput(
            f"{TITLES[name]}: {value:,} are more than the {whole:,} identified. Correct one of the two numbers."
        )


def _reviewed(db: Session, mine: Mapping[str, Any]) -> dict[Cell, Reviewed]:
    """By site and quarter; where several reviews have records of it, the one that has most of them, the latest."""
    stands = {record: (state, level) for record, state, level in db.execute(REFERRED, mine)}
    met = {
        record: state == "level" and level >= MET
        for record, (state, level) in stands.items()
        if state in ("level", "not-applicable")
    }
    by_review: dict[tuple[str, str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for record, review, site, cycle, quarter, began in db.execute(DRAWN, mine):
        by_review[site, quarter, review, cycle].append((record, began))
    found: dict[Cell, Reviewed] = {}
    for (site, quarter, _, cycle), rows in by_review.items():
        if (known := found.get((site, quarter))) is None or known.drawn <= len(rows):
            found[site, quarter] = _sum(cycle, rows, met)
    return found


def _sum(cycle: str, rows: list[tuple[str, str]], met: Mapping[str, bool]) -> Reviewed:
    judged = [met[record] for record, _ in rows if record in met]
    planned = sum(began in PLANNED for _, began in rows)
    return Reviewed(cycle, len(rows), planned, len(judged), sum(judged))


def _counts(row: QuarterCount) -> StateCounts:
    return StateCounts(*(getattr(row, name) for name in MEASURES))


def _said(counts: StateCounts) -> str:
    """In words, for the trail."""
    return ", ".join(f"{TITLES[name].lower()} {value}" for name, value in counts.given.items())
