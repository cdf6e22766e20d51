"""Review and submit: what is still open, the cover, and the two acts that freeze an assessment and open it again."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assessments.errors import LooksLikeClientData, ToolkitError
from assessments.rules.parts import parts
from assessments.rules.ratings import State
from assessments.store.tables import Assessment
from assessments.use_cases.assessments import Cover, Listed, write_cover
from assessments.use_cases.deliveries import File
from assessments.use_cases.sheets import OpenSheet, sheet
from assessments.use_cases.submission import reopen, submit
from pages.shared import context, delivery, hallway, house, words
from reports import document

REFUSED = "review.refused"
SAVED = "The cover is saved."


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
            f"**Cannot judge:** {', '.join(sorted(unjudged))}. These count as not known: they widen the range, and an "
            "open duty or critical item caps the level."
        )


def show_cover(row: Assessment, left: int) -> None:
    frozen = row.status == "submitted"
    with st.form("cover"):
        raters = st.text_input("Who rated", value=row.raters, max_chars=300, disabled=frozen)
        hours = st.number_input(
            "Hours spent, all together", 0.0, 10_000.0, row.hours, step=0.5, format="%.1f", disabled=frozen
        )
        rests_on = st.text_area(
            "What it rests on",
            value=row.rests_on,
            max_chars=4000,
            disabled=frozen,
            placeholder="Documents read, records drawn, people asked. No names or dates of birth of clients.",
        )
        because = "" if frozen else _because()
        if frozen:
            st.form_submit_button("Save the cover", disabled=True)
        else:
            _buttons(row, Cover(raters, hours, rests_on), because, left)


def _buttons(row: Assessment, cover: Cover, because: str, left: int) -> None:
    """Submitting saves the cover first: what was typed above is never left behind."""
    if left:
        st.warning(
            f"{words.count(left, 'indicator is', 'indicators are')} not rated. You can submit all the same: they stay "
            "unrated, the score is shown as a range, and below 80 % coverage no band is given."
        )
    st.markdown("Submitting freezes the ratings and this cover. To change either afterwards, reopen it with a reason.")
    with st.container(horizontal=True):
        saves = st.form_submit_button("Save the cover")
        submits = st.form_submit_button("Submit this assessment", type="primary", icon=":material/lock:")
    if not saves and not submits:
        return
    if _accepted(write_cover, row.id, cover, row.cover_version, because):
        if submits and not house.done(submit, row.id):
            return
        house.say("Submitted. The ratings are frozen, the scores stand with their receipt." if submits else SAVED)
    st.rerun()


def _because() -> str:
    """What was refused last, in the form where it happened; and the field for a reason, where one is asked for."""
    refused = st.session_state.get(REFUSED)
    if refused:
        st.error(words.plain(str(refused)))
    return st.text_input("Why it is not a client's data") if isinstance(refused, LooksLikeClientData) else ""


def _accepted(use_case: Callable[..., Any], *args: Any) -> bool:
    """Whether it is stored; where not, `_because` says why on the next run."""
    try:
        house.write(use_case, *args)
    except ToolkitError as error:
        st.session_state[REFUSED] = error
        return False
    st.session_state.pop(REFUSED, None)
    return True


def show_reopen(row: Assessment) -> None:
    at = house.local(row.submitted_at) if row.submitted_at else None
    st.markdown(
        f":material/lock: **Submitted** {words.day(at.date()) if at else ''} {f'{at:%H:%M}' if at else ''}. Receipt: "
        f"ratings `{row.ratings_hash[:12]}`, edition `{row.edition_hash[:12]}`, engine {row.engine}, "
        f"audit link `{row.audit_link[:12]}`."
    )
    with st.form("reopen"):
        reason = st.text_input("Why it is opened again", max_chars=300)
        because = _because()
        if st.form_submit_button("Reopen it"):
            if _accepted(reopen, row.id, reason, because):
                house.say("Reopened. Submit it again when you are done: the scores are computed anew.")
            st.rerun()


def on_paper(listed: Listed, filled: OpenSheet | None) -> File:
    place, agency = open_sheet.place, house.agency()
    where = f"{listed.site}, {listed.cycle}"
    rows, cover = (filled.rows, place.assessment) if filled else (document.BLANK, None)
    text = document.rating_form(place.checklist, agency, rows, cover, where)
    kind = "filled-in" if filled else "blank"
    return delivery.page(text, "sheet", "rating-form", kind, listed.site, listed.cycle, listed.checklist_id)


st.title("Review and submit")
listed = context.choose_assessment()
open_sheet = house.read(sheet, listed.id)
row = open_sheet.place.assessment
left = show_open(open_sheet) if row.status != "submitted" else 0
show_unjudged(open_sheet)
st.subheader("Cover" if row.status == "submitted" else "Cover, and submit")
show_cover(row, left)
if row.status == "submitted":
    st.subheader("Submitted")
    show_reopen(row)
st.subheader("On paper")
st.markdown("The form to fill in by pen, with what is stored so far, or blank.")
with st.container(horizontal=True):
    delivery.offer("Form with the ratings", "form", lambda: on_paper(listed, open_sheet), listed.id)
    delivery.offer("Blank form", "blank-form", lambda: on_paper(listed, None), listed.id)
hallway.next_step(hallway.GAPS, "See the gaps", ":material/troubleshoot:", assessment=listed.id)
