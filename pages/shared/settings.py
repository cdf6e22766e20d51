"""The fields of an agency, a site and a cycle, each with a sentence on what it decides; one form's worth of each."""

from dataclasses import replace
from datetime import date
from zlib import crc32

import streamlit as st

from assessments.rules.settings import SETTINGS, STATES, TIME_ZONES
from assessments.store.tables import Cycle, Site
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails
from pages.shared import clearable, words

NEW_AGENCY = AgencyDetails("", state="", time_zone="")


def agency(shown: AgencyDetails, key: str, *, guest: bool = False) -> AgencyDetails:
    """Name, place and the two facts that duties follow from; of a `guest`, somebody else says them."""
    whom = ("They", "them", "them") if guest else ("We", "us", "you")
    name = st.text_input("Name of the agency", shown.name, key=f"{key}-name")
    state, zone = whereabouts(shown, key)
    st.markdown(
        f"The State and the next two answers decide which indicators are duties for {whom[2]}; these are listed first. "
        "The time zone decides the day and hour shown beside what was saved."
    )
    block_grant = st.checkbox(
        f"{whom[0]} receive federal block-grant funds for substance use treatment. Rules on admitting pregnant women "
        f"first and on interim services then bind {whom[1]}.",
        shown.block_grant,
        key=f"{key}-block-grant",
    )
    part_2 = st.checkbox(
        f"{whom[0]} are a Part 2 program (42 CFR Part 2). Its rules on confidentiality then bind {whom[1]}.",
        shown.part_2,
        key=f"{key}-part-2",
    )
    return replace(shown, name=name, state=state, time_zone=zone, block_grant=block_grant, part_2=part_2)


def whereabouts(shown: AgencyDetails, key: str) -> tuple[str, str]:
    """State and time zone; "" where none is chosen."""
    left, right = st.columns(2)
    with left:
        state = st.selectbox(
            "State",
            list(STATES),
            index=_at(list(STATES), shown.state),
            format_func=lambda code: STATES[code],
            placeholder="Choose a state",
            key=f"{key}-state",
        )
    with right:
        zones = list(dict.fromkeys((*TIME_ZONES, *filter(None, (shown.time_zone,)))))
        zone = st.selectbox(
            "Time zone",
            zones,
            index=_at(zones, shown.time_zone or st.context.timezone or ""),
            format_func=lambda name: TIME_ZONES.get(name, name),
            placeholder="Choose a time zone",
            key=f"{key}-zone",
        )
    return state or "", zone or ""


def terms(shown: AgencyDetails, key: str) -> AgencyDetails:
    """The words that the checklists' texts take over."""
    st.markdown("Your own words for three things. The texts of the checklists use them.")
    plan = st.text_input("The plan for an infant and family", shown.plan_name, key=f"{key}-plan")
    office = st.text_input("The child-welfare agency", shown.child_welfare_name, key=f"{key}-child-welfare")
    women = st.text_input("The women you serve", shown.women, key=f"{key}-women")
    return replace(shown, plan_name=plan, child_welfare_name=office, women=women)


def stamp(stored: object) -> str:
    """For the keys of a form: when what is stored changes, the form is a new one and shows it."""
    return f"{crc32(repr(stored).encode()):08x}"


def site(shown: Site | SiteDetails, key: str) -> SiteDetails:
    name = st.text_input("Name of the site", shown.name, key=f"{key}-name")
    setting = st.selectbox(
        "Setting",
        list(SETTINGS),
        index=_at(list(SETTINGS), shown.setting),
        format_func=lambda setting: SETTINGS[setting],
        key=f"{key}-setting",
    )
    infants = st.checkbox(
        "Infants stay here. Where none do, the indicators on safe sleep can be marked as not applicable.",
        shown.infants_on_site,
        key=f"{key}-infants",
    )
    return SiteDetails(name, setting or "", infants)


def cycle(shown: Cycle | CycleDetails, key: str) -> CycleDetails:
    """A round of rating: baseline, follow-up 1 and so on."""
    name = st.text_input("Name of the cycle", shown.name, key=f"{key}-name")
    left, right = st.columns(2)
    first = left.date_input("Starts on", shown.starts, format="MM/DD/YYYY", key=f"{key}-starts")
    last = clearable.day(right, "Ends on, if you know", shown.ends, f"{key}-ends")
    return CycleDetails(name, first, last)


def span(starts: date, ends: date | None) -> str:
    return f"{words.day(starts)} to {words.day(ends)}" if ends else f"from {words.day(starts)}"


def _at(options: list[str], wanted: str) -> int | None:
    return options.index(wanted) if wanted in options else None
