"""What changed since the last cycle, at the same sites, on what each rated both times."""

import pandas as pd
import streamlit as st

from assessments.rules.cohorts import FEWEST_SITES
from assessments.rules.since_last import SinceRow
from pages.shared import words
from pages.together import sites_domains
from reports import charts_sites, sites
from reports.sites import Told

KEY = "Small: before. Large: after; alone where nothing changed. Levels 0 to 4, common indicators only. "
NO_MEDIAN = (
    f"That takes {FEWEST_SITES} sites that are shown here and rated 80 % of the domain both times, of which no agency "
    "has more than 60 %."
)


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
    st.markdown(f":small[{KEY}{sites_domains.marks(told)}{sites_domains.WHOLE}]")
    domain = words.plain(told.titles[row.domain])
    if row.before and row.after:
        number = words.count(row.after.sites, "site")
        st.markdown(
            f"{domain}: the median was **{sites.median(row.before)}** and is **{sites.median(row.after)}**, of "
            f"{number} that rated 80 % of the domain both times."
        )
    else:
        st.markdown(f"{domain}: there is no median. {NO_MEDIAN}")
    if row.counted_before and row.counted_after:
        before, after = sites.median(row.counted_before), sites.median(row.counted_after)
        number = words.count(row.counted_after.sites, "site")
        st.markdown(f"{domain}: of {number} counted together the median was **{before}** and is **{after}**.")
    with st.expander("The same as a table"):
        shown = {"Site": frame["title"].map(words.plain)}
        shown |= {name.capitalize(): frame[name].map("{:.1f}".format) for name in ("before", "after")}
        shown |= {"On": frame["common"].map(lambda number: words.count(number, "indicator"))}
        st.table(pd.DataFrame(shown), hide_index=True, border="horizontal")
