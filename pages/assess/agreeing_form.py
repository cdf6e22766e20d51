"""The fields in which the team says what it agrees on, and what is said where that was not saved."""

from collections.abc import Iterable

import streamlit as st

from assessments.errors import Conflict, LooksLikeClientData
from pages.assess import agreeing
from pages.assess.agreeing import Edit
from pages.assess.point import Place, Point
from pages.shared import drafts, hallway, house, words

SAVE = "Save what we agree on"


def show(point: Point) -> None:
    """In the list: the choice, the counts where there are some, the reason, and the button."""
    edit = agreeing.begin(point)
    key = point.key("choice")
    options = list(point.choices)
    chosen = edit.now.choice
    st.radio(
        "What we agree on",
        options,
        index=drafts.initial(key, options.index(chosen) if chosen in options else None, None),
        format_func=point.choices.__getitem__,
        key=key,
        horizontal=True,
    )
    counts(point, edit)
    reason(point, edit)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        save(point)
        leave(point)
    refusal(point)


def counts(point: Point, edit: Edit) -> None:
    """Two numbers in one field, and how many there are in all; nothing where the level is judged."""
    if not point.counted or not point.indicator.counts:
        return
    share, out_of = point.key("share"), point.key("out_of")
    first, second = st.columns([2, 1], vertical_alignment="bottom")
    first.text_input(
        point.ours(words.capital(f"{point.indicator.counts.met}, of {point.indicator.counts.of}")),
        value=drafts.initial(share, edit.now.share, ""),
        key=share,
        placeholder="7 of 9",
    )
    second.number_input(
        "How many there are in all, if you know",
        min_value=0,
        max_value=1_000_000,
        value=drafts.initial(out_of, edit.now.out_of, None),
        step=1,
        key=out_of,
    )


def reason(point: Point, edit: Edit) -> None:
    key = point.key("because")
    st.text_input(
        "Why, in one line",
        value=drafts.initial(key, edit.now.because, ""),
        key=key,
        placeholder="What was seen that settled it. No names or dates of birth of clients.",
    )


def save(point: Point, label: str = SAVE, shortcut: str | None = None) -> None:
    """Draws the page again once it was tried: what was refused is said beside it."""
    keep = _keep(point)
    clicked = st.button(label, key=point.key("save"), icon=":material/handshake:", shortcut=shortcut)
    agreeing.take(point)
    if clicked:
        agreeing.save(point, keep)
        st.rerun()


def leave(point: Point) -> None:
    if point.agreed and st.button("Leave it as it is", key=point.key("leave"), type="tertiary"):
        agreeing.drop(point.place)
        st.rerun()


def refusal(point: Point) -> None:
    edit = agreeing.edits()[point.place]
    if edit.error is None:
        return
    if isinstance(edit.error, Conflict) and edit.theirs:
        _choose(point, edit)
    else:
        st.error(f"Not saved. {words.plain(str(edit.error))}", icon=":material/error:")


def settled(point: Point, brief: bool = False) -> str:
    """What is agreed on, why, by whom and when, as Markdown; `brief` where the reason stands beside it."""
    row = point.stored
    assert row.answer_at
    when = words.clock(house.local(row.answer_at), house.today())
    if brief:
        return f":material/check_circle: **Agreed: {point.said_stored}** · saved {when}, {words.plain(row.answer_by)}"
    because = f"\n\nBecause: {words.plain(row.because)}" if row.because else ""
    return (
        f":material/check_circle: **Agreed: {point.said_stored}**{because}\n\n"
        f"Saved {when}, {words.plain(row.answer_by)}."
    )


def show_unsaved(assessment: str, drawn: Iterable[Place]) -> None:
    """What was begun and left: kept, and the way back to it."""
    left = [place for place in agreeing.unsaved(assessment) if place not in drawn]
    if not left:
        return
    names = ", ".join(place.indicator for place in left)
    with st.container(border=True, key="unsaved", horizontal=True, vertical_alignment="center"):
        st.warning(f"Begun and not saved yet: {names}. What you typed is kept until this tab is closed.")
        hallway.next_step(
            hallway.MEETING, f"Back to {left[0].indicator}", assessment=assessment, open=left[0].indicator
        )


def _keep(point: Point) -> str:
    """The reason to keep what looks like a client's data, where that is what was asked for."""
    edit = agreeing.edits()[point.place]
    if not isinstance(edit.error, LooksLikeClientData):
        return ""
    return st.text_input("Keep it, because it is not a client's data:", key=point.key("keep"))


def _choose(point: Point, edit: Edit) -> None:
    theirs = edit.theirs
    assert theirs
    at = words.clock(house.local(theirs.answer_at), house.today()) if theirs.answer_at else ""
    mine = point.choices.get(edit.now.choice or "", "")
    stored = f"{point.said_of(theirs.rated)}, because: {words.plain(theirs.because)}"
    yours = f"{' '.join((mine, words.plain(edit.now.share))).strip()}, because: {words.plain(edit.now.because)}"
    st.warning(
        f"Not saved: {words.plain(theirs.answer_by)} saved something else at {at}, after you opened it.\n\n"
        f"- Stored now: {stored}\n- Yours: {yours}",
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        if st.button("Leave what is stored", key=point.key("theirs")):
            agreeing.drop(point.place)
            st.rerun()
        if st.button("Save mine instead", key=point.key("mine")):
            agreeing.save_mine(point)
            st.rerun()
