"""The training plan: from the ratings, the roles and the courses as they are, what closes most in the fewest hours."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import String, bindparam, cast, func, select
from sqlmodel import Session

from assessments.errors import BadInput, NotFound
from assessments.rules.competency import COMPETENT, KINDS, Given, RaterKind, holds_since, record_of, targets_of
from assessments.rules.scoring import class_of
from assessments.rules.settings import conditions
from assessments.rules.training_plan import AN_HOUR, POINTS, Offer, Question, Rated, TrainingPlan, what_if
from assessments.store import shelf
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Site, Table
from assessments.use_cases.job_roles import Key, needs_of
from assessments.use_cases.staffing import HELD, HERE, STAFF
from standards.model import Checklist

MOST_HOURS = 100_000
LAPSED = "lapsed"


@dataclass(frozen=True)
class Choices:
    """What the person sets. `site_id` is "" for all sites, `hours` None for as many as it takes."""

    site_id: str = ""
    left_out: frozenset[str] = frozenset()
    hours: float | None = None


@dataclass(frozen=True)
class Course:
    """`teaches` are ids of indicators."""

    id: str
    name: str
    hours: float
    teaches: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Planned:
    """`plan` keeps to the choices, `best` is the one without them; `points` is what a level counts, by indicator."""

    checklist: Checklist
    plan: TrainingPlan
    best: TrainingPlan
    courses: Mapping[str, Course]
    points: Mapping[str, int]
    choices: Choices
    today: date


def _text(column: Any) -> Any:
    return cast(column, String)


KIND_OF: Mapping[str, RaterKind] = {kind: kind for kind in KINDS}
TABLES = Table.metadata.tables
R, COURSE, TAUGHT = (TABLES[name].c for name in ("competency_rating", "course", "course_competency"))
AGENCY: Any = bindparam("agency_id")
CHECKLIST: Any = bindparam("checklist_id")
SITE: Any = bindparam("site_id")
ROLES_HELD = (
    select(STAFF.id, func.aggregate_strings(HELD.role_id, ","))
    .join(TABLES["staff_role"], (HELD.agency_id == STAFF.agency_id) & (HELD.staff_id == STAFF.id))
    .where(*HERE, (SITE == "") | (STAFF.site_id == SITE))
    .group_by(STAFF.id)
)
# A line a person and not a row a rating: of five hundred people there are some fifteen thousand, and taking them over
# one by one would take several times as long as finding the plan. All columns of a line are in one order.
BRIEFLY = (
    select(R.staff_id, *(func.aggregate_strings(column, ",") for column in (R.indicator_id, _text(R.level))))
    .add_columns(func.min(R.on))
    .where(R.agency_id == AGENCY, R.checklist_id == CHECKLIST, R.kind != "self", R.level.is_not(None))
    .group_by(R.staff_id)
)
JUDGED = BRIEFLY.add_columns(*(func.aggregate_strings(column, ",") for column in (R.kind, _text(R.on))))
"""With what it takes to tell which of several ratings counts."""
OFFERED = (
    select(COURSE.id, COURSE.name, COURSE.hours, TAUGHT.indicator_id, TAUGHT.level)
    .join(TABLES["course_competency"], (TAUGHT.agency_id == COURSE.agency_id) & (TAUGHT.course_id == COURSE.id))
    .where(COURSE.agency_id == AGENCY, COURSE.archived_at.is_(None), TAUGHT.checklist_id == CHECKLIST)
    .order_by(COURSE.name_key)
)


@allowed
def training_plan(db: Session, actor: Actor, today: date, checklist: Key, choices: Choices | None = None) -> Planned:
    """Over the staff who work there today. BadInput where the hours make no sense."""
    choices = choices or Choices()
    _refuse(db, actor, choices)
    found = shelf.find(db, actor.agency_id, *checklist)
    courses, asked = question(db, actor, today, found, choices)
    plan, best = what_if(asked)
    return Planned(found, plan, best, courses, asked.points, choices, today)


def question(
    db: Session, actor: Actor, today: date, checklist: Checklist, choices: Choices
) -> tuple[dict[str, Course], Question]:
    """What the plan is made from. For those who have asked for it by right."""
    courses, teaches = _offered(db, actor, checklist.key)
    offers = [Offer(one.id, _hundredths(one.hours), teaches[one.id]) for one in courses.values()]
    counts = _points(db, actor, checklist)
    rated = [one for one in _counted(db, actor, today, checklist.key, choices.site_id) if one.indicator in counts]
    budget = None if choices.hours is None else _hundredths(choices.hours)
    return courses, Question(rated, offers, counts, choices.left_out, budget)


def _counted(db: Session, actor: Actor, today: date, checklist: Key, site_id: str) -> list[Rated]:
    """Everybody who works there, by competency, target and level."""
    key = {"agency_id": actor.agency_id, "checklist_id": checklist[0], "site_id": site_id, "day": today}
    needs, known = needs_of(db, actor, checklist), _known(db, key)
    found = Counter[tuple[str, int, int | None]]()
    for roles, members in _alike(db, key).items():
        targets = targets_of(needs[role] for role in roles)
        unknown = dict.fromkeys(targets, len(members))
        for (name, level), people in known(members).items():
            if name in targets and (level != LAPSED or targets[name] < COMPETENT):
                found[name, targets[name], COMPETENT - 1 if level == LAPSED else int(level)] += people
                unknown[name] -= people
        for name, people in unknown.items():
            found[name, targets[name], None] += people
    return [Rated(*cell, people) for cell, people in found.items() if people]


def _known(db: Session, key: Mapping[str, Any]) -> Callable[[Iterable[str]], Counter[tuple[str, str]]]:
    """Of these people, how many have which level of record in which competency, or had one that has lapsed."""
    since = holds_since(key["day"])
    told = {staff_id: one for staff_id, *one in db.execute(BRIEFLY, key)}
    plain = {staff_id for staff_id, (names, _, oldest) in told.items() if oldest >= since and _once(names)}
    more = db.execute(JUDGED, key) if len(plain) < len(told) else ()
    of_record = {staff_id: _of_record(since, *one) for staff_id, *one in more if staff_id not in plain}

    def known(members: Iterable[str]) -> Counter[tuple[str, str]]:
        found, columns = Counter[tuple[str, str]](), defaultdict[str, list[list[str]]](list)
        for one in members:
            if one in plain:
                names, levels, _ = told[one]
                columns[names].append(levels.split(","))
            else:
                found.update(of_record.get(one, ()))
        # Those who were rated on the same competencies are counted together, a competency at a time.
        for names, lines in columns.items():
            for name, column in zip(names.split(","), zip(*lines, strict=True), strict=True):
                for level, people in Counter(column).items():
                    found[name, level] += people
        return found

    return known


def _alike(db: Session, key: Mapping[str, Any]) -> dict[tuple[str, ...], list[str]]:
    """Who works there, by the roles that they have."""
    found = defaultdict[tuple[str, ...], list[str]](list)
    for staff_id, roles in db.execute(ROLES_HELD, key):
        found[tuple(sorted(roles.split(",")))].append(staff_id)
    return found


def _of_record(since: date, names: str, levels: str, _oldest: date, kinds: str, days: str) -> Iterable[tuple[str, str]]:
    """The competencies of one person with the level of record, or that it has lapsed."""
    of = defaultdict[str, list[Given]](list)
    told = (names.split(","), levels.split(","), kinds.split(","), days.split(","))
    for name, level, kind, day in zip(*told, strict=True):
        of[name].append(Given(KIND_OF[kind], date.fromisoformat(day), int(level)))
    records = ((name, record_of(given)) for name, given in of.items())
    return [(name, str(one.level) if _holds(one, since) else LAPSED) for name, one in records if one]


@lru_cache(maxsize=64)
def _once(names: str) -> bool:
    """Each competency was rated once; whoever has the same roles mostly has the same ones."""
    split = names.split(",")
    return len(set(split)) == len(split)


def _holds(record: Given, since: date) -> bool:
    return record.on >= since or (record.level or 0) < COMPETENT


def _offered(db: Session, actor: Actor, checklist: Key) -> tuple[dict[str, Course], dict[str, dict[str, int]]]:
    courses, teaches = {}, defaultdict[str, dict[str, int]](dict)
    key = {"agency_id": actor.agency_id, "checklist_id": checklist[0]}
    for course_id, name, hours, indicator, level in db.execute(OFFERED, key):
        teaches[course_id][indicator] = level
        courses[course_id] = Course(course_id, name, hours, frozenset(teaches[course_id]))
    return courses, teaches


def _points(db: Session, actor: Actor, checklist: Checklist) -> dict[str, int]:
    agency = agency_of(db, actor)
    held = conditions(agency.state, agency.block_grant, agency.part_2)
    return {one.id: POINTS[class_of(one, held)] for one in checklist.indicators}


def _refuse(db: Session, actor: Actor, choices: Choices) -> None:
    if choices.site_id and db.get(Site, (actor.agency_id, choices.site_id)) is None:
        raise NotFound("This site is not here any more. Choose another.")
    if choices.hours is not None and not 0 <= choices.hours <= MOST_HOURS:
        raise BadInput(f"Hours: give a number from 0 to {MOST_HOURS:,}, or leave it empty for as many as it takes.")


def _hundredths(hours: float) -> int:
    return round(hours * AN_HOUR)
