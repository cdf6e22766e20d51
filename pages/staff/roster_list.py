"""The roster, site by site: who works here today, who comes later, and, if asked for, who has left."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from assessments.use_cases.staff import Member
from pages.shared import choices, house, words
from pages.staff import choosing

A_PAGE = 25
EVERY_SITE = "All sites"
SITE = "roster-site"


def show(members: Sequence[Member]) -> None:
    members = of_site(members)
    today = house.today()
    here = choosing.here(members)
    staffed = Counter(map(site_of, here))
    for site, found in groupby(a_page(here, "here"), site_of):
        st.subheader(f"{words.plain(site)}: {words.count(staffed[site], 'staff member')}")
        table(list(found))
    if later := [one for one in members if one.details.starts > today]:
        st.subheader("Not here yet")
        table(a_page(later, "later"), sites=True)
    left = [one for one in members if one not in here and one not in later]
    if left and st.toggle(f"Show those who have left ({len(left)})", key="roster-left"):
        st.subheader("Have left")
        st.markdown("They keep their history, and do not count in today’s figures.")
        table(a_page(left, "left"), sites=True)


def a_page(members: Sequence[Member], which: str) -> Sequence[Member]:
    """Those on the page that is chosen, where there are several."""
    count = len(members)
    if count <= A_PAGE:
        return members
    # The site is in the key: another choice begins on its first page.
    key = f"roster-page-{which}-{st.session_state.get(SITE, '')}-{count}"
    first = (st.pagination(-(-count // A_PAGE), key=key) - 1) * A_PAGE
    shown = members[first:][:A_PAGE]
    st.caption(f"{first + 1} to {first + len(shown)} of {words.count(count, 'staff member')}")
    return shown


def site_of(member: Member) -> str:
    return member.site + (" (archived)" if member.site_archived else "")


def of_site(members: Sequence[Member]) -> Sequence[Member]:
    """Those of the site that is chosen, where there are several."""
    sites = {one.details.site_id: site_of(one) for one in members}
    if len(sites) < 2:
        return members
    names = {"": EVERY_SITE, **sites}
    say = choices.steady(SITE, names, names.__getitem__)
    chosen = st.selectbox("Site", list(names), format_func=say, key=SITE)
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
        **({"Site": words.plain(site_of(member))} if site else {}),
        "Roles": words.plain(", ".join(member.roles)),
        "Since": words.day(found.starts),
        "Until": words.day(found.ends) if found.ends else "",
        "Supervisor": words.plain(member.supervisor),
    }
