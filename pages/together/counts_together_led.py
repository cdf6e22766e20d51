"""For the lead: what waits to be let out, and letting it out."""

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.quarters import in_words
from assessments.use_cases.counts_together import counts_waiting, let_out_counts
from pages.shared import house, words
from reports import counts_together as said

ABOUT = (
    "Counts that are let out together are added up together, for good: what comes later is a group by itself, whose "
    "small counts have fewer others to hide among. So wait until all that you expect have given theirs. What is let "
    "out cannot be called back or corrected by you; an agency can take its own back at any time."
)


def show() -> None:
    st.markdown(ABOUT)
    found = house.read(counts_waiting)
    if not found:
        st.info("Nothing waits. What agencies give stands here, as a number of sites, until you let it out.")
        return
    for one in found:
        with st.container(border=True):
            st.markdown(f"**{one.quarter}** · {in_words(one.quarter)}: {said.waits(one)}")
            st.markdown("\n".join(f"- {words.plain(line)}" for line in said.why_waiting(one)))
    if not any(one.ready for one in found):
        st.info("Nothing of it can go out now, so there is nothing to press.")
        return
    with st.form("let-out"):
        sure = st.checkbox("All that I expect have given their counts", key="let-out-sure")
        pressed = st.form_submit_button("Let out what can go out", type="primary", icon=":material/campaign:")
    if pressed and not sure:
        st.error("Nothing is let out. Tick the box if all have given theirs, then press the button again.")
    elif pressed:
        _let_out()


def _let_out() -> None:
    try:
        made = house.write(let_out_counts)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return
    house.say(
        f"{words.count(made, 'count is', 'counts are')} out. What may not be shown among them is hidden. If something "
        "was not let out, it stands under Let out, with the reason."
    )
    st.rerun()
