"""Sites by domain: all domains in a table, one of them as dots with their ranges."""

import pandas as pd
import streamlit as st

from assessments.rules.cohorts import FEWEST_SITES
from assessments.rules.side_by_side import DomainRow
from pages.shared import look, words
from reports import charts_sites, sites
from reports.sites import Told

KEY = (
    "Hollow: fewer than 80 % are rated there. Line through it: the worst and the best case for what is not rated. "
    "Upright: the target; dashed: the median; shaded: the middle half, "
)
WHOLE = "A name that ends in … is whole in the table beneath."
OF_SEEN = "both of the sites that are shown here."
OF_WHICH = (
    "A median is of the sites that are shown here and have rated 80 % of the domain. *Counted together* is of "
    "sites that are not shown, which have a median of their own."
)
OF_COUNTED = "both of the sites that are not shown and are counted together, for there is none of those shown."


def show(told: Told) -> None:
    st.header("By domain")
    rows = {row.domain: row for row in told.found.found.domains}
    st.markdown(OF_WHICH)
    with st.container(key=look.FOUND):
        st.table(_summaries(told, list(rows.values())), hide_index=True, border="horizontal")
    if not any(row.summary or row.counted for row in rows.values()):
        st.markdown(
            f"There is no median yet: that takes at least {FEWEST_SITES} sites that share the domain with 80 % of it "
            "rated, of which no agency has more than 60 %."
        )
    chosen = choose_domain(told, list(rows), "sites.domain")
    _picture(told, rows[chosen])


def choose_domain(told: Told, domains: list[str], key: str) -> str:
    """The first where somebody takes the choice back."""
    chosen = st.segmented_control(
        "Domain",
        domains,
        default=domains[0],
        format_func=lambda domain: words.plain(told.titles[domain]),
        key=f"{key}-{told.found.checklist.hash}",
    )
    return chosen or domains[0]


def _summaries(told: Told, rows: list[DomainRow]) -> pd.DataFrame:
    columns = {"Domain": [words.plain(told.titles[row.domain]) for row in rows]}
    if sum(one.own for one in told.found.found.neighbors) == 1 and not told.leads:  # of several, the dots tell
        columns["Yours"] = [f"*Yours* {words.mean(sites.score_of(row))}" for row in rows]
    return pd.DataFrame(
        columns
        | {
            "Target": [f"*Target* {words.mean(row.target)}" for row in rows],
            "Median": [f"*Median* {_median(told, row)}" for row in rows],
        }
    )


def _median(told: Told, row: DomainRow) -> str:
    """Of those seen, and beside it of those counted together."""
    seen, counted = sites.of_seen(row, told.leads), sites.together(row, told.leads)
    return f"{seen}  \n{counted}" if counted else seen


def marks(told: Told) -> str:
    """What a diamond stands for, where there is one."""
    if not any(one.own for one in told.found.found.neighbors):
        return ""
    return f"Diamond: {'a guest that you keep' if told.leads else 'yours'}. Circle: another site. "


def _picture(told: Told, row: DomainRow) -> None:
    frame = sites.dots(row)
    title = told.titles[row.domain]
    st.altair_chart(
        charts_sites.dots(frame, float(words.mean(row.target)), sites.drawn(row.summary, row.counted)),
        alt=f"{title}: the score of each site, in the order of their names; the same as a table beneath.",
        key="sites.dots",
    )
    whose = OF_COUNTED if row.counted and not row.summary else OF_SEEN
    st.markdown(f":small[{marks(told)}{KEY}{whose} {WHOLE}]")
    with st.expander("The same as a table"):
        st.table(_table(frame), hide_index=True, border="horizontal")


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    shown = {"Site": frame["title"].map(words.plain)}
    for column, name in (("score", "Score"), ("low", "At worst"), ("high", "At best")):
        shown[name] = frame[column].map("{:.1f}".format, na_action="ignore").fillna("none yet")
    return pd.DataFrame(shown | {"Rated": frame["rated"]})
