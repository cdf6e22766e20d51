"""The page of workbooks: what is brought is shown before it is written, and what is wrong is told cell by cell."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from assessments.use_cases.intake import Taken
from assessments.use_cases.trail import audit_trail
from pages.assess import workbook_back
from tests.pages.driven import at, press, sound, written
from tests.reports.filled import Hands, taken_out
from tests.use_cases.cast import BASELINE, House, joins, level

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
pytestmark = pytest.mark.slow


def bring(content: bytes, test: AppTest | None = None) -> AppTest:
    test = test or at("assess/workbook.py")
    test.file_uploader[0].set_value(("filled.xlsx", content, XLSX))
    return sound(test.run())


def tables(test: AppTest) -> str:
    return "\n".join(table.value.to_string() for table in test.table)


def test_a_workbook_is_shown_and_then_taken_in(house: House) -> None:
    content = Hands(taken_out(house)).write("ORG-01", "3").write("ORG-02", "Seen *by* us.", "Note").content()
    test = bring(content)
    assert "2 changes" in written(test)
    assert "Ratings, D3" in tables(test) and "Not rated yet" in tables(test) and "3 Established" in tables(test)
    assert r"Seen \*by\* us." in tables(test)
    assert house.row("ORG-01").answer_version == 0
    press(test, "Take in 2 changes")
    assert "Taken in and saved: 1 rating, 1 note." in written(test)
    assert (house.row("ORG-01").answer, house.row("ORG-02").note) == (level(3), "Seen *by* us.")
    assert not test.file_uploader[0].value
    assert "taken in already" in written(bring(content, test))


def test_what_is_wrong_is_told_with_its_cells(house: House) -> None:
    test = bring(Hands(taken_out(house)).write("ORG-01", "7").write("ORG-02", "=1+1").content())
    assert "2 cells need mending" in written(test)
    assert "Ratings, D3" in tables(test) and "Ratings, D4" in tables(test)
    assert not [button for button in test.button if button.key == "take-in"]


def test_what_is_no_workbook_is_refused_in_a_sentence(house: House) -> None:
    test = bring(b"Id,Answer\nORG-01,3\n")
    assert "plain text" in written(test) and "Nothing was written" in written(test)


def test_a_conflict_stays_unless_it_is_chosen(house: House) -> None:
    content = Hands(taken_out(house)).write("ORG-01", "3").content()
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    cam.rate("ORG-01", 1)
    test = bring(content)
    assert "1 conflict" in written(test) and "Cam Cole" in written(test)
    assert next(button for button in test.button if button.key == "take-in").disabled
    test.checkbox[0].set_value(True).run()
    press(test, "Take in 1 change")
    assert house.row("ORG-01").answer == level(3)


def test_what_is_chosen_holds_for_one_file_and_what_is_stored(house: House) -> None:
    one, other = (Hands(taken_out(house)).write("ORG-01", said).content() for said in ("3", "2"))
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    cam.rate("ORG-01", 1)
    test = bring(one)
    test.checkbox[0].set_value(True).run()
    assert not bring(other, test).checkbox[0].value
    test.checkbox[0].set_value(True).run()
    cam.rate("ORG-01", 4, 1)
    assert not sound(test.run()).checkbox[0].value


def test_a_file_that_another_tab_took_in_meanwhile_is_told_so() -> None:
    assert "taken in already" in workbook_back.outcome(Taken())
    assert workbook_back.outcome(Taken(answers=1)) == "Taken in and saved: 1 rating."


def test_what_changed_since_the_preview_is_shown_anew(house: House) -> None:
    test = bring(Hands(taken_out(house)).write("ORG-01", "3").write("ORG-02", "4").content())
    house.rate("ORG-01", 0)
    press(test, "Take in 2 changes")
    assert "Nothing was written" in written(test) and "1 conflict" in written(test)
    assert house.row("ORG-02").answer_version == 0
    press(sound(test.run()), "Take in 1 change")
    assert (house.row("ORG-01").answer, house.row("ORG-02").answer) == (level(0), level(4))


def test_a_submitted_assessment_takes_nothing_in(house: House) -> None:
    house.rate("ORG-01", 3)
    house.submit()
    test = at("assess/workbook.py")
    assert not test.file_uploader
    assert "was submitted" in written(test)


def test_each_workbook_is_offered_and_made(house: House) -> None:
    test = at("assess/workbook.py")
    for label in ("Assessment workbook", "Rating workbook, blank", "Rating workbook, as rated so far"):
        press(test, label)
    assert written(test).count("is ready") == 3


def test_the_workbook_of_another_cycle_is_refused(house: House) -> None:
    hands = Hands(taken_out(house))
    hands.book["Base"].cell(2, 2).value = "0" * 32
    test = bring(hands.content())
    assert "another assessment" in written(test)
    assert "not among those of this agency" in written(test)
    sound(test.run())
    assert [one.act for one in house.read(audit_trail).entries].count("refuse workbook") == 1


def test_the_workbook_of_another_assessment_shows_the_way_there(house: House) -> None:
    other = house.begin(replace(BASELINE, name="Follow-up"))
    test = at("assess/workbook.py", assessment=other.assessment)
    content = Hands(taken_out(house)).write("ORG-01", "3").content()
    bring(content, test)
    assert "Main Street · Baseline" in test.error[0].value
    test.query_params["assessment"] = house.assessment
    press(sound(test.run()), "Take in 1 change")
    assert (house.row("ORG-01").answer, other.row("ORG-01").answer_version) == (level(3), 0)


def test_what_is_left_open_is_named_and_offered_again(house: House) -> None:
    content = Hands(taken_out(house)).write("ORG-01", "3").write("ORG-02", "4").content()
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    cam.rate("ORG-01", 1, now=datetime.now(UTC))
    test = press(bring(content), "Take in 1 change")
    assert "1 conflict was left open" in written(test)
    assert "ORG-01, answer  \nRatings, D3" in str(test.table[0].value["Where"].iloc[0])
    test = bring(content, test)
    assert "left open then is below" in written(test)
    test.checkbox[0].set_value(True).run()
    test = press(test, "Take in 1 change")
    assert house.row("ORG-01").answer == level(3)
    assert "left open" not in written(test)


def test_cells_are_counted_not_findings(house: House) -> None:
    hands = Hands(taken_out(house)).write("ORG-01", "SSN 123-45-6789, phone 307-555-0142", "Note")
    test = bring(hands.write("ORG-02", "9").content())
    assert len(test.table[0].value) == 3
    assert "2 cells need mending" in written(test)
