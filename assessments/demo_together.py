"""The invented collaborative: six agencies beside those of the cast, what each rated twice, and how it shares that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from assessments.demo_cast import EDITION, PERSON, PULSE
from assessments.demo_plan import Later
from assessments.rules.shared_sites import How
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.store.tables import Membership, Person
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, add_cycle, cycles, set_up, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.collaboratives import invite_agency, join_collaborative, set_up_collaborative
from assessments.use_cases.ratings import rate
from assessments.use_cases.sharing import share
from assessments.use_cases.sheets import Answer
from assessments.use_cases.submission import submit
from standards.model import Indicator, Ladder

TOGETHER = AgencyDetails("Plains Perinatal Collaborative (invented)", state="WY", time_zone="America/Denver")
CYCLES = (("First round", -245, -195), ("Second round", -45, 15))
"""From and to, in days from today; the rounds of the cast lie in them."""
RATED, MINUTES, FOUNDED, JOINED = 12, 2, 2, 2
"""Days after a cycle began, minutes for each rating, days before the first one; days ago, for the cast."""
HARD = {"ORG-05": -1.4, "SUP-01": -1.6, "POT-04": -1.5}
"""What all find hard, in levels."""

AnswerAs = Callable[[Indicator, Ladder, bool, float, Random], Answer]


@dataclass(frozen=True)
class Neighbor:
    """`levels`: where its ratings lie on average in the first round and in the second."""

    agency: str
    site: str
    person: str
    how: How
    levels: tuple[float, float]


NEIGHBORS = (
    Neighbor("Antelope County Health (invented)", "Antelope family clinic", "Ash Aldous", "named", (1.6, 2.3)),
    Neighbor("Blue Mesa Recovery (invented)", "Blue Mesa house", "Bo Birch", "blinded", (2.4, 2.6)),
    Neighbor("Cottonwood Women's Center (invented)", "Cottonwood residence", "Cass Cork", "named", (2.8, 3.2)),
    Neighbor("Dry Creek Services (invented)", "Dry Creek outpatient", "Dell Dogwood", "blinded", (1.3, 1.9)),
    Neighbor("Eagle Pass Hospital (invented)", "Eagle Pass birth unit", "Ellis Elm", "blinded", (2.1, 2.4)),
    Neighbor("Fremont Bridge (invented)", "Fremont Bridge house", "Finn Fir", "aggregate", (1.9, 2.0)),
)


def come_together(db: Session, now: datetime, answer: AnswerAs) -> Actor:
    """The lead; the agencies of the cast join later, each at its own moment."""
    founded = now + timedelta(days=CYCLES[0][1] - FOUNDED)
    days = [_cycle(now, *cycle) for cycle in CYCLES]
    lead = set_up_collaborative(db, founded, PERSON, TOGETHER, days[0], invented=True)
    for cycle in days[1:]:
        add_cycle(db, lead, founded, cycle)
    for neighbor in NEIGHBORS:
        _play(db, neighbor, now, lead, answer)
    return lead


def take_part(db: Session, actor: Actor, now: datetime, lead: Actor, shares: Mapping[str, How]) -> Later:
    """An agency of the cast joins, and shares its short checklist of these cycles."""
    moment = now - timedelta(days=JOINED)
    yield moment, partial(_join, db, actor, moment, lead, shares)


def _play(db: Session, neighbor: Neighbor, now: datetime, lead: Actor, answer: AnswerAs) -> None:
    founded = now + timedelta(days=CYCLES[0][1] - FOUNDED)
    days = [_cycle(now, *cycle) for cycle in CYCLES]
    details, site = AgencyDetails(neighbor.agency, "WY", "America/Denver"), SiteDetails(neighbor.site)
    made = set_up(db, founded, PERSON, details, site, days[0], invented=True)
    actor = _handed_over(db, founded, made, f"{neighbor.person} (invented)")
    add_cycle(db, actor, founded, days[1])
    for _ in _join(db, actor, founded, lead, {cycle.name: neighbor.how for cycle in days}):
        pass
    for cycle, level in zip(days, neighbor.levels, strict=True):
        began = now + timedelta(days=(cycle.starts - now.date()).days + RATED)
        _rate(db, actor, began, cycle.name, level, answer)


def _handed_over(db: Session, now: datetime, made: Actor, name: str) -> Actor:
    """To somebody of its own, so that whoever looks round sees of it what a neighbor sees."""
    person = Person(name=name, created_at=now)
    db.add(person)
    db.flush()
    db.add(Membership(agency_id=made.agency_id, person_id=person.id, role="owner"))
    db.flush()
    db.delete(db.get_one(Membership, (made.agency_id, made.person_id, "owner")))
    db.flush()
    return Actor(person.id, made.agency_id)


def _join(db: Session, actor: Actor, moment: datetime, lead: Actor, shares: Mapping[str, How]) -> Later:
    join_collaborative(db, actor, moment, invite_agency(db, lead, moment, "A member"))
    for cycle in cycles(db, actor):
        if cycle.name in shares:
            share(db, actor, moment, lead.agency_id, PULSE, cycle.id, shares[cycle.name], 0)
    yield from ()


def _rate(db: Session, actor: Actor, began: datetime, name: str, level: float, answer: AnswerAs) -> None:
    """What is judged; nothing is counted yet, so that the demonstration opens at once."""
    (site,) = sites(db, actor)
    cycle = next(cycle for cycle in cycles(db, actor) if cycle.name == name)
    assessment = start_assessment(db, actor, began, site.id, cycle.id, PULSE, EDITION)
    checklist = shelf.find(db, actor.agency_id, PULSE, EDITION)
    dice = Random(f"{site.name} {name}")  # noqa: S311 - nothing secret hangs on it
    judged = [one for one in checklist.indicators if checklist.ladder_of[one.id].kind == "judged"]
    for number, indicator in enumerate(judged, start=1):
        moment = began + timedelta(minutes=MINUTES * number)
        mean = level + HARD.get(indicator.id, 0)
        given = answer(indicator, checklist.ladder_of[indicator.id], site.infants_on_site, mean, dice)
        rate(db, actor, moment, assessment, indicator.id, given, shown=0)
    submit(db, actor, began + timedelta(minutes=MINUTES * len(judged) + 10), assessment)


def _cycle(now: datetime, name: str, first: int, last: int) -> CycleDetails:
    today = now.date()
    return CycleDetails(name, today + timedelta(days=first), today + timedelta(days=last))
