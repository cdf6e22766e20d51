"""What changed since the last cycle, at the same sites, on what each rated both times."""

import pandas as pd
import streamlit as st

from assessments.rules.since_last import SinceRow
from pages.shared import words
from pages.together import sites_domains
from reports import charts_sites, sites
from reports.sites import Told


def show(told: Told) -> None:
    st.header("Since the last cycle")
    rows = {row.domain: row for row in told.found.since if row.slopes}
    if not rows:
        st.markdown(_nothing(told))
        return
    st.markdown(
        f"Compared with **{words.plain(told.found.earlier)}**: the same sites both times, each on the indicators that "
        "it rated both times. A change of level says that the rating changed; it may be the program, or who rated."
    )
    domain = sites_domains.choose_domain(told, list(rows), "sites.since")
    _picture(told, rows[domain])


def _nothing(told: Told) -> str:
    if told.found.earlier:
        return f"No site that can be seen was rated on the same indicators in {words.plain(told.found.earlier)}."
    return "There is no earlier cycle to compare with. When the next one is submitted, the change is shown here."


def _picture(told: Told, row: SinceRow) -> None:
    frame = sites.slopes(row)
    st.altair_chart(
        charts_sites.slopes(frame),
        alt=f"{told.titles[row.domain]}: each site before and after; the same as a table beneath.",
        key="sites.slopes",
    )
    st.markdown(":small[Hollow: before. Filled: after. Diamond: yours. Levels 0 to 4, common indicators only.]")
    if row.before and row.after:
        st.markdown(f"The median was **{sites.median(row.before)}** and is **{sites.median(row.after)}**.")
    with st.expander("The same as a table"):
        shown = {"Site": frame["title"].map(words.plain)}
        shown |= {name.capitalize(): frame[name].map("{:.1f}".format) for name in ("before", "after")}
        shown |= {"On": frame["common"].map(lambda number: words.count(number, "indicator"))}
        st.table(pd.DataFrame(shown), hide_index=True, border="horizontal")
