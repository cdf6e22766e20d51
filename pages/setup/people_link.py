"""A link that lets somebody in: shown to whoever made it, until they hide it, and never again."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import streamlit as st

from pages.shared import house, words

SHOWN = "people.link"


@dataclass(frozen=True)
class Link:
    token: str
    who: str
    until: datetime


def keep(link: Link) -> None:
    st.session_state[SHOWN] = link


def show() -> None:
    link: Link | None = st.session_state.get(SHOWN)
    if link is None:
        return
    with st.container(border=True):
        st.markdown(f"**The link for {words.plain(link.who)}.** It is shown now and cannot be shown again.")
        st.code(f"{_here()}/invited?t={link.token}", language=None, wrap_lines=True)
        st.markdown(
            "Copy it, and give it to them alone, in a way that you trust. It works once, until "
            f"{_until(link.until)}: whoever opens it first and signs in comes in by it. Should they say that it was "
            "used already, somebody else has come in: look at who has access, and end it."
        )
        if st.button("I have copied it. Hide the link", key="hide-link", icon=":material/visibility_off:"):
            del st.session_state[SHOWN]
            st.rerun()


def _until(moment: datetime) -> str:
    """In the agency's time where there is one."""
    if house.AGENCY in st.session_state:
        return words.clock(house.local(moment), house.today())
    return f"{words.clock(moment, house.now().date())} UTC"


def _here() -> str:
    """The address that this browser has Plumbline open at."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
