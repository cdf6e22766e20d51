"""Templates and quarterly counts, as somebody who rates meets them."""

import io
from datetime import datetime
from zoneinfo import ZoneInfo

import docx
import openpyxl
from sqlalchemy import select
from sqlmodel import Session
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import NumberInput

from assessments.rules.partnership import PartnerDetails
from assessments.rules.quarters import quarter_of
from assessments.rules.state_counts import StateCounts
from assessments.store.tables import Delivery
from assessments.use_cases.agency_texts import agency_text, write_agency_text
from assessments.use_cases.partners import add_partner
from assessments.use_cases.quarter_counts import quarter_counts, write_quarter_count
from tests.pages.driven import at, press, sound, written
from tests.pages.shown import acts
from tests.use_cases.cast import RIVERBEND, House

TEMPLATES, COUNTS = "plans/templates.py", "plans/counts.py"
TODAY = datetime.now(ZoneInfo(RIVERBEND.time_zone)).date()
NASTY = "The nurse *calls* ![x](http://host/p.png)"


def file(house: House) -> bytes:
    with Session(house.engine) as db:
        found: bytes = db.execute(select(Delivery)).scalar_one().content
        return found


def quarter(test: AppTest) -> str:
    """The newest that the page asks for: the agency's day may be another than ours."""
    label: str = next(one.label for one in test.button if one.label.startswith("Enter "))
    return label.removeprefix("Enter ")


def test_the_blank_plan_goes_out_with_the_partners(house: House) -> None:
    house.write(add_partner, PartnerDetails("County clinic", "prenatal-care"))
    press(at(TEMPLATES), "Blank plan")
    said = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file(house))).paragraphs)
    assert "Partners to think of: County clinic." in said
    assert "Physical health" in said


def test_the_text_on_notification_is_written_shown_and_printed(house: House) -> None:
    test = at(TEMPLATES)
    assert "A notification is not a report" in written(test)
    assert not [one for one in test.button if one.label == "Sheet on notification"]
    test = press(test, "Write it")
    test.text_area[0].set_value(NASTY)
    test = press(test, "Save")
    assert house.read(agency_text, "notification").body == NASTY
    assert [one.value for one in test.text] == [NASTY]
    assert not any(acts(one.value) for one in test.markdown if NASTY in one.value)
    press(test, "Sheet on notification")
    assert NASTY in "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(file(house))).paragraphs)


def test_a_text_that_another_changed_is_not_overwritten(house: House) -> None:
    test = press(at(TEMPLATES), "Write it")
    house.write(write_agency_text, "notification", "Theirs", 0)
    test.text_area[0].set_value("Mine")
    test = press(test, "Save")
    assert "was changed after you opened it" in written(test)
    assert house.read(agency_text, "notification").body == "Theirs"
    assert test.text_area[0].value == "Mine"


def test_counts_are_entered_and_an_empty_field_stays_uncounted(house: House) -> None:
    test = at(COUNTS)
    newest = quarter(test)
    test = press(test, f"Enter {newest}")
    for label, value in {"Infants identified": 12, "Infants with a plan": 0}.items():
        next(one for one in test.number_input if one.label == label).set_value(value)
    test = press(test, "Save the counts")
    line = next(one for one in house.read(quarter_counts, TODAY) if one.quarter == newest)
    assert line.counts == StateCounts(12, 0)
    assert "Infants with a plan: 0 · Infants with a referral: not counted" in written(test)


def test_more_with_a_plan_than_identified_is_said_in_place(house: House) -> None:
    test = at(COUNTS)
    test = press(test, f"Enter {quarter(test)}")
    for label, value in {"Infants identified": 3, "Infants with a plan": 4}.items():
        next(one for one in test.number_input if one.label == label).set_value(value)
    test = press(test, "Save the counts")
    assert "4 are more than the 3 identified" in written(test)
    assert {one.version for one in house.read(quarter_counts, TODAY)} == {0}
    assert [one.value for one in test.number_input[:2]] == [3, 4], "what was typed is still there"


def counted(test: AppTest) -> dict[str, NumberInput]:
    return {one.label: one for one in test.number_input}


def test_a_number_that_was_saved_is_emptied_again(house: House) -> None:
    past = quarter_of(TODAY.replace(year=TODAY.year - 1))
    house.write(write_quarter_count, house.site, past, StateCounts(12, 10, 9, 4, 0), 0)
    test = press(at(COUNTS), f"Change {past}")
    assert [one.value for one in test.number_input] == [12, 10, 9, 4, 0]
    counted(test)["Infants with a plan"].set_value(None)
    test = press(test, "Save the counts")
    line = next(one for one in house.read(quarter_counts, TODAY) if one.quarter == past)
    assert line.counts == StateCounts(12, None, 9, 4, 0)
    assert "Infants with a plan: not counted" in written(test)


def test_a_part_of_an_infant_is_refused_and_stays_in_its_field(house: House) -> None:
    test = at(COUNTS)
    newest = quarter(test)
    test = press(test, f"Enter {newest}")
    counted(test)["Infants identified"].set_value(2.5)
    test = press(test, "Save the counts")
    assert "Infants identified: give a whole number" in written(test)
    assert {one.version for one in house.read(quarter_counts, TODAY)} == {0}
    assert counted(test)["Infants identified"].value == 2.5
    counted(test)["Infants identified"].set_value(2_000_000)
    test = press(test, "Save the counts")
    assert written(test).count("Infants identified: give a whole number from 0 to 100,000") == 1
    counted(test)["Infants identified"].set_value(2)
    test = press(test, "Save the counts")
    assert "Not saved" not in written(test) and f"The counts of {newest} are saved" in written(test)


def test_many_caregivers_are_asked_about_and_saved(house: House) -> None:
    past = quarter_of(TODAY.replace(year=TODAY.year - 1))
    house.write(write_quarter_count, house.site, past, StateCounts(10, caregivers_referred=30), 0)
    assert "If a number slipped" not in written(at(COUNTS))
    house.write(write_quarter_count, house.site, past, StateCounts(10, caregivers_referred=50), 1)
    assert "50 caregivers referred for 10 infants identified: more than 3 for each" in written(at(COUNTS))


def test_a_quarter_that_is_not_over_says_so(house: House) -> None:
    test = at(COUNTS)
    assert written(test).count("Not over yet") == 1
    newest = quarter(test)
    test = press(test, f"Enter {newest}")
    counted(test)["Infants identified"].set_value(2)
    test = press(test, "Save the counts")
    assert "count again at its end" in written(test)
    press(test, "Sheet of counts")
    _, row = openpyxl.load_workbook(io.BytesIO(file(house)))["Counts"].iter_rows(values_only=True)
    assert row[0] == newest and str(row[-1]).endswith("not over yet")


def test_the_sheet_for_the_state_is_whole_and_warns(house: House) -> None:
    past = quarter_of(TODAY.replace(year=TODAY.year - 1))
    assert "Sheet of counts" not in [one.label for one in at(COUNTS).button]
    house.write(write_quarter_count, house.site, past, StateCounts(4, 3, None, 20, 0), 0)
    test = sound(press(at(COUNTS), "Sheet of counts"))
    assert "do not publish them" in written(test)
    book = openpyxl.load_workbook(io.BytesIO(file(house)))
    head, row = book["Counts"].iter_rows(values_only=True)
    assert head[:4] == ("Quarter", "Site", "Infants identified", "Infants with a plan")
    assert row[:8] == (past, "Main Street", 4, 3, "Not counted", 20, 0, "Small")
    assert any(
        "do not publish them" in str(cell) for line in book["Read me"].iter_rows(values_only=True) for cell in line
    )


def test_what_is_saved_is_said_once_and_emptied_counts_are_called_so(house: House) -> None:
    past = quarter_of(TODAY.replace(year=TODAY.year - 1))
    house.write(write_quarter_count, house.site, past, StateCounts(12), 0)
    test = press(at(COUNTS), f"Change {past}")
    counted(test)["Infants identified"].set_value(13)
    test = press(test, "Save the counts")
    assert written(test).count("are saved") == 1 and not test.toast
    test = press(test, f"Change {past}")
    counted(test)["Infants identified"].set_value(None)
    test = press(test, "Save the counts")
    assert written(test).count(f"The counts of {past} are emptied.") == 1 and "are saved" not in written(test)
    assert f"Enter {past}" in [one.label for one in test.button] and not test.toast


def test_each_form_says_whom_it_names(house: House) -> None:
    house.write(add_partner, PartnerDetails("County clinic", "prenatal-care"))
    assert "marked “Referrals go there” on the page Partners: none so far" in written(at(TEMPLATES))
    house.write(add_partner, PartnerDetails("Doula house", "parenting", refers=True))
    test = at(TEMPLATES)
    assert "on the page Partners: 1 so far" in written(test) and "No partner and nobody of your team" in written(test)
    press(test, "Blank list of referrals")
    said = "\n".join(
        cell.text for table in docx.Document(io.BytesIO(file(house))).tables for row in table.rows for cell in row.cells
    )
    assert "Doula house" in said and "County clinic" not in said
