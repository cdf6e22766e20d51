"""One staff member: where they stand, how they came there, and what they were taught."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from assessments.errors import NotFound
from assessments.rules.competency import Standing
from assessments.store.access import RIGHTS, Actor, allowed, roles_of
from assessments.use_cases.attendance import Done, trained
from assessments.use_cases.competencies import Stored, competency_ratings
from assessments.use_cases.courses import CourseLine, courses
from assessments.use_cases.job_roles import Key
from assessments.use_cases.matrix import matrix
from assessments.use_cases.staff import UNSEEN, Member, roster, sight_of
from standards.model import Checklist


@dataclass(frozen=True)
class OnePerson:
    """`given` is by indicator, newest first: all that was ever given. `courses` are those that can be taken."""

    member: Member
    checklist: Checklist
    today: date
    standings: Mapping[str, Standing]
    given: Mapping[str, Sequence[Stored]]
    courses: Sequence[CourseLine]
    done: Sequence[Done]


@allowed
def seen_members(db: Session, actor: Actor) -> list[Member]:
    """Whose ratings the actor sees, also of those who have left; oneself first, then by site and code."""
    if not RIGHTS["one_person"] & roles_of(db, actor):
        return []
    seen = sight_of(db, actor)
    found = [one for one in roster(db, actor) if one.id in seen.sees]
    return sorted(found, key=lambda one: one.id != seen.mine)


@allowed
def one_person(db: Session, actor: Actor, today: date, staff_id: str, checklist: Key) -> OnePerson:
    """NotFound where they are not the actor's to see."""
    member = next((one for one in seen_members(db, actor) if one.id == staff_id), None)
    if member is None:
        raise NotFound(UNSEEN)
    found = matrix(db, actor, today, checklist, [staff_id])
    given = competency_ratings(db, actor, checklist, [staff_id])
    return OnePerson(
        member,
        found.checklist,
        today,
        found.of_staff(staff_id),
        {indicator: stored for (_, indicator), stored in given.items()},
        courses(db, actor, checklist),
        trained(db, actor, [staff_id])[staff_id],
    )
