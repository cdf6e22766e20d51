"""Welcome: the first start on a machine with no data. Set up an agency, or look around invented ones."""

import streamlit as st

from assessments import demo
from assessments.errors import ToolkitError
from assessments.store import database
from assessments.use_cases.agencies import AgencyDetails, CycleDetails, SiteDetails, set_up
from pages.home import welcome_hosted
from pages.shared import house, settings, words

ABOUT = (
    "Rate a program for pregnant and postpartum women against the guidance, see where it falls short, and leave with a "
    "gap report."
)


def your_name() -> str:
    typed = st.text_input("Your name")
    st.markdown("It stands beside every rating that you give.")
    return typed


def own_agency(signs_in: bool) -> None:
    """Whoever signs in has told who they are."""
    with st.form("welcome", enter_to_submit=False):
        st.subheader("Set up an agency" if signs_in else "Set up your agency")
        person = "" if signs_in else your_name()
        agency = settings.agency(settings.NEW_AGENCY, "welcome-agency")
        st.markdown("**Your first site.** A site is a program at a place: two unlike programs at one address are two.")
        site = settings.site(SiteDetails(""), "welcome-site")
        st.markdown("**Your first cycle.** A cycle is a round of rating. The first one is usually called baseline.")
        cycle = settings.cycle(CycleDetails("Baseline", house.now().date()), "welcome-cycle")
        if st.form_submit_button("Set up", type="primary"):
            begin(person, agency, site, cycle)


def begin(person: str, agency: AgencyDetails, site: SiteDetails, cycle: CycleDetails) -> None:
    """Into the house, or the reason why not, under the form that keeps what was typed."""
    try:
        with database.writing(house.engine()) as db:
            set_up(db, house.now(), person, agency, site, cycle, person_id=house.signed_in(db))
    except ToolkitError as error:
        st.error(f"Nothing was set up yet. {words.plain(str(error))}")
        return
    house.say(f"{agency.name.strip()} is set up. Next: start an assessment.")
    st.rerun()


def look_around() -> None:
    with st.container(border=True):
        st.subheader("Or look around first")
        st.markdown(
            "The demonstration shows invented agencies, some of them in a collaborative, with ratings, notes and "
            "evidence. It is marked on every page, lies in a folder of its own, never mixes with your data, and can be "
            "removed."
        )
        if st.button("Look around the demonstration", icon=":material/theater_comedy:"):
            house.look_at_demonstration(True)
            furnish()


def furnish() -> None:
    with st.spinner("Furnishing the demonstration …"):
        demo.furnish(house.engine(), house.now())
    st.rerun()


def removed() -> None:
    """This tab still looks at a demonstration that was removed, perhaps in another one."""
    st.info("The demonstration is not here: it was removed, or never furnished.")
    with st.container(horizontal=True):
        if st.button("Furnish it again", type="primary"):
            furnish()
        if st.button("Leave the demonstration"):
            house.look_at_demonstration(False)
            st.rerun()


def one_machine() -> None:
    st.markdown(f"{ABOUT} It runs on this machine and needs no account.")
    form, aside = st.columns([3, 2], gap="large")
    with form:
        own_agency(signs_in=False)
    with aside:
        look_around()


st.title("Welcome to Plumbline")
if house.in_demonstration():
    st.markdown(ABOUT)
    removed()
elif house.is_hosted():
    welcome_hosted.show(ABOUT, lambda: own_agency(signs_in=True))
else:
    one_machine()
