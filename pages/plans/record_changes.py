"""What a list of records was read as, a line a record, before it is written: codes, quarters, and folded beneath what
the clocks came to.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.rules.clocks import ClockState, standards
from assessments.use_cases.record_checks import TITLES
from assessments.use_cases.records_back import HEADINGS, Clocks, ListLine, RecordPreview
from assessments.use_cases.reviews import ReviewLine
from pages.plans import clock_words, record_words
from pages.shared import words
from reports.record_list import WHEN_BEGAN, WHEN_IDENTIFIED

SAID = {**WHEN_IDENTIFIED, **WHEN_BEGAN}
HEADS = dict(zip(("code", "quarter", "identified", "began"), HEADINGS, strict=True))
WHEN = f"{TITLES['when_identified']}, {TITLES['when_began'].lower()}"
NONE_SET = "Dates were read, but no clock follows from them: what they would be counted against is not given."
REPLACED = "**All clocks of before give way,** for the dates behind them were forgotten. What the new dates come to:"
ROW, RECORD, COME_TO = "Row", "Record", "What the dates come to"
IN_SHORT: Mapping[ClockState, str] = {
    "met": "yes",
    "not-met": "no",
    "not-applicable": "not applicable",
    "cannot-judge": "left open",
}


def show(line: ReviewLine, found: RecordPreview) -> None:
    states = {state: [one for one in found.lines if one.state == state] for state in ("new", "changed", "same")}
    days = standards(*found.standards[:2])
    _say_unjudged(found.lines, days)
    if new := states["new"]:
        st.markdown(f"**{words.count(len(new), 'new record')}**")
        shown = record_words.a_page(new, f"new-{line.id}", "row")
        _table([_new(one) for one in shown])
        _show_clocks(shown, days)
    if changed := states["changed"]:
        st.markdown(f"**{words.count(len(changed), 'change')} to records on the list**")
        shown = record_words.a_page(changed, f"changed-{line.id}", "row")
        _table([_changed(one) for one in shown])
        _show_clocks(shown, days)
    if states["same"]:
        st.markdown(f"{words.count(len(states['same']), 'row says', 'rows say')} what is stored already.")


def _table(lines: list[dict[str, str]]) -> None:
    st.table(lines, hide_index=True, border="horizontal")


def _say_unjudged(lines: Sequence[ListLine], days: clock_words.Standards) -> None:
    """Once, of all rows."""
    of_each = [
        {clock for clock, found in (one.clocks or {}).items() if clock_words.lacks_standard(clock, found, days)}
        for one in lines
        if one.state != "same"
    ]
    if not any(of_each):
        return
    titles = [f"“{title}”" for clock, title in clock_words.TITLES.items() if any(clock in one for one in of_each)]
    many = words.count(sum(map(bool, of_each)), "row")
    st.info(
        f"The site has no standard in days for {' and '.join(titles)}, so the days that passed are kept and not judged "
        f"({many}). Write a standard down in the rules, now or later: it then judges them too."
    )


def _new(one: ListLine) -> dict[str, str]:
    details = one.details
    when = [SAID.get(details.identified, ""), WHEN_BEGAN.get(details.began, "")]
    return {
        ROW: str(one.number),
        RECORD: f"**{words.plain(details.code)}** {details.quarter}",
        WHEN: ", ".join(said or record_words.NOT_SAID for said in when),
        COME_TO: "No dates" if one.clocks is None else _in_short(one.clocks),
    }


def _changed(one: ListLine) -> dict[str, str]:
    said = [
        f"{TITLES[HEADS[name]]}: {SAID.get(was, was) or '(empty)'} → {SAID.get(now, now) or '(empty)'}"
        for name, was, now in one.changes
    ]
    if one.clocks_lost:
        said.append("What earlier dates came to is taken out: give them again")
    return {
        ROW: str(one.number),
        RECORD: f"**{words.plain(one.details.code)}**",
        "What changes": "; ".join(map(words.plain, said)),
        COME_TO: _in_short(one.clocks) if one.clocks_change and one.clocks is not None else "No other dates",
    }


def _in_short(clocks: Clocks) -> str:
    counts = Counter(found.state for found in clocks.values())
    return ", ".join(f"{counts[state]} {said}" for state, said in IN_SHORT.items() if counts[state]) or "No clock"


def _show_clocks(lines: Sequence[ListLine], days: clock_words.Standards) -> None:
    dated = [one for one in lines if one.clocks_change and one.clocks is not None]
    if not dated:
        return
    with st.expander(f"What the dates of {words.count(len(dated), 'record')} come to, clock by clock"):
        _table([{RECORD: f"**{words.plain(one.details.code)}**", COME_TO: _in_full(one, days)} for one in dated])


def _in_full(one: ListLine, days: clock_words.Standards) -> str:
    clocks = one.clocks or {}
    told = [
        f"{title}: {clock_words.told_once(clock, clocks[clock], days)}"
        for clock, title in clock_words.TITLES.items()
        if clock in clocks
    ] or [NONE_SET]
    return "  \n".join([REPLACED, *told] if one.clocks_replaced else told)
