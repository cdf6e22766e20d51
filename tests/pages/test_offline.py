"""Reading offline and two readers, as people meet them: shown first, then taken in; compared, then agreed on."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.store import database, place
from assessments.use_cases.readers import compare_readers, readers_differ
from assessments.use_cases.record_ratings import rate_record, record_ratings
from assessments.use_cases.sheets import UNRATED, Answer
from tests.pages.driven import at, press, sound, written
from tests.reports.readings import Pen, taken_out
from tests.use_cases import cast
from tests.use_cases.cast import CANNOT_JUDGE, level
from tests.use_cases.reviewed import Reviewed, reviewed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFLINE, READERS = "plans/offline.py", "plans/readers.py"
BEDS = ("safe-sleep", "1.0")


@pytest.fixture
def review() -> Iterator[Reviewed]:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    yield reviewed(engine)
    engine.dispose()


@pytest.fixture
def beds() -> Iterator[Reviewed]:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    yield reviewed(engine, BEDS)
    engine.dispose()


def bring(content: bytes) -> AppTest:
    test = at(OFFLINE)
    test.file_uploader[0].set_value(("filled.xlsx", content, XLSX))
    return sound(test.run())


def captions(test: AppTest) -> str:
    return "\n".join(one.value for one in test.caption)


def tables(test: AppTest) -> str:
    return "\n".join(table.value.to_string() for table in test.table)


def test_a_workbook_is_taken_out(review: Reviewed) -> None:
    review.lists(3)
    test = at(OFFLINE)
    test = press(test, "Workbook of 3 records")
    assert "is ready" in written(test)
    test.selectbox[0].set_value(2)
    assert press(sound(test.run()), "Workbook of 2 records")


def test_what_comes_back_is_shown_and_then_taken_in(review: Reviewed) -> None:
    (record,) = review.lists(1)
    pen = Pen(taken_out(review)).write("P-001", "POC-01", "3 Acted on")
    pen.write("P-001", "Birth", datetime(2026, 3, 9, 4, 17), "Clocks")  # noqa: DTZ001  # as a cell holds it
    pen.write("P-001", "Plan complete", date(2026, 3, 10), "Clocks").write(
        "P-001", "Mother's discharge", "none", "Clocks"
    )
    test = bring(pen.content())
    assert "2 changes" in written(test) and "Reading, C3" in tables(test) and "3 Acted on" in tables(test)
    assert "2026, 3" not in repr(test.session_state) and "2026-03" not in repr(test.session_state)
    assert not test.file_uploader[0].value, "the file is gone from the server"
    test = press(test, "Take in 2 changes")
    assert "Taken in and saved: 1 answer, 1 record's clocks." in written(test)
    found = review.house.read(record_ratings, review.house.assessment, [record])[record]
    assert found["POC-01"].answer == level(3) and found["POP-05"].clocked


def test_what_is_wrong_is_told_with_its_cells(review: Reviewed) -> None:
    review.lists(1)
    before = cast.everything(review.house.engine)
    test = bring(Pen(taken_out(review)).write("P-001", "POC-01", 9).add("NEW-9", "POC-01", 2).content())
    assert "2 cells need mending" in written(test)
    assert "Reading, C3" in tables(test) and "not on the list" in tables(test) and "NEW-9" not in tables(test)
    assert not [button for button in test.button if button.key == "take-in-readings"]
    assert cast.everything(review.house.engine) == before


def test_a_conflict_stays_unless_it_is_chosen(review: Reviewed) -> None:
    (record,) = review.lists(1)
    content = Pen(taken_out(review)).write("P-001", "POC-01", 3).content()
    review.house.write(rate_record, review.house.assessment, record, "POC-01", level(1), 0)
    test = bring(content)
    assert "1 conflict" in written(test) and "Stored now, by Ann Able" in written(test)
    test.checkbox[0].set_value(True)
    press(sound(test.run()), "Take in 1 change")
    found = review.house.read(record_ratings, review.house.assessment, [record])[record]
    assert found["POC-01"].answer == level(3)


def test_what_changed_during_the_preview_is_looked_at_again(review: Reviewed) -> None:
    (record,) = review.lists(1)
    test = bring(Pen(taken_out(review)).write("P-001", "POC-01", 3).content())
    review.house.write(rate_record, review.house.assessment, record, "POC-01", level(1), 0)
    test = press(test, "Take in 1 change")
    assert "Bring the same file again" in written(test) and "Nothing was written" in written(test)
    assert not [button for button in test.button if button.label.startswith("Take in")]


def test_nothing_drawn_says_what_to_do(review: Reviewed) -> None:
    assert "No record is drawn yet" in written(at(OFFLINE))
    assert "No record is drawn yet" in written(at(READERS))


def test_no_second_reader_says_so(beds: Reviewed) -> None:
    beds.lists(1)
    assert "No record of this review is marked for two readers" in written(at(READERS))


def read_by_both(review: Reviewed) -> list[str]:
    """The second found the first thing in the first record not to be so."""
    records = review.lists(5, second=True)
    everything = {one.id: 4 for one in review.checklist.indicators}
    for number, record in enumerate(records):
        review.finds(record, everything)
        review.finds(record, everything | ({review.checklist.indicators[0].id: 0} if not number else {}), "second")
    return records


def test_two_readers_are_compared_and_agree(beds: Reviewed) -> None:
    read_by_both(beds)
    name = beds.checklist.indicators[0].id
    test = at(READERS)
    assert "each on their own" in written(test) and "cannot know who sits before it" in captions(test)
    test = press(test, "Compare the two readers")
    assert "Both said yes or no 50 times: 49 times the same" in written(test)
    assert "Both gave a level" not in written(test) and "Mean difference" not in written(test)
    assert "98 %" in tables(test) and "not given" in tables(test)
    assert f"**P-001**  \\n{name}" in tables(test) and "Not yet" in tables(test)
    choice(test, name).set_value("No")
    test = press(test, "Save what was agreed on in P-001")
    assert "1 of 1 are agreed on" in written(test)
    assert "under one sign-in, everywhere" in written(test)
    assert [one.agreed for one in beds.house.read(readers_differ, beds.house.assessment)] == [level(0)]


def choice(test: AppTest, name: str) -> Any:
    (found,) = [one for one in test.radio if one.label.startswith(f"**{name}** ")]
    return found


def apart(review: Reviewed, differ: int) -> list[str]:
    """So many answers of the first record in which the two, compared, differ."""
    (record,) = review.lists(1, second=True)
    names = list(review.checklist.indicator)
    review.finds(record, dict.fromkeys(names, 4))
    review.finds(record, {name: 0 if place < differ else 4 for place, name in enumerate(names)}, "second")
    review.house.write(compare_readers, review.review)
    return names[:differ]


def agreed(review: Reviewed) -> list[Answer]:
    return [one.agreed for one in review.house.read(readers_differ, review.house.assessment)]


def test_all_differences_of_a_record_are_agreed_on_with_one_save(beds: Reviewed) -> None:
    one, other, third = apart(beds, 3)
    test = at(READERS)
    choice(test, one).set_value("No")
    choice(test, third).set_value("Yes")
    test = press(test, "Save what was agreed on in P-001")
    assert agreed(beds) == [level(0), UNRATED, level(4)] and "2 of 3 are agreed on" in written(test)
    assert choice(test, other).value is None
    test = press(test, "Save what was agreed on in P-001")
    assert "Nothing new is chosen" in written(test)


def test_all_that_is_open_is_filled_from_one_reader_and_saved_by_the_button_alone(beds: Reviewed) -> None:
    one, other, third = apart(beds, 3)
    beds.house.write(rate_record, beds.house.assessment, beds.ids()[0], third, level(4), 0, "agreed")
    test = at(READERS)
    choice(test, one).set_value("Cannot judge")
    test = press(test, "Take the second reader's for all that is open")
    shown = [choice(test, name).value for name in (one, other, third)]
    assert shown == ["Cannot judge", "No", "Yes"], "what was chosen or agreed on stays"
    assert agreed(beds) == [UNRATED, UNRATED, level(4)], "nothing is saved yet"
    press(test, "Save what was agreed on in P-001")
    assert agreed(beds) == [CANNOT_JUDGE, level(0), level(4)]


def test_the_words_of_the_levels_stand_where_two_differ(review: Reviewed) -> None:
    (record,) = review.lists(1, second=True)
    everything = {name: review.highest(name) for name in review.checklist.indicator}
    review.finds(record, everything)
    review.finds(record, everything | {"POC-02": 3, "POP-09": 0}, "second")
    review.house.write(compare_readers, review.review)
    test = at(READERS)
    ladder, plain = (choice(test, name).label for name in ("POC-02", "POP-09"))
    words = review.checklist.ladder_of["POC-02"]
    assert words.level(4).words in ladder and words.level(3).words in ladder
    assert "First reader: **Yes.** At least one is named" in plain and plain.endswith("Second reader: **No.**")
    assert "Both gave a level 35 times: 34 times the same" in written(test)
    assert "Both said yes or no 18 times: 17 times the same, and 1 time one said yes" in written(test)


def test_what_another_agreed_on_meanwhile_is_shown_and_not_overwritten(beds: Reviewed) -> None:
    one, other = apart(beds, 2)
    test = at(READERS)
    beds.house.write(rate_record, beds.house.assessment, beds.ids()[0], one, level(4), 0, "agreed")
    choice(test, one).set_value("No")
    choice(test, other).set_value("No")
    test = press(test, "Save what was agreed on in P-001")
    assert f"somebody agreed on {one} meanwhile" in test.error[0].value and agreed(beds) == [level(4), UNRATED]
    assert (choice(test, one).value, choice(test, other).value) == ("Yes", "No")
    press(test, "Save what was agreed on in P-001")
    assert agreed(beds) == [level(4), level(0)]


def test_they_are_not_compared_before_both_are_through(beds: Reviewed) -> None:
    beds.lists(5, second=True)
    test = at(READERS)
    assert "once both have answered everything" in written(test)
    assert not [button for button in test.button if button.label == "Compare the two readers"]


def test_who_read_as_the_first_is_given_no_workbook_of_the_second(beds: Reviewed) -> None:
    beds.lists(1, second=True)
    cast.joins(beds.house.engine, beds.house.actor.agency_id, "assessor")
    name, *_ = beds.checklist.indicator
    beds.finds(beds.ids()[0], {name: 4})
    test = at(OFFLINE)
    assert "other finds there is kept from you" in captions(test)
    (reader,) = [one for one in test.button_group if one.label == "You read as"]
    test = sound(reader.set_value("second").run())
    assert "as the other of its two readers" in written(test)
    assert not [button for button in test.button if button.label.startswith("Workbook of")]
