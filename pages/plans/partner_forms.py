"""A partner and an agreement as they are typed."""

from collections.abc import Mapping
from typing import cast

import streamlit as st

from assessments.rules.partnership import AgreementDetails, PartnerDetails, PartnerKind
from assessments.use_cases.agreements import EARLIEST, LATEST
from pages.plans import partner_words as said
from pages.shared import clearable, house, words

SPAN = (EARLIEST, LATEST)
BLANK = PartnerDetails("", cast(PartnerKind, ""))
"""Without a kind: one chosen beforehand is saved by whoever reads past it."""
UNSIGNED = AgreementDetails("qsoa")
ALL = ""


def partner(key: str, details: PartnerDetails, sites: Mapping[str, str]) -> PartnerDetails:
    name = st.text_input("Name of the partner", details.name, key=f"{key}-name")
    first, second = st.columns(2)
    kinds = list(said.KINDS)
    kind = first.selectbox(
        "What it offers",
        kinds,
        kinds.index(details.kind) if details.kind in kinds else None,
        format_func=said.KINDS.__getitem__,
        placeholder="Choose one",
        key=f"{key}-kind",
    )
    options: list[str] = [ALL, *sites]
    site = second.selectbox(
        "Partner of",
        options,
        options.index(details.site_id or ALL) if (details.site_id or ALL) in options else 0,
        format_func=lambda one: sites.get(one, said.EVERY_SITE),
        key=f"{key}-site",
    )
    contact = st.text_input(
        "Your contact there: a name only, if one is named",
        details.contact,
        key=f"{key}-contact",
        help="The name of a professional. E-mail addresses and telephone numbers stay in your own address book.",
    )
    refers = st.checkbox("Referrals go there", details.refers, key=f"{key}-refers")
    return PartnerDetails(name, kind or details.kind, site or None, contact, refers)


def agreement(key: str, details: AgreementDetails) -> AgreementDetails:
    kinds = list(said.AGREEMENTS)
    kind = st.selectbox(
        "Kind of agreement",
        kinds,
        kinds.index(details.kind),
        format_func=said.AGREEMENTS.__getitem__,
        key=f"{key}-kind",
    )
    scope = st.text_area("Scope: what it is about", details.scope, height=72, key=f"{key}-scope")
    first, second = st.columns(2)
    ours = first.text_input("Your own lead", details.our_lead, key=f"{key}-ours")
    theirs = second.text_input("The lead on their side", details.their_lead, key=f"{key}-theirs")
    first, second = st.columns(2)
    signed = clearable.day(first, "Signed on, if it is", details.signed, f"{key}-signed", SPAN)
    expires = clearable.day(second, "Expires on, if it does", details.expires, f"{key}-expires", SPAN)
    first, second = st.columns(2)
    used = clearable.day(first, "Last used on", details.last_used, f"{key}-used", SPAN)
    reviewed = clearable.day(second, "Last reviewed together on", details.last_reviewed, f"{key}-reviewed", SPAN)
    logged = st.checkbox("Referrals and feedback are logged", details.logged, key=f"{key}-logged")
    sharing, consent = _terms(key, details)
    return AgreementDetails(kind, scope, ours, theirs, signed, expires, used, logged, reviewed, sharing, consent)


def _terms(key: str, details: AgreementDetails) -> tuple[str, str]:
    women = words.plain(house.agency().women)
    sharing = st.text_area(
        "Terms of information sharing: what, with whom, how",
        details.sharing_terms,
        height=96,
        key=f"{key}-sharing",
        placeholder="As the agreement states them. No names, dates of birth or record numbers of clients.",
    )
    consent = st.text_area(
        "Terms of consent: what the agreement says about it",
        details.consent_terms,
        height=72,
        key=f"{key}-consent",
        help=f"What is written here is not a consent. Consent is given by {women}, each for herself.",
    )
    return sharing, consent
