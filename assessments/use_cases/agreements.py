"""What was signed with a partner: written down, changed, archived; and which of it lapses soon. An agreement is never a
client's consent.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import get_args

from sqlmodel import Session

from assessments.errors import BadInput, Conflict, NotFound
from assessments.rules.days import in_words
from assessments.rules.partnership import AgreementDetails, AgreementKind, Lapse, lapse
from assessments.store import audit
from assessments.store.access import Actor, allowed
from assessments.store.tables import Agreement
from assessments.use_cases.partners import PartnerLine, find_partner, line_of, partners
from assessments.use_cases.staffing import today_of
from assessments.use_cases.told import put_away, say, say_changed
from assessments.use_cases.typed import NAME, body, every, line, searched

LONGEST_TERMS = 2_000
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)
LINES = {"our_lead": "Your own lead", "their_lead": "The lead on their side"}
BODIES = {"scope": "Scope", "sharing_terms": "Terms of information sharing", "consent_terms": "Terms of consent"}
PAST = {"signed": "Signed on", "last_used": "Last used", "last_reviewed": "Last reviewed together"}
"""Days that cannot be still to come."""


@dataclass(frozen=True)
class Lapsing:
    """An agreement that lapses soon or has lapsed, with nothing of the same kind in its place."""

    partner_id: str
    partner: str
    agreement_id: str
    details: AgreementDetails
    how: Lapse


@allowed
def add_agreement(
    db: Session, actor: Actor, now: datetime, partner_id: str, details: AgreementDetails, keep_because: str = ""
) -> str:
    """The id of the new agreement."""
    partner = find_partner(db, actor, partner_id)
    details = _checked(details, today_of(db, actor, now))
    row = Agreement(agency_id=actor.agency_id, partner_id=partner_id, **vars(details))
    _search(db, actor, now, row.id, details, keep_because)
    db.add(row)
    db.flush()
    said = f"{details.kind} with {partner.name}, {_when(details)}"
    say(db, actor, now, audit.Change("add", "agreement", row.id, after=said))
    return row.id


@allowed
def revise_agreement(
    db: Session,
    actor: Actor,
    now: datetime,
    agreement_id: str,
    details: AgreementDetails,
    shown: int,
    keep_because: str = "",
) -> None:
    """`shown` is the version that the page showed."""
    row = _agreement(db, actor, agreement_id, shown)
    details = _checked(details, today_of(db, actor, now))
    _search(db, actor, now, agreement_id, details, keep_because)
    before = line_of(row).details
    for name, value in vars(details).items():
        setattr(row, name, value)
    row.version += 1
    db.add(row)
    db.flush()
    say_changed(db, actor, now, "agreement", agreement_id, vars(before), vars(details))


@allowed
def archive_agreement(
    db: Session, actor: Actor, now: datetime, agreement_id: str, shown: int, archived: bool = True
) -> None:
    """It suggests no level and warns of nothing any more; what was written stays."""
    row = _agreement(db, actor, agreement_id, shown)
    put_away(db, actor, now, row, "agreement", row.kind, archived)


@allowed
def lapsing_agreements(db: Session, actor: Actor, today: date) -> list[Lapsing]:
    """The soonest first."""
    found = (one for partner in partners(db, actor) for one in lapsing_of(partner, today))
    return sorted(found, key=lambda one: (one.details.expires or LATEST, one.partner))


def lapsing_of(partner: PartnerLine, today: date) -> Iterator[Lapsing]:
    in_use = [one for one in partner.agreements if not one.archived]
    for one in in_use:
        others = (other.details for other in in_use if other is not one)
        how = lapse(one.details, others, today)
        if how != "no":
            yield Lapsing(partner.id, partner.details.name, one.id, one.details, how)


def _agreement(db: Session, actor: Actor, agreement_id: str, shown: int) -> Agreement:
    row = db.get(Agreement, (actor.agency_id, agreement_id), populate_existing=True)
    if row is None:
        raise NotFound("This agreement is not here any more. Open the partner again.")
    if row.version != shown:
        raise Conflict("This agreement was changed after you opened it. Look at it again.", "agreement")
    return row


def _checked(details: AgreementDetails, today: date) -> AgreementDetails:
    """As it can be stored; everything that is wrong is said at once."""
    lines = [partial(line, getattr(details, name), said, NAME, required=False) for name, said in LINES.items()]
    texts = [partial(body, getattr(details, name), said, LONGEST_TERMS) for name, said in BODIES.items()]
    days = [partial(_refuse_future, getattr(details, name), said, today) for name, said in PAST.items()]
    found = every(*lines, *texts, *days, lambda: _refuse_kind(details.kind), lambda: _refuse_order(details))
    return replace(details, **dict(zip((*LINES, *BODIES), found, strict=False)), logged=bool(details.logged))


def _refuse_kind(kind: str) -> None:
    if kind not in get_args(AgreementKind):
        raise BadInput("Kind of agreement: choose one from the list.")


def _refuse_future(day: date | None, where: str, today: date) -> None:
    if day and day > today:
        raise BadInput(f"{where}: {in_words(day)} is still to come. Give a day up to today, or leave it empty.")
    if day and day < EARLIEST:
        raise BadInput(f"{where}: {in_words(day)} is too long ago to be right. Look at the year.")


def _refuse_order(details: AgreementDetails) -> None:
    expires, signed = details.expires, details.signed
    if expires and not EARLIEST <= expires <= LATEST:
        raise BadInput(f"Expires on: {in_words(expires)} cannot be right. Look at the year.")
    if expires and signed and expires < signed:
        raise BadInput(
            f"Expires on: {in_words(expires)} is before it was signed, {in_words(signed)}. Change one of the two."
        )


def _search(
    db: Session, actor: Actor, now: datetime, agreement_id: str, details: AgreementDetails, keep_because: str
) -> None:
    for name, where in (LINES | BODIES).items():
        searched(db, actor, now, getattr(details, name), where, keep_because, agreement_id)


def _when(details: AgreementDetails) -> str:
    signed = f"signed {details.signed}" if details.signed else "not signed"
    return f"{signed}, expires {details.expires}" if details.expires else signed
