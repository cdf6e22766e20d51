"""Which collaborative, and beside what: an assessment of one's own, or for the lead a checklist and a cycle."""

import streamlit as st

from assessments.use_cases.agencies import cycles
from assessments.use_cases.assessments import assessments
from assessments.use_cases.collaboratives import CollaborativeLine, collaboratives
from assessments.use_cases.many_sites import crowd_beside, crowd_together
from assessments.use_cases.sharing import sharings
from assessments.use_cases.sites_beside import (
    NOT_LOADED,
    SitesBeside,
    questions_together,
    sites_beside,
    sites_together,
)
from pages.shared import choices, context, hallway, house, words
from pages.together import many_sites
from reports.sites import Told

TOGETHER, OWN, QUESTION, CYCLE = "sites.together", "sites.assessment", "sites.question", "sites.cycle"


def choose() -> Told:
    """Ends the page where there is nothing to choose from, and says what to do."""
    chosen = _collaborative()
    found, where = _of_the_lead() if chosen.leads else _of_ones_own(chosen)
    made = house.local(house.now())
    return Told(found, house.agency().name, chosen.name, where, made, chosen.leads, say)


def say(text: str) -> str:
    return words.in_terms(text, house.agency())


def _collaborative() -> CollaborativeLine:
    found = {one.id: one for one in house.read(collaboratives) if one.left_at is None}
    if not found:
        st.info(
            "Your agency is in no collaborative, so there is nobody to stand beside. The lead of a collaborative gives "
            "your administrator a code to come in with; nothing is shared by that."
        )
        hallway.next_step(hallway.COLLABORATIVE, "Go to the collaborative", ":material/hub:")
        st.stop()
    if len(found) == 1:
        return next(iter(found.values()))
    called = choices.steady(TOGETHER, found, lambda name: found[name].name)
    return found[st.selectbox("Collaborative", list(found), format_func=called, key=TOGETHER)]


def _of_ones_own(chosen: CollaborativeLine) -> tuple[SitesBeside, str]:
    """At first of what is shared, for there others may stand."""
    shared = {(one.checklist_id, one.cycle_id) for one in house.read(sharings, chosen.id) if one.how}
    listed = {one.id: one for one in house.read(assessments) if one.status == "submitted"}
    if not listed:
        st.info(
            "Nothing of yours is submitted yet. Sites stand beside one another on what was submitted: with the same "
            "checklist, in cycles that overlap."
        )
        hallway.next_step(hallway.ASSESSMENTS, "Go to the assessments", ":material/list_alt:")
        st.stop()
    titles = {name: context.title(one) for name, one in listed.items()}
    order = sorted(listed, key=lambda name: (listed[name].checklist_id, listed[name].cycle_id) not in shared)
    called = choices.steady(OWN, order, titles.__getitem__)
    one = listed[st.selectbox("Your assessment", order, format_func=called, key=OWN)]
    many_sites.instead(house.read(crowd_beside, house.now(), chosen.id, one.id))
    found = house.read(sites_beside, house.now(), chosen.id, one.id)
    return found, f"{one.site}, {one.cycle}: {one.name}"


def _of_the_lead() -> tuple[SitesBeside, str]:
    lines = house.read(questions_together)
    if not lines:
        st.info(
            "No site shares anything with this collaborative yet. What a member shares appears here as soon as it does."
        )
        hallway.next_step(hallway.COLLABORATIVE, "Go to the collaborative", ":material/hub:")
        st.stop()
    titles = {one.question: say(one.title) + (f", edition {one.edition}" if one.edition else "") for one in lines}
    rounds = {one.id: one for one in sorted(house.read(cycles), key=lambda one: one.starts, reverse=True)}
    names = {name: one.name for name, one in rounds.items()}
    first, second = st.columns(2)
    called = choices.steady(QUESTION, titles, titles.__getitem__)
    question = first.selectbox("Checklist", list(titles), format_func=called, key=QUESTION)
    named = choices.steady(CYCLE, names, names.__getitem__)
    cycle = second.selectbox("Cycle of the collaborative", list(names), format_func=named, key=CYCLE)
    if not question.checklist:
        st.info(NOT_LOADED)
        hallway.next_step(hallway.CHECKLISTS, "Go to the checklists", ":material/checklist:")
        st.stop()
    many_sites.instead(house.read(crowd_together, question, cycle))
    return house.read(sites_together, question, cycle), f"{titles[question]}, {names[cycle]}"
