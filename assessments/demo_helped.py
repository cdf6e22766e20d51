"""What the invented collaborative does besides comparing: help among peers, counts let out, and a rating of itself."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random

from assessments.demo_cast import EDITION, PULSE
from assessments.demo_plan import Later
from assessments.rules.quarters import back_from, quarter_of
from assessments.rules.ratings import State
from assessments.rules.state_counts import StateCounts
from assessments.rules.suppression import FEWEST
from assessments.store import shelf
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.consensus import agree, agree_where_alike, comparison
from assessments.use_cases.counts_given import give_counts
from assessments.use_cases.counts_together import let_out_counts
from assessments.use_cases.peer_asks import answer_ask, ask_for_help, asks_to_pass, pass_on
from assessments.use_cases.peers import offer_help, peer_help
from assessments.use_cases.quarter_counts import write_quarter_count
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import Answer
from standards.model import Indicator, Ladder

AnswerAs = Callable[[Indicator, Ladder, bool, float, Random], Answer]
CAPACITY, SAT, LATER = "collaborative-capacity", 26, 2
"""Days ago that its members rated the collaborative, and days until they met over it."""
RATERS = {"Ash Aldous (invented)": 2.2, "Cass Cork (invented)": 2.7}
"""Where their ratings lie on average."""
BECAUSE = "Two agencies do, the others do not yet: the lower level, by its words."
ANSWERS = "Cottonwood Women's Center (invented)"
OFFERS: Mapping[str, tuple[str, str]] = {
    "Blue Mesa Recovery (invented)": (
        "POT-02",
        "How we ask treatment providers to the table: a letter, a list of dates, and an hour on the telephone.",
    ),
    ANSWERS: (
        "SUP-03",
        "Two sessions that we wrote, with slides and notes. Somebody of your staff may sit in on the next one.",
    ),
}
"""With what a neighbor offers help, and what it would share."""
SAYS = "Could we see what you use, and talk for half an hour about how you began?"
CONTACT, REACHED = "Alex Rivera, 555 0148", "Cass Cork, 555 0126"
WORD = "Mornings are best. We send the form first, then talk."


def offer(db: Session, actor: Actor, moment: datetime, lead: Actor, agency: str) -> None:
    indicator, what = OFFERS[agency]
    (site,) = sites(db, actor)
    offer_help(db, actor, moment, lead.agency_id, site.id, PULSE, indicator, what)


def ask(db: Session, actor: Actor, moment: datetime, lead: Actor, indicator: str) -> Later:
    found = peer_help(db, actor, lead.agency_id).offers
    offered = next(one.id for one in found if one.indicator_id == indicator)
    ask_for_help(db, actor, moment, lead.agency_id, offered, SAYS, CONTACT)
    yield from ()


def help_on(db: Session, moment: datetime, lead: Actor, neighbors: Mapping[str, Actor]) -> None:
    """One ask goes on and is agreed to; the other still waits for the lead."""
    one = next(one for one in asks_to_pass(db, lead) if one.offerer == ANSWERS)
    pass_on(db, lead, moment, one.id, True, "", one.version)
    answer_ask(db, neighbors[ANSWERS], moment + timedelta(hours=2), one.id, True, REACHED, WORD, one.version + 1)


def give(db: Session, actor: Actor, moment: datetime, lead: Actor, counts: StateCounts) -> Later:
    """Of the last quarter that was over by then."""
    site, quarter = sites(db, actor)[0], back_from(quarter_of(moment.date()), 2)[1]
    version = write_quarter_count(db, actor, moment, site.id, quarter, counts, 0)
    give_counts(db, actor, moment, lead.agency_id, site.id, quarter, version, FEWEST)
    return iter(())


def let_out(db: Session, moment: datetime, lead: Actor) -> None:
    let_out_counts(db, lead, moment)


def rate_itself(db: Session, lead: Actor, now: datetime, answer: AnswerAs) -> None:
    """By two members, each blind; what they gave alike is agreed on, and the first of what they did not."""
    began, (site,) = now - timedelta(days=SAT), sites(db, lead)
    newest = max(cycles(db, lead), key=lambda cycle: cycle.starts)
    assessment = start_assessment(db, lead, began, site.id, newest.id, CAPACITY, EDITION)
    checklist = shelf.find(db, lead.agency_id, CAPACITY, EDITION)
    for hours, (rater, mean) in enumerate(RATERS.items(), start=1):
        moment, dice = began + timedelta(hours=hours), Random(rater)  # noqa: S311 - nothing secret hangs on it
        sheet_id = begin_rating(db, lead, moment, assessment, "peer", rater)
        for indicator in checklist.indicators:
            given = answer(indicator, checklist.ladder_of[indicator.id], False, mean, dice)
            rate(db, lead, moment, assessment, indicator.id, given, shown=0, sheet_id=sheet_id)
        submit_sheet(db, lead, moment, assessment, sheet_id)
    met = began + timedelta(days=LATER)
    agree_where_alike(db, lead, met, assessment)
    row = next(row for row in comparison(db, lead, assessment).rows if row.to_discuss and row.spread)
    lower = min(rated.level for rated in row.given if rated.level is not None)
    agree(db, lead, met, assessment, row.indicator, Answer(State.LEVEL, lower), BECAUSE, shown=0)
