"""The roster, site by site: who works here today, who comes later, and, if asked for, who has left."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assessments.use_cases.staff import Member
from pages.shared import house, words
from pages.staff import choosing

EVERY_SITE = "All sites"


def show(members: Sequence[Member]) -> None:
    members = of_site(members)
    today = house.today()
    here = choosing.here(members)
    for site, found in groupby(here, lambda member: member.site):
        there = list(found)
        st.subheader(f"{words.plain(site)}: {words.count(len(there), 'staff member')}")
        table(there)
    if later := [one for one in members if one.details.starts > today]:
        st.subheader("Not here yet")
        table(later, sites=True)
    left = [one for one in members if one not in here and one not in later]
    if left and st.toggle(f"Show those who have left ({len(left)})", key="roster-left"):
        st.subheader("Have left")
        st.markdown("They keep their history, and do not count in today’s figures.")
        table(left, sites=True)


def of_site(members: Sequence[Member]) -> Sequence[Member]:
    """Those of the site that is chosen, where there are several."""
    sites = {one.details.site_id: one.site for one in members}
    if len(sites) < 2:
        return members
    chosen = st.selectbox(
        "Site", ["", *sites], format_func=lambda site_id: sites.get(site_id, EVERY_SITE), key="roster-site"
    )
    return [one for one in members if chosen in ("", one.details.site_id)]


def table(members: Sequence[Member], sites: bool = False) -> None:
    """Last days and supervisors have a column only where there are some."""
    lines = [_line(one, sites) for one in members]
    needless = {name for name in ("Until", "Supervisor") if not any(line[name] for line in lines)}
    shown = [{name: said for name, said in line.items() if name not in needless} for line in lines]
    st.table(shown, hide_index=True, border="horizontal")


def _line(member: Member, site: bool) -> dict[str, str]:
    found = member.details
    return {
        "Staff member": f"**{words.plain(found.code)}** {words.plain(found.name)}".strip(),
        **({"Site": words.plain(member.site)} if site else {}),
        "Roles": words.plain(", ".join(member.roles)),
        "Since": words.day(found.starts),
        "Until": words.day(found.ends) if found.ends else "",
        "Supervisor": words.plain(member.supervisor),
    }
