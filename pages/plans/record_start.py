"""A review is started: where, in which cycle, and with which checklists the same records are read."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.agencies import cycles, sites
from assessments.use_cases.checklists import shelf
from assessments.use_cases.reviews import reviews, start_review
from pages.plans import choosing
from pages.shared import hallway, house, words
from standards.model import Checklist


def show() -> None:
    places, rounds = house.read(sites), house.read(cycles)
    if not places or not rounds:
        st.info("A review needs a site and a cycle. Add them first.")
        hallway.next_step(hallway.AGENCY, "Add a site or a cycle")
        return
    kind, readable = _kind()
    if not readable:
        st.info("Records are not read in a collaborative. Choose your agency first.")
        hallway.next_step(hallway.HOME, "Home")
        return
    by_site, by_cycle = {row.id: row.name for row in places}, {row.id: row.name for row in rounds}
    with st.form("start-review", border=False):
        left, right = st.columns(2)
        site = left.selectbox("Site", list(by_site), format_func=by_site.__getitem__)
        cycle = right.selectbox("Cycle", list(by_cycle), len(by_cycle) - 1, format_func=by_cycle.__getitem__)
        chosen = _checklists(kind, readable)
        if st.form_submit_button("Start this review", type="primary", icon=":material/add:"):
            _start(site, cycle, chosen)


def _kind() -> tuple[str, list[Checklist]]:
    """What one record is, and the checklists that read it. Two kinds are two reviews, each with a list of its own."""
    found = [one.checklist for one in house.read(shelf) if one.ratable and one.checklist.subject == "record"]
    kinds = list(dict.fromkeys(one.one_record for one in found))
    kind: str = kinds[0] if kinds else ""
    if len(kinds) > 1:
        kind = st.radio("What is read", kinds, format_func=_said, horizontal=True, key="review-kind")
    return kind, [one for one in found if one.one_record == kind]


def _checklists(kind: str, readable: Sequence[Checklist]) -> list[tuple[str, str]]:
    titles = {one.key: f"{one.title} ({words.count(len(one.indicators), 'indicator')})" for one in readable}
    if len(titles) == 1:
        st.markdown(f"Each is read with **{words.plain(_said(next(iter(titles.values()))))}**.")
        return list(titles)
    chosen: list[tuple[str, str]] = st.multiselect(
        "Read with",
        list(titles),
        list(titles)[:1],
        format_func=lambda key: _said(titles[key]),
        placeholder="Choose one or more",
        help="Several checklists can be read on the same records. Choose further packs on the page Checklists first.",
        key=f"review-read-{kind}",
    )
    return chosen


def _start(site: str, cycle: str, checklists: list[tuple[str, str]]) -> None:
    if not house.done(start_review, site, cycle, checklists):
        return
    wanted = [one for one in house.read(reviews) if (one.site_id, one.cycle_id) == (site, cycle)]
    new = next(one for one in wanted if set(checklists) <= {read.checklist for read in one.reads})
    st.query_params["review"] = new.id
    st.session_state.pop(choosing.REVIEW, None)
    house.say("The review is started. Put the records on the list by their codes.")
    st.rerun()


def _said(text: str) -> str:
    return words.in_terms(text, house.agency())
