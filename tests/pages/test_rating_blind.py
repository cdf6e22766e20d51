"""Rating on a sheet of one's own: nobody lands on another's, nothing is lost, and nothing is shown too soon."""

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.ratings import State
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate
from assessments.use_cases.sheets import OpenSheet, sheet
from pages.shared import hallway
from tests.pages.driven import at, press, sound, written
from tests.use_cases.cast import House, level

SHOWS_RATINGS = (
    hallway.GAPS,
    hallway.REPORT,
    hallway.CONFIDENCE,
    hallway.RATINGS,
    hallway.PRIORITIES,
    hallway.TARGETS,
    hallway.REVIEW,
)


def begin(house: House, name: str, *, submitted: bool = False) -> str:
    sheet_id: str = house.write(begin_rating, house.assessment, "peer", name)
    if submitted:
        submit(house, sheet_id)
    return sheet_id


def submit(house: House, sheet_id: str) -> None:
    house.write(rate, house.assessment, "PAR-01", level(3), 0, sheet_id=sheet_id)
    house.write(submit_sheet, house.assessment, sheet_id)


def rating(house: House, sheet_id: str = "") -> AppTest:
    return at(hallway.RATE, assessment=house.assessment, part="ORG-1", **({"sheet": sheet_id} if sheet_id else {}))


def choose(test: AppTest, sheet_id: str, indicator: str, value: str) -> AppTest:
    return sound(test.radio(key=f"levels-{sheet_id}-{indicator}").set_value(value).run())


def on(house: House, sheet_id: str, indicator: str) -> int | None:
    opened: OpenSheet = house.read(sheet, house.assessment, sheet_id=sheet_id)
    return opened.row(indicator).answer.level


def test_one_rating_after_another_stays_on_the_sheet_and_says_whose(house: House) -> None:
    anns, _ = begin(house, "Ann Lee"), begin(house, "Bo Kim")
    test = rating(house, anns)
    for indicator in ("ORG-01", "ORG-02", "ORG-03"):
        test = choose(test, anns, indicator, "2").run()
        assert on(house, anns, indicator) == 2
    assert "Ann Lee. " in written(test)


def test_without_a_name_nobody_lands_on_a_sheet(house: House) -> None:
    begin(house, "Ann Lee", submitted=True)
    begin(house, "Bo Kim")
    test = rating(house)
    assert "Choose your name" in written(test)
    assert not test.radio


def test_the_address_of_a_submitted_sheet_does_not_lead_to_another(house: House) -> None:
    anns, bos = begin(house, "Ann Lee", submitted=True), begin(house, "Bo Kim")
    test = rating(house, anns)
    assert "The sheet of Ann Lee is submitted" in written(test)
    assert not test.radio
    test = sound(test.selectbox(key=f"whose-{house.assessment}").set_value(bos).run())
    choose(test, bos, "ORG-01", "1")
    assert on(house, bos, "ORG-01") == 1


def test_the_workbook_page_does_not_fall_through_either(house: House) -> None:
    anns = begin(house, "Ann Lee", submitted=True)
    begin(house, "Bo Kim")
    test = at(hallway.WORKBOOK, assessment=house.assessment, sheet=anns)
    assert not [button for button in test.button if "Bo Kim" in button.label]


def test_a_choice_on_a_sheet_submitted_meanwhile_is_said_not_to_be_saved(house: House) -> None:
    anns = begin(house, "Ann Lee")
    begin(house, "Bo Kim")
    test = rating(house, anns)
    submit(house, anns)
    test = choose(test, anns, "ORG-01", "2")
    assert "Your rating of ORG-01 is not saved" in written(test)


@pytest.mark.parametrize("page", SHOWS_RATINGS)
def test_while_raters_rate_a_page_waits_and_does_not_say_that_nothing_is_rated(house: House, page: str) -> None:
    begin(house, "Ann Lee", submitted=True)
    begin(house, "Bo Kim")
    said = written(at(page, assessment=house.assessment))
    assert "Waiting for **Bo Kim**" in said
    assert "Nothing is rated" not in said and "not rated yet" not in said


def test_once_all_are_in_notes_and_evidence_are_added_but_no_level(house: House) -> None:
    for name in ("Ann Lee", "Bo Kim"):
        begin(house, name, submitted=True)
    test = at(hallway.RATE, assessment=house.assessment, part="ORG-1", open="ORG-01")
    assert "also for what nobody rated" in written(test)
    assert all(radio.disabled for radio in test.radio if radio.key and radio.key.startswith("levels-"))
    note = next(area for area in test.text_area if area.label == "Note")
    sound(note.set_value("The policy lies in the front office.").run())
    opened: OpenSheet = house.read(sheet, house.assessment)
    assert opened.row("ORG-01").note == "The policy lies in the front office."
    assert opened.row("ORG-01").answer.state is State.UNRATED
    assert any(button.label == "Add this evidence" for button in test.button)


def test_a_refusal_of_a_second_rater_is_seen(house: House) -> None:
    begin(house, "Ann Lee")
    test = at(hallway.RATERS, assessment=house.assessment)
    field = next(field for field in test.text_input if field.label == "Name of the rater")
    field.set_value("ann lee")
    test = press(test, "Add this rater")
    assert test.expander[0].proto.expanded
    assert "rates this assessment already" in written(test)


def test_the_trail_names_the_rater_once_the_ratings_may_be_seen(house: House) -> None:
    for name in ("Ann Lee", "Bo Kim"):
        begin(house, name, submitted=True)
    cells = [str(cell) for table in at(hallway.TRAIL).table for cell in table.value.to_numpy().ravel()]
    assert any("PAR-01, sheet of Bo Kim" in cell for cell in cells)
