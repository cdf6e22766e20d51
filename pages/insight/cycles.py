"""Two assessments of one site side by side, on the indicators that were rated in both and on nothing else."""

from collections import Counter

import streamlit as st

from assessments.use_cases.assessments import Listed, assessments
from assessments.use_cases.gap_report import CycleComparison, cycle_comparison
from pages.insight import moves, parts
from pages.shared import choices, hallway, house, words
from reports import charts, frames

SITE = "cycles.site"


def choose_pair(found: list[Listed]) -> tuple[Listed, Listed]:
    """Before and after, of one site; by default its latest and the one before it with the same checklist."""
    sites = {one.site_id: one.site for one in found if sum(other.site_id == one.site_id for other in found) > 1}
    if not sites:
        st.info(
            "There is nothing to compare yet: a site needs two assessments, in two cycles. When the next cycle begins, "
            "start one with the same checklist."
        )
        hallway.next_step(hallway.ASSESSMENTS, "Start an assessment")
        st.stop()
    again = Counter((one.site_id, one.checklist_id) for one in found)
    twice = {site for (site, _), times in again.items() if times > 1}
    first_to_compare = sorted(sites, key=lambda site: site not in twice)
    say = choices.steady(SITE, sites, sites.__getitem__)
    site = st.selectbox("Site", first_to_compare, format_func=say, key=SITE)
    here = {one.id: one for one in found if one.site_id == site}
    before, after = default_pair(list(here.values()))
    first, second = st.columns(2)
    with second:
        after = here[choose("After", list(here), after.id, here)]
    with first:
        others = [name for name in here if name != after.id]
        before = here[choose("Before", others, before.id if before.id in others else others[0], here)]
    return before, after


def choose(label: str, options: list[str], default: str, here: dict[str, Listed]) -> str:
    key = f"cycles.{label}-{here[default].site_id}"
    say = choices.steady(key, options, lambda name: title(here[name]))
    if st.session_state.get(key) not in options:
        st.session_state[key] = default
    return st.selectbox(label, options, format_func=say, key=key)


def title(one: Listed) -> str:
    return f"{one.cycle} · {one.name} ({words.STATUSES[one.status].lower()})"


def default_pair(here: list[Listed]) -> tuple[Listed, Listed]:
    """`here` is newest first; where no two are of one checklist, the two newest."""
    for place, after in enumerate(here):
        same = [one for one in here[place + 1 :] if one.checklist_id == after.checklist_id]
        if same:
            return same[0], after
    return here[1], here[0]


def picture(found: CycleComparison) -> None:
    frame = frames.sides(found.change, found.after.checklist, lambda text: words.in_terms(text, house.agency()))
    drawn, told = st.columns(2, gap="medium")
    with drawn:
        alt = " ".join(f"{row['title']}: from {row['before']} to {row['after']}." for row in frame.to_dict("records"))
        st.altair_chart(charts.sides(frame), alt=f"Score by domain, before and after. {alt}")
        st.markdown(":small[Hollow: before. Filled: after. Levels 0 to 4, common indicators only.]")
    with told:
        st.table(moves.table(frame), hide_index=True, border="horizontal")


st.title("Cycles side by side")
before, after = choose_pair(house.read(assessments))
found = house.read(cycle_comparison, before.id, after.id)
whole = found.change.whole
if not whole.common:
    st.info("No indicator was rated in both, so nothing can be compared. Choose another pair.")
else:
    st.markdown(
        f"On **{whole.common} of {found.change.of} indicators** rated in both, the score was "
        f"**{words.mean(whole.before)}** before and is **{words.mean(whole.after)}** after. "
        "What only one of them rated is left out, so each one's own gap analysis can show other figures."
    )
    picture(found)
    parts.show(found)
    moves.show(found)
moves.left_out(found)
hallway.next_step(hallway.GAPS, "Gap analysis of the later one", assessment=after.id)
