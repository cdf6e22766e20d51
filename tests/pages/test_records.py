"""The page Records, from an empty agency to a draw, and the list in Excel, of which no date is kept."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.codes import offered
from assessments.store import database, place
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.record_checks import TITLES, RecordDetails
from assessments.use_cases.records import add_record, records
from assessments.use_cases.reviews import ReviewRules, reviews, write_review_rules
from pages.plans import record_excel
from reports.record_list import LIST, record_list
from tests.pages.driven import app, fill, press, sound, written
from tests.pages.test_workbook import XLSX, tables
from tests.use_cases.cast import House, everything
from tests.use_cases.reviewed import Reviewed, reviewed

PAGE = "plans/records.py"
SPELLINGS = (
    "Moments(", "RecordRow", "2026-05-03", "2026, 5, 3", "5/3/2026", "2026-05-06", "14:07", "14, 7", "2026-04-07",
    "46145",
)  # fmt: skip


@pytest.fixture
def review() -> Iterator[Reviewed]:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    yield reviewed(engine)
    engine.dispose()


def opened(section: str = "") -> AppTest:
    test = sound(app().switch_page(PAGE).run())
    return show(test, section) if section else test


def show(test: AppTest, section: str) -> AppTest:
    chosen = next(one for one in test.segmented_control if section in one.options)
    return sound(chosen.set_value(section).run())


def choose(test: AppTest, label: str, value: Any) -> AppTest:
    found = next(one for one in (*test.radio, *test.selectbox) if one.label == label)
    return sound(found.set_value(value).run())


def listed(review: Reviewed, many: int) -> None:
    for number, code in enumerate(offered((), many)):
        review.house.write(add_record, review.review, RecordDetails(code, f"2026-Q{number % 3 + 1}"))


def ruled(review: Reviewed) -> None:
    review.house.write(write_review_rules, review.review, ReviewRules("The next in turn", margin=15), 1)


def filled(rows: list[dict[str, Any]]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(record_list(offered((), 9), "Riverbend", "Plans", dated=True)))
    heads = {cell.value: cell.column for cell in book[LIST][1]}
    for number, row in enumerate(rows, start=2):
        for field, value in row.items():
            book[LIST].cell(number, heads[TITLES[field]]).value = value
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def brought(test: AppTest, content: bytes) -> AppTest:
    return sound(test.file_uploader[0].set_value(("list.xlsx", content, XLSX)).run())


def session(test: AppTest) -> str:
    """All that the tab remembers."""
    return repr(test.session_state.to_dict())


def test_from_nothing_to_a_review(house: House) -> None:
    test = opened()
    assert "Nothing is reviewed yet" in written(test)
    press(test, "Start this review")
    assert [(one.site, one.of) for one in house.read(reviews)] == [("Main Street", "Plan of Safe Care")]
    assert "The list is empty" in written(opened())


def test_a_record_is_added_changed_and_taken_off(review: Reviewed) -> None:
    test = press(opened(), "Add a record")
    assert test.text_input[0].value == "P-001", "a code is offered"
    fill(test, "Code", "Anna-1")
    fill(test, "Quarter of the birth", "2026-Q1")
    test = press(test, "Add this record")
    assert "A code is one letter and one number" in written(test) and "Anna" not in written(test)
    fill(test, "Code", "P-001")
    test = press(test, "Add this record")
    assert "The record is on the list." in written(test) and "P-001" in tables(test)
    (one,) = review.house.read(records, review.review)
    test = press(choose(test, "Open one record", one.id), "Change")
    fill(test, "The plan began", "before-birth")
    test = press(test, "Save the changes")
    assert "Before the birth" in tables(test)
    press(choose(test, "Open one record", one.id), "Take it off")
    assert not review.house.read(records, review.review)


def test_rules_then_draw_then_who_is_read(review: Reviewed) -> None:
    listed(review, 30)
    test = opened("Rules and draw")
    assert "It comes after the rules" in written(test)
    test = press(test, "Write the rules")
    margin = next(one for one in test.radio if one.label == "How many are read")
    assert [*margin.options] == [
        "All 30",
        "18 of 30, plus or minus 15 points",
        "24 of 30, plus or minus 10 points",
    ]
    margin.set_value(15)
    test = press(test, "Save the rules")
    assert "**18 of 30 records** will be read, **5** of them by two" in written(test)
    draw = next(button for button in test.button if button.label == "Draw")
    assert draw.disabled
    next(box for box in test.checkbox if box.label.startswith("The list is complete")).check().run()
    fill(test, "Seed", "2601")
    test = press(test, "Draw")
    assert "Drawn: 18 records to read." in written(test)
    assert "0 of 18 records read" in written(test) and "`2601`" in written(test)
    assert written(test).count("**two readers**") == 5


def test_a_record_is_put_aside_and_taken_back(review: Reviewed) -> None:
    listed(review, 30)
    ruled(review)
    test = opened("Rules and draw")
    next(box for box in test.checkbox if box.label.startswith("The list is complete")).check().run()
    test = press(test, "Draw")
    first = min((one for one in review.house.read(records, review.review) if one.turn), key=lambda one: one.turn or 0)
    test = choose(choose(test, "Record", first.id), "Why", "not-found")
    test = press(test, "Put it aside")
    assert f"{first.details.code} is put aside." in written(test) and "is read in its place" in written(test)
    test = press(test, "Take it back")
    assert f"{first.details.code} is read again" in written(test)


def test_a_list_with_dates_is_counted_and_forgotten(review: Reviewed) -> None:
    row = {
        "born": date(2026, 5, 3),
        "began": "2026-04-07",
        "mother_home": datetime(2026, 5, 6, 14, 7),  # noqa: DTZ001
        "completed": "05/06/2026 2:07 PM",
    }
    before = everything(review.house.engine)
    test = brought(opened("In Excel"), filled([row]))
    assert everything(review.house.engine) == before, "a preview writes nothing"
    assert "P-001" in tables(test) and "2026-Q2" in tables(test) and "26 days before the birth" in tables(test)
    assert test.file_uploader[0].value is None, "the file is gone from the field"
    assert "P-001" in session(test), "control: what the tab remembers can be seen"
    for spelling in SPELLINGS:
        assert spelling not in session(test), spelling
        assert spelling not in written(test) + tables(test), spelling
    test = press(test, "Take in 1 row")
    assert "Taken in and saved: 1 record added, 0 changed." in written(test)
    (one,) = review.house.read(records, review.review)
    assert one.clocks and one.details == RecordDetails("P-001", "2026-Q2", "", "before-birth")
    kept = repr(everything(review.house.engine))
    assert not any(spelling in kept for spelling in SPELLINGS)
    assert not any("xlsx" in repr(row) for row in everything(review.house.engine)["delivery"])


def test_faults_name_their_cells_and_repeat_no_date(review: Reviewed) -> None:
    rows: list[dict[str, Any]] = [
        {"born": 46145},
        {"code": "Anna-1", "quarter": "2026-Q1"},
        {"born": "2026-05-03", "mother_home": "2026-04-07"},
        {"code": "P-001", "quarter": "2026-05-03", "when_began": "at once"},
        {"born": "=DATE(2026,5,3)"},
        {"code": datetime(2026, 5, 3), "quarter": "2026-Q1"},  # noqa: DTZ001
    ]
    before = everything(review.house.engine)
    test = brought(opened("In Excel"), filled(rows))
    said = tables(test)
    for cell in ("E2", "A3", "K4", "A5", "B5", "D5", "E6", "A7"):
        assert f"{LIST}, {cell}" in said, cell
    for spelling in (*SPELLINGS, "Anna", "DATE("):
        assert spelling not in said + written(test) + session(test), spelling
    assert not [button for button in test.button if button.label.startswith("Take in")]
    assert everything(review.house.engine) == before


def test_what_is_no_list_is_told(review: Reviewed) -> None:
    test = brought(opened("In Excel"), b"no workbook")
    assert "Nothing was written" in written(test)
    assert "There is no record in this list" in tables(brought(test, filled([])))
    assert not review.house.read(records, review.review)


def test_the_blank_list_goes_out_with_codes_and_nothing_else(review: Reviewed) -> None:
    listed(review, 2)
    made = record_list(offered({"P-001", "P-002"}, 3), "Riverbend", "Plans", dated=False)
    sheet = openpyxl.load_workbook(io.BytesIO(made))[LIST]
    assert [cell.value for cell in sheet[1]] == ["Code", "Quarter"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 4, 5)] == ["P-003", "P-004", "P-005", None]
    test = press(opened("In Excel"), "A blank list to fill in")
    assert "is ready" in written(test)


def test_a_long_list_is_shown_a_page_at_a_time(review: Reviewed) -> None:
    listed(review, 30)
    test = opened()
    assert "1 to 25 of 30 records" in "\n".join(one.value for one in test.caption)
    assert record_excel.BACK not in test.session_state


def test_a_code_is_replaced_after_the_draw_and_the_page_says_so(review: Reviewed) -> None:
    listed(review, 2)
    ruled(review)
    review.house.write(draw_records, review.review, review.house.read(reviews)[0].version)
    test = opened("The list")
    record = next(one.id for one in review.house.read(records, review.review) if one.details.code == "P-001")
    choose(test, "Replace a code that tells of somebody", record)
    press(test, "Replace its code")
    assert next(one for one in test.text_input if one.label == "New code").value == "P-003", "one is offered"
    press(test, "Replace the code")
    assert {one.details.code for one in review.house.read(records, review.review)} == {"P-002", "P-003"}
    said = [one.value for one in show(test, "To read").caption]
    assert any("1 code was replaced since the draw" in one for one in said), said
