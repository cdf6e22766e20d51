"""Sites and cycles: both are listed, added, changed, archived, and deleted while nothing hangs on them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from assessments.rules.settings import SETTINGS
from assessments.store.tables import Site
from assessments.use_cases import agencies
from assessments.use_cases.agencies import CycleDetails, SiteDetails
from assessments.use_cases.assessments import Listed, assessments
from pages.setup import places_archive
from pages.shared import choices, house, settings, words

ADDED = "places.added"


@dataclass(frozen=True)
class Kind:
    """What differs between the two."""

    one: str
    about: str
    rows: Callable[..., list[Any]]
    add: Callable[..., Any]
    revise: Callable[..., Any]
    archive: Callable[..., Any]
    delete: Callable[..., Any]
    fields: Callable[[Any, str], Any]
    blank: Callable[[], Any]
    said: Callable[[Any], str]
    on: Callable[[Listed], str]


def _site_said(row: Site) -> str:
    return SETTINGS[row.setting] + (", infants stay here" if row.infants_on_site else "")


SITE = Kind(
    "site",
    "A site is a program at a place: the thing that is rated and compared. Two unlike programs are two sites.",
    agencies.sites,
    agencies.add_site,
    agencies.revise_site,
    agencies.archive_site,
    agencies.delete_site,
    settings.site,
    lambda: SiteDetails(""),
    _site_said,
    lambda one: one.site_id,
)
CYCLE = Kind(
    "cycle",
    "A cycle is a round of rating: a baseline, then follow-ups some 6 to 12 months apart.",
    agencies.cycles,
    agencies.add_cycle,
    agencies.revise_cycle,
    agencies.archive_cycle,
    agencies.delete_cycle,
    settings.cycle,
    lambda: CycleDetails("", house.now().date()),
    lambda row: settings.span(row.starts, row.ends),
    lambda one: one.cycle_id,
)


def show(kind: Kind) -> None:
    st.markdown(kind.about)
    rows = house.read(kind.rows, archived=True)
    st.markdown("\n".join(f"- **{words.plain(row.name)}** · {kind.said(row)}{_archived(row)}" for row in rows))
    with st.expander(f"Add a {kind.one}", icon=":material/add:", expanded=not rows):
        add(kind)
    if rows:
        by_id, key = {row.id: row for row in rows}, f"change-{kind.one}"
        chosen = st.selectbox(
            f"Change a {kind.one}",
            list(by_id),
            index=None,
            placeholder=f"Choose a {kind.one} to rename, change, archive or delete",
            format_func=choices.steady(key, by_id, lambda row_id: by_id[row_id].name + _archived(by_id[row_id])),
            key=key,
        )
        if chosen:
            with st.container(border=True):
                change(kind, by_id[chosen])


def add(kind: Kind) -> None:
    """A new form after each one added; after an error what was typed stays."""
    number = st.session_state.get(ADDED, 0)
    with st.form(f"add-{kind.one}-{number}", border=False):
        details = kind.fields(kind.blank(), f"add-{kind.one}-{number}")
        if st.form_submit_button(f"Add this {kind.one}", type="primary") and house.done(kind.add, details):
            st.session_state[ADDED] = number + 1
            house.say(f"{details.name.strip()} is added.")
            st.rerun()


def change(kind: Kind, row: Any) -> None:
    key = f"{kind.one}-{row.id}-{settings.stamp(row)}"
    with st.form(f"form-{key}", border=False):
        details = kind.fields(row, key)
        if st.form_submit_button("Save the changes", type="primary") and house.done(kind.revise, row.id, details):
            house.say(f"{details.name.strip()} is saved. Its history stays with it.")
            st.rerun()
    places_archive.show(row, key, kind.archive)
    delete(kind, row, key)


def delete(kind: Kind, row: Any, key: str) -> None:
    hanging = sum(kind.on(one) == row.id for one in house.read(assessments, archived=True))
    if hanging:
        st.markdown(f"It has {words.count(hanging, 'assessment')}, so it can be archived but not deleted.")
        return
    with st.form(f"delete-{key}", border=False):
        typed = st.text_input(f"To delete it, type its name: {words.plain(row.name)}", key=f"typed-{key}")
        if st.form_submit_button("Delete it") and house.done(kind.delete, row.id, typed):
            house.say(f"{row.name} is deleted. The audit trail keeps that it was there.")
            st.rerun()


def _archived(row: Any) -> str:
    return " (archived)" if row.archived_at else ""
