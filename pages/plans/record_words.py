"""How records and what they are stratified by are said on these pages."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit as st

from assessments.rules.clocks import CLOCK_OF
from assessments.use_cases.checklists import shelf
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import ReviewLine
from pages.shared import house, words
from reports.record_list import WHEN_BEGAN, WHEN_IDENTIFIED
from standards.model import Checklist

Line = TypeVar("Line")
A_PAGE = 25
NOT_SAID = "Not said"
STRATA: Mapping[str, str] = {
    "": "No: all together",
    "quarter": "Yes, by quarter",
    "began": "Yes, by when the plan began",
    "identified": "Yes, by when use was identified",
}


def identified(line: RecordLine) -> str:
    return WHEN_IDENTIFIED.get(line.details.identified, NOT_SAID)


def began(line: RecordLine) -> str:
    return WHEN_BEGAN.get(line.details.began, NOT_SAID)


def a_page(lines: Sequence[Line], which: str, what: str = "record") -> Sequence[Line]:
    """Those on the page that is chosen, where there are several."""
    count = len(lines)
    if count <= A_PAGE:
        return lines
    first = (st.pagination(-(-count // A_PAGE), key=f"records-page-{which}-{count}") - 1) * A_PAGE
    shown = lines[first:][:A_PAGE]
    st.caption(f"{first + 1} to {first + len(shown)} of {words.count(count, what)}")
    return shown


def checklists(line: ReviewLine) -> dict[str, Checklist]:
    """By assessment, those that the records are read with."""
    there = {one.checklist.key: one.checklist for one in house.read(shelf)}
    return {read.assessment: there[read.checklist] for read in line.reads}


def is_dated(line: ReviewLine) -> bool:
    """Whether anything that is read follows from dates."""
    return any(not CLOCK_OF.keys().isdisjoint(one.indicator) for one in checklists(line).values())
