"""What the plans ask for soon: overdue actions, those due within two weeks, and agreements that lapse."""

from datetime import timedelta

import streamlit as st

from assessments.use_cases.plans import Due, due_actions
from pages.home import lapsing
from pages.shared import hallway, house, words

SOON = timedelta(days=14)
MOST = 8
"""Actions drawn at once; the plans have them all."""


def show() -> None:
    _actions()
    lapsing.show()


def _actions() -> None:
    """Nothing where nothing is due."""
    today = house.today()
    soon = [one for one in house.read(due_actions) if one.action.details.due and one.action.details.due <= today + SOON]
    if not soon:
        return
    late = sum(one.action.details.due < today for one in soon if one.action.details.due)
    st.subheader(f"Due soon ({len(soon)}; {late} overdue)" if late else f"Due soon ({len(soon)})")
    for one in soon[:MOST]:
        _row(one)
    if soon[MOST:]:
        st.markdown(f"{len(soon) - MOST} more are in the improvement plans.")


def _row(one: Due) -> None:
    details = one.action.details
    assert details.due
    due = words.due(details.due, house.today())
    with st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(
            f"**{words.plain(details.what)}**  \n{due} · Owner: {words.plain(details.owner)}  \n"
            f"{words.plain(f'{one.site} · {one.indicator}')}",
            width="content",
        )
        address = {"assessment": one.assessment_id, "indicator": one.indicator}
        hallway.next_step(hallway.PLAN, "Open the plan", **address)
