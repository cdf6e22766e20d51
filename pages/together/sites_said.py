"""What stands beside what and what does not, and how to read it."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from assessments.rules.cohorts import FEWEST_BLINDED, FEWEST_UNKNOWN_BLINDED
from assessments.rules.shared_sites import How, WhyNot
from pages.shared import hallway, words
from reports import sites
from reports.sites import Told

SHARED: Mapping[How | None, str] = {
    None: "You share this assessment with nobody here: you see the others, they do not see you, and it counts in no "
    "median.",
    "aggregate": "You share it in the aggregate only: nobody sees it as a site. It counts in medians of domains, and "
    "in no figure of an indicator, once the lead counts it together with others.",
    "blinded": f"Others see yours under letters, as **{{letter}}**, without its name, and only while {FEWEST_BLINDED} "
    "agencies share that way.",
    "named": "Others see yours by its name.",
}
WHYS: Mapping[WhyNot, str] = {
    "another edition": "rated with another edition",
    "another form": "rated in another form, full or short",
    "another period": "rated in another period",
}
ALONE = "No other site can be seen beside yours yet."
NOBODY = "No site can be seen here yet."


def who(told: Told) -> None:
    found = told.found
    others = [one for one in found.found.neighbors if not one.own or told.leads]
    whose = "" if told.leads else " beside yours"
    if others:
        st.markdown(
            f"**{words.count(len(others), 'site')}** can be seen{whose}: the same edition of the checklist in the same "
            f"form, in cycles that overlap with this one ({_period(told)})."
        )
    else:
        st.info(_alone(told))
    if not told.leads:
        st.markdown(SHARED[found.how].format(letter=found.letter))
        hallway.next_step(hallway.SHARING, "What you share, and how", ":material/share:")
    if found.left_out:
        st.markdown(_left_out(told))
    if others:
        with st.expander(f"Who stands here: {words.count(len(found.found.neighbors), 'site')}"):
            st.table(_neighbors(told), hide_index=True, border="horizontal")


def how_to_read() -> None:
    with st.expander("How to read this"):
        st.markdown(f"{sites.ORDER}\n\n{sites.CONVENTIONS}")


def _alone(told: Told) -> str:
    said = NOBODY if told.leads else ALONE
    if told.found.left_out:
        return f"{said} What others share cannot be compared with it."
    return (
        f"{said} Sites appear when they share the same checklist, in a cycle that overlaps. Sites under letters appear "
        f"once {FEWEST_BLINDED} agencies share that way, {FEWEST_UNKNOWN_BLINDED} or more of which you do not belong "
        "to."
    )


def _left_out(told: Told) -> str:
    parts = [
        f"{words.count(number, 'site')} {'was' if number == 1 else 'were'} {' and '.join(WHYS[one] for one in why)}"
        for why, number in told.found.left_out.items()
    ]
    return f"**Not compared:** {'; '.join(parts)}."


def _neighbors(told: Told) -> pd.DataFrame:
    """The lead has no site with which others have indicators in common."""
    neighbors = told.found.found.neighbors
    columns = {
        "Site": [words.plain(sites.label(one)) for one in neighbors],
        "Shown": [sites.shown(one) for one in neighbors],
    }
    if not told.leads:
        columns["Rated at both"] = ["" if one.own else sites.common(one.in_common) for one in neighbors]
    return pd.DataFrame(columns)


def _period(told: Told) -> str:
    first, last = told.found.period
    return f"since {words.day(first)}" if last.year > 9000 else f"{words.day(first)} to {words.day(last)}"
