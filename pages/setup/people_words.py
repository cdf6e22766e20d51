"""Words for roles, and for where somebody signs in."""

from collections.abc import Collection
from urllib.parse import urlsplit

import streamlit as st

from assessments.store.access import ROLES
from assessments.use_cases.invitations import in_words
from pages.shared import words

MAY = {
    "owner": "everything, the names and ratings of staff included; alone makes other owners",
    "agency-administrator": "sets up sites and cycles, keeps the list of staff, invites people, rates the program",
    "assessor": "rates the program, reads plans, keeps the improvement plan and the partners",
    "trainer": "sees and rates the competencies of staff, keeps courses; reads the program's results",
    "supervisor": "sees and rates those whom they supervise; reads the program's results",
    "staff-member": "sees and rates their own competencies",
    "collaborative-lead": "leads the collaborative, and invites to it",
    "auditor": "reads the audit trail and checks it; changes nothing",
}


def roles(shown: Collection[str], offered: list[str], key: str) -> list[str]:
    """To be chosen from; what is held and not the actor's to give stays in the choice."""
    known = [role for role in ROLES if role in {*offered, *shown}]
    chosen = st.multiselect(
        "Roles",
        known,
        default=[role for role in known if role in shown],
        format_func=lambda role: ROLES[role],
        placeholder="Choose one or more",
        key=key,
    )
    return list(chosen)


def explained(offered: list[str]) -> None:
    with st.expander("What each role may do", icon=":material/help:"):
        st.markdown("\n".join(f"- **{ROLES[role]}**: {MAY[role]}." for role in offered if role in MAY))


def said(held: Collection[str]) -> str:
    return in_words(held)


def signs_in(issuers: Collection[str]) -> str:
    """By the name of each provider's machine."""
    there = ", ".join(words.plain(urlsplit(issuer).netloc or issuer) for issuer in issuers)
    return f"signs in at {there}" if there else "has not signed in yet"
