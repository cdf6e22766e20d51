"""The bar of doors: links in one element. Streamlit's own bar is drawn anew at every step of a run.

A click is led by the house's script (`look.js`) as the browser's own way back is, so that the session goes on. In a new
tab, a link opens its page as an address does.
"""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

Doors = Mapping[str, Sequence[st.Page]]

SKIP = '<a class="doors-skip" href="#page">Skip to the page</a>'
ALL = '<details class="doors-all"><summary>Pages</summary></details>'
"""Of a narrow screen: the others stand behind it."""


def show(doors: Doors, here: st.Page, along: Mapping[str, str]) -> None:
    """`doors` by section, those of no section under ""; `here` is the page that is open; `along` is what the addresses
    of all take with them.
    """
    with st.container(key="doors"):
        st.html(written(doors, here, f"?{urlencode(along)}" if along else ""))


def written(doors: Doors, here: st.Page, query: str = "") -> str:
    parts = "".join(_part(section, pages, here, query) for section, pages in doors.items())
    return f'<nav class="doors" aria-label="Pages">{SKIP}{ALL}<ul>{parts}</ul></nav>'


def _part(section: str, pages: Sequence[st.Page], here: st.Page, query: str) -> str:
    links = "".join(_link(page, here, query) for page in pages if page.visibility == "visible")
    if not section or not links:
        return links
    mark = ' class="here"' if any(page.url_path == here.url_path for page in pages) else ""
    return f'<li><details name="door"><summary{mark}>{escape(section)}</summary><ul>{links}</ul></details></li>'


def _link(page: st.Page, here: st.Page, query: str) -> str:
    current = ' aria-current="page"' if page.url_path == here.url_path else ""
    return f'<li><a href="/{page.url_path}{query}"{current}>{escape(page.title)}</a></li>'
