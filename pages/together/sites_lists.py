"""The spread of each indicator in two lists: what to work on together, and what one can show another."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import streamlit as st

from assessments.rules.cohorts import FEWEST_SITES
from assessments.rules.peer_matches import HIGH, LOW, Match, Together
from assessments.rules.side_by_side import Neighbor, Summary
from pages.shared import words
from reports import sites
from reports.sites import Told

T = TypeVar("T")
SHOWN = 10
"""Of each list at once; the others are opened by hand."""


def show(told: Told) -> None:
    st.header("Low nearly everywhere: work on it together")
    st.markdown(
        f"At three of four sites shown here, or more, the level is {LOW} or less. Few, or nobody, can show the others "
        "how: it takes the collaborative together, or somebody from outside."
    )
    low = told.found.together
    _listed(low, lambda one: _together(told, one))
    if not low:
        st.markdown(f"None. This list takes levels of at least {FEWEST_SITES} sites that are shown here.")
    st.header("High here, low there: teach one another")
    st.markdown(
        f"At some sites the level is {HIGH} or more, at others {LOW} or less. Those where your own is low come first."
        if not told.leads
        else f"At some sites the level is {HIGH} or more, at others {LOW} or less."
    )
    found = told.found.teaching
    _listed(found, lambda one: _match(told, one))
    if not found:
        st.markdown("None among the sites that stand here.")


def _listed(found: Sequence[T], draw: Callable[[T], None]) -> None:
    for one in found[:SHOWN]:
        draw(one)
    if found[SHOWN:]:
        with st.expander(f"{len(found) - SHOWN} more"):
            for one in found[SHOWN:]:
                draw(one)


def _together(told: Told, one: Together) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"{_named(told, one.indicator)}  \n{_spread(one.summary)}")


def _match(told: Told, one: Match) -> None:
    with st.container(border=True, gap="small"):
        mine = " :material/arrow_circle_right: **Yours is low: somebody here can help.**" if one.own_is_low else ""
        mine = " :material/volunteer_activism: **Yours is high: others can ask you.**" if one.own_is_high else mine
        st.markdown(
            f"{_named(told, one.indicator)}{mine}  \n**High:** {_sites(one.high)}  \n**Low:** {_sites(one.low)}"
            + (f"  \n{_spread(one.summary)}" if one.summary else "")
        )


def _named(told: Told, indicator: str) -> str:
    text = told.say(told.found.checklist.indicator[indicator].text)
    class_ = told.found.class_of.get(indicator, "standard")
    return f"**{words.plain(indicator)}** {words.plain(text)}" + (
        "" if class_ == "standard" else f" **{words.CLASSES[class_]}.**"
    )


def _sites(found: Iterable[Neighbor]) -> str:
    return ", ".join(words.plain(sites.label(one)) for one in found)


def _spread(summary: Summary) -> str:
    return f"Median {sites.spread(summary)}."
