"""Likelihood of harm by scope: every gap in one table that needs no color, and what the words stand for."""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import streamlit as st

from assessments.rules.gaps import Gap
from assessments.rules.priorities import HARM_ANCHORS, HARMS, SCOPE_ANCHORS, SCOPES, Cell, grid
from pages.shared import words

NAMED = 4
"""Ids in a cell, before the rest is only counted."""
NOT_SET = "Not set"


def show(found: Sequence[Gap]) -> None:
    st.markdown(
        "How likely harm is against how far a gap reaches: the higher and the further to the right, the more pressing. "
        "Your team says both. Only where cases were counted, the counts say how far it reaches."
    )
    st.table(table(grid(found)), hide_index=True, border="horizontal")
    with st.expander("What low, moderate and high, limited, pattern and widespread stand for"):
        st.markdown(_said("Likelihood of harm", HARM_ANCHORS.items()) + _said("Scope", SCOPE_ANCHORS.items()))


def table(cells: Mapping[Cell, tuple[str, ...]]) -> pd.DataFrame:
    """Nine cells, and a row and a column for what is not set where there is such a thing."""
    harms = [*HARMS.values(), *({None} & {cell.harm for cell, found in cells.items() if found})]
    scopes = [*SCOPES, *({None} & {cell.scope for cell, found in cells.items() if found})]
    return pd.DataFrame(
        {"Harm": _title(harm)} | {_title(scope): _cell(cells[Cell(harm, scope)]) for scope in scopes} for harm in harms
    )


def _title(name: str | None) -> str:
    return words.capital(name) if name else NOT_SET


def _cell(found: Sequence[str]) -> str:
    if not found:
        return "0"
    more = f" and {len(found) - NAMED} more" if found[NAMED:] else ""
    return f"**{len(found)}:** {words.plain(', '.join(found[:NAMED]))}{more}"


def _said(heading: str, anchors: Iterable[tuple[str, str]]) -> str:
    lines = "\n".join(f"- **{words.capital(name)}**: {text}" for name, text in anchors)
    return f"**{heading}**\n\n{lines}\n\n"
