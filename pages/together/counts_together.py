"""Quarterly counts together: what a collaborative sees of them, what an agency gives, and what its lead lets out."""

import pandas as pd
import streamlit as st

from assessments.rules.quarters import in_words
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.counts_together import QuarterTogether, counts_together
from pages.shared import delivery, hallway, house, words
from pages.together import choosing, counts_together_given, counts_together_led
from reports import counts_together as said

SEEN, GIVE, OUT = "What everybody sees", "Give counts", "Let out"


def seen(line: CollaborativeLine) -> None:
    found = house.read(counts_together, line.id)
    if not found.quarters:
        st.info(
            "Nothing is let out yet. Agencies give their counts first; then the lead lets them out together, so that "
            "small ones stay hidden among many."
        )
        return
    st.markdown(said.in_short(found.fewest))
    with st.expander("What is hidden, and what is empty"):
        st.markdown(said.why_hidden(found.fewest))
    for quarter in found.quarters:
        _quarter(quarter)
    st.subheader("Take it along")
    st.markdown("The workbook holds what stands above and nothing else.")
    delivery.offer(
        "Counts together as a workbook",
        "counts-together",
        lambda: delivery.workbook(said.sheet(found, line.name), "counts_together", "counts-together", line.name),
        line.id,
    )


def _quarter(quarter: QuarterTogether) -> None:
    st.subheader(f"{quarter.quarter} · {in_words(quarter.quarter)}")
    frame = pd.DataFrame(said.rows(quarter)).map(lambda one: words.plain(f"{one:,}" if isinstance(one, int) else one))
    frame["Site"] = frame["Site"].replace({said.TOGETHER: f"**{said.TOGETHER}**"})
    st.table(frame.set_index("Site"), border="horizontal")
    for one in said.remarks(quarter):
        st.caption(words.plain(one))


st.title("Quarterly counts together")
chosen = choosing.collaborative("counts-collaborative")
section = st.segmented_control(
    "Section",
    [SEEN, OUT if chosen.leads else GIVE],
    default=SEEN,
    required=True,
    key="counts-together-section",
    label_visibility="collapsed",
)
match section:
    case "Give counts":
        counts_together_given.show(chosen)
    case "Let out":
        counts_together_led.show()
    case _:
        seen(chosen)
if chosen.leads:
    hallway.next_step(hallway.COLLABORATIVE, "Go to the page Collaborative", ":material/hub:")
else:
    hallway.next_step(hallway.COUNTS, "Go to your quarterly counts", ":material/pin:")
