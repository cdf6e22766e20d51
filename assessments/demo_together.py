"""The invented collaborative: six agencies beside those of the cast, what each rated twice, and how it shares that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from zoneinfo import ZoneInfo

from assessments.demo_cast import EDITION, PERSON, PULSE, Invented
from assessments.demo_helped import OFFERS, ask, give, help_on, let_out, offer, rate_itself
from assessments.demo_plan import Later
from assessments.rules.shared_sites import How
from assessments.rules.state_counts import StateCounts
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.store.tables import Membership, Person
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, add_cycle, cycles, set_up, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.collaboratives import invite_agency, join_collaborative, set_up_collaborative
from assessments.use_cases.guests import add_guest
from assessments.use_cases.ratings import rate
from assessments.use_cases.sharing import Agreed, share
from assessments.use_cases.sheets import Answer
from assessments.use_cases.submission import submit
from standards.model import Indicator, Ladder

TOGETHER = AgencyDetails("Plains Perinatal Collaborative (invented)", state="WY", time_zone="America/Denver")
CYCLES = (("First round", -245, -195), ("Second round", -45, 15))
"""From and to, in days from today; the rounds of the cast lie in them."""
RATED, MINUTES, FOUNDED, JOINED = 12, 2, 2, 2
"""Days after a cycle began, minutes for each rating, days before the first one; days ago, for the cast."""
NOON = 12
HARD = {"ORG-05": -1.4, "SUP-01": -2.2, "POT-04": -1.9}
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
    counts: StateCounts | None = None
    """Of the last full quarter, given to the collaborative."""


@dataclass(frozen=True)
class Met:
    """Who leads the collaborative, and who acts for each neighbor, by the name of its agency."""

    lead: Actor
    neighbors: dict[str, Actor] = field(default_factory=dict)


NEIGHBORS = (
    Neighbor(
        "Antelope County Health (invented)",
        "Antelope family clinic",
        "Ash Aldous",
        "named",
        (1.6, 2.3),
        StateCounts(34, 22, 19, 25, 15),
    ),
    Neighbor(
        "Blue Mesa Recovery (invented)",
        "Blue Mesa house",
        "Bo Birch",
        "blinded",
        (2.4, 2.6),
        StateCounts(52, 36, 31, 47, 24),
    ),
    Neighbor(
        "Cottonwood Women's Center (invented)",
        "Cottonwood residence",
        "Cass Cork",
        "named",
        (2.8, 3.2),
        StateCounts(41, 41, 28, 37, 30),
    ),
    Neighbor(
        "Dry Creek Services (invented)",
        "Dry Creek outpatient",
        "Dell Dogwood",
        "blinded",
        (1.3, 1.9),
        StateCounts(29, 17, 6, 21, 12),
    ),
    Neighbor(
        "Eagle Pass Hospital (invented)",
        "Eagle Pass birth unit",
        "Ellis Elm",
        "blinded",
        (2.1, 2.4),
        StateCounts(63, 48, 40, 58, 33),
    ),
    Neighbor("Fremont Bridge (invented)", "Fremont Bridge house", "Finn Fir", "aggregate", (1.9, 2.0)),
)
"""Of their counts one is so small that it is hidden."""
GUEST, GUEST_SITE, GUEST_LEVEL = "Tensleep Family Place (invented)", "Tensleep family place", 2.0
GUEST_AGREED = "Its director, on the telephone (invented)"


def come_together(db: Session, now: datetime, answer: AnswerAs) -> Met:
    """The agencies of the cast join later, each at its own place in its trail."""
    founded = now + timedelta(days=CYCLES[0][1] - FOUNDED)
    days = [_cycle(now, *cycle) for cycle in CYCLES]
    lead = set_up_collaborative(db, founded, PERSON, TOGETHER, days[0], invented=True)
    for cycle in days[1:]:
        add_cycle(db, lead, founded, cycle)
    met = Met(lead)
    for neighbor in NEIGHBORS:
        met.neighbors[neighbor.agency] = _play(db, neighbor, now, lead, answer)
    _keep_guest(db, now, lead, answer)
    rate_itself(db, lead, now, answer)
    return met


def take_part(db: Session, actor: Actor, now: datetime, met: Met, invented: Invented) -> Later:
    """An agency of the cast joins, and shares its short checklist of these cycles."""
    moment = joined(now)
    yield moment, partial(_join, db, actor, moment, met.lead, invented.shares)
    if invented.gives:
        yield moment, partial(give, db, actor, moment, met.lead, invented.gives)
    if invented.asks:
        yield moment, partial(ask, db, actor, moment, met.lead, invented.asks)


def go_on(db: Session, now: datetime, met: Met) -> None:
    """What the lead does once the cast is in: goes between those who ask and who offer, and lets the counts out."""
    help_on(db, joined(now) + timedelta(hours=3), met.lead, met.neighbors)
    let_out(db, joined(now) + timedelta(days=1), met.lead)


def joined(now: datetime) -> datetime:
    """Noon where the collaborative is, so that it is the same day for all its agencies."""
    day = now.astimezone(ZoneInfo(TOGETHER.time_zone)) - timedelta(days=JOINED)
    return day.replace(hour=NOON, minute=0, second=0, microsecond=0)


def _play(db: Session, neighbor: Neighbor, now: datetime, lead: Actor, answer: AnswerAs) -> Actor:
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
    if neighbor.agency in OFFERS:
        offer(db, actor, joined(now), lead, neighbor.agency)
    if neighbor.counts:
        give(db, actor, joined(now), lead, neighbor.counts)
    return actor


def _keep_guest(db: Session, now: datetime, lead: Actor, answer: AnswerAs) -> None:
    """In the last round alone: its lead loads a workbook that it filled in."""
    began, cycle = now + timedelta(days=CYCLES[-1][1] + RATED), _cycle(now, *CYCLES[-1])
    details = AgencyDetails(GUEST, TOGETHER.state, TOGETHER.time_zone)
    guest_id = add_guest(db, lead, began, details, SiteDetails(GUEST_SITE), cycle, invented=True)
    actor = Actor(lead.person_id, guest_id)
    _rate(db, actor, began, cycle.name, GUEST_LEVEL, answer)
    (its,) = cycles(db, actor)
    agreed = Agreed(GUEST_AGREED, joined(now).date())
    share(db, actor, joined(now), lead.agency_id, PULSE, its.id, "blinded", 0, agreed=agreed)


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
