"""Agreements with partners that lapse soon, or have lapsed."""

import streamlit as st

from assessments.use_cases.agreements import lapsing_agreements
from pages.plans import partner_words as said
from pages.shared import hallway, house

MOST = 4


def show() -> None:
    """Nothing where none lapses."""
    found = house.read(lapsing_agreements, house.today())
    if not found:
        return
    st.subheader(f"Agreements to renew ({len(found)})")
    lines = [f"- {said.lapsing(one)}" for one in found[:MOST]]
    with st.container(border=True):
        st.markdown("\n".join(lines + [f"- {len(found) - MOST} more are on the page Partners."] * bool(found[MOST:])))
        hallway.next_step(hallway.PARTNERS, "Go to the partners", ":material/handshake:")
