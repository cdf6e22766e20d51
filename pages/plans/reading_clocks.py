"""The clocks of one record: what they came to, and the form in which dates are given and forgotten."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.rules.moment_faults import OR_THE_LIST, faults
from assessments.rules.moment_words import NAMES
from assessments.rules.moments import Moments
from assessments.use_cases.clocks import GIVES_WAY, set_clocks
from pages.plans import clock_words, moment_fields
from pages.plans.reading import Reading
from pages.shared import hallway, house, words

TIMES = "clocks.times"
"""How often a form was handed in, so that the next one is a new and empty one."""

TYPED_AND_WAITING = (
    "dates are typed and not counted yet. They wait under the topic Dates while you read this record, and are "
    "forgotten with the next one."
)
TYPED_AND_LEFT = (
    "Dates typed for another record were not counted, and are forgotten now. No clock of it was set by them."
)
OVER_HAND = "Where something else was answered by hand, the dates stand"


def _prefix(reading: Reading) -> str:
    return f"{reading.record.id}-{st.session_state.get(TIMES, 0)}"


def keep_typed(reading: Reading, *, dates_are_open: bool) -> None:
    """Over the other topics of the record; with another record, what was typed of this one is forgotten."""
    prefix = _prefix(reading)
    if moment_fields.is_left(prefix):
        st.warning(TYPED_AND_LEFT, icon=":material/history_toggle_off:")
    if moment_fields.hold(prefix) and not dates_are_open and not reading.clocks_stay:
        code = words.plain(reading.record.details.code)
        st.warning(f"{code}: {TYPED_AND_WAITING}", icon=":material/schedule:")


def show(reading: Reading) -> None:
    _show_set(reading)
    if reading.clocks_stay:
        st.markdown(":material/lock: The reading of this record is closed, so its clocks stay as they are.")
        return
    moment_fields.say_what_becomes_of_them()
    if reading.clocks:
        st.warning(
            "What you give here takes the place of all clocks above. The dates behind them were forgotten: give them "
            "all again.",
            icon=":material/history_toggle_off:",
        )
    _ask(reading)


def _show_set(reading: Reading) -> None:
    if not reading.clocks:
        st.markdown("No clock is set yet. What you do not give here can be answered by hand under each topic.")
        return
    newest = max(reading.clocks.values(), key=lambda one: one.at)
    when = words.clock(house.local(newest.at), house.today())
    st.markdown(f":material/check_circle: Set {when}, {words.plain(newest.by)}.")
    lines = [
        f"- {title}: {clock_words.told(clock, reading.clocks[clock].came_to, reading.standards)}"
        for clock, title in clock_words.TITLES.items()
        if clock in reading.clocks
    ]
    st.markdown("\n".join(lines))


def _ask(reading: Reading) -> None:
    prefix = _prefix(reading)
    with st.container(border=True, key="dates"):
        moment_fields.draw(prefix)
        st.checkbox(OVER_HAND, key=f"over-hand-{prefix}")
        given = st.button("Set the clocks and forget the dates", type="primary", icon=":material/schedule:", key="set")
    if given:
        _set(reading, prefix)
    if reading.clocks:
        with st.popover("Take the clocks out", icon=":material/undo:"):
            st.markdown("What follows from these dates becomes open again. The dates cannot be brought back.")
            if st.button("Take them out", key="clocks-out", type="primary"):
                _put(reading, Moments(), "The clocks were taken out.", prefix)


def _set(reading: Reading, prefix: str) -> None:
    moments, unread = moment_fields.collect(prefix)
    if wrong := (*_told(unread), *_against(reading, moments, unread)):
        _say_wrong(reading, wrong)
    elif not moments.given:
        st.warning("Nothing is given yet. Give at least one date, or what applies.")
    else:
        code = reading.record.details.code
        _put(reading, moments, f"The clocks of {code} are set, and the dates forgotten.", prefix)


def _put(reading: Reading, moments: Moments, said: str, prefix: str) -> None:
    record = reading.record
    try:
        over = bool(st.session_state.get(f"over-hand-{prefix}"))
        house.write(set_clocks, reading.line.id, record.id, moments, record.version, over)
    except Conflict as error:
        remedy = f" Look at these answers, or tick “{OVER_HAND}” and set the clocks again."
        _say_wrong(reading, [f"{error}{remedy if error.field == GIVES_WAY else ''}"])
        return
    except ToolkitError as error:
        _say_wrong(reading, str(error).splitlines())
        return
    moment_fields.forget(prefix)
    st.session_state[TIMES] = st.session_state.get(TIMES, 0) + 1
    house.say(said)
    st.rerun()


def _told(unread: Mapping[str, str]) -> list[str]:
    return [f"{NAMES[field]}: {said}" for field, said in unread.items()]


def _against(reading: Reading, moments: Moments, unread: Mapping[str, str]) -> list[str]:
    """What cannot be of the moments that can be read, so that nothing is told in a second round."""
    of = reading.record.details
    quarter = "" if {"born", "began"} & unread.keys() else of.quarter
    found = faults(moments, of.identified, of.began, house.today(), quarter)
    return [f"{NAMES[field]}: {said}" for field, said in found]


def _say_wrong(reading: Reading, lines: Sequence[str]) -> None:
    """Told together; what was typed stays in its field to be mended."""
    listed = "\n".join(f"- {words.plain(line)}" for line in lines)
    st.error(f"Not set; nothing was written.\n\n{listed}", icon=":material/error:")
    if any(OR_THE_LIST in line for line in lines):
        code = words.plain(reading.record.details.code)
        hallway.next_step(hallway.RECORDS, f"What the list says of {code}", ":material/list:", review=reading.line.id)
