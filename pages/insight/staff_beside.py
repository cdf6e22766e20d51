"""Staff competencies under the gaps of a program: beside its score, never in it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.staff_beside import StaffBeside, staff_beside
from pages.insight import said
from pages.shared import hallway, house, words
from pages.staff import choosing
from reports.staff_beside import HEAD, HEADING, Line, about, below, by_standard, since, summed

SHOWN = 8


def show(report: GapReport) -> None:
    for found in house.read(staff_beside, house.today(), report.assessment.id):
        st.header(HEADING)
        choosing.say_what_for()
        st.markdown(f"{words.plain(about(found))}")
        st.markdown(f"**{words.plain(since(found))}**")
        if found.shown:
            _figures(found)
        _way(found)


def _figures(found: StaffBeside) -> None:
    st.markdown(summed(found))
    short = below(found)
    if short:
        st.table(_table(short[:SHOWN]), hide_index=True, border="horizontal")
    if short[SHOWN:]:
        st.markdown(f"{len(short) - SHOWN} more below target stand in the list by standard.")
    with st.expander(f"All {len(found.competencies)} competencies, by standard"):
        for name, here in by_standard(found):
            st.markdown(f"**{words.plain(name)}** {said.own(found.checklist.standard[name].text)}")
            st.table(_table(here), hide_index=True, border="horizontal")


def _way(found: StaffBeside) -> None:
    if found.counted:
        hallway.next_step(hallway.GAPS, "Gaps of that count", ":material/groups:", assessment=found.assessment_id)
    elif found.assessment_id:
        hallway.next_step(
            hallway.RATE, "Count the ratings of staff", ":material/functions:", assessment=found.assessment_id
        )
    elif found.shown:
        hallway.next_step(hallway.ASSESSMENTS, "Start an assessment of staff, to keep a count", ":material/add:")
    else:
        hallway.next_step(hallway.STAFF, "Go to the staff", ":material/badge:")


def _table(lines: Sequence[Line]) -> pd.DataFrame:
    rows = [(_named(line), *map(words.plain, line.cells)) for line in lines]
    return pd.DataFrame(rows, columns=list(HEAD))


def _named(line: Line) -> str:
    badge = f" :gray-badge[{words.CLASSES['critical']}]" if line.critical else ""
    return f"**{words.plain(line.indicator)}** {said.own(line.text)}{badge}"
