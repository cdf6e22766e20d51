"""Numbers and days that can be emptied again. What is given to a field as its default comes back when it is emptied,
and the page would say that it saved what nobody left there; so the value goes in by the state.
"""

from datetime import date
from typing import Any

import streamlit as st

ANY = (date(1970, 1, 1), date(2100, 12, 31))
Where = st.delta_generator.DeltaGenerator


def number(where: Where, label: str, value: float | None, key: str, **more: Any) -> float | None:
    st.session_state.setdefault(key, value)
    found: float | None = where.number_input(label, value=None, key=key, **more)
    return found


def whole(where: Where, label: str, value: int | None, key: str, **more: Any) -> int | None:
    found = number(where, label, value, key, step=1, **more)
    return None if found is None else int(found)


def day(where: Where, label: str, value: date | None, key: str, span: tuple[date, date] = ANY) -> date | None:
    """From the first to the last of `span`."""
    st.session_state.setdefault(key, value)
    found: date | None = where.date_input(label, None, *span, key=key, format="MM/DD/YYYY")
    return found
