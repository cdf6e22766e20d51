"""What is read: the review, the checklist, as which reader, and the record; each in the address by a random id."""

from collections.abc import Mapping, Sequence

import streamlit as st

from assessments.use_cases.checklists import shelf
from assessments.use_cases.clocks import record_clocks
from assessments.use_cases.read_twice import READ_AS_OTHER, TwoReaders, two_readers
from assessments.use_cases.record_ratings import record_ratings
from assessments.use_cases.records import RecordLine, records
from assessments.use_cases.reviews import Read, ReviewLine, reviews
from pages.plans import choosing
from pages.plans.reading import Reader, Reading
from pages.shared import hallway, house
from pages.staff.rating_choices import choose_one
from standards.model import Checklist

READERS: Mapping[Reader, str] = {"first": "First reader", "second": "Second reader"}
RECORD, READER, ASSESSMENT = "record", "reader", "assessment"
FOLLOWED = "reading.followed"
ALONE = TwoReaders(several=False, compared=False, barred={"first": frozenset(), "second": frozenset()})
EACH_ALONE = (
    "Read a record as one of its two readers, and on your own. Once you have answered anything in it as one, what the "
    "other finds there is kept from you until the two are compared."
)
ONE_SIGN_IN = (
    "Only what the reader chosen here found is shown. Say who reads: several of you may use this computer, and "
    "Plumbline cannot know who sits before it."
)


def choose() -> Reading:
    """Ends the page, with the way on, where there is nothing to read."""
    _follow()
    line = choosing.review()
    if not line.drawn:
        st.info("No record is drawn yet. Put the records on the list, write the rules down and draw.")
        hallway.next_step(hallway.RECORDS, "Go to the records", review=line.id)
        st.stop()
    read = choosing.read_of(line)
    drawn = [one for one in house.read(records, line.id) if one.turn is not None and not one.put_aside]
    two = house.read(two_readers, read.assessment) if line.second else ALONE
    reader = _reader(line, two)
    to_read = sorted((one for one in drawn if reader == "first" or one.second), key=lambda one: one.turn or 0)
    record = _record(line, to_read)
    if record.id in two.barred[reader]:
        st.info(READ_AS_OTHER)
        hallway.next_step(hallway.READERS, "How far both readers are", ":material/group:", review=line.id)
        st.stop()
    found = house.read(record_ratings, read.assessment, [record.id], reader).get(record.id, {})
    clocks = house.read(record_clocks, line.id, [record.id]).get(record.id, {})
    return Reading(line, read, _checklist(read), reader, record, to_read, found, clocks, record.second and two.compared)


def _follow() -> None:
    """A link names the assessment; the fields on the screen may still say another."""
    asked = st.query_params.get(ASSESSMENT, "")
    if not asked or asked == st.session_state.get(FOLLOWED):
        return
    st.session_state[FOLLOWED] = asked
    line = next((one for one in house.read(reviews) if asked in (read.assessment for read in one.reads)), None)
    if line:
        st.query_params["review"] = st.session_state[choosing.REVIEW] = line.id
        st.session_state[f"{choosing.READ}-{line.id}"] = asked


def _reader(line: ReviewLine, two: TwoReaders) -> Reader:
    """A choice is drawn only where somebody reads a second time."""
    asked, key = st.query_params.get(READER), f"reader-{line.id}"
    if not line.second:
        return "first"
    if asked in READERS and key not in st.session_state:
        st.session_state[key] = asked
    chosen: Reader = (
        st.segmented_control(
            "You read as",
            list(READERS),
            default="first" if key not in st.session_state else None,
            format_func=READERS.__getitem__,
            key=key,
            required=True,
        )
        or "first"
    )
    st.query_params[READER] = chosen
    say_who_sees(two)
    return chosen


def say_who_sees(two: TwoReaders) -> None:
    if not two.compared:
        st.caption(EACH_ALONE if two.several else ONE_SIGN_IN)


def _record(line: ReviewLine, to_read: Sequence[RecordLine]) -> RecordLine:
    """By code alone: what is left of it would change with every rating."""
    by_id = {one.id: one for one in to_read}
    names = {one.id: f"{one.details.code} · {one.details.quarter}" for one in to_read}
    chosen = choose_one("Record", names, RECORD, f"read-record-{line.id}", first=True)
    return by_id[chosen] if chosen else to_read[0]


def _checklist(read: Read) -> Checklist:
    return next(one.checklist for one in house.read(shelf) if one.checklist.key == read.checklist)
