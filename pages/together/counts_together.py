"""Quarterly counts together: what a collaborative sees of them, what an agency gives, and what its lead lets out."""

import pandas as pd
import streamlit as st

from assessments.rules.quarters import in_words
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.counts_together import QuarterTogether, counts_together
from pages.shared import delivery, hallway, house, look, words
from pages.together import choosing, counts_together_given, counts_together_led
from reports import counts_together as said
from reports.workbook_cells import Value

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
    with st.container(key=look.FOUND):
        for quarter in found.quarters:
            _quarter(quarter)
    st.subheader("Take it along")
    st.markdown("The workbook holds what stands above and nothing else.")
    delivery.offer(
        "Quarterly counts together as a workbook",
        "counts-together",
        lambda: delivery.workbook(said.sheet(found, line.name), "counts_together", "counts-together", line.name),
        line.id,
    )


def _quarter(quarter: QuarterTogether) -> None:
    st.subheader(f"{quarter.quarter} · {in_words(quarter.quarter)}")
    lines = [{title: _cell(title, value) for title, value in line.items()} for line in said.rows(quarter)]
    st.table(pd.DataFrame(lines), hide_index=True, border="horizontal")
    for one in said.remarks(quarter):
        st.caption(words.plain(one))


def _cell(title: str, value: Value) -> str:
    text = words.plain(f"{value:,}" if isinstance(value, int) else str(value))
    if title == said.SITE:
        return f"**{text}**" if value == said.TOGETHER else text
    return f"*{title}* {text or said.EMPTY}"


st.title("Quarterly counts together")
chosen = choosing.collaborative("counts-collaborative")
sections = [SEEN, OUT if chosen.leads else GIVE]
if chosen.leads and not house.may("let_out_counts"):
    sections.remove(OUT)
section = st.segmented_control(
    "Section",
    sections,
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
if chosen.leads and not house.may("members"):
    hallway.next_step(hallway.HOME, "Home", ":material/home:")
elif chosen.leads:
    hallway.next_step(hallway.COLLABORATIVE, "Go to the page Collaborative", ":material/hub:")
else:
    hallway.next_step(hallway.COUNTS, "Go to your quarterly counts", ":material/pin:")
