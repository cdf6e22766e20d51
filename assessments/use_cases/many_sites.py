"""Where too many sites share to stand beside one another: what a page needs to show how they are spread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlmodel import Session

from assessments.errors import NotFound
from assessments.rules.beside import domain_targets
from assessments.rules.shared_sites import DomainStand, Period
from assessments.store import shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Cycle
from assessments.use_cases.publishing import ENDLESS, source_of
from assessments.use_cases.shared import Question, own_site
from assessments.use_cases.sites_beside import GONE, NOT_SUBMITTED, checklist_of_question
from assessments.use_cases.spread_of_sites import Asked, Version, version_of_sites
from standards.model import Checklist

MOST_BESIDE = 200
"""Convention: nobody reads more of them one by one."""


@dataclass(frozen=True)
class Crowd:
    """`own` and `targets` are by domain; the lead has no site."""

    asked: Asked
    version: Version
    checklist: Checklist
    own: Mapping[str, DomainStand]
    targets: Mapping[str, Fraction]


@allowed
def crowd_beside(db: Session, actor: Actor, now: datetime, collaborative_id: str, assessment_id: str) -> Crowd | None:
    """Beside a submitted assessment of the agency's own; None where they are few enough to look at each."""
    source = source_of(db, actor, assessment_id)
    if source is None:
        raise NotFound(NOT_SUBMITTED)
    checklist = shelf.checklist_of(db, source.assessment)
    asked = _asked(collaborative_id, Question(checklist.id, checklist.hash, checklist.form), source.cycle)
    version = version_of_sites(db, actor, asked)
    if version.sites <= MOST_BESIDE:
        return None
    mine = own_site(db, actor, now, assessment_id, collaborative_id)
    targets = domain_targets(checklist, mine.indicators, frozenset(source.assessment.conditions.split()))
    return Crowd(asked, version, checklist, mine.domains, targets)


@allowed
def crowd_together(db: Session, actor: Actor, question: Question, cycle_id: str) -> Crowd | None:
    """For the lead: of what overlaps this cycle of the collaborative."""
    cycle = db.get(Cycle, (actor.agency_id, cycle_id))
    if cycle is None:
        raise NotFound(GONE)
    asked = _asked(actor.agency_id, question, cycle)
    version = version_of_sites(db, actor, asked)
    if version.sites <= MOST_BESIDE:
        return None
    return Crowd(asked, version, checklist_of_question(db, actor, question), {}, {})


def _asked(collaborative_id: str, question: Question, cycle: Cycle) -> Asked:
    return Asked(collaborative_id, question, Period(cycle.starts, cycle.ends or ENDLESS))
