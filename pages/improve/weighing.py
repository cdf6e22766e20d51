"""Likelihood of harm, scope and effort of a gap: saved at once, compared on every run and never only in a callback,
which a burst of clicks or a way to another page can leave out. `pages/shared/drafts.py` says more.
"""

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.rules.priorities import EFFORTS, HARMS, SCOPES
from assessments.use_cases.priorities import Weight, weigh, weights
from pages.shared import drafts, house, words

Scale = tuple[str, str, dict[Any, str]]
HARM = {number: words.capital(HARMS[number]) for number in sorted(HARMS)}
SCOPE = {scope: words.capital(scope) for scope in SCOPES}
EFFORT = {number: words.capital(EFFORTS[number]) for number in sorted(EFFORTS)}
SCALES: tuple[Scale, ...] = (
    ("harm", "Likelihood of harm", HARM),
    ("scope", "Scope", SCOPE),
    ("effort", "Effort", EFFORT),
)
BASES, TROUBLES, ADOPTED = "weighing.bases", "weighing.troubles", "weighing.adopted"
Place = tuple[str, str]
"""Assessment, indicator."""


@dataclass(frozen=True)
class Trouble:
    """Why `mine` was not saved; `theirs` is what is stored, after a conflict."""

    mine: Weight
    error: ToolkitError
    theirs: Weight | None


def settle() -> None:
    """Saves what changed in the fields of the last screen, before any page is drawn, and so before this one is left."""
    for place, base in list(_bases().items()):
        _compare(place, base)


def controls(place: Place, stored: Weight, counted: bool) -> None:
    """A scope that was `counted` is not for the team to give."""
    scales = [scale for scale in SCALES if not (counted and scale[0] == "scope")]
    filled = _prepare(place, stored, scales)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        for name, label, scale in scales:
            # On every run: a field that the browser is slow to draw begins with this, and would send back nothing as an
            # answer. Only beside a value that was filled in on this run it may not stand.
            default = None if filled else getattr(stored, name) or None
            key = key_of(name, place)
            st.segmented_control(label, list(scale), default=default, format_func=scale.__getitem__, key=key)
        if stored.version and place not in _troubles():
            st.markdown(":material/check_circle: Saved", width="content")
    if place not in _bases():
        _bases()[place] = stored
        _compare(place, replace(stored, version=drafts.UNKNOWN))  # a new session finds what the browser still holds
    _show(place)


def key_of(name: str, place: Place) -> str:
    return f"weigh-{name}-{place[0]}-{place[1]}"


def _compare(place: Place, base: Weight) -> None:
    keys = {name: key_of(name, place) for name, _, _ in SCALES}
    given = {name: st.session_state[key] for name, key in keys.items() if key in st.session_state}
    if not given:
        return
    shown = replace(base, **{name: value or getattr(Weight(), name) for name, value in given.items()})
    trouble = _troubles().get(place)
    if shown == base:
        _troubles().pop(place, None)
    elif not (trouble and trouble.theirs and _same(trouble.mine, shown)):
        _save(place, shown)


def _save(place: Place, mine: Weight) -> None:
    known, refused = _bases(), _troubles()  # before it is written, as in drafts.save
    try:
        known[place] = house.write(weigh, *place, mine)
    except ToolkitError as error:
        theirs = house.read(weights, place[0]).get(place[1], Weight()) if isinstance(error, Conflict) else None
        refused[place] = Trouble(mine, error, theirs)
    else:
        refused.pop(place, None)


def _prepare(place: Place, stored: Weight, scales: list[Scale]) -> bool:
    """Before they are drawn: what somebody else stored is taken over, and what was refused and left is there again.
    Whether the fields were filled so.
    """
    base, trouble = _bases().get(place), _troubles().get(place)
    adopted: set[Place] = st.session_state.setdefault(ADOPTED, set())
    if trouble and key_of("harm", place) not in st.session_state:
        _fill(place, trouble.mine, scales)
        return True
    if place in adopted or (base and stored.version > base.version and not trouble):
        adopted.discard(place)
        _fill(place, stored, scales)
        _bases()[place] = stored
        return True
    return False


def _fill(place: Place, weight: Weight, scales: list[Scale]) -> None:
    for name, _, _ in scales:
        st.session_state[key_of(name, place)] = getattr(weight, name) or None


def _show(place: Place) -> None:
    trouble = _troubles().get(place)
    if trouble is None:
        return
    if trouble.theirs is None:
        st.error(f"Not saved. {words.plain(str(trouble.error))}", icon=":material/error:")
        return
    st.warning(
        f"Not saved. {words.plain(str(trouble.error))}\n\n- Stored now: {said(trouble.theirs)}\n"
        f"- Yours: {said(trouble.mine)}",
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        if st.button("Leave what is stored", key=key_of("theirs", place)):
            del _troubles()[place], _bases()[place]
            st.session_state[ADOPTED].add(place)
            st.rerun()
        if st.button("Save mine instead", key=key_of("mine", place)):
            _save(place, replace(trouble.mine, version=trouble.theirs.version))
            st.rerun()


def said(weight: Weight) -> str:
    return ", ".join(
        f"{label.lower()} {scale.get(getattr(weight, name), 'not set').lower()}" for name, label, scale in SCALES
    )


def _same(one: Weight, other: Weight) -> bool:
    return replace(one, version=other.version) == other


def _bases() -> dict[Place, Weight]:
    found: dict[Place, Weight] = st.session_state.setdefault(BASES, {})
    return found


def _troubles() -> dict[Place, Trouble]:
    found: dict[Place, Trouble] = st.session_state.setdefault(TROUBLES, {})
    return found
