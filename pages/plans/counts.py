"""Quarterly counts: what a state asks for, of each site, beside what the reviews have."""

import streamlit as st

from assessments.rules.quarters import in_words
from assessments.rules.state_counts import MEASURES, MOST, StateCounts, is_small
from assessments.use_cases.quarter_counts import TITLES, CountLine, quarter_counts, write_quarter_count
from pages.improve import forms
from pages.plans import choosing, suggested
from pages.shared import delivery, hallway, house, words
from reports import state_counts

SCOPE = "counts"
WHAT_FOR = (
    "States ask how many infants were identified, and how many of them had a plan and a referral. Count at the end of "
    "each quarter. A number that nobody counted stays empty: that is not 0. Numbers alone, never a name."
)
DIFFER = "The counts and the review differ. There can be good reasons, such as a list that was made earlier:"


def fields(key: str, counts: StateCounts) -> StateCounts:
    given = {
        name: st.number_input(
            TITLES[name],
            min_value=0,
            max_value=MOST,
            value=counts.of(name),
            placeholder="Not counted",
            help=state_counts.MEANS[TITLES[name]],
            key=f"{key}-{name}",
        )
        for name in MEASURES
    }
    return StateCounts(**given)


def show(line: CountLine) -> None:
    name = f"{SCOPE}-{line.site_id}-{line.quarter}"
    st.markdown(f"**{line.quarter}** · {in_words(line.quarter)}  \n{state_counts.in_short(line)}")
    found = list(state_counts.differences(line))
    if found:
        st.info("\n".join([DIFFER, "", *(f"- {words.plain(one)}" for one in found)]), icon=":material/compare_arrows:")
    label = f"{'Change' if line.version else 'Enter'} {line.quarter}"
    forms.door(name, label, line.counts, line.version, ":material/edit:")
    forms.show(
        name,
        "Save the counts",
        fields,
        lambda counts, shown, _: house.write(write_quarter_count, line.site_id, line.quarter, counts, shown),
        f"The counts of {line.quarter} are saved.",
        line.version,
    )


def export(lines: list[CountLine]) -> None:
    """All sites and quarters, whole."""
    counted = [one for one in lines if one.counts.given]
    if not counted:
        return
    st.subheader("For the state")
    st.markdown("One sheet with a row for each quarter and site, of all sites.")
    if any(is_small(one.counts) for one in counted):
        st.warning(state_counts.WARNING)
    delivery.offer(
        "Sheet of counts",
        "counts",
        lambda: delivery.workbook(state_counts.sheet(lines, house.agency().name), "quarter_counts", "quarterly-counts"),
        house.agency().id,
    )


st.title("Quarterly counts")
choosing.say_what_it_is()
st.markdown(WHAT_FOR)
forms.only(SCOPE)
site = suggested.site("counts-site")
found = house.read(quarter_counts, house.today())
for one in found:
    if one.site_id == site:
        with st.container(border=True):
            show(one)
export(found)
hallway.next_step(hallway.RESULTS, "Go to the results of the review", ":material/query_stats:")
