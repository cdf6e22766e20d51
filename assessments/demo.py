"""The demonstration: the cast plays, for a first look round and for the tests, in a folder and database of its own.

Everything goes through the use cases that people use, with the moments at which it would have happened.
"""

import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from assessments.demo_cast import CAST, EDITION, PERSON, PROGRAM, Invented, Round
from assessments.demo_partners import partner_up
from assessments.demo_plan import Later, work_on
from assessments.demo_plans import review_plans
from assessments.demo_raters import rate_blind
from assessments.demo_staff import employ
from assessments.demo_together import Met, come_together, go_on, take_part
from assessments.rules.parts import parts
from assessments.rules.ratings import State
from assessments.store import database, place, shelf
from assessments.store.access import Actor
from assessments.store.database import Engine, Session
from assessments.use_cases.agencies import CycleDetails, add_cycle, add_site, cycles, local_person, set_up, sites
from assessments.use_cases.assessments import Cover, remember_place, start_assessment, write_cover
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import Answer, EvidenceDetails
from assessments.use_cases.submission import submit
from assessments.use_cases.trials import give_trial
from standards import vignettes
from standards.model import EvidenceKind, Indicator, Ladder

RESTS_ON = (
    "Two rounds of reading policies and agreements, the intake log of the last quarter, and a talk with the team. "
    "All of it is invented."
)
EVIDENCE: dict[EvidenceKind, tuple[str, ...]] = {
    "document": ("Admission policy, as approved by the board", "Program handbook, the chapter on families"),
    "agreement": ("Signed agreement with the partner, with its scope and end", "Letter of understanding, two pages"),
    "log": ("Intake log of the last quarter", "Outreach log, one line a contact"),
    "record": ("Ten records drawn at random", "Eight discharge summaries, read by two people"),
    "observation": ("Round through the rooms, both shifts", "One group session, sat in on"),
    "staff-interview": ("Five staff members asked, on two shifts", "Talk with the clinical supervisor"),
    "client-voice": ("Comment cards, collected without names", "Listening session with women in the program"),
    "supervision-note": ("Supervision notes of three months",),
    "training-file": ("Training register with sign-in sheets",),
    "skill-test": ("Two coded practice sessions",),
    "knowledge-check": ("Short quiz after the last training",),
}
LOOKED_AT_AGAIN: dict[EvidenceKind, int] = {"agreement": 12, "log": 3, "record": 6}
"""After how many months; the rest never."""
NOTES = (
    "The text is there; night staff had not heard of it.",
    "Works when the coordinator is in. Nobody covers for her leave.",
    "The partner says the same, so we kept this level.",
    "Asked for the signed copy, it was not in the folder. Look again before the next cycle.",
    "We argued between two levels and took the lower one.",
)


def furnish(engine: Engine, now: datetime) -> None:
    """The whole cast or nothing; where there is a person already, nothing happens."""
    with database.reading(engine) as db:
        if local_person(db):
            return
    with database.writing(engine) as db:
        if local_person(db):  # somebody else furnished it meanwhile
            return
        met = come_together(db, now, _answer)
        for invented in CAST:
            _play(db, invented, now, met)
        go_on(db, now, met)


def remove() -> None:
    """The demonstration's own folder, and nothing else. Whoever holds an engine on it disposes of that first."""
    shutil.rmtree(place.demonstration_dir())


def _play(db: Session, invented: Invented, now: datetime, met: Met) -> None:
    now = now.astimezone(ZoneInfo(invented.agency.time_zone))  # a day is one of the agency's
    today = now.date()
    days = [CycleDetails(name, _day(today, first), _day(today, last)) for name, first, last in invented.cycles]
    founded = now - timedelta(days=2 - invented.cycles[0][1])
    actor = set_up(db, founded, PERSON, invented.agency, invented.sites[0], days[0], invented=True)
    for site in invented.sites[1:]:
        add_site(db, actor, founded, site)
    for cycle in days[1:]:
        add_cycle(db, actor, founded, cycle)
    for pack in invented.packs:
        choose_pack(db, actor, founded, pack, EDITION)
    for hours, (rater, spread) in enumerate(invented.practiced.items(), start=1):
        _practice(db, actor, founded + timedelta(hours=hours), rater, spread)
    rounds = [(now - timedelta(days=one.days_ago), partial(_round, db, actor, one, now)) for one in invented.rounds]
    staff = employ(db, actor, now, invented.counts_staff) if invented.counts_staff else ()
    plans = [act for one in invented.reviews for act in review_plans(db, actor, now, one)]
    partners = partner_up(db, actor, now, invented.partners_of) if invented.partners_of else ()
    together = take_part(db, actor, now, met, invented) if invented.shares else ()
    _in_order([*rounds, *staff, *plans, *partners, *together])


def _in_order(acts: Iterable[tuple[datetime, Callable[[], Later]]]) -> None:
    """Each at its moment, and what follows from it at its own: so the audit trail reads as it would have been kept."""
    numbers = count()
    left = [(moment, next(numbers), act) for moment, act in acts]
    heapify(left)
    while left:
        _, _, act = heappop(left)
        for moment, later in act():
            heappush(left, (moment, next(numbers), later))


def _practice(db: Session, actor: Actor, began: datetime, rater: str, spread: float) -> None:
    """Levels that scatter round the reference, as those of people do."""
    dice, key = _dice(rater, PROGRAM), (PROGRAM, EDITION)
    for number, (at, level) in enumerate(vignettes.shipped()[key].references.items(), start=1):
        given = min(max(round(dice.gauss(level, spread)), 0), 4)
        give_trial(db, actor, began + timedelta(minutes=number), *key, rater, *at, given, shown=0)


def _round(db: Session, actor: Actor, one: Round, now: datetime) -> Later:
    began = now - timedelta(days=one.days_ago)
    site = next(site for site in sites(db, actor) if site.name == one.site)
    cycle = next(cycle for cycle in cycles(db, actor) if cycle.name == one.cycle)
    assessment = start_assessment(db, actor, began, site.id, cycle.id, one.checklist, EDITION)
    checklist = shelf.find(db, actor.agency_id, one.checklist, EDITION)
    rated = checklist.indicators[: round(len(checklist.indicators) * one.share)]
    dice = _dice(one.site, one.cycle, one.checklist)
    if one.blind:
        answers = {
            indicator.id: _answer(indicator, checklist.ladder_of[indicator.id], site.infants_on_site, one.level, dice)
            for indicator in rated
        }
        rate_blind(db, actor, began, assessment, checklist, answers, dice)
        return
    for number, indicator in enumerate(rated, start=1):
        moment = began + timedelta(minutes=2 * number)
        answer = _answer(indicator, checklist.ladder_of[indicator.id], site.infants_on_site, one.level, dice)
        rate(db, actor, moment, assessment, indicator.id, answer, shown=0)
        _support(db, actor, moment, assessment, indicator, answer, dice)
    ended = began + timedelta(minutes=2 * len(checklist.indicators) + 10)
    cover = Cover(f"{PERSON} with the program team", hours=round(len(rated) / 12, 1), rests_on=RESTS_ON)
    write_cover(db, actor, ended, assessment, cover, shown=0)
    if one.submitted:
        submit(db, actor, ended, assessment)
        if one.worked_on:
            yield from work_on(db, actor, now, assessment)
    else:
        here = next(part.id for part in parts(checklist) if rated[-1].id in part.indicators)
        remember_place(db, actor, ended, assessment, here)


def _answer(indicator: Indicator, ladder: Ladder, infants: bool, mean: float, dice: Random) -> Answer:
    """Levels scatter round the mean; what cannot apply at the site does not, and now and then nobody can tell."""
    if "infants" in indicator.na and not infants:
        return Answer(State.NOT_APPLICABLE, reason="No infants stay at this site, and none visit overnight.")
    if dice.random() < 0.06:
        return Answer(State.CANNOT_JUDGE)
    level = min(max(round(dice.gauss(mean, 0.9)), 0), 4)
    if ladder.kind == "counts":
        of = dice.choice((4, 6, 8, 12, 20))
        return Answer(State.LEVEL, met=min(round(of * (level + 0.6) / 4.6), of), of=of)
    return Answer(State.LEVEL, level=min(ladder.values, key=lambda value: abs(value - level)))


def _support(
    db: Session, actor: Actor, moment: datetime, assessment: str, indicator: Indicator, answer: Answer, dice: Random
) -> None:
    """Nothing for some, one line for most, two kinds for a few; a note now and then."""
    if answer.state is State.LEVEL:
        most = min(dice.choices((0, 1, 2), (25, 55, 20))[0], len(indicator.evidence))
        for kind in dice.sample(indicator.evidence, most):
            as_of = moment.date() - timedelta(days=dice.randrange(5, 150))
            details = EvidenceDetails(kind, dice.choice(EVIDENCE[kind]), as_of, review_months=LOOKED_AT_AGAIN.get(kind))
            add_evidence(db, actor, moment, assessment, indicator.id, details)
    if dice.random() < 0.15:
        write_note(db, actor, moment, assessment, indicator.id, dice.choice(NOTES), shown=0)


def _dice(*names: str) -> Random:
    """The same demonstration every time."""
    return Random(" ".join(names))  # noqa: S311 - nothing secret hangs on it


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)
