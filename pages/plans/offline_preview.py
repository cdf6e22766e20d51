"""What a workbook of readings would change, record by record, and what collides with what is stored."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

import streamlit as st

from assessments.rules.clocks import Clock, Clocked
from assessments.use_cases.readings_back import Key, ReadingDifference, ReadingsPreview
from assessments.use_cases.sheets import UNRATED, Answer
from assessments.use_cases.took_part import Part
from pages.assess import workbook_preview
from pages.plans import clock_words
from pages.shared import house, words
from reports.reading_back import ReadBack
from reports.reading_form import PARTS
from reports.reading_said import said as answer_said
from standards.model import Checklist

__all__ = ["Key", "show"]

SHOWN, MOST = 50, 200
"""Cells shown one by one: all of so many, else of what takes the place of something."""


def show(checklist: Checklist, back: ReadBack, seen: ReadingsPreview, digest: str) -> list[Key]:
    """The conflicts in which the person takes what the workbook says."""
    if seen.changes:
        st.markdown(f"**{words.count(len(seen.changes), 'change')}**")
        _show_changes(checklist, back, seen.changes)
    if seen.conflicts:
        st.markdown(
            f"**{words.count(len(seen.conflicts), 'conflict')}:** changed by somebody after the workbook was taken "
            "out, or answered by hand where the dates say otherwise. What is stored stays, unless you choose otherwise."
        )
    if (more := len(seen.conflicts) - SHOWN) > 0:
        st.markdown(f"{more} more are not shown and stay as stored. Bring the same file again to see them.")
    return [one.key for one in seen.conflicts[:SHOWN] if _conflict(checklist, back, one, digest)]


def _show_changes(checklist: Checklist, back: ReadBack, changes: Sequence[ReadingDifference]) -> None:
    """Cell by cell; of very many, what takes the place of something, and of what is new the count for each record."""
    listed = changes if len(changes) <= SHOWN else [one for one in changes if _replaces(one)][:MOST]
    if listed:
        workbook_preview.table([_line(checklist, back, one) for one in listed])
    if len(changes) > SHOWN:
        new = Counter(one.code for one in changes if not _replaces(one))
        lines = [{"Record": words.plain(code), "New answers": str(count)} for code, count in new.items()]
        workbook_preview.table(lines)


def _replaces(one: ReadingDifference) -> bool:
    return bool(one.stored) and one.stored != UNRATED


def _line(checklist: Checklist, back: ReadBack, one: ReadingDifference) -> dict[str, str]:
    return {
        "Where": _where(back, one),
        "Stored now": _said(checklist, one, "stored"),
        "In the workbook": _said(checklist, one, "mine"),
    }


def _where(back: ReadBack, one: ReadingDifference) -> str:
    cell = words.plain(back.where(one.part, one.row, one.about))
    return f"{words.plain(one.code)}, {words.plain(one.about or 'its dates')}  \n{cell}"


def _conflict(checklist: Checklist, back: ReadBack, one: ReadingDifference, digest: str) -> bool:
    when = words.clock(house.local(one.at), house.today()) if one.at else ""
    by = f", by {words.plain(one.by)} {when}" if one.by else ""
    with st.container(border=True):
        st.markdown(
            f"**{words.plain(one.code)}, {words.plain(one.about or 'its dates')}** "
            f"({words.plain(back.where(one.part, one.row, one.about))})\n\n"
            f"- When it was taken out: {_said(checklist, one, 'base')}\n"
            f"- Stored now{by}: {_said(checklist, one, 'stored')}\n"
            f"- In the workbook: {_said(checklist, one, 'mine')}{_gives_way(one)}"
        )
        key = f"mine-{digest}-{one.record}-{one.part}-{one.about}-{one.version}"
        return st.checkbox("Take what the workbook says", key=key)


def _gives_way(one: ReadingDifference) -> str:
    """Of the elements by their ids alone: they may be of another checklist that reads the same records."""
    names = words.plain(", ".join(one.gives_way))
    return f"\n- Answered by hand, and answered otherwise by these dates: {names}" if names else ""


def _said(checklist: Checklist, one: ReadingDifference, which: str) -> str:
    value = getattr(one, which)
    match one.part:
        case "answer":
            text = answer_said(checklist.ladder_of[one.about], cast(Answer, value)) or "Not answered"
            return words.plain(words.in_terms(text, house.agency()))
        case "team":
            return PARTS[cast(Part, value)] if value else "Not marked"
    if isinstance(value, int):
        return f"{words.count(value, 'clock')} set" if value else "No clock set"
    return _clocks(cast(Mapping[Clock, Clocked], value))


def _clocks(found: Mapping[Clock, Clocked]) -> str:
    """What each came to; never a date."""
    if not found:
        return "No clock set"
    known = {clock: one for clock, one in found.items() if one.state != "cannot-judge"}
    lines = [f"{clock_words.TITLES[clock]}: {clock_words.STATES[one.state].lower()}" for clock, one in known.items()]
    left = len(found) - len(known)
    return "  \n".join([*lines, *[f"{words.count(left, 'clock')} left open"] * bool(left)])
