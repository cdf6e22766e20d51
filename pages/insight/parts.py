"""Why two scores differ: how much of it is practice, and how much the edition, the reach or the raters."""

from fractions import Fraction

import pandas as pd
import streamlit as st

from assessments.rules.difference import Difference
from assessments.use_cases.effects import Split, WhoRated, split
from assessments.use_cases.gap_report import CycleComparison
from pages.shared import words
from reports import over_time

WHO: dict[WhoRated, str] = {
    "the same": "Both covers name the same raters.",
    "others": (
        "The covers name different raters: what moved may be the program or the eye of another rater, and these "
        "figures cannot tell the two apart."
    ),
    "not said": (
        "The covers do not both say who rated. If others rated the second time, part of what is called practice is "
        "theirs."
    ),
}
PRACTICE = "The same indicators, rated in both"
NAMES = {
    "edition": ("Edition", "Indicators that only one of the two checklists has"),
    "not applicable": ("Not applicable", "What did not apply in one of the two"),
    "not rated": ("Not rated", "What has no level in one of the two"),
}


def show(found: CycleComparison) -> None:
    told = split(found)
    if told.parts is None:
        return
    st.header("Where the difference comes from")
    parts = over_time.parts(told.parts)
    st.markdown(sentence(told.parts, parts))
    st.table(table(told, parts), hide_index=True, border="horizontal")
    st.markdown(f"{WHO[told.who]} {coverage(told.parts)}")


def sentence(found: Difference, parts: dict[str, Fraction]) -> str:
    moved = signed(parts["practice"] + parts["rater"])
    return (
        f"With all that each one rated, the score was **{level(parts['before'])}** before and is "
        f"**{level(parts['after'])}** after, a difference of **{signed(parts['whole'])}**. What was rated in both "
        f"({words.count(found.common, 'indicator')}) brings **{moved}**: only that can be a change of the program. The "
        "rest comes from what was counted."
    )


def table(told: Split, parts: dict[str, Fraction]) -> pd.DataFrame:
    practice = ("Practice", PRACTICE, parts["practice"])
    if told.who == "others":
        first = [("Practice or rater", f"{PRACTICE}, by others", parts["practice"] + parts["rater"])]
    elif told.who == "the same":
        first = [practice, ("Rater", "The covers name the same", parts["rater"])]
    else:
        first = [practice]
    rows = [*first, *((*names, parts[part]) for part, names in NAMES.items())]
    rows.append(("Together", "", parts["whole"]))
    data = [(f"**{what}**", why, signed(size)) for what, why, size in rows]
    return pd.DataFrame(data, columns=["Part", "What it is", "Levels"])


def coverage(found: Difference) -> str:
    return (
        f"Rated, of what applies: {words.percent(found.coverage_before)} before, "
        f"{words.percent(found.coverage_after)} after. The less is rated, the less this split says."
    )


def level(value: Fraction) -> str:
    return f"{float(value):.2f}"


def signed(value: Fraction) -> str:
    return f"{float(value):+.2f}".replace("-", "\u2212") if value else "0.00"
