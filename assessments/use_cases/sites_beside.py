"""Sites of a collaborative beside one another: as one agency sees them from its own site, and as the lead sees them.

What leaves here tells of no site that is not seen; `rules/side_by_side.py` takes care of that.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from assessments.errors import NotFound
from assessments.rules.beside import LeftOut, domain_targets, left_out, newest, nobody
from assessments.rules.peer_matches import Match, Together, teaching, together
from assessments.rules.scoring import class_of
from assessments.rules.shared_sites import DomainStand, How, Period, SharedSite
from assessments.rules.side_by_side import SideBySide, side_by_side
from assessments.rules.since_last import Cycle, SinceRow, since_last
from assessments.store import shelf, tables
from assessments.store.access import Actor, allowed
from assessments.store.tables import SharedAssessment
from assessments.use_cases.publishing import ENDLESS, SOURCE, Source, source_of
from assessments.use_cases.shared import Question, bare_sites, cohorts_of, own_site, shared_sites
from standards.model import Checklist, Class

GONE = "This cycle is not here any more. Open the page again."
NOBODY_SHARES = "Nobody shares this checklist here any more. Open the page again."
OF_AN_AGENCY = "A checklist of an agency's own"
NOT_LOADED = (
    "Whose checklist this is, and what it is called, stays hidden: no site is shared on it by name. Ask your members "
    "who rates on a checklist of their own. Once its file is loaded here, on the page Checklists, it has its title."
)
NOT_SUBMITTED = "Only a submitted assessment can stand beside others. Submit it first, or choose another one."


@dataclass(frozen=True)
class SitesBeside:
    """`how` is what the agency shares of the assessment that asks, with its `letter` where it is blinded; None where it
    shares nothing, and for the lead, who has no site. `since` is empty where there is no `earlier` cycle to compare
    with.
    """

    checklist: Checklist
    period: Period
    how: How | None
    found: SideBySide
    class_of: Mapping[str, Class]
    left_out: LeftOut
    letter: str = ""
    earlier: str = ""
    since: tuple[SinceRow, ...] = ()

    @property
    def together(self) -> tuple[Together, ...]:
        return together(self.found, self.class_of)

    @property
    def teaching(self) -> tuple[Match, ...]:
        return teaching(self.found, self.class_of)


@dataclass(frozen=True)
class QuestionLine:
    """`edition` and the question's checklist are "" for a checklist of an agency's own that the lead is not to know: an
    agency types the id, and it may tell whose it is.
    """

    question: Question
    title: str
    edition: str


@allowed
def sites_beside(db: Session, actor: Actor, now: datetime, collaborative_id: str, assessment_id: str) -> SitesBeside:
    """Beside a submitted assessment of the agency's own, whether that is shared or not."""
    source = source_of(db, actor, assessment_id)
    if source is None:
        raise NotFound(NOT_SUBMITTED)
    after = _as_asked(db, actor, now, collaborative_id, source)
    held = frozenset(source.assessment.conditions.split())
    found = _beside(db, actor, collaborative_id, after, held)
    before = _earlier(db, source)
    if before is None:
        return found
    early = _as_asked(db, actor, now, collaborative_id, before)
    return replace(found, earlier=before.cycle.name, since=_since(early, after))


@allowed
def sites_together(db: Session, actor: Actor, question: Question, cycle_id: str) -> SitesBeside:
    """For the lead: whatever answers the question and overlaps this cycle of the collaborative."""
    others = _usable(shared_sites(db, actor, actor.agency_id, question))
    checklist = checklist_of_question(db, actor, question)
    cohorts = cohorts_of(db, actor.agency_id, question)
    cycle, before = _own_cycles(db, actor, cycle_id)

    def asked(of: tables.Cycle) -> Cycle:
        asking = nobody(checklist, question.edition, question.form, _period(of), actor.agency_id)
        return Cycle(checklist, asking, newest(asking, others), cohorts)

    after = asked(cycle)
    found = _beside(db, actor, actor.agency_id, after, frozenset())
    return replace(found, earlier=before.name, since=_since(asked(before), after)) if before else found


@allowed
def questions_together(db: Session, actor: Actor) -> list[QuestionLine]:
    """What is shared with the collaborative that the actor leads; by title, the newest edition first."""
    columns = (SharedAssessment.checklist_id, SharedAssessment.edition_hash, SharedAssessment.form)
    asked = select(*columns, SharedAssessment.edition, SharedAssessment.how).distinct()
    hows: dict[tuple[Question, str], set[str]] = defaultdict(set)
    for *key, edition, how in db.execute(asked.where(SharedAssessment.collaborative_id == actor.agency_id)):
        hows[Question(*key), edition].add(how)
    lines = [_line(db, actor, question, edition, "named" in how) for (question, edition), how in hows.items()]
    return sorted(sorted(lines, key=lambda line: line.edition, reverse=True), key=lambda line: line.title)


def _as_asked(db: Session, actor: Actor, now: datetime, collaborative_id: str, source: Source) -> Cycle:
    checklist = shelf.checklist_of(db, source.assessment)
    question = Question(checklist.id, checklist.hash, checklist.form)
    others = _usable(shared_sites(db, actor, collaborative_id, question))
    mine = own_site(db, actor, now, source.assessment.id, collaborative_id)
    shared = next((one for one in others if one.own and one.submission == mine.submission), None)
    asking = replace(mine, how=shared.how if shared else None, domains=_in_order(checklist, mine.domains))
    return Cycle(checklist, asking, newest(asking, others), cohorts_of(db, collaborative_id, question))


def _beside(db: Session, actor: Actor, collaborative_id: str, asked: Cycle, conditions: frozenset[str]) -> SitesBeside:
    checklist, asking = asked.checklist, asked.asking
    targets = domain_targets(checklist, asking.indicators, conditions)
    return SitesBeside(
        checklist=checklist,
        period=asking.period,
        how=asking.how,
        found=side_by_side(asking, asked.others, asked.cohorts, targets),
        class_of={one.id: class_of(one, conditions) for one in checklist.indicators},
        left_out=left_out(asking, bare_sites(db, actor, collaborative_id, checklist.id)),
        letter=asking.letter if asking.how == "blinded" else "",
    )


def _in_order(checklist: Checklist, domains: Mapping[str, DomainStand]) -> dict[str, DomainStand]:
    """Of the checklist, in which the lead has them too."""
    return {name: domains[name] for name in checklist.by_domain if name in domains}


def _since(before: Cycle, after: Cycle) -> tuple[SinceRow, ...]:
    """What is compared now is not the past as well, where the two periods overlap."""
    now = {site.submission for site in (after.asking, *after.others)}
    return since_last(before._replace(others=[one for one in before.others if one.submission not in now]), after)


def _usable(sites: Sequence[SharedSite]) -> list[SharedSite]:
    """A guest's that is not shared by name has none to show to the lead who keeps it: there its letters stand."""
    return [replace(site, name=site.name or site.letter) if site.own else site for site in sites]


def _earlier(db: Session, source: Source) -> Source | None:
    """The last submitted one of the same site on the same checklist, in a cycle that began before."""
    row = source.assessment
    mine = SOURCE.where(
        col(tables.Assessment.agency_id) == row.agency_id,
        tables.Assessment.site_id == row.site_id,
        tables.Assessment.checklist_id == row.checklist_id,
        tables.Cycle.starts < source.cycle.starts,
    )
    found = db.execute(mine.order_by(col(tables.Cycle.starts).desc()).limit(1)).one_or_none()
    return Source(*found) if found else None


def _own_cycles(db: Session, actor: Actor, cycle_id: str) -> tuple[tables.Cycle, tables.Cycle | None]:
    """That cycle, and the one that began before it."""
    mine = select(tables.Cycle).where(
        tables.Cycle.agency_id == actor.agency_id, col(tables.Cycle.archived_at).is_(None)
    )
    rows = db.execute(mine.order_by(tables.Cycle.starts)).scalars().all()
    place = next((number for number, row in enumerate(rows) if row.id == cycle_id), None)
    if place is None:
        raise NotFound(GONE)
    return rows[place], rows[place - 1] if place else None


def checklist_of_question(db: Session, actor: Actor, question: Question) -> Checklist:
    if not question.checklist:
        raise NotFound(NOT_LOADED)
    of = {"collaborative_id": actor.agency_id, "edition_hash": question.edition}
    edition = db.execute(select(SharedAssessment.edition).filter_by(**of).limit(1)).scalar_one_or_none()
    if edition is None:
        raise NotFound(NOBODY_SHARES)
    checklist = shelf.find(db, actor.agency_id, question.checklist, edition)
    if checklist.hash != question.edition:
        raise NotFound(f"The checklist {checklist.id} {checklist.edition} is another one here than the one rated.")
    return checklist


def _line(db: Session, actor: Actor, question: Question, edition: str, named: bool) -> QuestionLine:
    """Of an agency's own checklist that is not loaded here, the id; and that only where a site is shared by name."""
    try:
        return QuestionLine(question, shelf.find(db, actor.agency_id, question.checklist, edition).title, edition)
    except NotFound:
        hidden = QuestionLine(question._replace(checklist=""), OF_AN_AGENCY, "")
        return QuestionLine(question, question.checklist, edition) if named else hidden


def _period(cycle: tables.Cycle) -> Period:
    return Period(cycle.starts, cycle.ends or ENDLESS)
