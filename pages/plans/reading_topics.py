"""The topics of one record: its dates, the headings and the process, who took part. One is open at a time."""

from collections.abc import Mapping

import streamlit as st

from pages.plans.reading import Reading, said
from pages.plans.reading_choices import ASSESSMENT, READER, RECORD
from pages.shared import choices, hallway, words

DATES, TEAM = "dates", "team"
TOPIC = "topic"
HERE = "reading.topic"
"""What was drawn last in this tab: an address that says otherwise was followed by the person."""


def of(reading: Reading) -> dict[str, str]:
    """Id -> title. The dates and who took part are given once, by the first reader."""
    domains = {one.id: said(one.title) for one in reading.checklist.domains}
    if reading.reader == "second":
        return domains
    return {DATES: "Dates", **domains, TEAM: "Who took part"}


def choose(reading: Reading, topics: Mapping[str, str]) -> str:
    """That of the address; else the dates, and once they were given the first heading in which something is left."""
    key = f"topic-{reading.read.assessment}-{reading.reader}-{reading.record.id}"
    asked = st.query_params.get(TOPIC) or _of_indicator(reading, st.query_params.get("open", ""))
    if asked in topics and (key not in st.session_state or st.session_state.get(HERE) != (key, asked)):
        st.session_state[key] = asked
    elif key not in st.session_state:
        st.session_state[key] = _first(reading, topics)
    say = choices.steady(key, topics, lambda one: _label(reading, one, topics[one]), required=True)
    if st.session_state[key] not in topics:
        st.session_state[key] = _first(reading, topics)
    chosen = st.segmented_control("Topic", list(topics), format_func=say, key=key, required=True)
    topic = chosen or next(iter(topics))
    st.session_state[HERE] = (key, topic)
    if st.query_params.get(TOPIC) != topic:
        st.query_params[TOPIC] = topic
    return topic


def left(reading: Reading, topic: str) -> int:
    return sum(one.id not in reading.answered for one in reading.checklist.by_domain.get(topic, ()))


def show_progress(reading: Reading, topic: str, topics: Mapping[str, str]) -> None:
    """The house's script shows the next unrated card here; a click opens the next topic that has one."""
    total, answered = len(reading.checklist.indicator), len(reading.answered)
    code = words.plain(reading.record.details.code)
    with st.container(horizontal=True, vertical_alignment="bottom", key="progress"):
        st.progress(answered / total, text=f"**{answered} of {total} answered** for {code}{_records_done(reading)}")
        wanted = answered < total and st.button("Next unrated", key="next-unrated", icon=":material/south:")
        if wanted and not left(reading, topic):
            st.query_params[TOPIC] = next(one for one in topics if left(reading, one))
            st.rerun()


def lead_on(reading: Reading, topic: str, topics: Mapping[str, str]) -> None:
    """To the next topic, after the last to the next record, after that to the results."""
    names = list(topics)
    following = next(iter(names[names.index(topic) + 1 :]), None)
    address = {"review": reading.line.id, ASSESSMENT: reading.read.assessment, READER: reading.reader}
    if following:
        at = {**address, RECORD: reading.record.id, TOPIC: following}
        hallway.next_step(hallway.READ_PLAN, f"Next topic: {topics[following]}", **at)
    elif reading.following:
        code = words.plain(reading.following.details.code)
        hallway.next_step(hallway.READ_PLAN, f"Next record: {code}", **address, **{RECORD: reading.following.id})
    else:
        hallway.next_step(hallway.RESULTS, "Results of the review", ":material/query_stats:", review=reading.line.id)


def _records_done(reading: Reading) -> str:
    """Of the first reader, whose answers from the clocks are stored like any other."""
    if reading.reader == "second" or len(reading.to_read) == 1:
        return ""
    total, of = len(reading.checklist.indicator), reading.read.assessment
    done = sum(one.read.get(of, (0, 0, 0))[0] >= total for one in reading.to_read)
    return f" · {done} of {len(reading.to_read)} records read through"


def _first(reading: Reading, topics: Mapping[str, str]) -> str:
    if DATES in topics and not reading.clocks and not reading.answered:
        return DATES
    return next((one for one in topics if left(reading, one)), next(iter(topics)))


def _of_indicator(reading: Reading, name: str) -> str:
    """The topic of an indicator that a link names."""
    by_domain = reading.checklist.by_domain
    return next((topic for topic, ones in by_domain.items() if name in (one.id for one in ones)), "")


def _label(reading: Reading, topic: str, title: str) -> str:
    if topic not in reading.checklist.by_domain:
        done = topic == DATES and reading.clocks
        return f"{title} :material/check:" if done else title
    return f"{title} · {count} left" if (count := left(reading, topic)) else f"{title} :material/check:"
