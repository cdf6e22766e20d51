"""Assessments: started, named, covered, archived, and where everybody left off. See `deleting` for their end."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, func, select
from sqlmodel import Session

from assessments.errors import (
    AlreadySubmitted,
    AlreadyThere,
    BadInput,
    Conflict,
    NotFound,
    NotRatableHere,
)
from assessments.rules.blindness import ON_ITSELF
from assessments.rules.ratings import State
from assessments.store import audit, shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import (
    Assessment,
    ChosenPack,
    Collaborative,
    Cycle,
    LastPlace,
    RatedSubject,
    Sheet,
    Site,
    Table,
)
from assessments.use_cases import clocks, reviewing
from assessments.use_cases.publishing import publish
from assessments.use_cases.told import words
from assessments.use_cases.typed import NAME, body, line, searched
from standards.model import Checklist


@dataclass(frozen=True)
class Listed:
    """An assessment as a line of a list: what, where, in which cycle, how far. `by_raters`: several people rate it,
    each on a sheet of their own, or can in no other way, and what is answered is what they agree on. `counted`: nobody
    rates it, its levels are counted from the ratings of "staff" or of each "record"; "" where it is rated.
    """

    id: str
    name: str
    site: str
    site_id: str
    cycle: str
    cycle_id: str
    checklist: str
    checklist_id: str
    edition: str
    status: str
    archived: bool
    answered: int
    total: int
    submitted_at: datetime | None
    by_raters: bool = False
    counted: str = ""


@dataclass(frozen=True)
class Cover:
    """Who rated, how many hours it took (None: not said), what the ratings rest on."""

    raters: str = ""
    hours: float | None = None
    rests_on: str = ""


ON_A_SITE = ("site", "staff", "record")
"""Subjects of checklists that a site is assessed on; ratings of staff and of records are counted for it."""

# Built once, of columns and not of objects: every run of a page asks for the list.
TABLES = Table.metadata.tables
ROW, SITE, CYCLE, RATING, SHEET = (TABLES[name].c for name in ("assessment", "site", "cycle", "rating", "sheet"))
ANSWERED = (
    select(func.count())
    .where(RATING.agency_id == SHEET.agency_id, RATING.sheet_id == SHEET.id, RATING.state != State.UNRATED.value)
    .correlate(TABLES["sheet"])
    .scalar_subquery()
)
ALL = (
    select(
        ROW.checklist_id,
        ROW.edition,
        ROW.archived_at,
        ROW.submitted_at,
        ANSWERED,
        SHEET.kind == "consensus",
        ROW.id,
        ROW.name,
        ROW.status,
        SITE.id,
        SITE.name,
        CYCLE.id,
        CYCLE.name,
    )
    .join(TABLES["site"], and_(SITE.agency_id == ROW.agency_id, SITE.id == ROW.site_id))
    .join(TABLES["cycle"], and_(CYCLE.agency_id == ROW.agency_id, CYCLE.id == ROW.cycle_id))
    .join(TABLES["sheet"], and_(SHEET.agency_id == ROW.agency_id, SHEET.assessment_id == ROW.id, SHEET.kind != "blind"))
    .where(ROW.agency_id == bindparam("agency_id"))
    .order_by(CYCLE.starts.desc(), SITE.name_key, ROW.created_at.desc(), ROW.name)
)
LIVE = ALL.where(ROW.archived_at.is_(None))
ONE = ALL.where(ROW.id == bindparam("assessment_id"))


@allowed
def assessments(db: Session, actor: Actor, archived: bool = False) -> list[Listed]:
    """Newest cycle first, then by site and checklist."""
    found = db.execute(ALL if archived else LIVE, {"agency_id": actor.agency_id})
    return [_listed(db, actor.agency_id, *row) for row in found]


@allowed
def assessment_summary(db: Session, actor: Actor, assessment_id: str) -> Listed:
    """NotFound where it is not there or not the agency's."""
    found = db.execute(ONE, {"agency_id": actor.agency_id, "assessment_id": assessment_id}).first()
    if found is None:
        raise NotFound("This assessment is not here. Choose one from the list on the home page.")
    return _listed(db, actor.agency_id, *found)


@allowed
def start_assessment(
    db: Session, actor: Actor, now: datetime, site_id: str, cycle_id: str, checklist_id: str, edition: str
) -> str:
    """The id of a new draft with its one subject and its shared sheet."""
    site, cycle = _live(db, actor, Site, site_id), _live(db, actor, Cycle, cycle_id)
    checklist = shelf.find(db, actor.agency_id, checklist_id, edition)
    _refuse_unratable(db, actor, checklist)
    row = Assessment(
        agency_id=actor.agency_id,
        name=checklist.title,
        site_id=site_id,
        cycle_id=cycle_id,
        checklist_id=checklist_id,
        edition=edition,
        edition_hash=checklist.hash,
        created_at=now,
        created_by=actor.person_id,
    )
    _refuse_second(db, row)
    db.add(row)
    db.flush()
    db.add(
        RatedSubject(
            agency_id=actor.agency_id,
            assessment_id=row.id,
            kind="site" if checklist.subject in ON_A_SITE else checklist.subject,
        )
    )
    db.add(Sheet(agency_id=actor.agency_id, assessment_id=row.id))
    if checklist.subject == "record":
        reviewing.put_review(db, row, checklist)
    db.flush()
    say(db, actor, now, "start", row.id, after=f"{checklist.title} {edition}, {site.name}, {cycle.name}")
    if checklist.subject == "record":
        clocks.put_clocked_into(db, actor, now, row.id)
    return row.id


@allowed
def rename_assessment(db: Session, actor: Actor, now: datetime, assessment_id: str, name: str) -> None:
    row = find_assessment(db, actor, assessment_id)
    before, row.name = row.name, line(name, "Name of the assessment", NAME)
    say(db, actor, now, "rename", row.id, "name", before, row.name)


@allowed
def archive_assessment(db: Session, actor: Actor, now: datetime, assessment_id: str, archived: bool = True) -> None:
    row = find_assessment(db, actor, assessment_id)
    if bool(row.archived_at) == archived:
        return
    if not archived:
        _refuse_second(db, row)
    row.archived_at = now if archived else None
    say(db, actor, now, "archive" if archived else "take out of the archive", row.id)
    publish(db, actor, now)
    if not archived and row.status != "submitted" and shelf.checklist_of(db, row).subject == "record":
        clocks.put_clocked_into(db, actor, now, row.id)


@allowed
def write_cover(
    db: Session, actor: Actor, now: datetime, assessment_id: str, cover: Cover, shown: int, keep_because: str = ""
) -> int:
    """The cover's new version. `shown` is the version that the page showed."""
    row = find_assessment(db, actor, assessment_id)
    if row.status == "submitted":
        raise AlreadySubmitted("This assessment was submitted, and its cover with it. Reopen it to change the cover.")
    if row.archived_at:
        raise AlreadySubmitted("This assessment is archived. Take it out of the archive to change its cover.")
    if row.cover_version != shown:
        raise Conflict("The cover was changed after you opened it. Look at it again and repeat your change.", "cover")
    if cover.hours is not None and not 0 <= cover.hours <= 10_000:
        raise BadInput("Hours spent: give a number from 0 to 10,000, or leave it empty.")
    raters = line(cover.raters, "Who rated", required=False)
    rests_on = body(cover.rests_on, "What it rests on", 4000)
    searched(db, actor, now, f"{raters}\n{rests_on}", "The cover", keep_because, row.id)
    before, after = Cover(row.raters, row.hours, row.rests_on), Cover(raters, cover.hours, rests_on)
    for field, value in vars(after).items():
        setattr(row, field, value)
    row.cover_version += 1
    db.flush()
    for field, was in vars(before).items():
        if was != (value := getattr(after, field)):
            say(db, actor, now, "cover", row.id, field, words(was), words(value))
    return row.cover_version


@allowed
def last_place(db: Session, actor: Actor) -> LastPlace | None:
    """Where the actor last worked in this agency, unless that assessment was archived since."""
    return db.execute(
        select(LastPlace)
        .join(
            Assessment,
            (Assessment.agency_id == LastPlace.agency_id) & (Assessment.id == LastPlace.assessment_id),
        )
        .where(
            LastPlace.agency_id == actor.agency_id,
            LastPlace.person_id == actor.person_id,
            Assessment.archived_at.is_(None),
        )
    ).scalar_one_or_none()


@allowed
def remember_place(db: Session, actor: Actor, now: datetime, assessment_id: str, part: str) -> None:
    find_assessment(db, actor, assessment_id)
    part = line(part, "The place to go on from", required=False)
    db.merge(
        LastPlace(agency_id=actor.agency_id, person_id=actor.person_id, assessment_id=assessment_id, part=part, at=now)
    )


def rated_here(db: Session, actor: Actor) -> tuple[str, ...]:
    """Subjects of the checklists that an assessment can rest on where the actor is."""
    return ON_ITSELF if db.get(Collaborative, actor.agency_id) else ON_A_SITE


def find_assessment(db: Session, actor: Actor, assessment_id: str) -> Assessment:
    row = db.execute(
        select(Assessment).where(Assessment.agency_id == actor.agency_id, Assessment.id == assessment_id)
    ).scalar_one_or_none()
    if row is None:
        raise NotFound("This assessment is not here. Choose one from the list on the home page.")
    return row


def say(
    db: Session, actor: Actor, now: datetime, act: str, row_id: str, field: str = "", before: str = "", after: str = ""
) -> None:
    change = audit.Change(act, "assessment", row_id, field, before, after)
    audit.record(db, actor.agency_id, actor.person_id, now, change)


def _listed(
    db: Session,
    agency_id: str,
    checklist_id: str,
    edition: str,
    archived_at: datetime | None,
    submitted_at: datetime | None,
    answered: int,
    by_raters: bool,
    *named: str,
) -> Listed:
    checklist = shelf.find(db, agency_id, checklist_id, edition)
    identity, name, status, site_id, site, cycle_id, cycle = named
    return Listed(
        identity,
        name,
        site,
        site_id,
        cycle,
        cycle_id,
        checklist.title,
        checklist.id,
        edition,
        status,
        archived_at is not None,
        answered,
        len(checklist.indicators),
        submitted_at,
        by_raters or (checklist.subject in ON_ITSELF and status != "submitted"),
        checklist.subject if checklist.rolls_up else "",
    )


def _live(db: Session, actor: Actor, table: type[Site] | type[Cycle], row_id: str) -> Site | Cycle:
    row = db.execute(select(table).where(table.agency_id == actor.agency_id, table.id == row_id)).scalar_one_or_none()
    thing = table.__name__.lower()
    if row is None:
        raise NotFound(f"This {thing} is not here any more. Choose another.")
    if row.archived_at:
        raise BadInput(
            f"{row.name} is archived. Take it out of the archive on the setup page, or choose another {thing}."
        )
    return row


def _refuse_second(db: Session, row: Assessment) -> None:
    """One checklist on one site in one cycle is rated once at a time, whatever its edition."""
    same = select(Assessment.name).where(
        Assessment.agency_id == row.agency_id,
        Assessment.site_id == row.site_id,
        Assessment.cycle_id == row.cycle_id,
        Assessment.checklist_id == row.checklist_id,
        Assessment.archived_at.is_(None),
    )
    if there := db.execute(same).scalar():
        raise AlreadyThere(
            f"This site has an assessment with that checklist in this cycle already: {there}. Go on with that one, or "
            "archive it first."
        )


def _refuse_unratable(db: Session, actor: Actor, checklist: Checklist) -> None:
    if checklist.subject not in rated_here(db, actor):
        raise NotRatableHere(f"{_elsewhere(checklist)} It can be read on the page Standards.")
    key = {"agency_id": actor.agency_id, "checklist_id": checklist.id, "edition": checklist.edition}
    if checklist.pack and not db.get(ChosenPack, key):
        raise BadInput(
            f"{checklist.title} is a further pack that is switched off. Choose it first on the page Checklists."
        )


def _elsewhere(checklist: Checklist) -> str:
    if checklist.subject in ON_ITSELF:
        return f"{checklist.title} is not rated on a site but on a collaborative, by its members."
    return f"{checklist.title} is rated by each agency, and not on the collaborative."
