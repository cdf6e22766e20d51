"""The composition root: the only place where pages meet the engine, the actor and the clock.

State, in this order: the database; the address, for small fixed choices and random ids; `st.session_state`, whose keys
are named here.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from assessments import demo
from assessments.errors import ToolkitError
from assessments.store import database, place, walls
from assessments.store.access import RIGHTS, Actor, roles_of
from assessments.store.database import Engine, Session
from assessments.store.tables import Agency, Person
from assessments.use_cases.agencies import local_person
from assessments.use_cases.looking_after import ADMINISTERS, looks_after
from assessments.use_cases.sessions import end_session, person_of, stand_in, stands_in
from pages.shared import words

P = ParamSpec("P")
R = TypeVar("R")

ACTOR = "house.actor"
AGENCY = "house.agency"
PERSON = "house.person"
ROLES = "house.roles"
COLLABORATIVE = "house.collaborative"
FLASH = "house.flash"
DEMONSTRATION = "house.demonstration"
SHOW = ("show", "demonstration")
"""In the address, so that a tab that looks at the invented agencies does so after a reload and a restart too."""


@dataclass
class Said:
    message: str
    place: str = ""
    shown: bool = False
    """In this run."""
    told: bool = False
    """In any; from the start, where no toast is wanted."""


def only_demonstration() -> bool:
    """The server was started for nothing else."""
    return os.environ.get("PLUMBLINE_DEMO") == "1"


def in_demonstration() -> bool:
    """This tab looks at the invented agencies."""
    return only_demonstration() or bool(st.session_state.get(DEMONSTRATION))


def enter() -> None:
    """On every run, first: takes the demonstration from the address, and keeps it there on the way to other pages."""
    key, value = SHOW
    if st.query_params.get(key) == value:
        st.session_state[DEMONSTRATION] = True
    elif st.session_state.setdefault(DEMONSTRATION, False):  # to ask for what is not there takes Streamlit far longer
        st.query_params[key] = value


def along() -> dict[str, str]:
    """What an address of this tab has to say, so that another tab shows the same house."""
    return dict([SHOW]) if st.session_state.get(DEMONSTRATION) else {}


def look_at_demonstration(yes: bool) -> None:
    """Also forgets what this tab knew of the other house."""
    st.session_state.clear()
    st.session_state[DEMONSTRATION] = yes
    st.query_params.clear()


def remove_demonstration() -> None:
    """Its own folder alone; where the server shows nothing else, the next run furnishes it afresh."""
    url = place.sqlite_url(place.demonstration_dir())
    _connected(url).dispose()
    _connected.clear()
    demo.remove()
    look_at_demonstration(False)


def engine() -> Engine:
    if in_demonstration():
        return _connected(place.sqlite_url(place.demonstration_dir()))
    return _connected(place.database_url())


@st.cache_resource(show_spinner=False)
def _connected(url: str) -> Engine:
    connected = database.connect(url)
    database.migrate(connected)
    return connected


def actor() -> Actor:
    """Set by the frame on every run, before any page."""
    found: Actor = st.session_state[ACTOR]
    return found


def agency() -> Agency:
    """The settings of the actor's agency, read by the frame on this very run."""
    found: Agency = st.session_state[AGENCY]
    return found


def is_collaborative() -> bool:
    """The actor's agency is one, and rates itself instead of sites; read by the frame on this very run."""
    return bool(st.session_state.get(COLLABORATIVE))


def roles(db: Session, actor: Actor) -> frozenset[str]:
    """In the agency; and that of a host administrator, which is held in none."""
    hosts = is_hosted() and looks_after(db, signed_in(db))
    with walls.seen_by(db, walls.Asker(actor.agency_id, actor.person_id)):
        return frozenset(roles_of(db, actor)) | ({ADMINISTERS} if hosts else frozenset())


def held() -> frozenset[str]:
    found: frozenset[str] = st.session_state[ROLES]
    return found


def may(*use_cases: str) -> bool:
    """Whether the actor's roles, read by the frame on this very run, reach one of them. A courtesy, so that nothing is
    offered that would be refused: the use case itself asks again.
    """
    return any(RIGHTS[name] & held() for name in use_cases)


def session_id() -> str:
    """Of the browser, as the guard told it; "" where no guard stands before the pages, as in their tests."""
    return st.context.headers.get("x-plumbline-session", "")


def is_hosted() -> bool:
    """People sign in here; else one person uses it, on one machine."""
    return bool(os.environ.get("PLUMBLINE_HOSTED"))


def person(db: Session) -> Person | None:
    """Who is here: where people sign in, whoever did in this browser. The demonstration is nobody's."""
    if is_hosted() and not in_demonstration():
        return person_of(db, session_id())
    return local_person(db)


def signed_in(db: Session) -> str:
    """The id of who has signed in, for what only a host administrator may do; "" where nobody does."""
    if not is_hosted() or in_demonstration():
        return ""
    found = person_of(db, session_id())
    return found.id if found else "nobody"


def chosen_before(db: Session) -> str:
    """The id of the agency that was chosen last in this browser, whether it is still the person's or not."""
    return stands_in(db, session_id()) if session_id() else ""


def keep_chosen(agency_id: str) -> None:
    """For the next reload, typed address, or restart; of the demonstration in its own database."""
    with database.writing(engine()) as db:
        if session_id() and stands_in(db, session_id()) != agency_id:
            stand_in(db, now(), session_id(), agency_id)


def leave() -> None:
    """Ends the browser's session, for all its tabs; sessions lie in the house's own database, also where this tab looks
    at the demonstration.
    """
    with database.writing(_connected(place.database_url())) as db:
        end_session(db, now(), session_id())


def now() -> datetime:
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """In the agency's own time zone."""
    return moment.astimezone(ZoneInfo(agency().time_zone))


def today() -> date:
    """In the agency's own time zone."""
    return local(now()).date()


@contextmanager
def reading() -> Iterator[Session]:
    """A toolkit error is shown as it stands, and the page ends there; anything else is a bug and goes to the log."""
    try:
        with database.reading(engine()) as db:
            yield db
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        st.stop()


def read(use_case: Callable[Concatenate[Session, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    with reading() as db:
        return use_case(db, actor(), *args, **kwargs)


def write(use_case: Callable[Concatenate[Session, Actor, datetime, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """One transaction; a toolkit error goes to the caller, with nothing written."""
    with database.writing(engine()) as db:
        return use_case(db, actor(), now(), *args, **kwargs)


def done(use_case: Callable[Concatenate[Session, Actor, datetime, P], Any], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether it was done; where it was refused, the reason is shown in place."""
    try:
        write(use_case, *args, **kwargs)
    except ToolkitError as error:
        st.error(words.plain(str(error)))
        return False
    return True


def say(message: str, place: str = "", *, toast: bool = True) -> None:
    """Shown once, at the top of the next run; or in that place of the page, until something else is begun there, and
    with a `toast` where that place may be out of sight.
    """
    st.session_state[FLASH] = Said(message, place, told=not toast)


def show_said(place: str = "") -> None:
    said: Said | None = st.session_state.get(FLASH)
    if said is None or said.place != place:
        return
    if place and not said.told:  # wherever the page is scrolled to
        st.toast(words.plain(said.message), icon=":material/check_circle:")
    said.shown = said.told = True
    st.success(words.plain(said.message), icon=":material/check_circle:")


def unsay() -> None:
    st.session_state.pop(FLASH, None)


@contextmanager
def telling() -> Iterator[None]:
    """Around a page. What was said is forgotten once the page is whole: a second click on what saved it cuts the run
    short that says so, and the next one says it again.
    """
    try:
        yield
    except StopException:
        _forget_said()
        raise
    else:
        _forget_said()


def _forget_said() -> None:
    said: Said | None = st.session_state.get(FLASH)
    if said and said.shown != bool(said.place):
        unsay()
    elif said:
        said.shown = False
