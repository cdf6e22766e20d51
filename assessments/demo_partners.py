"""The invented partners, what was signed with them, the team that they come from, and the quarterly counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from assessments.demo_plan import Later
from assessments.rules.partnership import AgreementDetails, AgreementKind, PartnerDetails, PartnerKind
from assessments.rules.quarters import back_from, quarter_of
from assessments.rules.state_counts import StateCounts
from assessments.rules.team_share import RoleDetails
from assessments.store.access import Actor
from assessments.store.database import Session
from assessments.use_cases.agencies import sites
from assessments.use_cases.agency_texts import write_agency_text
from assessments.use_cases.agreements import add_agreement
from assessments.use_cases.partners import add_partner
from assessments.use_cases.quarter_counts import write_quarter_count
from assessments.use_cases.team import write_team_role

ENTERED = 14
"""Days ago: everything here was entered then."""
CONSENT = "Each woman signs for each partner before anything about her is told, and may take it back."


@dataclass(frozen=True)
class Partnered:
    """Days from today; None where nobody wrote them down. Without a `kind` nothing was signed."""

    name: str
    does: PartnerKind
    contact: str
    kind: AgreementKind | None = None
    scope: str = ""
    signed: int = -400
    expires: int | None = None
    used: int | None = None
    reviewed: int | None = None


PARTNERS: tuple[Partnered, ...] = (
    Partnered(
        "Bayside Prenatal Clinic (invented)",
        "prenatal-care",
        "Wren Willow",
        "qsoa",
        "Prenatal visits within a week of referral, and word back after the first one.",
        expires=330,
        used=-16,
        reviewed=-120,
    ),
    Partnered("Cove Pediatrics (invented)", "pediatric", "Sage Spruce", "mou", "First visits.", expires=21, used=-30),
    Partnered(
        "County Early Intervention (invented)",
        "early-intervention",
        "Yara Yew",
        "mou",
        "Screening of infants, at home where asked for.",
        signed=-760,
        expires=-34,
        used=-150,
    ),
    Partnered("Harbor Peer Circle (invented)", "recovery-coaching", "Tess Teak", "other", "Peers come to the unit."),
    Partnered("Department of Children and Families, area office (invented)", "child-welfare", "Uma Umbu"),
)
TEAM: Mapping[str, tuple[str, str, str]] = {
    "POT-01": ("Wren Willow, midwife", "", "Bayside Prenatal Clinic (invented)"),
    "POT-02": ("Ada Alder", "Cleo Cedar", ""),
    "POT-04": ("Tess Teak", "Ira Ivy", "Harbor Peer Circle (invented)"),
    "POT-05": ("Yara Yew", "", "County Early Intervention (invented)"),
}
"""Who, the substitute, and from which partner. Nobody for mental health: a role that is still open."""
COUNTED: tuple[StateCounts, ...] = (
    StateCounts(5, 5, 4, 3, 3),
    StateCounts(4, 4, 3, 4, 2),
    StateCounts(6, 4, 4, 4, 3),
    StateCounts(4, 3, 2, 2, None),
)
"""The newest of the full quarters first."""
NOTIFY = (
    "The nurse in charge fills in the form for children and families on the day of the birth. It holds no name where "
    "no report is made. The coordinator keeps the number of forms, by quarter, and nothing else of them."
)


def partner_up(db: Session, actor: Actor, now: datetime, site: str) -> Later:
    """The register of the agency, and the team and counts of that site."""
    moment = now - timedelta(days=ENTERED)
    yield moment, partial(_enter, db, actor, moment, now.date(), site)


def _enter(db: Session, actor: Actor, moment: datetime, today: date, site: str) -> Later:
    site_id = next(one.id for one in sites(db, actor) if one.name == site)
    ids = {}
    for one in PARTNERS:
        details = PartnerDetails(one.name, one.does, contact=one.contact, refers=one.used is not None)
        ids[one.name] = add_partner(db, actor, moment, details)
        if signed := _signed(one, today):
            add_agreement(db, actor, moment, ids[one.name], signed)
    for role, (holder, substitute, partner) in TEAM.items():
        write_team_role(db, actor, moment, site_id, role, RoleDetails(holder, substitute, ids.get(partner)), 0)
    for quarter, counted in zip(back_from(quarter_of(moment.date()), len(COUNTED) + 1)[1:], COUNTED, strict=True):
        write_quarter_count(db, actor, moment, site_id, quarter, counted, 0)
    write_agency_text(db, actor, moment, "notification", NOTIFY, 0)
    yield from ()


def _signed(one: Partnered, today: date) -> AgreementDetails | None:
    def day(days: int | None) -> date | None:
        return None if days is None else today + timedelta(days=days)

    if one.kind is None:
        return None
    return AgreementDetails(
        one.kind,
        one.scope,
        "Ada Alder",
        one.contact,
        day(one.signed),
        day(one.expires),
        day(one.used),
        logged=one.used is not None,
        last_reviewed=day(one.reviewed),
        sharing_terms="Referral and first visit alone, by secure message.",
        consent_terms=CONSENT,
    )
