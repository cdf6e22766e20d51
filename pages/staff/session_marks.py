"""Who comes to a session and who was there: each mark saved at once, compared on every run and never only in a
callback, which a burst of clicks or a way to another page can leave out. `pages/shared/drafts.py` says more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.use_cases.attendance import attenders, mark_attendance
from assessments.use_cases.staff import Member
from assessments.use_cases.training_sessions import AttendanceState, SessionLine, training_sessions
from pages.shared import choices, hallway, house, words
from pages.staff.course_words import STATES, came

BASES, TROUBLES, ADOPTED = "marks.bases", "marks.troubles", "marks.adopted"
SITE, PART = "marks.site", "marks.part"
AT_ONCE = 30
"""People drawn at once: each is a field that travels with every click."""
ACROSS = 3
Place = tuple[str, str]
"""Session, staff member."""
Mark = AttendanceState | None


@dataclass(frozen=True)
class Trouble:
    """Why `mine` was not saved; `theirs` is what is stored, after a conflict."""

    mine: Mark
    error: ToolkitError
    theirs: Mark = None


def settle() -> None:
    """Saves what changed in the fields of the last screen, before any page is drawn, and so before this one is left."""
    for place, base in list(_bases().items()):
        if key_of(place) in st.session_state:
            _compare(place, base)
        elif place not in _troubles():
            del _bases()[place]  # not on the last screen: when it is drawn again, it begins with what is stored


def show(line: SessionLine) -> None:
    people = house.read(attenders, line.id)
    if not people:
        st.markdown(
            "Who is marked here is seen by trainers, by supervisors for their own team, and by everybody for "
            "themselves. Of your staff nobody who was here on this day is yours to mark."
        )
        hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")
        return
    ahead = line.details.on > house.today()
    st.markdown(
        "Until that day people can be **expected**. A click saves at once; a second click on the same takes it back."
        if ahead
        else "A click saves at once; a second click on the same takes it back. Leave open whoever it did not concern."
    )
    columns: list[Any] = []
    drawn = _chosen(people)
    for number, one in enumerate(drawn):
        columns = columns if number % ACROSS else st.columns(ACROSS)
        with columns[number % ACROSS]:
            _field(line, one, ahead=ahead)
    if line.attendance and not any((line.id, one.id) in _troubles() for one in drawn):
        st.markdown(f":material/check_circle: Saved: {came(line, sees=True)}")
    _at_once(line, drawn, ahead=ahead)


def key_of(place: Place) -> str:
    return f"mark-{place[0]}-{place[1]}"


def _chosen(people: Sequence[Member]) -> Sequence[Member]:
    """Of one site, and of many a part."""
    sites = {one.details.site_id: one.site for one in sorted(people, key=lambda one: one.site)}
    if len(sites) > 1:
        say = choices.steady(SITE, sites, sites.__getitem__)
        site = st.selectbox("Site", list(sites), index=None, placeholder="All sites", format_func=say, key=SITE)
        people = [one for one in people if site in (None, one.details.site_id)]
    if len(people) <= AT_ONCE:
        return people
    starts = list(range(0, len(people), AT_ONCE))
    say_part = choices.steady(PART, starts, lambda start: _part(people, start))
    start: int = st.selectbox("People", starts, format_func=say_part, key=PART)
    return people[start : start + AT_ONCE]


def _at_once(line: SessionLine, people: Sequence[Member], *, ahead: bool) -> None:
    """One button for what is so of most: those who are drawn come, or those who were expected came."""
    before: Mark = None if ahead else "expected"
    after: AttendanceState = "expected" if ahead else "attended"
    open_ones = [(line.id, one.id) for one in people if line.attendance.get(one.id) == before]
    label = "Expect everybody shown" if ahead else "All who were expected attended"
    if len(open_ones) < 2:
        return
    whose = f"{open_ones[0][1]}-{len(open_ones)}"  # a press on what is no longer shown marks nobody
    if not st.button(label, key=f"mark-all-{line.id}-{whose}", icon=":material/done_all:"):
        return
    for place in open_ones:
        try:
            house.write(mark_attendance, *place, after, before)
        except ToolkitError as error:
            st.error(words.plain(str(error)))
            return
        _bases().pop(place, None)  # what its field still shows is no choice any more
        st.session_state[ADOPTED].add(place)
    st.rerun()


def _part(people: Sequence[Member], start: int) -> str:
    end = min(start + AT_ONCE, len(people))
    return f"{start + 1} to {end} of {len(people)}: {people[start].details.code} to {people[end - 1].details.code}"


def _field(line: SessionLine, member: Member, *, ahead: bool) -> None:
    place, stored = (line.id, member.id), line.attendance.get(member.id)
    states: list[AttendanceState] = [state for state in STATES if not ahead or state in ("expected", stored)]
    filled = _prepare(place, stored)
    # On every run: a field that the browser is slow to draw begins with this, and would send back nothing as an answer.
    # Only beside a value that was filled in on this run it may not stand.
    st.segmented_control(
        words.plain(member.label),
        states,
        default=None if filled else stored,
        format_func=STATES.__getitem__,
        key=key_of(place),
    )
    if place not in _bases():
        _bases()[place] = stored
        if place not in _troubles():
            _bring(place, stored)
    _show(place)


def _bring(place: Place, stored: Mark) -> None:
    """What a browser still shows to a new session may be a choice, or an old screen: the person says which."""
    held: Mark = st.session_state.get(key_of(place))
    if held != stored:
        _troubles()[place] = Trouble(held, Conflict("Your screen and what is stored differ.", "mark"), stored)


def _compare(place: Place, base: Mark) -> None:
    shown: Mark = st.session_state[key_of(place)]
    trouble = _troubles().get(place)
    if shown == base:
        _troubles().pop(place, None)
    elif not trouble or trouble.mine != shown:
        _save(place, shown, base)


def _save(place: Place, mine: Mark, base: Mark) -> None:
    known, refused = _bases(), _troubles()  # before it is written, as in drafts.save
    try:
        house.write(mark_attendance, *place, mine, base)
    except ToolkitError as error:
        theirs = _stored(place) if isinstance(error, Conflict) else base
        refused[place] = Trouble(mine, error, theirs)
    else:
        known[place] = mine
        refused.pop(place, None)


def _stored(place: Place) -> Mark:
    line = next((one for one in house.read(training_sessions) if one.id == place[0]), None)
    return line.attendance.get(place[1]) if line else None


def _prepare(place: Place, stored: Mark) -> bool:
    """Before it is drawn: what somebody else stored is taken over, and what was refused and left is there again.
    Whether the field was filled so.
    """
    trouble, adopted = _troubles().get(place), st.session_state.setdefault(ADOPTED, set())
    if trouble and key_of(place) not in st.session_state:
        st.session_state[key_of(place)] = trouble.mine
        return True
    if not trouble and (place in adopted or (place in _bases() and _bases()[place] != stored)):
        adopted.discard(place)
        st.session_state[key_of(place)] = _bases()[place] = stored
        return True
    return False


def _show(place: Place) -> None:
    trouble = _troubles().get(place)
    if trouble is None:
        return
    if not isinstance(trouble.error, Conflict):
        st.error(f"Not saved. {words.plain(str(trouble.error))}", icon=":material/error:")
        return
    st.warning(
        f"Not saved. {words.plain(str(trouble.error))}\n\n- Stored now: {_said(trouble.theirs)}\n"
        f"- Yours: {_said(trouble.mine)}",
        icon=":material/call_split:",
    )
    with st.container(horizontal=True):
        if st.button("Leave what is stored", key=f"theirs-{key_of(place)}"):
            del _troubles()[place], _bases()[place]
            st.session_state[ADOPTED].add(place)
            st.rerun()
        if st.button("Save mine instead", key=f"mine-{key_of(place)}"):
            _save(place, trouble.mine, trouble.theirs)
            st.rerun()


def _said(mark: Mark) -> str:
    return STATES[mark].lower() if mark else "not marked"


def _bases() -> dict[Place, Mark]:
    found: dict[Place, Mark] = st.session_state.setdefault(BASES, {})
    return found


def _troubles() -> dict[Place, Trouble]:
    found: dict[Place, Trouble] = st.session_state.setdefault(TROUBLES, {})
    return found
