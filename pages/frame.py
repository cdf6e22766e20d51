"""The hallway, run before every page: who is here, in which agency, and which doors there are."""

import streamlit as st

from assessments import demo
from assessments.store import database
from assessments.store.access import Actor
from assessments.use_cases.agencies import agencies_of, agency_settings, local_person
from pages.assess import trouble
from pages.improve import weighing
from pages.shared import context, drafts, hallway, house, look

house.enter()
if house.ACTOR in st.session_state:
    drafts.settle()  # first, so that it is saved and said at once; as whoever drew the last screen
    weighing.settle()

st.set_page_config(page_title="Plumbline", page_icon=look.ICON, layout="wide", initial_sidebar_state=260)
look.furnish()

if house.only_demonstration():
    with st.spinner("Furnishing the demonstration …"):
        demo.furnish(house.engine(), house.now())

with database.reading(house.engine()) as db:
    person = local_person(db)
    mine = agencies_of(db, person.id) if person else []

if person is None or not mine:
    page = st.navigation(hallway.only_welcome(), position="hidden")
else:
    agency = context.choose_agency(mine)
    st.session_state[house.ACTOR] = Actor(person.id, agency.id)
    st.session_state[house.AGENCY] = house.read(agency_settings)
    page = st.navigation(hallway.doors())
    context.show(person.name)

house.show_said()
if page.url_path != "rate":
    trouble.show_elsewhere(set())
page.run()
