"""The topics of one person's competencies: one is open at a time, and each says how much of it is left."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assessments.use_cases.staff import Member
from pages.shared import choices, hallway, house, words
from pages.staff import rating_words as said
from pages.staff.rating_choices import AS, COMPETENCY, STAFF, Session, usual
from pages.staff.rating_day import ON
from pages.staff.rating_row import OPEN, Row
from standards.model import Checklist

TOPIC = "topic"
HERE = "rating.topic"
"""Whose topic was drawn last in this tab: an address that says otherwise was followed by the person."""
MOST_SIDE_BY_SIDE = 12


@dataclass(frozen=True)
class Topic:
    """`title` is in the agency's terms, as it was typed."""

    id: str
    title: str
    rows: Sequence[Row]

    @property
    def left(self) -> int:
        return sum(row.stored is None for row in self.rows)


def of(checklist: Checklist, rows: Sequence[Row]) -> list[Topic]:
    """Those that have something to rate."""
    by_id = {row.field.indicator: row for row in rows}
    found = [
        Topic(
            domain.id,
            words.in_terms(domain.title, house.agency()),
            [by_id[one.id] for one in checklist.by_domain[domain.id] if one.id in by_id],
        )
        for domain in checklist.domains
    ]
    return [topic for topic in found if topic.rows]


def choose(session: Session, member: Member, topics: Sequence[Topic]) -> Topic:
    """That of the address, else the first in which something is left."""
    by_id, key = {topic.id: topic for topic in topics}, f"topic-{session.kind}-{session.on}-{member.id}"
    asked = _asked(topics)
    if asked in by_id and (key not in st.session_state or st.session_state.get(HERE) != (key, asked)):
        st.session_state[key] = asked
    elif key not in st.session_state:
        st.session_state[key] = _first(topics)
    few = len(topics) <= MOST_SIDE_BY_SIDE
    say = choices.steady(key, by_id, lambda one: _label(by_id[one]) if few else by_id[one].title, required=True)
    if st.session_state[key] not in by_id:
        st.session_state[key] = _first(topics)
    if few:
        shown: str | None = st.segmented_control("Topic", list(by_id), format_func=say, key=key, required=True)
    else:
        shown = st.selectbox("Topic", list(by_id), format_func=say, key=key)
    chosen = by_id[shown or topics[0].id]
    st.session_state[HERE] = (key, chosen.id)
    # On every run: a link to the page that one is on brings its address here and leaves the browser's as it was.
    st.query_params[TOPIC] = chosen.id
    return chosen


def _first(topics: Sequence[Topic]) -> str:
    return next((topic.id for topic in topics if topic.left), topics[0].id)


def lead_on(session: Session, member: Member, topics: Sequence[Topic], topic: Topic) -> None:
    following = topics[topics.index(topic) + 1 :]
    if not following:
        return
    # What the fields leave out of the address is left out: what they take out again is one more step on the way back.
    address = {STAFF: member.id, TOPIC: following[0].id}
    if session.kind != usual(session.known.people):
        address[AS] = said.KINDS[session.kind]
    if session.on != house.today():
        address[ON] = session.on.isoformat()
    hallway.next_step(hallway.RATE_STAFF, f"Next topic: {words.plain(following[0].title)}", **address)


def _asked(topics: Sequence[Topic]) -> str | None:
    """By its own id, or by a competency in it."""
    if TOPIC in st.query_params:
        return st.query_params[TOPIC]
    named = st.query_params.get(OPEN) or st.query_params.get(COMPETENCY)
    return next((topic.id for topic in topics if any(row.id == named for row in topic.rows)), None)


def _label(topic: Topic) -> str:
    title = words.plain(topic.title)
    return f"{title} · {topic.left} left" if topic.left else f"{title} :material/check:"
