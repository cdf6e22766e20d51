"""What one offers, and what one could."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.rules.peer_help import SiteStand
from assessments.rules.peer_matches import HIGH
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.peer_asks import Asks
from assessments.use_cases.peers import OwnOffer, PeerHelp, offer_help, withdraw_offer
from pages.shared import forms, house, words
from pages.together import peers_words as said

NAME = f"{said.SCOPE}-offer"
NOT_HIGH = f"Its newest assessment says less than {HIGH} by now. If that is right, take the offer back."


@dataclass(frozen=True)
class Typed:
    of: SiteStand | None = None
    what: str = ""


def show(line: CollaborativeLine, found: PeerHelp, asks: Asks) -> None:
    if not found.own:
        st.markdown("You offer nothing yet. It is yours to choose: nothing is offered by itself.")
    for one in found.own:
        _own(one, sum(ask.state == "agreed" for ask in asks.of_us if ask.offer_id == one.id))
    if not found.strong:
        house.show_said(NAME)  # where the last one was just offered, the form says nothing any more
        st.info(
            f"A site can offer help where its newest submitted assessment says level {HIGH} or more, on a checklist "
            "that comes with Plumbline: the id of one of your own could tell others who offers. "
            + ("All of these are offered." if found.own else "None of yours does yet.")
        )
        return
    if not house.may("offer_help"):
        return
    st.caption(
        "The lead of the collaborative reads who offers what as soon as somebody asks for it. The others read what you "
        "would share, without your name, until you agree to an ask."
    )
    forms.door(NAME, "Offer help", Typed(), icon=":material/volunteer_activism:")
    forms.show(
        NAME,
        "Offer it",
        lambda key, typed: _fields(key, typed, found.strong),
        lambda typed, _, keep: _offer(line, typed, keep),
        "Offered. Others read what you would share, and not who you are. You can take it back at any time.",
        here=True,
    )


def _fields(key: str, typed: Typed, strong: Sequence[SiteStand]) -> Typed:
    by_key = {(one.site_id, *one.about): one for one in strong}
    first = next((number for number, one in enumerate(strong) if one == typed.of), 0)
    chosen = st.selectbox(
        "With what",
        list(by_key),
        index=first,
        format_func=lambda one: f"{by_key[one].site}, level {by_key[one].level}: {said.short(*one[1:])}",
        key=f"{key}-of",
    )
    what = st.text_area(
        "What you would share",
        typed.what,
        key=f"{key}-what",
        placeholder="A form, a procedure, an hour on the phone, a visit",
    )
    st.caption(said.WITHOUT_NAMES)
    return Typed(by_key[chosen], what)


def _offer(line: CollaborativeLine, typed: Typed, keep: str) -> object:
    of = typed.of
    assert of is not None  # the form has chosen one
    return house.write(offer_help, line.id, of.site_id, of.checklist_id, of.indicator_id, typed.what, keep_because=keep)


def _own(one: OwnOffer, agreed: int) -> None:
    with st.container(border=True):
        st.markdown(
            f"{said.indicator(one.checklist_id, one.indicator_id)}  \n{words.plain(one.site)} offers:\n\n"
            f"{said.quoted(one.what)}"
        )
        if one.level is None or one.level < HIGH:
            st.warning(NOT_HIGH, icon=":material/trending_down:")
        if not house.may("withdraw_offer"):
            return
        pressed = said.take_back(
            f"{said.SCOPE}-back-{one.id}",
            f"You have agreed to {words.count(agreed, 'ask', 'asks')} for this help. Whoever asked then reads that the "
            "offer was taken back, and your name and contact no more; nor do you read theirs."
            if agreed
            else "",
        )
        if pressed and house.done(withdraw_offer, one.id, one.version):
            house.say(f"Your offer on {one.indicator_id} is taken back. Whoever asked for it is told.")
            st.rerun()
