"""What is due of staff, in a line, for those who see their ratings."""

import streamlit as st

from assessments.rules.holders import SOON
from assessments.use_cases.staff_due import staff_due
from pages.shared import hallway, house, words


def show() -> None:
    """Nothing where nothing is due, and nothing for everybody else."""
    due = house.read(staff_due, house.today())
    if due.nothing:
        return
    parts = (
        (due.again, f"{words.count(due.again, 'rating')} lapsed or lapsing within {SOON.days} days"),
        (due.waiting, f"{due.waiting} waiting for a supervisor"),
        (due.unrated, f"{due.unrated} not rated by anybody yet"),
    )
    said = ", ".join(part for number, part in parts if number)
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"**Competencies of staff**  \n{words.capital(said)}.", width="content")
        hallway.next_step(hallway.MATRIX, "Look at them", ":material/badge:")
