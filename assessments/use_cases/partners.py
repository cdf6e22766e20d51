"""The register of partners: the organizations that the agency works with, and what was signed with each."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast, get_args

from sqlalchemy import bindparam, select
from sqlmodel import Session

from assessments.errors import BadInput, Conflict, LooksLikeClientData, NotFound
from assessments.rules.partnership import AgreementDetails, AgreementKind, Known, PartnerDetails, PartnerKind
from assessments.rules.text import name_key
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Agreement, Partner, Site, Table
from assessments.use_cases.told import put_away, say, say_changed
from assessments.use_cases.typed import NAME, every, line, searched

PARTNER, SITE, AGREEMENT = (Table.metadata.tables[name].c for name in ("partner", "site", "agreement"))
REGISTER = (
    select(Partner, Agreement)
    .outerjoin(Agreement, (AGREEMENT.agency_id == PARTNER.agency_id) & (AGREEMENT.partner_id == PARTNER.id))
    .where(PARTNER.agency_id == bindparam("agency_id"))
    .order_by(PARTNER.name_key, AGREEMENT.signed.desc().nulls_last(), AGREEMENT.id)
    .execution_options(populate_existing=True)
)
NAME_ALONE = "A name is enough here; keep an e-mail address or a telephone number in your own address book."


@dataclass(frozen=True)
class AgreementLine:
    id: str
    version: int
    details: AgreementDetails
    archived: bool


@dataclass(frozen=True)
class PartnerLine:
    id: str
    version: int
    details: PartnerDetails
    archived: bool
    agreements: tuple[AgreementLine, ...] = ()

    @property
    def known(self) -> Known:
        """Without the archive."""
        return Known(self.details, tuple(one.details for one in self.agreements if not one.archived))


@allowed
def partners(db: Session, actor: Actor, archived: bool = False) -> list[PartnerLine]:
    """By name, each with its agreements, the newest first; `archived` says whether the archive is in it."""
    rows: dict[str, Partner] = {}
    hung: dict[str, list[AgreementLine]] = defaultdict(list)
    for partner, agreement in db.execute(REGISTER, {"agency_id": actor.agency_id}):
        rows[partner.id] = partner
        if agreement and (archived or not agreement.archived_at):
            hung[partner.id].append(line_of(agreement))
    return [
        PartnerLine(row.id, row.version, _details(row), row.archived_at is not None, tuple(hung[row.id]))
        for row in rows.values()
        if archived or not row.archived_at
    ]


@allowed
def add_partner(db: Session, actor: Actor, now: datetime, details: PartnerDetails, keep_because: str = "") -> str:
    """The id of the new partner."""
    details = _checked(db, actor, details)
    row = Partner(agency_id=actor.agency_id, name_key=name_key(details.name), **vars(details))
    _search(db, actor, now, row.id, details, keep_because)
    db.add(row)
    db.flush()
    say(db, actor, now, audit.Change("add", "partner", row.id, after=f"{details.name}, {details.kind}"))
    return row.id


@allowed
def revise_partner(
    db: Session,
    actor: Actor,
    now: datetime,
    partner_id: str,
    details: PartnerDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    """`shown` is the version that the page showed."""
    row = find_partner(db, actor, partner_id, shown)
    details = _checked(db, actor, details, partner_id)
    _search(db, actor, now, partner_id, details, keep_because)
    before = _details(row)
    for name, value in {**vars(details), "name_key": name_key(details.name)}.items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    db.flush()
    say_changed(db, actor, now, "partner", partner_id, vars(before), vars(details))


@allowed
def archive_partner(
    db: Session, actor: Actor, now: datetime, partner_id: str, shown: int, archived: bool = True
) -> None:
    """It suggests no level any more, and neither do its agreements; what was written stays."""
    row = find_partner(db, actor, partner_id, shown)
    put_away(db, actor, now, row, "partner", row.name, archived)


def find_partner(db: Session, actor: Actor, partner_id: str, shown: int | None = None) -> Partner:
    """Conflict where it is not the version shown; None asks for none."""
    row = db.get(Partner, (actor.agency_id, partner_id), populate_existing=True)
    if row is None:
        raise NotFound("This partner is not here any more. Open the list again.")
    if shown is not None and row.version != shown:
        raise Conflict("This partner was changed after you opened it. Look at it again.", "partner")
    return row


def line_of(row: Agreement) -> AgreementLine:
    values = {name: getattr(row, name) for name in AgreementDetails.__dataclass_fields__ if name != "kind"}
    details = AgreementDetails(cast(AgreementKind, row.kind), **values)
    return AgreementLine(row.id, row.version, details, row.archived_at is not None)


def _checked(db: Session, actor: Actor, details: PartnerDetails, but_not: str = "") -> PartnerDetails:
    """As it can be stored; everything that is wrong is said at once."""
    name, contact, *_ = every(
        lambda: _untaken(db, actor, line(details.name, "Name of the partner", NAME), but_not),
        lambda: line(details.contact, "Your contact there", NAME, required=False),
        lambda: _refuse_kind(details.kind),
        lambda: _refuse_site(db, actor, details.site_id),
    )
    return replace(details, name=name, contact=contact, refers=bool(details.refers))


def _refuse_kind(kind: str) -> None:
    if kind not in get_args(PartnerKind):
        raise BadInput("What it offers: choose one from the list.")


def _refuse_site(db: Session, actor: Actor, site_id: str | None) -> None:
    if site_id is not None and db.get(Site, (actor.agency_id, site_id)) is None:
        raise NotFound("This site is not here any more. Choose another, or all sites.")


def _untaken(db: Session, actor: Actor, name: str, but_not: str) -> str:
    same = select(PARTNER.archived_at).where(
        PARTNER.agency_id == actor.agency_id, PARTNER.name_key == name_key(name), PARTNER.id != but_not
    )
    found = db.execute(same).first()
    if found:
        where = " in the archive" if found.archived_at else ""
        raise BadInput(
            f"There is a partner named “{name}”{where}. Change that one. Where two offices share a name, add the place."
        )
    return name


def _search(
    db: Session, actor: Actor, now: datetime, partner_id: str, details: PartnerDetails, keep_because: str
) -> None:
    searched(db, actor, now, details.name, "The name of the partner", keep_because, partner_id)
    try:
        searched(db, actor, now, details.contact, "Your contact there", keep_because, partner_id)
    except LooksLikeClientData as found:
        raise LooksLikeClientData(f"{found} {NAME_ALONE}", found.spans) from found


def _details(row: Partner) -> PartnerDetails:
    return PartnerDetails(row.name, cast(PartnerKind, row.kind), row.site_id, row.contact, row.refers)
