"""The cover of an assessment, and the two acts beside it: submitting, which is asked about once, and reopening."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assessments.errors import LooksLikeClientData, ToolkitError
from assessments.rules.rolled_up import counted_of
from assessments.store.tables import Assessment
from assessments.use_cases.assessments import Cover, write_cover
from assessments.use_cases.review_results import review_results
from assessments.use_cases.sheets import OpenSheet
from assessments.use_cases.submission import NOTHING_RATED, reopen, submit
from pages.shared import house, words

REFUSED, ASKED = "review.refused", "review.asked"
SAVED = "The cover is saved."


def show_cover(open_sheet: OpenSheet, left: int) -> None:
    row = open_sheet.place.assessment
    frozen = row.status == "submitted"
    with st.form("cover"):
        raters = st.text_input("Who rated", value=row.raters, disabled=frozen)
        hours = st.number_input(
            "Hours spent, all together", 0.0, 10_000.0, row.hours, step=0.5, format="%.1f", disabled=frozen
        )
        rests_on = st.text_area(
            "What it rests on",
            value=row.rests_on,
            disabled=frozen,
            placeholder="Documents read, records drawn, people asked. No names or dates of birth of clients.",
        )
        because = "" if frozen else _because()
        cover = Cover(raters, hours, rests_on)
        if frozen:
            st.form_submit_button("Save the cover", disabled=True)
        elif st.session_state.get(ASKED) == (row.id, left):
            _ask(row, cover, because, left, _unread(open_sheet))
        else:
            _buttons(row, cover, because, left, bool(open_sheet.answered))


def _buttons(row: Assessment, cover: Cover, because: str, left: int, rated: bool) -> None:
    """Both save the cover: what was typed above is never left behind."""
    st.markdown("Submitting freezes the ratings and this cover. You are asked once more before it does.")
    with st.container(horizontal=True):
        saves = st.form_submit_button("Save the cover")
        submits = st.form_submit_button("Submit this assessment", type="primary", icon=":material/lock:")
    if submits and not rated:
        st.error(NOTHING_RATED)
    elif saves or submits:
        if _accepted(write_cover, row.id, cover, row.cover_version, because):
            if submits:
                st.session_state[ASKED] = (row.id, left)
            else:
                house.say(SAVED)
        st.rerun()


def _ask(row: Assessment, cover: Cover, because: str, left: int, unread: str) -> None:
    """The second step; where another indicator was rated since, it is asked again."""
    st.warning("\n".join(["**Submit it now?**\n", *(f"- {line}" for line in what_freezes(row, left, unread))]))
    with st.container(horizontal=True):
        submits = st.form_submit_button("Yes, submit it", type="primary", icon=":material/lock:")
        waits = st.form_submit_button("Not yet")
    if not submits and not waits:
        return
    if _accepted(write_cover, row.id, cover, row.cover_version, because):
        if submits and not house.done(submit, row.id):
            return
        st.session_state.pop(ASKED)
        house.say("Submitted. The ratings are frozen, the scores stand with their receipt." if submits else SAVED)
    st.rerun()


def _unread(open_sheet: OpenSheet) -> str:
    """ "" where every record drawn was read, and where nothing is rated on records."""
    if counted_of(open_sheet.place.checklist) != "record":
        return ""
    read = house.read(review_results, open_sheet.place.assessment.id).read
    left = read.drawn - read.read
    if not left:
        return ""
    return (
        f"{left:,} of {words.count(read.drawn, 'record')} drawn {'is' if left == 1 else 'are'} not read in full. What "
        "is not read is not known: below 80 % an element has no level, and a critical one does not count as met."
    )


def what_freezes(row: Assessment, left: int, unread: str = "") -> list[str]:
    """What cannot be changed afterwards, and what is missing from it."""
    said = [
        "It freezes every rating, note and line of evidence, and the cover. To change any, reopen it with a reason."
    ]
    if left:
        said.append(
            f"{words.count(left, 'indicator is', 'indicators are')} not rated. They stay so: the score is shown as a "
            "range, and below 80 % coverage no band is given."
        )
    if unread:
        said.append(unread)
    cover = {"who rated": row.raters, "the hours spent": row.hours, "what it rests on": row.rests_on}
    empty = [name for name, value in cover.items() if value in ("", None)]
    if len(empty) == len(cover):
        said.append("The cover is empty: nobody will see who rated, how long it took and what it rests on.")
    elif empty:
        said.append(f"Not on the cover: {' and '.join(empty)}.")
    return said


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
        reason = st.text_input("Why it is opened again")
        because = _because()
        if st.form_submit_button("Reopen it"):
            if _accepted(reopen, row.id, reason, because):
                house.say("Reopened. Submit it again when you are done: the scores are computed anew.")
            st.rerun()
