"""What an agency gives of its quarterly counts: of each site and quarter all of them, or nothing."""

import streamlit as st

from assessments.rules.cohorts import FEWEST_BLINDED
from assessments.rules.quarters import in_words
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.counts_given import ToGive, counts_to_give, give_counts, withdraw_counts
from pages.shared import hallway, house, words
from reports.state_counts import numbers

ABOUT = (
    "What you give waits until the lead lets it out together with what others gave, of at least "
    f"{FEWEST_BLINDED} agencies. Then everybody in the collaborative reads it, small counts hidden, and nobody reads "
    "more than that: in a sum, and on a line of its own. Its letters there are not those under which its scores are "
    "compared. You can take it back at any time: your line, and every sum that it is in, are gone at once. What is out "
    "stays as it was that day; a later correction does not change it. The counts of a site and quarter are given to "
    "one collaborative: two sums together could tell a small count. Once they were let out, they stay with that one."
)


def show(line: CollaborativeLine) -> None:
    st.markdown(ABOUT)
    found = house.read(counts_to_give, line.id, house.today())
    if not found:
        st.info("There is nothing to give yet: no quarter that is over has counts. Count it first.")
        hallway.next_step(hallway.COUNTS, "Count a quarter", ":material/edit:")
        return
    st.markdown(
        f"Counts under **{found[0].fewest}** are hidden here now. The lead can change that; what you gave before, "
        "and all that goes out with it, is hidden under the higher one."
    )
    if not house.may("give_counts"):
        st.markdown("An owner or an administrator of your agency gives them, and takes them back.")
    quarters = list(dict.fromkeys(one.quarter for one in found))
    quarter = st.selectbox(
        "Quarter", quarters, format_func=lambda one: f"{one} · {in_words(one)}", key="counts-together-quarter"
    )
    for one in found:
        if one.quarter == quarter:
            with st.container(border=True):
                _site(line, one)


def _site(line: CollaborativeLine, one: ToGive) -> None:
    st.markdown(f"**{words.plain(one.site)}** · {_state(one)}  \n{words.plain(numbers(one.counts))}")
    if one.under is not None and one.under > one.fewest and not one.let_out:
        st.caption(
            f"You gave these while counts under {one.under} were hidden, and so they stay. To give them under "
            f"{one.fewest}, take them back, then give them again."
        )
    if one.elsewhere and not one.given:
        return
    if not house.may("give_counts"):
        return
    key = f"counts-together-{one.site_id}-{one.quarter}-{one.given}"
    if not one.given:
        pressed = st.button(f"Give the counts of {one.site}", key=key, icon=":material/outbox:")
        if pressed and house.done(give_counts, line.id, one.site_id, one.quarter, one.version, one.fewest):
            house.say(f"The counts of {one.site} in {one.quarter} are given to {line.name}.")
            st.rerun()
        return
    pressed = st.button(f"Take back those of {one.site}", key=key, icon=":material/undo:")
    if pressed and house.done(withdraw_counts, line.id, one.site_id, one.quarter):
        house.say(f"The counts of {one.site} in {one.quarter} are taken back. Nobody else sees them any more.")
        st.rerun()


def _state(one: ToGive) -> str:
    if one.given:
        said = ":material/visibility: Given, and let out" if one.let_out else ":material/hourglass_top: Given, waits"
        return f"{said}; counts under {one.under} were hidden then"
    if one.elsewhere:
        return ":material/lock: Given to another collaborative"
    if one.let_out:
        return ":material/visibility_off: Taken back; given again, it is seen as it was let out"
    return ":material/lock: Not given"
