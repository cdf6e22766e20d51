"""Score against confidence: which high scores are claims, and which evidence has to be looked at again."""

import pandas as pd
import streamlit as st

from assessments.rules.confidence import CONVENTION, HIGH
from assessments.rules.ratings import strength
from assessments.use_cases.gap_report import GapReport, gap_report
from pages.assess import waiting
from pages.insight import said
from pages.insight.gap_list import rate_address
from pages.shared import context, hallway, house, words
from reports import charts, confidence

KEY = (
    "Upright: the score of a domain. Across: how many of its ratings have confidence 2 or more, that is a document, a "
    "record or something observed, and fresh. The higher and the further to the left, the more a score is a claim."
)
NONE_WEAK = f":material/check_circle: No rating of {HIGH} or 4 rests on weak or stale evidence."


def picture(frame: pd.DataFrame) -> None:
    drawn, told = st.columns(2, gap="medium")
    in_words = " ".join(
        f"{row['title']}: score {row['score']:.1f}, {row['supported']} of {row['rated']} with confidence 2 or more."
        for row in frame.to_dict("records")
    )
    with drawn:
        st.altair_chart(charts.confidence(frame), alt=f"Score of each domain against confidence. {in_words}")
        st.markdown(f":small[{KEY}]")
    with told:
        st.table(table(frame), hide_index=True, border="horizontal")
        names = ", ".join(f"**{value}** {name.lower()}" for value, name in enumerate(words.STRENGTHS))
        st.markdown(f":small[Under 0 to 4: how many ratings have that confidence. Fresh, it is: {names}.]")


def table(frame: pd.DataFrame) -> pd.DataFrame:
    rows = [
        {
            "Domain": words.plain(f"{row['domain']} {row['title']}"),
            "Score": f"{row['score']:.1f}",
            **{value: str(row[value]) for value in "01234"},
            "2 or more": f"{row['supported']} of {row['rated']}",
        }
        for row in frame.to_dict("records")
    ]
    return pd.DataFrame(rows)


def look_first(report: GapReport) -> None:
    st.header("Look at these first")
    found = confidence.first(report, house.today())
    if not found:
        st.markdown(NONE_WEAK)
        return
    rest = "rests" if len(found) == 1 else "rest"
    st.markdown(
        f"{words.count(len(found), 'rating')} of {HIGH} or 4 {rest} on weak or stale evidence; the weakest comes first."
    )
    every = len(found) > confidence.MOST and st.toggle(f"Show all {len(found)}", key="confidence.all")
    for name in found if every else found[: confidence.MOST]:
        one(report, name)


def one(report: GapReport, name: str) -> None:
    rated, held = report.row(name).rated, confidence.of_row(report.row(name), house.today())
    stale = ", some of it stale" if held < strength(rated.evidence) else ""
    with st.container(border=True, gap="small"):
        st.markdown(
            f"**{words.plain(name)}** {said.text(report, name)}  \n"
            f"{said.level(report, name)} · confidence {held} of 4: {said.evidence_strength(rated)}{stale}"
        )
        way(report, name)


def way(report: GapReport, name: str) -> None:
    """To where it can be mended; of what is frozen, to where it can be read."""
    if report.assessment.status == "submitted" or report.listed.counted:
        address = {"assessment": report.assessment.id, "indicator": name}
        st.page_link(hallway.RATINGS, label=f"Evidence for {name}", icon=":material/search:", query_params=address)
    else:
        address = rate_address(report, name)
        st.page_link(hallway.RATE, label=f"Add evidence for {name}", icon=":material/edit:", query_params=address)


def look_again(report: GapReport) -> None:
    st.header("Evidence to be looked at again")
    found = confidence.reviews(report, house.today())
    if report.listed.counted:
        st.markdown("A count holds for its day. It is looked at again by counting again.")
        return
    if not found:
        st.markdown(confidence.FRESH if confidence.has_reviews(report) else confidence.NEVER)
        return
    rows = [
        {
            "By": f"{words.day(review.due)}{', **stale**' if review.stale else ''}",
            "Indicator": words.plain(review.indicator),
            "Evidence": f"{words.EVIDENCE[review.line.details.kind]}: {words.plain(review.line.details.what)}",
        }
        for review in found
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


st.title("Score against confidence")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
report = house.read(gap_report, listed.id)
frame = confidence.domains(report, house.today(), lambda text: words.in_terms(text, house.agency()))
if frame.empty:
    st.info("No indicator has a level yet, so there is nothing to show. Rate a first one and come back.")
    hallway.next_step(hallway.RATE, "Start rating", assessment=listed.id)
    st.stop()
whole = confidence.whole(report, house.today())
st.markdown(f"**{whole.supported} of {words.count(whole.rated, 'rating')}** have confidence 2 or more. {CONVENTION}")
picture(frame)
look_first(report)
look_again(report)
hallway.next_step(hallway.RATINGS, "All ratings with their evidence", ":material/fact_check:", assessment=listed.id)
