"""Exactly what others would see of it: made from the same lines that sharing writes."""

from fractions import Fraction

import streamlit as st

from assessments.rules.ratings import State
from assessments.rules.shared_sites import How
from assessments.store.tables import SharedAssessment, SharedScore, SharedStand
from assessments.use_cases.assessments import assessments
from assessments.use_cases.checklists import shelf
from assessments.use_cases.collaboratives import CollaborativeLine
from assessments.use_cases.publishing import ENDLESS, Published
from assessments.use_cases.sharing import Sharing, share_preview
from pages.shared import house, reading, settings, words
from standards.model import Checklist


def show(line: CollaborativeLine, one: Sharing, how: How) -> None:
    mine = [
        found.id
        for found in house.read(assessments)
        if (found.checklist_id, found.cycle_id, found.status) == (one.checklist_id, one.cycle_id, "submitted")
    ]
    if not mine:
        st.info("None of it is submitted yet, so others see nothing for now. Once it is submitted, they do.")
        return
    with st.container(border=True):
        st.markdown(f"**What members of {words.plain(line.name)} see of it**")
        if how == "aggregate":
            sites = words.count(len(mine), "site")
            st.markdown(f"No line. {sites} in the median and the quartiles of those counted together, to half a level.")
            return
        books = {entry.checklist.key: entry.checklist for entry in house.read(shelf)}
        for assessment_id in mine:
            found = house.read(share_preview, house.now(), line.id, assessment_id, how)
            _site(found, books[found.shared.checklist_id, found.shared.edition])


def _site(found: Published, checklist: Checklist) -> None:
    shared = found.shared
    ends = None if shared.last_day == ENDLESS else shared.last_day
    st.markdown(
        f"**{_label(shared)}** · {settings.span(shared.first_day, ends)} · edition {words.plain(shared.edition)}"
    )
    titles = {domain.id: reading.text(domain.title) for domain in checklist.domains}
    st.table([_domain(score, titles) for score in found.scores], hide_index=True, border="horizontal")
    st.markdown(
        "In brackets, what the mean could become with what is not known. Held down: by a duty or a critical item that "
        "is not met or not known."
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
        "Held down": "yes" if score.capped else "",
    }


def _stand(stand: SharedStand, checklist: Checklist) -> dict[str, str]:
    told = reading.text(checklist.indicator[stand.indicator_id].text)
    state = str(stand.level) if stand.level is not None else words.STATES[State(stand.state)]
    return {"Indicator": f"{stand.indicator_id}  \n{told}", "Level": state}


def _fraction(over: int | None, under: int | None) -> Fraction | None:
    return None if over is None or under is None else Fraction(over, under)
