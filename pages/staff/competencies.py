"""Competencies: who stands where, what one person alone holds, what has to be shown again, and the gaps."""

import streamlit as st

from assessments.use_cases.holding import seen_staff
from pages.shared import hallway, house
from pages.staff import choosing, matrix_again, matrix_cells, matrix_choices, matrix_counts, matrix_held, matrix_shares

VIEWS = {
    "cells": ("Matrix", matrix_cells.show),
    "held": ("Held by one", matrix_held.show),
    "again": ("Lapses soon", matrix_again.show),
    "counts": ("By competency", matrix_counts.show),
}

st.title("Competencies")
choosing.say_what_for()
checklist = choosing.checklist()
seen = house.read(seen_staff, house.today())
if not seen.members:
    if seen.shares and not seen.all_of_them:
        matrix_shares.show(checklist)
    else:
        st.info("There is nobody on the roster whose competencies you may see.")
        hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")
    st.stop()

view = st.segmented_control(
    "Show", list(VIEWS), format_func=lambda name: VIEWS[name][0], default="cells", key="matrix-view", required=True
)
chosen = matrix_choices.choose(checklist, seen, by_role=view != "held")
if not chosen.members:
    st.info("Nobody here has this role at this site. Choose another site or role.")
    st.stop()
VIEWS[view][1](chosen)
