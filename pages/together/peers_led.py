"""For the lead, who goes between: what waits to be passed on, and what became of the rest."""

import streamlit as st

from assessments.use_cases.peer_asks import AskToPass, asks_to_pass, pass_on
from pages.shared import forms, house, words
from pages.together import peers_words as said


def show() -> None:
    st.markdown(
        "You go between the two. You alone read both names; who offers reads what is asked without the name, and "
        "whoever asks does not learn who offers. Once both have agreed, each reads the name and contact of the other."
    )
    found = house.read(asks_to_pass)
    waiting = [one for one in found if one.state == "asked"]
    st.subheader("To pass on")
    if not waiting:
        st.markdown("Nothing waits for you.")
    for one in waiting:
        with st.container(border=True):
            _waiting(one)
    if len(found) > len(waiting):
        st.subheader("Passed on or declined")
    for one in found:
        if one.state != "asked":
            st.markdown(f"- {_line(one)}")
        if one.own_word:
            st.markdown(f"Your word:\n\n{said.quoted(one.word)}")
            said.take_back_word(one.id, one.version)


def _waiting(one: AskToPass) -> None:
    st.markdown(
        f"{said.indicator(one.checklist_id, one.indicator_id)}  \n**{words.plain(one.asker)}** asks "
        f"**{words.plain(one.offerer)}**:\n\n{said.quoted(one.says)}\n\nWhat is offered:\n\n{said.quoted(one.what)}"
    )
    name = f"{said.SCOPE}-pass-{one.id}"
    with st.container(horizontal=True):
        forms.door(f"{name}-yes", "Pass it on", "", one.version, ":material/forward_to_inbox:")
        forms.door(f"{name}-no", "Decline", "", one.version, ":material/do_not_disturb_on:")
    _form(one, f"{name}-yes", True, "A word to whoever offers, if you like", "Passed on, without the name.")
    _form(one, f"{name}-no", False, "Why, in a word to whoever asks", "Declined. Whoever asked is told why.")


def _form(one: AskToPass, name: str, passes: bool, label: str, done: str) -> None:
    forms.show(
        name,
        "Pass it on" if passes else "Decline",
        lambda key, word: _word(key, word, label),
        lambda word, shown, keep: house.write(pass_on, one.id, passes, word, shown, keep_because=keep),
        done,
        one.version,
    )


def _word(key: str, value: str, label: str) -> str:
    return st.text_area(label, value, key=f"{key}-word", help="Name neither of the two.")


def _line(one: AskToPass) -> str:
    state = said.STATES[one.state].partition(";")[0]
    about = f"{words.plain(one.asker)} → {words.plain(one.offerer)}, {words.plain(one.indicator_id)}"
    return f"{words.day(house.local(one.asked_at).date())} · {about} · **{state}**"
