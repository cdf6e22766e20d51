"""Two readers of the same records: how far each is, how far they agree, and what they agree on where they did not."""

import streamlit as st

from assessments.rules.agreement import CAUTION
from assessments.use_cases.readers import ReadersCompared, Twice, compare_readers, readers_compared
from assessments.use_cases.review_results import reads_records
from assessments.use_cases.reviews import ReviewLine
from pages.plans import choosing, readers_agree
from pages.plans.reading_choices import ONE_SIGN_IN
from pages.shared import hallway, house, words
from reports.agreement import COLUMNS, MEANING, cells


def show_progress(found: ReadersCompared) -> None:
    """Of the checklists that are not compared yet."""
    st.markdown(
        f"Two people are to read {words.count(found.records, 'record')}, each on their own. Whoever has answered as "
        "one reader of a record is not shown what the other found there until the two are compared. What follows from "
        "the dates with certainty is asked of neither."
    )
    if not found.several:
        st.caption(ONE_SIGN_IN)
    for one in found.open:
        st.markdown(f"**{words.plain(words.in_terms(one.title, house.agency()))}**")
        for name, done in (("First reader", one.first), ("Second reader", one.second)):
            st.progress(done / one.asked if one.asked else 0.0, text=f"{name}: {done} of {one.asked} answers")


def offer_to_compare(line: ReviewLine, found: ReadersCompared) -> None:
    if not found.can_be_compared:
        st.info("They can be compared once both have answered everything with at least one checklist.")
        hallway.next_step(hallway.READ_PLAN, "Read on", ":material/menu_book:", review=line.id)
        return
    left = [one.title for one in found.open if not one.done]
    if left:
        names = words.plain(words.in_terms(", ".join(left), house.agency()))
        st.info(f"Not read to the end by both: {names}. It stays open to both readers and is compared later.")
    st.markdown("Once they are compared, what each of the two gave stays. What they agree on comes beside it.")
    if st.button("Compare the two readers", type="primary", icon=":material/compare:") and house.done(
        compare_readers, line.id
    ):
        house.say("The two readers are compared. What each gave stays.")
        st.rerun()


def entered_by_one(by_one: int, of: int) -> str:
    """A sign-in is all that is known of a reader."""
    which = "everywhere" if by_one == of else f"in {by_one} of {words.count(of, 'record')}"
    return (
        f"Both readings were entered by one person, under one sign-in, {which}. If nobody else read there, this says "
        "nothing of agreement between people, only how steadily one person reads."
    )


def show_agreement(found: ReadersCompared, one: Twice) -> None:
    agreed = one.agreement
    st.subheader(words.in_terms(one.title, house.agency()))
    if one.by_one:
        st.warning(entered_by_one(one.by_one, found.records), icon=":material/person:")
    if agreed is None or not agreed.compared:
        st.markdown("There is nothing to which both gave a level, so nothing can be said of their agreement.")
        return
    said = f"Both gave a level {agreed.compared} times, {agreed.exact} times the same, and {agreed.within_one} times at"
    if found.few:
        st.markdown(
            f"{said} most one apart. Fewer than five records are read twice, so these are counts and no shares."
        )
        return
    st.markdown(f"{said} most one apart.")
    st.table(dict(zip(COLUMNS, ([cell] for cell in cells(agreed)), strict=True)), hide_index=True, border="horizontal")
    if agreed.why_not:
        st.markdown(agreed.why_not)
    if agreed.chance and agreed.chance.lopsided:
        st.warning(CAUTION)
    st.caption(
        f"{MEANING} All of this rests on {words.count(found.records, 'record')}, so it says how these were read and "
        "not how others would be."
    )


st.title("Two readers")
choosing.say_what_it_is()
line = choosing.review()
if not line.drawn:
    st.info("No record is drawn yet. With the draw it is settled which records two people read.")
    hallway.next_step(hallway.RECORDS, "Go to the records", review=line.id)
    st.stop()
found = house.read(readers_compared, line.id)
if not found.records:
    st.info("No record of this review is marked for two readers, so there is nothing to compare.")
    hallway.next_step(hallway.RESULTS, "Results of the review", ":material/query_stats:", review=line.id)
    st.stop()
reads = house.read(reads_records)
if found.open:
    show_progress(found)
    if reads:
        offer_to_compare(line, found)
if found.at is None:
    st.stop()
when = words.clock(house.local(found.at), house.today())
st.markdown(f"{words.count(found.records, 'record')} read twice, compared {when}.")
for one in found.compared:
    show_agreement(found, one)
    readers_agree.show(line, one, reads=reads)
hallway.next_step(hallway.RESULTS, "Results of the review", ":material/query_stats:", review=line.id)
