"""Whether a priority moved at the later cycles of its site, and held: what the ratings say, and no more."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessments.rules.effect import Effect, Outcome, summary
from assessments.use_cases.effects import Looked, Proof, who_rated
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import Plan
from assessments.use_cases.priorities import Chosen
from pages.insight import said
from pages.shared import hallway, words

OUTCOMES: dict[Outcome, str] = {
    "held": "Moved and held",
    "lost": "Moved and did not hold",
    "moved": "Moved",
    "not moved": "Did not move up",
    "not yet known": "Not yet known",
}
LIMITS = (
    "This compares ratings. It shows whether the rated level moved, not what moved it: the plan, something else, or "
    "another way of rating."
)
NO_LATER = "No later assessment of this site with this checklist is submitted."
WHAT_THEN = "The next cycle will show whether the level moved, and the one after whether that held."
PLACES = ("chosen here", "the next cycle", "the cycle after")


def overall(proof: Proof, live: Sequence[Plan]) -> None:
    """One sentence for all priorities, once there is a later cycle."""
    if len(proof.cycles) > 1:
        found = [effect for one in live for effect in proof.effects[one.priority.id]]
        st.markdown(f"**Did it move?** {summary(found)}")


def show(report: GapReport, proof: Proof, chosen: Chosen) -> None:
    begun = f"{words.plain(proof.waiting)} is begun and counts once it is submitted." if proof.waiting else ""
    if len(proof.cycles) == 1:
        st.markdown(f"**Not yet known.** {begun or NO_LATER} {WHAT_THEN}")
        return
    for effect in proof.effects[chosen.id]:
        st.markdown(f"**{OUTCOMES[effect.outcome]}.** {effect.words} {begun}".strip())
        st.table(_table(report, proof.cycles, effect), hide_index=True, border="horizontal")
        for caution in cautions(proof.cycles, effect):
            st.markdown(f":material/info: {caution}")
    st.markdown(f":small[{LIMITS}]")
    with st.container(horizontal=True):
        for looked in proof.cycles:
            address = {"assessment": looked.assessment_id, "indicator": chosen.indicator}
            label = f"Its rating at {looked.cycle}"
            st.page_link(hallway.RATINGS, label=words.plain(label), icon=":material/search:", query_params=address)


def cautions(cycles: Sequence[Looked], effect: Effect) -> list[str]:
    """What keeps the levels from being compared without a second thought."""
    found, first = [], cycles[0]
    for looked in cycles[1:]:
        cycle = words.plain(looked.cycle)
        if effect.indicator in looked.gone:
            found.append(f"{words.plain(effect.indicator)} is not in edition {words.plain(looked.edition)} ({cycle}).")
        elif looked.edition != first.edition:
            found.append(
                f"{cycle} was rated on edition {words.plain(looked.edition)}, which may word levels otherwise."
            )
        if who_rated(first.raters, looked.raters) == "others":
            found.append(f"Others rated at {cycle} than at {words.plain(first.cycle)}, so part of it may be the rater.")
    return found


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
