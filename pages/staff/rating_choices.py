"""Who rates, as of which day, and in which of the two ways; and what the page knows of people while it stays open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import streamlit as st

from assessments.rules.competency import SKILL, RaterKind, target_of
from assessments.use_cases.competencies import ratable
from assessments.use_cases.job_roles import job_roles
from assessments.use_cases.staff import Member
from pages.shared import choices, house, words
from pages.staff import choosing, rating_day
from pages.staff import rating_drafts as drafts
from pages.staff import rating_words as said
from standards.model import Checklist, Indicator

Way = Literal["person", "competency"]
WAYS: dict[Way, str] = {"person": "One person", "competency": "One competency"}
WAY, AS = "way", "as"
STAFF, COMPETENCY = "staff", "competency"
"""In the address, in fixed words, random ids and indicators, so that a link leads back to what was not saved."""
KNOWN = "rating.known"


@dataclass(frozen=True)
class Known:
    """Whom the actor may rate, by as what, and what each role needs, by its id."""

    people: Mapping[RaterKind, Sequence[Member]]
    needs: Mapping[str, Mapping[str, int]]

    def target(self, member: Member, indicator: str) -> int | None:
        needed = [self.needs.get(role, {}).get(indicator) for role in member.details.roles]
        return target_of(level for level in needed if level is not None)


@dataclass(frozen=True)
class Session:
    """What one rates as, how and for which day; `members` are all whom one may rate so."""

    checklist: Checklist
    kind: RaterKind
    way: Way
    on: date
    known: Known

    @property
    def members(self) -> Sequence[Member]:
        return self.known.people[self.kind]

    @property
    def here(self) -> list[Member]:
        return [one for one in self.members if one.is_here(self.on)]

    @property
    def indicators(self) -> list[Indicator]:
        """A check shows no skill."""
        checked = self.kind == "knowledge-check"
        return [one for one in self.checklist.indicators if not (checked and one.ladder == SKILL)]


def known(checklist: Checklist) -> Known:
    """Read anew on every run but those that a rating brought about: a roster of hundreds takes longer than a save."""
    found: tuple[object, Known] | None = st.session_state.get(KNOWN)
    whose = (house.actor(), checklist.key)
    if found is None or found[0] != whose or not drafts.rated():
        needs = {role.id: role.profile.needs for role in house.read(job_roles, checklist.key, archived=True)}
        found = (whose, Known(house.read(ratable), needs))
        st.session_state[KNOWN] = found
    return found[1]


def choose(checklist: Checklist) -> Session | None:
    """None while another day is being given. Ends the page where there is nobody to rate."""
    about = known(checklist)
    if not about.people:
        choosing.people()
        st.info(
            "There is nobody here whom you may rate. Everybody rates themselves once an administrator has said who "
            "they are on the roster; a supervisor rates their own team."
        )
        st.stop()
    first, second = st.columns([3, 2], vertical_alignment="bottom")
    with first:
        kind = _choose_kind(about)
    with second:
        way = _choose_way()
    st.caption(said.ABOUT[kind])
    on = rating_day.choose()
    return Session(checklist, kind, way, on, about) if on else None


def _choose_kind(about: Known) -> RaterKind:
    return st.segmented_control(
        "You rate as",
        list(about.people),
        default=usual(about.people),
        format_func=said.KINDS.__getitem__,
        key=AS,
        required=True,
        wrap=True,
        bind="query-params",
    )


def _choose_way() -> Way:
    """A link that names a competency and nobody leads to all who need it."""
    led = COMPETENCY in st.query_params and not {STAFF, WAY} & set(st.query_params)
    default: Way | None = "person"
    if led and WAY not in st.session_state:
        st.session_state[WAY], default = "competency", None
    chosen = st.segmented_control(
        "Rate",
        list(WAYS),
        default=default,
        format_func=WAYS.__getitem__,
        key=WAY,
        required=True,
        width="stretch",
        bind="query-params",
    )
    return chosen or "person"


def choose_one(label: str, names: Mapping[str, str], address: str, key: str, *, first: bool) -> str | None:
    """By the address; else the first, or nothing until something is chosen. What is chosen stands in the address: a
    random id, or an indicator.
    """
    asked, last = st.query_params.get(address), f"{key}.last"
    say = choices.steady(key, names, names.__getitem__)
    if asked in names and (key not in st.session_state or asked != st.session_state.get(last)):
        st.session_state[key] = asked  # a link was followed: the field on the screen may still say otherwise
    elif st.session_state.get(key) not in names:
        st.session_state.pop(key, None)
    chosen: str | None = st.selectbox(
        label,
        list(names),
        index=0 if first else None,
        format_func=say,
        key=key,
        placeholder="Choose, or type to search",
    )
    if chosen is None:
        st.query_params.pop(address, None)
    elif asked != chosen:
        st.query_params[address] = chosen
    st.session_state[last] = chosen
    return chosen


def said_of(indicator: Indicator) -> str:
    return f"{indicator.id} · {words.in_terms(indicator.text, house.agency())}"


def usual(people: Mapping[RaterKind, Sequence[Member]]) -> RaterKind:
    """A supervisor for whom there is a team; else oneself."""
    return "supervisor" if "supervisor" in people else next(iter(people))
