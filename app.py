"""The door: `streamlit run app.py`, `uvicorn app:app` and `python -m server` all come in here."""

from pathlib import Path

import streamlit as st

from server import guard, opening, trouble

guard.require_this_machine(st.get_option("server.address"))


def stopped(error: Exception) -> bool:
    """Tells the person what to do; Streamlit has logged the traceback, the reference finds it there."""
    st.error(trouble.report(error))
    return True


app = st.App(
    Path(__file__).parent / "pages" / "frame.py",
    lifespan=opening.opening,
    middleware=guard.MIDDLEWARE,
    on_script_error=stopped,
)
