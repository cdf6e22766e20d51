"""Two readers of the same records: how far each is, how far they agree, and what they agree on where they did not."""

import streamlit as st

from assessments.use_cases.readers import ReadersCompared, compare_readers, readers_compared
from assessments.use_cases.review_results import reads_records
from assessments.use_cases.reviews import ReviewLine
from pages.plans import choosing, readers_agree, readers_agreement
from pages.plans.reading_choices import ONE_SIGN_IN
from pages.shared import hallway, house, words


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
    readers_agreement.show(found, one)
    readers_agree.show(line, one, reads=reads)
hallway.next_step(hallway.RESULTS, "Results of the review", ":material/query_stats:", review=line.id)
