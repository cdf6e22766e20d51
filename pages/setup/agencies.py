"""More than one agency: another one is set up, one is archived and taken out of the archive again."""

import streamlit as st

from assessments.errors import ToolkitError
from assessments.store import database
from assessments.store.access import Actor
from assessments.store.tables import Agency
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, archive_agency, set_up
from pages.shared import context, house, settings, words

SET_UP = "agency.set-up"


def archived(mine: list[Agency]) -> None:
    """This agency into the archive; archived ones out of it again."""
    with st.container(border=True):
        st.markdown(
            "**Archive.** An archived agency leaves the list in the sidebar. Nothing of it is lost. While it is "
            "archived, what it shares with a collaborative is hidden from others, and groups that it counts in do not "
            "count. Counts that were given and help that was offered stay. Taken out again, all is seen again."
        )
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
            invented, signed_in = house.in_demonstration(), house.signed_in(db)
            new = set_up(db, house.now(), "", agency, site, cycle, invented, signed_in)
    except ToolkitError as error:
        st.error(f"Nothing was set up yet. {words.plain(str(error))}")
        return
    st.session_state[SET_UP] = st.session_state.get(SET_UP, 0) + 1
    context.go_to(new.agency_id)
    house.say(f"{agency.name.strip()} is set up, and you are in it now.")
    st.rerun()
