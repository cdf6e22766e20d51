"""Ratings of what staff know and can do: each a word of one rater on one day, kept beside those before it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from secrets import randbelow

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotAllowed, NotFound
from assessments.rules.competency import KINDS, Given, RaterKind
from assessments.store import audit, shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import CompetencyRating, Person, StaffMember, Table
from assessments.use_cases.competency_checks import checked, refuse_day
from assessments.use_cases.job_roles import Key
from assessments.use_cases.staff import Member, find_member, require_seen, roster, sight_of
from assessments.use_cases.staffing import today_of
from assessments.use_cases.told import say
from assessments.use_cases.typed import body, searched

RATED = "competency"
"""The kind under which the trail holds ratings of staff: it never shows their values."""
Shown = tuple[date, int] | None
"""Day and version of what a page showed of one kind: of the rating of the day that is rated, and where there was none,
of the newest; None where there was none at all.
"""
BEGINNINGS = 2**30
"""Where versions begin: anywhere, so that a rating that was taken out is never mistaken for the next on that day."""


@dataclass(frozen=True)
class Stored:
    given: Given
    version: int
    note: str
    given_at: datetime
    given_by: str
    """The name; the code where the rater is a staff member whom the actor knows by code alone."""

    @property
    def shown(self) -> Shown:
        return self.given.on, self.version


R = Table.metadata.tables["competency_rating"].c
# Built once: with every save, building a statement takes longer than running it.
OF_ONE_KIND = (
    select(CompetencyRating)
    .where(
        R.agency_id == bindparam("agency"),
        R.staff_id == bindparam("staff"),
        R.checklist_id == bindparam("checklist"),
        R.indicator_id == bindparam("indicator"),
        R.kind == bindparam("kind"),
    )
    .execution_options(populate_existing=True)
)
RATED_ONE, RATER = aliased(StaffMember), aliased(StaffMember)
HISTORY = (
    select(CompetencyRating, col(Person.name), col(RATED_ONE.code), col(RATER.id), col(RATER.code))
    .join(Person, col(Person.id) == col(CompetencyRating.given_by))
    .join(RATED_ONE, (col(RATED_ONE.agency_id) == R.agency_id) & (col(RATED_ONE.id) == R.staff_id))
    .outerjoin(RATER, (col(RATER.agency_id) == R.agency_id) & (col(RATER.person_id) == R.given_by))
    .order_by(R.on.desc(), R.given_at.desc())
)


@allowed
def ratable(db: Session, actor: Actor) -> dict[RaterKind, tuple[Member, ...]]:
    """Whom the actor may rate, by as what, also those who have left. What they may be to nobody is not in it."""
    seen, everybody = sight_of(db, actor), roster(db, actor)
    found = {kind: tuple(one for one in everybody if seen.may_rate(one.id, kind)) for kind in KINDS}
    return {kind: members for kind, members in found.items() if members}


@allowed
def competency_ratings(
    db: Session, actor: Actor, checklist: Key, members: Collection[str], indicators: Collection[str] | None = None
) -> dict[tuple[str, str], list[Stored]]:
    """By member and indicator, newest first: all that was ever given. NotFound where a member is not theirs to see."""
    seen = require_seen(db, actor, members)
    wanted = HISTORY.where(
        R.agency_id == actor.agency_id, R.checklist_id == checklist[0], R.staff_id.in_(list(members))
    )
    if indicators is not None:
        wanted = wanted.where(R.indicator_id.in_(list(indicators)))
    found: dict[tuple[str, str], list[Stored]] = defaultdict(list)
    for row, name, code, rater, rater_code in db.execute(wanted):
        whose = rater or (row.staff_id if row.kind == "self" else "")
        known = not whose or whose in seen.named or row.given_by == actor.person_id
        found[row.staff_id, row.indicator_id].append(_stored(row, name if known else rater_code or code))
    return dict(found)


@allowed
def rate_competency(
    db: Session,
    actor: Actor,
    now: datetime,
    staff_id: str,
    checklist: Key,
    indicator_id: str,
    given: Given,
    shown: Shown,
    note: str = "",
    keep_because: str = "",
) -> Shown:
    """What stands on that day from now on; Conflict where something else than `shown` stood there before.

    A second word of the same kind on the same day takes the place of the first; any other day stands beside it.
    """
    member = _ratable(db, actor, staff_id, given.kind)
    found = shelf.find(db, actor.agency_id, *checklist)
    given = checked(found, indicator_id, given)
    refuse_day(member, given.on, today_of(db, actor, now))
    note, thing = body(note, "Note", 2_000), f"{staff_id}/{indicator_id}"
    searched(db, actor, now, note, f"The note on {indicator_id}", keep_because, thing)
    there = {row.on: row for row in _rows(db, actor, staff_id, checklist[0], indicator_id, given.kind)}
    _refuse_moved(there, shown, given.on, indicator_id)
    row = there.get(given.on)
    before = _said(row) if row else ""
    if row is None:
        key = (actor.agency_id, staff_id, found.id, indicator_id, given.kind, given.on)
        names = ("agency_id", "staff_id", "checklist_id", "indicator_id", "kind", "on")
        row = CompetencyRating(
            **dict(zip(names, key, strict=True)), edition=found.edition, version=randbelow(BEGINNINGS)
        )
    elif (_given(row), row.note) == (given, note):
        return shown
    else:
        _refuse_anothers(row, actor)
    row.level, row.shown_in, row.correct, row.asked = given.level, given.shown_in, given.correct, given.asked
    row.note, row.edition, row.version = note, found.edition, row.version + 1
    row.given_at, row.given_by = now, actor.person_id
    db.add(row)
    db.flush()
    _say(db, actor, now, "rate", thing, given.kind, before, _said(row))
    return row.on, row.version


@allowed
def take_out_competency_rating(
    db: Session,
    actor: Actor,
    now: datetime,
    staff_id: str,
    checklist: Key,
    indicator_id: str,
    kind: RaterKind,
    on: date,
    shown: Shown,
) -> None:
    """One that was given by mistake: the one before it counts again. Conflict where `shown` is not what stands there
    now.
    """
    _ratable(db, actor, staff_id, kind)
    row = next((row for row in _rows(db, actor, staff_id, checklist[0], indicator_id, kind) if row.on == on), None)
    if row is None:
        raise NotFound("This rating is not here any more. Look at the page again.")
    if shown != (on, row.version):
        raise _moved(indicator_id)
    _refuse_anothers(row, actor)
    db.delete(row)
    _say(db, actor, now, "take out rating", f"{staff_id}/{indicator_id}", kind, _said(row), "")


def _ratable(db: Session, actor: Actor, staff_id: str, kind: RaterKind) -> StaffMember:
    if kind not in KINDS:
        raise BadInput("Who rates: choose one from the list.")
    if not require_seen(db, actor, [staff_id]).may_rate(staff_id, kind):
        raise NotAllowed(
            "You cannot rate this staff member in this way. Everybody rates themselves; a supervisor rates their own "
            "team; a trainer observes and checks."
        )
    return find_member(db, actor, staff_id)


def _refuse_moved(there: Mapping[date, CompetencyRating], shown: Shown, on: date, indicator_id: str) -> None:
    stands = there.get(on) or max(there.values(), key=lambda row: row.on, default=None)
    if (stands and (stands.on, stands.version)) != shown:
        raise _moved(indicator_id)


def _moved(indicator_id: str) -> Conflict:
    return Conflict(f"{indicator_id} was rated after you opened it. Look at it again.", "answer")


def _rows(
    db: Session, actor: Actor, staff_id: str, checklist_id: str, indicator_id: str, kind: RaterKind
) -> Iterator[CompetencyRating]:
    key = {"agency": actor.agency_id, "staff": staff_id, "checklist": checklist_id, "indicator": indicator_id}
    yield from db.execute(OF_ONE_KIND, {**key, "kind": kind}).scalars()


def _given(row: CompetencyRating) -> Given:
    return Given(row.kind, row.on, row.level, row.shown_in, row.correct, row.asked)


def _stored(row: CompetencyRating, name: str) -> Stored:
    return Stored(_given(row), row.version, row.note, row.given_at, name)


def _refuse_anothers(row: CompetencyRating, actor: Actor) -> None:
    """What each rater gave is kept: two observers on one day are two."""
    if row.given_by != actor.person_id:
        raise NotAllowed(
            f"{row.indicator_id} was rated on this day by somebody else in the same way, and what each gave is kept. "
            "Give yours for another day, or ask them to change theirs."
        )


def _said(row: CompetencyRating) -> str:
    """For the trail, which keeps it and shows it to nobody; the note begins on the second line."""
    level = "cannot judge" if row.level is None else str(row.level)
    return f"{level}, {row.shown_in}\n{row.note}"


def note_of(said: str) -> str:
    return said.partition("\n")[2]


def _say(db: Session, actor: Actor, now: datetime, act: str, thing: str, field: str, before: str, after: str) -> None:
    say(db, actor, now, audit.Change(act, RATED, thing, field, before, after))
