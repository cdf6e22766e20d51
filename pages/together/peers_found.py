"""What others offer, first where a site of one's own is weak; and what nobody offers yet."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.peer_asks import Asks, ask_for_help
from assessments.use_cases.peer_steps import OPEN
from assessments.use_cases.peers import Offer, PeerHelp
from pages.shared import forms, house, words
from pages.together import peers_words as said


@dataclass(frozen=True)
class Typed:
    says: str = ""
    contact: str = ""


def show(line: CollaborativeLine, found: PeerHelp, asks: Asks) -> None:
    asked = {one.offer_id for one in asks.own if one.state in OPEN}
    fitting = [one for one in found.offers if one.weak]
    others = [one for one in found.offers if not one.weak]
    st.subheader("Where you can look for help")
    if not fitting:
        st.info(
            "Nobody offers help yet with an indicator on which a site of yours is at 1 or less, or below its target."
            if found.unmet
            else "No site of yours is at 1 or less, or below a target, in its newest submitted assessment."
        )
    _offers(line, fitting, asked)
    if others:
        with st.expander(f"Other help that is offered ({len(others)})"):
            _offers(line, others, asked)
    if found.unmet:
        with st.expander(f"Nobody offers help with these yet ({len(found.unmet)})"):
            st.markdown(
                "\n".join(
                    f"- {said.indicator(one.checklist_id, one.indicator_id)} · {said.stand(one)}" for one in found.unmet
                )
            )


def _offers(line: CollaborativeLine, offers: Sequence[Offer], asked: set[str]) -> None:
    for one in offers:
        with st.container(border=True):
            st.markdown(said.indicator(one.checklist_id, one.indicator_id))
            if one.weak:
                st.markdown("Yours: " + " · ".join(said.stand(stand) for stand in one.weak))
            st.markdown(f"Somebody offers:\n\n{said.quoted(one.what)}")
            if one.id in asked:
                st.markdown(":material/check: You have asked for it. What became of that stands under Asks.")
            elif house.may("ask_for_help"):
                _ask(line, one)


def _ask(line: CollaborativeLine, offer: Offer) -> None:
    name = f"{said.SCOPE}-ask-{offer.id}"
    st.caption(
        "The lead of the collaborative reads that you ask, and who offers; who offers reads what you ask, without your "
        "name."
    )
    forms.door(name, f"Ask for this help with {offer.indicator_id}", Typed(), icon=":material/front_hand:")
    forms.show(
        name,
        "Ask the lead to pass it on",
        _fields,
        lambda typed, _, keep: house.write(
            ask_for_help, line.id, offer.id, typed.says, typed.contact, keep_because=keep
        ),
        f"Asked. {words.plain(line.name)} reads it first. Until both agree, who offers does not learn who you are.",
        here=True,
    )


def _fields(key: str, typed: Typed) -> Typed:
    says = st.text_area(
        "What you ask",
        typed.says,
        key=f"{key}-says",
        help="The lead reads it with your name, and who offers reads it without.",
    )
    st.caption(said.WITHOUT_NAMES)
    return Typed(says, said.contact(key, typed.contact))
