"""Sites of a collaborative side by side: who can learn from whom, and what all have to work on together."""

import streamlit as st

from pages.shared import hallway
from pages.together import (
    sites_chosen,
    sites_domains,
    sites_levels,
    sites_lists,
    sites_said,
    sites_since,
    sites_taken,
)

st.title("Sites side by side")
told = sites_chosen.choose()
sites_said.who(told)
if told.found.found.neighbors:
    sites_domains.show(told)
    sites_levels.show(told)
sites_lists.show(told)
sites_since.show(told)
sites_said.how_to_read()
sites_taken.offer(told)
hallway.next_step(hallway.PEERS, "Offer help, or find it", ":material/volunteer_activism:")
