"""The door: `streamlit run app.py`, `uvicorn app:app` and `python -m server` all come in here."""

from pathlib import Path

import streamlit as st
from streamlit.runtime import app_session

from server import theme, trouble
from server.door import door

PAGES = Path(__file__).parent / "pages"


def stopped(error: Exception) -> bool:
    """Tells the person what to do; the reference finds the cause in the log."""
    st.error(trouble.report(error))
    return True


def no_pages(*_: object) -> None:
    """Of the news that a run began: the browser takes them from the navigation, and never looks at them here."""


# There is no public way to either.
app_session._populate_theme_msg = theme.told_once(app_session._populate_theme_msg)  # noqa: SLF001
app_session.AppSession._populate_app_pages = no_pages  # type: ignore[assignment, method-assign]  # noqa: SLF001
ours = door(st.get_option, PAGES / "shared" / "look.js")
app = st.App(
    PAGES / "frame.py",
    routes=ours.routes,
    middleware=ours.middleware,
    lifespan=ours.lifespan,
    exception_handlers=ours.exception_handlers,
    on_script_error=stopped,
)
