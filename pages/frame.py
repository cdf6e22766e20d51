"""The hallway, run before every page: who is here, in which agency, and which doors there are."""

import streamlit as st

from assessments import demo
from assessments.store.access import Actor
from assessments.use_cases.agencies import agencies_of, agency_settings
from assessments.use_cases.collaboratives import collaboratives_of
from pages.assess import agreeing, trouble, trying
from pages.improve import weighing
from pages.shared import bar, context, drafts, hallway, house, look
from pages.staff import rating_drafts, rating_elsewhere, session_marks

house.enter()
if house.ACTOR in st.session_state:
    drafts.settle()  # first, so that it is saved and said at once; as whoever drew the last screen
    weighing.settle()
    trying.settle()
    agreeing.settle()
    rating_drafts.settle()
    session_marks.settle()

# Said once a run, and first: a second state in the same run would open again what the person has closed.
on_projector = (st.context.url or "").partition("?")[0].endswith("/meeting")
st.set_page_config(
    page_title="Plumbline",
    page_icon=look.ICON,
    layout="wide",
    initial_sidebar_state="collapsed" if on_projector else 260,
)
look.furnish()

if house.only_demonstration():
    with st.spinner("Furnishing the demonstration …"):
        demo.furnish(house.engine(), house.now())

with house.reading() as db:
    person = house.person(db)
    mine = agencies_of(db, person.id) if person else []
    if person and mine:
        together = collaboratives_of(db, person.id)
        agency = context.choose_agency(db, mine, together)
        st.session_state[house.COLLABORATIVE] = agency.id in together
        st.session_state[house.ACTOR] = actor = Actor(person.id, agency.id)
        st.session_state[house.ROLES] = house.roles(db, actor)
        st.session_state[house.AGENCY] = agency_settings(db, actor)
        st.session_state[house.PERSON] = person.name

if person and mine:
    several = len(context.live_of(mine)) > 1
    if several:
        context.keep_agency(agency.id)
    doors = hallway.doors()
    page = st.navigation(doors, position="hidden")
    if page.url_path != "meeting":
        bar.show(doors, page, house.along())
    context.show(several, at_home=not page.url_path)
else:
    page = st.navigation(hallway.only_welcome(), position="hidden")

house.show_said()
if page.url_path not in ("rate", "read_plan"):
    trouble.show_elsewhere(set())
if page.url_path not in ("rate_staff", "meeting"):
    rating_elsewhere.show()
with house.telling():
    if person and mine:
        hallway.refuse_shut(page)
    page.run()
