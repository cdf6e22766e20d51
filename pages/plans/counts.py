"""Quarterly counts: what a state asks for, of each site, beside what the reviews have."""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from assessments.errors import BadInput
from assessments.rules.quarters import in_words, last_day
from assessments.rules.state_counts import MEASURES, Measure, StateCounts, is_small
from assessments.use_cases.quarter_counts import TITLES, CountLine, quarter_counts, write_quarter_count
from pages.plans import choosing, suggested
from pages.shared import clearable, delivery, forms, hallway, house, words
from reports import state_counts

SCOPE = "counts"
WHAT_FOR = (
    "States ask how many infants were identified, and how many of them had a plan and a referral. Count at the end of "
    "each quarter. A number that nobody counted stays empty: that is not 0. Numbers alone, never a name."
)
DIFFER = "The counts and the review differ. There can be good reasons, such as a list that was made earlier:"

AGAIN = " The quarter is not over yet, so count again at its end."


@dataclass(frozen=True)
class Typed:
    """As it stands in the form: a part of an infant too."""

    numbers: Mapping[Measure, float | None]

    @property
    def whole(self) -> StateCounts:
        parts = [TITLES[name] for name, value in self.numbers.items() if value is not None and value % 1]
        if parts:
            raise BadInput("\n".join(f"{title}: give a whole number, or leave it empty." for title in parts))
        return StateCounts(**{name: None if value is None else int(value) for name, value in self.numbers.items()})


def fields(key: str, typed: Typed) -> Typed:
    """Without bounds, which the browser would say beside what the page says; so the page alone says what is wrong."""
    given = {
        name: clearable.number(
            st.container(),
            TITLES[name],
            typed.numbers[name],
            f"{key}-{name}",
            step=1.0,
            format="%g",
            placeholder="Not counted",
            help=state_counts.MEANS[TITLES[name]],
        )
        for name in MEASURES
    }
    return Typed(given)


def show(line: CountLine) -> None:
    name = f"{SCOPE}-{line.site_id}-{line.quarter}"
    unfinished = (
        "" if line.over else f" · :material/hourglass_top: **Not over yet**, ends {words.day(last_day(line.quarter))}"
    )
    st.markdown(f"**{line.quarter}** · {in_words(line.quarter)}{unfinished}  \n{state_counts.in_short(line)}")
    found = list(state_counts.differences(line))
    if found:
        st.info("\n".join([DIFFER, "", *(f"- {words.plain(one)}" for one in found)]), icon=":material/compare_arrows:")
    if asked := state_counts.question(line):
        st.warning(words.plain(asked), icon=":material/help:")
    label = f"{'Change' if line.counts.given else 'Enter'} {line.quarter}"
    typed = Typed({measure: line.counts.of(measure) for measure in MEASURES})
    forms.door(name, label, typed, line.version, ":material/edit:")
    forms.show(
        name,
        "Save the counts",
        fields,
        lambda typed, shown, _: save(line, typed.whole, shown),
        lambda saved: outcome(line, saved),
        line.version,
        here=True,
        toast=False,
    )


def save(line: CountLine, counts: StateCounts, shown: int) -> StateCounts:
    house.write(write_quarter_count, line.site_id, line.quarter, counts, shown)
    return counts


def outcome(line: CountLine, saved: StateCounts) -> str:
    if not saved.given:
        return f"The counts of {line.quarter} are emptied."
    return f"The counts of {line.quarter} are saved.{'' if line.over else AGAIN}"


def export(lines: list[CountLine]) -> None:
    """All sites and quarters, whole."""
    counted = [one for one in lines if one.counts.given]
    if not counted:
        return
    st.subheader("For the state")
    st.markdown("One sheet with a row for each quarter and site, of all sites.")
    if any(is_small(one.counts) for one in counted):
        st.warning(state_counts.WARNING, icon=":material/visibility:")
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
