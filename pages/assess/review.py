"""Review and submit: what is still open, the cover, and the two acts that freeze an assessment and open it again."""

import streamlit as st

from assessments.rules.parts import parts
from assessments.rules.ratings import State
from assessments.use_cases.assessments import Listed
from assessments.use_cases.deliveries import File
from assessments.use_cases.sheets import OpenSheet, sheet
from pages.assess import submitting, waiting
from pages.shared import context, delivery, hallway, house, words
from reports import document


def show_open(open_sheet: OpenSheet) -> int:
    """How many indicators nobody has rated; each part of them with a way back."""
    checklist, assessment = open_sheet.place.checklist, open_sheet.place.assessment
    left = 0
    for part in parts(checklist):
        names = [name for name in part.indicators if name not in open_sheet.answered]
        left += len(names)
        if names:
            title = words.plain(words.in_terms(part.title, house.agency()))
            with st.expander(f"{title}: {len(names)} not rated yet", expanded=left <= 10):
                for name in names:
                    text = words.in_terms(checklist.indicator[name].text, house.agency())
                    st.markdown(f"**{name}** {words.plain(text)}")
                hallway.next_step(hallway.RATE, "Rate these", assessment=assessment.id, part=part.id)
    return left


def show_unjudged(open_sheet: OpenSheet) -> None:
    unjudged = [name for name, row in open_sheet.rows.items() if row.answer.state is State.CANNOT_JUDGE]
    if unjudged:
        st.markdown(
            f"**Cannot judge:** {', '.join(sorted(unjudged))}. {words.unjudged(open_sheet.place.checklist)} These "
            "count as not known: they widen the range, and an open duty or critical item caps the level."
        )


def on_paper(listed: Listed, filled: OpenSheet | None) -> File:
    place, agency = open_sheet.place, house.agency()
    where = f"{listed.site}, {listed.cycle}"
    rows, cover = (filled.rows, place.assessment) if filled else (document.BLANK, None)
    text = document.rating_form(place.checklist, agency, rows, cover, where)
    kind = "filled-in" if filled else "blank"
    return delivery.page(text, "sheet", "rating-form", kind, listed.site, listed.cycle, listed.checklist_id)


st.title("Review and submit")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
open_sheet = house.read(sheet, listed.id)
row = open_sheet.place.assessment
left = show_open(open_sheet) if row.status != "submitted" else 0
show_unjudged(open_sheet)
st.subheader("Cover" if row.status == "submitted" else "Cover, and submit")
submitting.show_cover(open_sheet, left)
if row.status == "submitted":
    st.subheader("Submitted")
    submitting.show_reopen(row)
if not listed.counted:
    st.subheader("On paper")
    st.markdown("The form to fill in by pen, with what is stored so far, or blank.")
    with st.container(horizontal=True):
        delivery.offer("Form with the ratings", "form", lambda: on_paper(listed, open_sheet), listed.id)
        delivery.offer("Blank form", "blank-form", lambda: on_paper(listed, None), listed.id)
hallway.next_step(hallway.GAPS, "See the gaps", ":material/troubleshoot:", assessment=listed.id)
