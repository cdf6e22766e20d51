"""Audit trail: who changed what, when, from what to what; and whether the chain holds."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from assessments.errors import NotAllowed
from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.assessments import assessments
from assessments.use_cases.checklists import shelf
from assessments.use_cases.collaboratives import collaboratives
from assessments.use_cases.partners import partners
from assessments.use_cases.trail import Entry, audit_trail, trail_filters, verify_trail
from pages.setup import entries, purging
from pages.shared import hallway, house, words

R = TypeVar("R")
A_PAGE = 50
ALL = ""


def choose() -> tuple[str, str]:
    """An act and a person, empty for all."""
    acts, people = house.read(trail_filters)
    left, right = st.columns(2)
    act = left.selectbox(
        "What was done", [ALL, *acts], format_func=lambda act: entries.act(act) if act else "Everything"
    )
    person = right.selectbox("By whom", [ALL, *people], format_func=lambda person: person or "Everybody")
    return act, person


def names() -> dict[str, str]:
    """What things are called today, by id: of those that this person may read. An auditor reads the ids of the rest."""
    named = {one.id: f"{one.site}, {one.cycle}, {one.name}" for one in _mine(assessments, archived=True)}
    named |= {site.id: site.name for site in _mine(sites, archived=True)}
    named |= {cycle.id: cycle.name for cycle in _mine(cycles, archived=True)}
    for left in (True, False):
        named |= {one.id: one.name for one in _mine(collaboratives, left=left)}
    for partner in _mine(partners, archived=True):
        named[partner.id] = partner.details.name
        named |= {one.id: f"an agreement with {partner.details.name}" for one in partner.agreements}
    for entry in _mine(shelf):
        named[entry.checklist.id] = words.in_terms(entry.checklist.title, house.agency())
    return named | {house.agency().id: house.agency().name, house.actor().person_id: "the name of the person"}


def _mine(use_case: Callable[..., list[R]], **kwargs: bool) -> list[R]:
    with house.reading() as db:
        try:
            return use_case(db, house.actor(), **kwargs)
        except NotAllowed:
            return []


def show(shown: list[Entry]) -> None:
    named = names()
    st.table([entries.row(entry, named) for entry in shown], hide_index=True, border="horizontal")
    for entry in shown:
        if entries.was_cut(entry):
            with st.expander(f"No. {entry.seq} in full"):
                for label, value in zip(("From", "To"), entries.values(entry), strict=True):
                    st.markdown(f"**{label}**")
                    st.text(value or "(empty)")


def check(newest: str) -> None:
    """The chain, and whether it still holds a link that was printed earlier."""
    st.subheader("Check the chain")
    st.markdown(
        "Every entry carries a link that follows from the one before it, so a change behind the toolkit's back shows. "
        f"The newest link is `{newest}`."
    )
    with st.form("check"):
        printed = st.text_input(
            "A link printed on a receipt, if you have one",
            help="With it the check also sees whether entries were cut off at the end.",
        )
        if st.form_submit_button("Check the chain", icon=":material/link:"):
            wrong = house.read(verify_trail, printed)
            for fault in wrong:
                st.error(words.plain(fault))
            if wrong:
                st.markdown("Keep a copy of the data folder as it is, and ask whoever looks after this machine.")
            else:
                st.success("The chain holds: nothing was changed, taken out or put in." + said(printed))


def said(printed: str) -> str:
    return " The link from the receipt is in it." if printed.strip() else ""


st.title("Audit trail")
st.markdown("Every change, newest first. Entries are only ever added.")
act, person = choose()
count = house.read(audit_trail, act, person, most=0).total
pages = max(1, -(-count // A_PAGE))
page = st.pagination(pages, key=f"page-{act}-{person}") if pages > 1 else 1
trail = house.read(audit_trail, act, person, skip=(page - 1) * A_PAGE, most=A_PAGE)
st.markdown(f"{words.count(trail.total, 'entry', 'entries')}{f', page {page} of {pages}' if pages > 1 else ''}")
show(trail.entries)
check(trail.newest_link)
purging.show(names)
hallway.next_step(hallway.HOME, "Home", ":material/home:")
