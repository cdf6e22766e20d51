"""The page of raters as a person drives it: who is added, who rates how far, who submits, and what is refused where."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from assessments.use_cases.raters import begin_rating, raters, submit_sheet
from assessments.use_cases.ratings import rate
from tests.pages.driven import at, fill, press, sound, written
from tests.pages.shown import acts, markdown, reads
from tests.pages.test_naughty import ACTIVE, TYPED, marked, one_line
from tests.reports.filled import Hands, taken_out
from tests.use_cases.cast import House, joins, level

RATERS, WORKBOOK = "assess/raters.py", "assess/workbook.py"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.slow


def begin(house: House, name: str, *, rated: bool = False, submitted: bool = False, kind: str = "peer") -> str:
    sheet_id: str = house.write(begin_rating, house.assessment, kind, name, "invented")
    if rated or submitted:
        house.write(rate, house.assessment, "ORG-01", level(3), 0, sheet_id=sheet_id)
    if submitted:
        house.write(submit_sheet, house.assessment, sheet_id)
    return sheet_id


def names(house: House) -> list[tuple[str, str]]:
    return sorted((one.name, one.kind) for one in house.read(raters, house.assessment).raters)


def choose_kind(test: AppTest, kind: str) -> AppTest:
    return sound(test.radio[0].set_value(kind).run())


def links(test: AppTest) -> list[str]:
    return [node.proto.label for node in test.get("page_link")]


def test_a_rater_is_added_with_a_name_and_a_voice_with_a_number(house: House) -> None:
    test = at(RATERS)
    assert "When to use it" in written(test) and "cannot know who sits before it" in written(test)
    fill(test, "Name of the rater", "Ann *Able*")
    test = press(test, "Add this rater")
    assert r"Ann \*Able\*" in written(test)
    assert not next(field for field in test.text_input if field.label == "Name of the rater").value
    test = choose_kind(test, "client")
    assert "called **Client 1**" in written(test) and not test.text_input
    press(test, "Add this rater")
    assert names(house) == [("Ann *Able*", "self"), ("Client 1", "client")]


def test_what_is_refused_is_told_where_it_was_typed_and_stays_there(house: House) -> None:
    begin(house, "Ann")
    test = at(RATERS)
    fill(test, "Name of the rater", " ann ")
    test = press(test, "Add this rater")
    assert "ann rates this assessment already" in written(test)
    assert next(field for field in test.text_input if field.label == "Name of the rater").value == " ann "
    fill(test, "Name of the rater", "Cal 123-45-6789")
    test = press(test, "Add this rater")
    assert "looks like a client's data" in written(test)
    fill(test, "Keep it, because it is not a client's data:", "an invented number")
    press(test, "Add this rater")
    assert [name for name, _ in names(house)] == ["Ann", "Cal 123-45-6789"]


def test_a_sheet_is_submitted_after_one_question_and_can_be_taken_back(house: House) -> None:
    begin(house, "Ann", rated=True)
    test = press(at(RATERS), "Submit")
    assert "Submit the sheet of Ann now?" in written(test) and "are not rated and will stay so" in written(test)
    test = press(press(test, "Not yet"), "Submit")
    test = press(test, "Yes, submit it")
    assert "The sheet of Ann is submitted." in written(test) and "1 of 1 rater" in written(test)
    press(test, "Take back")
    (one,) = house.read(raters, house.assessment).raters
    assert one.submitted_at is None


def test_an_empty_sheet_is_not_submitted(house: House) -> None:
    begin(house, "Ann")
    assert "Nothing has been rated on this sheet yet" in written(press(at(RATERS), "Submit"))


def test_a_sheet_is_discarded_with_a_reason(house: House) -> None:
    begin(house, "Ann", rated=True)
    test = press(press(at(RATERS), "Discard"), "Discard this sheet")
    assert "is discarded is empty" in written(test)
    fill(test, "Why Ann does not go on. 1 rating goes with the sheet.", "She left")
    press(test, "Discard this sheet")
    assert names(house) == []


def test_each_rater_has_a_way_to_rate_and_nobody_elses(house: House) -> None:
    begin(house, "Ann")
    bea = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor", "Bea Bright"))
    begin(bea, "Bea")
    test = at(RATERS)
    assert [label for label in links(test) if label.startswith("Rate as")] == ["Rate as Ann"]
    assert "Waiting for: Ann, Bea." in written(test)


def test_a_submitted_sheet_is_hidden_until_all_are_in_and_then_compared(house: House) -> None:
    begin(house, "Ann", submitted=True)
    sheet_id = begin(house, "Bea", rated=True)
    test = at(RATERS)
    assert "hidden until all are in" in written(test) and "Waiting for: Bea." in written(test)
    house.write(submit_sheet, house.assessment, sheet_id)
    test = at(RATERS)
    assert "2 of 2 raters have submitted" in written(test)
    assert "Compare and agree" in links(test)
    assert [option for option in test.radio[0].options if "group" not in option] == ["Client or family"]


def test_where_the_team_rated_together_it_says_what_to_do(house: House) -> None:
    house.rate("ORG-01", 3)
    test = at(RATERS)
    assert "rates this assessment together already: 1 of" in written(test)
    assert not test.radio


def test_the_lists_tell_how_many_have_submitted(house: House) -> None:
    begin(house, "Ann", submitted=True)
    sheet_id = begin(house, "Bea", rated=True)
    for page in ("home/home.py", "assess/assessments.py"):
        assert "1 of 2 raters submitted" in written(at(page))
    house.write(submit_sheet, house.assessment, sheet_id)
    for page in ("home/home.py", "assess/assessments.py"):
        assert re.search(r"0 of \d+ agreed on", written(at(page)))


@pytest.mark.parametrize("page", [RATERS, WORKBOOK])
def test_a_raters_name_is_shown_as_it_was_typed_and_does_nothing(house: House, page: str) -> None:
    typed = [one_line(text) for text in ACTIVE]
    sheets = [begin(house, marked(text)) for text in typed]
    test = at(page, sheet=sheets[0])
    if page == RATERS:
        press(test, "Submit")
    said = [span for text in markdown(test) for span in TYPED.findall(text)]
    assert [span for span in said if acts(span)] == []
    shown = {reads(span) for span in said}
    assert shown == set(typed) if page == RATERS else shown <= set(typed) and shown


# A rater's workbook


def bring(content: bytes, test: AppTest) -> AppTest:
    test.file_uploader[0].set_value(("filled.xlsx", content, XLSX))
    return sound(test.run())


def test_a_raters_workbook_comes_back_to_that_rater_alone(house: House) -> None:
    anns, beas = begin(house, "Ann"), begin(house, "Bea")
    content = Hands(taken_out(house, sheet_id=beas)).write("ORG-01", "3").content()
    test = bring(content, at(WORKBOOK, sheet=anns))
    assert "taken out for Bea. Choose Bea above" in written(test)
    test = bring(content, at(WORKBOOK, sheet=beas))
    press(test, "Take in 1 change")
    given = {one.sheet: one.answered for one in house.read(raters, house.assessment).raters}
    assert given == {anns: 0, beas: 1}


def test_the_workbook_of_a_submitted_sheet_is_refused_with_whose_it_is(house: House) -> None:
    anns, beas = begin(house, "Ann", rated=True), begin(house, "Bea")
    content = taken_out(house, sheet_id=anns)
    house.write(submit_sheet, house.assessment, anns)
    assert "taken out for Ann, who has submitted" in written(bring(content, at(WORKBOOK, sheet=beas)))


def test_the_teams_workbook_does_not_come_back_to_a_rater(house: House) -> None:
    content = taken_out(house)
    anns = begin(house, "Ann")
    assert "for the team together" in written(bring(content, at(WORKBOOK, sheet=anns)))


def test_with_all_sheets_in_there_is_nothing_to_fill_in(house: House) -> None:
    begin(house, "Ann", submitted=True)
    begin(house, "Bea", submitted=True)
    test = at(WORKBOOK)
    assert "none of your sheets is open" in written(test) and not test.file_uploader
    assert "is ready" in written(press(test, "Assessment workbook"))


def test_each_workbook_of_a_rater_is_offered_and_made(house: House) -> None:
    test = at(WORKBOOK, sheet=begin(house, "Ann", rated=True))
    for label in ("Rating workbook of Ann, blank", "Rating workbook of Ann, as rated so far"):
        press(test, label)
    assert written(test).count("is ready") == 2
