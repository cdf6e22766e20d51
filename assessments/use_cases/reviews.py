"""Reviews of records: which there are, what is read in each, and the rules written down before anybody looks."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from assessments.errors import AlreadyThere, BadInput, Conflict
from assessments.rules.sampling import Margin
from assessments.rules.text import name_key
from assessments.store import audit, shelf
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.store.tables import Assessment, Review, Table
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.judged_again import judge_again
from assessments.use_cases.reviewing import IS_TO_READ, Key, find_review, refuse_submitted
from assessments.use_cases.told import say
from assessments.use_cases.typed import body, every, searched

TABLES = Table.metadata.tables
REVIEW, RECORD, RATING, SITE, CYCLE, ASSESSMENT = (
    TABLES[name].c for name in ("review", "record", "record_rating", "site", "cycle", "assessment")
)
STANDARDS: Mapping[str, str] = {
    "start_days": "From use known to plan begun",
    "service_days": "From referral to first service",
}
"""What the site's own standards in days are called."""
Stratify = Literal["", "quarter", "began", "identified"]
LONGEST_RULE = 2_000
MOST_DAYS = 3_660


@dataclass(frozen=True)
class ReviewRules:
    """Written down before the draw. `margin` is in points, 0 for all records; the days are the site's own standards,
    from use known to the plan begun, and from referral to the first service, None where it has none.
    """

    replacement: str = ""
    stratify: Stratify = ""
    margin: Margin = 0
    start_days: int | None = None
    service_days: int | None = None


@dataclass(frozen=True)
class Read:
    """One checklist on the records of a review."""

    assessment: str
    checklist: Key
    title: str
    status: str


@dataclass(frozen=True)
class ReviewLine:
    """`listed`, `drawn` and `second` are numbers of records, `drawn` without those that were put aside. `compared_at`
    is when the two readers' answers were laid side by side. `seed` is "" for who does not read records: with the list
    it tells who was drawn.
    """

    id: str
    site: str
    site_id: str
    cycle: str
    cycle_id: str
    of: str
    rules: ReviewRules
    version: int
    listed: int
    drawn: int
    second: int
    seed: str
    drawn_at: datetime | None
    compared_at: datetime | None
    reads: tuple[Read, ...]


COUNTS = (
    select(
        RECORD.review_id,
        func.count(),
        func.count().filter(IS_TO_READ),
        func.count().filter(RECORD.second, RECORD.put_aside == ""),
    )
    .where(RECORD.agency_id == bindparam("agency_id"))
    .group_by(RECORD.review_id)
)
LINES = (
    select(Review, SITE.name, CYCLE.name)
    .join(TABLES["site"], (SITE.agency_id == REVIEW.agency_id) & (SITE.id == REVIEW.site_id))
    .join(TABLES["cycle"], (CYCLE.agency_id == REVIEW.agency_id) & (CYCLE.id == REVIEW.cycle_id))
    .where(REVIEW.agency_id == bindparam("agency_id"))
    .order_by(CYCLE.starts.desc(), SITE.name_key, REVIEW.of)
    .execution_options(populate_existing=True)
)
READS = select(Assessment).where(ASSESSMENT.agency_id == bindparam("agency_id"), ASSESSMENT.archived_at.is_(None))


@allowed
def reviews(db: Session, actor: Actor) -> list[ReviewLine]:
    """Newest cycle first. Those of which every assessment is archived are left out."""
    mine = {"agency_id": actor.agency_id}
    counts = {found[0]: found[1:] for found in db.execute(COUNTS, mine)}
    drawing = bool(RIGHTS["draw_records"] & roles_of(db, actor))
    reads: dict[tuple[str, str, str], list[Read]] = defaultdict(list)
    for row in db.execute(READS, mine).scalars():
        checklist = shelf.find(db, actor.agency_id, row.checklist_id, row.edition)
        if checklist.subject == "record":
            place = (row.site_id, row.cycle_id, checklist.one_record)
            reads[place].append(Read(row.id, checklist.key, checklist.title, row.status))
    return [
        _line(row, site, cycle, counts.get(row.id, (0, 0, 0)), found, row.seed if drawing else "")
        for row, site, cycle in db.execute(LINES, mine)
        if (found := reads.get((row.site_id, row.cycle_id, row.of)))
    ]


@allowed
def start_review(
    db: Session, actor: Actor, now: datetime, site_id: str, cycle_id: str, checklists: Sequence[Key]
) -> str:
    """The id of the first assessment: one of each checklist, all on the same records."""
    if not checklists:
        raise BadInput("Choose at least one checklist to read the records with.")
    found = [shelf.find(db, actor.agency_id, *key) for key in checklists]
    if wrong := next((one for one in found if one.subject != "record"), None):
        raise BadInput(f"{wrong.title} is not rated on records. Choose another.")
    if len({one.one_record for one in found}) > 1:
        raise BadInput("These checklists are about different things. Start a review for each of them.")
    started = [start_assessment(db, actor, now, site_id, cycle_id, *key) for key in checklists]
    return started[0]


@allowed
def write_review_rules(
    db: Session, actor: Actor, now: datetime, review_id: str, rules: ReviewRules, shown: int, keep_because: str = ""
) -> int:
    """The new version. What the draw rests on cannot change once it is done; the standards in days can, until what
    reads the records is submitted. What passed before is judged by them at once.
    """
    row = find_review(db, actor, review_id)
    if row.version != shown:
        raise Conflict("These rules were changed after you opened them. Look at them again.", "rules")
    replacement, *_ = every(
        lambda: _replacement(rules.replacement, settled=row.drawn_at is not None),
        lambda: _days(rules.start_days, STANDARDS["start_days"]),
        lambda: _days(rules.service_days, STANDARDS["service_days"]),
    )
    searched(db, actor, now, replacement, "What is done where a record cannot be read", keep_because, row.id)
    before = rules_of(row)
    after = ReviewRules(replacement, rules.stratify, rules.margin, rules.start_days, rules.service_days)
    if row.drawn_at and (before.replacement, before.stratify, before.margin) != (
        after.replacement,
        after.stratify,
        after.margin,
    ):
        raise AlreadyThere("The draw is done, so the rules that it rests on stay. They were written before looking.")
    restandardized = (before.start_days, before.service_days) != (after.start_days, after.service_days)
    if restandardized:
        refuse_submitted(db, row)
    for field, value in vars(after).items():
        setattr(row, field, value)
    row.version += 1
    db.flush()
    for field, old in vars(before).items():
        if old != (value := getattr(after, field)):
            change = audit.Change("revise", "review", row.id, field, _said(old), _said(value))
            say(db, actor, now, change)
    if restandardized:
        judge_again(db, actor, now, row)
    return row.version


def rules_of(row: Review) -> ReviewRules:
    margin, stratify = cast(Margin, row.margin), cast(Stratify, row.stratify)
    return ReviewRules(row.replacement, stratify, margin, row.start_days, row.service_days)


def _replacement(text: str, *, settled: bool) -> str:
    """Once the draw is done it stays, whatever it is."""
    replacement = body(text, "What is done where a record cannot be read", LONGEST_RULE)
    if not settled and not name_key(replacement):  # invisible signs alone are nothing
        raise BadInput("Say what is done where a record cannot be read. Without it nothing is written down.")
    return replacement


def _days(days: int | None, where: str) -> None:
    if days is not None and not 1 <= days <= MOST_DAYS:
        raise BadInput(f"{where}: give a whole number from 1 to {MOST_DAYS:,}, or leave it empty.")


def _said(value: object) -> str:
    return "" if value is None else str(value)


def _line(row: Review, site: str, cycle: str, counts: Sequence[int], reads: list[Read], seed: str) -> ReviewLine:
    listed, drawn, second = counts
    return ReviewLine(
        row.id,
        site,
        row.site_id,
        cycle,
        row.cycle_id,
        row.of,
        rules_of(row),
        row.version,
        listed,
        drawn,
        second,
        seed,
        row.drawn_at,
        row.compared_at,
        tuple(sorted(reads, key=lambda read: read.title)),
    )
