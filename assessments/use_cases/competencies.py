"""Ratings of what staff know and can do: each a word of one rater on one day, kept beside those before it."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from secrets import randbelow
from typing import Any, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from assessments.errors import BadInput, Conflict, NotAllowed, NotFound
from assessments.rules.competency import (
    KINDS,
    Given,
    RaterKind,
    ShownIn,
    Standing,
    level_of_check,
    most,
    needs_showing,
    shows,
    standing,
    target_of,
)
from assessments.rules.days import in_words
from assessments.store import audit, shelf
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import CompetencyRating, Person, StaffMember, Table
from assessments.use_cases.job_roles import Key, needs_of
from assessments.use_cases.staff import Member, find_member, roster, sight_of
from assessments.use_cases.typed import body, searched
from standards.model import Checklist

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

    @property
    def shown(self) -> Shown:
        return self.given.on, self.version


@dataclass(frozen=True)
class Matrix:
    """Some staff members by all competencies of a checklist, as they stand on one day."""

    checklist: Checklist
    today: date
    targets: Mapping[str, Mapping[str, int]]
    given: Mapping[tuple[str, str], tuple[Given, ...]]

    def standing(self, staff_id: str, indicator_id: str) -> Standing:
        target = self.targets[staff_id].get(indicator_id)
        return standing(target, self.given.get((staff_id, indicator_id), ()), self.today)

    def of_staff(self, staff_id: str) -> dict[str, Standing]:
        """By indicator, in the order of the checklist."""
        return {one.id: self.standing(staff_id, one.id) for one in self.checklist.indicators}

    def of_indicator(self, indicator_id: str) -> dict[str, Standing]:
        """By staff member."""
        return {staff_id: self.standing(staff_id, indicator_id) for staff_id in self.targets}


TABLES = Table.metadata.tables
R, STAFF, HELD = (TABLES[name].c for name in ("competency_rating", "staff_member", "staff_role"))
AGENCY: Any = bindparam("agency_id")
CHECKLIST: Any = bindparam("checklist_id")
SOME: Any = bindparam("members", expanding=True)
ROLES_HELD = select(HELD.staff_id, HELD.role_id).where(HELD.agency_id == AGENCY, HELD.staff_id.in_(SOME))
# Columns and no objects: five hundred people by thirty-one competencies are some fifteen thousand rows and more.
WORDS = (
    select(R.staff_id, R.indicator_id, R.kind, R.on, R.level, R.shown_in, R.correct, R.asked)
    .where(R.agency_id == AGENCY, R.checklist_id == CHECKLIST, R.staff_id.in_(SOME))
    .order_by(R.on)
)


@allowed
def ratable(db: Session, actor: Actor) -> dict[RaterKind, tuple[Member, ...]]:
    """Whom the actor may rate, by as what, also those who have left. What they may be to nobody is not in it."""
    seen, everybody = sight_of(db, actor), roster(db, actor)
    found = {kind: tuple(one for one in everybody if seen.may_rate(one.id, kind)) for kind in KINDS}
    return {kind: members for kind, members in found.items() if members}


@allowed
def matrix(db: Session, actor: Actor, today: date, checklist: Key, members: Collection[str]) -> Matrix:
    """NotFound where one of the members is not the actor's to see."""
    _refuse_unseen(db, actor, members)
    return matrix_of(db, actor, today, checklist, members)


def matrix_of(db: Session, actor: Actor, today: date, checklist: Key, members: Collection[str]) -> Matrix:
    """Of members whom the caller has asked for by right."""
    found = shelf.find(db, actor.agency_id, *checklist)
    newest: dict[tuple[str, str], dict[str, Given]] = defaultdict(dict)
    key = {"agency_id": actor.agency_id, "checklist_id": checklist[0], "members": list(members)}
    for staff_id, indicator, kind, *rest in db.execute(WORDS, key):
        given = Given(kind, *rest)
        # What could not be judged does not take the place of what was.
        if given.level is not None or kind not in newest[staff_id, indicator]:
            newest[staff_id, indicator][kind] = given
    given_by = {place: tuple(by_kind.values()) for place, by_kind in newest.items()}
    return Matrix(found, today, _targets(db, actor, checklist, members), given_by)


@allowed
def competency_ratings(
    db: Session, actor: Actor, checklist: Key, members: Collection[str], indicators: Collection[str] | None = None
) -> dict[tuple[str, str], list[Stored]]:
    """By member and indicator, newest first: all that was ever given. NotFound where a member is not theirs to see."""
    _refuse_unseen(db, actor, members)
    wanted = (
        select(CompetencyRating, col(Person.name))
        .join(Person, col(Person.id) == col(CompetencyRating.given_by))
        .where(
            col(CompetencyRating.agency_id) == actor.agency_id,
            col(CompetencyRating.checklist_id) == checklist[0],
            col(CompetencyRating.staff_id).in_(list(members)),
        )
        .order_by(col(CompetencyRating.on).desc(), col(CompetencyRating.given_at).desc())
    )
    if indicators is not None:
        wanted = wanted.where(col(CompetencyRating.indicator_id).in_(list(indicators)))
    found: dict[tuple[str, str], list[Stored]] = defaultdict(list)
    for row, name in db.execute(wanted):
        found[row.staff_id, row.indicator_id].append(_stored(row, name))
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
    given = _checked(found, indicator_id, given)
    _refuse_day(member, given.on, today_of(db, actor, now))
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
    shown: Shown = None,
) -> None:
    """One that was given by mistake: the one before it counts again. Conflict where `shown` is given and it is not what
    stands there now.
    """
    _ratable(db, actor, staff_id, kind)
    row = next((row for row in _rows(db, actor, staff_id, checklist[0], indicator_id, kind) if row.on == on), None)
    if row is None:
        raise NotFound("This rating is not here any more. Look at the page again.")
    if shown and shown != (on, row.version):
        raise _moved(indicator_id)
    db.delete(row)
    _say(db, actor, now, "take out rating", f"{staff_id}/{indicator_id}", kind, _said(row), "")


def today_of(db: Session, actor: Actor, now: datetime) -> date:
    """In the agency's own time zone."""
    return now.astimezone(ZoneInfo(agency_of(db, actor).time_zone)).date()


def _refuse_unseen(db: Session, actor: Actor, members: Collection[str]) -> None:
    if not sight_of(db, actor).sees.issuperset(members):
        raise NotFound("This staff member is not here, or not yours to see. Choose one from the list.")


def _ratable(db: Session, actor: Actor, staff_id: str, kind: RaterKind) -> StaffMember:
    if kind not in KINDS:
        raise BadInput("Who rates: choose one from the list.")
    seen = sight_of(db, actor)
    if staff_id not in seen.sees:
        raise NotFound("This staff member is not here, or not yours to see. Choose one from the list.")
    if not seen.may_rate(staff_id, kind):
        raise NotAllowed(
            "You cannot rate this staff member in this way. Everybody rates themselves; a supervisor rates their own "
            "team; a trainer observes and checks."
        )
    return find_member(db, actor, staff_id)


def _checked(checklist: Checklist, indicator_id: str, given: Given) -> Given:
    """As it can be stored: the level of a knowledge check is computed, never given."""
    if indicator_id not in checklist.indicator:
        raise NotFound(f"{indicator_id} is not in {checklist.title} {checklist.edition}.")
    ladder = checklist.ladder_of[indicator_id]
    if given.kind == "knowledge-check":
        return _of_check(indicator_id, ladder.id, given)
    if given.level is not None and (type(given.level) is not int or given.level not in ladder.values):
        raise BadInput(f"{indicator_id} has no level {given.level}. Choose one of the levels shown.")
    if given.level is not None and given.level > most(ladder.id, given.kind):
        raise BadInput(
            f"{indicator_id} is a skill: by oneself it is rated up to {most(ladder.id, given.kind)}, because more "
            "takes somebody who has watched. Choose a level up to there."
        )
    if not needs_showing(given.kind, given.level):
        return Given(given.kind, given.on, given.level, given.shown_in if given.shown_in in get_args(ShownIn) else "")
    if given.shown_in not in shows(ladder.id):
        raise BadInput(
            f"{indicator_id}: a skill at 3 or above has to be seen: live, in a recording or in a role-play. Say which, "
            "or choose a level up to 2."
            if ladder.id == "skill"
            else f"{indicator_id}: knowledge at 3 or above has to be shown in the last 12 months. Say in what, or "
            "choose a level up to 2."
        )
    return Given(given.kind, given.on, given.level, given.shown_in)


def _of_check(indicator_id: str, ladder: str, given: Given) -> Given:
    if ladder == "skill":
        raise BadInput(f"{indicator_id} is a skill: a knowledge check cannot show it. Watch it instead.")
    correct, asked = given.correct, given.asked
    if type(correct) is not int or type(asked) is not int:
        raise BadInput(f"{indicator_id}: give two whole numbers, how many were right of how many asked: 7 of 9.")
    if not 0 <= correct <= asked or not 0 < asked <= 1_000:
        raise BadInput(f"{indicator_id}: {correct} right of {asked} asked cannot be. Change one of them.")
    return Given(given.kind, given.on, level_of_check(correct, asked), "", correct, asked)


def _refuse_day(member: StaffMember, on: date, today: date) -> None:
    if on > today:
        raise BadInput(f"{in_words(on)} is still to come. Give the day on which it was seen.")
    if on < member.starts or (member.ends and on > member.ends):
        raise BadInput(f"{member.code} was not here on {in_words(on)}. Give a day on which they were.")


def _refuse_moved(there: Mapping[date, CompetencyRating], shown: Shown, on: date, indicator_id: str) -> None:
    stands = there.get(on) or max(there.values(), key=lambda row: row.on, default=None)
    if (stands and (stands.on, stands.version)) != shown:
        raise _moved(indicator_id)


def _moved(indicator_id: str) -> Conflict:
    return Conflict(f"{indicator_id} was rated after you opened it. Look at it again.", "answer")


def _rows(
    db: Session, actor: Actor, staff_id: str, checklist_id: str, indicator_id: str, kind: RaterKind
) -> Iterator[CompetencyRating]:
    wanted = select(CompetencyRating).filter_by(
        agency_id=actor.agency_id, staff_id=staff_id, checklist_id=checklist_id, indicator_id=indicator_id, kind=kind
    )
    yield from db.execute(wanted.execution_options(populate_existing=True)).scalars()


def _targets(db: Session, actor: Actor, checklist: Key, members: Collection[str]) -> dict[str, dict[str, int]]:
    """Member -> indicator -> level; those who have the same roles share one."""
    needs, held = needs_of(db, actor, checklist), defaultdict[str, set[str]](set)
    for staff_id, role_id in db.execute(ROLES_HELD, {"agency_id": actor.agency_id, "members": list(members)}):
        held[staff_id].add(role_id)
    of_roles: dict[frozenset[str], dict[str, int]] = {}
    for roles in {frozenset(roles) for roles in held.values()} | {frozenset[str]()}:
        wanted = {name for role in roles for name in needs[role]}
        levels = {name: target_of(needs[role][name] for role in roles if name in needs[role]) for name in wanted}
        of_roles[roles] = {name: level for name, level in levels.items() if level is not None}
    return {staff_id: of_roles[frozenset(held[staff_id])] for staff_id in members}


def _given(row: CompetencyRating) -> Given:
    return Given(row.kind, row.on, row.level, row.shown_in, row.correct, row.asked)


def _stored(row: CompetencyRating, name: str) -> Stored:
    return Stored(_given(row), row.version, row.note, row.given_at, name)


def _said(row: CompetencyRating) -> str:
    """For the trail, which keeps it and shows it to nobody."""
    level = "cannot judge" if row.level is None else str(row.level)
    return ", ".join(filter(None, (level, row.shown_in, row.note)))


def _say(db: Session, actor: Actor, now: datetime, act: str, thing: str, field: str, before: str, after: str) -> None:
    change = audit.Change(act, RATED, thing, field, before, after)
    audit.record(db, actor.agency_id, actor.person_id, now, change)
