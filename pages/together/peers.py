"""Help among peers: who is strong offers, who is weak finds it, and the lead goes between them until both agree."""

import streamlit as st

from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.peer_asks import peer_asks
from assessments.use_cases.peers import peer_help
from pages.shared import forms, hallway, house
from pages.together import choosing, peers_asked, peers_found, peers_led, peers_offered, peers_words

FIND, OFFER, ASKED = "Find help", "Offer help", "Asks"


def of_agency(line: CollaborativeLine) -> None:
    st.markdown(
        "Sites that stand high on an indicator can offer to show others how. An offer is read without a name. Ask for "
        "one, and the lead of the collaborative passes it on. The lead reads who offers and who asks; you and the "
        "other side learn of one another once both have agreed, and not before. Where only a few agencies take part, "
        "others may still guess."
    )
    if not house.may("ask_for_help"):
        st.markdown("You read along: an owner or an administrator of your agency offers, asks and answers.")
    found, asks = house.read(peer_help, line.id), house.read(peer_asks, line.id)
    waiting = sum(one.state == "passed-on" for one in asks.of_us)
    section = st.segmented_control(
        "Section",
        [FIND, OFFER, ASKED],
        default=FIND,
        required=True,
        key="peers-section",
        label_visibility="collapsed",
    )
    if waiting and section != ASKED:
        st.info("Somebody asks for help that you offer. Read it under Asks.", icon=":material/mail:")
    match section:
        case "Offer help":
            peers_offered.show(line, found, asks)
        case "Asks":
            peers_asked.show(asks)
        case _:
            peers_found.show(line, found, asks)


st.title("Help among peers")
forms.only(peers_words.SCOPE)
chosen = choosing.collaborative("peers-collaborative")
if chosen.leads:
    peers_led.show()
    hallway.next_step(hallway.SITES, "See the sites side by side", ":material/stacked_line_chart:")
else:
    of_agency(chosen)
    hallway.next_step(hallway.SITES, "See where you stand beside others", ":material/stacked_line_chart:")
