"""The invented staff of one agency: who works where, and what they were rated at before and after their training."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from assessments.demo_plan import Later
from assessments.demo_training import TRAINED, train
from assessments.rules.competency import SKILL, Given, RaterKind, ShownIn, most, needs_showing, targets_of
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.competencies import Shown, rate_competency
from assessments.use_cases.job_roles import add_usual_roles, job_roles
from assessments.use_cases.staff import StaffDetails, add_member
from assessments.use_cases.staff_counts import count_staff
from standards.model import Checklist

STAFF = ("perinatal-staff", "1.0")
ROSTER, PAPER, FIRST, SELF, SECOND, COUNT = 230, 400, 160, 150, 20, 2
"""Days ago: the roster began, what stood on paper before that, two rounds with self-ratings between, and the count."""

TALKING = ("STF-08", "STF-09", "STF-21", "STF-23", "STF-24")
ASKED = ("STF-01", "STF-02", "STF-04", "STF-05", *TALKING)
"""What both rounds were about; the rest is to come."""
MORE = (*ASKED, "STF-13", "STF-15")
ON_PAPER = ("STF-25", "STF-26", "STF-27")
REFLECTED = ("STF-08", "STF-09", "STF-21")


@dataclass(frozen=True)
class Worker:
    """`level` is where the ratings lie on average, `rated` the share that has one, of what was `asked` and the role
    needs; without a level nobody has rated them. `starts` and `ends` are days from today.
    """

    code: str
    name: str
    roles: tuple[str, ...]
    above: str = ""
    starts: int = -900
    ends: int | None = None
    level: float | None = None
    rated: float = 1.0
    reflects: bool = False
    on_paper: bool = False
    asked: tuple[str, ...] = ASKED

    def works(self, days_ago: int) -> bool:
        return self.starts < -days_ago and (self.ends is None or self.ends > -days_ago)


HOUSE, CLINIC = "Harbor House, residential", "Harbor House, outpatient"
WORKERS: dict[str, tuple[Worker, ...]] = {
    HOUSE: (
        Worker("HH-01", "Ada Alder", ("Supervisor", "Counselor"), level=3.1),
        Worker("HH-02", "Ben Birch", ("Supervisor",), "HH-01", level=2.7),
        Worker("HH-03", "Cleo Cedar", ("Counselor",), "HH-01", level=2.8, reflects=True, asked=MORE),
        Worker("HH-04", "Dora Dogwood", ("Counselor",), "HH-01", level=2.1),
        Worker("HH-05", "Eli Elm", ("Nurse",), "HH-01", level=3.1, on_paper=True),
        Worker("HH-06", "Flora Fir", ("Nurse",), "HH-01", level=2.4, asked=MORE),
        Worker("HH-07", "Gus Gum", ("Case manager",), "HH-01", level=2.2),
        Worker("HH-08", "Hana Hazel", ("Case manager",), "HH-01", level=2.0),
        Worker("HH-09", "Ira Ivy", ("Peer specialist",), "HH-02", level=2.5),
        Worker("HH-10", "Juno Juniper", ("Residential aide",), "HH-02", level=1.7),
        Worker("HH-11", "Kit Koa", ("Residential aide",), "HH-02", level=1.6),
        Worker("HH-12", "Lou Larch", ("Residential aide",), "HH-02", starts=-70, level=1.4, asked=TALKING),
        Worker("HH-13", "Mona Maple", ("Front desk",), "HH-01", starts=-210, reflects=True),
        Worker("HH-14", "Ned Nutmeg", ("Counselor",), "HH-01", ends=-60),
    ),
    CLINIC: (
        Worker("HO-01", "Olga Oak", ("Supervisor", "Counselor"), level=2.9, rated=0.5, asked=TALKING),
        Worker("HO-02", "Pia Pine", ("Counselor",), "HO-01", level=2.3, rated=0.5, asked=TALKING),
        Worker("HO-03", "Quinn Quince", ("Case manager",), "HO-01", level=2.0, rated=0.5, asked=TALKING),
        Worker("HO-04", "Rosa Rowan", ("Peer specialist",), "HO-01", starts=-30),
    ),
}
ALONE, NOBODY = {"STF-23": "HH-03"}, {"STF-24"}
"""What one person alone is at target in, and what nobody is."""
TAUGHT = ("STF-04", "STF-05")
"""Rated in both rounds."""
KNOWN_IN: tuple[ShownIn, ...] = ("case-discussion", "note", "session")
SEEN_IN: tuple[ShownIn, ...] = ("live", "role-play", "recording")


def employ(db: Session, actor: Actor, now: datetime, cycle: str) -> Later:
    """Everybody on the roster, then each round of ratings; the count is an assessment in the cycle of that name."""
    staffing = Staffing(db, actor, now, shelf.find(db, actor.agency_id, *STAFF))
    yield staffing.moment(ROSTER), staffing.take_on
    for worker in (worker for workers in WORKERS.values() for worker in workers):
        for days, kind, asked, on in _rounds(worker):
            entered, seen = staffing.moment(days), staffing.moment(on).date()
            yield entered, partial(staffing.rate, worker, kind, asked, entered, seen)
    yield staffing.moment(COUNT), partial(staffing.count, cycle)


def _rounds(worker: Worker) -> Iterator[tuple[int, RaterKind, Collection[str], int]]:
    """When each was entered, by whom it was given, what it was about, and on which day; in days ago."""
    if worker.on_paper:
        yield ROSTER - 1, "supervisor", ON_PAPER, PAPER
    if worker.reflects:
        yield SELF, "self", REFLECTED, SELF
    if worker.level is not None:
        yield from ((days, "supervisor", worker.asked, days) for days in (FIRST, SECOND) if worker.works(days))


@dataclass
class Staffing:
    """What is remembered between one act and the next."""

    db: Session
    actor: Actor
    now: datetime
    checklist: Checklist
    ids: dict[str, str] = field(default_factory=dict)
    needs: dict[str, Mapping[str, int]] = field(default_factory=dict)
    shown: dict[tuple[str, str, RaterKind], Shown] = field(default_factory=dict)

    def moment(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago)

    def take_on(self) -> Later:
        moment = self.moment(ROSTER)
        add_usual_roles(self.db, self.actor, moment, STAFF)
        roles = {one.profile.name: one for one in job_roles(self.db, self.actor, STAFF)}
        places = {site.name: site.id for site in sites(self.db, self.actor)}
        for site, workers in WORKERS.items():
            for worker in workers:
                held = [roles[name] for name in worker.roles]
                self.needs[worker.code] = targets_of(role.profile.needs for role in held)
                details = StaffDetails(
                    worker.code,
                    places[site],
                    self._day(worker.starts),
                    None if worker.ends is None else self._day(worker.ends),
                    worker.name,
                    frozenset(role.id for role in held),
                    self.ids.get(worker.above, ""),
                )
                self.ids[worker.code] = add_member(self.db, self.actor, moment, details)
        yield from train(self.db, self.actor, self.now, moment, STAFF, self.ids)

    def rate(self, worker: Worker, kind: RaterKind, asked: Collection[str], now: datetime, on: date) -> Later:
        """Each once, and what was taught twice."""
        for name in asked:
            target = self.needs[worker.code].get(name)
            dice = Random(f"{worker.code} {name}")  # noqa: S311 - nothing secret hangs on it
            if target is not None and dice.random() < worker.rated:
                self._rate_one(worker, kind, name, target, now, on, dice)
        yield from ()

    def _rate_one(
        self, worker: Worker, kind: RaterKind, name: str, target: int, now: datetime, on: date, dice: Random
    ) -> None:
        before = self.shown.get((worker.code, name, kind))
        if before and name not in TAUGHT:
            return
        learned = bool(before) and worker.code in TRAINED
        level = round(dice.gauss(worker.level or 2.0, 0.7)) + learned + (kind == "self")
        if name in NOBODY or ALONE.get(name, worker.code) != worker.code:
            level = min(level, target - 1)
        elif name in ALONE:
            level = max(level, target)
        given = _given(self.checklist.ladder_of[name].id, kind, on, level, dice)
        self.shown[worker.code, name, kind] = rate_competency(
            self.db, self.actor, now, self.ids[worker.code], STAFF, name, given, before
        )

    def count(self, cycle: str) -> Later:
        moment = self.moment(COUNT)
        site = next(site.id for site in sites(self.db, self.actor) if site.name == HOUSE)
        round_ = next(one.id for one in cycles(self.db, self.actor) if one.name == cycle)
        assessment = start_assessment(self.db, self.actor, moment, site, round_, *STAFF)
        count_staff(self.db, self.actor, moment, assessment)
        yield from ()

    def _day(self, days: int) -> date:
        return (self.now + timedelta(days=days)).date()


def _given(ladder: str, kind: RaterKind, on: date, level: int, dice: Random) -> Given:
    if dice.random() < 0.03:
        return Given(kind, on, None)
    level = min(max(level, 0), most(ladder, kind))
    shown_in: ShownIn = dice.choice(SEEN_IN if ladder == SKILL else KNOWN_IN) if needs_showing(kind, level) else ""
    return Given(kind, on, level, shown_in)
