"""Partners and what was signed with them: what is current, what lapses soon, and which level of the indicators on
partnership that comes to.

Conventions of this toolkit: the last quarter is the three months up to today, the last year the twelve months. An
agreement is current from the day it was signed to the day it expires, both included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assessments.rules.days import months_later
from assessments.rules.proposed import Fact, Proposal

PartnerKind = Literal[
    "prenatal-care",
    "pediatric",
    "early-intervention",
    "early-childhood",
    "parenting",
    "family",
    "child-welfare",
    "recovery-coaching",
    "case-management",
    "recovery-center",
    "other",
]
AgreementKind = Literal["qsoa", "mou", "other"]
Lapse = Literal["no", "soon", "very soon", "lapsed"]

INDICATORS: Mapping[PartnerKind, str] = {
    "prenatal-care": "PAR-01",
    "pediatric": "PAR-02",
    "early-intervention": "PAR-03",
    "early-childhood": "PAR-04",
    "parenting": "PAR-05",
    "family": "PAR-06",
    "child-welfare": "PAR-11",
    "recovery-coaching": "PAR-13",
    "case-management": "PAR-14",
    "recovery-center": "PAR-15",
}
"""Of the program's checklist. How the agency reaches out (PAR-07 to PAR-10) and how it applies guidance (PAR-12) cannot
be told from a register.
"""
SOON, VERY_SOON = timedelta(days=90), timedelta(days=30)
QUARTER, YEAR = 3, 12
"""Months."""
FITTING: tuple[AgreementKind, ...] = ("qsoa", "mou")
NAMES: Mapping[AgreementKind, str] = {"qsoa": "QSOA", "mou": "MOU", "other": "agreement of another kind"}
WITH_SCOPE, WITH_MEETINGS = ("PAR-01",), ("PAR-11",)
"""What the indicator asks for at level 3 beyond its ladder: a scope; meetings of both sides every quarter."""
JUDGE = {
    "PAR-11": "Do you meet at least every quarter? The register knows the last time alone.",
    "PAR-15": "Where the center is far or virtual, level 3 asks that transport is arranged.",
}


@dataclass(frozen=True)
class AgreementDetails:
    """`logged`: referrals and feedback are. `last_reviewed`: by both sides together."""

    kind: AgreementKind
    scope: str = ""
    our_lead: str = ""
    their_lead: str = ""
    signed: date | None = None
    expires: date | None = None
    last_used: date | None = None
    logged: bool = False
    last_reviewed: date | None = None
    sharing_terms: str = ""
    consent_terms: str = ""


@dataclass(frozen=True)
class PartnerDetails:
    """`site_id` is None for a partner of all sites; `contact` the person there; `refers`: referrals go to it."""

    name: str
    kind: PartnerKind
    site_id: str | None = None
    contact: str = ""
    refers: bool = False


@dataclass(frozen=True)
class Known:
    """A partner with what is in the register of it, the archive left out."""

    partner: PartnerDetails
    agreements: tuple[AgreementDetails, ...] = ()


def is_current(one: AgreementDetails, today: date) -> bool:
    return one.signed is not None and one.signed <= today and (one.expires is None or today <= one.expires)


def lapse(one: AgreementDetails, others: Iterable[AgreementDetails], today: date) -> Lapse:
    """Whether it lapses soon; no warning where another of the same kind with that partner lasts longer."""
    if one.expires is None or one.signed is None or any(_replaces(other, one, today) for other in others):
        return "no"
    left = one.expires - today
    if left < timedelta(0):
        return "lapsed"
    return "very soon" if left <= VERY_SOON else "soon" if left <= SOON else "no"


def _replaces(other: AgreementDetails, one: AgreementDetails, today: date) -> bool:
    assert one.expires
    later = other.expires is None or other.expires > one.expires
    return other.kind == one.kind and is_current(other, today) and later


def proposed(indicator: str, known: Iterable[Known], today: date) -> Proposal:
    """From the partners of its kind: the best of them counts, for one such provider is enough."""
    each = [_of_partner(indicator, one, today) for one in known]
    if not each:
        missing = ("a partner of this kind, with the person there who is your contact",)
        return Proposal(0, "no partner of this kind is in your register", missing=missing)
    return max(each, key=lambda one: (one.level, -len(one.missing)))


def _of_partner(indicator: str, known: Known, today: date) -> Proposal:
    current = [one for one in known.agreements if is_current(one, today)]
    lacking = {one: _until_signed(indicator, one, today) for one in current}
    whole = [one for one in current if not lacking[one]]
    if whole:
        return _signed(indicator, known.partner, min(whole, key=lambda one: len(_until_used(one, today))), today)
    nearest = min(current, key=lambda one: len(lacking[one]), default=None)
    return _unsigned(indicator, known, nearest, lacking[nearest] if nearest else (), today)


def _until_signed(indicator: str, one: AgreementDetails, today: date) -> tuple[str, ...]:
    """What a current agreement lacks of level 3."""
    lacking = {
        "a QSOA or MOU: whether another kind of agreement fits, people judge": one.kind not in FITTING,
        "your own lead": not one.our_lead,
        "the lead on their side": not one.their_lead,
        "the terms for sharing information": not one.sharing_terms,
        "its scope": indicator in WITH_SCOPE and not one.scope,
        "a joint review in the last three months, as a sign that both sides meet every quarter": (
            indicator in WITH_MEETINGS and not _within(one.last_reviewed, QUARTER, today)
        ),
    }
    return tuple(said for said, is_lacking in lacking.items() if is_lacking)


def _until_used(one: AgreementDetails, today: date) -> tuple[str, ...]:
    """What it then lacks of level 4."""
    lacking = {
        "that it was used in the last three months": not _within(one.last_used, QUARTER, today),
        "that referrals and feedback are logged": not one.logged,
        "a review by both sides together in the last 12 months": not _within(one.last_reviewed, YEAR, today),
    }
    return tuple(said for said, is_lacking in lacking.items() if is_lacking)


def _within(day: date | None, months: int, today: date) -> bool:
    return day is not None and day <= today <= months_later(day, months)


def _signed(indicator: str, partner: PartnerDetails, one: AgreementDetails, today: date) -> Proposal:
    missing = _until_used(one, today)
    facts = [Fact("agreement", f"{NAMES[one.kind]} with {partner.name}, current, leads and terms named", one.signed)]
    reason = f"the {NAMES[one.kind]} with {partner.name} is current, and names both leads and the terms for sharing"
    if not missing:
        facts.append(Fact("log", f"Referrals and feedback with {partner.name}, when last used", one.last_used))
        facts.append(Fact("document", f"Joint review of the agreement with {partner.name}", one.last_reviewed))
        reason += "; it was used in the last three months, and both sides reviewed it within 12 months"
    return Proposal(3 if missing else 4, reason, tuple(facts), missing, JUDGE.get(indicator, ""))


def _unsigned(
    indicator: str, known: Known, nearest: AgreementDetails | None, lacking: tuple[str, ...], today: date
) -> Proposal:
    partner, named = known.partner, bool(known.partner.contact or (nearest and nearest.their_lead))
    state = _state_of_agreement(known, nearest, today)
    if not (named and partner.refers):
        wanted = {"the person there who is your contact": not named, "referrals to it": not partner.refers}
        missing = tuple(said for said, is_lacking in wanted.items() if is_lacking)
        reason = f"{partner.name} is a partner, but {_either(named=named, refers=partner.refers)}; {state}"
        return Proposal(1, reason, (_listed(partner),), missing, JUDGE.get(indicator, ""))
    missing = lacking or ("a signed QSOA or MOU that is current",)
    reason = f"a contact is named at {partner.name} and referrals go there; {state}"
    return Proposal(2, reason, (_listed(partner),), missing, JUDGE.get(indicator, ""))


def _state_of_agreement(known: Known, nearest: AgreementDetails | None, today: date) -> str:
    if nearest:
        return f"the {NAMES[nearest.kind]} with it is current, but something is missing"
    if any(one.expires and one.expires < today for one in known.agreements if one.signed):
        return "the agreement with it has expired"
    return "no agreement with it is signed"


def _either(*, named: bool, refers: bool) -> str:
    if named:
        return "no referrals go there"
    return "nobody is named as the contact there" + ("" if refers else ", and no referrals go there")


def _listed(partner: PartnerDetails) -> Fact:
    contact = ", contact named" if partner.contact else ""
    return Fact("log", f"Register of partners: {partner.name}{contact}{', referrals go there' * partner.refers}")
