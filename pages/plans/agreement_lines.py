"""One agreement of a partner: what was written down of it, changed, or put into the archive."""

from collections.abc import Callable

import streamlit as st

from assessments.rules.partnership import AgreementDetails
from assessments.use_cases.agreements import archive_agreement, revise_agreement
from assessments.use_cases.partners import AgreementLine, PartnerLine
from pages.plans import partner_forms
from pages.plans import partner_words as said
from pages.shared import forms, house, words


def show(line: AgreementLine, name: str) -> None:
    """`name` is that of its form."""
    st.divider()
    st.markdown(said.agreement(line.details) + (" (archived)" if line.archived else ""))
    st.markdown("\n".join(f"- {part}" for part in _facts(line.details)))
    with st.container(horizontal=True):
        forms.door(name, "Change the agreement", line.details, line.version, ":material/edit:")
        archive(line, archive_agreement, name, said.SHORT[line.details.kind])
    forms.show(
        name,
        "Save the change",
        partner_forms.agreement,
        lambda details, shown, keep: house.write(revise_agreement, line.id, details, shown, keep),
        "The agreement is saved.",
        line.version,
        here=True,
    )


def _facts(one: AgreementDetails) -> list[str]:
    leads = f"Leads: {one.our_lead or 'nobody named'} (yours), {one.their_lead or 'nobody named'} (theirs)"
    used = f"Last used: {words.day(one.last_used) if one.last_used else 'not written down'}"
    logged = "referrals and feedback are logged" if one.logged else "referrals and feedback are not logged"
    reviewed = f"Last reviewed together: {words.day(one.last_reviewed) if one.last_reviewed else 'not written down'}"
    texts = {"Scope": one.scope, "Information sharing": one.sharing_terms, "Consent": one.consent_terms}
    said_so = [f"{name}: {text or 'not written down'}" for name, text in texts.items()]
    return [words.plain(part).replace("\n", "\n  ") for part in (leads, f"{used}; {logged}", reviewed, *said_so)]


def archive(line: PartnerLine | AgreementLine, use_case: Callable[..., None], name: str, called: str) -> None:
    label = "Take it out of the archive" if line.archived else "Archive it"
    if forms.is_open(name) or not st.button(label, key=f"archive-{name}-{line.version}", icon=":material/archive:"):
        return
    if house.done(use_case, line.id, line.version, not line.archived):
        house.say(f"{called} is {'back in the register' if line.archived else 'in the archive'}.")
        st.rerun()
