"""Agency, sites, cycles: who we are, what decides our duties, and where and when we rate."""

from dataclasses import replace

import streamlit as st

from assessments.store.tables import Agency
from assessments.use_cases.agencies import AgencyDetails, agencies_of, revise_agency
from assessments.use_cases.identities import rename_oneself
from assessments.use_cases.looking_after import looks_after
from pages.setup import agencies, leaving, places
from pages.shared import hallway, house, settings

SECTIONS = ("Agency", "Sites", "Cycles", "More")


def own(stored: Agency) -> None:
    shown = AgencyDetails(**{name: getattr(stored, name) for name in AgencyDetails.__dataclass_fields__})
    key = f"agency-{stored.id}-{settings.stamp(shown)}"
    with st.form("agency"):
        details = _called(shown, key) if house.is_collaborative() else _bound(shown, key)
        if st.form_submit_button("Save the agency", type="primary") and house.done(revise_agency, details):
            house.say(f"{details.name.strip()} is saved.")
            st.rerun()


def _bound(shown: AgencyDetails, key: str) -> AgencyDetails:
    """With what decides its duties, and who sees its staff."""
    details = settings.terms(settings.agency(shown, key), key)
    names = st.checkbox(
        "Trainers see names, not only codes, of the staff whose competencies they look at.",
        shown.names_for_trainers,
        key=f"{key}-names",
    )
    st.markdown("A submitted assessment keeps the duties of the day on which it was submitted.")
    return replace(details, names_for_trainers=names)


def _called(shown: AgencyDetails, key: str) -> AgencyDetails:
    """A collaborative has no duties of its own, and no staff."""
    name = st.text_input("Name of the collaborative", shown.name, key=f"{key}-name")
    state, zone = settings.whereabouts(shown, key)
    return replace(shown, name=name, state=state, time_zone=zone)


def me() -> None:
    with house.reading() as db:
        person = house.person(db)
    name = person.name if person else ""
    with st.form("me"):
        typed = st.text_input("Your name", name, key=f"me-{settings.stamp(name)}")
        st.markdown("It stands beside every rating that you give, the earlier ones too. The audit trail keeps both.")
        if st.form_submit_button("Save my name") and house.done(rename_oneself, typed):
            house.say("Your name is saved.")
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
                house.say("The demonstration is as it was." if afresh else "The demonstration is removed.")
                st.switch_page(hallway.HOME)


st.title("Agency, sites, cycles")
st.markdown(
    "What this collaborative is called, and its cycles."
    if house.is_collaborative()
    else "Who you are, what decides your duties, and where and when you rate."
)
sections = [one for one in SECTIONS if one != "Sites" or not house.is_collaborative()]  # it is rated itself
section = st.segmented_control(
    "Section", sections, default=SECTIONS[0], required=True, key="section", label_visibility="collapsed"
)
match section:
    case "Sites":
        places.show(places.SITE)
    case "Cycles":
        places.show(places.CYCLE)
    case "More":
        with house.reading() as db:
            mine = agencies_of(db, house.actor().person_id)
            sets_up = not house.is_hosted() or looks_after(db, house.signed_in(db))
        if house.is_hosted() and not house.in_demonstration():
            leaving.show()
        else:
            me()
        if sets_up or house.in_demonstration():
            agencies.another()
        agencies.archived(mine)
        if house.in_demonstration():
            demonstration()
    case _:
        own(house.agency())
hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
