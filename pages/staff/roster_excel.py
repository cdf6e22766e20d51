"""The roster in Excel: taken out by code, or with names where that is asked for; a list brought back is shown first."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assessments.errors import Conflict, ToolkitError
from assessments.use_cases.agencies import sites
from assessments.use_cases.deliveries import File
from assessments.use_cases.job_roles import RoleLine
from assessments.use_cases.staff import Member, export_names, roster
from assessments.use_cases.staff_intake import StaffPreview, StaffTaken, preview_staff, take_in_staff
from pages.assess import workbook_refused
from pages.shared import delivery, house, words
from pages.staff import roster_changes
from reports.roster_back import Listing, read_back
from reports.roster_form import roster_workbook
from reports.workbook_grid import Unfit
from standards import cells

UPLOADS, READ, SEEN = "roster.uploads", "roster.read", "roster.seen"


def show(members: Sequence[Member], roles: Sequence[RoleLine], *, keeps: bool) -> None:
    st.subheader("Take it along")
    if members:
        names = any(one.details.name for one in members) and st.checkbox(
            "With names", key="roster-names", help="That you asked for names is kept in the audit trail."
        )
        delivery.offer(
            "The roster with names" if names else "The roster, by code",
            f"roster-{'names' if names else 'codes'}",
            lambda: file(roles, names=names),
            house.agency().id,
        )
    if not keeps:
        return
    delivery.offer("A blank list to fill in", "roster-blank", lambda: blank(roles), house.agency().id)
    st.subheader("Bring it back")
    st.markdown(
        "A list, filled in: a row for each person, each with a code. You see what would change "
        "before anything is written. Who is not in the list is not touched."
    )
    take_back(members)


def file(roles: Sequence[RoleLine], *, names: bool) -> File:
    if names:
        members = house.write(export_names)
        named = frozenset(one.id for one in members if one.details.name)
        return replace(_book(made(members, roles), "export_names", "with names"), names=named)
    return _book(made(coded(house.read(roster)), roles), "roster")


def blank(roles: Sequence[RoleLine]) -> File:
    return _book(made([], roles), "take_in_staff", "blank list")


def _book(content: bytes, right: str, *more: str) -> File:
    """With the day in its name: a roster is another one tomorrow."""
    return delivery.workbook(content, right, "staff", *more, house.today().isoformat())


def coded(members: Sequence[Member]) -> list[Member]:
    return [one.unnamed for one in members]


def made(members: Sequence[Member], roles: Sequence[RoleLine]) -> bytes:
    offered = [role.profile.name for role in roles if not role.archived]
    return roster_workbook(members, [site.name for site in house.read(sites)], offered, house.agency().name)


def take_back(members: Sequence[Member]) -> None:
    number = st.session_state.setdefault(UPLOADS, 0)
    content = st.file_uploader(
        "A list of staff (.xlsx, at most 10 MB)", ["xlsx"], max_upload_size=10, key=f"roster-back-{number}"
    )
    if content is None:
        return
    listing = read(content.getvalue())
    if listing is None:
        return
    before, now = st.session_state.get(SEEN), house.read(preview_staff, listing.rows)
    st.session_state[SEEN] = now
    if wrong := listing.told(now.faults):
        workbook_refused.show_faults(wrong)
        if now.doubts:
            roster_changes.show_doubts(listing.placed(now.doubts))
        return
    roster_changes.show(now, members)
    confirm(listing, before or now, now)


def read(content: bytes) -> Listing | None:
    """What it says, read once for each file; None where it is no list of staff, which is then said."""
    digest = hashlib.sha256(content).hexdigest()
    kept = st.session_state.get(READ)
    if kept and kept[0] == digest:
        found: Listing = kept[1]
        return found
    st.session_state.pop(SEEN, None)
    try:
        with st.spinner("Reading the list"):
            listing = read_back(cells.read(content))
    except cells.Unreadable as wrong:
        st.error(f"{words.plain(str(wrong))} Nothing was written.", icon=":material/error:")
        return None
    except Unfit as wrong:
        workbook_refused.show_faults(wrong.faults)
        return None
    st.session_state[READ] = (digest, listing)
    return listing


def confirm(listing: Listing, seen: StaffPreview, now: StaffPreview) -> None:
    many = len(now.to_write)
    if not many:
        st.success("This list says what is on the roster already. There is nothing to do.")
        return
    digest = st.session_state[READ][0]
    because = roster_changes.keep_codes(listing.placed(now.doubts), digest) if now.doubts else ""
    meant = roster_changes.far_ahead(now.to_write, digest)
    if not st.button(f"Take in {words.count(many, 'row')}", type="primary", icon=":material/upload:", key="take-in"):
        return
    if not meant:
        st.error("Nothing was written: look at the first days that are far ahead, and tick that they are right.")
        return
    try:
        with st.spinner("Writing the roster"):
            taken = house.write(take_in_staff, listing.rows, seen, because)
    except ToolkitError as error:
        st.error(words.plain(str(error)), icon=":material/call_split:" if isinstance(error, Conflict) else None)
        return
    house.say(outcome(taken))
    for key in (READ, SEEN):
        st.session_state.pop(key, None)
    st.session_state[UPLOADS] += 1
    st.rerun()


def outcome(taken: StaffTaken) -> str:
    if not taken.added and not taken.changed:
        return "This list was taken in already, a moment ago. Nothing was written a second time."
    return f"Taken in and saved: {words.count(taken.added, 'person', 'people')} added, {taken.changed} changed."
