"""What was rated before and after a course, on the screen: counts, medians, and what may be said of the difference."""

import pandas as pd
import streamlit as st

from assessments.rules.learned import MONTHS_BEFORE, Compared, Group
from assessments.rules.rolled_up import FEWEST
from assessments.use_cases.learning import Learned
from pages.shared import house, words
from reports import charts
from reports import training as told

NO_PROOF = (
    "Those who attended were not drawn by lot, so a difference is no proof that the course made it: they may have "
    "begun lower and had more room to move, have wanted it more, or been rated by somebody else. An interval that "
    "includes 0 says that the difference may be chance."
)


def show(found: Learned, months: int) -> None:
    days = " and ".join(words.day(day) for day in found.days)
    people = words.count(found.attended, "person", "people")
    st.markdown(
        f"**{people} attended**, on {days}. Each is looked at by the newest rating of record in the {MONTHS_BEFORE} "
        f"months before the session and the newest in the {words.count(months, 'month')} after it, beside others who "
        "worked here, whose role needs the same and who never attended."
    )
    if found.is_open(house.today()):
        st.info(f"Ratings count up to {words.day(found.until)}, so this can still change.")
    if not any(one.attended.pairs for one in found.rows):
        st.info("Nobody who attended was rated both before and after. Rate them again, and the answer follows.")
    _together(found)
    frame = told.levels_moved(found.rows)
    if not frame.empty:
        alt = " ".join(f"{title}." for title in frame["title"])
        st.altair_chart(charts.moved(frame), alt=f"People who moved up, of those rated before and after. {alt}")
        st.markdown(":small[Filled: moved up. Dashed: all who were rated before and after.]")
    for one in found.rows:
        _one(found, one)
    st.caption(NO_PROOF)


def _together(found: Learned) -> None:
    whole = found.whole
    if whole.difference:
        if whole.unlike:
            st.warning(told.UNLIKE, icon=":material/balance:")
        about = "All competencies of the course together."
        st.markdown(
            f"{about if whole.unlike else f'**{about}**'} {told.began(whole)} Against the others, those who attended "
            f"moved by {told.apart(whole.difference)}. It counts {whole.attended} who attended and {whole.others} who "
            "did not, each by the mean of their changes."
        )
        return
    st.markdown(
        f"**{words.capital(told.TOO_FEW)}** whether they moved otherwise than the others: {whole.attended} who "
        f"attended and {whole.others} who did not were rated before and after, and it takes {FEWEST} of each."
    )


def _one(found: Learned, row: Compared) -> None:
    text = words.in_terms(found.checklist.indicator[row.indicator].text, house.agency())
    st.markdown(f"**{words.plain(row.indicator)}** {words.plain(text)}")
    sides = (("Attended", row.attended), ("Did not attend", row.others))
    st.table(pd.DataFrame(_side(name, of) for name, of in sides), hide_index=True, border="horizontal")
    unlike = f" {told.UNLIKE_HERE}" if row.difference and row.unlike else ""
    st.markdown(f":small[Difference of the mean change: {told.apart(row.difference)}.{unlike}]")


def _side(name: str, of: Group) -> dict[str, str]:
    return {
        "Who": name,
        "Rated before and after": f"{of.pairs} of {of.people}",
        "Moved": told.moved(of),
        "Median level": told.medians(of),
        "Not counted": told.not_counted(of) or "Nobody",
    }
