"""The page Quarterly counts together, as an agency and as the lead use it."""

import io

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from assessments.rules.state_counts import StateCounts
from assessments.use_cases.collaboratives import revise_collaborative
from assessments.use_cases.counts_given import give_counts, withdraw_counts
from assessments.use_cases.counts_together import counts_together, let_out_counts
from assessments.use_cases.quarter_counts import write_quarter_count
from pages.shared import hallway
from pages.shared import house as pages_house
from reports.counts_together import rows, sheet
from tests.pages.driven import at, press, sound, written
from tests.pages.test_collaborative import standing
from tests.pages.test_peers import lead as made_lead
from tests.use_cases import together
from tests.use_cases.cast import NOW, House

QUARTER = "2026-Q3"
lead = made_lead


@pytest.fixture(autouse=True)
def as_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_house, "now", lambda: NOW)


@pytest.fixture
def member(house: House, lead: House) -> House:
    together.joins(lead, house)
    return house


def counted(house: House, counts: StateCounts) -> None:
    house.write(write_quarter_count, house.site, QUARTER, counts, 0)


def gives(house: House, lead: House) -> None:
    house.write(give_counts, lead.actor.agency_id, house.site, QUARTER, 1, 11)


def another(lead: House, counts: StateCounts) -> House:
    made = together.agency(lead.engine, f"Agency of {counts.identified}", "Somebody")
    together.joins(lead, made)
    counted(made, counts)
    gives(made, lead)
    return made


def opened(house: House, section: str = "") -> AppTest:
    test = standing(at(hallway.COUNTS_TOGETHER), house)
    if not section:
        return test
    return sound(test.segmented_control(key="counts-together-section").set_value(section).run())


def test_in_no_collaborative_it_says_what_to_do(house: House) -> None:
    assert "ask its lead for a code" in written(at(hallway.COUNTS_TOGETHER))


def test_what_is_counted_is_given_and_taken_back(lead: House, member: House) -> None:
    assert "There is nothing to give yet" in written(opened(member, "Give counts"))
    counted(member, StateCounts(40, 25))
    test = opened(member, "Give counts")
    assert "Infants identified: 40 · Infants with a plan: 25" in written(test)
    test = press(test, "Give the counts of Main Street")
    assert "Given, waits" in written(test)
    test = press(test, "Take back those of Main Street")
    assert "Not given" in written(test)


def test_the_lead_lets_out_what_waits(lead: House, member: House) -> None:
    assert "Nothing waits" in written(opened(lead, "Let out"))
    counted(member, StateCounts(4))
    gives(member, lead)
    test = opened(lead, "Let out")
    assert "**2026-Q3** · July to September 2026: 1 site waits" in written(test)
    assert "Waits for more agencies: Infants identified." in written(test)
    assert "Let out what can go out" not in [one.label for one in test.button], "it would do nothing"
    another(lead, StateCounts(40, 25))
    another(lead, StateCounts(50, 25))
    test = opened(lead, "Let out")
    assert "Can go out now: Infants identified." in written(test)
    test = press(test, "Let out what can go out")
    assert "Tick the box" in written(test)
    test.checkbox(key="let-out-sure").set_value(True)
    test = press(test, "Let out what can go out")
    assert "3 counts are out" in written(test)
    assert "2 sites wait" in written(test)
    assert "Waits for more agencies: Infants with a plan." in written(test)
    assert "Let out what can go out" not in [one.label for one in test.button]


def test_the_lead_reads_what_never_goes_out_and_why(lead: House, member: House) -> None:
    counted(member, StateCounts(None, 25))
    gives(member, lead)
    test = opened(lead, "Let out")
    assert "no site waits" in written(test)
    assert "Given, and does not go out: Infants with a plan (1 site)" in written(test)


def test_everybody_reads_the_same_and_the_workbook_has_nothing_else(lead: House, member: House) -> None:
    assert "Nothing is let out yet" in written(opened(member))
    counted(member, StateCounts(40, 25))
    gives(member, lead)
    another(lead, StateCounts(30, 4))
    another(lead, StateCounts(1_200, 700))
    lead.write(let_out_counts)
    test = opened(member)
    table = test.table[0].value
    found = member.read(counts_together, lead.actor.agency_id)
    (quarter,) = found.quarters
    assert list(table["Infants identified"])[-1] == "*Infants identified* 1,270"
    assert list(table["Infants with a plan"])[-1] == "*Infants with a plan* Hidden"
    shown = [one.removeprefix("*Infants with a plan* ") for one in table["Infants with a plan"]]
    assert sorted(shown) == ["25", "700", "Hidden", "Hidden"]
    assert [name for name in table["Site"] if "Main Street" in name] != []
    assert "Counts under 11 can tell of a family" in written(test)
    exported = load_workbook(io.BytesIO(sheet(found, "Plains")))["Counts"]
    values = [
        ["" if value is None else value for value in line[1:7]] for line in exported.iter_rows(2, values_only=True)
    ]
    assert values == [list(row.values()) for row in rows(quarter)]
    assert "Agency of" not in written(test) + str(values)


def test_a_sum_says_which_sites_it_leaves_out(lead: House, member: House) -> None:
    counted(member, StateCounts(40))
    gives(member, lead)
    first = [another(lead, StateCounts(identified)) for identified in (41, 42)]
    lead.write(let_out_counts)
    for identified in (30, 4, 35):
        another(lead, StateCounts(identified))
    lead.write(let_out_counts)
    table = opened(member).table[0].value
    assert list(table["Site"])[-2:] == ["**Together**", "Together is of"]
    assert list(table["Infants identified"])[-2:] == ["*Infants identified* 123", "*Infants identified* 3 of 6 sites"]
    exported = load_workbook(io.BytesIO(sheet(member.read(counts_together, lead.actor.agency_id), "P")))["Counts"]
    told_of = [line[1:3] for line in exported.iter_rows(2, values_only=True)][-2:]
    assert told_of == [("Together", 123), ("Together is of", "3 of 6 sites")]
    first[0].write(withdraw_counts, lead.actor.agency_id, first[0].site, QUARTER)
    test = opened(member)
    assert "Infants identified: some sites have no line any more" in told(test)
    assert len(test.table[0].value) == 4, "three lines and the sum, which is hidden"


def test_what_another_collaborative_has_is_given_to_no_second(lead: House, member: House) -> None:
    counted(member, StateCounts(40))
    gives(member, lead)
    hills = together.plains(lead.engine, "Mo More", "Hills Collaborative")
    together.joins(hills, member)
    test = opened(member)
    test = sound(test.selectbox(key="counts-collaborative").set_value(hills.actor.agency_id).run())
    test = sound(test.segmented_control(key="counts-together-section").set_value("Give counts").run())
    assert "Given to another collaborative" in written(test)
    assert not [one for one in test.button if "Main Street" in one.label]


def told(test: AppTest) -> str:
    return written(test) + "\n".join(one.value for one in test.caption)


def test_who_gave_under_another_number_reads_that_and_gives_again(lead: House, member: House) -> None:
    counted(member, StateCounts(7))
    test = press(opened(member, "Give counts"), "Give the counts of Main Street")
    assert "Given, waits; counts under 11 were hidden then" in written(test)
    assert "To give them under" not in told(test)
    lead.write(revise_collaborative, 5, "The agreement of March", 1)
    test = opened(member, "Give counts")
    assert "Counts under **5** are hidden here now" in written(test)
    assert "To give them under 5, take them back, then give them again." in told(test)
    test = press(press(test, "Take back those of Main Street"), "Give the counts of Main Street")
    assert "Given, waits; counts under 5 were hidden then" in written(test)
    assert "To give them under" not in told(test)
