"""The page Records, from an empty agency to a draw, and the list in Excel, of which no date is kept."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.codes import offered
from assessments.store import database
from assessments.use_cases.drawing import draw_records
from assessments.use_cases.record_checks import TITLES, RecordDetails
from assessments.use_cases.records import add_record, records, remove_record
from assessments.use_cases.reviews import ReviewRules, reviews, write_review_rules
from pages.plans import record_excel
from reports.record_list import LIST, record_list
from tests.pages.driven import app, fill, press, sound, written
from tests.pages.test_workbook import XLSX, tables
from tests.use_cases.cast import House, everything
from tests.use_cases.reviewed import Reviewed, as_listed, reviewed

PAGE = "plans/records.py"
SPELLINGS = (
    "Moments(", "RecordRow", "2026-05-03", "2026, 5, 3", "5/3/2026", "2026-05-06", "14:07", "14, 7", "2026-04-07",
    "46145",
)  # fmt: skip


@pytest.fixture
def review(sqlite_url: str) -> Iterator[Reviewed]:
    engine = database.connect(sqlite_url)
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
    fill(test, "Quarter", "2026-Q1")
    test = press(test, "Add this record")
    assert "A code is one letter and one number" in written(test) and "Anna" not in written(test)
    fill(test, "Code", "P-001")
    test = press(test, "Add this record")
    assert "The record is on the list." in written(test) and "P-001" in tables(test)
    (one,) = review.house.read(records, review.review)
    test = press(choose(test, "Open one record", one.id), "Change")
    fill(test, "When the plan began", "before-birth")
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


def test_of_few_there_is_no_choice_of_how_many_and_of_more_there_is(review: Reviewed) -> None:
    listed(review, 20)
    test = press(opened("Rules and draw"), "Write the rules")
    assert "all 20. Of 20 or fewer, all are read" in written(test)
    assert not [one for one in test.radio if one.label == "How many are read"]
    press(test, "Save the rules")
    assert review.house.read(reviews)[0].rules.margin == 0
    review.house.write(add_record, review.review, RecordDetails("P-021", "2026-Q1"))
    test = press(opened("Rules and draw"), "Change the rules")
    assert [one.label for one in test.radio] == ["How many are read"]


def test_a_draw_is_undone_before_reading_and_stays_after(review: Reviewed) -> None:
    listed(review, 3)
    ruled(review)
    version = review.house.read(reviews)[0].version
    review.house.write(draw_records, review.review, version, as_listed(review.house, review.review))
    test = opened("To read")
    next(one for one in test.checkbox if one.label == "Nobody has read any of these records yet.").set_value(True)
    test = press(test.run(), "Undo the draw")
    assert "The draw is undone" in written(test)
    assert review.house.read(reviews)[0].drawn_at is None
    said = [one.value for one in opened("Rules and draw").caption]
    assert any("An earlier draw was undone before anything was read" in one for one in said), said
    version = review.house.read(reviews)[0].version
    review.house.write(draw_records, review.review, version, as_listed(review.house, review.review))
    review.finds(review.ids()[0], {"POC-01": 3})
    test = opened("To read")
    next(one for one in test.checkbox if one.label == "Nobody has read any of these records yet.").set_value(True)
    test = press(test.run(), "Undo the draw")
    assert "has been read, at least in part, so this draw stays" in written(test)
    assert review.house.read(reviews)[0].drawn_at is not None


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
    version = review.house.read(reviews)[0].version
    review.house.write(draw_records, review.review, version, as_listed(review.house, review.review))
    test = opened("The list")
    record = next(one.id for one in review.house.read(records, review.review) if one.details.code == "P-001")
    choose(test, "Replace a code that tells of somebody", record)
    press(test, "Replace its code")
    assert next(one for one in test.text_input if one.label == "New code").value == "P-003", "one is offered"
    press(test, "Replace the code")
    assert {one.details.code for one in review.house.read(records, review.review)} == {"P-002", "P-003"}
    said = [one.value for one in show(test, "To read").caption]
    assert any("1 code was replaced since the draw" in one for one in said), said


def test_what_the_dates_come_to_is_told_of_each_row_and_with_the_standard(review: Reviewed) -> None:
    review.house.write(write_review_rules, review.review, ReviewRules("The next in turn", service_days=7), 1)
    rows: list[dict[str, Any]] = [{"born": "2026-05-03", "completed": "2026-05-04", "mother_home": "2026-05-06"}] * 30
    rows[0] = {"born": "2026-05-03"}
    rows[1] = {"quarter": "2026-Q2", "referred": "2026-05-03", "first_service": "2026-05-12"}
    rows[2] = {"quarter": "2026-Q2", "identified": "2026-05-03", "began": "2026-05-12"}
    rows[3] = {"quarter": "2026-Q2"}
    numbered = [{"code": code, **row} for code, row in zip(offered((), 30), rows, strict=True)]
    test = brought(opened("In Excel"), filled(numbered))
    lines = tables(test).splitlines()
    said = tables(test)
    assert "no clock follows from them" in said and said.count("No dates") == 1
    assert "From referral to first service: **No.** 9 days after the referral." in said
    assert "From use known to plan begun: **Not judged.** 9 days after use was known." in said
    assert written(test).count("The site has no standard in days") == 1 and "has no standard" not in said
    assert said.count("Complete before the mother's discharge: **Yes.** 2 days before") == 21, lines
    assert "1 to 25 of 30 rows" in "\n".join(one.value for one in test.caption)


def test_a_list_takes_no_day_of_which_the_order_is_not_known(review: Reviewed) -> None:
    test = brought(opened("In Excel"), filled([{"code": "P-001", "quarter": "2026-Q2", "born": "12.04.2026"}]))
    assert "not known which number is the month" in tables(test) and "12.04" not in tables(test)
    test = brought(
        test, filled([{"code": "P-001", "quarter": "2026-Q2", "when_identified": "At the birth", "born": "none"}])
    )
    assert "The list says at the birth or after it" in tables(test)
    assert not review.house.read(records, review.review)


def with_column(content: bytes, heading: str | None) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    column = book[LIST].max_column + 1
    book[LIST].cell(1, column).value = heading
    book[LIST].cell(2, column).value = "Anna Miller"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_column_that_tells_who_somebody_is_stops_the_list(review: Reviewed) -> None:
    content = filled([{"code": "P-001", "quarter": "2026-Q1"}])
    test = brought(opened("In Excel"), with_column(content, "Mother name"))
    assert f"{LIST}, S1" in tables(test) and "Take the whole column out" in tables(test)
    for heading, told in (("County", "“County”"), (None, "column S")):
        test = brought(test, with_column(content, heading))
        assert f"Not read, and nothing of it is kept: {told}." in written(test)
        for seen in (written(test), tables(test), session(test)):
            assert "Anna" not in seen
    test = press(test, "Take in 1 row")
    assert "Anna" not in repr(everything(review.house.engine))
    assert "Not read" not in written(brought(test, content))


def test_the_list_as_it_stands_goes_out_and_comes_back_without_a_change(review: Reviewed) -> None:
    details = RecordDetails("P-001", "2026-Q1", "in-pregnancy", "no-plan")
    review.house.write(add_record, review.review, details)
    review.house.write(add_record, review.review, RecordDetails("P-002", "2026-Q2"))
    rows = review.house.read(records, review.review)
    test = press(opened("In Excel"), "The list as it stands")
    assert "is ready" in written(test)
    made = record_list(("P-003",), "Riverbend", "Plans", dated=True, listed=[one.details for one in rows])
    sheet = openpyxl.load_workbook(io.BytesIO(made))[LIST]
    assert [sheet.cell(2, column).value for column in range(1, 6)] == [
        "P-001", "2026-Q1", "During pregnancy", "There is no plan", None,
    ]  # fmt: skip
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["P-002", "P-003", None]
    test = brought(test, made)
    assert "This list says what is stored already." in written(test)


def test_after_the_draw_it_says_what_a_standard_changes(review: Reviewed) -> None:
    listed(review, 2)
    ruled(review)
    version = review.house.read(reviews)[0].version
    review.house.write(draw_records, review.review, version, as_listed(review.house, review.review))
    test = press(opened("The rules"), "Change the standards in days")
    assert "A change judges at once every record of which both dates were given" in written(test)
    (field,) = [one for one in test.number_input if one.label == "From referral to first service"]
    field.set_value(0)
    test = press(test, "Save the rules")
    assert "From referral to first service: give a whole number" in written(test)
    (field,) = [one for one in test.number_input if one.label == "From referral to first service"]
    field.set_value(7)
    press(test, "Save the rules")
    assert review.house.read(reviews)[0].rules.service_days == 7


def test_dates_that_take_the_place_of_others_say_so(review: Reviewed) -> None:
    row = {"code": "P-001", "born": "2026-05-03", "completed": "2026-05-04", "mother_home": "2026-05-06"}
    press(brought(opened("In Excel"), filled([row])), "Take in 1 row")
    test = brought(opened("In Excel"), filled([{"code": "P-001", "born": "2026-05-03"}]))
    assert "**All clocks of before give way,**" in tables(test) and "no clock follows from them" in tables(test)


def test_a_list_is_shown_a_line_a_record_and_its_clocks_are_folded(review: Reviewed) -> None:
    row = {"born": "2026-05-03", "completed": "2026-05-04", "mother_home": "2026-05-06", "began": "2026-04-07"}
    test = brought(opened("In Excel"), filled([{"code": code, **row} for code in offered((), 12)]))
    (summary, folded) = (table.value for table in test.table)
    assert len(summary) == len(folded) == 12 and not any("\n" in str(cell) for cell in summary.to_numpy().ravel())
    assert "2 yes, " in summary.to_string() and "Complete before" not in summary.to_string()
    assert "Complete before the mother's discharge: **Yes.**" in folded.to_string()
    assert [one.label for one in test.expander if "clock by clock" in one.label] == [
        "What the dates of 12 records come to, clock by clock"
    ]


def test_a_column_that_tells_hides_no_other_fault_and_the_rest_is_told_too(review: Reviewed) -> None:
    content = filled([{"code": "Anna-1", "quarter": "2026-Q1"}, {"born": "yesterday"}])
    test = brought(opened("In Excel"), with_column(with_column(content, "DOB"), "County"))
    said = tables(test)
    assert [f"{LIST}, {cell}" in said for cell in ("S1", "A2", "E3")] == [True] * 3, said
    assert "Not read, and nothing of it is kept: “County”." in written(test)
    test = brought(test, with_column(with_column(filled([]), "Mother name"), "County"))
    assert "There is no record in this list" in tables(test) and f"{LIST}, S1" in tables(test)
    assert "“County”" in written(test)


def draws(review: Reviewed) -> None:
    (line,) = review.house.read(reviews)
    shown = {one.id: one.version for one in review.house.read(records, review.review)}
    review.house.write(draw_records, review.review, line.version, shown)


def test_a_record_typed_while_another_draws_is_told_and_not_lost(review: Reviewed) -> None:
    listed(review, 3)
    ruled(review)
    test = press(opened("The list"), "Add a record")
    fill(test, "Code", "K-77")
    fill(test, "Quarter", "2026-Q1")
    draws(review)
    test = press(test, "Add this record")
    (said,) = [one.value for one in test.error]
    assert (
        said.startswith("Not saved: the draw was made meanwhile") and "Code: K-77" in said and "Quarter: 2026" in said
    )
    assert len(review.house.read(records, review.review)) == 3
    assert not sound(test.run()).error, "told once"


@pytest.mark.parametrize(
    ("section", "button", "said"),
    [("Rules and draw", "Save the rules", "Not saved: the draw"), ("Rules and draw", "Draw", "Not drawn: the draw")],
)
def test_what_was_under_way_while_another_draws_is_told(review: Reviewed, section: str, button: str, said: str) -> None:
    listed(review, 3)
    ruled(review)
    test = opened(section)
    if button == "Draw":
        next(box for box in test.checkbox if box.label.startswith("The list is complete")).check().run()
    else:
        test = press(test, "Change the rules")
        test.text_area[0].set_value("Another rule")
    draws(review)
    test = press(test, button)
    assert [one.value.startswith(said) for one in test.error] == [True], written(test)
    assert button == "Draw" or "Another rule" in test.error[0].value


def test_a_record_changed_or_taken_off_while_another_draws_or_takes_it_off_is_told(review: Reviewed) -> None:
    listed(review, 3)
    ruled(review)
    first, second, _ = review.house.read(records, review.review)
    test = press(choose(opened("The list"), "Open one record", first.id), "Change")
    fill(test, "Code", "K-77")
    review.house.write(remove_record, review.review, first.id, first.version)
    test = press(test, "Save the changes")
    assert "Not saved: this record was taken off the list" in test.error[0].value and "K-77" in test.error[0].value
    test = choose(test, "Open one record", second.id)
    draws(review)
    test = press(test, "Take it off")
    assert test.error[0].value.startswith("Not taken off: the draw was made meanwhile")


def test_a_list_shown_before_the_draw_is_not_taken_in_after_it(review: Reviewed) -> None:
    listed(review, 3)
    ruled(review)
    test = brought(opened("In Excel"), filled([{"code": "K-77", "quarter": "2026-Q1"}]))
    draws(review)
    test = press(test, "Take in 1 row")
    assert "Nothing was written: the draw was made meanwhile" in written(test)
    assert len(review.house.read(records, review.review)) == 3


def test_what_is_drawn_here_is_told_once_and_as_done(review: Reviewed) -> None:
    listed(review, 3)
    ruled(review)
    test = opened("Rules and draw")
    next(box for box in test.checkbox if box.label.startswith("The list is complete")).check().run()
    test = press(test, "Draw")
    assert not test.error and "Drawn: 3 records" in written(test)
    next(box for box in test.checkbox if box.label.startswith("Nobody has read")).check().run()
    test = press(test, "Undo the draw")
    assert not test.error and "The draw is undone" in written(test)


def test_rules_without_what_is_done_are_refused_and_the_list_goes_by_code(review: Reviewed) -> None:
    for code in ("P-005", "P-001", "P-003"):
        review.house.write(add_record, review.review, RecordDetails(code, "2026-Q1"))
    test = press(opened("Rules and draw"), "Write the rules")
    test.text_area[0].set_value("  ")
    test = press(test, "Save the rules")
    assert "Say what is done where a record cannot be read" in written(test)
    assert "The rules are saved" not in written(test)
    ruled(review)
    draws(review)
    links = [link.proto.label for link in opened().get("page_link")]
    assert [label for label in links if label.startswith("P-")] == ["P-001", "P-003", "P-005"]


def test_identified_at_the_birth_and_begun_before_it_cannot_be(review: Reviewed) -> None:
    test = press(opened(), "Add a record")
    fill(test, "Code", "P-001")
    fill(test, "When use was identified", "at-birth")
    fill(test, "When the plan began", "before-birth")
    test = press(test, "Add this record")
    said = written(test)
    assert "both cannot be" in said and "correct “When use was identified”; else correct this" in said
    assert "The quarter is missing" in said and "day of birth" not in said
    row = {"code": "P-001", "quarter": "2026-Q1", "when_identified": "At the birth", "when_began": "Before the birth"}
    test = brought(show(test, "In Excel"), filled([row]))
    assert "both cannot be" in tables(test) and f"{LIST}, D2" in tables(test)
    assert not review.house.read(records, review.review)
