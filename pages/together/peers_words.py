"""Words of help among peers."""

from collections.abc import Mapping
from functools import cache

import streamlit as st

from assessments.rules.peer_help import SiteStand
from assessments.use_cases.peer_steps import AskState, withdraw_word
from pages.shared import house, reading, words
from standards import catalogue

STATES: Mapping[AskState, str] = {
    "asked": "Waits for the lead of the collaborative",
    "passed-on": "Passed on; waits for whoever offers it",
    "agreed": "Both have agreed",
    "declined": "Declined",
}
SCOPE = "peers"
CONTACT = "Whom they reach, and how"
WITHOUT_NAMES = (
    "Name neither your agency nor a site, nor anything that only yours has, and no address of a web site or of e-mail. "
    "Never anything about a client."
)


@cache
def _texts() -> dict[tuple[str, str], str]:
    """Of the newest shipped edition that has the indicator."""
    shipped = sorted(catalogue.library().values(), key=lambda one: one.key)
    return {(one.id, indicator.id): indicator.text for one in shipped for indicator in one.indicators}


def indicator(checklist_id: str, indicator_id: str) -> str:
    """An own checklist has its id alone here."""
    text = _texts().get((checklist_id, indicator_id), checklist_id)
    return f"**{words.plain(indicator_id)}** {reading.text(text)}"


def short(checklist_id: str, indicator_id: str) -> str:
    """For a list to choose from, which reads no Markdown."""
    return f"{indicator_id} {_texts().get((checklist_id, indicator_id), checklist_id)}"


def stand(one: SiteStand) -> str:
    return f"{words.plain(one.site)}: level {one.level}, target {one.target}"


def quoted(text: str) -> str:
    """What somebody wrote, set off, every line of it."""
    return "\n".join(f"> {words.plain(line)}  " for line in text.splitlines())


def take_back_word(ask_id: str, version: int) -> None:
    """A word of one's own, that others read."""
    pressed = st.button("Take your word back", key=f"{SCOPE}-word-back-{ask_id}", icon=":material/undo:")
    if pressed and house.done(withdraw_word, ask_id, version):
        house.say("Your word is taken back. Nobody reads it any more.")
        st.rerun()


def take_back(key: str, tells: str) -> bool:
    """Whether it is to be taken back; where that `tells` somebody something, it is said and asked first."""
    if not tells:
        return st.button("Take it back", key=key, icon=":material/undo:")
    with st.expander("Take it back", icon=":material/undo:"):
        st.markdown(words.plain(tells))
        return st.button("Yes, take it back", key=key)


def contact(key: str, value: str) -> str:
    return st.text_input(
        CONTACT,
        value,
        key=f"{key}-contact",
        placeholder="A person's name with phone or e-mail",
        help="Of somebody on your staff. The other side reads it with the name of your agency once both have agreed.",
    )
