"""Sites by indicators, one domain at a time: the level of each, and what has none."""

import streamlit as st

from pages.shared import words
from pages.together import sites_domains
from reports import charts_sites, sites
from reports.sites import Told

LEGEND = (
    "In each cell the level, 0 to 4, in five steps of one color; above the column the end of the reference, and all of "
    "it in the table beneath. Dashed: no level ("
    + ", ".join(f"**{words.SIGNS[state]}** {name.lower()}" for state, name in words.STATES.items())
    + ")."
)


def show(told: Told) -> None:
    st.header("By indicator")
    checklist = told.found.checklist
    domain = sites_domains.choose_domain(told, [row.domain for row in told.found.found.domains], "sites.levels")
    strips = sites.in_strips(checklist, domain)
    for number, strip in enumerate(strips):
        st.altair_chart(
            charts_sites.levels(sites.cells(told.found, strip, told.say)),
            alt=f"Levels of each site in {told.titles[domain]}; the same as words in the table that follows.",
            key=f"sites.cells-{number}",
        )
    st.markdown(f":small[{LEGEND}]")
    with st.expander("The same as a table"):
        st.markdown("\n".join(_line(told, one.id) for strip in strips for one in strip))
        for strip in strips:
            table = sites.grid(told.found, strip).map(words.plain)
            st.table(table.rename(columns=words.plain), hide_index=True, border="horizontal")


def _line(told: Told, indicator: str) -> str:
    text = told.say(told.found.checklist.indicator[indicator].text)
    row = sites.row_of(told.found, indicator)
    median = sites.median(row.summary) if row.summary else sites.no_median(row.known, sites.LEVELED)
    return f"- **{words.plain(indicator)}** {words.plain(text)} Median: {median}."
