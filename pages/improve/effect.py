"""Whether a priority moved at the later cycles of its site, and held: what the ratings say, and no more."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessments.rules.effect import Effect, summary
from assessments.use_cases.effects import Looked, Proof
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import Plan
from assessments.use_cases.priorities import Chosen
from pages.insight import said
from pages.shared import hallway, words
from reports.effect import LIMITS, cautions, not_yet, outcome

PLACES = ("chosen here", "the next cycle", "the cycle after")


def overall(proof: Proof, live: Sequence[Plan]) -> None:
    """One sentence for all priorities, once there is a later cycle."""
    if len(proof.cycles) > 1:
        found = [effect for one in live for effect in proof.effects[one.priority.id]]
        st.markdown(f"**Did it move?** {summary(found)}")


def show(report: GapReport, proof: Proof, chosen: Chosen) -> None:
    if len(proof.cycles) == 1:
        st.markdown(words.marked(not_yet(proof)))
        return
    for effect in proof.effects[chosen.id]:
        st.markdown(words.marked(outcome(proof, effect)))
        st.table(_table(report, proof.cycles, effect), hide_index=True, border="horizontal")
        for caution in cautions(proof.cycles, effect):
            st.markdown(f":material/info: {words.marked(caution)}")
    st.markdown(f":small[{LIMITS}]")
    with st.container(horizontal=True):
        for looked in proof.cycles:
            address = {"assessment": looked.assessment_id, "indicator": chosen.indicator}
            label = f"Its rating at {looked.cycle}"
            st.page_link(hallway.RATINGS, label=words.plain(label), icon=":material/search:", query_params=address)


def _table(report: GapReport, cycles: Sequence[Looked], effect: Effect) -> pd.DataFrame:
    rows = [
        {"Cycle": words.plain(f"{looked.cycle} ({place})"), "Level": _level(report, effect.indicator, level)}
        for looked, place, level in zip(cycles, PLACES, effect.levels, strict=False)
    ]
    return pd.DataFrame(rows)


def _level(report: GapReport, indicator: str, level: int | None) -> str:
    """With the name that it has on the ladder of the edition that the priority was chosen in."""
    if level is None:
        return "No level"
    ladder = report.checklist.ladder_of[indicator]
    named = said.own(ladder.level(level).name) if level in ladder.values else ""
    return f"{level} {named}".strip()
