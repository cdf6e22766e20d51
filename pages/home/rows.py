"""Where assessments stand, a line each, with the one next step of each."""

from itertools import groupby

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.raters import InOf
from pages.shared import count_words, hallway, house, progress, words


def by_site(listed: list[Listed], raters: dict[str, InOf]) -> None:
    """Sites in the order of their names; within one the newest cycle first, as the list comes."""
    for site, mine in groupby(sorted(listed, key=lambda one: one.site.casefold()), key=lambda one: one.site):
        st.subheader(words.plain(site))
        for one in mine:
            row(one, raters.get(one.id))


def row(one: Listed, blind: InOf | None) -> None:
    """`blind` where several raters rate it."""
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(
            f"**{words.plain(one.name)}** · {words.plain(one.cycle)}  \n"
            f"{words.STATUSES[one.status]}{when(one)} · {progress.how_far(one, blind)}",
            width="content",
        )
        step(one, blind)


def when(one: Listed) -> str:
    return f" on {words.day(house.local(one.submitted_at).date())}" if one.submitted_at else ""


def step(one: Listed, blind: InOf | None) -> None:
    """The one thing to do next with it."""
    if one.status == "submitted":
        hallway.next_step(hallway.GAPS, "See the gaps", assessment=one.id)
    elif one.counted and not one.answered:
        hallway.next_step(hallway.RATE, count_words.of(one).count, ":material/functions:", assessment=one.id)
    elif one.answered == one.total:
        hallway.next_step(hallway.REVIEW, "Review and submit", assessment=one.id)
    elif blind and blind.open:
        hallway.next_step(hallway.COMPARE, "Compare and agree", assessment=one.id)
    elif one.by_raters:
        hallway.next_step(hallway.RATERS, "See the raters", assessment=one.id)
    else:
        hallway.next_step(hallway.RATE, "Go on rating" if one.answered else "Start rating", assessment=one.id)
