"""The lead's act by which sites that are shared in the aggregate come to count: together, and for good."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from assessments.errors import BadInput
from assessments.rules.cohorts import Cohort, next_cohort, unseen, whole
from assessments.rules.shared_sites import Period, SharedSite
from assessments.store import audit, tables
from assessments.store.access import Actor, allowed
from assessments.store.tables import CohortMember
from assessments.use_cases.knowing import knowers
from assessments.use_cases.shared import Question, cohorts_of, shared_sites
from assessments.use_cases.sites_beside import OF_AN_AGENCY
from assessments.use_cases.told import say


@dataclass(frozen=True)
class Waiting:
    """How many sites are not seen and count in nothing yet, and whether they are enough, of enough agencies. `apart`
    are the groups, of whatever period, that do not count now: something in them is not as it was.
    """

    sites: int
    enough: bool
    apart: int = 0


@allowed
def waiting_together(db: Session, actor: Actor, question: Question, period: Period) -> Waiting:
    """Of the collaborative that the actor leads, where the periods of the sites overlap this one."""
    every = unseen(shared_sites(db, actor, actor.agency_id, question))
    now, earlier, known = _standing(db, actor, every, question, period)
    gone = {one.submission for cohort in earlier for one in cohort}
    waiting = {site.site for site in now if site.submission not in gone}
    apart = len(earlier) - len(whole(earlier, every))
    return Waiting(len(waiting), next_cohort(now, earlier, known) is not None, apart)


@allowed
def count_together(db: Session, actor: Actor, now: datetime, question: Question, period: Period) -> int:
    """How many sites count from now on. BadInput where they are too few yet."""
    every = unseen(shared_sites(db, actor, actor.agency_id, question))
    cohort = next_cohort(*_standing(db, actor, every, question, period))
    if cohort is None:
        raise BadInput(
            "Too few sites wait to be counted together: a median of them would tell of one. At least five sites of "
            "several agencies have to share before they can count."
        )
    row = tables.Cohort(
        agency_id=actor.agency_id,
        checklist_id=question.checklist,
        edition_hash=question.edition,
        form=question.form,
        made_at=now,
        made_by=actor.person_id,
    )
    db.add(row)
    db.flush()
    key = {"agency_id": actor.agency_id, "cohort_id": row.id}
    db.add_all(CohortMember(**key, submission=one.submission, known_to=one.agency) for one in sorted(cohort))
    said = f"{len(cohort)} sites, {question.checklist or OF_AN_AGENCY}"
    say(db, actor, now, audit.Change("count together", "collaborative", row.id, after=said))
    return len(cohort)


def _standing(
    db: Session, actor: Actor, sites: Iterable[SharedSite], question: Question, period: Period
) -> tuple[tuple[SharedSite, ...], list[Cohort], Mapping[str, str]]:
    """What is not seen, what counts together already, and who knows whose figures."""
    there = tuple(site for site in sites if period.overlaps(site.period))
    return there, cohorts_of(db, actor.agency_id, question), knowers(db, actor, {site.agency for site in there})
