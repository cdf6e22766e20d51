"""Comparison and meeting as a team meets them: nothing too soon, what needs talking about, what it agrees on, and what
is said where that was refused.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.ratings import State
from assessments.store import database
from assessments.use_cases import consensus
from assessments.use_cases.raters import begin_rating, submit_sheet
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import Answer
from pages.assess.agreeing_form import SAVE
from pages.assess.point import Place, Screen
from reports.agreement import hundredths
from standards import catalogue
from tests.beginnings import begun
from tests.pages.driven import at, press, sound, written
from tests.pages.shown import acts, markdown
from tests.use_cases.cast import CANNOT_JUDGE, NOW, PROGRAM, House, counts, joins, level, riverbend

COMPARE, MEETING = "assess/compare.py", "assess/meeting.py"
CLIENT = "Her social security number is 123-45-6789"
FIRST: dict[str, Answer | int] = {"ORG-01": 3, "ORG-02": 2, "ORG-03": 4, "ORG-11": counts(8, 10), "ORG-09": 2}
SECOND: dict[str, Answer | int] = {
    "ORG-01": 3,
    "ORG-02": 1,
    "ORG-03": 1,
    "ORG-11": counts(8, 10),
    "ORG-09": CANNOT_JUDGE,
}


@pytest.fixture
def house(sqlite_url: str) -> Iterator[House]:
    engine = database.connect(sqlite_url)
    yield begun(engine, riverbend)
    engine.dispose()


def gives(house: House, name: str, given: dict[str, Answer | int], kind: str = "peer", submits: bool = True) -> str:
    sheet: str = house.write(begin_rating, house.assessment, kind, name)
    with database.writing(house.engine) as db:
        for indicator, value in given.items():
            answer = value if isinstance(value, Answer) else level(value)
            rate(db, house.actor, NOW, house.assessment, indicator, answer, 0, sheet_id=sheet)
    if submits:
        house.write(submit_sheet, house.assessment, sheet)
    return sheet


@pytest.fixture
def compared(house: House) -> House:
    gives(house, "Ann *A*", FIRST)
    gives(house, "Bea", SECOND)
    return house


def opened(house: House, page: str = COMPARE, **address: str) -> AppTest:
    return at(page, assessment=house.assessment, **address)


def said(test: AppTest) -> str:
    return written(test).replace("\\", "")


def key(house: House, indicator: str, name: str, screen: Screen = "list") -> str:
    return Place(house.assessment, indicator).key(screen, name)


def shows(test: AppTest, indicator: str) -> bool:
    return any(one.value.startswith(f"**{indicator}**") for one in test.markdown)


def agrees(test: AppTest, house: House, indicator: str, choice: str | None, because: str) -> AppTest:
    if choice is not None:
        test.radio(key=key(house, indicator, "choice")).set_value(choice)
    test.text_input(key=key(house, indicator, "because")).set_value(because)
    return sound(test.button(key=key(house, indicator, "save")).click().run())


def show_only(test: AppTest, house: House, name: str) -> AppTest:
    return sound(test.button_group(key=f"filter-{house.assessment}").set_value(name).run())


# Before it opens


@pytest.mark.parametrize("page", [COMPARE, MEETING])
def test_where_the_team_rates_together_it_leads_on(house: House, page: str) -> None:
    test = opened(house, page)
    assert "nothing to compare" in said(test)
    links = [link.proto.label for link in test.get("page_link")]
    assert "Rate together" in links and "Have several people rate" in links


@pytest.mark.parametrize("page", [COMPARE, MEETING])
def test_it_says_who_is_waited_for_and_shows_no_rating(house: House, page: str) -> None:
    gives(house, "Ann", {"ORG-03": 4})
    gives(house, "Bea", {"ORG-03": 1}, submits=False)
    text = said(opened(house, page))
    assert "Waiting for **Bea** to submit" in text and "Submitted: Ann." in text
    assert "ORG-03" not in text and "Strong" not in text


def test_one_rater_alone_is_told_that_it_takes_two(house: House) -> None:
    gives(house, "Ann", {"ORG-03": 4})
    assert "Only **Ann** rates" in said(opened(house))


# What needs talking about


def test_it_lists_only_what_needs_talking_about_with_levels_in_words_and_notes(compared: House, house: House) -> None:
    test = opened(compared)
    assert "5 indicators rated by 2 raters" in said(test)
    assert shows(test, "ORG-03") and shows(test, "ORG-09") and not shows(test, "ORG-01")
    row = next(one.value for one in test.markdown if "Bea: **1 " in one.value)
    assert "Ann \\*A\\*: **4 " in row and "\n- Bea: **1 " in row
    assert "**Two or more apart** · **across the target** · target" in said(test)


def test_a_note_stands_beside_its_rater(house: House) -> None:
    for name, value in (("Ann", 4), ("Bea", 1)):
        sheet = gives(house, name, {"ORG-03": value}, submits=False)
        house.write(write_note, house.assessment, "ORG-03", f"# Seen by {name}", 0, sheet_id=sheet)
        house.write(submit_sheet, house.assessment, sheet)
    text = said(opened(house))
    assert "Note: # Seen by Ann" in text and "Note: # Seen by Bea" in text


def test_the_filters(compared: House) -> None:
    test = opened(compared)
    assert "taken over" not in said(test)
    test = show_only(test, compared, "same")
    assert shows(test, "ORG-01") and not shows(test, "ORG-03")
    test = show_only(test, compared, "all")
    assert len([one for one in test.markdown if one.value.startswith("**ORG-")]) == 10
    assert "Nobody has rated it" in said(test)
    test = show_only(test, compared, "agreed")
    assert "Nothing is agreed on yet" in said(test)


def test_what_is_alike_is_taken_over_with_one_button(compared: House) -> None:
    test = press(opened(compared), "Take over what all gave alike (2)")
    assert "Taken over" in said(test)
    assert compared.row("ORG-01").because == consensus.ALIKE
    assert compared.row("ORG-03").answer.state is State.UNRATED
    assert not [button for button in test.button if button.label.startswith("Take over")]


def test_the_lower_of_two_is_a_convention_and_said_so(house: House) -> None:
    gives(house, "Ann", {"ORG-02": 2})
    gives(house, "Bea", {"ORG-02": 1})
    test = opened(house)
    assert "convention of this toolkit" in said(test)
    press(test, "Take the lower of those one apart (1)")
    assert (house.row("ORG-02").answer.level, house.row("ORG-02").because) == (1, consensus.LOWER)


# What is agreed on


def test_a_consensus_is_saved_and_stays_where_it_stands(compared: House) -> None:
    test = agrees(opened(compared), compared, "ORG-03", "2", "The *policy* is a draft")
    row = compared.row("ORG-03")
    assert (row.answer.level, row.because) == (2, "The *policy* is a draft")
    assert shows(test, "ORG-03")
    assert (
        "**Agreed: 2 " in said(test) and "Because: The *policy* is a draft" in said(test) and "Ann Able" in said(test)
    )
    assert not [radio for radio in test.radio if radio.key == key(compared, "ORG-03", "choice")]


@pytest.mark.parametrize(
    ("choice", "because", "told"),
    [("2", "", "reason for the consensus on ORG-03 is empty"), (None, "We looked", "has no level yet")],
)
def test_without_reason_or_level_it_is_refused_and_nothing_typed_is_lost(
    compared: House, choice: str | None, because: str, told: str
) -> None:
    test = agrees(opened(compared), compared, "ORG-03", choice, because)
    assert told in said(test)
    assert compared.row("ORG-03").answer.state is State.UNRATED
    assert test.radio(key=key(compared, "ORG-03", "choice")).value == choice
    assert test.text_input(key=key(compared, "ORG-03", "because")).value == because
    test = agrees(test, compared, "ORG-03", "2", "The policy is a draft")
    assert compared.row("ORG-03").answer.level == 2 and "Not saved" not in said(test)


def test_what_looks_like_a_clients_data_takes_a_reason_to_keep(compared: House) -> None:
    test = agrees(opened(compared), compared, "ORG-03", "2", CLIENT)
    assert "looks like a client's data" in said(test)
    keep = test.text_input(key=key(compared, "ORG-03", "keep"))
    keep.set_value("An invented number from the training slides")
    sound(test.button(key=key(compared, "ORG-03", "save")).click().run())
    assert compared.row("ORG-03").because == CLIENT


def test_counts_are_agreed_on_as_counts(house: House) -> None:
    gives(house, "Ann", {"ORG-11": counts(9, 10)})
    gives(house, "Bea", {"ORG-11": counts(2, 10)})
    test = opened(house)
    test.text_input(key=key(house, "ORG-11", "share")).set_value("5 of")
    test = agrees(test, house, "ORG-11", None, "We counted again")
    assert "two whole numbers" in said(test)
    test.text_input(key=key(house, "ORG-11", "share")).set_value("5 of 10")
    agrees(test, house, "ORG-11", None, "We counted again")
    assert (house.row("ORG-11").answer.met, house.row("ORG-11").answer.of) == (5, 10)


def test_what_is_agreed_on_can_be_changed(compared: House) -> None:
    test = agrees(opened(compared), compared, "ORG-03", "2", "A draft")
    test = sound(test.button(key=key(compared, "ORG-03", "change")).click().run())
    assert test.radio(key=key(compared, "ORG-03", "choice")).value == "2"
    agrees(test, compared, "ORG-03", "3", "It is signed now")
    assert (compared.row("ORG-03").answer.level, compared.row("ORG-03").because) == (3, "It is signed now")


@pytest.mark.parametrize(("button", "stands"), [("theirs", (1, "Theirs")), ("mine", (2, "Mine"))])
def test_of_two_at_once_the_second_sees_both_and_chooses(compared: House, button: str, stands: tuple[int, str]) -> None:
    test = opened(compared)
    test.radio(key=key(compared, "ORG-03", "choice")).set_value("2").run()
    compared.write(consensus.agree, compared.assessment, "ORG-03", level(1), "Theirs", 0)
    test = agrees(test, compared, "ORG-03", "2", "Mine")
    assert "because: Theirs" in said(test) and "because: Mine" in said(test)
    assert compared.row("ORG-03").because == "Theirs"
    sound(test.button(key=key(compared, "ORG-03", button)).click().run())
    assert (compared.row("ORG-03").answer.level, compared.row("ORG-03").because) == stands


def test_when_nothing_is_left_it_leads_to_the_review(compared: House) -> None:
    for indicator in ("ORG-02", "ORG-03", "ORG-09"):
        compared.write(consensus.agree, compared.assessment, indicator, level(2), "We looked", 0)
    assert "2 indicators are rated and not agreed on yet" in said(opened(compared))
    compared.write(consensus.agree_where_alike, compared.assessment)
    test = opened(compared)
    assert "Review and submit" in [link.proto.label for link in test.get("page_link")]
    compared.submit()
    test = opened(compared)
    assert "was submitted" in said(test) and not [button for button in test.button if button.label == SAVE]
    test = opened(compared, MEETING)
    assert "was submitted" in said(test) and not [button for button in test.button if button.label == "Save"]


# How far they agree, and what groups say


def test_agreement_is_told_in_a_sentence_before_the_table(compared: House) -> None:
    test = sound(opened(compared).button_group(key="view").set_value("agreement").run())
    text = said(test)
    assert "both gave a level to 4 indicators. On **2** of them it is the same level (50 %)" in text
    assert "need 20 indicators" in text and "convention of this toolkit" in text
    (table,) = test.table
    assert table.value.iloc[0]["Both gave a level"] == "4"


def test_kappa_stands_under_its_conditions(house: House) -> None:
    names = [one.id for one in catalogue.library()[PROGRAM].indicators if one.scored and not one.counts][:24]
    sheets = [
        gives(house, name, {one: (place + apart) % 4 for place, one in enumerate(names)}, submits=False)
        for name, apart in (("Ann", 0), ("Bea", 0), ("Cal", 1))
    ]
    for sheet in sheets:
        house.write(submit_sheet, house.assessment, sheet)
    test = sound(opened(house).button_group(key="view").set_value("agreement").run())
    assert test.table[0].value.iloc[0]["Kappa (linear)"] == "1.00 above substantial"
    pairs = next(one for one in test.selectbox if one.label == "Which two")
    assert len(pairs.options) == 3
    test = sound(pairs.select_index(1).run())
    assert "Ann and Cal both" in said(test)
    assert "below moderate" in test.table[0].value.iloc[0]["Kappa (linear)"]


def test_groups_stand_beside_the_consensus_and_small_ones_are_hidden(compared: House) -> None:
    for value in (0, 1, 2, 2, 4):
        gives(compared, "", {"ORG-03": value}, "client")
    gives(compared, "", {"ORG-03": 4}, "leadership")
    compared.write(consensus.agree, compared.assessment, "ORG-03", level(2), "We looked", 0)
    test = sound(opened(compared).button_group(key="view").set_value("groups").run())
    (row,) = test.table[0].value.to_dict("records")
    assert (row["Client"], row["Leadership"], row["Front-line staff"]) == ("1.8", "hidden", "nobody")
    assert row["Agreed on by the team"] == "2"
    assert "fewer than 5 people, hidden" in said(test)


def test_while_one_of_a_group_still_rates_nothing_of_the_groups_is_shown(compared: House) -> None:
    for _ in range(5):
        gives(compared, "", {"ORG-03": 4}, "client")
    compared.write(begin_rating, compared.assessment, "leadership", "")
    text = said(opened(compared))
    assert "Waiting for **Leadership 1**" in text and "**ORG-03**" not in text


def test_what_groups_say_waits_for_the_last_of_them(compared: House) -> None:
    for _ in range(5):
        gives(compared, "", {"ORG-03": 4}, "client")
    other = compared.seen_by(joins(compared.engine, compared.actor.agency_id, "assessor"))
    other.write(begin_rating, compared.assessment, "leadership", "")
    test = sound(opened(compared).button_group(key="view").set_value("groups").run())
    assert "1 sheet of a group is not submitted yet" in said(test) and not test.table


def test_coming_back_the_list_has_only_what_is_left(compared: House) -> None:
    test = agrees(opened(compared), compared, "ORG-03", "2", "A draft")
    assert shows(test, "ORG-03")
    test = sound(test.switch_page("assess/review.py").run())
    test = sound(test.switch_page(COMPARE).run())
    assert not shows(test, "ORG-03") and shows(test, "ORG-09")


@pytest.mark.parametrize("view", ["list", "agreement", MEETING])
def test_nothing_that_raters_typed_does_anything(house: House, view: str) -> None:
    text = "Zq*a* [b](c) $d$ :smile: # e <b>qZ"
    for name, value in ((f"A {text}", 4), (f"B {text}", 1)):
        sheet = gives(house, name, {"ORG-03": value}, submits=False)
        house.write(write_note, house.assessment, "ORG-03", f"# {text}\n- {text}", 0, sheet_id=sheet)
        house.write(submit_sheet, house.assessment, sheet)
    house.write(consensus.agree, house.assessment, "ORG-03", level(2), text, 0)
    test = opened(house, MEETING if view == MEETING else COMPARE)
    if view != MEETING:
        test = show_only(test, house, "all")
        test = sound(test.button_group(key="view").set_value(view).run())
    found = [part for one in markdown(test) for part in re.findall("Zq(.*?)qZ", one)]
    assert len(found) >= 2 and not [part for part in found if acts(part)]


# The meeting


def test_the_meeting_shows_one_indicator_and_moves_on(compared: House) -> None:
    test = opened(compared, MEETING)
    assert "**1 of 2 to talk about**" in said(test)
    first = test.title[0].value
    assert first.startswith("ORG-03")
    test = sound(test.button(key=key(compared, "ORG-03", "choose-2", "meeting")).click().run())
    test.text_input(key=key(compared, "ORG-03", "because", "meeting")).set_value("A draft")
    test = sound(test.button(key=key(compared, "ORG-03", "save", "meeting")).click().run())
    assert (compared.row("ORG-03").answer.level, compared.row("ORG-03").because) == (2, "A draft")
    assert "Agreed: 2 " in said(test) and "1 agreed" in said(test)
    test = sound(test.button(key="meeting-next").click().run())
    assert test.title[0].value.startswith("ORG-09") and "**2 of 2 to talk about**" in said(test)
    assert test.button(key="meeting-next").disabled


def test_what_is_left_half_filled_is_kept_and_told(compared: House) -> None:
    test = opened(compared, MEETING)
    test = sound(test.button(key=key(compared, "ORG-03", "choose-2", "meeting")).click().run())
    test.text_input(key=key(compared, "ORG-03", "because", "meeting")).set_value("Half")
    test = sound(test.button(key="meeting-next").click().run())
    assert "not saved yet: ORG-03" in said(test)
    test = sound(test.button(key="meeting-back").click().run())
    assert test.text_input(key=key(compared, "ORG-03", "because", "meeting")).value == "Half"
    test = sound(test.switch_page(COMPARE).run())
    assert test.radio(key=key(compared, "ORG-03", "choice")).value == "2"
    assert test.text_input(key=key(compared, "ORG-03", "because")).value == "Half"
    test.text_input(key=key(compared, "ORG-03", "because")).set_value("Half, and more")
    test = sound(test.switch_page(MEETING).run())  # with what was typed last on its way
    assert test.text_input(key=key(compared, "ORG-03", "because", "meeting")).value == "Half, and more"
    sound(test.button(key=key(compared, "ORG-03", "save", "meeting")).click().run())
    assert compared.row("ORG-03").because == "Half, and more"


def test_the_meeting_refuses_at_the_place_and_keeps_what_was_chosen(compared: House) -> None:
    test = opened(compared, MEETING)
    test = sound(test.button(key=key(compared, "ORG-03", "choose-2", "meeting")).click().run())
    test = sound(test.button(key=key(compared, "ORG-03", "save", "meeting")).click().run())
    assert "reason for the consensus on ORG-03 is empty" in said(test)
    assert any(one.value.startswith("**4 ") or ":material/person: **Ann" in one.value for one in test.markdown)


@pytest.mark.parametrize(
    ("value", "shown"), [("-1/3", "−0.33"), ("607/1000", "0.60"), ("1", "1.00"), ("-1/1000", "0.00")]
)
def test_hundredths_are_cut(value: str, shown: str) -> None:
    assert hundredths(Fraction(value)) == shown
