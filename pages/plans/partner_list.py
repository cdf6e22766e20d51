"""The register: every partner with its agreements, and one of them opened, changed, or put into the archive."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.agreements import add_agreement, lapsing_agreements
from assessments.use_cases.partners import PartnerLine, add_partner, archive_partner, revise_partner
from pages.plans import agreement_lines, partner_forms
from pages.plans import partner_words as said
from pages.shared import choices, forms, house

SCOPE = "partner"
CHOSEN, ARCHIVED = "partners.chosen", "partners.archived"
WHAT_FOR = (
    "No partner is here yet. A partner is any organization that you work with for these families: prenatal and "
    "pediatric care, early intervention, child welfare, recovery coaching, and so on. Say who your contact is and what "
    "was signed; this page then warns before an agreement lapses, and suggests levels for the ratings on partnership."
)


def show(found: Sequence[PartnerLine], sites: dict[str, str]) -> None:
    """`found` with the archive."""
    hidden = sum(one.archived for one in found)
    with_archived = hidden > 0 and st.toggle(f"Show archived partners ({hidden})", key=ARCHIVED)
    listed = [one for one in found if with_archived or not one.archived]
    _warn()
    if found:
        st.markdown("\n".join(_in_list(one, sites) for one in listed) or "Every partner is in the archive.")
    else:
        st.info(WHAT_FOR)
    forms.door(SCOPE, "Add a partner", partner_forms.BLANK)
    forms.show(
        SCOPE,
        "Add this partner",
        lambda key, details: partner_forms.partner(key, details, sites),
        lambda details, _, keep: house.write(add_partner, details, keep),
        "The partner is added. Open it below to write down what was signed.",
        here=True,
    )
    if listed:
        _choose({one.id: one for one in listed}, sites)


def _warn() -> None:
    lines = [said.lapsing(one) for one in house.read(lapsing_agreements, house.today())]
    if lines:
        st.warning("**Agreements to renew, or to archive**\n\n" + "\n".join(f"- {line}" for line in lines))


def _in_list(one: PartnerLine, sites: dict[str, str]) -> str:
    archived = " (archived)" if one.archived else ""
    hung = [f"    - {said.agreement(line.details)}" for line in one.agreements if not line.archived]
    return "\n".join(
        [f"- {said.partner(one.details, sites)}{archived}", *(hung or ["    - No agreement written down"])]
    )


def _choose(by_id: dict[str, PartnerLine], sites: dict[str, str]) -> None:
    chosen = st.selectbox(
        "Open one partner",
        list(by_id),
        index=None,
        placeholder="Choose a partner",
        format_func=choices.steady(CHOSEN, by_id, lambda one: by_id[one].details.name),
        key=CHOSEN,
    )
    if chosen:
        with st.container(border=True):
            _opened(by_id[chosen], sites)


def _opened(line: PartnerLine, sites: dict[str, str]) -> None:
    name = f"{SCOPE}-{line.id}"
    st.markdown(said.partner(line.details, sites))
    with st.container(horizontal=True):
        forms.door(name, "Change", line.details, line.version, ":material/edit:")
        forms.door(f"{name}-new", "Add an agreement", partner_forms.UNSIGNED)
        agreement_lines.archive(line, archive_partner, name, line.details.name)
    forms.show(
        name,
        "Save the change",
        lambda key, details: partner_forms.partner(key, details, sites),
        lambda details, shown, keep: house.write(revise_partner, line.id, details, shown, keep),
        "The partner is saved.",
        line.version,
        here=True,
    )
    forms.show(
        f"{name}-new",
        "Add this agreement",
        partner_forms.agreement,
        lambda details, _, keep: house.write(add_agreement, line.id, details, keep),
        "The agreement is added. It is not a consent.",
        here=True,
    )
    for agreement in line.agreements:
        agreement_lines.show(agreement, f"{SCOPE}-of-{agreement.id}")
