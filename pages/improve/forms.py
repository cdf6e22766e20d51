"""Forms that open on a button, one at a time on a page. Where one is refused, it says why, and keeps what was typed,
also over a visit to another page.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import streamlit as st

from assessments.errors import Conflict, LooksLikeClientData, LooksLikeName, ToolkitError
from assessments.use_cases.plans import ActionLine, RoundLine
from pages.shared import house, words

D = TypeVar("D")
KEEP: dict[type[ToolkitError], str] = {
    LooksLikeClientData: "Keep it, because it is not a client's data:",
    LooksLikeName: "Keep this code, because:",
}
OPENED, COUNT = "forms.opened", "forms.count"


@dataclass(frozen=True)
class Opened:
    """`key` begins the keys of its fields, `shown` is the version that the person has seen."""

    name: str
    key: str
    details: Any
    shown: int
    refused: ToolkitError | None = None


def only(scope: str) -> None:
    """A form that was left open elsewhere closes: names begin with the scope that they belong to."""
    opened = _opened()
    if opened and not opened.name.startswith(scope):
        close()


def is_open(name: str) -> bool:
    opened = _opened()
    return opened is not None and opened.name == name


def door(name: str, label: str, details: Any, version: int = 0, icon: str = ":material/add:") -> None:
    """The button that opens the form `name` with these details; none while another form is open."""
    if _opened() is None and st.button(label, key=f"door-{name}", icon=icon):
        st.session_state[COUNT] = st.session_state.get(COUNT, 0) + 1
        st.session_state[OPENED] = Opened(name, f"{name}-{st.session_state[COUNT]}", details, version)
        st.rerun()


def show(
    name: str,
    label: str,
    fields: Callable[[str, D], D],
    save: Callable[[D, int, str], object],
    said: str | Callable[[Any], str],
    version: int = 0,
) -> None:
    """Draws the form if it is open. `save` takes the details, the version shown and the reason to keep what looks like
    a client's data or a name; `said` may be made of what it returns. `version` is the one stored now.
    """
    opened = _opened()
    if opened is None or opened.name != name:
        return
    with st.form(f"form-{opened.key}", border=True):
        details = fields(opened.key, opened.details)
        because = _refusal(opened)
        if st.form_submit_button(label, type="primary"):
            _save(opened, details, lambda: save(details, opened.shown, because), said, version)
    if st.button("Close without saving", key=f"close-{opened.key}", icon=":material/close:"):
        close()
        st.rerun()


def change(
    name: str,
    line: ActionLine | RoundLine,
    fields: Callable[[str, Any], Any],
    save: Callable[[Any, int, str], object],
    said: str,
) -> None:
    """The button and the form to change what stands in a line of the plan."""
    door(name, "Change", line.details, line.version, ":material/edit:")
    show(name, "Save the change", fields, save, said, line.version)


def close() -> None:
    st.session_state.pop(OPENED, None)


def _save(
    opened: Opened, details: Any, save: Callable[[], object], said: str | Callable[[Any], str], version: int
) -> None:
    try:
        made = save()
    except ToolkitError as error:
        shown = version if isinstance(error, Conflict) else opened.shown
        st.session_state[OPENED] = replace(opened, details=details, shown=shown, refused=error)
    else:
        close()
        house.say(said if isinstance(said, str) else said(made))
    st.rerun()


def _refusal(opened: Opened) -> str:
    """The reason to keep it, where that is what was asked for."""
    if opened.refused is None:
        return ""
    first, *more = str(opened.refused).split("\n")
    said = words.plain(f"Not saved. {first}")
    if more:
        said = "Not saved:\n\n" + "\n".join(f"- {words.plain(one)}" for one in (first, *more))
    if isinstance(opened.refused, Conflict):
        said += " What is stored stands above, what you typed is still here. Saving puts yours in its place."
    st.error(said, icon=":material/error:")
    asked = next((said for kind, said in KEEP.items() if isinstance(opened.refused, kind)), "")
    return st.text_input(asked, max_chars=300, key=f"{opened.key}-because") if asked else ""


def _opened() -> Opened | None:
    found: Opened | None = st.session_state.get(OPENED)
    return found
