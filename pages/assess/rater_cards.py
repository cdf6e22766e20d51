"""One rater of an assessment: how far, and what can be done with the sheet by whoever holds it."""

from collections.abc import Callable

import streamlit as st

from assessments.rules.blindness import ON_ITSELF
from assessments.use_cases.assessments import Listed
from assessments.use_cases.raters import Rater, discard_sheet, submit_sheet, take_back_sheet
from pages.shared import forms, hallway, house, words
from reports.words import rater

ASKED = "raters.asked"


def show(listed: Listed, one: Rater, *, frozen: bool) -> None:
    with st.container(border=True, key=f"rater-{one.sheet}"):
        st.markdown(f"**{words.plain(one.name)}** · {_kind(one)}  \n{_how_far(listed, one)}")
        if frozen or not one.mine:
            return
        if not one.submitted_at:
            _open(listed, one)
        elif one.returnable and st.button("Take back", key=f"back-{one.sheet}", icon=":material/undo:"):
            _act(take_back_sheet, listed, one, f"{one.name} can go on rating.")


def _kind(one: Rater) -> str:
    return rater(one.kind, ON_ITSELF[0] if house.is_collaborative() else "")


def _how_far(listed: Listed, one: Rater) -> str:
    answered = f"{one.answered} of {listed.total} answered"
    if one.submitted_at is None:
        return f":material/edit: Open · {answered}"
    at = words.clock(house.local(one.submitted_at), house.today())
    kept = "" if one.seen or one.is_voice else ", hidden until all are in"
    return f":material/lock: Submitted {at}{kept} · {answered}"


def _open(listed: Listed, one: Rater) -> None:
    left, about = listed.total - one.answered, {"assessment": listed.id, "sheet": one.sheet}
    if st.session_state.get(ASKED) == (one.sheet, one.answered):
        _ask(listed, one, left)
        return
    discard = f"discard-{listed.id}-{one.sheet}"
    with st.container(horizontal=True, vertical_alignment="center"):
        hallway.next_step(hallway.RATE, f"Rate as {words.plain(one.name)}", ":material/checklist:", **about)
        hallway.next_step(hallway.WORKBOOK, "In a workbook", ":material/table_view:", **about)
        if st.button("Submit", key=f"submit-{one.sheet}", icon=":material/lock:"):
            _begin_to_submit(one)
        forms.door(discard, "Discard", "", icon=":material/delete:")
    forms.show(
        discard,
        "Discard this sheet",
        lambda key, because: _why(one, key, because),
        lambda because, _shown, keep: house.write(discard_sheet, listed.id, one.sheet, because, keep),
        f"The sheet of {one.name} is discarded.",
    )


def _why(one: Rater, key: str, because: str) -> str:
    label = f"Why {words.plain(one.name)} does not go on. {_lost(one)}"
    return st.text_input(label, because, key=f"{key}-why")


def _lost(one: Rater) -> str:
    return f"{words.count(one.answered, 'rating goes', 'ratings go')} with the sheet." if one.answered else ""


def _begin_to_submit(one: Rater) -> None:
    if one.answered:
        st.session_state[ASKED] = (one.sheet, one.answered)
        st.rerun()
    st.warning("Nothing has been rated on this sheet yet. Rate at least one indicator first.")


def _ask(listed: Listed, one: Rater, left: int) -> None:
    """The second step; where something was rated since, it is asked again."""
    unrated = f" {words.count(left, 'indicator is', 'indicators are')} not rated and will stay so." if left else ""
    st.warning(
        f"**Submit the sheet of {words.plain(one.name)} now?**{unrated} Nothing on it changes afterwards, and it can "
        "be taken back only while no other rater has submitted."
    )
    with st.container(horizontal=True):
        if st.button("Yes, submit it", type="primary", icon=":material/lock:", key=f"yes-{one.sheet}"):
            _act(submit_sheet, listed, one, f"The sheet of {one.name} is submitted.")
        if st.button("Not yet", key=f"no-{one.sheet}"):
            st.session_state.pop(ASKED)
            st.rerun()


def _act(use_case: Callable[..., None], listed: Listed, one: Rater, said: str) -> None:
    if house.done(use_case, listed.id, one.sheet):
        st.session_state.pop(ASKED, None)
        house.say(said)
        st.rerun()
