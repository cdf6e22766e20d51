"""Reading one plan, as its readers meet it: dates that are forgotten, answers that are saved at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.rules.moments import Moments
from assessments.rules.ratings import State
from assessments.store import database, place
from assessments.use_cases.assessments import start_assessment
from assessments.use_cases.checklists import choose_pack
from assessments.use_cases.clocks import record_clocks, set_clocks
from assessments.use_cases.record_ratings import Found, rate_record, record_ratings
from assessments.use_cases.reviews import reviews, write_review_rules
from assessments.use_cases.sheets import Answer
from assessments.use_cases.took_part import team_marks
from tests.pages.driven import app, at, fill, press, sound, written
from tests.use_cases import cast
from tests.use_cases.reviewed import PLANS, RULE, Reviewed, reviewed

PAGE = "plans/read_plan.py"
TYPED = {"Birth": "3/9/2026 4:17", "Plan complete": "3/10/2026", "Mother's discharge": "3/11/2026 13:47"}


@pytest.fixture
def review(sqlite_url: str) -> Iterator[Reviewed]:
    engine = database.connect(sqlite_url)
    yield reviewed(engine)
    engine.dispose()


@pytest.fixture
def first(review: Reviewed) -> str:
    """The first of two records, which two read."""
    records = review.lists(2, second=True)
    return records[0]


def opened(**address: str) -> AppTest:
    test = app().switch_page(PAGE)
    for name, value in address.items():
        test.query_params[name] = value
    return sound(test.run())


def card(test: AppTest, indicator: str) -> Any:
    found = [one for one in test.radio if one.label.startswith(f"{indicator} ")]
    return found[0] if found else None


def answers(review: Reviewed, record: str, reader: str = "first") -> dict[str, Answer]:
    by_record: dict[str, dict[str, Found]] = review.house.read(
        record_ratings, review.house.assessment, [record], reader
    )
    return {name: one.answer for name, one in by_record.get(record, {}).items()}


def test_a_click_is_saved_at_once_and_stands_when_one_comes_again(review: Reviewed, first: str) -> None:
    test = opened(topic="PHY")
    sound(card(test, "POC-09").set_value("3").run())
    sound(card(test, "POC-10").set_value("cannot-judge").run())
    assert answers(review, first) == {
        "POC-09": Answer(State.LEVEL, 3),
        "POC-10": Answer(State.CANNOT_JUDGE),
    }
    again = opened(topic="PHY")
    assert (card(again, "POC-09").value, card(again, "POC-10").value) == ("3", "cannot-judge")
    assert "2 of 53 answered" in shown_progress(again)


def shown_progress(test: AppTest) -> str:
    (progress,) = test.get("progress")
    return str(progress.proto.text)


def test_not_applicable_has_the_reason_of_the_checklist_and_stays(review: Reviewed, first: str) -> None:
    test = opened(topic="PHY")
    choice = card(test, "POC-09")
    assert any("The plan began after the birth" in option for option in choice.options)
    assert not any("Not applicable" in option for option in card(test, "POC-10").options)
    sound(choice.set_value("not-applicable").run())
    before = cast.everything(review.house.engine)
    sound(test.run())
    assert answers(review, first)["POC-09"] == Answer(State.NOT_APPLICABLE)
    assert cast.everything(review.house.engine)["record_rating"] == before["record_rating"]


def test_the_way_through_a_record_and_on_to_the_next(review: Reviewed, first: str) -> None:
    test = opened()
    assert "No clock is set yet" in written(test)
    links = [link.proto.label for link in test.get("page_link")]
    assert "Next topic: Purpose and fit" in links
    last = opened(topic="team")
    assert "Next record: P-002" in [link.proto.label for link in last.get("page_link")]


def test_dates_are_turned_into_days_and_the_fields_are_empty(review: Reviewed, first: str) -> None:
    test = opened(topic="dates")
    assert "turned into days that passed, and then forgotten" in written(test)
    for label, value in TYPED.items():
        fill(test, label, value)
    test = press(test, "Set the clocks and forget the dates")
    assert "The clocks of P-001 are set" in written(test)
    assert {one.value for one in test.text_input if one.label in TYPED} == {""}
    assert "2 days before" not in written(test) and "1 day before the mother's discharge" in written(test)
    assert remembered(test) == []
    assert answers(review, first)["POP-05"] == Answer(State.LEVEL, 4)


def remembered(test: AppTest) -> list[str]:
    """What of the dates this session still holds."""
    return [part for part in ("3/9/2026", "4:17", "13:47", "3/11") if part in repr(test.session_state)]


def test_what_cannot_be_is_told_together_and_what_was_typed_stays(review: Reviewed, first: str) -> None:
    before = cast.everything(review.house.engine)
    test = opened(topic="dates")
    for label, value in {**TYPED, "Mother's discharge": "3/1/2026", "Plan ends": "1/1/2026"}.items():
        fill(test, label, value)
    test = press(test, "Set the clocks and forget the dates")
    (error,) = test.error
    assert "Mother's discharge: It lies before “Birth”" in error.value
    assert "Plan ends: It lies before “Plan complete”" in error.value
    assert "2026" not in error.value
    assert "3/1/2026" in [one.value for one in test.text_input]
    assert remembered(test), "the control: while the form is being mended they are there"
    fill(test, "Birth", "yesterday")
    test = press(test, "Set the clocks and forget the dates")
    assert "Birth: This is no date. Write the day as" in test.error[0].value
    assert "Plan ends: It lies before “Plan complete”" in test.error[0].value, "in the same round"
    assert cast.everything(review.house.engine) == before


def test_what_follows_from_the_dates_is_told_and_not_clickable(review: Reviewed, first: str) -> None:
    test = opened(topic="dates")
    for label, value in TYPED.items():
        fill(test, label, value)
    press(test, "Set the clocks and forget the dates")
    for reader in ("first", "second"):
        test = opened(topic="POP", reader=reader)
        assert card(test, "POP-05") is None and card(test, "POP-08") is not None
        assert "**Yes.** 1 day before the mother's discharge." in written(test)
    test = opened(topic="dates")
    fill(test, "Plan complete", "3/11/2026")
    fill(test, "Mother's discharge", "3/11/2026")
    press(test, "Set the clocks and forget the dates")
    test = opened(topic="POP")
    assert card(test, "POP-05").value == "cannot-judge"
    assert "which came first is not known: give the hours" in written(test)


def test_the_second_reader_sees_nothing_of_the_first(review: Reviewed, first: str) -> None:
    review.house.write(rate_record, review.house.assessment, first, "POC-09", Answer(State.LEVEL, 4), 0)
    test = opened(topic="PHY", reader="second")
    assert card(test, "POC-09").value is None
    assert "Saved" not in written(test) and "0 of 53 answered" in shown_progress(test)
    topics = next(one for one in test.button_group if one.label == "Topic")
    assert {"Dates", "Who took part"}.isdisjoint(topics.options)
    sound(card(test, "POC-09").set_value("1").run())
    assert answers(review, first)["POC-09"] == Answer(State.LEVEL, 4)
    assert answers(review, first, "second") == {"POC-09": Answer(State.LEVEL, 1)}


def test_on_one_machine_the_person_says_who_reads(review: Reviewed, first: str) -> None:
    test = opened(topic="PHY", reader="second")
    assert any("cannot know who sits before it" in one.value for one in test.caption)


def test_who_read_as_the_first_does_not_read_as_the_second(review: Reviewed, first: str) -> None:
    cast.joins(review.house.engine, review.house.actor.agency_id, "assessor")
    review.finds(first, {"POC-09": 4})
    test = opened(topic="PHY", reader="second", record=first)
    assert "as the other of its two readers" in written(test) and card(test, "POC-09") is None
    assert card(opened(topic="PHY", reader="first", record=first), "POC-09") is not None
    assert card(opened(topic="PHY", reader="second", record=review.ids()[1]), "POC-09") is not None


def test_two_on_one_answer_are_both_shown(review: Reviewed, first: str) -> None:
    test = opened(topic="PHY")
    review.house.write(rate_record, review.house.assessment, first, "POC-09", Answer(State.LEVEL, 4), 0)
    sound(card(test, "POC-09").set_value("1").run())
    assert "Stored now: Level 4" in written(test) and "Yours: Level 1" in written(test)
    home = sound(test.switch_page("home/home.py").run())
    assert "Your rating of POC-09 is not saved" in written(home)
    back = sound(test.switch_page(PAGE).run())
    press(back, "Save mine instead")
    assert answers(review, first)["POC-09"] == Answer(State.LEVEL, 1)


def test_a_link_leads_to_the_record(review: Reviewed, first: str) -> None:
    second = review.ids()[1]
    test = at(PAGE, assessment=review.house.assessment, record=second, open="POC-06")
    assert card(test, "POC-06") is not None
    sound(card(test, "POC-06").set_value("2").run())
    assert answers(review, second) == {"POC-06": Answer(State.LEVEL, 2)}


def test_a_link_leads_to_another_checklist_of_another_review(review: Reviewed, first: str) -> None:
    house = review.house
    house.write(choose_pack, *RULE)
    rule = house.write(start_assessment, house.site, house.cycle, *RULE)
    house.begin(replace(cast.BASELINE, name="Later"), PLANS)
    test = at(PAGE, assessment=rule, record=first, open="ADD-W05")
    assert card(test, "ADD-W05") is not None
    assert not test.warning
    sound(card(test, "ADD-W05").set_value("4").run())
    found = house.read(record_ratings, rule, [first])[first]
    assert found["ADD-W05"].answer == Answer(State.LEVEL, 4)


def test_who_took_part_is_saved(review: Reviewed, first: str) -> None:
    test = opened(topic="team")
    roles = [one for one in test.button_group if one.label.startswith("POT-")]
    assert len(roles) == 6
    roles[0].set_value("took-part")
    roles[1].set_value("not-there")
    test = press(test, "Save who took part")
    assert "1 took part, 2 of 6 marked" in written(test)
    marks = review.house.read(team_marks, review.review, [first])
    assert marks == {first: {"POT-01": "took-part", "POT-02": "not-there"}}


def test_what_was_compared_or_submitted_is_shown_and_not_changed(review: Reviewed, first: str) -> None:
    for record in review.ids():
        for reader in ("first", "second"):
            review.finds(record, dict.fromkeys(review.checklist.indicator, 4), reader)
    review.change(compared_at=cast.NOW)
    test = opened(topic="PHY")
    assert card(test, "POC-09").disabled
    assert "was compared and stays" in written(test)
    assert "clocks stay as they are" in written(opened(topic="dates"))


def test_nothing_drawn_says_what_to_do(review: Reviewed) -> None:
    assert "No record is drawn yet" in written(opened())


def test_nothing_reviewed_says_what_to_do() -> None:
    engine = database.connect(place.database_url())
    database.migrate(engine)
    cast.riverbend(engine)
    engine.dispose()
    assert "Nothing is reviewed yet" in written(opened())


def test_a_record_without_a_plan_says_so_and_is_answered_in_one_click(review: Reviewed) -> None:
    (record,) = review.lists(1, began="no-plan", identified="in-pregnancy")
    test = opened(topic="PHY")
    assert "there is no plan in this record" in test.info[0].value and "53 answered" in shown_progress(test)
    sound(card(test, "POC-10").set_value("3").run())
    assert answers(review, record) == {}, "nothing of a plan stands there"
    assert "no plan in this record, so nothing that POC-10 asks" in "\n".join(one.value for one in test.error)
    test = press(opened(topic="PHY"), "Answer what a plan would hold as not met (36)")
    given = answers(review, record)
    assert len(given) == 36 and set(given.values()) == {Answer(State.LEVEL, 0)}
    assert not {"POC-09", "POP-05", "POP-13", "POP-16"} & given.keys(), "these are still the reader's"
    assert card(test, "POC-11").value == "0"
    assert not [one for one in test.button if one.label.startswith("Answer what a plan")]


def test_what_was_answered_as_if_a_plan_stood_there_is_named(review: Reviewed) -> None:
    (record,) = review.lists(1, began="no-plan")
    review.finds(record, {"POC-01": 3, "POC-02": 0, "POP-13": 4})
    (warning,) = opened(topic="PHY").warning
    assert "POC-01." in warning.value and "POC-02" not in warning.value and "POP-13" not in warning.value


def test_a_record_with_a_plan_says_nothing_of_it(review: Reviewed, first: str) -> None:
    assert not opened(topic="PHY").info


def topic(test: AppTest, label: str) -> AppTest:
    chosen = next(one for one in test.button_group if one.label == "Topic")
    return sound(chosen.set_value(label).run())


def test_dates_that_are_typed_wait_while_another_topic_is_read(review: Reviewed, first: str) -> None:
    test = opened(topic="dates")
    fill(test, "Birth", "3/9/2026 4:17")
    fill(test, "Plan complete", "3/10/2026")
    test = topic(test, "PHY")
    assert "P-001: dates are typed and not counted yet" in written(test)
    assert "3/9/2026" not in written(test)
    test = topic(topic(test, "POP"), "dates")
    assert [one.value for one in test.text_input if one.value] == ["3/9/2026 4:17", "3/10/2026"]
    fill(test, "Mother's discharge", "3/11/2026 13:47")
    test = press(test, "Set the clocks and forget the dates")
    assert answers(review, first)["POP-05"] == Answer(State.LEVEL, 4)
    assert remembered(test) == [] and "not counted yet" not in written(topic(test, "PHY"))


def test_with_the_next_record_they_are_forgotten_and_it_says_so(review: Reviewed, first: str) -> None:
    test = opened(topic="dates")
    fill(test, "Birth", "3/9/2026 4:17")
    record = next(one for one in test.selectbox if one.label == "Record")
    test = sound(record.set_value(review.ids()[1]).run())
    assert "were not counted, and are forgotten now" in written(test)
    assert remembered(test) == []
    test = sound(test.run())
    assert "forgotten now" not in written(test)


def test_the_word_none_is_taken_as_in_a_workbook(review: Reviewed, first: str) -> None:
    test = opened(topic="dates")
    fill(test, "Mother's discharge", "None")
    fill(test, "Plan complete", "3/10/2026")
    press(test, "Set the clocks and forget the dates")
    assert answers(review, first)["POP-05"] == Answer(State.NOT_APPLICABLE)


def test_what_goes_against_the_list_leads_to_it(review: Reviewed) -> None:
    review.lists(1, quarter="2025-Q4", identified="at-birth")
    test = opened(topic="dates")
    fill(test, "Birth", "3/9/2026")
    fill(test, "Use identified", "yesterday")
    fill(test, "Plan ends", "1.2.2026")
    test = press(test, "Set the clocks and forget the dates")
    said = test.error[0].value
    assert "Birth: The list says 2025-Q4, and this day lies in another quarter." in said
    assert "Use identified: This is no date." in said and "Plan ends: Written with dots or hyphens" in said
    assert "What the list says of P-001" in [link.proto.label for link in test.get("page_link")]
    test.multiselect[0].set_value(["unborn"])
    fill(test, "Birth", "")
    test = press(test, "Set the clocks and forget the dates")
    assert "Use identified: This is no date." in test.error[0].value
    fill(test, "Use identified", "")
    test = press(test, "Set the clocks and forget the dates")
    assert "The list says at the birth or after it; “The infant was not born yet”" in test.error[0].value
    assert not review.house.read(record_clocks, review.review, review.ids())


def test_days_that_no_standard_judged_say_what_stands_since(review: Reviewed, first: str) -> None:
    test = opened(topic="dates")
    fill(test, "Referral", "3/9/2026")
    fill(test, "First service", "3/12/2026")
    test = press(test, "Set the clocks and forget the dates")
    assert "3 days after the referral. The site has no standard in days" in written(test)
    (line,) = review.house.read(reviews)
    review.house.write(write_review_rules, line.id, replace(line.rules, service_days=7), line.version)
    assert "**Yes.** 3 days after the referral." in written(opened(topic="dates"))
    review.house.write(write_review_rules, line.id, replace(line.rules, service_days=None), line.version + 1)
    review.change(service_days=7)
    said = written(opened(topic="dates"))
    assert "The site’s standard is 7 days, written after" in said and "has no standard" not in said


def test_how_far_the_second_reader_is_says_the_same_on_both_pages(review: Reviewed) -> None:
    (record,) = review.lists(1, second=True, turn=1)
    born, home = date(2026, 3, 9), date(2026, 3, 12)
    given = Moments(born, completed=born, mother_home=home, updated=(home,))
    review.house.write(set_clocks, review.review, record, given, 1)
    first, follows = (
        sum(one.clocked and one.answer.state not in leave for one in found.values())
        for found in [review.house.read(record_ratings, review.house.assessment, [record])[record]]
        for leave in ((), (State.CANNOT_JUDGE,))
    )
    assert first > follows > 0, "control: the dates leave some open"
    for by_hand in (0, 1):
        if by_hand:
            review.house.write(
                rate_record, review.house.assessment, record, "POC-09", Answer(State.LEVEL, 3), 0, "second"
            )
        assert f"{first} and {follows + by_hand} of 53" in written(at("plans/records.py"))
        assert f"{follows + by_hand} of 53 answered" in shown_progress(opened(reader="second"))
        assert f"{first} of 53 answered" in shown_progress(opened(reader="first"))
