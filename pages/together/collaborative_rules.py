"""How small a count of people may be and still be shown in the collaborative."""

import streamlit as st

from assessments.use_cases.collaboratives import LEAST, MOST, collaborative_settings, revise_collaborative
from pages.shared import house, settings


def show() -> None:
    stored = house.read(collaborative_settings)
    key = f"rules-{settings.stamp((stored.fewest, stored.allowed_by, stored.version))}"
    st.markdown(
        "Where agencies put counts of people together, small counts are hidden: somebody could be known by them. "
        "Eleven as the smallest count that is shown is a convention. Fewer can be agreed on in writing."
    )
    with st.form(key):
        fewest = st.number_input(
            f"The smallest count that is shown, {LEAST} to {MOST}", value=stored.fewest, step=1, key=f"{key}-fewest"
        )  # with limits of its own, the field would refuse a number while the form saves another
        agreement = st.text_input(
            "The agreement that allows fewer than eleven, with its date",
            stored.allowed_by,
            placeholder="For example: data use agreement of May 2026, section 3",
            key=f"{key}-agreement",
        )
        pressed = st.form_submit_button("Save", type="primary")
    if pressed and house.done(revise_collaborative, int(fewest), agreement, stored.version):
        house.say(f"Counts of people under {int(fewest)} are hidden in this collaborative.")
        st.rerun()
