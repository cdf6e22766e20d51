"""After the draw: what is to be read, by whom twice, how far it got, and what was put aside."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.errors import ToolkitError
from assessments.use_cases.drawing import ASIDE, put_record_aside
from assessments.use_cases.recoded import recoded
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import ReviewLine
from pages.plans import record_words
from pages.shared import choices, hallway, house, words


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    drawn = sorted((one for one in rows if one.turn), key=lambda one: one.turn or 0)
    live = sorted((one for one in drawn if not one.put_aside), key=lambda one: one.details.code)
    totals = {assessment: len(found.indicators) for assessment, found in record_words.checklists(line).items()}
    done = sum(_is_done(one, totals) for one in live)
    st.subheader(f"{done} of {words.count(len(live), 'record')} read")
    st.markdown(
        f"Drawn from {words.count(len(rows), 'record')}, **{line.second}** for two readers. Seed: `{line.seed}`"
        "  \n:small[By code, each with its quarter, and how many of its elements are answered.]"
    )
    if many := house.read(recoded, line.id):
        codes = words.count(many, "code was", "codes were")
        st.caption(f"{codes} replaced since the draw, so seed and list do not repeat it: it rests on the codes before.")
    for one in record_words.a_page(live, f"turns-{line.id}"):
        _show(line, one, totals)
    _put_aside(line, live)
    if aside := [one for one in drawn if one.put_aside]:
        _show_aside(line, aside)


def any_done(line: ReviewLine, rows: Sequence[RecordLine]) -> bool:
    """Then the draw stays, and no way back is shown."""
    totals = {assessment: len(found.indicators) for assessment, found in record_words.checklists(line).items()}
    return any(_is_done(one, totals) for one in rows if one.turn)


def _show(line: ReviewLine, one: RecordLine, totals: Mapping[str, int]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"turn-{one.id}"):
        hallway.next_step(hallway.READ_PLAN, one.details.code, _sign(one, totals), review=line.id, record=one.id)
        st.markdown(f"{one.details.quarter} · {_how_far(line, one, totals)}")


def _sign(one: RecordLine, totals: Mapping[str, int]) -> str:
    if _is_done(one, totals):
        return ":material/check_circle:"
    return ":material/timelapse:" if one.read else ":material/radio_button_unchecked:"


def _is_done(one: RecordLine, totals: Mapping[str, int]) -> bool:
    """By everybody who is to read it, on every checklist."""
    readers = 2 if one.second else 1
    return all(min(one.read.get(read, (0, 0, 0))[:readers]) >= total for read, total in totals.items())


def _how_far(line: ReviewLine, one: RecordLine, totals: Mapping[str, int]) -> str:
    titles = {read.assessment: words.in_terms(read.title, house.agency()) for read in line.reads}
    said = []
    for read, total in totals.items():
        first, second, _ = one.read.get(read, (0, 0, 0))
        far = f"{first} and {second} of {total}" if one.second else f"{first} of {total}"
        said.append(f"{words.plain(titles[read])}: {far}" if len(totals) > 1 else far)
    twice = "**two readers** " if one.second else ""
    return twice + "; ".join(said)


def _put_aside(line: ReviewLine, live: Sequence[RecordLine]) -> None:
    by_id, key = {one.id: one for one in live}, f"aside-{line.id}"
    with st.expander("A record cannot be read", icon=":material/move_down:"):
        st.markdown(f"**Your rule:** {words.plain(line.rules.replacement)}")
        left, right = st.columns(2)
        chosen = left.selectbox(
            "Record",
            list(by_id),
            index=None,
            placeholder="Choose a code",
            format_func=choices.steady(key, by_id, lambda one: by_id[one].details.code),
            key=key,
        )
        why = right.selectbox(
            "Why",
            list(ASIDE),
            index=None,
            placeholder="Choose the reason",
            format_func=ASIDE.__getitem__,
            key=f"why-{line.id}",
        )
        ready = chosen is not None and why is not None
        wanted = st.button("Put it aside", key=f"put-aside-{line.id}", icon=":material/move_down:", disabled=not ready)
        if wanted and chosen and why:
            _put(line, by_id[chosen], why)


def _show_aside(line: ReviewLine, aside: Sequence[RecordLine]) -> None:
    st.subheader("Put aside")
    for one in aside:
        with st.container(horizontal=True, vertical_alignment="center", key=f"aside-{one.id}"):
            st.markdown(f"**{words.plain(one.details.code)}** · {ASIDE[one.put_aside]}")
            if st.button("Take it back", key=f"back-{one.id}", icon=":material/undo:"):
                _put(line, one, "")


def _put(line: ReviewLine, one: RecordLine, why: str) -> None:
    code = one.details.code
    try:
        other = house.write(put_record_aside, line.id, one.id, why, one.version)
    except ToolkitError as error:
        st.error(words.plain(str(error)), icon=":material/error:")
        return
    if why:
        instead = f"{other} is read in its place." if other else "No other is left to take its place."
        house.say(f"{code} is put aside. {instead}")
    else:
        house.say(f"{code} is read again{f'; {other} is not read any more' if other else ''}.")
    st.rerun()
