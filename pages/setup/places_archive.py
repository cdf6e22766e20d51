"""A site or a cycle goes into the archive, with a word on the staff who work there, or comes back out."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from assessments.store.tables import Site
from assessments.use_cases.staff import roster
from pages.shared import house, words
from pages.staff import roster_concerned

SHARED = (
    "While it is archived, what you share of it with a collaborative is hidden from others, and groups that it counts "
    "in do not count. What you chose on the page Sharing stays, and so do counts that were given and help that was "
    "offered."
)
SHARED_AGAIN = "Out of the archive, what you share of it is seen by others again, as the page Sharing says."


def show(row: Any, key: str, archive: Callable[..., Any]) -> None:
    concerned = _staff(row)
    sure = not concerned or st.checkbox("Archive it, with its staff as they are", key=f"sure-{key}")
    st.markdown(SHARED_AGAIN if row.archived_at else SHARED)
    label = "Take it out of the archive" if row.archived_at else "Archive it"
    if not st.button(label, key=f"archive-{key}"):
        return
    if not sure:
        st.error(
            "Not archived. Staff work there: tick first that you archive it all the same.", icon=":material/error:"
        )
    elif house.done(archive, row.id, not row.archived_at):
        house.say(f"{row.name} is {'back on the list' if row.archived_at else 'archived; nothing of it is lost'}.")
        st.rerun()


def _staff(row: Any) -> str:
    """Those who would work at an archived site, said in place."""
    if not isinstance(row, Site) or row.archived_at:
        return ""
    found = roster_concerned.told(roster_concerned.at_site(house.read(roster), row.id))
    if found:
        st.markdown(
            f"At this site work {words.plain(found)}.\n\nIf you archive it, they stay on the roster, where the site is "
            "marked as archived, and nobody new can be put there. Whoever moves on: choose their new site on the page "
            "Staff."
        )
    return found
