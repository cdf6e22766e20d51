"""What page and paper both say of one person, drawn on the page."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from pages.shared import words
from reports.paper import Block, Listing, Paragraph, Table
from reports.person_told import Told

FOLDED = 10


def summary(told: Told) -> None:
    member = told.person.member
    since = f"here since {words.day(member.details.starts)}"
    if member.details.ends:
        since += f", last day {words.day(member.details.ends)}"
    above = f", supervised by {words.plain(member.supervisor)}" if member.supervisor else ""
    st.markdown(f"{words.plain(', '.join(member.roles))}, {words.plain(member.site)}, {since}{above}.")


def show(blocks: Iterable[Block], *, folds: bool = False) -> None:
    """`folds`: a table longer than a screen is closed at first."""
    for block in blocks:
        match block:
            case Paragraph(said, small):
                st.markdown(f":small[{words.marked(said)}]" if small else words.marked(said))
            case Listing(items):
                st.markdown("\n".join(f"- {words.marked(item)}" for item in items))
            case Table() if folds and len(block.rows) > FOLDED:
                with st.expander(f"{words.plain(block.caption)}: {len(block.rows)}"):
                    _draw(block)
            case Table():
                _draw(block)


def _draw(table: Table) -> None:
    st.table(_frame(table), hide_index=True, border="horizontal")


def _frame(table: Table) -> pd.DataFrame:
    rows = [[words.marked(cell) for cell in row] for row in table.rows]
    return pd.DataFrame(rows, columns=list(table.head))
