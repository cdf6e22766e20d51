"""The parts of the results of a review, table by table."""

from collections.abc import Iterable, Sequence

import pandas as pd
import streamlit as st

from assessments.rules.plan_results import ElementResult
from pages.shared import words
from reports import plan_misses, plan_timing
from reports import plan_results as told
from reports.plan_results import Told
from standards.model import Indicator

KEPT = {"Met", "Addressed", "In time", told.LIKELY}
UNBROKEN = r"(?<=\d) (?=of|%)|(?<=of) (?=\d)"


def headings(shown: Told) -> None:
    found = told.headings(shown.results, shown.say)
    if not found:
        return
    st.header("The six headings")
    rows = [
        {
            "Heading": f"**{words.plain(title)}**",
            "Addressed": told.counted(one.met, one.of),
            told.LIKELY: told.possible_together(one),
            "Not counted": told.left_over(one),
        }
        for title, one in found
    ]
    _table(rows)
    st.caption(told.ADDRESSED)


def critical(shown: Told) -> None:
    results = shown.results
    found = told.of_critical(results)
    if not found:
        return
    st.header("Critical elements")
    st.markdown(f"**{told.all_met(results.critical)}**")
    if likely := told.likely(results.critical):
        st.markdown(likely)
    _elements(shown, found)
    st.caption(told.CRITICAL)
    if shown.unmet or plan_misses.left_unlisted(shown):
        _unmet(shown)


def _unmet(shown: Told) -> None:
    with st.expander(f"Every critical element that is not met, by record ({plan_misses.how_many_listed(shown)})"):
        st.markdown(plan_misses.every_case(shown))
        if shown.unmet:
            _table(
                {"Element": _name(shown, one), "Records": words.plain(codes)}
                for one, codes in plan_misses.unmet_by(shown)
            )


def timing(shown: Told) -> None:
    clocks = shown.results.clocks
    st.header("Timing")
    st.caption(plan_timing.INTRO)
    if not clocks:
        st.markdown(plan_timing.NO_CLOCK)
    for group, rows in plan_timing.groups(clocks).items():
        st.subheader(group)
        _table(
            {
                "What": title,
                "In time": plan_timing.met(one),
                "Median": middle,
                "Not counted": plan_timing.not_counted(one),
            }
            for title, one, middle in rows
        )
    if plan_timing.has_interim(clocks):
        st.caption(plan_timing.INTERIM)


def elements(shown: Told) -> None:
    st.header("Every element")
    if few := told.provisional(shown.results):
        st.markdown(f":material/info: {few}")
    st.caption(f"{told.intervals(shown.results)} {told.LEVELS}")
    if told.is_small(shown.results):
        st.warning(told.SMALL, icon=":material/visibility:")
    for domain, found in told.by_domain(shown.results):
        with st.expander(f"**{words.plain(shown.say(domain.title))}**: {told.in_short(found)}"):
            _elements(shown, found)


def _elements(shown: Told, found: Sequence[tuple[Indicator, ElementResult]]) -> None:
    _table(
        {
            "Element": _name(shown, indicator),
            "Met": _met(one),
            told.LIKELY: told.possible(one.interval),
            "Level": told.level(shown.results, one),
        }
        for indicator, one in found
    )


def _met(one: ElementResult) -> str:
    """What is not counted stands below and not in a column of its own: on a phone the element itself needs the room."""
    left_out = told.not_counted(one)
    said = told.counted(one.met, one.of)
    return said if left_out == told.NOTHING else f"{said}  \n*{left_out}*"


def _name(shown: Told, indicator: Indicator) -> str:
    said = f"**{words.plain(indicator.id)}** {words.plain(shown.say(indicator.text))}"
    return f"{said} *{told.classed(indicator)}*" if told.classed(indicator) else said


def _table(rows: Iterable[dict[str, str]]) -> None:
    """Numbers do not break, so that a phone has room for them; a column in which nothing stands is left out. Each cell
    but the first names its column, for a phone: see `look.FOUND`.
    """
    frame = pd.DataFrame(rows)
    for name in KEPT & set(frame.columns):
        frame[name] = frame[name].str.replace(UNBROKEN, "\u00a0", regex=True)
    if "Level" in frame:  # a number alone in its line would look like another number
        frame["Level"] = frame["Level"].str.replace(r"^(\d) ", "\\1\u00a0", regex=True)
    empty = [
        name for name in ("Not counted", "Median", "Level") if name in frame and (frame[name] == told.NOTHING).all()
    ]
    frame = frame.drop(columns=empty)
    for name in frame.columns[1:]:
        frame[name] = f"*{name}:* " + frame[name]
    st.table(frame, hide_index=True, border="horizontal")
