"""Agency, sites, cycles: who we are, what decides our duties, and where and when we rate."""

import streamlit as st

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Agency
from assessments.use_cases.agencies import (
    AgencyDetails,
    CycleDetails,
    SiteDetails,
    agencies_of,
    archive_agency,
    local_person,
    rename_local_person,
    revise_agency,
    set_up,
)
from pages.setup import places
from pages.shared import context, hallway, house, settings, words

SECTIONS = ("Agency", "Sites", "Cycles", "More")
SET_UP = "agency.set-up"


def own(stored: Agency) -> None:
    shown = AgencyDetails(**{name: getattr(stored, name) for name in AgencyDetails.__dataclass_fields__})
    key = f"agency-{stored.id}-{settings.stamp(shown)}"
    with st.form("agency"):
        details = settings.terms(settings.agency(shown, key), key)
        st.markdown("A submitted assessment keeps the duties of the day on which it was submitted.")
        if st.form_submit_button("Save the agency", type="primary") and house.done(revise_agency, details):
            house.say(f"{details.name.strip()} is saved.")
            st.rerun()


def me() -> None:
    with database.reading(house.engine()) as db:
        person = local_person(db)
    name = person.name if person else ""
    with st.form("me"):
        typed = st.text_input("Your name", name, max_chars=settings.LONGEST, key=f"me-{settings.stamp(name)}")
        st.markdown("It stands beside every rating that you give, the earlier ones too. The audit trail keeps both.")
        if st.form_submit_button("Save my name") and house.done(rename_local_person, typed):
            house.say("Your name is saved.")
            st.rerun()


def archived(mine: list[Agency]) -> None:
    """This agency into the archive; archived ones out of it again."""
    with st.container(border=True):
        st.markdown("**Archive.** An archived agency leaves the list in the sidebar. Nothing of it is lost.")
        here = house.agency()
        if here.archived_at:
            if st.button("Take this agency out of the archive") and house.done(archive_agency, False):
                house.say(f"{here.name} is back.")
                st.rerun()
        elif st.button("Archive this agency") and house.done(archive_agency):
            house.say(f"{here.name} is archived. You can take it out again on this page.")
            st.rerun()
        for agency in mine:
            if agency.archived_at and agency.id != here.id:
                with st.container(horizontal=True, vertical_alignment="center"):
                    st.markdown(words.plain(agency.name), width="content")
                    if st.button("Take it out of the archive", key=f"back-{agency.id}"):
                        back(agency)


def back(agency: Agency) -> None:
    """The act is checked against the agency that it changes."""
    actor = Actor(house.actor().person_id, agency.id)
    with database.writing(house.engine()) as db:
        archive_agency(db, actor, house.now(), False)
    house.say(f"{agency.name} is back on the list in the sidebar.")
    st.rerun()


def another() -> None:
    number = st.session_state.get(SET_UP, 0)
    with st.expander("Add another agency", icon=":material/add:"), st.form(f"another-{number}", border=False):
        agency = settings.agency(settings.NEW_AGENCY, f"another-{number}")
        site = settings.site(SiteDetails(""), f"another-site-{number}")
        cycle = settings.cycle(CycleDetails("Baseline", house.now().date()), f"another-cycle-{number}")
        if st.form_submit_button("Set up this agency", type="primary"):
            begin(agency, site, cycle)


def begin(agency: AgencyDetails, site: SiteDetails, cycle: CycleDetails) -> None:
    try:
        with database.writing(house.engine()) as db:
            new = set_up(db, house.now(), "", agency, site, cycle, invented=house.in_demonstration())
    except ToolkitError as error:
        st.error(f"Nothing was set up yet. {words.plain(str(error))}")
        return
    st.session_state[SET_UP] = st.session_state.get(SET_UP, 0) + 1
    context.go_to(new.agency_id)
    house.say(f"{agency.name.strip()} is set up, and you are in it now.")
    st.rerun()


def demonstration() -> None:
    afresh = house.only_demonstration()
    with st.container(border=True):
        st.markdown(
            "**The demonstration.** "
            + (
                "Put it back as it was: what you tried out in it is lost."
                if afresh
                else "Remove it with all that you tried out in it. Your own data is kept apart and is not touched."
            )
        )
        with st.popover("Put it back as it was" if afresh else "Remove the demonstration", icon=":material/delete:"):
            if st.button("Yes, start it afresh" if afresh else "Yes, remove it", key="remove-demonstration"):
                house.remove_demonstration()
                st.rerun()


st.title("Agency, sites, cycles")
st.markdown("Who you are, what decides your duties, and where and when you rate.")
section = st.segmented_control(
    "Section", SECTIONS, default=SECTIONS[0], required=True, key="section", label_visibility="collapsed"
)
match section:
    case "Sites":
        places.show(places.SITE)
    case "Cycles":
        places.show(places.CYCLE)
    case "More":
        with house.reading() as db:
            mine = agencies_of(db, house.actor().person_id)
        me()
        another()
        archived(mine)
        if house.in_demonstration():
            demonstration()
    case _:
        own(house.agency())
hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
