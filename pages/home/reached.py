"""Home of somebody whose roles reach no assessment here: what they do reach."""

import streamlit as st

from pages.home import staff
from pages.shared import hallway, house

DOORS = (
    ("one_person", hallway.MEMBER, "See your own competencies", ":material/person:"),
    ("ratable", hallway.RATE_STAFF, "Rate yourself", ":material/how_to_reg:"),
    ("audit_trail", hallway.TRAIL, "Read the audit trail", ":material/history:"),
    ("shelf", hallway.STANDARDS, "Read the standards", ":material/menu_book:"),
)


def show() -> None:
    st.markdown(f"You are here as: {hallway.roles_in_words()}. What you can do here:")
    staff.show()
    for name, page, label, icon in DOORS:
        if house.may(name):
            hallway.next_step(page, label, icon)
