"""Meeting: one indicator fills the screen, for a projector and a keyboard, until everything is talked over."""

import streamlit as st

from assessments.use_cases.assessments import Listed
from assessments.use_cases.consensus import Comparison
from assessments.use_cases.raters import Raters, raters
from assessments.use_cases.sheets import sheet
from pages.assess import agreeing, agreeing_form, comparing, counting, projector, waiting
from pages.assess.point import Point
from pages.shared import context, hallway, house

OPEN = "open"


def to_talk_about(found: Comparison) -> list[str]:
    """In the order of the checklist; with the one in the address, whatever its raters gave."""
    asked = st.query_params.get(OPEN)
    return [row.indicator for row in found.rows if row.to_discuss or row.indicator == asked]


def choose(names: list[str], answered: frozenset[str]) -> str:
    """The one in the address, else the first that is not agreed on, which then stays when it is."""
    if st.query_params.get(OPEN, "") not in names:
        st.query_params[OPEN] = next((name for name in names if name not in answered), names[0])
    return st.query_params[OPEN]


def draw(point: Point, names: list[str], agreed: int, frozen: bool) -> None:
    edit = agreeing.begin(point)
    projector.head(point, names.index(point.indicator.id), len(names), agreed)
    projector.levels(point, edit, frozen)
    projector.others(point, edit, frozen)
    if not frozen:
        agreeing_form.counts(point, edit)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            agreeing_form.reason(point, edit)
            agreeing_form.save(point, "Save", "Ctrl+Enter")
        agreeing_form.refusal(point)
    if point.agreed:
        st.markdown(agreeing_form.settled(point, brief=True))
    goes = projector.foot(point, names, frozen)
    if goes:
        st.query_params[OPEN] = goes
        st.rerun()


def show(listed: Listed, opened: Raters) -> None:
    found, answered = comparing.kept(listed.id, opened), house.read(sheet, listed.id, ()).answered
    names = to_talk_about(found)
    if not names:
        st.title("Meeting")
        st.info("Nothing needs talking about: all raters gave the same, or were one level apart.")
        return
    (point,) = comparing.points(found, listed.id, [choose(names, answered)], "meeting")
    st.html(projector.STYLE)
    with st.container(key="meeting"):
        draw(point, names, sum(name in answered for name in names), listed.status == "submitted")
    agreeing_form.show_unsaved(listed.id, {point.place})
    agreeing.forget_untouched({point.place})


body, foot = st.container(), st.container()
with foot:
    listed = context.choose_assessment("Meeting")
    hallway.next_step(hallway.COMPARE, "Back to the comparison", ":material/arrow_back:", assessment=listed.id)
opened = house.read(raters, listed.id)
with body:
    if listed.counted:
        st.title("Meeting")
        counting.instead(listed, "So there is nothing to agree on.")
    if opened.open:
        show(listed, opened)
    else:
        st.title("Meeting")
        waiting.show(opened, listed.id)
