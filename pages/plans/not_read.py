"""Columns of a workbook that came back from which nothing was taken, told so that nobody believes them to be kept."""

from collections.abc import Sequence

import streamlit as st

from pages.shared import words


def say(columns: Sequence[str]) -> None:
    if columns:
        st.warning(
            f"Not read, and nothing of it is kept: {words.plain(', '.join(columns))}. A file "
            "that is taken out anew has the headings that are read.",
            icon=":material/visibility_off:",
        )
