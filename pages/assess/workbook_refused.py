"""A workbook that cannot be taken in: all that is wrong with it, cell by cell, or the way to where it belongs."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.assessments import assessments
from assessments.use_cases.raters import raters
from assessments.use_cases.sheets import Place
from pages.assess import workbook_preview
from pages.shared import context, hallway, house, words
from reports.workbook_base import Elsewhere, OfAnother
from reports.workbook_grid import Fault, Unfit


def show(wrong: Unfit, place: Place) -> None:
    """`place` is where it was brought."""
    if isinstance(wrong, Elsewhere):
        show_the_way(wrong)
    elif isinstance(wrong, OfAnother):
        show_whose(wrong, place)
    else:
        show_faults(wrong.faults)


def show_faults(faults: Sequence[Fault]) -> None:
    places = len({fault.where for fault in faults})
    what = ("cell needs", "cells need") if all(fault.cell for fault in faults) else ("place needs", "places need")
    st.error(
        f"{words.count(places, *what)} mending before this workbook can be taken in. Nothing was written.",
        icon=":material/error:",
    )
    workbook_preview.table(
        [
            {
                "Where": words.plain(fault.where),
                "What is wrong, and what to do": f"{words.plain(fault.reason)}  \n{words.plain(fault.remedy)}",
            }
            for fault in faults
        ]
    )


def show_the_way(wrong: Elsewhere) -> None:
    """Named as it is called here, where the actor may see it; else by what the file says of itself."""
    found = {one.id: one for one in house.read(assessments)}.get(wrong.assessment)
    if found is None:
        title = words.plain(wrong.title)
        st.error(
            f"This workbook was taken out of another assessment, “{title}”, which is not among those of this agency. "
            "Nothing was written. If it is another agency’s of yours, choose that agency first; else "
            "take out a workbook of this assessment, and fill that in.",
            icon=":material/error:",
        )
        return
    st.error(
        f"This workbook was taken out of another assessment: {words.plain(context.title(found))}. Nothing was written. "
        "Go there to take it in, or take out a workbook of this assessment and fill that in.",
        icon=":material/error:",
    )
    hallway.next_step(hallway.WORKBOOK, "Take it in there", assessment=found.id)


def show_whose(wrong: OfAnother, place: Place) -> None:
    """Named as the rater is called here, where the sheet is there still."""
    found = {one.sheet: one for one in house.read(raters, place.assessment.id).raters}.get(wrong.sheet)
    name = words.plain(found.name if found else wrong.rater)
    if not wrong.sheet:
        said = "It was taken out for the team together, before each rater had a sheet. Take out one for this rater"
    elif found is None:
        said = f"It was taken out for {name}, whose sheet is not here any more. Take out one for this sheet"
    elif found.submitted_at:
        said = (
            f"It was taken out for {name}, who has submitted, so nothing on that sheet changes. Take out one for this"
        )
    else:
        said = f"It was taken out for {name}. Choose {name} above to take it in there, or take out one for this sheet"
    st.error(
        f"This workbook is of another sheet. Nothing was written. {said} and fill that in.", icon=":material/error:"
    )
