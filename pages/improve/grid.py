"""Likelihood of harm by scope: every gap in one table that needs no color."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessments.rules.gaps import Gap, Scope
from pages.improve.weighing import HARM
from pages.shared import words

SCOPES: dict[Scope | None, str] = {
    "limited": "Limited",
    "pattern": "Pattern",
    "widespread": "Wide",
    None: "Not known",
}
HARMS: dict[int | None, str] = {**dict(sorted(HARM.items(), reverse=True)), None: "Not set"}
NAMED = 4
"""Ids in a cell, before the rest is only counted."""


def show(found: Sequence[Gap]) -> None:
    st.markdown(
        "How likely harm is, as your team says, against the scope: how many cases fall short. Limited is under 30 % of "
        "them, a pattern 30 to 69 %, wide 70 % and more. It is known only where cases were counted; a level that was "
        "judged says nothing about it."
    )
    st.table(table(found), hide_index=True, border="horizontal")


def table(found: Sequence[Gap]) -> pd.DataFrame:
    """A row a likelihood, the highest first; that of gaps not weighed yet only where there are some."""
    rows = [harm for harm in HARMS if harm or any(gap.harm is None for gap in found)]
    cells = [
        {"Harm": HARMS[harm]}
        | {title: _cell([gap for gap in found if (gap.harm, gap.scope) == (harm, scope)]) for scope, title in columns()}
        for harm in rows
    ]
    return pd.DataFrame(cells)


def columns() -> list[tuple[Scope | None, str]]:
    return list(SCOPES.items())


def _cell(found: list[Gap]) -> str:
    if not found:
        return "0"
    named = ", ".join(gap.indicator for gap in found[:NAMED])
    more = f" and {len(found) - NAMED} more" if found[NAMED:] else ""
    return f"**{len(found)}:** {words.plain(named)}{more}"
