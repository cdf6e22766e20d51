"""What one has asked for, and what others ask of one."""

from dataclasses import dataclass

import streamlit as st

from assessments.use_cases.peer_asks import Ask, Asks, answer_ask, withdraw_ask
from pages.shared import forms, house, words
from pages.together import peers_words as said

AGREED = (
    "Both have agreed. The other side then reads nothing of this ask any more: neither what you asked nor your name "
    "and contact. You do not read theirs any more either. What somebody has written down stays with them."
)


@dataclass(frozen=True)
class Typed:
    contact: str = ""
    word: str = ""


def show(asks: Asks) -> None:
    st.subheader("Asked of you")
    if not asks.of_us:
        st.markdown("Nothing is passed on to you.")
    for one in asks.of_us:
        with st.container(border=True):
            _of_us(one)
    if asks.declined:
        st.subheader("Declined by you, with a word that they read")
    for one in asks.declined:
        with st.container(border=True):
            st.markdown(f"{said.indicator(one.checklist_id, one.indicator_id)}\n\n{said.quoted(one.word)}")
            said.take_back_word(one.id, one.version)
    st.subheader("Asked by you")
    if not asks.own:
        st.markdown("You have asked for nothing yet.")
    for one in asks.own:
        with st.container(border=True):
            _own(one)


def _of_us(one: Ask) -> None:
    st.markdown(f"{said.indicator(one.checklist_id, one.indicator_id)}  \nSomebody asks:\n\n{said.quoted(one.says)}")
    if one.state == "agreed":
        _named(one)
        return
    if one.word:
        st.markdown(f"The lead adds:\n\n{said.quoted(one.word)}")
    if not house.may("answer_ask"):
        return
    name = f"{said.SCOPE}-answer-{one.id}"
    with st.container(horizontal=True):
        forms.door(f"{name}-yes", "Agree", Typed(), one.version, ":material/handshake:")
        forms.door(f"{name}-no", "Decline", Typed(), one.version, ":material/do_not_disturb_on:")
    forms.show(
        f"{name}-yes",
        "Agree, and be named",
        _agree,
        lambda typed, shown, keep: _answer(one, True, typed, shown, keep),
        "Agreed. Each of you now reads the name and the contact of the other.",
        one.version,
        here=True,
    )
    forms.show(
        f"{name}-no",
        "Decline",
        lambda key, typed: Typed(word=_word(key, typed.word, "A word to them, if you like")),
        lambda typed, shown, keep: _answer(one, False, typed, shown, keep),
        "Declined. They do not learn who you are.",
        one.version,
        here=True,
    )


def _own(one: Ask) -> None:
    st.markdown(
        f"{said.indicator(one.checklist_id, one.indicator_id)}  \n**{said.STATES[one.state]}**, asked "
        f"{words.day(house.local(one.asked_at).date())}\n\n{said.quoted(one.says)}"
    )
    if one.state == "agreed":
        _named(one)
    elif one.word and one.state == "declined":
        st.markdown(f"You were told:\n\n{said.quoted(one.word)}")
    if not house.may("withdraw_ask"):
        return
    pressed = said.take_back(f"{said.SCOPE}-ask-back-{one.id}", AGREED if one.state == "agreed" else "")
    if pressed and house.done(withdraw_ask, one.id, one.version):
        house.say("Taken back, with what you wrote and your contact.")
        st.rerun()


def _named(one: Ask) -> None:
    st.success(
        f"Both have agreed. **{words.plain(one.name)}**: {words.plain(one.contact)}", icon=":material/handshake:"
    )
    if one.word:
        st.markdown(f"{'Your word with it' if one.own_word else 'With it came'}:\n\n{said.quoted(one.word)}")
    if one.own_word:
        said.take_back_word(one.id, one.version)


def _agree(key: str, typed: Typed) -> Typed:
    contact = said.contact(key, typed.contact)
    return Typed(contact, _word(key, typed.word, "A word to them, if you like"))


def _word(key: str, value: str, label: str) -> str:
    return st.text_area(label, value, key=f"{key}-word")


def _answer(one: Ask, agrees: bool, typed: Typed, shown: int, keep: str) -> None:
    house.write(answer_ask, one.id, agrees, typed.contact, typed.word, shown, keep_because=keep)
