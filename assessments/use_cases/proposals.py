"""What the agency's register suggests for the indicators on partnership and on the team, and taking it over as a rating
when somebody says so: nothing is rated by itself.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import Conflict
from assessments.rules import partnership, team_share
from assessments.rules.partnership import INDICATORS
from assessments.rules.proposed import Fact, Proposal
from assessments.rules.ratings import State
from assessments.rules.team_share import NOWHERE, ROLES
from assessments.store import shelf
from assessments.store.access import Actor, allowed
from assessments.store.tables import Assessment, Table
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.partners import partners
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import Answer, EvidenceDetails, Row, place_of, rows_of
from assessments.use_cases.staffing import today_of
from assessments.use_cases.team import details_of_role, require_site, roles_of_team, shares_of
from standards.model import Checklist

PARTNERED, TEAMED = frozenset(INDICATORS.values()), frozenset(ROLES)
PROPOSED = PARTNERED | TEAMED
LADDERS = ("agreement", "team-role")
ASSESSMENT, SHEET, CYCLE = (Table.metadata.tables[name].c for name in ("assessment", "sheet", "cycle"))
OPEN = (
    select(Assessment, CYCLE.name)
    .join(Table.metadata.tables["cycle"], (CYCLE.agency_id == ASSESSMENT.agency_id) & (CYCLE.id == ASSESSMENT.cycle_id))
    .join(
        Table.metadata.tables["sheet"],
        (SHEET.agency_id == ASSESSMENT.agency_id) & (SHEET.assessment_id == ASSESSMENT.id) & (SHEET.kind == "shared"),
    )
    .where(
        ASSESSMENT.agency_id == bindparam("agency_id"),
        ASSESSMENT.site_id == bindparam("site_id"),
        ASSESSMENT.status != "submitted",
        ASSESSMENT.archived_at.is_(None),
    )
    .order_by(CYCLE.starts.desc(), ASSESSMENT.created_at.desc())
)


@dataclass(frozen=True)
class Open:
    """An open assessment on a shared sheet: which of its indicators a register can suggest a level for, and what stands
    there of them.
    """

    assessment: str
    title: str
    cycle: str
    indicators: frozenset[str]
    rows: Mapping[str, Row]

    def row(self, indicator_id: str) -> Row:
        return self.rows.get(indicator_id, Row())


def suggested_in(checklist: Checklist) -> frozenset[str]:
    """The indicators that a register can suggest a level for: those of an agency's own checklist too, where they kept
    their id and ladder.
    """
    if checklist.subject != "site":
        return frozenset()
    return frozenset(one.id for one in checklist.indicators if one.id in PROPOSED and one.ladder in LADDERS)


@allowed
def proposed_levels(
    db: Session, actor: Actor, today: date, site_id: str, indicators: Collection[str] = PROPOSED
) -> dict[str, Proposal]:
    """By indicator, of those asked for; empty while no partner and no role is registered."""
    require_site(db, actor, site_id)
    found: dict[str, Proposal] = {}
    if not PARTNERED.isdisjoint(indicators):
        found |= _of_partners(db, actor, today, site_id)
    if not TEAMED.isdisjoint(indicators):
        found |= _of_team(db, actor, site_id)
    return {name: one for name, one in found.items() if name in indicators}


def _of_partners(db: Session, actor: Actor, today: date, site_id: str) -> dict[str, Proposal]:
    here = [one for one in partners(db, actor) if one.details.site_id in (None, site_id)]
    if not here:
        return {}
    return {
        indicator: partnership.proposed(indicator, (one.known for one in here if one.details.kind == kind), today)
        for kind, indicator in INDICATORS.items()
    }


def _of_team(db: Session, actor: Actor, site_id: str) -> dict[str, Proposal]:
    rows, shares = roles_of_team(db, actor, site_id), shares_of(db, actor, site_id)
    if not rows and not shares:
        return {}
    each = {name: (details_of_role(rows.get(name)), shares.get(name, NOWHERE)) for name in ROLES}
    made = {name: team_share.proposed(name, *known) for name, known in each.items()}
    return {name: one for name, one in made.items() if one}


@allowed
def open_for_proposals(db: Session, actor: Actor, site_id: str) -> list[Open]:
    """Of the site, the newest cycle first: those into which a suggestion can be taken over."""
    require_site(db, actor, site_id)
    found = []
    for row, cycle in db.execute(OPEN, {"agency_id": actor.agency_id, "site_id": site_id}).all():
        if names := suggested_in(shelf.find(db, actor.agency_id, row.checklist_id, row.edition)):
            found.append(Open(row.id, row.name, cycle, names, rows_of(db, place_of(db, actor, row.id), names)))
    return found


@allowed
def take_over_level(
    db: Session,
    actor: Actor,
    now: datetime,
    assessment_id: str,
    indicator_id: str,
    level: int,
    shown: int,
    keep_because: str = "",
) -> Row:
    """Rates, with what the suggestion rests on as evidence, in one transaction. `level` is the suggestion and `shown`
    the version of the rating that the page showed; Conflict where either moved on.
    """
    place, today = place_of(db, actor, assessment_id), today_of(db, actor, now)
    names = suggested_in(place.checklist) & {indicator_id}
    made = proposed_levels(db, actor, today, place.assessment.site_id, names).get(indicator_id)
    if made is None or made.level != level:
        raise Conflict(f"What your register suggests for {indicator_id} has changed. Look at it again.", "suggestion")
    row = rate(db, actor, now, assessment_id, indicator_id, Answer(State.LEVEL, level), shown)
    there = {one.details for one in row.evidence}
    for fact in made.facts:
        details = _evidence(fact, today)
        if details not in there:
            add_evidence(db, actor, now, assessment_id, indicator_id, details, keep_because)
    return row


def _evidence(fact: Fact, today: date) -> EvidenceDetails:
    return EvidenceDetails(fact.kind, fact.what, fact.as_of or today)
