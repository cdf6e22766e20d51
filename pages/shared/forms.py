"""Forms that open on a button, one at a time on a page. Where one is refused, it says why, and keeps what was typed,
also over a visit to another page.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
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
    """`key` begins the keys of its fields, `shown` is the version that the person has seen. `made` is what saving it
    returned, once it is saved: a second click may cut the run short right after, and must find it here.
    """

    name: str
    key: str
    details: Any
    shown: int
    refused: ToolkitError | None = None
    made: list[object] = field(default_factory=list)


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
        house.unsay()
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
    *,
    here: bool = False,
    toast: bool = True,
) -> None:
    """Draws the form if it is open. `save` takes the details, the version shown and the reason to keep what looks like
    a client's data or a name; `said` may be made of what it returns. `version` is the one stored now. `here`: it is
    said where the form stood, as far down a page nobody sees its top; and in a `toast`, as that may move out of sight.
    """
    opened = _opened()
    if opened is None or opened.name != name:
        house.show_said(name)
        return
    place = name if here else ""
    if opened.made:
        _finish(opened, said, place, toast)
    with st.form(f"form-{opened.key}", border=True):
        details = fields(opened.key, opened.details)
        because = _refusal(opened)
        if st.form_submit_button(label, type="primary"):
            _save(opened, details, lambda: save(details, opened.shown, because), version)
            _finish(opened, said, place, toast)
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


def drop(*scopes: str, but: Collection[str] = ()) -> dict[str, Any] | None:
    """Closes the form that is open in one of these scopes, because its page changed under it, `but` for those of these
    names; what its fields hold, by the end of their keys. None where there is none.
    """
    opened = _opened()
    if opened is None or not opened.name.startswith(scopes) or opened.name in but:
        return None
    close()
    start = f"{opened.key}-"
    held = {str(key): value for key, value in st.session_state.items() if str(key).startswith(start)}
    return {key.removeprefix(start): value for key, value in held.items()}


def close() -> None:
    st.session_state.pop(OPENED, None)


def _save(opened: Opened, details: Any, save: Callable[[], object], version: int) -> None:
    """No call of Streamlit between saving and keeping that it is saved: cut short there, a second click saved again."""
    try:
        opened.made.append(save())
    except ToolkitError as error:
        shown = version if isinstance(error, Conflict) else opened.shown
        st.session_state[OPENED] = replace(opened, details=details, shown=shown, refused=error)
        st.rerun()


def _finish(opened: Opened, said: str | Callable[[Any], str], place: str, toast: bool) -> None:
    house.say(said if isinstance(said, str) else said(opened.made[0]), place, toast=toast)
    close()
    st.rerun()


def _refusal(opened: Opened) -> str:
    """The reason to keep it, where that is what was asked for."""
    if opened.refused is None:
        return ""
    first, *more = str(opened.refused).split("\n")
    said = words.plain(first if "was not saved" in first else f"Not saved. {first}")
    if more:
        said = "Not saved:\n\n" + "\n".join(f"- {words.plain(one)}" for one in (first, *more))
    if isinstance(opened.refused, Conflict):
        said += " What is stored stands above, what you typed is still here. Saving puts yours in its place."
    st.error(said, icon=":material/error:")
    asked = next((said for kind, said in KEEP.items() if isinstance(opened.refused, kind)), "")
    return st.text_input(asked, key=f"{opened.key}-because") if asked else ""


def _opened() -> Opened | None:
    found: Opened | None = st.session_state.get(OPENED)
    return found
