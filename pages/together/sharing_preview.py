"""Exactly what others would see of it: made from the same lines that sharing writes."""

from fractions import Fraction

import streamlit as st

from assessments.rules.ratings import State
from assessments.rules.shared_sites import How
from assessments.store.tables import SharedAssessment, SharedScore, SharedStand
from assessments.use_cases.checklists import shelf
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.publishing import Published
from assessments.use_cases.sharing import Sharing, share_preview
from pages.shared import house, reading, words
from pages.together.sharing_words import hidden
from standards.model import Checklist

NOT_YET = "None of it is submitted yet, so others see nothing for now. Once it is submitted, they do."


def show(line: CollaborativeLine, one: Sharing, how: How) -> None:
    mine = one.seen
    if not mine:
        st.info(NOT_YET if one.submitted == 0 else "\n\n".join(("Others see nothing of it for now.", *hidden(one))))
        return
    for why in hidden(one):
        st.markdown(why)
    with st.container(border=True):
        name = words.plain(line.name)
        st.markdown(
            f"**What members of {name} see of it**"
            if how == one.how
            else f"**What members of {name} would see of it, if you share it so**"
        )
        if how == "aggregate":
            sites = words.count(len(mine), "site")
            st.markdown(
                f"No line. {sites} in the median and the quartiles of each domain, to half a level, once the lead has "
                "counted sites together. No level of an indicator is in any figure."
            )
            return
        books = {entry.checklist.key: entry.checklist for entry in house.read(shelf)}
        for assessment_id in mine:
            found = house.read(share_preview, house.now(), line.id, assessment_id, how)
            _site(found, books[found.shared.checklist_id, found.shared.edition])


def _site(found: Published, checklist: Checklist) -> None:
    shared = found.shared
    st.markdown(f"**{_label(shared)}** · edition {words.plain(shared.edition)}")
    titles = {domain.id: reading.text(domain.title) for domain in checklist.domains}
    st.table([_domain(score, titles) for score in found.scores], hide_index=True, border="horizontal")
    st.markdown(
        "In brackets, what the mean could become with what is not known. When it was rated is not told, but that it "
        "overlaps with the cycle of whoever looks."
    )
    if shared.weight > 1:
        st.markdown(f"It weighs in the median as {shared.weight} staff members, whose ratings it counts.")
    with st.expander(f"The level of each indicator ({len(found.stands)})"):
        st.table([_stand(stand, checklist) for stand in found.stands], hide_index=True, border="horizontal")


def _label(shared: SharedAssessment) -> str:
    if shared.how == "named":
        return words.plain(f"{shared.agency_name} · {shared.site_name}")
    return f"Site {shared.letters}" if shared.letters else "A site, under letters that are drawn when you share it"


def _domain(score: SharedScore, titles: dict[str, str]) -> dict[str, str]:
    mean = words.mean(_fraction(score.mean_over, score.mean_under))
    span = words.span(_fraction(score.low_over, score.low_under), _fraction(score.high_over, score.high_under))
    return {
        "Domain": titles[score.domain_id],
        "Mean level": f"{mean} ({span})" if span else mean,
        "Rated": f"{score.rated} of {score.applicable}",
    }


def _stand(stand: SharedStand, checklist: Checklist) -> dict[str, str]:
    told = reading.text(checklist.indicator[stand.indicator_id].text)
    state = str(stand.level) if stand.level is not None else words.STATES[State(stand.state)]
    return {"Indicator": f"{stand.indicator_id}  \n{told}", "Level": state}


def _fraction(over: int | None, under: int | None) -> Fraction | None:
    return None if over is None or under is None else Fraction(over, under)
