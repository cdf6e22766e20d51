"""Every number's way back: the ratings of an assessment, what they rest on, and the standard that they come from."""

from collections.abc import Mapping
from itertools import groupby

import streamlit as st

from assessments.rules.confidence import stale
from assessments.rules.ratings import State, strength
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.sheets import Row
from pages.assess import waiting
from pages.insight import rating
from pages.shared import context, hallway, house, words
from reports import confidence
from standards.model import Indicator

STATES = {
    "all": "All",
    "rated": "With a level",
    "unsupported": "Unsupported",
    "stale": "With stale evidence",
    "not-rated": words.STATES[State.UNRATED],
    "cannot-judge": words.STATES[State.CANNOT_JUDGE],
    "not-applicable": words.STATES[State.NOT_APPLICABLE],
}
BY_STATE = {
    "not-rated": State.UNRATED,
    "cannot-judge": State.CANNOT_JUDGE,
    "not-applicable": State.NOT_APPLICABLE,
    "rated": State.LEVEL,
}


def choose(label: str, name: str, choices: Mapping[str, str]) -> str:
    """One of a few fixed choices, from the address and back into it."""
    asked = st.query_params.get(name, "")
    options = list(choices)
    index = options.index(asked) if asked in choices else 0
    chosen: str = st.selectbox(label, options, index=index, format_func=choices.__getitem__, key=f"ratings.{name}")
    if chosen != options[0]:
        st.query_params[name] = chosen
    else:
        st.query_params.pop(name, None)
    return chosen


def wanted(report: GapReport) -> list[Indicator]:
    """One indicator where the address names it, else those of the domain and the state chosen."""
    asked = report.checklist.indicator.get(st.query_params.get("indicator", ""))
    if asked:
        hallway.next_step(hallway.RATINGS, "Show all ratings", ":material/list:", assessment=report.assessment.id)
        return [asked]
    first, second = st.columns(2)
    titles = {domain.id: words.in_terms(domain.title, house.agency()) for domain in report.checklist.domains}
    with first:
        domain = choose("Domain", "domain", {"": "All domains", **titles})
    with second:
        state = choose("State", "state", STATES)
    found = report.checklist.by_domain[domain] if domain else report.checklist.indicators
    return [indicator for indicator in found if fits(report.row(indicator.id), state)]


def fits(row: Row, state: str) -> bool:
    if state == "stale":
        return any(stale(confidence.support(line.details), house.today()) for line in row.evidence)
    rated = row.rated
    if state == "unsupported":
        return rated.state is State.LEVEL and strength(rated.evidence) <= 1
    return state == "all" or rated.state is BY_STATE[state]


st.title("Ratings and evidence")
listed = context.choose_assessment()
waiting.until_all_are_in(listed)
report = house.read(gap_report, listed.id)
found = wanted(report)
if found:
    st.markdown(f"{len(found)} of {words.count(len(report.checklist.indicators), 'indicator')}")
else:
    st.info("No indicator is in this state. Choose another domain or state.")
for standard, indicators in groupby(found, key=lambda indicator: indicator.standard):
    rating.standard(report.checklist, standard)
    for indicator in indicators:
        rating.show(report, indicator)
hallway.next_step(hallway.CONFIDENCE, "Score against confidence", ":material/balance:", assessment=listed.id)
hallway.next_step(hallway.GAPS, "Back to the gap analysis", ":material/arrow_back:", assessment=listed.id)
