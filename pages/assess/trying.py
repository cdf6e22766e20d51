"""Practice ratings of one vignette: saved at once and compared on every run, never only in a callback, which a burst of
clicks or a way to another page can leave out. `pages/shared/drafts.py` says more.
"""

from dataclasses import dataclass, replace
from hashlib import sha256

import streamlit as st

from assessments.errors import ToolkitError
from assessments.rules.text import name_key
from assessments.use_cases.trials import Given, Tried, give_trial
from pages.shared import drafts, house, look, reading, words
from standards.model import Checklist, Indicator, Level
from standards.vignettes import Vignette

BASES, TROUBLES = "trying.bases", "trying.troubles"


@dataclass(frozen=True)
class Place:
    """One indicator of one vignette, rated under one name."""

    checklist: tuple[str, str]
    rater: str
    vignette: str
    indicator: str

    @property
    def key(self) -> str:
        """Of its field; without the name, which would stand in the page's own code."""
        return f"levels-try-{mark(self.rater)}-{'-'.join(self.checklist)}-{self.vignette}-{self.indicator}"


@dataclass(frozen=True)
class Trouble:
    """Why the level `mine` was not saved."""

    mine: int
    error: ToolkitError


def mark(rater: str) -> str:
    """Short, and the same for names that are the same."""
    return sha256(name_key(rater).encode()).hexdigest()[:8]


def settle() -> None:
    """Saves what changed in the fields of the last screen, before any page is drawn, and so before this one is left."""
    for place, base in list(_bases().items()):
        _compare(place, base)


def rate(checklist: Checklist, rater: str, vignette: Vignette, tried: Tried) -> None:
    """The levels in words for what is asked of the vignette."""
    with st.container(key=look.CARDS):
        for one in vignette.references:
            stored = tried.given.get((vignette.id, one.indicator), Given())
            _field(checklist, Place(checklist.key, rater, vignette.id, one.indicator), stored)


def tell_refused(checklist: Checklist, vignette: str) -> None:
    """What was clicked in the moment in which the last rating closed the vignette."""
    for place, trouble in list(_troubles().items()):
        if (place.checklist, place.vignette) == (checklist.key, vignette):
            st.warning(f"Not saved: {place.indicator}, level {trouble.mine}. {words.plain(str(trouble.error))}")
            del _troubles()[place]


def _field(checklist: Checklist, place: Place, stored: Given) -> None:
    indicator, ladder = checklist.indicator[place.indicator], checklist.ladder_of[place.indicator]
    names = {level.value: _named(indicator, level) for level in ladder.levels}
    values = list(names)
    filled = _prepare(place, stored)
    with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
        st.radio(
            f"{place.indicator} · {reading.text(indicator.text)}",
            values,
            # On every run, as in `pages/improve/weighing.py`; only beside a value filled in on this run it may not be.
            index=None if filled or stored.level is None else values.index(stored.level),
            format_func=names.__getitem__,
            key=place.key,
        )
        if place not in _bases():
            _bases()[place] = _first(place, stored)
            _compare(place, _bases()[place])
        base, trouble = _bases()[place], _troubles().get(place)
        if trouble:
            st.error(f"Not saved: level {trouble.mine}. {words.plain(str(trouble.error))}", icon=":material/error:")
        elif base.version:
            st.markdown(":material/check_circle: Saved")


def _named(indicator: Indicator, level: Level) -> str:
    """On two lines, as on the cards of Rate."""
    cue = next((cue for value, cue in indicator.cue.items() if value == str(level.value)), "")
    return f"{level.value} {words.plain(level.name)} *{reading.text(f'{level.words} {cue}'.strip())}*"


def _first(place: Place, stored: Given) -> Given:
    """A new session finds what the browser still holds: beside something stored that is a conflict."""
    differs = st.session_state.get(place.key) not in (None, stored.level)
    return replace(stored, version=drafts.UNKNOWN) if stored.version and differs else stored


def _compare(place: Place, base: Given) -> None:
    mine: int | None = st.session_state.get(place.key)
    if mine == base.level:
        _troubles().pop(place, None)
    elif mine is not None:
        _save(place, mine, base.version)


def _save(place: Place, mine: int, shown: int) -> None:
    known, refused = _bases(), _troubles()  # before it is written, as in drafts.save
    try:
        at = (*place.checklist, place.rater, place.vignette, place.indicator)
        known[place] = house.write(give_trial, *at, mine, shown)
    except ToolkitError as error:
        refused[place] = Trouble(mine, error)
    else:
        refused.pop(place, None)


def _prepare(place: Place, stored: Given) -> bool:
    """Whether the field was filled with what is stored: it was changed in another window, or taken out."""
    if _bases().get(place, stored) == stored:
        return False
    _bases()[place] = stored
    st.session_state[place.key] = stored.level
    return True


def _bases() -> dict[Place, Given]:
    found: dict[Place, Given] = st.session_state.setdefault(BASES, {})
    return found


def _troubles() -> dict[Place, Trouble]:
    found: dict[Place, Trouble] = st.session_state.setdefault(TROUBLES, {})
    return found
