"""Partners and agreements in words. No sign, color or word here may say that anything can be shared: an agreement is no
consent.
"""

from assessments.rules.partnership import (
    AgreementDetails,
    AgreementKind,
    Lapse,
    PartnerDetails,
    PartnerKind,
    is_current,
)
from assessments.use_cases.agreements import Lapsing
from pages.shared import house, words

KINDS: dict[PartnerKind, str] = {
    "prenatal-care": "Prenatal care",
    "pediatric": "Pediatric care",
    "early-intervention": "Early intervention",
    "early-childhood": "Early childhood program",
    "parenting": "Parenting services",
    "family": "Family services",
    "child-welfare": "Child welfare",
    "recovery-coaching": "Recovery coaching",
    "case-management": "Case management",
    "recovery-center": "Recovery support center",
    "other": "Something else",
}
AGREEMENTS: dict[AgreementKind, str] = {
    "qsoa": "Qualified service organization agreement (QSOA)",
    "mou": "Memorandum of understanding (MOU)",
    "other": "Another kind of agreement",
}
SHORT: dict[AgreementKind, str] = {"qsoa": "QSOA", "mou": "MOU", "other": "Another agreement"}
WITHIN: dict[AgreementKind, str] = {**SHORT, "other": "another agreement"}
"""Within a sentence."""
EVERY_SITE = "All sites"
NO_CONSENT = "Not a consent: see ADD-C01 to ADD-C07"
"""Beside every agreement, wherever it is named."""


def partner(details: PartnerDetails, sites: dict[str, str]) -> str:
    site = EVERY_SITE if details.site_id is None else sites.get(details.site_id, "")
    contact = f"Contact: {details.contact}" if details.contact else "No contact named"
    parts = [KINDS[details.kind], site, contact, "Referrals go there" if details.refers else "No referrals yet"]
    return f"**{words.plain(details.name)}** · {words.plain(' · '.join(filter(None, parts)))}"


def agreement(one: AgreementDetails) -> str:
    return f"**{SHORT[one.kind]}** · {standing(one)} · *{NO_CONSENT}*"


def standing(one: AgreementDetails) -> str:
    """Whether it is current, and until when."""
    if one.signed is None:
        return f"Not signed, would lapse {words.day(one.expires)}" if one.expires else "Not signed"
    if not is_current(one, house.today()):
        assert one.expires
        return f"Lapsed {words.day(one.expires)}"
    until = f"until {words.day(one.expires)}" if one.expires else "without an end date"
    return f"Signed {words.day(one.signed)}, in force {until}"


def lapsing(one: Lapsing) -> str:
    return f"{_lapses(one.details, one.how)}: {SHORT[one.details.kind]} with {words.plain(one.partner)}"


def _lapses(one: AgreementDetails, how: Lapse) -> str:
    assert one.expires
    days = (one.expires - house.today()).days
    if how == "lapsed":
        return f":material/warning: **Lapsed {words.count(-days, 'day')} ago**, on {words.day(one.expires)}"
    when = ("today", "tomorrow")[days] if days < 2 else f"in {days} days"
    warned = f"**Lapses {when}**" if how == "very soon" else f"Lapses {when}"
    return f":material/schedule: {warned}, on {words.day(one.expires)}"
