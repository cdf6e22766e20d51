"""Comparison: what several raters gave side by side once all have submitted, and what the team agrees on."""

from collections import Counter

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.consensus import Comparison, agree_on_the_lower, agree_where_alike
from assessments.use_cases.raters import Raters, raters
from assessments.use_cases.sheets import OpenSheet, sheet
from pages.assess import agreement, comparing, counting, groups, waiting
from pages.shared import context, hallway, house, words

VIEWS = {"list": "Ratings", "agreement": "How far the raters agree", "groups": "Clients, staff, leadership"}


def show_head(found: Comparison) -> None:
    rows = [row for row in found.rows if row.rated]
    of = Counter(row.group for row in rows)
    across, unrated = sum(row.across for row in rows), len(found.rows) - len(rows)
    nobody = f" {words.count(unrated, 'indicator was', 'indicators were')} rated by nobody." if unrated else ""
    st.markdown(
        f"**{words.count(len(rows), 'indicator')} rated by {len(found.names)} raters** "
        f"({', '.join(map(words.plain, found.names))}): {of['same']} the same, {of['one apart']} one level apart, "
        f"{of['two or more apart']} two or more apart, {of['not all a level']} to which not all gave a level. "
        f"{across} lie across the target: some reached it, others not.{nobody} What each rater gave stays for good."
    )


def show_take_over(found: Comparison, record: OpenSheet) -> None:
    """Two buttons, each with what it will do and how many it concerns."""
    left = [row for row in found.rows if row.indicator not in record.answered]
    alike, near = sum(row.alike for row in left), sum(row.nearly_alike for row in left)
    taken = []
    with st.container(horizontal=True, vertical_alignment="center"):
        if alike and st.button(
            f"Take over what all gave alike ({alike})", key="take-alike", icon=":material/done_all:"
        ):
            taken.append(agree_where_alike)
        if near and st.button(f"Take the lower of those one apart ({near})", key="take-lower", icon=":material/south:"):
            taken.append(agree_on_the_lower)
    if near:
        st.markdown(
            ":small[One apart: next to each other, and on the same side of the target. Taking the lower one there is a "
            "convention of this toolkit; whatever is across the target is left to talk about. Each can be changed "
            "afterwards.]"
        )
    for act in taken:
        with st.spinner("Taking them over"):
            done = house.done(act, record.place.assessment.id)
        if done:
            comparing.list_anew()
            house.say("Taken over. You find them under “Agreed”, with the reason.")
            st.rerun()


def show(listed: Listed, opened: Raters) -> None:
    found, record = comparing.kept(listed.id, opened), house.read(sheet, listed.id, ())
    frozen = listed.status == "submitted"
    show_head(found)
    if frozen:
        st.info("This assessment was submitted, so nothing in it changes. Reopen it on the review page to change it.")
    else:
        show_take_over(found, record)
        talk = sum(row.to_discuss and row.indicator not in record.answered for row in found.rows)
        if any(row.to_discuss for row in found.rows):
            hallway.next_step(
                hallway.MEETING,
                f"Talk it over on a large screen ({talk} left)",
                ":material/slideshow:",
                assessment=listed.id,
            )
    heard = not house.is_collaborative() or any(one.is_voice for one in opened.raters)
    views = [name for name in VIEWS if name != "groups" or heard]
    view = st.segmented_control("View", views, format_func=VIEWS.__getitem__, default="list", key="view", required=True)
    if view == "agreement":
        agreement.show(found)
    elif view == "groups":
        groups.show(opened, listed.id)
    else:
        comparing.show(found, record, frozen)
    comparing.last_step(listed.id, sum(row.rated and row.indicator not in record.answered for row in found.rows))


st.title("Comparison")
listed = context.choose_assessment()
counting.instead(listed, "So there are no raters of it to compare.")
opened = house.read(raters, listed.id)
if opened.open:
    show(listed, opened)
else:
    waiting.show(opened, listed.id)
