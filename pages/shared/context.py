"""Where the person stands: of several agencies which, in the sidebar; the assessment, on top of a page."""

from collections.abc import Collection

import streamlit as st

from assessments.store.database import Session
from assessments.store.tables import Agency
from assessments.use_cases.assessments import Listed, assessments, last_place
from assessments.use_cases.membership import first_to_stand_in
from pages.shared import choices, drafts, hallway, house, words

CHOSEN_AGENCY = "context.agency"
AGENCY_FIELD = "choose-agency"
CHOSEN_ASSESSMENT = "context.assessment"
CHOICE = "choose-assessment"
GO_TO = "context.go-to"


def choose_agency(db: Session, mine: list[Agency], collaboratives: Collection[str] = ()) -> Agency:
    """The one chosen in this tab, else the one chosen last in this browser; the choice is drawn only where there is
    one. `collaboratives`: the ids of those that are one.
    """
    by_id = {agency.id: agency for agency in live_of(mine)}
    if len(by_id) == 1:
        st.session_state.pop(GO_TO, None)
        return next(iter(by_id.values()))
    say = choices.steady(AGENCY_FIELD, by_id, lambda one: called(by_id[one].name, one in collaboratives))
    if GO_TO in st.session_state or st.session_state.get(AGENCY_FIELD) not in by_id:
        st.session_state[AGENCY_FIELD] = _stood_in(db, by_id)
    with st.sidebar:
        chosen: str = st.selectbox(
            "Agency",
            list(by_id),
            format_func=say,
            key=AGENCY_FIELD,
            on_change=drafts.draw_all,
        )
    return by_id[chosen]


def keep_agency(agency_id: str) -> None:
    """In this tab, and in this browser."""
    if st.session_state.get(CHOSEN_AGENCY) != agency_id:
        st.session_state[CHOSEN_AGENCY] = agency_id
        house.keep_chosen(agency_id)


def _stood_in(db: Session, by_id: dict[str, Agency]) -> str:
    for wanted in (st.session_state.pop(GO_TO, ""), st.session_state.get(CHOSEN_AGENCY, ""), house.chosen_before(db)):
        if wanted in by_id:
            return str(wanted)
    return first_to_stand_in(db, by_id)


def called(name: str, is_collaborative: bool) -> str:
    return f"Collaborative: {name}" if is_collaborative else name


def live_of(mine: list[Agency]) -> list[Agency]:
    return [agency for agency in mine if not agency.archived_at] or mine


def go_to(agency_id: str) -> None:
    """On the next run, because the choice of this one is drawn already."""
    st.session_state[GO_TO] = agency_id


def show(among_several: bool, at_home: bool) -> None:
    """Who and where, for somebody who could be somewhere else: over each page, for on a phone the sidebar is folded.
    And that the demonstration is one.
    """
    if among_several and not at_home:  # which says it itself
        st.markdown(f":small[{who_and_where()}]")
    if house.in_demonstration():
        _say_demonstration()


def who_and_where(between: str = " · ") -> str:
    name = called(house.agency().name, house.is_collaborative())
    return f"**{words.plain(name)}**{between}{words.plain(st.session_state[house.PERSON])}"


def _say_demonstration() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="demonstration"):
        st.info("Demonstration: these agencies, people and ratings are invented.", icon=":material/theater_comedy:")
        leave = "Leave the demonstration"
        if not house.only_demonstration() and st.button(leave, key="leave-demonstration", on_click=drafts.draw_all):
            house.look_at_demonstration(False)
            st.rerun()


def choose_assessment(heading: str = "") -> Listed:
    """Of the agency's assessments: by the address, else where the person last worked, else the first. Where there is
    none, says how to start one and ends the page, under the `heading` of one that has none by then.
    """
    listed = {one.id: one for one in house.read(assessments)}
    if not listed:
        if heading:
            st.title(heading)
        st.info("There is no assessment yet. Start one: choose a site, a cycle and a checklist.")
        hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
        st.stop()
    asked = st.query_params.get("assessment")
    if asked and asked not in listed:
        st.warning("The assessment in the address is not here, or not any more. This is another one.")
    followed = asked in listed and asked != st.session_state.get(CHOSEN_ASSESSMENT)
    if followed:
        st.session_state[CHOICE] = asked  # a link was followed: the field on the screen still says otherwise
    chosen = st.selectbox(
        "Assessment",
        list(listed),
        index=0 if CHOICE in st.session_state else list(listed).index(_wanted(listed)),
        format_func=choices.steady(CHOICE, listed, lambda one: title(listed[one])),
        key=CHOICE,
        on_change=drafts.draw_all,
    )
    st.session_state[CHOSEN_ASSESSMENT] = chosen
    if followed or asked != chosen:  # followed to this very page, the browser's own address still says the old one
        st.query_params["assessment"] = chosen
    return listed[chosen]


def title(one: Listed) -> str:
    """Site, cycle, what: the order in which people look for it."""
    return f"{one.site} · {one.cycle} · {one.name} ({words.STATUSES[one.status].lower()})"


def _wanted(listed: dict[str, Listed]) -> str:
    for wanted in (st.query_params.get("assessment"), st.session_state.get(CHOSEN_ASSESSMENT)):
        if wanted in listed:
            return str(wanted)
    place = house.read(last_place)
    return place.assessment_id if place and place.assessment_id in listed else next(iter(listed))
