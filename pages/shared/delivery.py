"""Files on their way to the person: made on a click, taken once from an address that only this browser can use."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.deliveries import WAITS, File, deliver, is_waiting
from pages.shared import house, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST = 40
"""Letters that each part of a file's name keeps."""


@dataclass(frozen=True)
class Ready:
    """What waits to be taken: `about` is the id of what it shows."""

    about: str
    address: str
    name: str
    size: int
    until: datetime


def offer(label: str, key: str, make: Callable[[], File], about: str) -> None:
    """A button; on click the file is made, and the house's script takes it at once from the link that appears.
    `key` is the offer's own on its page, `about` the id of what the file shows.
    """
    kept = f"delivery.{key}"
    with st.container(key=f"delivery-{key}"):
        if st.button(label, key=f"make-{key}", icon=":material/download:"):
            st.session_state[kept] = _made(make, about)
        ready: Ready | None = st.session_state.get(kept)
        if ready and ready.about == about and ready.until > house.now():
            _show(ready)


def _made(make: Callable[[], File], about: str) -> Ready | None:
    """None where it was refused; the reason is shown in place."""
    try:
        with st.spinner("Making the file"):
            file = make()
            address = house.write(deliver, house.session_id(), file, about)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return None
    return Ready(about, address, file.name, len(file.content), house.now() + WAITS)


def _show(ready: Ready) -> None:
    if not house.read(is_waiting, ready.address):
        st.markdown(f":material/check_circle: **{words.plain(ready.name)}** was taken. For another one, make it again.")
        return
    st.markdown(
        f"**{words.plain(ready.name)}** ({size(ready.size)}) is ready, and your browser takes it by itself. If it does "
        "not, take it here, once and within two minutes; after that, make it again."
    )
    st.link_button("Take the file", ready.address, icon=":material/file_save:")


def page(text: str, right: str, *name: str) -> File:
    """A document to print or to open in a browser; `right` names the use case whose data is in it."""
    return File(named(*name, ending="html"), "text/html; charset=utf-8", text.encode(), right)


def workbook(content: bytes, right: str, *name: str) -> File:
    return File(named(*name, ending="xlsx"), XLSX, content, right)


def word(content: bytes, right: str, *name: str) -> File:
    return File(named(*name, ending="docx"), DOCX, content, right)


def size(length: int) -> str:
    """Of a file, in the unit in which people compare files."""
    return f"{length / 1_000_000:.1f} MB" if length >= 1_000_000 else f"{max(1, round(length / 1000)):,} KB"


def named(*parts: str, ending: str) -> str:
    """A file's name of what people typed: letters and digits of any script, and hyphens."""
    kept = ["-".join(re.findall(r"\w+", part.casefold()))[:LONGEST].strip("-") for part in parts]
    return f"{'-'.join(filter(None, kept)) or 'plumbline'}.{ending}"
