"""The team that makes the plans at a site: who fills each role, and in how many plans each took part."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.partnership import AgreementKind, is_current
from assessments.rules.team_share import FAMILY, NOWHERE, ROLES, UNFILLED, RoleDetails, TookPartIn
from assessments.store import audit
from assessments.store.access import Actor, agency_of, allowed
from assessments.store.tables import Site, Table, TeamRole
from assessments.use_cases.partners import PartnerLine, find_partner, partners
from assessments.use_cases.reviewing import IS_TO_READ
from assessments.use_cases.told import say
from assessments.use_cases.typed import NAME, every, line, searched

CHECKLIST = ("posc-team", "1.0")
TABLES = Table.metadata.tables
ROLE, TOOK, RECORD, REVIEW, CYCLE = (TABLES[name].c for name in ("team_role", "took_part", "record", "review", "cycle"))
OF_SITE = (
    select(TeamRole)
    .where(ROLE.agency_id == bindparam("agency_id"), ROLE.site_id == bindparam("site_id"))
    .execution_options(populate_existing=True)
)
# Only of those that were drawn and not put aside, and only where somebody marked who took part: those were read.
SHARES = (
    select(
        CYCLE.name,
        TOOK.indicator_id,
        func.count().filter(TOOK.state == "took-part"),
        func.count(),
        func.max(TOOK.given_at),
    )
    .select_from(TABLES["took_part"])
    .join(TABLES["record"], (RECORD.agency_id == TOOK.agency_id) & (RECORD.id == TOOK.record_id))
    .join(TABLES["review"], (REVIEW.agency_id == RECORD.agency_id) & (REVIEW.id == RECORD.review_id))
    .join(TABLES["cycle"], (CYCLE.agency_id == REVIEW.agency_id) & (CYCLE.id == REVIEW.cycle_id))
    .where(
        REVIEW.agency_id == bindparam("agency_id"),
        REVIEW.site_id == bindparam("site_id"),
        IS_TO_READ,
        TOOK.state != "not-relevant",
    )
    .group_by(REVIEW.id, CYCLE.name, CYCLE.starts, TOOK.indicator_id)
    .order_by(CYCLE.starts.desc(), REVIEW.id)
)


@dataclass(frozen=True)
class RoleLine:
    """`version` is 0 where nothing is written yet; `partner` is the name of the one that the role comes from, and
    `in_force` the kinds of agreement with it that are current.
    """

    indicator: str
    details: RoleDetails = UNFILLED
    version: int = 0
    partner: str = ""
    in_force: tuple[AgreementKind, ...] = ()
    share: TookPartIn = NOWHERE


@allowed
def team(db: Session, actor: Actor, today: date, site_id: str) -> list[RoleLine]:
    """The roles of the checklist in its order."""
    require_site(db, actor, site_id)
    known = {one.id: one for one in partners(db, actor, archived=True)}
    rows, shares = roles_of_team(db, actor, site_id), shares_of(db, actor, site_id)
    return [_line(name, rows.get(name), known, shares.get(name, NOWHERE), today) for name in ROLES]


@allowed
def write_team_role(
    db: Session,
    actor: Actor,
    now: datetime,
    site_id: str,
    indicator_id: str,
    details: RoleDetails,
    shown: int,
    keep_because: str = "",
) -> int:
    """The new version. `shown` is the one that the page showed, 0 where nothing was written."""
    require_site(db, actor, site_id)
    _require_role(indicator_id)
    holder, substitute = every(
        lambda: line(details.holder, "Who fills it", NAME, required=False),
        lambda: line(details.substitute, "The substitute", NAME, required=False),
    )
    if details.partner_id is not None:
        find_partner(db, actor, details.partner_id)
    thing = f"{site_id}/{indicator_id}"
    searched(db, actor, now, holder, "Who fills it", keep_because, thing)
    searched(db, actor, now, substitute, "The substitute", keep_because, thing)
    return _put(db, actor, now, site_id, indicator_id, replace(details, holder=holder, substitute=substitute), shown)


def roles_of_team(db: Session, actor: Actor, site_id: str) -> dict[str, TeamRole]:
    """By indicator; what nobody wrote is left out."""
    found = db.execute(OF_SITE, {"agency_id": actor.agency_id, "site_id": site_id}).scalars()
    return {row.indicator_id: row for row in found}


def shares_of(db: Session, actor: Actor, site_id: str) -> dict[str, TookPartIn]:
    """By indicator, of the newest review of the site in which that role was marked as relevant."""
    rows = db.execute(SHARES, {"agency_id": actor.agency_id, "site_id": site_id}).all()
    zone = ZoneInfo(agency_of(db, actor).time_zone) if rows else None
    return {
        indicator: TookPartIn(met, of, cycle, last.astimezone(zone).date())
        for cycle, indicator, met, of, last in reversed(rows)  # of the newest, which comes first, last
    }


def details_of_role(row: TeamRole | None) -> RoleDetails:
    return RoleDetails(row.holder, row.substitute, row.partner_id) if row else UNFILLED


def _put(
    db: Session, actor: Actor, now: datetime, site_id: str, indicator_id: str, details: RoleDetails, shown: int
) -> int:
    key = {"agency_id": actor.agency_id, "site_id": site_id, "indicator_id": indicator_id}
    row = db.get(TeamRole, tuple(key.values()), populate_existing=True)
    if (row.version if row else 0) != shown:
        raise Conflict("This role was changed after you opened it. Look at it again.", "role")
    before = details_of_role(row)
    if before == details:
        return shown
    row = row or TeamRole(**key, version=0)
    row.holder, row.substitute, row.partner_id = details.holder, details.substitute, details.partner_id
    row.version += 1
    db.add(row)
    db.flush()
    change = audit.Change(
        "revise", "team role", f"{site_id}/{indicator_id}", "role", _said(db, actor, before), _said(db, actor, details)
    )
    say(db, actor, now, change)
    return row.version


def _said(db: Session, actor: Actor, details: RoleDetails) -> str:
    """In words, for the trail."""
    where = f"from {find_partner(db, actor, details.partner_id).name}" if details.partner_id else ""
    second = f"substitute {details.substitute}" if details.substitute else ""
    return ", ".join(filter(None, (details.holder, second, where)))


def _line(
    name: str, row: TeamRole | None, known: Mapping[str, PartnerLine], share: TookPartIn, today: date
) -> RoleLine:
    details = details_of_role(row)
    partner = known.get(details.partner_id or "")
    agreements = partner.known.agreements if partner and not partner.archived else ()
    in_force = tuple(dict.fromkeys(one.kind for one in agreements if is_current(one, today)))
    return RoleLine(name, details, row.version if row else 0, partner.details.name if partner else "", in_force, share)


def require_site(db: Session, actor: Actor, site_id: str) -> None:
    if db.get(Site, (actor.agency_id, site_id)) is None:
        raise NotFound("This site is not here any more. Choose another.")


def _require_role(indicator_id: str) -> None:
    if indicator_id == FAMILY:
        raise BadInput("The family holds this seat itself, so nobody is named for it.")
    if indicator_id not in ROLES:
        raise NotFound(f"{indicator_id} is no role of the team. Choose one from the list.")
