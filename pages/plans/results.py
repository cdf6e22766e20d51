"""What a review of plans comes to: what is known, the headings, the critical elements, the timing, every element."""

import streamlit as st

from assessments.use_cases.readers import first_stands
from assessments.use_cases.review_results import reads_records, review_results, unmet_cases
from pages.plans import choosing, results_course, results_shown, results_taken
from pages.shared import hallway, house, look, words
from reports import plan_results as told
from reports.plan_results import Told


def say(text: str) -> str:
    return words.in_terms(text, house.agency())


st.title("Results of the review")
choosing.say_what_it_is()
line = choosing.review()
read = choosing.read_of(line)
found = house.read(review_results, read.assessment)
stands = house.read(first_stands, read.assessment)
unmet = house.read(unmet_cases, read.assessment) if house.read(reads_records) else None
shown = Told(found, house.agency().name, choosing.title(line), house.local(house.now()), say, unmet, stands)

st.markdown("  \n".join(map(words.marked, told.known(shown))))
if not found.read.begun:
    st.info("Nothing is read yet, so there is no result. Results appear here with the first record that is read.")
    if found.is_drawn:
        hallway.next_step(hallway.READ_PLAN, "Read the records", ":material/menu_book:", review=line.id)
    else:
        hallway.next_step(hallway.RECORDS, "Go to the records", ":material/folder_copy:", review=line.id)
    st.stop()
st.caption(f"{told.PURPOSE} {told.CUT}")
with st.container(key=look.FOUND):
    results_shown.headings(shown)
    results_shown.critical(shown)
    results_shown.timing(shown)
    results_shown.elements(shown)
results_course.show(shown, read.assessment)
results_taken.offer(shown, read.assessment)
if found.read.read < found.read.drawn and unmet is not None:
    hallway.next_step(hallway.READ_PLAN, "Read on", ":material/menu_book:", review=line.id)
else:
    hallway.next_step(hallway.ASSESSMENTS, "Go to the assessments", ":material/list_alt:")
