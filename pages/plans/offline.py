"""Reading where there is no net: the drawn records as a workbook, filled in elsewhere and brought back."""

from collections.abc import Sequence

import streamlit as st

from assessments.use_cases.read_twice import READ_AS_OTHER, TwoReaders, two_readers
from assessments.use_cases.record_ratings import Reader
from assessments.use_cases.records import RecordLine, records
from assessments.use_cases.reviews import ReviewLine
from pages.plans import choosing, offline_back
from pages.plans.offline_made import checklist_of, made
from pages.plans.reading_choices import ALONE, READERS, say_who_sees
from pages.shared import delivery, hallway, house, words
from reports.reading_form import MOST

SHARES = range(1, 9)
ALL_COMPARED = "All of these records were compared, and what was found in them stays. There is nothing left to read."


def to_read(line: ReviewLine, two: TwoReaders, reader: Reader) -> list[RecordLine]:
    """In the order of the draw."""
    drawn = [one for one in house.read(records, line.id) if one.turn is not None and not one.put_aside]
    mine = [one for one in drawn if one.second] if reader == "second" else drawn
    still = [one for one in mine if not (one.second and two.compared) and one.id not in two.barred[reader]]
    return sorted(still, key=lambda one: one.turn or 0)


def choose_reader(line: ReviewLine, two: TwoReaders) -> Reader:
    if not line.second:
        return "first"
    chosen: Reader = st.segmented_control(
        "You read as",
        list(READERS),
        default="first",
        format_func=READERS.__getitem__,
        key=f"offline-{line.id}",
        required=True,
    )
    say_who_sees(two)
    return chosen


def choose_share(lines: Sequence[RecordLine], key: str) -> list[RecordLine]:
    """All of them, or every so many-th where several people share the reading."""
    if len(lines) < 2:
        return list(lines)
    shared, mine = st.columns(2)
    many: int = shared.selectbox(
        "How many people share the reading",
        [one for one in SHARES if one <= len(lines)],
        key=f"shared-{key}",
        help="Each takes a workbook of their own; no record is in two of them.",
    )
    if many == 1:
        return list(lines)
    share: int = mine.selectbox(
        "This share", range(1, many + 1), format_func=lambda one: f"{one} of {many}", key=f"share-{many}-{key}"
    )
    return list(lines[share - 1 :: many])


st.title("Read offline")
choosing.say_what_it_is()
line = choosing.review()
if not line.drawn:
    st.info("No record is drawn yet, so there is nothing to take along. Draw first.")
    hallway.next_step(hallway.RECORDS, "Go to the records", ":material/folder_copy:", review=line.id)
    st.stop()
read = choosing.read_of(line)
if read.status == "submitted":
    st.info("This assessment was submitted, so nothing in it changes. Reopen it to read on.")
    hallway.next_step(hallway.RESULTS, "Results of the review", ":material/query_stats:", review=line.id)
    st.stop()
checklist = checklist_of(read.checklist)
if len(checklist.indicators) > MOST:
    st.info(f"This checklist asks more than {MOST} things, too many for a workbook. Read on the screen.")
    hallway.next_step(hallway.READ_PLAN, "Read on the screen", ":material/menu_book:", review=line.id)
    st.stop()
st.subheader("Take it along")
st.markdown(
    "A workbook for Excel or LibreOffice: a row for each record, a column for each element, with what counts and the "
    "answers to choose from. What was answered so far is in it; a date never is."
)
two = house.read(two_readers, read.assessment) if line.second else ALONE
reader = choose_reader(line, two)
lines = to_read(line, two, reader)
if lines:
    mine = choose_share(lines, f"{line.id}-{reader}")
    label = f"Workbook of {words.count(len(mine), 'record')}"
    about = f"{read.assessment}{reader}{len(mine)}{mine[0].id}"
    delivery.offer(label, about, lambda: made(line, read, reader, mine), read.assessment)
else:
    st.info(READ_AS_OTHER if two.barred[reader] else ALL_COMPARED)
st.subheader("Bring it back")
offline_back.show(read, checklist)
hallway.next_step(hallway.READ_PLAN, "Read on the screen", ":material/menu_book:", review=line.id)
