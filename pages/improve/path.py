"""The shortest path to the next band, worked out when asked: a what-if, with the score that it would give."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from assessments.rules.path import NoPath, Path, Step, path
from assessments.rules.scoring import Figures, Score
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.priorities import Weight
from pages.insight import said
from pages.shared import choices, house, words

FOUND = "path.found"
WHOLE = "The whole checklist"
SHOWN = 12
"""Steps, before the rest is folded."""


def show(report: GapReport, weights: Mapping[str, Weight]) -> None:
    st.markdown(
        "The least effort that would lead to the next band. **It is a what-if:** it rates nothing, and what is most "
        "pressing is not always on it. Above Partial, every duty and critical item has to be met, so these come first. "
        "A step is one level of one indicator."
    )
    efforts = {name: weight.effort for name, weight in weights.items() if weight.effort}
    domain = _choose_domain(report)
    # What was found holds for these ratings and efforts, and is shown until they change.
    asked = (report.assessment.id, domain, report.receipt.ratings_hash, report.conditions, tuple(efforts.items()))
    if st.button("Find the shortest path", key="find-path", icon=":material/route:"):
        with st.spinner("Looking for the shortest path"):
            found = path(report.checklist, report.ratings, report.conditions, efforts, domain)
        st.session_state[FOUND] = (asked, found)
    kept, found = st.session_state.get(FOUND, (None, None))
    if kept == asked:
        _show(report, found, domain)


def _choose_domain(report: GapReport) -> str | None:
    titles = {WHOLE: WHOLE} | {
        one.id: f"{one.id} {words.in_terms(one.title, house.agency())}"
        for one in report.checklist.domains
        if report.score.domains[one.id].applicable
    }
    key = f"path-{report.assessment.id}"
    chosen = st.selectbox("For", list(titles), format_func=choices.steady(key, titles, titles.__getitem__), key=key)
    return None if chosen == WHOLE else chosen


def _show(report: GapReport, found: Path | NoPath, domain: str | None) -> None:
    if isinstance(found, NoPath):
        st.info(found.why)
        return
    now, would = _figures(report.score, domain), _figures(found.would, domain)
    st.markdown(
        f"**To {found.band}: effort {found.effort}, in {words.count(len(found.steps), 'indicator')}.** The score would "
        f"be {words.mean(would.mean)} and the band {would.shown_band}; now it is {words.mean(now.mean)}, "
        f"{now.shown_band}. Bands are a convention."
    )
    assumed = sum(step.assumed for step in found.steps)
    if assumed:
        st.markdown(
            f"For {assumed} of these your team has not said how much effort they take. Each level of them was "
            "assumed to take little, which counts 1; some counts 2 and much 3."
        )
    steps = sorted(found.steps, key=lambda step: not step.required)
    st.table(_table(report, steps[:SHOWN]), hide_index=True, border="horizontal")
    if steps[SHOWN:]:
        with st.expander(f"{words.count(len(steps) - SHOWN, 'more indicator')} on the path"):
            st.table(_table(report, steps[SHOWN:]), hide_index=True, border="horizontal")


def _figures(score: Score, domain: str | None) -> Figures:
    return score.whole if domain is None else score.domains[domain]


def _table(report: GapReport, steps: Sequence[Step]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Indicator": f"**{words.plain(step.indicator)}** {said.text(report, step.indicator)}",
            "Level": _levels(step),
            "Effort": f"{step.effort}{', assumed' if step.assumed else ''}",
        }
        for step in steps
    )


def _levels(step: Step) -> str:
    must = ". Has to be met" if step.required else ""
    if step.level == step.to:
        return f"{step.to}, in every case{must}"
    return f"{'Not known' if step.level is None else step.level} to {step.to}{must}"
